"""Stories of any size work, or meet a limit that is told while they are read: none of them stops the program."""

from pathlib import Path

import pytest

from siberia_quest import Loaded, begin, load_story
from siberia_quest.engine.turns import advance
from siberia_quest.tools.checking import find_problems

from .growing import GROWING, NESTED


def loaded(folder: Path, text: str) -> Loaded:
    path = folder / "much.yaml"
    path.write_text(text, "utf-8")
    return load_story(path)


def told(found: Loaded) -> set[str]:
    """Return what is wrong with a story, after its checks; one that can be played is begun and gone on with."""
    wrong = {each.code for each in find_problems(found)}
    if found.story:
        turn = begin(found.story, 1)
        for _ in range(3):
            picks = [each.id for each in turn.page.options if each.enabled]
            turn = advance(found.story, turn.state, picks[-1]) if picks else turn
    return wrong


#: What of so many of a thing is told.
LIMITS_MET = {
    "texts without a condition": "SQ312", "menus in a row": "SQ227", "arguments": "SQ305", "numbers in a mixed sum": "SQ302",
    "passages that call and go": "SQ507", "passages told twice": "SQ111", "phrases in circles": "SQ805", "lines that are no YAML": "SQ120",
    "quotes that never close": "SQ104", "tabs": "SQ102", "aliases": "SQ105",
}  # fmt: skip


@pytest.mark.parametrize("what", GROWING)
def test_a_story_with_1500_of_each_thing_works_or_meets_a_limit(what: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, GROWING[what](1500))
    wrong = told(found)
    meets = LIMITS_MET.get(what, "SQ805" if what.startswith("unknown") else "")
    assert (found.story is None) == bool(meets), (wrong, found.diagnostics[:1])
    assert not meets or meets in wrong, wrong
    assert len(found.diagnostics) <= 1501


@pytest.mark.parametrize("deep", [2, 17, 90, 1000])
@pytest.mark.parametrize("what", NESTED)
def test_a_thing_in_a_thing_works_or_meets_a_limit_however_deep_it_is(what: str, deep: int, tmp_path: Path) -> None:
    found = loaded(tmp_path, NESTED[what](deep))
    told(found)
    assert found.story or {each.code for each in found.diagnostics} <= {
        "SQ115", "SQ227", "SQ302", "SQ304", "SQ309", "SQ311", "SQ208",
    }, found.diagnostics[0]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "deep"), [("formulas in a chain", 90), ("phrases in a chain", 90), ("menus that use two", 1)]
)
def test_what_is_as_deep_as_stories_are_works(what: str, deep: int, tmp_path: Path) -> None:
    assert loaded(tmp_path, NESTED[what](deep)).story or what.startswith("menus")
