"""Code printed as Python. Nothing here knows stories: what is printed is a shape, and no constant, place or name of a story stands in it.

What differs between functions of one shape is held by `'k0'`, `'k1'`… (constants and the numbers of places, each of them once), by names of
an outer function (`n0`…: what is needed of the story) and by an argument (`p`: the parts of the passage). Nothing an author wrote can
become source, and functions that do alike are compiled once.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from siberia_quest.engine import code as tree
from siberia_quest.engine.runtime import OF_ALL, TEMPLATES
from siberia_quest.model.expression import Operator, Sign
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import At

_OPERATORS: Mapping[Operator, str] = MappingProxyType({
    "+": "+", "-": "-", "*": "*", "/": "/", "//": "//", "%": "%", "and": "and", "or": "or", "not": "not ",
})  # fmt: skip
_SIGNS: Mapping[Sign, str] = MappingProxyType({
    "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "in": "in", "not in": "not in",
})  # fmt: skip
_AREAS: Mapping[tree.Area, str] = MappingProxyType({"values": "v", "locals": "L", "counters": "c", "arguments": "a"})
#: Python's own parser and compiler nest only so deep: longer rows of arms and operands are printed in pieces of this length.
_LONGEST_ROW = 25
_USUAL = frozenset({str, int})
_CONSTANTS = frozenset({str, int, float, bool, type(None)})


class Printed(NamedTuple):
    """A function's shape, what its `k` and its `n` stand for, and the place in the story of each of its lines."""

    name: str
    shape: str
    constants: tuple[object, ...]
    needs: tuple[tree.Needed, ...]
    places: tuple[At, ...]


def print_function(function: tree.Function, at: At) -> Printed:
    """Return a function as Python; `at` is where what it was made of begins. Raises TypeError, ValueError or KeyError for strange trees."""
    return _Printer(function, at).print()


def is_constant(value: object) -> bool:
    """Tell whether a value can be a constant: one of the very kinds that a game keeps, and where it is a number, one."""
    if isinstance(value, tuple):
        return all(map(is_constant, value))
    return type(value) in _CONSTANTS and value == value  # noqa: PLR0124  # so all but what is no number


