"""The state of a game: one immutable value that holds everything."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, Union

from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import RecordName

_WIDTH = 32
_BITS = 5
_LOW = _WIDTH - 1
#: Records that a bucket holds before it becomes a node with buckets of its own.
_BUCKET = 12

#: Counters of one passage (or phrase): how often it was visited, then one number for each of its sites.
Record: TypeAlias = tuple[int, ...]
#: A bucket of records by index; it is not changed once it is in a tree.
_Bucket: TypeAlias = dict[int, Record]
#: A node of the tree. It is a list because a list is copied in a quarter of the time of a tuple; no node is changed once it is in a tree.
_Node: TypeAlias = list[Union["_Node", _Bucket, None]]
_EMPTY: tuple[None, ...] = (None,) * _WIDTH


class Counts(NamedTuple):
    """A persistent map of records by index: reading and changing cost a few small steps and a few hundred bytes.

    A tree of 32-wide nodes, after Bagwell's ideal hash trees (2000), with the index for a hash, its lowest bits first, and small
    buckets for leaves: what a change costs hangs on how much was visited, by its logarithm, and not on how large the story is.
    """

    root: _Node

    @staticmethod
    def none() -> "Counts":
        """Return counts in which nothing was visited yet."""
        return Counts([*_EMPTY])

    def get(self, index: int) -> Record | None:
        """Return the record at `index`, or None when nothing was counted there."""
        found, rest = self.root[index & _LOW], index
        while type(found) is list:
            rest >>= _BITS
            found = found[rest & _LOW]
        return found.get(index) if found else None  # type: ignore[union-attr]  # no list, so a bucket

    def put(self, index: int, record: Record) -> "Counts":
        """Return counts that differ in one record."""
        return self.with_records({index: record})

    def with_records(self, records: Mapping[int, Sequence[int]]) -> "Counts":
        """Return counts that differ in some records, by index; one that is all zeros is none."""
        root = self.root.copy()
        for index, record in records.items():
            if not record[0] and not any(record):  # most have something at once
                continue
            node, depth, at = root, 0, index & _LOW
            while type(found := node[at]) is list:
                node[at] = node = found.copy()
                depth += _BITS
                at = index >> depth & _LOW
            bucket: _Bucket = found.copy() if found else {}  # type: ignore[assignment]  # no list, so a bucket
            bucket[index] = tuple(record)
            node[at] = bucket if len(bucket) <= _BUCKET else _split(bucket, depth + _BITS)
        return tuple.__new__(Counts, (root,))  # what Counts(…) does, in half the time

    def items(self) -> Iterator[tuple[int, Record]]:
        """Yield every (index, record) that was counted, by index."""
        return iter(sorted(_items(self.root)))

    def find_differences(self, other: "Counts") -> list[int]:
        """Return each index at which two counts of one story differ, in order; what they share is passed over whole."""
        mine, theirs = set(_items(self.root, other.root)), set(_items(other.root, self.root))
        return sorted({index for index, _ in mine ^ theirs})


def _split(bucket: _Bucket, depth: int) -> _Node:
    """Return a node with what was in a bucket; `depth` tells how many bits of an index the levels above it used."""
    node: _Node = [*_EMPTY]
    for index, record in bucket.items():
        at = index >> depth & _LOW
        inner: _Bucket = node[at] or {}  # type: ignore[assignment]  # only buckets are put in here
        inner[index] = record
        node[at] = inner if len(inner) <= _BUCKET else _split(inner, depth + _BITS)
    return node


def _items(node: _Node, other: _Node | None = None) -> Iterator[tuple[int, Record]]:
    """Yield what is under a node, but for what is the very same in another."""
    for index, found in enumerate(node):
        theirs = other[index] if other else None
        if found is None or found is theirs:
            continue
        if type(found) is list:
            yield from _items(found, theirs if type(theirs) is list else None)
        else:
            yield from found.items()  # type: ignore[union-attr]  # no list, so a bucket


class Layout:
    """Which name stands at which place of a state; made once for a story and shared by all of its states.

    `slots` are names of stats, variables and settings (and the engine's own counters of deals);
    `records` are those of passages, and of phrases with alternatives. Two layouts are equal only if they are one.
    """

    __slots__ = ("members", "names", "records", "slots")

    def __init__(
        self,
        slots: Mapping[str, int],
        records: Mapping[RecordName, int],
        members: Mapping[str, Mapping[str, int]],
    ) -> None:
        """Keep the places. `members` gives, for a `per` variable, the place of each member in its tuple; `names` are those of records."""
        self.slots = slots
        self.records = records
        self.names = tuple(records)
        self.members = members


class JournalEntry(NamedTuple):
    """A journal entry: a line as the game keeps it, with the turn it was written in and all stats as they were, in the story's order.

    What a player may see of it is a `JournalLine`.
    """

    text: str
    turn: int
    stats: tuple[int | float, ...]


class Frame(NamedTuple):
    """Where the flow stands in one passage: the address (`at`) of the step that waits, its locals, and its title as it was told."""

    passage: str
    address: str
    locals: tuple[Value, ...] = ()
    title: str = ""


class State(NamedTuple):
    """Everything a game is at one moment, the generator's state first. It never changes: `advance` returns another one.

    `chance` is the generator's state, `seed` what it began with; `turn` counts the player's inputs. `values` are stats, variables and
    settings by slot (`value` finds them by name), `counts` the visits. `frames` holds the calls, the innermost last.
    `offer` are the ids on offer in order, greyed ones with a `-` before them. `achieved` are ids of achievements, in the order they came.
    `checkpoints` counts checkpoints passed. `ending` is None while the game goes on, "" when it just ended. `layout` is the story's.

    >>> from siberia_quest import begin, load_story
    >>> state = begin(load_story("story/first_fire").story, seed=7).state
    >>> state.seed, state.turn, state.ending, len(state.offer)
    (7, 0, None, 2)
    >>> type(state.value("name")).__name__
    'str'
    """

    chance: int
    seed: int
    turn: int
    values: tuple[Value, ...]
    counts: Counts
    frames: tuple[Frame, ...]
    offer: tuple[str, ...]
    journal: tuple[JournalEntry, ...]
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
