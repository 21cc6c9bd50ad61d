"""Code printed as JavaScript: the second printer, of the same tree as `engine.print_python`. Nothing here knows stories.

What an author wrote becomes nothing but constants: strings of JSON in which whatever could end a string, a script or a line is escaped.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias, assert_never

from siberia_quest.engine.code import (
    Area,
    Assign,
    Body,
    ByMember,
    Code,
    Compare,
    Function,
    Given,
    Invoke,
    Item,
    Join,
    Keep,
    Load,
    Needed,
    Operate,
    Pack,
    Part,
    Perform,
    Repeat,
    Result,
    Select,
    Statement,
    Store,
    Tell,
    Temporary,
    Use,
    When,
    Whole,
)  # fmt: skip
from siberia_quest.engine.print_python import is_constant
from siberia_quest.engine.program import name_of_needed
from siberia_quest.model.expression import Operator
from siberia_quest.model.functions import FORMS
from siberia_quest.model.steps import At

#: Templates of what the engine itself calls, by the names of `engine.runtime`; those of functions stand in `model.functions`.
_ENGINE: Mapping[str, str] = MappingProxyType({
    # moving about
    "goto": "w.goto({0})", "depart": "w.depart({0})", "leave": "w.leave({0})", "give": "w.give({0}, {1})", "at_label": "w.atLabel({0})",
    "call": "w.call({0}, {1}, {2})",
    "deal": "deal(w, {0}, {1}, {2}, {3})", "bring_back": "w.bringBack({0}, {1})", "finish": "w.finish()", "end": "w.end({0})",
    "offer": "w.offer({0})",
    "wait": "w.wait({0})", "spend": "w.spend()", "entitle": "w.entitle()", "this_turn": "(w.turn + 1)",
    "answer": "w.answer[1]", "is_answered": "same(w.answer[0], {0})",
    # chance and variety
    "check": "w.check({1}, {2}, {3})", "weigh": "w.weigh({0})",
    "sequence_arm": "sequenceArm({0}, {1}, {2})", "cycle_arm": "cycleArm({0}, {1}, {2})", "once_arm": "onceArm({0}, {1}, {2})",
    "shuffle_arm": "shuffleArm(w, {0}, {1}, {2}, {3})", "random_arm": "randomArm(w, {0}, {1}, {2}, {3})",
    # values
    "stored": "stored({0})", "tidy": "tidy({0})", "keep": "keep(w, {0}, {1})", "gain": "gain(w, {0}, {1})",
    "move": "move(w, {0}, {1}, {2})", "settle": "settle(w)", "hide": "hide(w, {0})", "copied": "[...{0}]",
    "stored_number": "tidy({0})", "within": "within({0}, {1}, {2})",
    "cut": "cut({0}, {1})", "newest": "newest({0}, {1}, {2})", "with_member": "withMember({0}, {1}, {2})",
    "without_member": "withoutMember({0}, {1})", "replaced": "replaced({0}, {1}, {2})",
    "visits_of": "w.visits({0}, {1})", "count_of_member": "{0}[{1}[{2}.indexOf({3})]]", "fixed_option": "{0}.options[{1}]",
    "fixed_offer": "{0}.get({1})",
    # texts
    "evened": "evened({0})", "plain": "plainLine({0})", "shown": "shown({0})", "decimal": "decimal(w.story.language, {0}, {1})",
    "listing": "listing(w.story.language, {0}, {1})", "likelihood": "likelihood({0})",
    # blocks of a page
    "beat": "beat({0}, {1})", "montage": "montage({0}, {1}, {2}, {3})", "tune": "music({0}, {1})",
    "show_stats": "showStats(w)", "show_journal": "showJournal(w)", "show_chart": "showChart(w, {0})",
    "show_art": "art({0}, {1})", "note": "w.note({0})", "made": "w.countText({0})", "achieve": "w.achieve({0})", "mark": "w.mark({0})",
    # the status and panels
    "figure": "figure({0}, {1}, {2}, {3}, {4})", "row_figure": "rowFigure({0}, {1}, {2}, {3})", "stat_row": "statRow(w, {0}, {1})",
    "row_between": "rowBetween({0}, {1}, {2}, {3}, {4})", "items_of": "itemsOf({0}, {1})", "journal_items": "journalItems(w, {0})",
    # what is on offer
    "none": "[]", "append": "{0}.push({1})", "option": "option({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})",
    "candidate": "candidate({0}, {1}, {2}, {3})", "deal_options": "dealOptions(w, {0}, {1}, {2}, {3}, {4})", "offer_of": "offerOf({0})",
    "record": "w.record({0}, {1})", "unmoved": "unmoved(w, {0}, {1})", "question": "ask({0}, {1}, {2}, {3}, {4}, {5}, {6})",
})  # fmt: skip
TEMPLATES: Mapping[str, str] = MappingProxyType(
    {**{name: form.javascript for name, (_, form) in FORMS.items()}, **_ENGINE}
)

_AREAS: Mapping[Area, str] = MappingProxyType({"values": "v", "locals": "L", "counters": "c", "arguments": "a"})
_LOGIC: Mapping[Operator, str] = MappingProxyType({"and": " && ", "or": " || "})
#: Operators of numbers: as they are between small numbers, and the function that does for all.
_ARITHMETIC: Mapping[Operator, tuple[str, str]] = MappingProxyType(
    {
        "+": ("+", "plus"),
        "-": ("-", "minus"),
        "*": ("", "times"),
        "/": ("", "over"),
        "//": ("", "floorOver"),
        "%": ("", "modulo"),
    }
)
_SIGNS: Mapping[str, str] = MappingProxyType({"<": "<", "<=": "<=", ">": ">", ">=": ">="})
#: Sums of no more than so many numbers that are stored (10^15 at most) stay within what JavaScript adds exactly.
_MOST_ADDED = 4
#: Gives a place in a file its number.
NumberPlace: TypeAlias = Callable[[At], int]
_LARGEST_EXACT = 2**53
#: What could end a string, a script, a comment or a line within a page.
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029", "\x7f": "\\u007f"}
)


def constant(value: object) -> str:
    r"""Return a constant as JavaScript. Raises TypeError for what is none.

    >>> print(constant(("</script>", 2, True, None)))
    ["\u003c/script\u003e",2,true,null]
    """
    if not is_constant(value):
        raise TypeError(value)
    if type(value) is int and abs(value) > _LARGEST_EXACT:
        return f"{value:d}n"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def print_function(function: Function, places: NumberPlace | None = None) -> str:
    """Return a function as JavaScript. With `places` it says at each statement that may fail where in the story it stands."""
    return _ScriptPrinter(function, places).print()


class NumberedPlaces:
    """The places in a story's files that printed code may name, by number."""

    def __init__(self) -> None:
        """Begin with none."""
        self.numbers: dict[tuple[str, int, int], int] = {}

    def number(self, file: str, at: At) -> int:
        """Return the number of a place."""
        return self.numbers.setdefault((file, *at), len(self.numbers))

    def within(self, file: str) -> NumberPlace:
        """Return what numbers the places of one file."""
        return lambda at: self.number(file, at)


