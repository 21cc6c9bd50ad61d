"""The state of a game: one immutable value that holds everything."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias, Union

from siberia_quest.model.kinds import Value
from siberia_quest.model.page import JournalLine

_WIDTH = 32
_BITS = 5

#: Counters of one passage (or phrase): how often it was visited, then one number for each of its sites.
Record: TypeAlias = tuple[int, ...]
_Branch: TypeAlias = tuple[Union["_Branch", Record, None], ...]
_EMPTY: _Branch = (None,) * _WIDTH


class Counts(NamedTuple):
    """A persistent vector of records: reading and changing cost three small steps, whatever was visited.

    A radix tree of 32-wide tuples, after Bagwell's ideal hash trees (2000) and Clojure's vectors; `height` is fixed by the story.
    """

    height: int
    root: _Branch = _EMPTY

    @staticmethod
    def for_size(size: int) -> "Counts":
        """Return empty counts with room for `size` records."""
        height = 1
        while _WIDTH**height < size:
            height += 1
        return Counts(height)

    def get(self, index: int) -> Record | None:
        """Return the record at `index`, or None when nothing was counted there."""
        node: _Branch | Record | None = self.root
        for shift in range(_BITS * (self.height - 1), -1, -_BITS):
            if node is None:
                return None
            node = node[(index >> shift) & 31]  # type: ignore[assignment]  # the height says which level is a record
        return node  # type: ignore[return-value]

    def put(self, index: int, record: Record) -> "Counts":
        """Return counts that differ in one record."""
        return Counts(self.height, _put(self.root, index, _BITS * (self.height - 1), record))

    def items(self) -> Iterator[tuple[int, Record]]:
        """Yield every (index, record) that was counted, by index."""
        return _items(self.root, 0, self.height)


def _put(node: _Branch | None, index: int, shift: int, record: Record) -> _Branch:
    node = node or _EMPTY
    at = (index >> shift) & 31
    below: _Branch | Record = record
    if shift:
        below = _put(node[at], index, shift - _BITS, record)  # type: ignore[arg-type]
    return node[:at] + (below,) + node[at + 1 :]  # noqa: RUF005  # half the time of unpacking


def _items(node: _Branch, base: int, height: int) -> Iterator[tuple[int, Record]]:
    for at, below in enumerate(node):
        if below is None:
            continue
        index = (base << _BITS) + at
        if height == 1:
            yield index, below  # type: ignore[misc]
        else:
            yield from _items(below, index, height - 1)  # type: ignore[arg-type]


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
