"""Conditions that always or never hold, by the ranges of stats and by values that never change."""

from collections.abc import Iterator, Mapping
from math import inf
from typing import assert_never

from siberia_quest.model import expression as nodes
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.expression import Expression
from siberia_quest.model.functions import ANY, Range, range_of
from siberia_quest.model.kinds import Value
from siberia_quest.model.steps import At, Branch, Choice, Choices, Step, walk
from siberia_quest.model.story import Story
from siberia_quest.tools.checking.flows import place
from siberia_quest.tools.checking.uses import Uses

_OPPOSITE: Mapping[nodes.Sign, nodes.Sign] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


class Knowledge:
    """What is known of a story's values before it is played."""

    def __init__(self, story: Story, uses: Uses) -> None:
        """Gather the ranges of stats, and the values of what nothing ever changes."""
        self._story = story
        self._applies: dict[str, Range] = {}
        self.ranges: dict[str, Range] = {}
        self.fixed: dict[str, Value] = {}
        for name, stat in story.stats.items():
            if isinstance(stat.low, nodes.Constant) and isinstance(stat.high, nodes.Constant):
                self.ranges[name] = Range(float(str(stat.low.value)), float(str(stat.high.value)))
        for name, variable in story.variables.items():
            if name not in uses.written and not variable.keep and isinstance(variable.start, nodes.Constant):
                self.fixed[name] = variable.start.value

    def holds(self, test: Expression) -> bool | None:
        """Tell whether a condition always holds or never does; None where that is open."""
        match test:
            case nodes.Constant(value):
                return bool(value)
            case nodes.Reference(name) if isinstance(self.fixed.get(name), bool):
                return bool(self.fixed[name])
            case nodes.Operation("not", (operand,)):
                inner = self.holds(operand)
                return None if inner is None else not inner
            case nodes.Operation("and", operands):
                found = [self.holds(each) for each in operands]
                return False if False in found or self._contradict(operands) else True if all(found) else None
            case nodes.Operation("or", operands):
                found = [self.holds(each) for each in operands]
                return True if True in found else False if all(each is False for each in found) else None
            case nodes.Comparison(first, rest):
                return self._compare(first, rest)
            case (
                nodes.Reference() | nodes.Local() | nodes.PerMember() | nodes.ValueOf() | nodes.Apply() | nodes.Builtin()
                | nodes.Visits() | nodes.Operation() | nodes.Conditional()
            ):  # fmt: skip
                return None
        assert_never(test)

    def _compare(self, first: Expression, rest: tuple[tuple[nodes.Sign, Expression], ...]) -> bool | None:
        found = []
        for sign, other in rest:
            found.append(self._pair(first, sign, other))
            first = other
        return False if False in found else True if all(found) else None

    def _pair(self, first: Expression, sign: nodes.Sign, second: Expression) -> bool | None:
        a, b = self._text(first), self._text(second)
        if a is not None and b is not None and sign in {"==", "!="}:
            return (a == b) == (sign == "==")
        left, right = self.range(first), self.range(second)
        always, never = {
            "<": (left.high < right.low, left.low >= right.high),
            "<=": (left.high <= right.low, left.low > right.high),
            ">": (left.low > right.high, left.high <= right.low),
            ">=": (left.low >= right.high, left.high < right.low),
            "==": (left.low == left.high == right.low == right.high, left.high < right.low or right.high < left.low),
            "!=": (left.high < right.low or right.high < left.low, left.low == left.high == right.low == right.high),
        }.get(sign, (False, False))
        return True if always else False if never else None

    def _text(self, expression: Expression) -> str | None:
        value = expression.value if isinstance(expression, nodes.Constant) else None
        if isinstance(expression, nodes.Reference):
            value = self.fixed.get(expression.name)
        return value if isinstance(value, str) else None

    def range(self, expression: Expression) -> Range:
        """Return what a number can be."""
        match expression:
            case nodes.Constant(int() | float() as value):
                return Range(value, value)
            case nodes.Reference(name):
                fixed = self.fixed.get(name)
                return Range(fixed, fixed) if isinstance(fixed, int | float) else self.ranges.get(name, ANY)
            case nodes.Apply():
                return self._range_of_call(expression.what, expression.name)
            case nodes.Visits(how):
                return range_of(how, [])
            case nodes.Builtin(name, operands):
                return range_of(name, [self.range(each) for each in operands])
            case nodes.Operation("+" | "-" | "*" as sign, (first, second)):
                return _combine_ranges(sign, self.range(first), self.range(second))
            case nodes.Conditional():
                then, otherwise = self.range(expression.then), self.range(expression.otherwise)
                return Range(min(then.low, otherwise.low), max(then.high, otherwise.high))
            case (
                nodes.Constant()
                | nodes.Local()
                | nodes.PerMember()
                | nodes.ValueOf()
                | nodes.Operation()
                | nodes.Comparison()
            ):
                return ANY
        assert_never(expression)

    def _range_of_call(self, what: nodes.Applicable, name: str) -> Range:
        """Return what a formula or table can give, whatever it is given."""
        address = f"{what} {name}"
        if address not in self._applies:
            if what == "formula":
                self._applies[address] = self.range(self._story.formulas[name].body)
            else:
                numbers = [each for each in self._story.tables[name].values if isinstance(each, int | float)]
                self._applies[address] = Range(min(numbers), max(numbers)) if numbers else ANY
        return self._applies[address]

    def _contradict(self, operands: tuple[Expression, ...]) -> bool:
        """Tell whether conditions on the same value leave it no room, such as `x > 60 and x < 40`."""
        rooms: dict[Expression, tuple[float, float, bool]] = {}
        for each in operands:
            if not (isinstance(each, nodes.Comparison) and len(each.rest) == 1):
                continue
            (sign, other), first = each.rest[0], each.first
            if isinstance(first, nodes.Constant):
                first, other, sign = other, first, _OPPOSITE.get(sign, sign)
            bound = self.range(other)
            if not isinstance(first, nodes.Reference) or bound.low != bound.high or sign not in _OPPOSITE:
                continue
            low, high, is_open = rooms.get(first, (-inf, inf, False))
            if sign in {">", ">=", "=="} and bound.low >= low:
                low = bound.low
            if sign in {"<", "<=", "=="} and bound.low <= high:
                high = bound.low
            rooms[first] = low, high, is_open or sign in {"<", ">"}
        return any(low > high or (low == high and is_open) for low, high, is_open in rooms.values())


