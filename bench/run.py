"""How fast the engine plays, as a ratio to bare Python over the same stories with the same picks: `python bench/run.py [GAMES]`.

Both play the same games in one run, taking turns; a game whose picks, final numbers or text differ is a failure.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import bare_player
import synthetic

from siberia_quest import advance, begin, load_story
from siberia_quest.model.story import Story

ROUNDS = 5


def play(story: Story, seed: int) -> tuple[list[int], list[int], int]:
    """Play one game through the public names, with all text made; return the picks, the final numbers and how much was told."""
    chance = random.Random(seed)
    turn = begin(story, seed=seed)
    picks = []
    told = 0
    for _ in range(synthetic.CHOICES_A_GAME):
        told += sum(len(paragraph) for paragraph in turn.page.paragraphs)
        open_ = [option.id for option in turn.page.options if option.enabled]
        pick = open_[int(chance.random() * len(open_))]
        picks.append(int(pick[1:]))
        turn = advance(story, turn.state, pick)
    numbers = [turn.state.value(f"n{number}") for number in range(synthetic.NUMBERS)]
    return picks, [int(number) for number in numbers if isinstance(number, int | float)], told


def compare(size: int, games: int) -> tuple[float, float, float, float]:
    """Return ours and bare Python's choices a second (medians), the lowest and highest ratio, for a story of `size` passages."""
    passages = synthetic.make(size)
    with tempfile.TemporaryDirectory() as folder:
        synthetic.write(passages, Path(folder))
        loaded = load_story(folder)
    if loaded.story is None:
        sys.exit(f"the synthetic story does not load: {loaded.diagnostics[:3]}")
    for seed in range(max(3, size // 100)):  # each passage is compiled on its first visit: that is measured elsewhere
        if play(loaded.story, seed) != bare_player.play(passages, seed):
            sys.exit(f"size {size}, seed {seed}: the game differs from the oracle's")
    ours, bare = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for seed in range(games):
            play(loaded.story, seed)
        middle = time.perf_counter()
        for seed in range(games):
            bare_player.play(passages, seed)
        ours.append(games * synthetic.CHOICES_A_GAME / (middle - start))
        bare.append(games * synthetic.CHOICES_A_GAME / (time.perf_counter() - middle))
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    return statistics.median(ours), statistics.median(bare), min(ratios), max(ratios)


def main() -> None:
    """Print the table."""
    games = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    print("passages   ours/s   bare/s   ratio (lowest to highest of five rounds)")
    for size in (100, 1000, 10_000):
        ours, bare, low, high = compare(size, games)
        print(f"{size:8,} {ours:8,.0f} {bare:8,.0f}   {ours / bare:.3f} ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main()
