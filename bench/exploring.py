"""Choices a second a core of `explore` on Siberia Quest, as a ratio to bare `begin` and `advance` with random picks.

Measured in this process's own time, so that others on the machine change little; the players take turns.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from siberia_quest import advance, begin, load_story
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.playtest import RANDOM, Style
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.sampling import CURIOUS, Sample, sample
from siberia_quest.tools.playing.player import MOST_PICKS

STORY = Path(__file__).parents[1] / "story" / "siberia_quest"
ROUNDS = 5


def rows(games: int) -> Iterator[str]:
    """Yield the lines of the table: bare turns, then random picks, curious ones, the slowest style, and all of them."""
    story = load_story(STORY).story
    if story is None:
        sys.exit("Siberia Quest does not load")
    styles = [RANDOM, CURIOUS, *read_playtests(STORY, story).styles.values()]
    explored(styles, 0, 10)  # passages are compiled on their first visit
    slowest = min(styles, key=lambda style: _speed(lambda seed: explored([style], seed, games), 0))
    timed: dict[str, Callable[[int], int]] = {
        "bare turns, random picks": lambda seed: bare(story, seed, games),
        "explore, random picks": lambda seed: explored([RANDOM], seed, games),
        "explore, curious picks": lambda seed: explored([CURIOUS], seed, games),
        f"explore, the slowest style ({slowest.name})": lambda seed: explored([slowest], seed, games),
        f"explore, all {len(styles)} styles": lambda seed: explored(styles, seed, max(1, games // 5)),
    }
    bare(story, 0, games)
    rounds = [[_speed(play, number * games) for play in timed.values()] for number in range(ROUNDS)]
    for index, name in enumerate(timed):
        ratios = [each[index] / each[0] for each in rounds]
        speed = statistics.median(each[index] for each in rounds)
        yield f"| {name} | {speed:,.0f} | {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) |"


def explored(styles: list[Style], first: int, games: int) -> int:
    """Play games of each style as `explore` does; return how many picks that were."""
    found = sample(STORY, [Sample(style, first, games, {}, MOST_PICKS) for style in styles])
    return sum(tally.picks for tally in found.values())


def _speed(play: Callable[[int], int], seed: int) -> float:
    start = time.process_time()
    return play(seed) / (time.process_time() - start)


def bare(story: Story, first: int, games: int) -> int:
    """Play games with random picks and nothing else; return how many picks that were."""
    picks = 0
    for seed in range(first, first + games):
        chance = random.Random(seed)
        turn = begin(story, seed)
        while turn.state.ending is None:
            open_ = [option.id for option in turn.page.options if option.enabled]
            turn = advance(story, turn.state, open_[int(chance.random() * len(open_))])
            picks += 1
    return picks


if __name__ == "__main__":
    print("\n".join(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 60)))
