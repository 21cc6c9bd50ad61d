"""Keys on the full screen, through a pipe: each that does something, and those that must do nothing."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input

from house.tree import ROOT
from play.sittings import Sitting, story_of
from siberia_quest.model.page import Option
from siberia_quest.play.console import EndOfInput, InputRequest, Interrupted
from siberia_quest.play.loop import Loop
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.terminal.full.session_log import LeftScreen
from siberia_quest.terminal.full.side_views import SaveBrowser
from terminal.full_sittings import MANY, PROSE, FullConsole, Known, at_page

UP, DOWN, RIGHT, LEFT, ENTER, TAB, ESC = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\r", "\t", "\x1b"
PAGE_UP, PAGE_DOWN, HOME, END, DELETE, BACKSPACE = "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[3~", "\x7f"
F1, F2, F3, F5 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[15~"
CTRL_C, CTRL_D, CTRL_L = "\x03", "\x04", "\x0c"
#: Ends the question wherever the keys have led.
STOP = CTRL_D


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as keys:
        yield keys


def pressed(keys: PipeInput, typed: str, options: tuple[Option, ...] = MANY, prose: str = "Short.") -> str:
    """Return the line that keys answer with."""
    console, question = at_page(options, prose, keys=keys)
    keys.send_text(typed)
    return console.ask(question)


def left_at(keys: PipeInput, typed: str, options: tuple[Option, ...] = MANY, prose: str = PROSE) -> FullConsole:
    """Return the screen after some keys that answer nothing."""
    console, question = at_page(options, prose, keys=keys)
    keys.send_text(typed + STOP)
    with pytest.raises(EndOfInput):
        console.ask(question)
    return console


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("3" + ENTER, "3"),
        ("the sled" + ENTER, "the sled"),
        (ENTER, ""),
        (DOWN + ENTER, "1. The crosscut saw"),
        (DOWN + DOWN + DOWN + UP + ENTER, "2. The axe and the block"),
        (UP + ENTER, "16. The long way round"),
        (DOWN + RIGHT + ENTER, "9. The frozen film reel"),
        (DOWN + RIGHT + LEFT + ENTER, "1. The crosscut saw"),
        (DOWN + "x" + BACKSPACE + ENTER, "1. The crosscut saw"),
        (DOWN + "4" + ENTER, "4"),
        (TAB + ESC + "2" + ENTER, "2"),
        (F2 + "q" + "2" + ENTER, "2"),
        (F3 + F3 + "2" + ENTER, "2"),
        (F1, "/help"),
        ("/stats" + ENTER, "/stats"),
        (F5 + ENTER, "/load autosave"),
        (F5 + DOWN + ENTER, "/load before-the-river"),
        (F5 + "river" + ENTER, "/load before-the-river"),
        ("the sa" + TAB + ENTER, "The sack and the belly"),
        ("ab" + CTRL_C + "2" + ENTER, "2"),
        ("ab" + LEFT + "x" + ENTER, "axb"),
        (CTRL_L + "2" + ENTER, "2"),
        ("\x1b[200~2\n3\x1b[201~", "2"),
        ("\x1b[200~one\ttwo\x1b[201~" + ENTER, "one two"),
    ],
)
def test_keys_answer_with_a_line(keys: PipeInput, typed: str, line: str) -> None:
    assert pressed(keys, typed) == line


def test_enter_alone_takes_the_only_choice_and_never_one_of_two(keys: PipeInput) -> None:
    assert pressed(keys, ENTER, (Option("go", "Go on"),)) == "1. Go on"
    assert pressed(keys, ENTER) == ""


def test_what_is_pasted_in_lines_answers_one_question_after_the_other(keys: PipeInput) -> None:
    console, question = at_page(keys=keys)
    keys.send_text("\x1b[200~2\n3\n\x1b[201~")
    assert [console.ask(question), console.ask(question)] == ["2", "3"]


@pytest.mark.parametrize(
    ("typed", "view"), [(TAB, "full_stats"), (F2, "full_journal"), (F3, "full_way"), (F5, "full_saves")]
)
def test_a_key_opens_a_view_and_the_same_key_or_escape_closes_it(keys: PipeInput, typed: str, view: str) -> None:
    shown = left_at(keys, typed).stage.view
    assert shown
    assert shown.name == view
    assert left_at(keys, typed + ESC).stage.view is None
    if typed != F5:
        assert left_at(keys, typed + typed).stage.view is None


def test_a_view_scrolls_and_takes_no_answer(keys: PipeInput) -> None:
    first = "\n".join(left_at(keys, F2).rows())
    back = left_at(keys, F2 + PAGE_UP + UP + "3" + "x")
    assert "\n".join(back.rows()) != first
    assert back.stage.view


def test_space_and_the_page_keys_read_on_and_back(keys: PipeInput) -> None:
    assert left_at(keys, "").stage.reader.top == (0, 0)
    on = left_at(keys, " ").stage.reader.top
    assert on > (0, 0)
    assert left_at(keys, PAGE_DOWN).stage.reader.top == on
    assert left_at(keys, PAGE_DOWN + PAGE_UP).stage.reader.top == (0, 0)
    assert left_at(keys, PAGE_DOWN + HOME).stage.reader.top == (0, 0)
    assert left_at(keys, PAGE_DOWN + END).stage.reader.top == (0, 0)


def test_slash_and_words_that_are_no_command_search_and_n_goes_on(keys: PipeInput) -> None:
    found = left_at(keys, "/snowing" + ENTER).stage
    assert found.sought == "snowing"
    back = left_at(keys, "/snowing" + ENTER + "N" + "N").stage.reader.top
    assert back < found.reader.top
    assert left_at(keys, "/snowing" + ENTER + "N" + "N" + "n").stage.reader.top > back
    assert not left_at(keys, "/snowing" + ENTER + ESC).stage.sought
    assert "nowhere" in left_at(keys, "/elephant" + ENTER).stage.said


def test_escape_clears_the_line_first_and_then_goes_back_to_the_page_that_scrolls(keys: PipeInput) -> None:
    console, question = at_page(keys=keys)
    keys.send_text("ab" + ESC)
    keys.send_text(ESC)
    with pytest.raises(LeftScreen) as left:
        console.ask(question)
    assert (left.value.wanted, left.value.typed) == (True, "")


@pytest.mark.parametrize(("typed", "raised"), [(CTRL_C, Interrupted), (CTRL_D, EndOfInput)])
def test_control_c_and_d_leave_as_they_do_everywhere(keys: PipeInput, typed: str, raised: type[Exception]) -> None:
    console, question = at_page(keys=keys)
    keys.send_text(typed)
    with pytest.raises(raised):
        console.ask(question)


def test_a_digit_answers_a_setting_at_once_and_an_enter_from_habit_answers_nothing(keys: PipeInput) -> None:
    console, question = at_page(keys=keys)
    keys.send_text("2")
    assert console.ask(question._replace(at_once=True)) == "2"
    keys.send_text(ENTER + "1" + ENTER)
    assert console.ask(question) == "1"


@pytest.mark.parametrize("key", ["\x1b[19~", "\x1b[2~", "\x1b[1;5A", "\x1bx", "\x1b[99~"])
def test_keys_that_mean_nothing_pick_nothing(keys: PipeInput, key: str) -> None:
    console, question = at_page(keys=keys)
    keys.send_text(key)
    keys.send_text(STOP)
    with pytest.raises((EndOfInput, LeftScreen)):
        console.ask(question)


def browser_after(keys: PipeInput, typed: str) -> tuple[Known, SaveBrowser]:
    console, question = at_page(keys=keys)
    keys.send_text(F5 + typed + STOP)
    with pytest.raises(EndOfInput):
        console.ask(question)
    known, browser = question.look_ups, console.stage.view
    assert isinstance(known, Known)
    assert isinstance(browser, SaveBrowser)
    return known, browser


def test_a_save_is_deleted_after_a_yes_alone(keys: PipeInput) -> None:
    assert browser_after(keys, DOWN + DELETE + "y")[0].done == ["delete before-the-river"]
    assert browser_after(keys, DOWN + DELETE + "n")[0].done == []
    assert browser_after(keys, DOWN + DELETE + ENTER)[0].done == []
    assert browser_after(keys, DOWN + DELETE + ESC)[0].done == []


def test_a_save_is_renamed_and_a_name_that_is_taken_is_told(keys: PipeInput) -> None:
    assert browser_after(keys, DOWN + F2 + "x" + ENTER)[0].done == ["rename before-the-river before-the-riverx"]
    assert browser_after(keys, F2 + BACKSPACE * 8 + "taken" + ENTER)[1].said == "It is taken."
    assert browser_after(keys, F2 + ESC)[0].done == []


def test_what_is_typed_filters_the_saves(keys: PipeInput) -> None:
    assert [each.name for each in browser_after(keys, "river")[1].rows] == ["before-the-river"]
    assert browser_after(keys, "zebra")[1].chosen is None


def test_a_click_takes_a_choice_and_one_beside_takes_none() -> None:
    console, _ = at_page()
    rows = console.rows()
    at = next(number for number, row in enumerate(rows) if "Slip and answer" in row)
    assert console.stage.click(8, at)
    assert console.stage.answer == "2. Slip and answer"
    assert not console.stage.click(8, 5)


def test_what_was_typed_before_a_weighty_question_was_seen_stands_on_its_line(keys: PipeInput) -> None:
    console, question = at_page(keys=keys)
    keys.send_text("1" + ENTER + "y" + ENTER)
    assert console.ask(question) == "1"
    keys.send_text(STOP)
    with pytest.raises(EndOfInput):
        console.ask(InputRequest("Delete it? yes or no", weighty=True))
    assert console.screen
    assert console.screen.line == "y"


def test_a_whole_game_is_played_on_it_and_what_is_typed_ahead_is_all_answered(keys: PipeInput, tmp_path: Path) -> None:
    story = story_of(ROOT / "story" / "first_fire")
    dice, sitting = Random(3), Sitting(tmp_path, story)
    twin, typed = Playthrough.start(story, 7), list[str]()
    while not twin.page.ending:
        open_ = [number for number, each in enumerate(twin.page.options, 1) if each.enabled]
        number = dice.choice(open_) if open_ else 0
        typed.append(str(number or "Anna"))
        twin.pick(twin.page.options[number - 1].id if number else "Anna")
    keys.send_text("".join(f"{each}{ENTER}" for each in typed) + STOP)
    console = FullConsole(keys)
    assert Loop(console, sitting.game, {}).run() == 0
    assert sitting.game.state == twin.state
    assert len(typed) > 5
