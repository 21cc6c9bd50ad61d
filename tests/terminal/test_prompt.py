"""Keys at the prompt, through a pipe."""

import signal
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from siberia_quest.model.page import Option
from siberia_quest.play.commands import COMMANDS
from siberia_quest.play.console import BrokenOff, EndOfInput, InputRequest, Interrupted
from siberia_quest.play.newest_edition import WakeUp
from siberia_quest.terminal.prompt import Prompt
from siberia_quest.terminal.signs import UNICODE
from siberia_quest.terminal.theme import DEFAULT

OPTIONS = (Option("pull", "Pull"), Option("climb", "Climb", enabled=False), Option("ease", "Ease off"))
CHOICE = InputRequest("Choose 1 to 3:", OPTIONS, others=tuple(COMMANDS))
SETTING = CHOICE._replace(at_once=True)
NAME = InputRequest("What is your name?")
UP, DOWN, ENTER, TAB, BACKSPACE = "\x1b[A", "\x1b[B", "\r", "\t", "\x7f"
CTRL_C, CTRL_D, CTRL_L, CTRL_P, CTRL_U = "\x03", "\x04", "\x0c", "\x10", "\x15"


class Keyboard:
    """A prompt and the keys that are pressed at it."""

    def __init__(self, keys: PipeInput) -> None:
        """Make a prompt that reads these keys."""
        self.keys = keys
        self.prompt = Prompt(UNICODE, DEFAULT, keys, DummyOutput())
        self.redrawn = 0

    def press(self, keys: str, question: InputRequest = CHOICE) -> str:
        """Return the line that a question gets."""
        self.keys.send_text(keys)
        return self.prompt.ask(question, self.redraw)

    def redraw(self) -> None:
        """Count how often the page was printed again."""
        self.redrawn += 1


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    with create_pipe_input() as keys:
        yield Keyboard(keys)


def test_a_line_is_what_was_typed(keyboard: Keyboard) -> None:
    assert keyboard.press("pulx" + BACKSPACE + "l" + ENTER) == "pull"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (DOWN, "1. Pull"),
        (DOWN + DOWN, "3. Ease off"),
        (DOWN * 3, "1. Pull"),
        (UP, "3. Ease off"),
        (UP + UP, "1. Pull"),
        ("x" + DOWN, "1. Pull"),
    ],
)
def test_arrows_go_through_the_choices_that_are_open(keyboard: Keyboard, keys: str, line: str) -> None:
    assert keyboard.press(keys + ENTER) == line


def test_arrows_without_choices_leave_the_line_alone(keyboard: Keyboard) -> None:
    assert keyboard.press("Bob" + DOWN + ENTER, NAME) == "Bob"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("pu" + TAB, "Pull"),
        ("EA" + TAB, "Ease off"),
        ("/tr" + TAB, "/transcript"),
        ("/s" + TAB + "a" + TAB + "s" + TAB, "/saves"),
        ("" + TAB + "p" + TAB, "Pull"),
        ("transc" + TAB, "transcript"),
    ],
)
def test_tab_completes_choices_and_commands(keyboard: Keyboard, keys: str, line: str) -> None:
    assert keyboard.press(keys + ENTER) == line


def test_a_locked_choice_is_not_completed(keyboard: Keyboard) -> None:
    assert keyboard.press("cli" + TAB + ENTER) == "cli"


def test_a_digit_answers_a_setting_without_enter(keyboard: Keyboard) -> None:
    assert keyboard.press("3", SETTING) == "3"


def test_a_digit_beyond_the_choices_waits_for_more(keyboard: Keyboard) -> None:
    assert keyboard.press("7" + ENTER, SETTING) == "7"


def test_a_digit_is_only_a_digit_where_a_choice_is_to_be_made_with_enter(keyboard: Keyboard) -> None:
    assert keyboard.press("1" + CTRL_U + "2" + ENTER) == "2"


def test_earlier_lines_come_back(keyboard: Keyboard) -> None:
    keyboard.press("pull" + ENTER)
    assert keyboard.press(CTRL_P + ENTER) == "pull"


def test_ctrl_d_ends_the_input_whatever_stands_on_the_line(keyboard: Keyboard) -> None:
    with pytest.raises(EndOfInput):
        keyboard.press("pul" + CTRL_D)


def test_ctrl_c_interrupts_and_clears_the_line(keyboard: Keyboard) -> None:
    with pytest.raises(Interrupted):
        keyboard.press("pul" + CTRL_C)
    assert keyboard.press("1" + ENTER) == "1"


