"""Stories are edited at random, and every game that was saved before stands at its own step, or it is asked about.

`make edited-stories` makes 100 edits and opens 20 games in each; `make torture` makes 1,000 and opens 60.
"""

from pathlib import Path

import pytest

from edits.editing import EDITS, OF_STEPS, Draft, Names
from edits.guessing import guess_address
from edits.judging import Case, read_case, tallied, unlike_before
from edits.run import SOURCES
from edits.trees import Tree
from stories.dice import seeded

YARD = SOURCES[0]


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("SIBERIA_QUEST_CACHE", str(tmp_path / "cache"))
    return read_case(YARD.path, tmp_path, Names("name", "rest"), 12)


def test_in_a_story_that_was_not_edited_every_game_goes_on(case: Case, tmp_path: Path) -> None:
    assert [*unlike_before(case, tmp_path)] == []
    assert len({game.stood[-1] for game in case.games}) > 8


def test_after_random_edits_every_game_is_where_it_was_or_is_asked_about(case: Case, tmp_path: Path) -> None:
    became, wrong = tallied(case, range(25), tmp_path / "edited")
    assert wrong == []
    assert became["loaded"] > became["asked of what is there"] > 0
    assert became["asked of what is gone"] + became["refused"] > 0


def test_a_place_that_is_guessed_is_found_to_be_wrong(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("siberia_quest.storage.codec.places_from_plain.find_address", guess_address)
    _, wrong = tallied(case, range(12), tmp_path / "edited", OF_STEPS)
    assert any("stood at" in each for each in wrong)


def test_options_that_are_kept_as_they_were_told_are_found_to_be_wrong(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept(_: object, state: object) -> object:
        return state

    monkeypatch.setattr("siberia_quest.storage.codec.state_from_plain._StateReader.offer_anew", kept)
    _, wrong = tallied(case, range(12), tmp_path / "edited")
    assert any("and offers" in each for each in wrong)


def test_a_tree_knows_its_steps_again_after_it_was_written() -> None:
    tree = Tree.read("passages:\n  hut:\n  - One.\n  - pause: true\n").copy()
    written = tree.written()
    assert Tree.read(written.text).written().text == written.text
    assert len(written.origins) == len(set(written.origins.values())) == 6
    assert 0 not in written.origins.values()


@pytest.mark.parametrize("name", sorted(EDITS))
def test_every_edit_changes_a_story(name: str, case: Case) -> None:
    before = case.trees[case.main].written().text
    drafts = [Draft(case.trees, case.main, seeded(seed), case.names, case.near) for seed in range(8)]
    for draft in drafts:
        EDITS[name](draft)
    assert any(draft.tree(case.main).written().text != before for draft in drafts)
