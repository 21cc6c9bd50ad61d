"""What a player may know of stats: of what hangs on one, and of odds. The one place that decides; a stat's own is `Stat.sight`."""

from collections.abc import Iterable, Iterator

from siberia_quest.model.expression import (
    Apply,
    Builtin,
    Constant,
    Expression,
    Local,
    Reference,
    ValueOf,
    operands_of,
    with_locals,
)
from siberia_quest.model.page import Likelihood, SeenOdds
from siberia_quest.model.steps import Do, Let, Steps, walk
from siberia_quest.model.story import Formula, Sight, Story

#: Odds in percent from which a word is used, best first.
_LIKELIHOODS: tuple[tuple[float, Likelihood], ...] = (
    (100, "certain"),
    (95, "nearly_certain"),
    (80, "very_likely"),
    (60, "likely"),
    (40, "even"),
    (20, "unlikely"),
    (5, "very_unlikely"),
)


def likelihood(odds: float) -> Likelihood:
    """Return the word for odds in percent."""
    for least, word in _LIKELIHOODS:
        if odds >= least:
            return word
    return "impossible" if odds <= 0 else "hopeless"


def least_odds(odds: SeenOdds) -> float:
    """Return the least odds in percent that a word stands for; a number is itself."""
    if isinstance(odds, str):
        return next((least for least, word in _LIKELIHOODS if word == odds), 0 if odds == "impossible" else 1)
    return odds


def sight_of(story: Story, expression: Expression, steps: Steps = ()) -> Sight:
    """Return what a player may know of what an expression comes to: no more than of any stat it hangs on.

    `steps` are those of its passage, which give its local names their values.
    """
    found: Sight = "open"
    for name in _stats_behind(story, expression, steps):
        match story.stats[name].sight:
            case "hidden":
                return "hidden"
            case "band":
                found = "band"
            case _:
                pass
    return found


def _stats_behind(story: Story, expression: Expression, steps: Steps) -> Iterator[str]:
    """Yield the stats that an expression hangs on, through formulas and local names, too."""
    waiting, seen = [expression], set[str]()
    while waiting:
        part = waiting.pop()
        if (key := repr(part)) in seen:  # tuples of two sorts can be equal
            continue
        seen.add(key)
        waiting += operands_of(part)
        names: Iterable[str] = ()
        match part:
            case Reference(name):
                names = (name,)
            case ValueOf(kind, Constant(str() as member)) if member in story.kinds[kind].ids:
                names = (member,)
            case ValueOf(kind):
                names = story.kinds[kind].ids
            case Builtin(function, _, named) if function not in {"label", "pick"}:
                names = [each for name in named for each in (story.kinds[name].ids if name in story.kinds else (name,))]
                waiting += [_body(story.formulas[name], ()) for name in named if name in story.formulas]
            case Apply("formula", name, arguments):
                waiting.append(_body(story.formulas[name], arguments))
            case Local(slot):
                waiting += _values_of(slot, steps)
            case _:
                pass
        yield from (name for name in names if name in story.stats)


def _body(formula: Formula, arguments: tuple[Expression, ...]) -> Expression:
    """Return a formula's body with the members and numbers that it is given; what else it is given is looked at where it stands."""
    known = dict(enumerate(arguments))
    slots = range(len(formula.parameters))
    given = {at: known[at] if isinstance(known.get(at), Constant) else Constant(0) for at in slots}
    return with_locals(formula.body, given)


def _values_of(slot: int, steps: Steps) -> list[Expression]:
    """Return all that a passage puts into one of its local names."""
    found: list[Expression] = []
    for step in walk(steps):
        if isinstance(step, Let) and step.slot == slot:
            found.append(step.value)
        elif isinstance(step, Do):
            found += [each.value for each in step.effects if each.target == Local(slot)]
    return found