class _ScriptPrinter:
    """Prints one function."""

    def __init__(self, function: Function, places: NumberPlace | None) -> None:
        self.function = function
        self.places = places
        self.lines: list[str] = []
        self.areas: set[str] = set()
        self.temporaries: dict[int, str] = {}
        self.at: int | None = None
        #: What is called within an expression puts the place back that it was called at.
        self.is_called = function.sort in {"formula", "phrase"}

    def print(self) -> str:
        _, _, arguments, counters, body = self.function
        self.body(body)
        own = {"v": "v = w.values", "L": "L = w.locals", "out": "out = w.blocks", "c": "c = w.counters"}
        if counters is not None and "c" in self.areas:
            own["c"] = f"c = {self.value(counters)}"
        opening = [own[area] for area in own if area in self.areas]
        if self.is_called and self.places:
            opening.append("was = w.at")
        head = [f"const {', '.join(opening)};"] if opening else []
        if self.temporaries:
            head.append(f"let {', '.join(self.temporaries.values())};")
        given = ", ".join(["w", *(f"a{each:d}" for each in range(arguments))])
        return "\n".join([f"({given}) => {{", *head, *self.lines, "}"])

    # --- statements ---------------------------------------------------------------------------------------------------

    def body(self, body: Body) -> None:
        for statement in body:
            self.statement(statement)

    def statement(self, statement: Statement) -> None:
        match statement:
            case Store(area, index, value):
                self.lines.append(f"{self.place(area, index)} = {self.stand(statement.at, value)};")
            case Assign(temporary, value):
                self.lines.append(f"{self.temporary(temporary)} = {self.stand(statement.at, value)};")
            case Perform(value):
                self.lines.append(f"{self.stand(statement.at, value)};")
            case Tell(value):
                self.areas.add("out")
                self.lines.append(f"out.push({self.stand(statement.at, value)});")
            case When(arms, otherwise):
                self.when(statement.at, arms, otherwise)
            case Repeat(local, members, body):
                self.lines.append(f"for ({self.place('locals', local)} of {constant(members)}) {{")
                self.body(body)
                self.lines.append("}")
                self.at = None
            case Result(value):
                self.result(statement.at, value)
            case _:
                assert_never(statement)

    def stand(self, at: At, *values: Code) -> str:
        """Say where the code stands, if one of the values may fail, and return the first as JavaScript."""
        if self.places and any(map(_may_fail, values)):
            number = self.places(at)
            if number != self.at:
                self.lines.append(f"w.at = {number};")
                self.at = number
        return self.value(values[0])

    def when(self, at: At, arms: tuple[tuple[Code, Body], ...], otherwise: Body) -> None:
        """Print a choice of blocks: tests are asked at one place, and a block may stand at others."""
        tests = tuple(test for test, _ in arms)
        self.stand(at, *tests)
        here, word = self.at, "if"
        for test, body in arms:
            self.lines.append(f"{word} ({self.value(test)}) {{")
            self.at = here
            self.body(body)
            word = "} else if"
        if otherwise:
            self.lines.append("} else {")
            self.at = here
            self.body(otherwise)
        self.lines.append("}")
        self.at = None

    def result(self, at: At, value: Code) -> None:
        made = self.stand(at, value)
        if self.is_called and self.places and self.at is not None:
            self.lines.append(f"const made = {made};")
            self.lines.append("w.at = was;")
            made = "made"
        self.lines.append(f"return {made};")

    # --- values -------------------------------------------------------------------------------------------------------

    def temporary(self, temporary: Temporary) -> str:
        return self.temporaries.setdefault(temporary.number, f"x{len(self.temporaries) + 1}")

    def fresh(self) -> str:
        return self.temporary(Temporary(-len(self.temporaries) - 1))

    def place(self, area: Area, slot: int) -> str:
        if area == "arguments":
            return f"a{slot:d}"
        self.areas.add(_AREAS[area])
        return f"{_AREAS[area]}[{slot:d}]"

    def row(self, items: tuple[Code, ...]) -> str:
        return ", ".join(map(self.value, items))

    def value(self, code: Code) -> str:  # noqa: C901, PLR0911, PLR0912  # one case for each node
        match code:
            case Given(value):
                return constant(value)
            case Load(area, index):
                return self.place(area, index)
            case Whole(area):
                self.areas.add(_AREAS[area])
                return _AREAS[area]
            case Temporary():
                return self.temporary(code)
            case Keep(temporary, value):
                return f"({self.temporary(temporary)} = {self.value(value)})"
            case Operate(operator, operands):
                return self.operate(operator, operands)
            case Compare(first, rest):
                return self.compare(first, rest)
            case Select(arms, otherwise):
                row = "".join(f"{self.value(test)} ? {self.value(value)} : " for test, value in arms)
                return f"({row}{self.value(otherwise)})"
            case Invoke(function, arguments):
                given = list(map(self.value, arguments))
                return TEMPLATES[function].format(*given, all=", ".join(given), rest=", ".join(given[1:]))
            case Needed():
                return name_of_needed(code)
            case Use(needed, arguments):
                flow = "" if needed.sort == "bounds" else "w, "
                return f"{name_of_needed(needed)}({flow}{self.row(arguments)})"
            case Item(Needed() | Part() as of, key):
                found = f"[{self.row(key.items)}].join(' ')" if isinstance(key, Pack) else self.value(key)
                return f"{self.value(of)}.get({found})"
            case Item(of, key):
                return f"{self.value(of)}[{self.value(key)}]"
            case Pack(items):
                return f"[{self.row(items)}]"
            case Join(items):
                return f"[{self.row(items)}].join('')"
            case ByMember(members, member, value):
                return f"{constant(members)}.map(({self.temporary(member)}) => {self.value(value)})"
            case Part(number):
                return f"p[{number:d}]"
            case _:
                assert_never(code)

    def operate(self, operator: Operator, operands: tuple[Code, ...]) -> str:
        if operator == "not":
            return f"!{self.value(operands[0])}"
        if operator in _LOGIC:
            return f"({_LOGIC[operator].join(map(self.value, operands))})"
        sign, function = _ARITHMETIC[operator]
        if len(operands) == 1:
            return f"negated({self.value(operands[0])})"
        is_small = len(operands) <= _MOST_ADDED and not any(map(_may_be_large, operands))
        made = self.value(operands[0])
        for each in operands[1:]:
            made = (
                f"({made} {sign} {self.value(each)})"
                if sign and is_small
                else f"{function}({made}, {self.value(each)})"
            )
        return made

    def compare(self, first: Code, rest: tuple[tuple[str, Code], ...]) -> str:
        """Print a comparison; what stands between two signs is worked out once."""
        pieces, left = [], self.value(first)
        for number, (sign, code) in enumerate(rest):
            right = self.value(code)
            if number < len(rest) - 1:
                name = self.fresh()
                pieces.append(_compare_two(left, sign, f"({name} = {right})"))
                left = name
            else:
                pieces.append(_compare_two(left, sign, right))
        return f"({' && '.join(pieces)})"