class _Printer:
    """Prints one function. `areas` are those it uses."""

    def __init__(self, function: tree.Function, at: At) -> None:
        self.function = function
        self.lines: list[str] = []
        self.places: list[At] = []
        self.at = at
        self.areas: set[str] = set()
        self.constants: list[object] = []
        self.needs: dict[tree.Needed, str] = {}
        self.temporaries: dict[int, str] = {}

    def print(self) -> Printed:
        sort, number, arguments, counters, body = self.function
        begin = self.at
        self.body(body, 2)
        own = {"v": "v = w.values", "L": "L = w.locals", "out": "out = w.blocks", "c": "c = w.counters"}
        if counters is not None and "c" in self.areas:
            own["c"] = f"c = {self.value(counters)}"
        opening = "; ".join([own[area] for area in own if area in self.areas])
        given = [f"a{each:d}" for each in range(arguments)]
        inside = ", ".join(["w", *given, "p"])
        outside = ", ".join(self.needs.values())
        head = [f"def make({outside}):", f"    def made({inside}):", *([f"        {opening}"] if opening else [])]
        shape = "\n".join((*head, *self.lines, ""))
        places = (begin,) * len(head) + tuple(self.places)
        return Printed(f"{sort}_{number:d}", shape, tuple(self.constants), tuple(self.needs), places)

    # --- statements ---------------------------------------------------------------------------------------------------

    def line(self, text: str, depth: int) -> None:
        self.lines.append("    " * depth + text)
        self.places.append(self.at)

    def body(self, body: tree.Body, depth: int) -> None:
        if not body:
            self.line("pass", depth)
        for statement in body:
            self.statement(statement, depth)

    def statement(self, statement: tree.Statement, depth: int) -> None:
        self.at = statement.at
        match statement:
            case tree.Store(area, index, value):
                self.line(f"{self.place(area, index)} = {self.value(value)}", depth)
            case tree.Assign(temporary, value):
                self.line(f"{self.temporary(temporary)} = {self.value(value)}", depth)
            case tree.Perform(value):
                self.line(self.value(value), depth)
            case tree.Tell(value):
                self.areas.add("out")
                self.line(f"out.append({self.value(value)})", depth)
            case tree.When(arms, otherwise):
                self.when(arms, otherwise, depth)
            case tree.Repeat(local, members, body):
                self.line(f"for {self.place('locals', local)} in {self.constant(members)}:", depth)
                self.body(body, depth + 1)
            case tree.Result(value):
                self.line(f"return {self.value(value)}", depth)
            case _:
                assert_never(statement)

    def when(self, arms: tuple[tuple[tree.Code, tree.Body], ...], otherwise: tree.Body, depth: int) -> None:
        if len(arms) > _LONGEST_ROW:
            numbered = tuple((test, tree.Given(number)) for number, (test, _) in enumerate(arms))
            name, bodies = self.fresh(), [*(body for _, body in arms), otherwise]
            self.line(f"{name} = {self.value(tree.Select(numbered, tree.Given(len(arms))))}", depth)
            self.dispatch(name, bodies, 0, depth)
            return
        word, at = "if", self.at
        for test, body in arms:
            self.at = at
            self.line(f"{word} {self.value(test)}:", depth)
            self.body(body, depth + 1)
            word = "elif"
        if otherwise:
            self.line("else:", depth)
            self.body(otherwise, depth + 1)

    def dispatch(self, name: str, bodies: list[tree.Body], first: int, depth: int) -> None:
        """Print one of many bodies, by the number that a name holds; `first` is the number of the first."""
        if len(bodies) == 1:
            self.body(bodies[0], depth)
            return
        middle = len(bodies) // 2
        self.line(f"if {name} < {first + middle}:", depth)
        self.dispatch(name, bodies[:middle], first, depth + 1)
        self.line("else:", depth)
        self.dispatch(name, bodies[middle:], first + middle, depth + 1)

    # --- values -------------------------------------------------------------------------------------------------------

    def fresh(self) -> str:
        return self.temporary(tree.Temporary(-len(self.temporaries) - 1))

    def temporary(self, temporary: tree.Temporary) -> str:
        """Return a temporary's name: numbered within the function, so that functions that do alike have one shape."""
        known = self.temporaries.get(temporary.number)
        if known is None:
            known = self.temporaries[temporary.number] = f"x{len(self.temporaries) + 1}"
        return known

    def constant(self, value: object) -> str:
        """Return the name that stands for a constant. Raises TypeError for what is none."""
        if type(value) not in _USUAL:  # as most are
            if value is None or value is True or value is False:
                return str(value)
            if not is_constant(value):
                raise TypeError(value)
        self.constants.append(value)
        return f"'k{len(self.constants) - 1}'"

    def place(self, area: tree.Area, slot: int) -> str:
        if area == "arguments":
            return f"a{slot:d}"
        name = _AREAS[area]
        self.areas.add(name)
        return f"{name}[{self.constant(slot)}]"

    def name(self, needed: tree.Needed) -> str:
        known = self.needs.get(needed)
        if known is None:
            known = self.needs[needed] = f"n{len(self.needs)}"
        return known

    def row(self, items: tuple[tree.Code, ...]) -> str:
        return ", ".join([self.value(each) for each in items])

    def value(self, code: tree.Code) -> str:  # noqa: C901, PLR0911, PLR0912  # one case for each node
        match code:
            case tree.Given(value):
                return self.constant(value)
            case tree.Load(area, index):
                return self.place(area, index)
            case tree.Invoke(function, arguments):
                return self.invoke(function, arguments)
            case tree.Operate(operator, operands):
                return self.operate(operator, operands)
            case tree.Compare(first, rest):
                pairs = "".join([f" {_SIGNS[sign]} {self.value(right)}" for sign, right in rest])
                return f"({self.value(first)}{pairs})"
            case tree.Select(arms, otherwise):
                return self.select(arms, otherwise)
            case tree.Join(items):
                return f"''.join(({self.row(items)},))"
            case tree.Pack(items):
                fixed = [each.value for each in items if isinstance(each, tree.Given)]
                if len(fixed) == len(items):
                    return self.constant(tuple(fixed))
                return f"({self.row(items)},)"
            case tree.Item(of, tree.Given(int() as number)) if (
                type(number) is int
            ):  # Python warns of a row with an index that is no number
                return f"{self.value(of)}[{number:d}]"
            case tree.Item(of, key):
                return f"{self.value(of)}[{self.value(key)}]"
            case tree.Temporary():
                return self.temporary(code)
            case tree.Keep(temporary, value):
                return f"({self.temporary(temporary)} := {self.value(value)})"
            case tree.Needed():
                return self.name(code)
            case tree.Use(needed, arguments):
                flow = "" if needed.sort == "bounds" else "w, "
                return f"{self.name(needed)}({flow}{self.row(arguments)})"
            case tree.ByMember(members, member, value):
                name = self.temporary(member)
                return f"tuple([{self.value(value)} for {name} in {self.constant(members)}])"
            case tree.Part(number):
                return f"p[{self.constant(number)}]"
            case tree.Whole(area):
                self.areas.add(_AREAS[area])
                return _AREAS[area]
            case _:
                assert_never(code)

    def invoke(self, function: str, arguments: tuple[tree.Code, ...]) -> str:
        given = [self.value(each) for each in arguments]
        if function in OF_ALL:
            return TEMPLATES[function].format(*given, all=", ".join(given), rest=", ".join(given[1:]))
        return TEMPLATES[function].format(*given)

    def operate(self, operator: Operator, operands: tuple[tree.Code, ...]) -> str:
        sign = _OPERATORS[operator]
        if len(operands) == 1:
            return f"({sign}{self.value(operands[0])})"
        if len(operands) <= _LONGEST_ROW or operator in {"and", "or"}:
            return f"({f' {sign} '.join([self.value(each) for each in operands])})"
        name, pieces, before = self.fresh(), [], ""
        for first in range(0, len(operands), _LONGEST_ROW):
            row = f" {sign} ".join([self.value(each) for each in operands[first : first + _LONGEST_ROW]])
            pieces.append(f"({name} := {before}{row})")
            before = f"{name} {sign} "
        return f"({', '.join(pieces)})[-1]"

    def select(self, arms: tuple[tuple[tree.Code, tree.Code], ...], otherwise: tree.Code) -> str:
        if len(arms) <= _LONGEST_ROW:
            row = "".join([f"{self.value(value)} if {self.value(test)} else " for test, value in arms])
            return f"({row}{self.value(otherwise)})"
        pieces = []
        for first in range(0, len(arms), _LONGEST_ROW):
            some = arms[first : first + _LONGEST_ROW]
            tested = [f"({self.value(value)},) if {self.value(test)} else " for test, value in some]
            pieces.append(f"({''.join(tested)}None)")
        return f"({' or '.join(pieces)} or ({self.value(otherwise)},))[0]"
