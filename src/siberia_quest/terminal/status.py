"""The status in the prompt: as much of it as fits the width, the last things dropped first."""

from collections.abc import Callable, Sequence

from siberia_quest.engine.status import StatusEntry
from siberia_quest.model.markup import clean
from siberia_quest.terminal.drawing import bar
from siberia_quest.terminal.signs import Signs

_BAR = 5


def fitted(entries: Sequence[StatusEntry], width: int, signs: Signs, measured: Callable[[str], int] = len) -> str:
    """Return the status in at most `width` columns; with bars if they fit, else without, else with fewer things."""
    between = f" {signs.dot} "
    parts = _parts(entries, signs, drawn=True)
    if measured(between.join(parts)) > width:
        parts = _parts(entries, signs, drawn=False)
    while parts and measured(between.join(parts)) > width:
        parts.pop()
    return between.join(parts)


def status_words(entry: StatusEntry) -> str:
    """Return one thing of the status in words: `Day 3`; "" where it has nothing to say."""
    return " ".join(clean(f"{entry.label} {entry.text}" if entry.text else "").split())


def _parts(entries: Sequence[StatusEntry], signs: Signs, *, drawn: bool) -> list[str]:
    return [part for part in (_part(entry, signs, drawn=drawn) for entry in entries) if part]


def _part(entry: StatusEntry, signs: Signs, *, drawn: bool) -> str:
    words = status_words(entry)
    if not words or not drawn or entry.row is None or entry.row.show != "bar" or entry.row.opposed:
        return words
    return f"{clean(entry.label)} {bar(entry.row, signs, _BAR)} {clean(entry.text)}"
