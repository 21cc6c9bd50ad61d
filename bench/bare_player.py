"""The ceiling and the oracle: the same stories played by bare Python, with no language, state or page around them.

This file is frozen by its hash (bench/frozen.txt): what everything is measured against must not move.
"""

import random

from synthetic import Passage

CHOICES_A_GAME = 200


def play(passages: list[Passage], seed: int) -> tuple[list[int], list[int], int]:
    """Play one game; return the picks, the final numbers and how many words were told."""
    chance = random.Random(seed)
    numbers = [0] * 20
    visits = [0] * len(passages)
    taken = set()
    picks = []
    told = 0
    here = 0
    for _ in range(CHOICES_A_GAME):
        passage = passages[here]
        visits[here] += 1
        a, b, c, d, e, f, g, h, x, y, z = passage.prose
        slot, bound = passage.above
        first = f"{a} {b if visits[passage.seen] else c} {d}."
        second = f"{e} {f if numbers[slot] > bound else g} {h} {(x, y, z)[(visits[here] - 1) % 3]}."
        told += len(first) + len(second)
        offer = []
        for at, choice in enumerate(passage.choices):
            if choice.below is not None and not numbers[choice.below[0]] < choice.below[1]:
                continue
            if choice.once and (here, at) in taken:
                continue
            offer.append((at, choice.text))
        at = offer[int(chance.random() * len(offer))][0]
        choice = passage.choices[at]
        if choice.once:
            taken.add((here, at))
        for slot, change in choice.effects:
            numbers[slot] += change
        picks.append(at)
        here = choice.to
    return picks, numbers, told
