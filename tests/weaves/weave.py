"""Weaves made at random, written twice: as ink, and in our own language.

A weave is a tree of what both languages have: prose with alternatives, effects, branches, choices within choices and the
places where they meet, tunnels, and ways from one knot to another.
"""

from random import Random
from typing import NamedTuple, TypeAlias

_WORDS = "ash birch coal door ember fog gate hook ice jar kiln lamp moss nail oar pine quay rope salt tar urn vine wick yarn".split()
KNOTS = ("hall", "yard", "cellar")
TUNNEL = "stair"
VARIABLES = ("x", "y")


class Alternatives(NamedTuple):
    """Words that vary by how often they were told: in order, round and round, or each once."""

    how: str
    parts: tuple["Prose", ...]


class Depending(NamedTuple):
    """Words that depend on a condition."""

    condition: "Condition"
    then: "Prose"
    other: "Prose"


class Prose(NamedTuple):
    """Words, with what varies among them."""

    parts: tuple["str | Alternatives | Depending", ...]


class Condition(NamedTuple):
    """A comparison with a number: of a variable, or of how often a place was visited."""

    name: str
    is_place: bool
    sign: str
    number: int


class Say(NamedTuple):
    """A line of prose; it may be joined to the next."""

    prose: Prose
    joins: bool


class Change(NamedTuple):
    """An effect."""

    name: str
    sign: str
    number: int


class Branch(NamedTuple):
    """Steps that depend on a condition."""

    condition: Condition
    then: "Steps"
    other: "Steps"


class Option(NamedTuple):
    """A choice: its name, its words, whether it is taken away once it was picked, when it is there, and what follows it."""

    name: str
    words: str
    once: bool
    condition: Condition | None
    steps: "Steps"
    leads_to: str


class Weave(NamedTuple):
    """A list of choices; what follows it is where they meet. The last of them is always open, or is taken by itself."""

    options: tuple[Option, ...]
    fallback: "Steps | None"


class Tunnel(NamedTuple):
    """A visit to the passage that comes back."""


Step: TypeAlias = Say | Change | Branch | Weave | Tunnel
Steps: TypeAlias = tuple[Step, ...]


class Knot(NamedTuple):
    """A named place: its steps, and where it leads at last; nowhere is the end."""

    name: str
    steps: Steps
    leads_to: str


class Maker:
    """Makes knots from a seed."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)
        self._options = 0
        self._knot = KNOTS[0]

    def story(self) -> tuple[Knot, ...]:
        """Return the knots of a story, the tunnel last."""
        return (*map(self._made, KNOTS), Knot(TUNNEL, self._steps(1, most=2), ""))

    def _made(self, name: str) -> Knot:
        self._knot = name
        return Knot(name, self._steps(0, most=4), "" if self._dice.random() < 0.2 else self._other_knot())

    def _other_knot(self) -> str:
        """Return another knot than this one: where a knot leads to itself, ink does not count a visit, and we do."""
        return self._dice.choice([each for each in KNOTS if each != self._knot])

    def _steps(self, depth: int, most: int) -> Steps:
        found: list[Step] = [self._say()]
        found += [self._step(depth) for _ in range(self._dice.randint(0, most))]
        if depth == 0:
            found += [self._weave(depth), self._say(joins=False)]
        return tuple(found)

    def _step(self, depth: int) -> Step:
        roll = self._dice.random()
        if roll < 0.3 and depth < 3:
            return self._weave(depth)
        if roll < 0.45:
            return Change(self._dice.choice(VARIABLES), self._dice.choice("+-="), self._dice.randint(0, 3))
        if roll < 0.6:
            return Branch(self._condition(), self._plain_steps(), self._plain_steps())
        if roll < 0.68 and depth == 0:
            return Tunnel()
        return self._say()

    def _plain_steps(self) -> Steps:
        return tuple(
            self._say(joins=False) if self._dice.random() < 0.6 else Change(self._dice.choice(VARIABLES), "+", 1)
            for _ in range(self._dice.randint(1, 2))
        )

    def _weave(self, depth: int) -> Weave:
        options = [self._option(depth) for _ in range(self._dice.randint(1, 3))]
        if depth and self._dice.random() < 0.3:  # a knot that asks nothing could lead round for ever
            return Weave(tuple(options), self._steps(depth + 1, most=1))
        return Weave((*options, self._option(depth)._replace(once=False, condition=None)), None)

    def _option(self, depth: int) -> Option:
        self._options += 1
        name = f"option_{self._options}"
        condition = self._condition() if self._dice.random() < 0.3 else None
        words = f"Take {self._words(2)} {self._options}"
        steps = self._steps(depth + 1, most=2) if self._dice.random() < 0.8 else ()
        leads = self._other_knot() if depth < 1 and self._dice.random() < 0.15 else ""
        return Option(name, words, self._dice.random() < 0.5, condition, steps, leads)

    def _condition(self) -> Condition:
        is_place = self._dice.random() < 0.4
        name = self._dice.choice((*KNOTS, TUNNEL) if is_place else VARIABLES)
        return Condition(name, is_place, self._dice.choice(["<", ">", "==", ">="]), self._dice.randint(0, 3))

    def _say(self, *, joins: bool | None = None) -> Say:
        return Say(self._prose(0), self._dice.random() < 0.1 if joins is None else joins)

    def _prose(self, depth: int) -> Prose:
        parts: list[str | Alternatives | Depending] = [self._words(2)]
        for _ in range(self._dice.randint(0, 2 - depth)):
            if self._dice.random() < 0.6:
                count = self._dice.randint(2, 3)
                how = self._dice.choice(["sequence", "cycle", "once"])
                parts.append(Alternatives(how, tuple(self._prose(depth + 1) for _ in range(count))))
            else:
                parts.append(Depending(self._condition(), self._prose(depth + 1), self._prose(depth + 1)))
            parts.append(self._words(1))
        return Prose(tuple(parts))

    def _words(self, count: int) -> str:
        return " ".join(self._dice.choice(_WORDS) for _ in range(count))
