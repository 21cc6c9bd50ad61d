"""The engine over games whose picks are given, from the cache to the end: `our_player.py STORY GAMES.json`, for a process of its own."""

import gc
import json
import sys
from pathlib import Path

from siberia_quest import Story, advance, begin, load_story
from siberia_quest.cli import NEW_OBJECTS

NUMBERS = 20


def play(story: Story, picks: list[str]) -> tuple[list[object], int]:
    """Play one game, with all text made; return the final numbers and how much was told. Raises NotOnOffer."""
    turn = begin(story)
    told = 0
    for pick in picks:
        told += sum(len(paragraph) for paragraph in turn.page.paragraphs)
        turn = advance(story, turn.state, pick)
    return [turn.state.value(f"n{number}") for number in range(NUMBERS)], told


if __name__ == "__main__":
    gc.set_threshold(NEW_OBJECTS)  # as the program does
    loaded = load_story(sys.argv[1], cached=True)
    if loaded.story is None:
        sys.exit("the story does not load")
    games = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    print(json.dumps([play(loaded.story, picks) for picks in games]))
