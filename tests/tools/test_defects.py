"""Small stories with one planted defect each: `check` and `explore` find every one at its place, and nothing on the clean ones.

The head of each story says what must be found: `# check SQ203 9` a diagnostic and its line, `# explore SQ405 12` a problem met in play,
`# explore endless`, and `# explore unentered`, `unoffered`, `unmet` or `untold` with what no game reached. docs/findings.md is their table.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from house.tree import ROOT
from siberia_quest import advance, begin, load_story
from siberia_quest.model.problems import FINDINGS
from siberia_quest.tools.checking import find_problems
from siberia_quest.tools.exploring.exploration import Exploration, Wanted, explore

FOLDER = Path(__file__).parents[1] / "defects"
STORIES = sorted(FOLDER.glob("*_[12]*"))
PAGE = ROOT / "docs" / "findings.md"
_EXPECTED = re.compile(r"# (check|explore) (.+)")
_MET = re.compile(r"\S+?:(\d+):\d+: (SQ\d{3})")


def name_of(path: Path) -> str:
    """Return a story's defect, in words."""
    return path.stem.rpartition("_")[0]


def expected(path: Path) -> list[str]:
    """Return the lines of a story's head."""
    head = (path / "story.yaml" if path.is_dir() else path).read_text("utf-8").partition("story:")[0]
    return [" ".join(match.groups()) for match in _EXPECTED.finditer(head)]


def checked(path: Path) -> list[str]:
    """Return what `check` finds."""
    return [f"check {each.code} {each.span.line}" for each in find_problems(load_story(path))]


@lru_cache
def explored(path: Path) -> Exploration | None:
    """Return what `explore` finds, where the story can be played."""
    story = load_story(path).story
    return explore(path, story, {}, Wanted(games=300, most_picks=200)) if story else None


def met(path: Path) -> Iterator[str]:
    """Yield what `explore` finds, as the heads say it."""
    found = explored(path)
    if found is None:
        return
    for problem in found.problems:
        match = _MET.match(problem)
        assert match
        yield f"explore {match[2]} {match[1]}"
    if found.exact.loops or any(tally.endless for tally in found.styles.values()):
        yield "explore endless"
    for what, names in (("unentered", found.unentered), ("unoffered", found.unoffered), ("unmet", found.unmet)):
        yield from (f"explore {what} {name}" for name in names)
    yield from (f"explore untold {line.place.line}" for line in found.untold)


@pytest.mark.parametrize("path", STORIES, ids=lambda each: each.stem)
def test_exactly_what_was_planted_is_found(path: Path) -> None:
    found, wanted = [*checked(path), *met(path)], expected(path)
    unplanted = [each for each in found if each not in wanted]
    if any(each.startswith("check") for each in wanted):  # what was found before playing shows in play, too
        unplanted = [each for each in unplanted if each.startswith("check")]
    assert (sorted({*wanted} - {*found}), unplanted) == ([], [])


def test_there_are_two_stories_of_each_of_more_than_twenty_five_defects_and_two_clean_ones() -> None:
    names = [name_of(each) for each in STORIES]
    assert len({*names}) > 25
    assert all(names.count(each) == 2 for each in names)
    assert [expected(each) for each in STORIES if name_of(each) == "clean"] == [[], []]
    assert all(expected(each) for each in STORIES if name_of(each) != "clean")


@pytest.mark.parametrize(
    "path", [each for each in STORIES if "explore SQ" in " ".join(expected(each))], ids=lambda each: each.stem
)
def test_a_problem_met_in_play_is_met_again_with_the_picks_that_are_told(path: Path) -> None:
    found, story = explored(path), load_story(path).story
    assert found
    assert story
    for problem, (_, replay) in found.problems.items():
        turn = begin(story, replay.seed)
        for pick in replay.picks:
            turn = advance(story, turn.state, pick)
        assert turn.page.problem
        assert turn.page.problem.message in problem


def test_the_page_about_findings_has_a_row_for_each_planted_defect() -> None:
    page = PAGE.read_text("utf-8")
    missing = [each.stem for each in STORIES if f"`{each.stem}`" not in page]
    wrong = [
        f"{each.stem}: {line}"
        for each in STORIES
        for line in expected(each)
        if not any(f"`{each.stem}`" in row and line.split()[1] in row for row in page.splitlines())
    ]
    assert (missing, wrong) == ([], [])


def test_the_page_about_findings_misses_no_finding() -> None:
    page = PAGE.read_text("utf-8")
    assert [each.code for each in FINDINGS if f"`check` {each.code}" not in page] == []
