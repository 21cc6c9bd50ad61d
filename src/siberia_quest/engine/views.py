"""What a state shows beside the prose: stats, status, charts, the journal."""

from collections.abc import Iterable

from siberia_quest.engine.flow import Flow, StatRule
from siberia_quest.model.page import Art, Chart, JournalPanel, Panel, Series, StatRow
from siberia_quest.model.state import JournalEntry


def stat_rows(flow: Flow) -> tuple[StatRow, ...]:
    """Return the visible stats as they are now."""
    rows = (stat_row_of(flow, slot) for slot in flow.program.stats)
    return tuple(row for row in rows if row is not None)


def stat_row_of(flow: Flow, slot: int) -> StatRow | None:
    """Return a stat as it is now, None where it is hidden."""
    rule, value = flow.program.rules[slot], flow.values[slot]
    if rule.show == "hidden" or rule.sight == "hidden" or not isinstance(value, int | float):
        return None
    row = StatRow(rule.name, rule.label, None, None, None, rule.band(value), rule.show, rule.opposed)
    if rule.sight != "open":
        return row
    try:
        return row._replace(value=value, low=rule.low(flow), high=rule.high(flow))
    except ArithmeticError:  # of a game that could not begin, as its page tells
        return row._replace(value=value, low=value, high=value)


def show_stats(w: Flow) -> Panel:
    """Return what `show: stats` shows."""
    rows = stat_rows(w)
    w.count_lines(len(rows))
    return Panel("", rows)


def show_journal(w: Flow) -> JournalPanel:
    """Return what `show: journal` shows."""
    w.count_lines(len(w.journal))
    return JournalPanel(tuple(map(w.program.line_of, w.journal)))


def show_art(w: Flow, text: str, alt: str) -> Art:
    """Return what `show: {art: …}` shows."""
    w.count_lines(len(text) // 80)
    return Art(text, alt)


def show_chart(w: Flow, names: Iterable[str] = ()) -> Chart:
    """Return what `show: {chart: […]}` shows: visible stats over the journal's lines; without names, all of them."""
    rules = {rule.name: (at, rule) for at, rule in enumerate(w.program.rules[slot] for slot in w.program.stats)}
    w.count_lines(len(rules) * len(w.journal) // 10)
    drawn = [rules[name] for name in names or rules]
    return Chart(tuple(_series(at, rule, w.journal) for at, rule in drawn if rule.sight != "hidden"))


def _series(at: int, rule: StatRule, journal: tuple[JournalEntry, ...]) -> Series:
    """Return a stat's values over the journal's lines, in which it is the one `at` a place; or the bands it was in."""
    points = tuple(entry.stats[at] for entry in journal if at < len(entry.stats))
    if rule.sight == "open":
        return Series(rule.name, rule.label, points)
    bands = tuple(dict.fromkeys(rule.band(point) for point in sorted(points)))
    return Series(rule.name, rule.label, tuple(bands.index(rule.band(point)) for point in points), bands)


def place_in_words(scene: str, title: str) -> str:
    """Return where the player is: the title of the scene, and that of the passage where it has one."""
    return f"{scene} · {title}" if scene and title else scene or title
