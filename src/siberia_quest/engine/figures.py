"""What the code of the status and of panels calls: figures of stats, of what has ends of its own, and of the journal."""

from collections.abc import Mapping, Sequence

from siberia_quest.engine.flow import Flow
from siberia_quest.engine.numbers import shown, tidy
from siberia_quest.engine.views import stat_row_of
from siberia_quest.model.markup import plain_line
from siberia_quest.model.page import Figure, StatLook, StatRow
from siberia_quest.model.story import ItemShow

#: Of the journal, so many lines at most stand in a panel.
MOST_LINES = 20


def stat_row(w: Flow, slot: int, show: ItemShow) -> StatRow | None:
    """Return a stat as it is now, shown as it is everywhere or as the story asks here; one shown by band stays so."""
    row = stat_row_of(w, slot)
    if row is None or not show or row.value is None:
        return row
    if show == "band":
        return row._replace(value=None, low=None, high=None, show="band")
    return row._replace(show=show)


def row_between(name: str, value: float, low: float, high: float, show: StatLook) -> StatRow:
    """Return something that is no stat as one, between two ends of its own."""
    return StatRow(name, "", tidy(value), tidy(low), tidy(high), "", show)


def row_figure(row: StatRow | None, label: str, text: str | None, banded: bool) -> Figure | None:  # noqa: FBT001  # printed code calls it
    """Return the figure of a row: with words of its own, or with its number, and its band where the figure is `banded`."""
    if row is None:
        return None
    row = row._replace(label=label)
    if text is None:
        text = row_in_words(row) if banded or row.value is None else shown(row.value)
    return Figure(row.name, label, text, row)


def row_in_words(row: StatRow) -> str:
    """Return a row's number and band, those it has: `25 wiry`."""
    return row.band if row.value is None else f"{shown(row.value)} {row.band}".rstrip()


def has_own_words(figure: Figure) -> bool:
    """Tell whether a figure says something else than its row does."""
    return figure.row is None or figure.text != row_in_words(figure.row)


def items_of(members: Sequence[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a list holds, in words, one by one."""
    return tuple([labels[member] for member in members])


def journal_items(w: Flow, number: float) -> tuple[str, ...]:
    """Return the last lines of the journal, so many of them."""
    most = max(0, min(MOST_LINES, int(number)))
    return tuple(plain_line(entry.text) for entry in w.journal[-most:]) if most else ()
