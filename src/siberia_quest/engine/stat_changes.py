"""How stats are changed and kept within their range: what a story's code calls."""

from siberia_quest.engine.flow import Flow
from siberia_quest.engine.numbers import clamp, tidy
from siberia_quest.model.expression import EffectSign
from siberia_quest.model.kinds import Value


def keep(w: Flow, slot: int, value: float) -> None:
    """Store a stat's new value within its range."""
    rule = w.program.rules[slot]
    value = tidy(value)
    low, high = rule.bounds or (rule.low(w), rule.high(w))
    w.values[slot] = value if low <= value <= high else tidy(clamp(value, low, high))


def gain(w: Flow, slot: int, change: float) -> None:
    """Change a stat; a gain grows smaller the nearer the stat is to what it strives to."""
    rule = w.program.rules[slot]
    if not change and rule.bounds:
        return  # as most cells of a table of gains: nothing changes, and no bound has moved either
    now = w.values[slot]
    assert isinstance(now, int | float)  # stats are numbers
    if rule.toward is not None and change > 0:
        change = change * max(0, rule.toward - now) / rule.toward
    keep(w, slot, now + change)


def move(w: Flow, slot: int, sign: EffectSign, value: float) -> None:
    """Change the stat that a member names."""
    if sign == "+=":
        gain(w, slot, value)
    elif sign == "-=":
        gain(w, slot, -value)
    elif sign == "=":
        keep(w, slot, value)
    else:
        now = w.values[slot]
        assert isinstance(now, int | float)
        keep(w, slot, now * value)


def settle(w: Flow) -> None:
    """Bring stats whose bounds can move back into their range."""
    for slot in w.program.moving:
        now = w.values[slot]
        assert isinstance(now, int | float)
        keep(w, slot, now)


def band(w: Flow, slot: int) -> str:
    """Return the name of the band a stat is in."""
    value = w.values[slot]
    return w.program.rules[slot].band(value) if isinstance(value, int | float) else ""


def hide(w: Flow, before: list[Value]) -> None:
    """Keep what changed since `before` from the player."""
    for slot in w.program.stats:
        old, new = before[slot], w.values[slot]
        if old != new and isinstance(old, int | float) and isinstance(new, int | float):
            w.hidden = {**w.hidden, slot: w.hidden.get(slot, 0) + new - old}
