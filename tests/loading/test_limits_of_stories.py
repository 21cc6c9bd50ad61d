"""Stories at a limit work, and one step beyond it they are told: with a control on each side."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.lang.syntax import DEEPEST
from siberia_quest.lang.texts import MOST_BRACES
from siberia_quest.loading import find_files, playtests
from siberia_quest.loading.playtests import MOST_GAMES, MOST_TIMES, read_playtests

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


LISTS = "story: At the edge\nkinds: {k: {a: LABEL, b: B}}\nvariables: {l: {HELD}}\npassages:\n  edge:\n    text: '{l}.'\n    end: true\n"


@pytest.mark.parametrize(
    ("held", "label", "told"),
    [
        ("list_of: k, last: 10000", "A", set[str]()),
        ("list_of: k, last: 10001", "A", {"SQ304"}),
        ("list_of: k, last: 1000000000000", "A", {"SQ304"}),
        ("list_of: k", "A" * 40_000, set[str]()),
        ("list_of: k", "A" * 50_000, {"SQ304"}),
        (f"list_of: k, start: [{'a, ' * 12_000}]", "A", set[str]()),
        (f"list_of: k, start: [{'a, ' * 12_000}]", "A" * 400, {"SQ304"}),
        ("text: A, max: 65536", "A", set[str]()),
        ("text: A, max: 65537", "A", {"SQ304"}),
    ],
)
def test_a_list_and_a_text_hold_as_much_as_can_be_told(held: str, label: str, told: set[str], tmp_path: Path) -> None:
    assert told_of(LISTS.replace("HELD", held).replace("LABEL", label), tmp_path) == told


def test_a_text_has_as_many_braces_as_can_be_or_is_told(tmp_path: Path) -> None:
    assert not told_of(STORY.replace("Here.", f"'{'{x} ' * MOST_BRACES}'"), tmp_path)
    assert told_of(STORY.replace("Here.", f"'{'{x} ' * (MOST_BRACES + 1)}'"), tmp_path) == {"SQ309"}


@pytest.mark.parametrize(
    ("tests", "told"),
    [
        (f"walkthroughs: [{{walkthrough: W, play: [again: {{pick: go, times: {MOST_TIMES}}}]}}]", []),
        (f"walkthroughs: [{{walkthrough: W, play: [again: {{pick: go, times: {MOST_TIMES + 1}}}]}}]", ["SQ304"]),
        (f"targets: [{{style: random, games: {MOST_GAMES}, endings: {{}}}}]", []),
        (f"targets: [{{style: random, games: {MOST_GAMES + 1}, endings: {{}}}}]", ["SQ304"]),
    ],
)
def test_a_test_plays_as_often_as_can_be_or_is_told(tests: str, told: list[str], tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY.replace("end: true", "choices: [{text: Go, goto: edge}]"), "utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "tests.yaml").write_text(tests, "utf-8")
    story = load_story(tmp_path).story
    assert story
    assert [each.code for each in read_playtests(tmp_path, story).diagnostics] == told


def test_a_file_of_tests_that_is_too_large_or_lies_elsewhere_is_told_with_what_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "tests").mkdir(parents=True)
    (home / "story.yaml").write_text(STORY, "utf-8")
    (tmp_path / "elsewhere").write_text("walkthroughs: []", "utf-8")
    (home / "tests" / "link.yaml").symlink_to(tmp_path / "elsewhere")
    (home / "tests" / "much.yaml").write_text("walkthroughs: []\n" * 9, "utf-8")
    story = load_story(home).story
    assert story
    monkeypatch.setattr(playtests, "MOST_BYTES", 50)
    found = read_playtests(home, story).diagnostics
    assert [(each.code, each.fix) for each in found] == [
        ("SQ801", "copy the file into the folder"), ("SQ801", "make it smaller, or take it away"),
    ]  # fmt: skip
