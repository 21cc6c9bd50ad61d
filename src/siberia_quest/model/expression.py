"""Expressions, effects and texts after their names and kinds were checked."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeAlias, Union, assert_never, get_args

from siberia_quest.model.kinds import Value, ValueKind
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import Site

#: What can be applied to arguments beside the functions of the language.
Applicable: TypeAlias = Literal["formula", "table"]
#: What can be asked of a counted place: whether and how often it was visited, and how long ago.
PlaceFunction: TypeAlias = Literal["seen", "visits", "turns_since"]
PLACE_FUNCTIONS: tuple[PlaceFunction, ...] = get_args(PlaceFunction)
Operator: TypeAlias = Literal["+", "-", "*", "/", "//", "%", "and", "or", "not"]
Sign: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
EffectSign: TypeAlias = Literal["=", "+=", "-=", "*="]
EFFECT_SIGNS: tuple[EffectSign, ...] = get_args(EffectSign)
#: How alternatives take turns.
AlternativesOrder: TypeAlias = Literal["sequence", "cycle", "once", "shuffle", "random"]
HOWS: tuple[AlternativesOrder, ...] = get_args(AlternativesOrder)
#: A function that makes text.
TextFunction: TypeAlias = Literal["plural", "words", "ordinal", "cap", "lower"]
TEXT_FUNCTIONS: tuple[TextFunction, ...] = get_args(TextFunction)


class Constant(NamedTuple):
    """A number, text, yes/no, member or (empty) set that stands in the story itself."""

    value: Value


class Reference(NamedTuple):
    """A stat, variable or setting, read by name."""

    name: str


class Local(NamedTuple):
    """A `let` name, a parameter or the current member of a `for`: the `slot`-th local of its passage, formula or phrase."""

    slot: int


class PerMember(NamedTuple):
    """`trained(saw)`: the number that a `per` variable holds for one member."""

    name: str
    member: "Expression"


class ValueOf(NamedTuple):
    """`value(x)`: the stat that a member of `kind` names."""

    kind: str
    member: "Expression"


class Apply(NamedTuple):
    """A formula or a table of the story, applied."""

    what: Applicable
    name: str
    arguments: tuple["Expression", ...]


class Builtin(NamedTuple):
    """A function of the language itself. A bare stat, kind or table name it needs is in `names`."""

    name: str
    arguments: tuple["Expression", ...] = ()
    names: tuple[str, ...] = ()


class Visits(NamedTuple):
    """What is asked of a counted place of a passage."""

    how: PlaceFunction
    passage: str
    site: Site


class Operation(NamedTuple):
    """An operator between operands; `not`, and perhaps `-`, before one."""

    operator: Operator
    operands: tuple["Expression", ...]


class Comparison(NamedTuple):
    """`0 < x <= 10`: the first operand and (operator, operand) pairs."""

    first: "Expression"
    rest: tuple[tuple[Sign, "Expression"], ...]


class Conditional(NamedTuple):
    """`a if test else b`."""

    test: "Expression"
    then: "Expression"
    otherwise: "Expression"


Expression: TypeAlias = Union[
    Constant, Reference, Local, PerMember, ValueOf, Apply, Builtin, Visits, Operation, Comparison, Conditional
]


#: What an effect can change.
Assignable: TypeAlias = Union[Reference, Local, PerMember, ValueOf]


class Effect(NamedTuple):
    """One change: `target operator value`."""

    target: Assignable
    operator: EffectSign
    value: Expression
    at: tuple[int, int]


class ShownValue(NamedTuple):
    """`{strength}` or `{power:1}`: a value in a text; `decimals` None shows whole numbers."""

    value: Expression
    kind: ValueKind
    decimals: int | None = None


class ConditionalText(NamedTuple):
    """`{if a then x | if b then y | z}`: the first arm whose condition holds; None is the last resort."""

    arms: tuple[tuple[Expression | None, "Parts"], ...]


class Alternatives(NamedTuple):
    """`{cycle | a | b}`: one arm by how often this `site` was shown."""

    how: AlternativesOrder
    site: Site
    arms: tuple["Parts", ...]
    weights: tuple[int | float, ...] = ()


class TextCall(NamedTuple):
    """`{plural(n, 'bear', 'bears')}`, `{words(n)}` or `{cap(x)}`: a function that makes text from texts and values."""

    name: TextFunction
    arguments: tuple["TextArgument", ...]


class PhraseCall(NamedTuple):
    """`{tell(meant)}`: a phrase of the story, put in."""

    name: str
    arguments: tuple[Expression, ...]


TextArgument: TypeAlias = Union[ShownValue, PhraseCall, TextCall]
#: A piece of a text: a string (clean, with markup as marks of `model.markup`), or what is put in between.
Piece: TypeAlias = Union[str, ShownValue, ConditionalText, Alternatives, TextCall, PhraseCall]
#: A text.
Parts: TypeAlias = tuple[Piece, ...]


def operands_of(expression: Expression) -> tuple[Expression, ...]:
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
        case Constant() | Reference() | Local() | Visits():
            return ()
    assert_never(expression)


def fold_case(expression: Expression) -> Expression:
    """Return a text as it is compared: without capitals, so that an answer is the same however it is typed."""
    if isinstance(expression, Constant) and isinstance(expression.value, str):
        return Constant(expression.value.lower())
    return Builtin("lower", (expression,))


def with_operands(expression: Expression, put: Callable[[Expression], Expression]) -> Expression:
    """Return an expression with each that it is made of, one level down, as `put` makes it."""
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
        case Constant() | Reference() | Local() | Visits():
            return expression
    assert_never(expression)


def with_locals(expression: Expression, values: Mapping[int, Expression]) -> Expression:
    """Return an expression with what is known of its local values, by slot, put in."""
    if isinstance(expression, Local):
        return values.get(expression.slot, expression)
    return with_operands(expression, lambda part: with_locals(part, values))


def things_in(thing: object, without: tuple[type, ...] = ()) -> Iterator[object]:
    """Yield a noun of the model and everything it is made of; nouns `without` which to do are passed over whole."""
    if isinstance(thing, without):
        return
    yield thing
    if isinstance(thing, tuple):
        for part in thing:
            yield from things_in(part, without)
