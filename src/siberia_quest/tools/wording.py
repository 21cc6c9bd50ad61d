"""Expressions as their authors write them, made from what the loader understood."""

from collections.abc import Callable, Mapping

from siberia_quest.model.expression import (
    Apply,
    Builtin,
    Comparison,
    Conditional,
    Expression,
    Literal,
    Local,
    Operation,
    PerMember,
    ValueOf,
    Variable,
    Visits,
)
from siberia_quest.model.kinds import Value

_LOOSE = frozenset({"or", "and", "not"})


def written(expression: Expression, locals_: tuple[str, ...] = ()) -> str:
    """Return an expression as it would be written; `locals_` are the names of local values by slot."""
    match expression:
        case Literal(value):
            return written_value(value)
        case Variable(name):
            return name
        case Local(slot):
            return locals_[slot] if slot < len(locals_) else "?"
        case PerMember(name, member):
            return f"{name}({written(member, locals_)})"
        case ValueOf(_, member):
            return f"value({written(member, locals_)})"
        case Visits():
            return _place(expression)
        case Apply(_, name, arguments) | Builtin(name, arguments):
            return _applied(expression, name, arguments, locals_)
    return _joined(expression, locals_)


def written_value(value: Value) -> str:
    """Return a value as it would be written; a text without quotes, as the members of kinds are."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "{" + ", ".join(map(str, value)) + "}"
    return str(value)


def clauses(expression: Expression) -> tuple[Expression, ...]:
    """Return the parts of a condition that must all hold."""
    if isinstance(expression, Operation) and expression.operator == "and":
        return tuple(part for operand in expression.operands for part in clauses(operand))
    return (expression,)


def parts(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions that an expression is made of, one level down."""
    match expression:
        case PerMember(_, member) | ValueOf(_, member):
            return (member,)
        case Apply(_, _, arguments) | Builtin(_, arguments):
            return arguments
        case Operation(_, operands):
            return operands
        case Comparison(first, rest):
            return (first, *(operand for _, operand in rest))
        case Conditional(test, then, otherwise):
            return test, then, otherwise
    return ()


def with_locals(expression: Expression, values: Mapping[int, Expression]) -> Expression:
    """Return an expression with what is known of its local values put in."""

    def put(part: Expression) -> Expression:
        return with_locals(part, values)

    if isinstance(expression, Local):
        return values.get(expression.slot, expression)
    return _rebuilt(expression, put)


def _rebuilt(expression: Expression, put: Callable[[Expression], Expression]) -> Expression:
    match expression:
        case PerMember(_, member) | ValueOf(_, member):
            return expression._replace(member=put(member))
        case Apply(_, _, arguments) | Builtin(_, arguments):
            return expression._replace(arguments=tuple(map(put, arguments)))
        case Operation(operator, operands):
            return Operation(operator, tuple(map(put, operands)))
        case Comparison(first, rest):
            return Comparison(put(first), tuple((operator, put(operand)) for operator, operand in rest))
        case Conditional(test, then, otherwise):
            return Conditional(put(test), put(then), put(otherwise))
    return expression


def _place(visits: Visits) -> str:
    place = f"{visits.passage}.{visits.site}".replace(".#", ".") if visits.site else visits.passage
    return f"{visits.how}({place})"


def _applied(node: Expression, name: str, arguments: tuple[Expression, ...], locals_: tuple[str, ...]) -> str:
    names = node.names if isinstance(node, Builtin) else ()
    given = [*names, *(written(each, locals_) for each in arguments)]
    return f"{name}({', '.join(given)})" if given else name


def _joined(expression: Expression, locals_: tuple[str, ...]) -> str:
    match expression:
        case Operation(operator, (only,)):
            return f"{operator} {_inside(only, locals_)}" if operator == "not" else f"-{_inside(only, locals_)}"
        case Operation(operator, operands):
            return f" {operator} ".join(_inside(each, locals_) for each in operands)
        case Comparison(first, rest):
            return _inside(first, locals_) + "".join(f" {operator} {_inside(each, locals_)}" for operator, each in rest)
        case Conditional(test, then, otherwise):
            return f"{_inside(then, locals_)} if {written(test, locals_)} else {_inside(otherwise, locals_)}"
    return "?"


def _inside(expression: Expression, locals_: tuple[str, ...]) -> str:
    text = written(expression, locals_)
    return f"({text})" if isinstance(expression, Operation | Comparison | Conditional) else text
