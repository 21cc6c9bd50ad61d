"""A line that begins with a star and a blank is a tester's note: it stands in the transcript, and is no pick."""

from pathlib import Path

from play.sittings import Sitting, story_of
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.play.transcripts import transcript_of
from siberia_quest.storage.codec.notes import LONGEST_NOTE, MOST_NOTES

SPLIT, LOG, NAME = "split", "Split a log", "Bob"


def test_a_note_is_no_pick_and_stands_where_it_was_typed(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    told = sitting.play("* 5 the stove is cold here", LOG, "*  and   the axe blunt", "stats")
    assert [words for words in told if "Noted" in words] == ["Noted for the transcript."] * 2
    assert sitting.game.play.picks == (SPLIT,)
    lines = transcript_of(sitting.game.play).splitlines()
    assert lines.index("* 5 the stove is cold here") < lines.index("> Split a log") < lines.index("* and the axe blunt")


def test_a_note_is_no_answer_to_a_question_either(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    sitting.play(LOG, "", "* who asks?", NAME)
    assert NAME in sitting.game.play.picks
    assert [words for _, words in sitting.game.play.notes] == ["who asks?"]


def test_a_note_is_saved_with_the_game(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    sitting.play(LOG, "* cold", "/save mine")
    for name in ("autosave", "mine"):
        saved = sitting.game.saves.load(name).game
        assert saved is not None
        again = Playthrough.restore(story_of(), saved)
        assert again.notes == ((1, "cold"),)
        assert "\n* cold" in transcript_of(again)


def test_a_script_may_hold_notes(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    sitting.play("* cold", SPLIT, strict=True)
    assert (sitting.status, sitting.game.play.picks, len(sitting.game.play.notes)) == (0, (SPLIT,), 1)


def test_a_star_without_a_blank_is_what_it_was(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    (told,) = [words for words in sitting.play("*cold") if "Nothing here answers" in words]
    assert "*cold" in told
    assert sitting.game.play.notes == ()


def test_notes_are_bounded_and_the_player_is_told(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    sitting.game.play.notes = ((0, "x"),) * (MOST_NOTES - 1)
    told = sitting.play(f"* {'long ' * LONGEST_NOTE}", "* one too many")
    assert len(sitting.game.play.notes) == MOST_NOTES
    assert len(sitting.game.play.notes[-1][1]) == LONGEST_NOTE
    assert any("no room for more notes" in words for words in told)
