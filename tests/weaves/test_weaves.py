"""A weave tells the same in our engine as in ink's: prose, alternatives, choices, and the places where branches meet."""

import shutil

import pytest

from house.tree import ROOT
from weaves import ours
from weaves.run import GAMES, differences
from weaves.weave import Maker

PEERS = ROOT / ".venv" / "peers"
has_ink = pytest.mark.skipif(
    shutil.which("node") is None or not (PEERS / "node_modules" / "inkjs").is_dir(),
    reason="needs node and inkjs, which .ci/run installs",
)


@has_ink
def test_games_of_random_weaves_are_those_of_ink() -> None:
    assert differences(range(12), PEERS) == []


@has_ink
def test_a_list_whose_choices_all_stay_is_found_to_differ_from_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    written = ours.written
    monkeypatch.setattr(ours, "written", lambda knots: written(knots).replace("once: true", "once: false"))
    assert len(differences(range(3), PEERS)) > GAMES


def test_weaves_hold_choices_within_choices_and_words_within_words() -> None:
    stories = [ours.written(Maker(seed).story()) for seed in range(25)]
    assert any(f"{' ' * 22}- choices:" in story for story in stories)
    for part in ("{sequence | ", "{cycle | ", "{once | ", "fallback: true", "call: stair", "<>"):
        assert any(part in story for story in stories), part
