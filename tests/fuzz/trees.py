"""Plain data changed at random: what a stranger, or another version, could have left in a save, a profile or a cache."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeAlias, Union

import msgspec

from fuzz.target import Mutate

Data: TypeAlias = Union[bool, int, float, str, bytes, list["Data"], dict[str, "Data"], None]
_Place: TypeAlias = "tuple[list[Data], int] | tuple[dict[str, Data], str]"
_STRANGE: tuple[Data, ...] = (
    None, True, False, 0, 1, -1, 2, 7, 10**9, 10**15, 10**18, 2**62, -(2**62), 0.5, 1e15, 1e300, -1e300, 1e-300, "", "x", "0", "-1", "nan",
    "ffffffffffffffff", "a.b", "a.b/0", "\u0000", "\x1b[2J", "e\u0301", "x" * 5000, [], {}, [[]], [None], {"": None}, {"x": 1}, [0, 1],
)  # fmt: skip


def mutate_json(data: bytes, most: int, seed: int) -> bytes:
    """Change JSON in one or a few places; what is none stays as it is."""
    return _mutated(data, most, seed, json.loads, lambda tree: json.dumps(tree).encode())


def mutate_packed(data: bytes, most: int, seed: int) -> bytes:
    """Change MessagePack in one or a few places."""
    return _mutated(data, most, seed, msgspec.msgpack.decode, msgspec.msgpack.encode)


def _mutated(data: bytes, most: int, seed: int, read: Callable[[bytes], Data], write: Callable[[Data], bytes]) -> bytes:
    dice = Random(seed)
    try:
        root = [read(data)]
        for _ in range(dice.choice((1, 1, 1, 2, 4))):
            places = [*_places(root)]
            _change(dice, dice.choice(places), places)
        made = write(root[0])
    except (ValueError, TypeError, IndexError, RecursionError, OverflowError, msgspec.MsgspecError):
        return data
    return made if len(made) <= most else data


def _places(inside: Data) -> Iterator[_Place]:
    waiting = [inside]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            yield from ((here, number) for number in range(len(here)))
            waiting += here
        elif isinstance(here, dict):
            yield from ((here, key) for key in here)
            waiting += here.values()


def _get(place: _Place) -> Data:
    inside, key = place
    return inside[key]  # type: ignore[index]  # a list's is a number, a mapping's a name


def _change(dice: Random, place: _Place, places: list[_Place]) -> None:
    inside, key = place
    was = _get(place)
    way = dice.randrange(7)
    if way == 0 and isinstance(inside, dict) and isinstance(key, str):
        inside[dice.choice([key + "x", "", *(str(each) for _, each in places)])] = inside.pop(key)
    elif way == 1:
        del inside[key]  # type: ignore[arg-type]  # as above
    elif way == 2 and isinstance(was, list):
        was[dice.randrange(len(was) + 1) :] = [*was] if dice.randrange(2) else []
    elif way <= 4:
        other = _get(dice.choice(places))  # written and read again before it is changed, so that nothing holds itself
        inside[key] = json.loads(json.dumps(other)) if not isinstance(other, bytes) else other  # type: ignore[index]
    elif way == 5 and isinstance(was, str | int | float) and not isinstance(was, bool):
        inside[key] = _nudged(dice, was)  # type: ignore[index]
    else:
        inside[key] = dice.choice(_STRANGE)  # type: ignore[index]


def _nudged(dice: Random, was: str | float) -> Data:
    """Something close to what was there."""
    if isinstance(was, str):
        at = dice.randrange(len(was) + 1)
        return was[:at] + dice.choice(("", "x", ".", "/", "#", "~", "é", "\u200b", "1")) + was[at + dice.randrange(3) :]
    return was + dice.choice((1, -1, 0.5, 10**6, -(10**6)))


def half_bytes(data: bytes, most: int, seed: int, by_tree: Mutate, by_bytes: Callable[[bytes, int], bytes]) -> bytes:
    """Change a tree as a tree mostly, and now and then as bytes."""
    return by_bytes(data, most) if seed % 16 == 0 else by_tree(data, most, seed)