@pytest.mark.parametrize("when", ["before", "after"])
def test_ctrl_c_while_the_line_is_made_ready_or_put_away_is_no_crash(
    when: str, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = keyboard.prompt._session.prompt

    def interrupted(default: str, pre_run: Callable[[], None]) -> str:
        line = real(default=default, pre_run=pre_run) if when == "after" else ""
        signal.raise_signal(signal.SIGINT)
        return line or real(default=default, pre_run=pre_run)

    monkeypatch.setattr(keyboard.prompt._session, "prompt", interrupted)
    with pytest.raises(Interrupted):
        keyboard.press("pull" + ENTER)
    with pytest.raises(KeyboardInterrupt):  # as it is without the prompt around it
        signal.raise_signal(signal.SIGINT)


def test_ctrl_l_prints_the_page_again_and_keeps_the_line(keyboard: Keyboard) -> None:
    assert keyboard.press("pu" + CTRL_L + "ll" + ENTER) == "pull"
    assert keyboard.redrawn == 1


def test_several_lines_pasted_answer_several_questions(keyboard: Keyboard) -> None:
    assert keyboard.press("\x1b[200~1\r\n/save it\n\nBob\x1b[201~") == "1"
    assert keyboard.prompt.has_more()
    assert keyboard.press("") == "/save it"
    assert keyboard.press("") == "Bob"
    assert not keyboard.prompt.has_more()


def test_one_line_pasted_waits_for_enter(keyboard: Keyboard) -> None:
    assert keyboard.press("\x1b[200~Bob\x1b[201~by" + ENTER) == "Bobby"


def test_what_is_pasted_is_cleaned(keyboard: Keyboard) -> None:
    assert keyboard.press("\x1b[200~B\u202eo\x07b\x1b[201~" + ENTER) == "Bob"


def test_keys_typed_ahead_are_known_and_kept(keyboard: Keyboard) -> None:
    assert keyboard.press("1" + ENTER + "2" + ENTER) == "1"
    assert keyboard.prompt.has_more()
    assert keyboard.press("") == "2"


def test_a_bell_breaks_off_the_question_and_the_line_is_kept(keyboard: Keyboard) -> None:
    bell = WakeUp()
    keyboard.prompt._session.default_buffer.on_text_changed += lambda _: Thread(target=bell.ring).start()
    with pytest.raises(BrokenOff) as broken_off:
        keyboard.press("pul", CHOICE._replace(bell=bell))
    assert "pul".startswith(broken_off.value.typed)
    assert broken_off.value.typed
    bell.close()


def test_a_bell_that_was_rung_before_the_question_breaks_it_off_too(keyboard: Keyboard) -> None:
    bell = WakeUp()
    bell.ring()
    with pytest.raises(BrokenOff) as broken_off:
        keyboard.press(ENTER, CHOICE._replace(bell=bell, typed="pull"))
    assert broken_off.value.typed == "pull"
    bell.close()


def test_what_was_typed_before_stands_on_the_line(keyboard: Keyboard) -> None:
    assert keyboard.press("l" + ENTER, CHOICE._replace(typed="pul")) == "pull"


def test_what_was_typed_before_a_weighty_question_waits_on_its_line(keyboard: Keyboard) -> None:
    keyboard.keys.send_text("x" + ENTER + "y" + ENTER)
    keyboard.prompt._hold_back()
    assert [each.data for each in keyboard.prompt._held] == ["y", ENTER]
    assert keyboard.press("z" + ENTER) == "xz"
    assert keyboard.press("") == "y"


def test_an_enter_right_behind_a_digit_that_answered_at_once_belongs_to_it(keyboard: Keyboard) -> None:
    assert keyboard.press("3" + ENTER + "1" + ENTER, SETTING) == "3"
    assert keyboard.press("") == "1"


@pytest.mark.parametrize("keys", ["\x1b2", "\x1b-"])
def test_esc_and_then_a_digit_is_that_digit(keyboard: Keyboard, keys: str) -> None:
    assert keyboard.press(keys + ENTER) == keys[1:]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("/load" + TAB + "b" + TAB, "/load before the storm"),
        ("/load m" + TAB, "/load mine"),
        ("load mi" + TAB, "load mine"),
        ("/load x" + TAB, "/load x"),
        ("/LOA" + TAB, "/load"),
    ],
)
def test_tab_completes_what_follows_a_command(keyboard: Keyboard, keys: str, line: str) -> None:
    def find_behind(called: str) -> list[str]:
        return ["before the storm", "mine"] if called == "load" else []

    typed = keyboard.press(keys + ENTER, CHOICE._replace(behind=find_behind))
    assert typed == line


def test_a_paste_without_end_is_cut(keyboard: Keyboard) -> None:
    assert len(keyboard.press(f"\x1b[200~{'x' * 5000}\x1b[201~{ENTER}")) == 2000