def _combine_ranges(sign: str, first: Range, second: Range) -> Range:
    if sign == "+":
        return Range(first.low + second.low, first.high + second.high)
    if sign == "-":
        return Range(first.low - second.high, first.high - second.low)
    corners = [a * b for a in first for b in second]
    return ANY if any(each != each for each in corners) else Range(min(corners), max(corners))  # noqa: PLR0124  # 0 x inf


def find_settled_conditions(story: Story, known: Knowledge) -> Iterator[Diagnostic]:
    """Yield conditions that always or never hold. A bare `true` is meant, and stays."""
    for passage in story.passages.values():
        if passage.storylet and passage.storylet.condition:
            yield from _report_test(
                known, passage.storylet.condition, place(passage, passage.at), "this storylet", "dealt"
            )
        for step in walk(passage.steps):
            for test, at, what, done in _tests(step):
                yield from _report_test(known, test, place(passage, at), what, done)


def _tests(step: Step) -> Iterator[tuple[Expression, At, str, str]]:
    if isinstance(step, Branch):
        yield from ((test, step.at, "this branch", "taken") for test, _ in step.arms if test is not None)
    for item in step.items if isinstance(step, Choices) else ():
        yield from (
            (test, item.at, "this choice", "open")
            for test in (item.condition, item.needs if isinstance(item, Choice) else None)
            if test is not None
        )
    own = [part for name, part in zip(step._fields, step, strict=True) if name in {"parts", "text", "label"}]
    for thing in nodes.things_in(tuple(own)):
        if isinstance(thing, nodes.ConditionalText) and not _is_plural(thing):
            yield from ((test, step.at, "a part of this text", "told") for test, _ in thing.arms if test is not None)


def _is_plural(part: nodes.ConditionalText) -> bool:
    """Tell whether a text only asks whether something is one or many: words that fit any number are no mistake."""
    match part.arms:
        case ((nodes.Comparison(_, (("==", nodes.Constant(1)),)), one), (None, many)):
            return bool(one and many)
        case _:
            return False


def _report_test(known: Knowledge, test: Expression, span: Span, what: str, done: str) -> Iterator[Diagnostic]:
    if isinstance(test, nodes.Constant):
        return
    holds = known.holds(test)
    if holds is not None:
        always = "always" if holds else "never"
        why = (
            f"its condition {always} holds: look at the ranges of its stats, and whether anything changes its variables"
        )
        fix = "take the condition out, or put right what it compares"
        yield Diagnostic("SQ610", f"{what} is {always} {done}", span, "warning", why, fix)
