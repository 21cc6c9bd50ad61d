"""A story's code as a tree: what `engine.code_*` make of passages, formulas and phrases, and what a printer turns into a language.

Every name is a number or one of a closed set, so that nothing an author wrote can become anything but a constant. What a piece
needs of its story (`Needed`) and of its passage (`Part`) stands in the tree. A printer knows these nodes and nothing of stories.
Decision 0003 says why this tree and not another.
"""

from typing import Literal, TypeAlias, Union

from siberia_quest.model.expression import Operator, Sign
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import At

#: What a turn in progress works on: a game's values, its passage's locals and counters; a formula's or phrase's arguments.
Area: TypeAlias = Literal["values", "locals", "counters", "arguments"]
#: What a story has by number: functions (formula, phrase, table by bounds) and tables by members; for a kind, the labels of its
#: members, their places in it, and the slots of the stats that they name.
NeedSort: TypeAlias = Literal["formula", "phrase", "bounds", "cells", "labels", "order", "stats"]


class Given(NamedTuple):
    """A constant."""

    value: Value | None


class Load(NamedTuple):
    """What stands at a place of an area."""

    area: Area
    slot: int


class Whole(NamedTuple):
    """A whole area, for a function that works on it."""

    area: Area


class Temporary(NamedTuple):
    """A name within one function, by number."""

    number: int


class Keep(NamedTuple):
    """A value, which a temporary keeps for what is evaluated after it."""

    temporary: Temporary
    value: "Code"


class Operate(NamedTuple):
    """`+ - * / // % and or` between operands; `not` and `-` with one."""

    operator: Operator
    operands: tuple["Code", ...]


class Compare(NamedTuple):
    """`a < b <= c`: the first operand and (sign, operand) pairs."""

    first: "Code"
    rest: tuple[tuple[Sign, "Code"], ...]


class Select(NamedTuple):
    """The first of several values whose test holds, else the last."""

    arms: tuple[tuple["Code", "Code"], ...]
    otherwise: "Code"


class Invoke(NamedTuple):
    """A function of the runtime (`engine.runtime`) or of the language (`model.functions`), by its name there."""

    function: str
    arguments: tuple["Code", ...] = ()


class Needed(NamedTuple):
    """Something of the story, by its sort and number."""

    sort: NeedSort
    number: int


class Use(NamedTuple):
    """A formula, phrase or table by bounds, applied."""

    needed: Needed
    arguments: tuple["Code", ...]


class Item(NamedTuple):
    """What a sequence or table holds at a key."""

    of: "Code"
    key: "Code"


class Pack(NamedTuple):
    """Values as a tuple."""

    items: tuple["Code", ...]


class Join(NamedTuple):
    """Texts, one after the other."""

    items: tuple["Code", ...]


class ByMember(NamedTuple):
    """A value worked out for each member, which a temporary holds meanwhile: as a tuple of all of them."""

    members: tuple[str, ...]
    member: Temporary
    value: "Code"


class Part(NamedTuple):
    """Another part of the passage, by number: a segment, a waiting point, offers."""

    number: int


Code: TypeAlias = Union[
    Given, Load, Whole, Temporary, Keep, Operate, Compare, Select, Invoke, Needed, Use, Item, Pack, Join, ByMember, Part
]


class Store(NamedTuple):
    """A value is put at a place of an area."""

    area: Area
    slot: int
    value: Code
    at: At


class Assign(NamedTuple):
    """A value is kept under a temporary name."""

    temporary: Temporary
    value: Code
    at: At


class Perform(NamedTuple):
    """Something is done for its effect."""

    value: Code
    at: At


class Tell(NamedTuple):
    """A text or block goes onto the page."""

    value: Code
    at: At


class When(NamedTuple):
    """The first block whose test holds is done, else the last."""

    arms: tuple[tuple[Code, "Body"], ...]
    otherwise: "Body"
    at: At


class Repeat(NamedTuple):
    """A block is done for each member, which a local holds meanwhile."""

    local: int
    members: tuple[str, ...]
    body: "Body"
    at: At


class Result(NamedTuple):
    """The function ends with a value: for a segment, what comes next, None where the story waits or has ended."""

    value: Code
    at: At


Statement: TypeAlias = Union[Store, Assign, Perform, Tell, When, Repeat, Result]
Body: TypeAlias = tuple[Statement, ...]


#: What a function makes: the next segment, what is on offer, a question, a text, a value, or the storylets that qualify.
FunctionSort: TypeAlias = Literal["segment", "offers", "question", "title", "formula", "phrase", "value", "storylets"]


class Function(NamedTuple):
    """A function of a turn in progress and so many arguments. `counters` makes the area of counters where it is not the passage's."""

    sort: FunctionSort
    number: int
    arguments: int
    counters: Code | None
    body: Body
