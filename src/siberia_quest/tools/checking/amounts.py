"""Checks that nobody can fail or pass, and effects that go beyond a stat's range."""

from collections.abc import Iterator

from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.expression import Builtin, Effect, Expression, Reference, things_in
from siberia_quest.model.functions import ANY
from siberia_quest.model.steps import Branch, Check, Do, Let, Step, walk
from siberia_quest.model.story import Story
from siberia_quest.tools.checking.conditions import Knowledge
from siberia_quest.tools.checking.flows import place

_CERTAIN = 100


def find_wrong_amounts(story: Story, known: Knowledge) -> Iterator[Diagnostic]:
    """Yield checks whose odds are always 0 or 100 percent, and effects that no range can hold."""
    for passage in story.passages.values():
        for step in walk(passage.steps):
            if isinstance(step, Check):
                yield from _find_settled_check(known, step, place(passage, step.at))
            yield from _find_shares(known, step, place(passage, step.at))
            if isinstance(step, Do):
                for effect in step.effects:
                    yield from _too_far(known, effect, Span(passage.file, *effect.at, effect.at[0], effect.at[1] + 1))


def _find_shares(known: Knowledge, step: Step, span: Span) -> Iterator[Diagnostic]:
    """Yield what is thrown for with less than one in a hundred, and was meant as a share of one."""
    asked: tuple[Expression | None, ...] = ()
    if isinstance(step, Do):
        asked = tuple(effect.value for effect in step.effects)
    elif isinstance(step, Branch):
        asked = tuple(test for test, _ in step.arms)
    elif isinstance(step, Let | Check):
        asked = (step.value if isinstance(step, Let) else step.odds,)
    thrown = [each.arguments[0] for each in things_in(asked) if isinstance(each, Builtin) and each.name == "chance"]
    for odds in [*thrown, *(asked if isinstance(step, Check) else ())]:
        found = known.range(odds) if odds else ANY
        if 0 < found.low == found.high < 1:
            said = f"odds of {found.low:g} are less than one in a hundred"
            fix = f"write `{found.low * 100:g}` for {found.low * 100:g} in a hundred"
            yield Diagnostic("SQ621", said, span, "warning", "odds are percents everywhere", fix)


def _find_settled_check(known: Knowledge, check: Check, span: Span) -> Iterator[Diagnostic]:
    odds = known.range(check.odds)
    if odds.low >= _CERTAIN or odds.high <= 0:
        what, other = ("certain", "failure") if odds.low >= _CERTAIN else ("impossible", "success")
        fix = "let the odds depend on a stat, or take the check out"
        yield Diagnostic("SQ611", f"this check is {what}", span, "warning", f"its {other} never comes", fix)


def _too_far(known: Knowledge, effect: Effect, span: Span) -> Iterator[Diagnostic]:
    if not isinstance(effect.target, Reference) or effect.target.name not in known.ranges:
        return
    name, room, value = effect.target.name, known.ranges[effect.target.name], known.range(effect.value)
    span = span._replace(end_column=span.column + len(name))
    if effect.operator == "=":
        beyond = value.low > room.high or value.high < room.low
    else:
        beyond = effect.operator in {"+=", "-="} and min(abs(value.low), abs(value.high)) > room.high - room.low
        beyond = beyond and not value.low < 0 < value.high
    if beyond:
        why = f"`{name}` runs from {room.low:g} to {room.high:g}, so it stops at its end"
        fix = "change the number, or the stat's `range`"
        yield Diagnostic("SQ613", f"this changes `{name}` by more than it can hold", span, "warning", why, fix)
