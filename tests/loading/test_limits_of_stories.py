"""Stories at a limit work, and one step beyond it they are told: with a control on each side."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.lang.syntax import DEEPEST
from siberia_quest.loading import find_files

STORY = "story: At the edge\nvariables: {x: 1}\npassages:\n  edge:\n    text: Here.\n    end: true\n"


def codes(path: Path) -> set[str]:
    return {each.code for each in load_story(path).diagnostics if each.severity == "error"}


def told_of(text: str, folder: Path) -> set[str]:
    (folder / "edge.yaml").write_text(text, "utf-8")
    return codes(folder / "edge.yaml")


def test_a_folder_of_as_many_files_as_a_story_may_have_is_read_and_one_more_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "story.yaml").write_text(STORY, "utf-8")
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(f"scene: {name}\npassages:\n  p:\n    end: true\n", "utf-8")
    monkeypatch.setattr(find_files, "MOST_FILES", 3)
    assert not codes(tmp_path)
    monkeypatch.setattr(find_files, "MOST_FILES", 2)
    assert codes(tmp_path) == {"SQ100"}


@pytest.mark.parametrize(("digits", "told"), [(15, set[str]()), (16, {"SQ304"}), (5000, {"SQ304"})])
def test_a_number_in_an_expression_is_as_large_as_can_be_or_told(digits: int, told: set[str], tmp_path: Path) -> None:
    assert told_of(STORY.replace("Here.", f"'{{x + {'9' * digits}}}'"), tmp_path) == told


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "0." + "9" * 5000, "1e5000", "9" * 5000 + ".5"])
@pytest.mark.parametrize(
    "place", ["variables: {x: NUMBER}", "stats: {x: NUMBER}", "tables: {x: {0: NUMBER}}", "tables: {x: {NUMBER: 1}}"]
)
def test_a_number_of_5000_digits_is_told_wherever_it_stands(place: str, number: str, tmp_path: Path) -> None:
    text = STORY.replace("variables: {x: 1}", place.replace("NUMBER", number))
    found = told_of(text, tmp_path)
    assert found or number.startswith(("0.", "1e"))  # a fraction is read, and words are no number


def test_phrases_that_come_to_too_much_work_are_told_and_fewer_work(tmp_path: Path) -> None:
    def doubled(times: int) -> str:
        rows = "".join(f"  p{each + 1}: '{{p{each}}}{{p{each}}}'\n" for each in range(times))
        return f"phrases:\n  p0: a\n{rows}"

    assert not told_of(STORY.replace("variables: {x: 1}\n", doubled(8)), tmp_path)
    assert told_of(STORY.replace("variables: {x: 1}\n", doubled(30)), tmp_path) == {"SQ309"}


@pytest.mark.parametrize(("deep", "told"), [(DEEPEST - 2, set[str]()), (DEEPEST + 1, {"SQ302"})])
def test_a_sum_of_sums_is_as_deep_as_can_be_or_told(deep: int, told: set[str], tmp_path: Path) -> None:
    assert told_of(STORY.replace("Here.", f"'{{{'x - (' * deep}x{')' * deep}}}'"), tmp_path) == told
