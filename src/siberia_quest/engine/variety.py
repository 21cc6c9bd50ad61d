"""Which arm of alternatives a visit shows, and which member something is most or least for: what a story's code calls."""

from siberia_quest.engine.flow import Flow


def sequence_arm(c: list[int], index: int, size: int) -> int:
    """Return the next arm, at last always the last; the visit is counted at `index` of the counters."""
    visit = c[index]
    c[index] = visit + 1
    return min(visit, size - 1)


def cycle_arm(c: list[int], index: int, size: int) -> int:
    """Return the next arm, and begin again after the last."""
    visit = c[index]
    c[index] = visit + 1
    return visit % size


def once_arm(c: list[int], index: int, size: int) -> int:
    """Return the next arm, and `size` when all were shown."""
    visit = c[index]
    c[index] = visit + 1
    return min(visit, size)


def shuffle_arm(w: Flow, c: list[int], index: int, place: int, size: int) -> int:
    """Return an arm so that all come before any comes again; `place` is the number by which variety knows these alternatives."""
    visit = c[index]
    c[index] = visit + 1
    return w.shuffled(place, visit, size)


def random_arm(w: Flow, c: list[int], index: int, place: int, weights: tuple[int | float, ...]) -> int:
    """Return an arm by weight."""
    visit = c[index]
    c[index] = visit + 1
    return w.variety(place, visit, weights)


def unmoved(w: Flow, index: int, size: int) -> list[int]:
    """Return the counters of a passage that nobody is in, for its title: what moves in them is forgotten."""
    known = w.changed.get(index) or w.counts.get(index)
    return [*known] if known else [0] * size


def highest(members: tuple[str, ...], numbers: tuple[int | float, ...]) -> str:
    """Return the first member with the largest number."""
    return members[numbers.index(max(numbers))]


def lowest(members: tuple[str, ...], numbers: tuple[int | float, ...]) -> str:
    """Return the first member with the smallest number."""
    return members[numbers.index(min(numbers))]
