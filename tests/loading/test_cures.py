"""What a message says to an author who made one of the likely mistakes: its place and its cure."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.tools.checking import find_problems


def told(folder: Path, text: str) -> list[Diagnostic]:
    path = folder / "ferry.yaml"
    path.write_text(f"story: The ferry\n{text}", "utf-8")
    return list(find_problems(load_story(path)))


@pytest.mark.parametrize(("word", "value"), [("yes", "true"), ("no", "false"), ("on", "true"), ("off", "false")])
def test_a_variable_declared_as_yes_or_no_is_told_how_to_be_one(word: str, value: str, tmp_path: Path) -> None:
    (found,) = told(
        tmp_path,
        f"variables: {{ticket: {word}}}\npassages:\n  quay:\n    choices:\n      - {{text: Board, if: not ticket, end: true}}\n"
        "      - {text: Wait, end: true}\n",
    )
    assert (found.code, found.why) == ("SQ303", f"`ticket: {word}` declares a text")
    assert found.fix == f"for yes or no, declare it as `ticket: {value}`"


def test_any_other_text_in_a_condition_is_not_told_so(tmp_path: Path) -> None:
    (found,) = told(
        tmp_path, "variables: {name: Anna}\npassages:\n  quay:\n    choices:\n      - {text: Go, if: name, end: true}\n"
    )
    assert (found.code, found.fix) == ("SQ303", "")


def test_choices_that_all_close_are_told_at_their_list_whatever_stands_behind_it(tmp_path: Path) -> None:
    (found,) = told(
        tmp_path,
        "variables: {late: false}\npassages:\n  quay:\n    do: late = visits(quay) > 1\n    choices:\n"
        "      - {text: Board, if: late, end: true}\n    then: You wait.\n",
    )
    assert (found.code, found.span.line) == ("SQ506", 7)


def test_two_choices_that_change_nothing_are_told_once_each(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        "passages:\n  quay:\n    choices:\n      - {text: Swim, goto: quay}\n      - {text: Shout, goto: quay}\n"
        "      - {text: Go, end: true}\n",
    )
    assert [(each.code, each.span.line) for each in found] == [("SQ614", 5), ("SQ614", 6)]


def lines_of(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return the code and the cure of each problem of a file."""
    (folder / "ferry.yaml").write_text(text, "utf-8")
    return [(each.code, each.fix) for each in load_story(folder / "ferry.yaml").diagnostics]


def test_another_word_for_the_title_or_the_passages_is_one_mistake(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "title: A ferry\npassages:\n  a: {text: Hi., end: true}\n") == [
        ("SQ205", "write `story:`")
    ]
    assert lines_of(tmp_path, "story: A ferry\npassage:\n  a: {text: Hi., end: true}\n") == [
        ("SQ205", "did you mean `passages`?")
    ]
    assert [code for code, _ in lines_of(tmp_path, "by: Anna\n")] == ["SQ215", "SQ215"]


def test_a_stat_that_starts_outside_its_range_is_told_the_range(tmp_path: Path) -> None:
    for range_, cure in (
        ("", "say its `range:`; without one it is 0 to 100"),
        (", range: [1, 9]", "start it between 1 and 9"),
    ):
        text = f"story: A\nstats:\n  hp: {{start: 200{range_}}}\npassages:\n  a: {{text: Hi., end: true}}\n"
        assert lines_of(tmp_path, text) == [("SQ402", cure)]
