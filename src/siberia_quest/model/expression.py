"""Expressions, effects and texts after their names and kinds were checked."""

from typing import NamedTuple, TypeAlias, Union

from siberia_quest.model.kinds import Kind, Value


class Literal(NamedTuple):
    """A number, text, yes/no, member or (empty) set that stands in the story itself."""

    value: Value


class Variable(NamedTuple):
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
    """A formula or a table of the story, applied. `what` is `formula` or `table`."""

    what: str
    name: str
    arguments: tuple["Expression", ...]


class Builtin(NamedTuple):
    """A function of the language itself. A bare stat, kind or table name it needs is in `names`."""

    name: str
    arguments: tuple["Expression", ...] = ()
    names: tuple[str, ...] = ()


class Visits(NamedTuple):
    """How often a place was visited. `how` is `seen`, `visits` or `turns_since`; `site` "" is the passage itself."""

    how: str
    passage: str
    site: str


class Operation(NamedTuple):
    """`+ - * / // % and or`, or `not` and `-` with one operand."""

    operator: str
    operands: tuple["Expression", ...]


class Comparison(NamedTuple):
    """`0 < x <= 10`: the first operand and (operator, operand) pairs; operators include `in` and `not in`."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


class Conditional(NamedTuple):
    """`a if test else b`."""

    test: "Expression"
    then: "Expression"
    otherwise: "Expression"


Expression: TypeAlias = Union[
    Literal, Variable, Local, PerMember, ValueOf, Apply, Builtin, Visits, Operation, Comparison, Conditional
]


class Effect(NamedTuple):
    """One change: `target operator value`, with the operator `=`, `+=`, `-=` or `*=`."""

    target: Union[Variable, Local, PerMember, ValueOf]
    operator: str
    value: Expression
    at: tuple[int, int]


class Shown(NamedTuple):
    """`{strength}` or `{power:1}`: a value in a text; `decimals` None shows whole numbers."""

    value: Expression
    kind: Kind
    decimals: int | None = None


class Choose(NamedTuple):
    """`{if a then x | if b then y | z}`: the first arm whose condition holds; None is the last resort."""

    arms: tuple[tuple[Expression | None, "Parts"], ...]


class Alternatives(NamedTuple):
    """`{cycle | a | b}`: one arm by how often this `site` was shown. `how` is sequence, cycle, once, shuffle or random."""

    how: str
    site: str
    arms: tuple["Parts", ...]
    weights: tuple[int | float, ...] = ()


class Worded(NamedTuple):
    """`{plural(n, 'bear', 'bears')}`, `{words(n)}` or `{cap(x)}`: a function that makes text from texts and values."""

    name: str
    arguments: tuple["Shown | PhraseCall | Worded", ...]


class PhraseCall(NamedTuple):
    """`{tell(meant)}`: a phrase of the story, put in."""

    name: str
    arguments: tuple[Expression, ...]


#: A text: literal strings (clean, with markup as marks of `model.markup`) and what is put in between.
Parts: TypeAlias = tuple[Union[str, Shown, Choose, Alternatives, Worded, PhraseCall], ...]
