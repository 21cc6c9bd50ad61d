"""How numbers are stored and shown: what generated code calls."""

import math
from collections.abc import Mapping

from siberia_quest.engine.play_faults import TooLarge
from siberia_quest.model.kinds import Value

LIMIT = 10**15


def tidy(x: float) -> int | float:
    """Return a number as it is stored: rounded to 6 decimals, whole numbers as integers. Raises TooLarge."""
    if not -LIMIT <= x <= LIMIT:
        raise TooLarge
    if isinstance(x, int):
        return int(x)
    x = round(x, 6)
    near = int(x)
    return near if near == x else x


def check_bounds(x: int) -> int:
    """Return a whole number (or yes or no) that may be stored. Raises TooLarge."""
    if not -LIMIT <= x <= LIMIT:
        raise TooLarge
    return x


def whole(x: float) -> int:
    """Round half away from zero. Raises TooLarge."""
    if not -LIMIT * LIMIT <= x <= LIMIT * LIMIT:
        raise TooLarge
    return math.floor(x + 0.5) if x >= 0 else math.ceil(x - 0.5)


def floor(x: float) -> int:
    """Return the largest whole number that is not above x. Raises TooLarge."""
    return math.floor(tidy(x))


def ceil(x: float) -> int:
    """Return the smallest whole number that is not below x. Raises TooLarge."""
    return math.ceil(tidy(x))


def rounded(x: float, decimals: int) -> int | float:
    """Round half away from zero to some decimals. Raises TooLarge."""
    scale: int = 10**decimals
    return tidy(whole(round(x * scale, 6)) / scale)


def shown(x: float) -> str:
    """Return a number as a text shows it, whole."""
    return str(x) if isinstance(x, int) else str(whole(round(x, 6)))


def clamp(x: float, low: float, high: float) -> int | float:
    """Return x, or the bound it is beyond."""
    return low if x < low else min(high, x)


def percent(x: float, low: float, high: float) -> int | float:
    """Return how far x is from low to high, in percent; 0 where there is no way to go."""
    return (x - low) * 100 / (high - low) if high != low else 0


def with_member(members: tuple[str, ...], member: str, order: Mapping[str, int]) -> tuple[str, ...]:
    """Return a set with one more member, in the order of its kind."""
    if member in members:
        return members
    return tuple(sorted((*members, member), key=lambda each: order[each]))


def union(order: Mapping[str, int], *sets: tuple[str, ...]) -> tuple[str, ...]:
    """Return all that is in one of several sets, in the order of their kind."""
    return tuple(sorted({member for each in sets for member in each}, key=order.__getitem__))


def difference(first: tuple[str, ...], *others: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is in the first of several sets and in none of the others."""
    return tuple(member for member in first if not any(member in each for each in others))


def without_member(members: tuple[str, ...], member: str) -> tuple[str, ...]:
    """Return a set or list without a member."""
    return tuple(each for each in members if each != member)


def replaced(numbers: tuple[int | float, ...], index: int, number: float) -> tuple[int | float, ...]:
    """Return the numbers with another one at a place."""
    return (*numbers[:index], number, *numbers[index + 1 :])


def capital(text: str) -> str:
    """Return a text with its first letter large, whatever marks stand before it."""
    for index, sign in enumerate(text):
        if sign.isalpha():
            return text[:index] + sign.upper() + text[index + 1 :]
    return text


def stored(x: Value) -> Value:
    """Return a value as it is stored; numbers are rounded and bounded. Raises TooLarge."""
    if isinstance(x, float):
        return tidy(x)
    return check_bounds(x) if isinstance(x, int) else x


def percent_of(part: float, whole_: float) -> float:
    """Return a part of a whole in percent; 0 of nothing."""
    return part * 100 / whole_ if whole_ else 0
