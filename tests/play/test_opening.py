"""What is asked before a game begins."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from play.sittings import CTRL_C, ScriptedConsole, story_of
from siberia_quest.model.kinds import Value
from siberia_quest.model.story import Story
from siberia_quest.play.console import EndOfInput, Interrupted, Left
from siberia_quest.play.opening import announce, choose_settings

SETTINGS = """
story: Asked
by: Somebody
content_notes: Cold, and a [needle].
settings:
  hero: {ask: What do they call you?, text: Rocky, max: 8}
  winter:
    ask: How cold is it?
    one_of: {mild: A kind winter, hard: A hard winter}
    start: hard
  age: {ask: How old are you?, number: 39}
passages:
  hall:
    text: Hello.
    end: true
"""
AT_THE_START: Mapping[str, Value] = {"hero": "Rocky", "winter": "hard", "age": 39}


@pytest.fixture
def story(tmp_path: Path) -> Story:
    path = tmp_path / "asked.yaml"
    path.write_text(SETTINGS, encoding="utf-8")
    return story_of(path)


def test_the_title_the_author_and_the_content_notes_come_first(story: Story) -> None:
    console = ScriptedConsole([])
    announce(console, story)
    assert console.shown == ["Asked\nby Somebody\nContent notes: Cold, and a [needle]."]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        (["", "", ""], {}),
        (["Anna", "1", "40"], {"hero": "Anna", "winter": "mild", "age": 40}),
        (["Anna", "kind", "yes", "40,5"], {"hero": "Anna", "winter": "mild", "age": 40.5}),
        (["A name too long", "A name", "a kind", ""], {"hero": "A name", "winter": "mild"}),
        (["", "3", "warm", "mild", "hard", "two", "old", "nan", "41"], {"age": 41}),
        (
            ["Anna", "back", "Eve", "1", "/back", "two", "/undo", "one", "zurück", "/back", "1", "40"],
            {"hero": "Eve", "winter": "mild", "age": 40},
        ),
        (
            ["/help", "/look", "quit", "quit", "help", "look", "stats", "1", "help", "/journal", ""],
            {"hero": "quit", "winter": "mild"},
        ),
        (["\x1b[B", "", "\x1b[A", "1", "\x1b[A", ""], {"winter": "mild"}),
    ],
)
def test_answers_are_taken_and_what_is_none_is_asked_again(
    story: Story, typed: list[str], chosen: Mapping[str, Value]
) -> None:
    console = ScriptedConsole(typed)
    assert choose_settings(console, story, {}) == {**AT_THE_START, **chosen}
    assert console.typed == []


def test_a_name_that_is_too_long_is_told_and_stands_on_the_line_again(story: Story) -> None:
    console = ScriptedConsole(["A name too long", "Anna", "", ""])
    choose_settings(console, story, {})
    assert console.shown[0] == "At most 8 characters, please."
    assert console.asked[1].typed == "A name too long"


@pytest.mark.parametrize(
    "typed", [["/quit"], ["Anna", "quit"], ["Anna", "leave"], ["Anna", "q", "yes"], ["Anna", "", "quit"]]
)
def test_one_can_leave_before_the_first_page(story: Story, typed: list[str]) -> None:
    with pytest.raises(Left):
        choose_settings(ScriptedConsole(typed), story, {}, from_pipe=True)


def test_help_tells_what_works_before_the_first_page(story: Story) -> None:
    console = ScriptedConsole(["/help", "stats", "/stats"], language=story.language)
    choose_settings(console, story, {}, from_pipe=True)
    assert [line.split(":")[0] for line in console.shown[0].splitlines()[1:]] == ["/help", "/look", "/back", "/quit"]
    assert "Is that the command?" in console.shown[1]
    assert console.shown[2] == "/stats comes once the game has begun. /help says what you can type here."


def test_one_goes_back_past_the_first_question_only_where_something_stands_before_it(story: Story) -> None:
    assert choose_settings(ScriptedConsole(["/back"]), story, {}, has_before=True) is None
    console = ScriptedConsole(["/back", "Anna", "", ""])
    assert choose_settings(console, story, {}) == {**AT_THE_START, "hero": "Anna"}
    assert console.shown[0] == "There is no question before this one."


def test_the_prompts_tell_what_an_empty_line_takes(story: Story) -> None:
    console = ScriptedConsole(["", "", ""])
    choose_settings(console, story, {})
    assert [question.words for question in console.asked] == [
        "What do they call you? [Rocky]",
        "Choose 1 to 2 [A hard winter]:",
        "How old are you? [39]",
    ]
    assert [question.at_once for question in console.asked] == [False, True, False]


def test_what_is_given_is_not_asked(story: Story) -> None:
    console = ScriptedConsole(["Anna", "50"])
    assert choose_settings(console, story, {"winter": "mild"}) == {"hero": "Anna", "winter": "mild", "age": 50}


def test_a_pipe_that_ends_leaves_the_rest_at_its_start(story: Story) -> None:
    assert choose_settings(ScriptedConsole(["Anna"]), story, {}, from_pipe=True) == {"hero": "Anna"}


def test_at_a_terminal_the_end_and_ctrl_c_leave(story: Story) -> None:
    with pytest.raises(EndOfInput):
        choose_settings(ScriptedConsole(["Anna"]), story, {})
    with pytest.raises(Interrupted):
        choose_settings(ScriptedConsole(["Anna", CTRL_C]), story, {}, from_pipe=True)
