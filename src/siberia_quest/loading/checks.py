"""Checks: how odds come of a stat and a difficulty."""

import re

from siberia_quest.lang.scope import Names, Scope, nearest
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Node, Scalar
from siberia_quest.model.expression import (
    Builtin,
    Comparison,
    Conditional,
    Constant,
    Expression,
    Local,
    Operation,
    Parts,
    with_locals,
)  # fmt: skip
from siberia_quest.model.kinds import NUMBER
from siberia_quest.model.letters import NAME
from siberia_quest.model.named_tuple import NamedTuple

#: What stands behind `check:` as if it were a condition.
_ASKED = re.compile(rf"(?P<stat>{NAME})(?:\s*(?:>=?|==?|<=?)\s*(?P<against>\w+))?")
_TESTED = re.compile(rf"(?P<stat>{NAME})[\s,]+(?:vs\.?|against|dc|at)?\s*(?P<against>\d+)\s*%?", re.IGNORECASE)
_STAT, _AGAINST = Local(0), Local(1)
_LOWEST, _HIGHEST = 1, 99


class Odds(NamedTuple):
    """The odds of a check in percent, what is tested, and whether the player sees it."""

    odds: Expression
    label: Parts
    shown: bool


def ready_made() -> dict[str, Expression]:
    """Return the kinds of checks every story has, as expressions of the stat (local 0) and the difficulty (local 1).

    `sure` is at least; `narrow` is 50 at par and 2 a point; `broad` is 60 at par and in proportion.
    """
    narrow = Operation("+", (Constant(50), Operation("*", (Constant(2), Operation("-", (_STAT, _AGAINST))))))
    broad = Operation("/", (Operation("*", (Constant(60), _STAT)), Builtin("max", (_AGAINST, Constant(1)))))
    return {
        "sure": Conditional(Comparison(_STAT, ((">=", _AGAINST),)), Constant(100), Constant(0)),
        "narrow": limit_odds(narrow, _LOWEST, _HIGHEST),
        "broad": limit_odds(broad, _LOWEST, _HIGHEST),
    }


def limit_odds(odds: Expression, low: float, high: float) -> Expression:
    """Return odds that stay between two bounds."""
    return Builtin("clamp", (odds, Constant(low), Constant(high)))


def read_checks(context: ReadingContext, node: Node | None, names: Names) -> dict[str, Expression]:
    """Read a story's own kinds of checks; the ready-made ones come with them."""
    found = ready_made()
    for key, under in context.mapping(node, "`checks:`").pairs:
        given = context.read_shape(under, "check kind")
        scope = Scope(names, "", common=context.common)
        scope.add_local("stat", NUMBER)
        scope.add_local("against", NUMBER)
        odds = context.quantity(given.get("odds"), scope, "`odds`", 50)
        found[key.text] = limit_odds(odds, *(context.pair(given.get("limits"), "`limits`") or (0, 100)))
    return found


def _cure_of_check(context: ReadingContext, node: Scalar) -> str:
    """Say how to write a check of which all stands in one line."""
    asked = _ASKED.fullmatch(node.text)
    if node.value != node.text:
        return f"write `check: {{odds: {node.text}}}`"
    if (words := _TESTED.fullmatch(node.text)) and words["stat"] in context.names.stats:
        return f"write `check: {{stat: {words['stat']}, against: {words['against']}}}`"
    if asked:
        return f"write `check: {{stat: {asked['stat']}, against: {asked['against'] or 45}}}`"
    return "write `check: {stat: speed, against: 45}` or `{odds: 60}`"


def read_odds(context: ReadingContext, scope: Scope, node: Node) -> Odds:
    """Read what stands under `check:`."""
    if isinstance(node, Scalar):
        context.report("SQ407", "this check does not say what is tested", node.span, _cure_of_check(context, node))
        return Odds(Constant(50), (), shown=True)
    told = len(context.problems)
    given = context.read_shape(node, "check", "`check`")
    label = context.prose(given.get("label"), scope, "`label`")
    stat = given.get("stat")
    tested = context.names.stats.get(stat.text) if isinstance(stat, Scalar) else None
    show = given.get("show")
    shown = show is None or context.flag(show, "`show`")
    if show and shown and isinstance(stat, Scalar):
        context.report_hidden(stat.text, show.span, "the odds of a check on it are not shown", "take `show: true` out")
    if given.get("odds") is not None:
        return Odds(
            limit_odds(context.quantity(given.get("odds"), scope, "`odds`", chance=False), 0, 100), label, shown
        )
    against = given.get("against")
    if stat is None or against is None:
        if len(context.problems) == told:  # else it is told already
            name = stat.text if isinstance(stat, Scalar) else "speed"
            fix = f"write `{{stat: {name}, against: 45}}` or `{{odds: 60}}`"
            context.report("SQ407", "this check does not say what is tested", given.span, fix)
        return Odds(Constant(50), label, shown)
    if not label and tested is not None:
        label = (tested.label,)
    kind = context.text(given.get("kind"), "`kind`") or "narrow"
    checks = context.names.checks
    if kind not in checks:
        context.report(
            "SQ204",
            f"no kind of check is named `{kind}`",
            (given.get("kind") or given).span,
            nearest(kind, list(checks)) or f"write one of {', '.join(f'`{each}`' for each in checks)}",
        )
    value, difficulty = context.quantity(stat, scope, "`stat`"), context.quantity(against, scope, "`against`")
    return Odds(with_locals(checks.get(kind, Constant(50)), {0: value, 1: difficulty}), label, shown)
