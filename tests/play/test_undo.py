"""A story may say while what nothing can be taken back."""

from pathlib import Path

import pytest

from play.sittings import Sitting, story_of

HELD = "This story lets nothing be taken back here."
STORY = """\
story: The duel
undo: not drawn
variables: {drawn: false, paces: 0}
passages:
  field:
    steps:
      - checkpoint: The field
      - "{paces} paces."
      - choices:
          - {text: Walk, id: walk, do: paces += 1, goto: field}
          - {text: Draw, id: draw, do: drawn = true, goto: field}
          - {text: Put it away, id: away, do: drawn = false, goto: field}
          - {text: Fall, id: fall, end: true}
"""


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    path = tmp_path / "duel.yaml"
    path.write_text(STORY, "utf-8")
    return Sitting(tmp_path, story_of(path))


def test_while_the_condition_fails_nothing_is_taken_back_and_the_player_is_told(sitting: Sitting) -> None:
    shown = sitting.play("walk", "draw", "undo", "back 1")
    assert shown[-3:-1] == [HELD] * 2
    assert sitting.game.play.picks == ("walk", "draw")


def test_nobody_goes_back_past_a_turn_in_which_it_failed(sitting: Sitting) -> None:
    shown = sitting.play("draw", "put", "walk", "walk", "back 1", "undo 9", "undo")
    assert shown[-5] == HELD
    assert "Taken back: 2 turns." in shown
    assert shown[-2] == HELD
    assert sitting.game.play.picks == ("draw", "away")


def test_where_it_holds_everything_is_as_it_always_was(sitting: Sitting) -> None:
    assert "Taken back: 2 turns." in sitting.play("walk", "walk", "undo 5", "redo 2", "back 1")
    assert sitting.game.play.picks == ("walk",)


def test_after_the_end_the_last_choice_is_not_offered_to_be_taken_back(sitting: Sitting) -> None:
    sitting.play("draw", "fall", "2")
    assert [each.id for each in sitting.console.asked[-1].options] == ["restart", "endings", "quit"]


def test_a_game_that_was_loaded_is_held_as_well(sitting: Sitting) -> None:
    shown = sitting.play("draw", "save now", "walk", "/load now", "undo")
    assert HELD in shown
    assert sitting.game.play.picks == ("draw",)


def test_a_condition_that_cannot_be_worked_out_lets_one_go_back(tmp_path: Path) -> None:
    path = tmp_path / "duel.yaml"
    path.write_text(STORY.replace("undo: not drawn", "undo: 1 / paces > 0"), "utf-8")
    assert "Taken back: one turn." in Sitting(tmp_path, story_of(path)).play("draw", "undo")
