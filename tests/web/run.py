"""Plays random stories in both engines on all cores: `python -m web.run STORIES [FIRST_SEED]`; exits with 1 where a turn differs."""

import sys
from collections.abc import Sequence
from multiprocessing import Pool

from stories.run import files_of
from stories.twins import load
from web.browser_engine import BrowserEngine, differences

_PIECE = 50
_GAMES = 2
_PICKS = 25
_MOST_SHOWN = 5


def compared(seeds: Sequence[int]) -> tuple[int, list[str]]:
    """Return how many of the stories of some seeds loaded, and what differed in their games."""
    loaded, found = 0, []
    with BrowserEngine() as engine:
        for seed in seeds:
            story = load(files_of(seed)).story
            if story is not None:
                loaded += 1
                engine.take(story)
                found += [f"story {seed}: {each}" for each in differences(engine, story, range(_GAMES), _PICKS)]
    return loaded, found


def main(stories: int, first: int) -> int:
    seeds = range(first, first + stories)
    pieces = [seeds[start : start + _PIECE] for start in range(0, stories, _PIECE)]
    loaded, found = 0, list[str]()
    with Pool() as pool:
        for some, differing in pool.imap_unordered(compared, pieces):
            loaded += some
            found += differing
    sys.stdout.write("".join(f"{each}\n" for each in found[:_MOST_SHOWN]))
    sys.stdout.write(
        f"{stories} stories, {loaded} loaded, {loaded * _GAMES} games in both engines, {len(found)} differences\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(given[0] if given else 1000, given[1] if len(given) > 1 else 0))
