"""Whatever an author writes has an effect where it stands, or is told: branches without their condition, keys that nothing reads."""

from pathlib import Path

import pytest

from siberia_quest import load_story

HEAD = "story: The mill\nvariables: {wind: true, bag: 2}\nkinds: {grain: [rye, oats]}\nmenus: {rest: [{text: Sit}]}\n"


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return the code of each problem and the word it points at."""
    path = folder / "mill.yaml"
    path.write_text(HEAD + text, "utf-8")
    lines = path.read_text("utf-8").splitlines()
    spans = [(each.code, each.span) for each in load_story(path).diagnostics]
    return [(code, lines[span.line - 1][span.column - 1 : span.end_column - 1]) for code, span in spans]


def steps(*lines: str) -> str:
    return "passages:\n  mill:\n    steps:\n" + "".join(f"      {line}\n" for line in lines) + "    end: true\n"


def choices(line: str) -> str:
    return f"passages:\n  mill:\n    choices:\n      - {line}\n      - {{text: Leave, end: true}}\n"


LONELY = {
    "else in an item of its own": (steps("- {if: wind, then: It turns.}", "- else: It stands."), "else"),
    "else behind text": (steps("- text: It turns.", "  else: It stands."), "else"),
    "else of a passage": ("passages:\n  mill:\n    text: It turns.\n    else: It stands.\n    end: true\n", "else"),
    "success in an item of its own": (steps("- check: {odds: 40}", "  failure: No.", "- success: Yes."), "success"),
    "failure without a check": (steps("- text: You pull.", "  failure: It sticks."), "failure"),
    "happens without a check": (steps("- happens: A belt snaps."), "happens"),
    "cases in an item of its own": (steps("- cases: {1: One.}"), "cases"),
    "bands without a match": (steps("- bands: {0: Few., 5: Many.}"), "bands"),
    "quiet without do": (steps("- {text: Flour., quiet: true}"), "quiet"),
    "else in a choice": (choices("{text: Grind, if: wind, then: It turns., else: It stands., end: true}"), "else"),
    "success in a choice": (choices("{text: Grind, success: It turns., end: true}"), "success"),
    "locked without needs": (choices("{text: Grind, locked: No wind., end: true}"), "locked"),
    "else within a case": (
        steps("- match: bag", "  cases:", "    2: {text: Two., else: Some.}", "    else: Some."),
        "else",
    ),
    "else within a weighted entry": (steps("- random:", "    - {weight: 2, then: A., else: B.}", "    - C."), "else"),
}


@pytest.mark.parametrize(("text", "word"), LONELY.values(), ids=LONELY.keys())
def test_a_key_without_the_one_it_belongs_to_is_told_at_its_word(text: str, word: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == [("SQ221", word)]


UNREAD = {
    "happens beside success": (steps("- check: {odds: 40}", "  success: A.", "  happens: B."), "happens"),
    "cases beside bands": (steps("- match: bag", "  bands: {0: A.}", "  cases: {2: B.}"), "cases"),
    "else within a branch of when": (steps("- when:", "    - {if: wind, then: A., else: B.}"), "else"),
    "a goto beside else in when": (steps("- when:", "    - {if: wind, then: A.}", "    - {else: B., do: bag = 1}"), "else"),
    "a branch beside a menu": (choices("{use: rest, then: You doze.}"), "then"),
    "an effect beside a group": (choices("{if: wind, do: bag = 1, choices: [{text: Grind, end: true}]}"), "do"),
    "an id beside for": (choices("{for: grain, id: sack, text: 'Take {grain}', end: true}"), "id"),
    "a stat beside odds": (steps("- check: {odds: 40, stat: bag}", "  success: A."), "stat"),
    "text across beside left": (steps("- montage: {beats: [{left: A., text: B.}]}"), "text"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "word"), UNREAD.values(), ids=UNREAD.keys())
def test_a_key_that_nothing_reads_beside_another_is_told(text: str, word: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == [("SQ222", word)]


@pytest.mark.parametrize(
    "more", ["text: Sacks.", "goto: mill", "do: bag += 1", "choices: [{text: Go, end: true}]", "steps: [A.]"]
)
def test_a_condition_on_a_whole_passage_is_told(more: str, tmp_path: Path) -> None:
    text = f"passages:\n  mill:\n    if: wind\n    {more}\n    else: It stands.\n"
    assert told(tmp_path, text) == [("SQ223", "if")]


def test_a_passage_that_is_one_branch_is_fine(tmp_path: Path) -> None:
    assert told(tmp_path, "passages:\n  mill:\n    if: wind\n    then: {end: true}\n    else: {end: true}\n") == []


@pytest.mark.parametrize("word", ["else if", "elif", "elseif", "elsif", "else_if"])
def test_another_word_for_a_further_branch_is_told_when(word: str, tmp_path: Path) -> None:
    (tmp_path / "mill.yaml").write_text(
        HEAD + steps("- {if: wind, then: A.}", f"- {word}: bag > 1", "  then: B."), "utf-8"
    )
    (found,) = load_story(tmp_path / "mill.yaml").diagnostics
    assert (found.code, found.fix[:12]) == ("SQ205", "write `when:")


MISSPELT = {
    "a passage": ("gotto: mill", "goto"),
    "a list": ("choises: [{text: Go, end: true}]", "choices"),
    "a mapping": ("montge: {beats: [A., B.]}", "montage"),
    "a capital": ("chek: {odds: 40}", "check"),
    "an effect": ("doo: bag = 1", "do"),
}


@pytest.mark.parametrize(("line", "word"), MISSPELT.values(), ids=MISSPELT.keys())
def test_a_misspelt_word_for_a_step_is_no_prose(line: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "mill.yaml").write_text(HEAD + steps("- Sacks.", f"- {line}"), "utf-8")
    (found,) = load_story(tmp_path / "mill.yaml").diagnostics
    assert found.code == "SQ205"
    assert f"`{word}`" in found.fix


@pytest.mark.parametrize("line", ["Miller: Again.", "the miller says: Again.", "Well: it turns"])
def test_prose_with_a_colon_stays_prose(line: str, tmp_path: Path) -> None:
    assert [code for code, _ in told(tmp_path, steps(f"- {line}"))] == ["SQ125"]


@pytest.mark.parametrize(
    ("word", "cure"), [("divert", "goto"), ("jump", "goto"), ("option", "choices"), ("unless", "if"), ("set", "do")]
)
def test_a_word_of_another_system_is_told_what_it_is_called_here(word: str, cure: str, tmp_path: Path) -> None:
    (tmp_path / "mill.yaml").write_text(HEAD + steps(f"- {word}: mill"), "utf-8")
    (found,) = load_story(tmp_path / "mill.yaml").diagnostics
    assert (found.code, f"`{cure}:" in found.fix) == ("SQ205", True)


NOTHING = {
    "a goto": ("- goto:", "SQ211"),
    "a text": ("- text:", "SQ211"),
    "choices": ("- choices:", "SQ211"),
    "an effect": ("- do:", "SQ211"),
    "a condition": ("- if: wind", "SQ211"),
    "then in an item of its own": ("- then: It turns.", "SQ221"),
}


@pytest.mark.parametrize(("line", "code"), NOTHING.values(), ids=NOTHING.keys())
def test_a_step_with_nothing_to_it_is_told(line: str, code: str, tmp_path: Path) -> None:
    assert [each for each, _ in told(tmp_path, steps("- Flour.", line))] == [code]


def test_then_in_an_item_below_its_if_is_one_mistake(tmp_path: Path) -> None:
    assert told(tmp_path, steps("- if: wind", "- then: It turns.")) == [("SQ211", "if: wind")]


def test_a_list_told_by_yes_and_no_is_fine(tmp_path: Path) -> None:
    assert told(tmp_path, steps("- match: wind", "  cases: {true: It turns., false: It stands.}")) == []


def test_an_id_of_a_choice_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, choices("{text: Grind, id: Grind It, end: true}")) == [("SQ207", "Grind It")]
