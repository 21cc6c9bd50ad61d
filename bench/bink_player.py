"""bink (ink's runtime in Rust, from Python) over the same stories: plays games whose picks are given as the texts of the choices taken.

`bink_player.py STORY.json GAMES.json` plays them in a process of its own.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import synthetic


def story_of(compiled: str) -> Any:  # noqa: ANN401  # bink has no types
    """Return a story compiled to ink's JSON. Raises ImportError where bink is not installed."""
    from bink.story import Story  # noqa: PLC0415  # may be absent

    return Story(compiled)


def play(story: Any, picks: list[str]) -> tuple[list[int], int]:  # noqa: ANN401
    """Play one game; return the final numbers and how much was told. Raises ValueError where a pick is not on offer."""
    story.reset_state()
    told = 0
    for wanted in picks:
        told += len(story.continue_maximally().replace("\n", ""))
        story.choose_choice_index([str(text) for text in story.choices].index(wanted))
    story.continue_maximally()
    return [int(story.get_variable(f"n{number}")) for number in range(synthetic.NUMBERS)], told


def save_of(story: Any) -> tuple[int, float, float]:  # noqa: ANN401
    """Return the size of a save in bytes, and the milliseconds of encoding and loading it (the best of 20)."""
    encoding = loading = float("inf")
    saved = ""
    for _ in range(20):
        start = time.perf_counter()
        saved = story.save_state()
        middle = time.perf_counter()
        story.load_state(saved)
        encoding = min(encoding, (middle - start) * 1000)
        loading = min(loading, (time.perf_counter() - middle) * 1000)
    return len(saved), encoding, loading


if __name__ == "__main__":
    given, games = (Path(each).read_text("utf-8") for each in sys.argv[1:])
    loaded = story_of(given)
    print(json.dumps([play(loaded, picks) for picks in json.loads(games)]))