def _compare_two(left: str, sign: str, right: str) -> str:
    if sign in _SIGNS:
        return f"{left} {_SIGNS[sign]} {right}"
    call = f"same({left}, {right})" if sign in {"==", "!="} else f"holds({right}, {left})"
    return call if sign in {"==", "in"} else f"!{call}"


#: Functions that never fail, whatever they are given.
_SURE = frozenset({
    "this_turn", "none", "append", "copied", "fixed_option", "visits_of", "seen", "visits", "turns", "turns_since", "label", "value",
    "count", "one_of", "listing", "likelihood", "answer", "is_answered", "fixed_offer", "with_member", "without_member", "replaced",
    "cut", "newest", "evened", "plain", "option", "beat",
    "montage", "sequence_arm", "cycle_arm", "once_arm", "shuffle_arm", "random_arm", "record", "unmoved", "question",
})  # fmt: skip
#: Operators of numbers that may fail; what is added may not.
_FAILING = frozenset({"/", "//", "%", "*"})


def _may_fail(code: Code) -> bool:
    """Tell whether working something out may stop the story here."""
    match code:
        case Given() | Load() | Whole() | Temporary() | Needed() | Part():
            return False
        case Keep(_, value) | ByMember(_, _, value):
            return _may_fail(value)
        case Operate(operator, operands):
            return operator in _FAILING or any(map(_may_fail, operands))
        case Compare(first, rest):
            return _may_fail(first) or any(_may_fail(each) for _, each in rest)
        case Select(arms, otherwise):
            return _may_fail(otherwise) or any(_may_fail(test) or _may_fail(value) for test, value in arms)
        case Invoke(function, arguments):
            return function not in _SURE or any(map(_may_fail, arguments))
        case Use(_, arguments) | Pack(arguments) | Join(arguments):
            return any(map(_may_fail, arguments))
        case Item(of, key):
            return _may_fail(of) or _may_fail(key)
        case _:
            assert_never(code)


def _may_be_large(code: Code) -> bool:
    """Tell whether a number may be beyond what is stored: one that was multiplied, or that a formula made."""
    match code:
        case Given() | Load("values" | "counters" | "locals"):
            return False
        case Operate("+" | "-", operands):
            return len(operands) > _MOST_ADDED or any(map(_may_be_large, operands))
        case Operate("/"):
            return False
        case _:
            return True
