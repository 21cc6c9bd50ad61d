"""The manual, executable: each story in tests/language with its transcripts, played in three ways that must come out the same."""

import json
from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.engine.game import Turn, advance
from siberia_quest.engine.plain import from_plain, to_plain
from siberia_quest.model.story import Story
from siberia_quest.tools.transcript import parse, replay, straight

FOLDER = Path(__file__).parent / "language"
TRANSCRIPTS = sorted(FOLDER.glob("*.transcript"))


def through_a_save(story: Story, turn: Turn, pick: str) -> Turn:
    """Save the state and restore it before the pick."""
    plain = json.loads(json.dumps(to_plain(story, turn.state)))
    restored = from_plain(story, plain)
    assert restored.state == turn.state
    return advance(story, restored.state, pick)


def through_an_undo(story: Story, turn: Turn, pick: str) -> Turn:
    """Take the pick twice from the same state: as one does who undoes it and picks again."""
    first = advance(story, turn.state, pick)
    second = advance(story, turn.state, pick)
    assert first == second
    return second


def story_of(transcript: Path) -> Story:
    """Load the story of a transcript, and show what is wrong with it if it does not load."""
    loaded = load_story(FOLDER / f"{transcript.name.split('.')[0]}.yaml")
    assert loaded.story, loaded.diagnostics
    return loaded.story


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("between", [straight, through_a_save, through_an_undo], ids=["straight", "saved", "undone"])
def test_a_transcript_comes_out_the_same(path, between, request):
    expected = path.read_text("utf-8")
    played = replay(story_of(path), parse(expected), between)
    if request.config.getoption("--bless"):
        path.write_text(played, "utf-8")
        return
    assert played == expected


def test_every_example_has_a_transcript_and_a_first_line_that_says_what_it_shows():
    names = {path.name.split(".")[0] for path in TRANSCRIPTS}
    for story in FOLDER.glob("*.yaml"):
        assert story.stem in names, f"{story.name} has no transcript"
        assert story.read_text("utf-8").startswith("# "), f"{story.name} does not say what it shows"
    assert len(TRANSCRIPTS) >= 40


def test_a_changed_word_in_a_transcript_is_noticed():
    path = FOLDER / "choices_once.transcript"
    expected = path.read_text("utf-8").replace("kettle", "teapot")
    assert replay(story_of(path), parse(expected)) != expected
