"""How many games come to each passage and ending."""

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from siberia_quest.model.playtest import RANDOM
from siberia_quest.tools.exploring.sampling import CURIOUS, Sample, sample
from siberia_quest.tools.mapping.links import ENDING

#: After so many picks a game is given up: what comes so late is not counted.
MOST_PICKS = 1000
#: What is said of a place that no random game came to, and a curious one did: a share in percent.
RARE = 0.01


def reach_of(
    path: Path,
    games: int,
    seed: int = 0,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> dict[str, float]:
    """Return the share of random games that come to each passage and ending, in percent. Raises ValueError for a broken story."""
    styles = (RANDOM, CURIOUS)
    tallies = sample(path, [Sample(each, seed, games, {}, MOST_PICKS) for each in styles], executor, on_progress)
    found: dict[str, float] = {}
    for style in reversed(styles):
        tally = tallies[style.name]
        times = {**tally.visited, **{f"{ENDING}{name}": number for name, number in tally.endings.items()}}
        found |= {name: number * 100 / games if style == RANDOM else RARE for name, number in times.items()}
    return found
