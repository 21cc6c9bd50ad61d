"""Lists that close on a player for good are told by `check`: used up with nothing behind them, or with no way out."""

from pathlib import Path

import pytest

from siberia_quest import advance, begin, load_story
from siberia_quest.tools.checking import find_problems


def told(folder: Path, passages: str) -> list[str]:
    variables = "variables: {late: false}\n" if "late" in passages else ""
    (folder / "inn.yaml").write_text(f"story: The inn\n{variables}passages:\n{passages}", "utf-8")
    return [each.code for each in find_problems(load_story(folder / "inn.yaml"))]


USED_UP = {
    "questions that lead back": (
        "  bar:\n    choices:\n      - {text: A, once: true, then: Yes., goto: bar}\n"
        "      - {text: B, once: true, then: No., goto: bar}\n"
    ),
    "a way round through another passage": (
        "  bar:\n    choices:\n      - {text: Up, once: true, goto: room}\n      - {text: Out, once: true, then: Rain., goto: bar}\n"
        "  room: {text: Dust., goto: bar}\n"
    ),
    "a hub with nothing behind it": "  bar:\n    topics:\n      - {text: A, then: Yes.}\n      - {text: B, then: No.}\n",
    "a list that is offered again": "  bar:\n    choices:\n      - {text: A, once: true, again: true, then: Yes.}\n",
}  # fmt: skip


@pytest.mark.parametrize("passages", USED_UP.values(), ids=USED_UP.keys())
def test_choices_that_can_all_be_used_up_are_told(passages: str, tmp_path: Path) -> None:
    assert told(tmp_path, passages) == ["SQ618"]


LEFT = {
    "one stays": "  bar:\n    choices:\n      - {text: A, once: true, then: Yes., goto: bar}\n      - {text: B, then: No., goto: bar}\n",
    "one leads to an end": "  bar:\n    choices:\n      - {text: A, once: true, goto: bar}\n      - {text: B, once: true, end: true}\n",
    "something stands behind": "  bar:\n    topics:\n      - {text: A, then: Yes.}\n      - {text: B, then: No.}\n    end: true\n",
    "a topic that is done": (
        "  bar:\n    topics:\n      - {text: A, then: Yes., reusable: true}\n      - {text: B, done: true}\n    end: true\n"
    ),
    "a fallback": "  bar:\n    choices:\n      - {text: A, once: true, then: Yes., goto: bar}\n      - {fallback: true, end: true}\n",
    "a passage that is called": (
        "  bar: {call: talk, end: true}\n  talk:\n    topics:\n      - {text: A, then: Yes.}\n      - {text: B, then: No.}\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("passages", LEFT.values(), ids=LEFT.keys())
def test_a_list_that_somebody_can_leave_is_not_told(passages: str, tmp_path: Path) -> None:
    assert {"SQ618", "SQ619"}.isdisjoint(told(tmp_path, passages))


SHUT_IN = {
    "a hub whose way out is used up": (
        "  yard:\n    choices:\n      - {text: In, goto: bar}\n      - {text: Home, end: true}\n"
        "  bar:\n    topics:\n      - {text: A, then: Yes., reusable: true}\n      - {text: Out, goto: yard}\n"
    ),
    "a list of which each comes again": (
        "  bar:\n    choices:\n      - {text: A, then: Yes., again: true}\n      - {text: B, then: No., again: true}\n"
    ),
}


@pytest.mark.parametrize("passages", SHUT_IN.values(), ids=SHUT_IN.keys())
def test_a_list_that_nobody_can_leave_is_told(passages: str, tmp_path: Path) -> None:
    assert "SQ619" in told(tmp_path, passages)


def test_a_topic_that_is_done_is_there_on_every_visit(tmp_path: Path) -> None:
    (tmp_path / "inn.yaml").write_text(
        "story: The inn\npassages:\n  yard:\n    choices:\n      - {text: In, goto: bar}\n      - {text: Home, end: true}\n"
        "  bar:\n    topics:\n      - {text: Listen, then: Rain.}\n      - {text: Enough, done: true}\n    goto: yard\n",
        "utf-8",
    )
    story = load_story(tmp_path / "inn.yaml").story
    assert story
    turn = begin(story, seed=1)
    for pick in ("in", "listen", "enough", "in"):
        turn = advance(story, turn.state, pick)
    assert [each.id for each in turn.page.options] == ["enough"]


@pytest.mark.parametrize("word", ["done", "reusable"])
def test_words_of_a_hub_in_other_choices_are_told(word: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"  bar:\n    choices:\n      - {{text: A, {word}: true, then: Yes.}}\n    end: true\n") == [
        "SQ221"
    ]


ORDER = {
    "prose above": ("text: 'It is {late}.'\n    do: late = true", ["SQ224"]),
    "a branch above": ("then: '{if late then Dark.}'\n    do: late = true", ["SQ224"]),
    "steps above": ("steps: ['{if late then Dark.}']\n    do: late = true", ["SQ224"]),
    "prose below": ("do: late = true\n    text: 'It is {late}.'", []),
    "prose of something else": ("text: Rain.\n    do: late = true", []),
}


@pytest.mark.parametrize(("keys", "codes"), ORDER.values(), ids=ORDER.keys())
def test_an_effect_below_prose_that_tells_what_it_changes_is_told(keys: str, codes: list[str], tmp_path: Path) -> None:
    assert [each for each in told(tmp_path, f"  bar:\n    {keys}\n    end: true\n") if each == "SQ224"] == codes


def test_many_choices_that_are_alike_are_told_once(tmp_path: Path) -> None:
    doors = "".join(f"      - {{text: Door {number}, goto: b}}\n" for number in range(12))
    names = "".join(f"      - {{text: Same, do: n = {number}, goto: b}}\n" for number in range(5))
    (tmp_path / "doors.yaml").write_text(
        "story: Doors\nvariables: {n: 0}\npassages:\n  a:\n    text: In {n}.\n    choices:\n"
        f"{doors}{names}  b: {{text: Out., end: true}}\n",
        "utf-8",
    )
    found = [each for each in find_problems(load_story(tmp_path / "doors.yaml")) if each.code in {"SQ608", "SQ609"}]
    assert [(each.code, each.message.partition(" ")[0], len(each.related)) for each in found] == [
        ("SQ609", "12", 11),
        ("SQ608", "5", 4),
    ]
