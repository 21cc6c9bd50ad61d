"""What decides how a random story is made and played: one source of small numbers, from a seed or from Hypothesis."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Decisions that all come down to a number below another; 0 is always the simplest, so that shrinking makes things simple."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def one_of(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def once_in(self, times: int) -> bool:
        return self.below(times) == times - 1

    def some(self, fewest: int, most: int) -> range:
        return range(fewest + self.below(most - fewest + 1))


def seeded(seed: int) -> Dice:
    random = Random(seed).random
    return Dice(lambda size: int(random() * size))
