"""A small player in bare Python that walks a story kept as data, as one would write it in an afternoon.

`bench/bare_player.py` knows the shape of the synthetic passages by heart, this one reads what is there.
No language, no state that can be kept, no page but lists of strings. Frozen by its hash (bench/frozen.txt), as the other is.
"""

import random
from collections import Counter
from typing import NamedTuple

import synthetic


class Test(NamedTuple):
    """A condition: a passage was seen, or a number is above or below a bound."""

    sort: str
    name: str
    bound: int


class If(NamedTuple):
    """Words under a condition."""

    test: Test
    then: str
    otherwise: str


class Cycle(NamedTuple):
    """Words that take turns, by visits of their passage."""

    arms: tuple[str, ...]


class Choice(NamedTuple):
    """A choice and what follows from it."""

    id: str
    text: str
    test: Test | None
    once: bool
    effects: tuple[tuple[str, int], ...]
    goto: str


class Passage(NamedTuple):
    """Paragraphs as parts, and choices."""

    paragraphs: tuple[tuple[str | If | Cycle, ...], ...]
    choices: tuple[Choice, ...]


def story_of(passages: list[synthetic.Passage]) -> dict[str, Passage]:
    """Return a synthetic story as this player's data."""
    return {synthetic.address(number): _passage(passage) for number, passage in enumerate(passages)}


def _passage(passage: synthetic.Passage) -> Passage:
    a, b, c, d, e, f, g, h, x, y, z = passage.prose
    seen = Test("seen", synthetic.address(passage.seen), 0)
    above = Test("above", f"n{passage.above[0]}", passage.above[1])
    choices = [
        Choice(
            f"c{at}",
            choice.text,
            Test("below", f"n{choice.below[0]}", choice.below[1]) if choice.below else None,
            choice.once,
            tuple((f"n{number}", change) for number, change in choice.effects),
            synthetic.address(choice.to),
        )
        for at, choice in enumerate(passage.choices)
    ]
    first = (f"{a} ", If(seen, b, c), f" {d}.")
    second = (f"{e} ", If(above, f, g), f" {h} ", Cycle((x, y, z)), ".")
    return Passage((first, second), tuple(choices))


class Player:
    """A game in progress."""

    def __init__(self, story: dict[str, Passage]) -> None:
        """Stand at the start."""
        self.story = story
        self.here = synthetic.address(0)
        self.numbers = {f"n{number}": 0 for number in range(synthetic.NUMBERS)}
        self.visits: Counter[str] = Counter()
        self.taken: set[tuple[str, str]] = set()

    def holds(self, test: Test) -> bool:
        """Tell whether a condition holds."""
        if test.sort == "seen":
            return self.visits[test.name] > 0
        if test.sort == "above":
            return self.numbers[test.name] > test.bound
        return self.numbers[test.name] < test.bound

    def words(self, part: str | If | Cycle) -> str:
        """Return a part of the text as it reads now."""
        if isinstance(part, str):
            return part
        if isinstance(part, If):
            return part.then if self.holds(part.test) else part.otherwise
        return part.arms[(self.visits[self.here] - 1) % len(part.arms)]

    def page(self) -> tuple[list[str], dict[str, Choice]]:
        """Enter the passage; return its paragraphs and the choices on offer by id."""
        self.visits[self.here] += 1
        passage = self.story[self.here]
        paragraphs = ["".join([self.words(part) for part in parts]) for parts in passage.paragraphs]
        offer = {
            choice.id: choice
            for choice in passage.choices
            if (choice.test is None or self.holds(choice.test))
            and not (choice.once and (self.here, choice.id) in self.taken)
        }
        return paragraphs, offer

    def take(self, choice: Choice) -> None:
        """Do what a choice does."""
        if choice.once:
            self.taken.add((self.here, choice.id))
        for name, change in choice.effects:
            self.numbers[name] += change
        self.here = choice.goto


def play(story: dict[str, Passage], seed: int) -> tuple[list[int], list[int], int]:
    """Play one game; return the picks, the final numbers and how much was told."""
    chance = random.Random(seed)
    player = Player(story)
    picks = []
    told = 0
    for _ in range(synthetic.CHOICES_A_GAME):
        paragraphs, offer = player.page()
        told += sum(len(paragraph) for paragraph in paragraphs)
        ids = list(offer)
        pick = ids[int(chance.random() * len(ids))]
        picks.append(int(pick[1:]))
        player.take(offer[pick])
    return picks, list(player.numbers.values()), told
