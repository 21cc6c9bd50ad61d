"""How much work a formula or a phrase can be, so that no story can hang."""

from collections.abc import Iterator, Mapping

from siberia_quest.loading.circles import deepest_first
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.expression import Apply, Builtin, PhraseCall, things_in
from siberia_quest.model.functions import FORMS
from siberia_quest.model.kinds import Kind
from siberia_quest.model.steps import Call, Choices, Deal, ForEach, Pause, Question, Steps, inner, walk
from siberia_quest.model.story import Formula, Phrase

#: How many small steps one expression or text may take at most.
MOST_WORK = 200_000
#: How many steps loops that wait may come to.
MOST_IN_A_ROW = 10_000
#: How deep formulas and phrases may use each other: each takes a level or two of Python's own, of which there are a thousand.
DEEPEST = 200


def report_work(
    context: ReadingContext, formulas: Mapping[str, Formula], phrases: Mapping[str, Phrase], kinds: Mapping[str, Kind]
) -> None:
    """Report formulas and phrases that use others so often that they would take too long."""
    costs: dict[str, int] = {}
    depths: dict[str, int] = {}
    bodies: dict[str, tuple[object, ...]] = {f"formula {name}": (each.body,) for name, each in formulas.items()}
    bodies.update({f"phrase {name}": each.parts for name, each in phrases.items()})
    uses = {name: {used for used, _ in _uses(body, kinds) if used in bodies} for name, body in bodies.items()}
    for name in deepest_first(uses):
        cost = _cost(name, bodies, costs, kinds)
        depths[name] = 1 + max((depths.get(used, 0) for used in uses[name]), default=0)
        is_long, is_deep = cost > MOST_WORK, depths[name] > DEEPEST
        deeper = any(costs[used] > MOST_WORK or depths.get(used, 0) > DEEPEST for used in uses[name] if used in costs)
        if not (is_long or is_deep) or deeper:
            continue
        sort, word = name.split(" ")
        each: Formula | Phrase = formulas[word] if sort == "formula" else phrases[word]
        span = Span(each.file, *each.at, each.at[0], each.at[1] + len(word))
        why = (
            f"working it out would take more than {MOST_WORK:,} steps"
            if is_long
            else f"one uses another, and that another, more than {DEEPEST} times over"
        )
        context.report("SQ309", f"the {sort} `{word}` is too much work", span, "use fewer others in it", why)


def report_waits(context: ReadingContext, steps: Steps, file: str) -> None:
    """Report loops that wait inside, and go round so often that their steps, one after the other, would fill the memory."""
    for step in walk(steps):
        if isinstance(step, ForEach) and _in_a_row((step,)) > MOST_IN_A_ROW:
            said = f"this loop waits inside, and with those in it comes to more than {MOST_IN_A_ROW:,} steps"
            span = Span(file, *step.at, step.at[0], step.at[1] + 1)
            why = "each time round is a place of its own where a game can be saved"
            context.report("SQ512", said, span, "ask once, outside of the loops, or go round for fewer members", why)
            return


def _in_a_row(steps: Steps) -> int:
    """Return how many steps come one after the other, where those of a loop that waits come once for each member."""
    found = len(steps)
    for step in steps:
        inside = sum(map(_in_a_row, inner(step)))
        waits = isinstance(step, ForEach) and any(
            isinstance(each, Choices | Question | Pause | Call | Deal) for each in walk(step.steps)
        )
        found += inside * len(step.members) if isinstance(step, ForEach) and waits else inside
    return found


def _cost(name: str, bodies: dict[str, tuple[object, ...]], costs: dict[str, int], kinds: Mapping[str, Kind]) -> int:
    """Return a formula's or phrase's work; circles, which are reported elsewhere, count once."""
    if name not in costs:
        costs[name] = 1
        total = 1
        for used, times in _uses(bodies.get(name, ()), kinds):
            total += times * (_cost(used, bodies, costs, kinds) if used else 1)
            if total > MOST_WORK * 100:
                break
        costs[name] = total
    return costs[name]


def _uses(node: object, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, int]]:
    """Yield what a body uses and how often, and every part of it once with no name."""
    for part in things_in(node):
        if isinstance(part, Apply) and part.what == "formula":
            yield f"formula {part.name}", 1
        elif isinstance(part, PhraseCall):
            yield f"phrase {part.name}", 1
        elif isinstance(part, Builtin) and FORMS[part.name][0].reading == "by value":
            name, kind = part.names
            yield f"formula {name}", len(kinds[kind].ids)
        if isinstance(part, tuple):
            yield "", 1
