"""What a state shows beside the prose: stats, status, charts, the journal."""

from siberia_quest.engine.flow import Flow
from siberia_quest.model.page import Chart, JournalLine, JournalPanel, Panel, Series, StatRow


def stat_rows(flow: Flow) -> tuple[StatRow, ...]:
    """Return the visible stats as they are now."""
    rows = []
    for slot in flow.program.stats:
        rule, value = flow.program.rules[slot], flow.values[slot]
        if rule.show != "hidden" and isinstance(value, int | float):
            try:
                low, high = rule.low(flow), rule.high(flow)
            except ArithmeticError:  # of a game that could not begin, as its page tells
                low, high = value, value
            band = rule.band(value)
            rows.append(StatRow(rule.name, rule.label, value, low, high, band, rule.show, rule.opposed))
    return tuple(rows)


def show_stats(w: Flow) -> Panel:
    """Return what `show: stats` shows."""
    return Panel("", stat_rows(w))


def show_journal(w: Flow) -> JournalPanel:
    """Return what `show: journal` shows."""
    return JournalPanel(w.journal)


def show_chart(w: Flow, names: tuple[str, ...]) -> Chart:
    """Return what `show: {chart: […]}` shows."""
    order = [w.program.rules[slot].name for slot in w.program.stats]
    return Chart(tuple(series(name, w.program.rules[w.program.slots[name]].label, order, w.journal) for name in names))


def series(name: str, label: str, order: list[str], journal: tuple[JournalLine, ...]) -> Series:
    """Return a stat's values over the journal's lines; `order` is that of the lines' stats."""
    at = order.index(name)
    return Series(name, label, tuple(line.stats[at] for line in journal if at < len(line.stats)))


def place_in_words(scene: str, title: str) -> str:
    """Return where the player is: the title of the scene, and that of the passage where it has one."""
    return f"{scene} · {title}" if scene and title else scene or title
