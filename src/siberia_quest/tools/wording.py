"""Expressions as their authors write them, made from what the loader understood."""

from typing import assert_never

from siberia_quest.model import expression as nodes
from siberia_quest.model.expression import Expression
from siberia_quest.model.functions import FORMS
from siberia_quest.model.kinds import Value
from siberia_quest.model.sites import name_of_site

_LOOSE = frozenset({"or", "and", "not"})


def write_expression(expression: Expression, locals_: tuple[str, ...] = ()) -> str:
    """Return an expression as it would be written; `locals_` are the names of local values by slot."""
    match expression:
        case nodes.Constant(value):
            return write_value(value)
        case nodes.Reference(name):
            return name
        case nodes.Local(slot):
            return locals_[slot] if slot < len(locals_) else "?"
        case nodes.PerMember(name, member):
            return f"{name}({write_expression(member, locals_)})"
        case nodes.ValueOf(_, member):
            return f"value({write_expression(member, locals_)})"
        case nodes.Visits():
            return _place(expression)
        case nodes.Apply(_, name, arguments) | nodes.Builtin(name, arguments):
            return _write_call(expression, name, arguments, locals_)
        case nodes.Operation() | nodes.Comparison() | nodes.Conditional():
            return _join_operands(expression, locals_)
    assert_never(expression)


def write_value(value: Value) -> str:
    """Return a value as it would be written; a text without quotes, as the members of kinds are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "{" + ", ".join(map(str, value)) + "}"
    return str(value)


def clauses(expression: Expression) -> tuple[Expression, ...]:
    """Return the parts of a condition that must all hold."""
    if isinstance(expression, nodes.Operation) and expression.operator == "and":
        return tuple(part for operand in expression.operands for part in clauses(operand))
    return (expression,)


def _place(visits: nodes.Visits) -> str:
    place = f"{visits.passage}.{name_of_site(visits.site)}" if visits.site else visits.passage
    return f"{visits.how}({place})"


def _write_call(node: Expression, name: str, arguments: tuple[Expression, ...], locals_: tuple[str, ...]) -> str:
    names = node.names if isinstance(node, nodes.Builtin) else ()
    if isinstance(node, nodes.Builtin) and FORMS[name][0].reading == "sign":
        return f" {FORMS[name][0].name} ".join(_inside(each, locals_) for each in arguments)
    given = [*names, *(write_expression(each, locals_) for each in arguments)]
    return f"{name}({', '.join(given)})" if given else name


def _join_operands(expression: nodes.Operation | nodes.Comparison | nodes.Conditional, locals_: tuple[str, ...]) -> str:
    match expression:
        case nodes.Operation(operator, (only,)):
            return f"{operator} {_inside(only, locals_)}" if operator == "not" else f"-{_inside(only, locals_)}"
        case nodes.Operation(operator, operands):
            return f" {operator} ".join(_inside(each, locals_) for each in operands)
        case nodes.Comparison(first, rest):
            return _inside(first, locals_) + "".join(f" {operator} {_inside(each, locals_)}" for operator, each in rest)
        case nodes.Conditional(test, then, otherwise):
            return f"{_inside(then, locals_)} if {write_expression(test, locals_)} else {_inside(otherwise, locals_)}"
    assert_never(expression)


def _inside(expression: Expression, locals_: tuple[str, ...]) -> str:
    text = write_expression(expression, locals_)
    return f"({text})" if isinstance(expression, nodes.Operation | nodes.Comparison | nodes.Conditional) else text
