"""The state of a game: one immutable value that holds everything."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, Union

from siberia_quest.model.kinds import Value
from siberia_quest.model.page import JournalLine

_WIDTH = 32
_BITS = 5

#: Counters of one passage (or phrase): how often it was visited, then one number for each of its sites.
Record: TypeAlias = tuple[int, ...]
#: A node of the tree. It is a list because a list is copied in a quarter of the time of a tuple; no node is changed once it is in a tree.
_Node: TypeAlias = list[Union["_Node", Record, None]]
_EMPTY: tuple[None, ...] = (None,) * _WIDTH


class Counts(NamedTuple):
    """A persistent vector of records: reading and changing cost a few small steps, whatever was visited.

    A radix tree of 32-wide nodes, after Bagwell's ideal hash trees (2000) and Clojure's vectors; `shift` is fixed by the story:
    how many bits of an index the levels above the last one use.
    """

    shift: int
    root: _Node

    @staticmethod
    def for_size(size: int) -> "Counts":
        """Return empty counts with room for `size` records."""
        shift = 0
        while _WIDTH << shift < size:
            shift += _BITS
        return Counts(shift, [*_EMPTY])

    def get(self, index: int) -> Record | None:
        """Return the record at `index`, or None when nothing was counted there."""
        shift, node = self
        while shift:
            below = node[(index >> shift) & 31]
            if below is None:
                return None
            node = below  # type: ignore[assignment]  # the shift says which level holds records
            shift -= _BITS
        return node[index & 31]  # type: ignore[return-value]

    def put(self, index: int, record: Record) -> "Counts":
        """Return counts that differ in one record."""
        return self.with_records({index: record})

    def with_records(self, records: Mapping[int, Sequence[int]]) -> "Counts":
        """Return counts that differ in some records, by index; one that is all zeros is none."""
        root = self.root.copy()
        for index, record in records.items():
            if not any(record):
                continue
            node, shift = root, self.shift
            while shift:
                at = (index >> shift) & 31
                below = node[at]
                node[at] = node = [*_EMPTY] if below is None else below.copy()  # type: ignore[union-attr]  # a node, see `get`
                shift -= _BITS
            node[index & 31] = tuple(record)
        return tuple.__new__(Counts, (self.shift, root))  # what Counts(…) does, in half the time

    def items(self) -> Iterator[tuple[int, Record]]:
        """Yield every (index, record) that was counted, by index."""
        return _items(self.root, 0, self.shift)

    def differing(self, other: "Counts") -> Iterator[int]:
        """Yield each index at which two counts of one story differ; what they share is passed over whole."""
        return _differing(self.root, other.root, 0, self.shift)


def _items(node: _Node, base: int, shift: int) -> Iterator[tuple[int, Record]]:
    for at, below in enumerate(node):
        if below is None:
            continue
        index = (base << _BITS) + at
        if not shift:
            yield index, below  # type: ignore[misc]
        else:
            yield from _items(below, index, shift - _BITS)  # type: ignore[arg-type]


def _differing(one: _Node, other: _Node, base: int, shift: int) -> Iterator[int]:
    for at, (mine, theirs) in enumerate(zip(one, other, strict=True)):
        if mine is theirs or mine == theirs:
            continue
        index = (base << _BITS) + at
        if not shift:
            yield index
        else:
            yield from _differing(mine or [*_EMPTY], theirs or [*_EMPTY], index, shift - _BITS)  # type: ignore[arg-type]


class Layout:
    """Which name stands at which place of a state; made once for a story and shared by all of its states.

    `slots` are names of stats, variables and settings (and the engine's own counters of deals, `deal:TAG`);
    `records` are passage ids, and `phrase:NAME` for phrases with alternatives. Two layouts are equal only if they are one.
    """

    __slots__ = ("members", "records", "slots")

    def __init__(
        self,
        slots: Mapping[str, int],
        records: Mapping[str, int],
        members: Mapping[str, Mapping[str, int]],
    ) -> None:
        """Keep the places. `members` gives, for a `per` variable, the place of each member in its tuple."""
        self.slots = slots
        self.records = records
        self.members = members


class Frame(NamedTuple):
    """Where the flow stands in one passage: the address (`at`) of the step that waits, and the passage's locals."""

    passage: str
    at: str
    locals: tuple[Value, ...] = ()


class State(NamedTuple):
    """Everything a game is, the generator's state first. `frames` holds the calls, the innermost last.

    `offer` are the ids on offer in order, greyed ones with a `-` before them.
    `ending` is None while the game goes on, "" when it just stopped.
    `checkpoints` counts checkpoints passed.
    """

    chance: int
    seed: int
    turn: int
    values: tuple[Value, ...]
    counts: Counts
    frames: tuple[Frame, ...]
    offer: tuple[str, ...]
    journal: tuple[JournalLine, ...]
    achieved: tuple[str, ...]
    checkpoints: int
    ending: str | None
    layout: Layout

    def value(self, name: str) -> Value | dict[str, int | float]:
        """Return the value of a stat, variable or setting; of a `per` variable, its numbers by member.

        Raises KeyError for a name the story does not declare.
        """
        value = self.values[self.layout.slots[name]]
        if name in self.layout.members and isinstance(value, tuple):
            numbers = [number for number in value if not isinstance(number, str)]
            return dict(zip(self.layout.members[name], numbers, strict=True))
        return value
