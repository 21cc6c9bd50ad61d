"""Bars and sparklines, drawn with the signs that the output has; and the status in the prompt, as much of it as fits."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from siberia_quest.model.markup import clean
from siberia_quest.model.page import Figure, StatRow
from siberia_quest.play.phrasing import share_of
from siberia_quest.terminal.signs import Signs


def bar(row: StatRow, signs: Signs, width: int) -> str:
    """Return a stat as a bar of `width` columns; anything above the lowest value shows at least one mark."""
    share = share_of(row)
    full = min(width, max(round(share * width), share > 0))
    return signs.full * full + signs.empty * (width - full)


def tug(row: StatRow, signs: Signs, width: int) -> str:
    """Return an opposed pair as a mark between its two ends, over `width` columns."""
    at = min(width - 1, int(share_of(row) * width))
    return signs.empty * at + signs.marker + signs.empty * (width - at - 1)


def sparkline(points: Sequence[int | float], signs: Signs, width: int) -> str:
    """Return numbers as a line of at most `width` marks, from their lowest to their highest."""
    low, high = min(points), max(points)
    steps = len(signs.spark) - 1
    return "".join(
        signs.spark[round((point - low) / (high - low) * steps) if high > low else 0] for point in fewer(points, width)
    )


def fewer(points: Sequence[int | float], most: int) -> list[int | float]:
    """Return at most so many numbers: the means of neighbours, where there are more."""
    if len(points) <= most:
        return list(points)
    cuts = [index * len(points) // most for index in range(most + 1)]
    return [sum(points[low:high]) / (high - low) for low, high in pairwise(cuts)]


def join_line(text: str) -> str:
    """Return a text as one clean line."""
    return " ".join(clean(text).split())


_BAR = 5


def fit_status(entries: Sequence[Figure], width: int, signs: Signs, measured: Callable[[str], int] = len) -> str:
    """Return the status in at most `width` columns; with bars if they fit, else without, else with fewer things."""
    between = f" {signs.dot} "
    parts = _parts(entries, signs, drawn=True)
    if measured(between.join(parts)) > width:
        parts = _parts(entries, signs, drawn=False)
    while parts and measured(between.join(parts)) > width:
        parts.pop()
    return between.join(parts)


def status_words(entry: Figure) -> str:
    """Return one thing of the status in words: `Day 3`; "" where it has nothing to say."""
    return " ".join(clean(f"{entry.label} {entry.text}" if entry.text else "").split())


def _parts(entries: Sequence[Figure], signs: Signs, *, drawn: bool) -> list[str]:
    return [part for part in (_part(entry, signs, drawn=drawn) for entry in entries) if part]


def _part(entry: Figure, signs: Signs, *, drawn: bool) -> str:
    words = status_words(entry)
    if not words or not drawn or entry.row is None or entry.row.show != "bar" or entry.row.opposed:
        return words
    return f"{clean(entry.label)} {bar(entry.row, signs, _BAR)} {clean(entry.text)}"
