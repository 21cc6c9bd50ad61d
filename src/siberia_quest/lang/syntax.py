"""Expressions and effects as they are written: reading them into a tree with places."""

import re
from collections.abc import Callable
from typing import Literal, NoReturn, TypeAlias, TypeVar, Union, assert_never

from siberia_quest.lang.other_signs import (
    Surroundings,
    cure_of_missing,
    refuse_change,
    refuse_missing,
    refuse_rest,
    refuse_sign,
)
from siberia_quest.model.diagnostic import Severity
from siberia_quest.model.expression import EFFECT_SIGNS, EffectSign, Operator, Sign
from siberia_quest.model.letters import NAME
from siberia_quest.model.named_tuple import NamedTuple

#: How deep an expression may nest; Python's own parser, which meets the compiled form, allows about three times that.
DEEPEST = 40
_LONGEST_NUMBER = 40

Word = TypeVar("Word", bound=str)
TokenSort: TypeAlias = Literal["number", "text", "name", "sign", "end"]


class SourceFault(NamedTuple):
    """A mistake at characters `start` to `end` of a source text; `loading` gives it its place in the file."""

    code: str
    message: str
    start: int
    end: int
    why: str = ""
    fix: str = ""
    severity: Severity = "error"


class SyntaxFault(Exception):  # noqa: N818  # it carries a Fault
    """The source cannot be read on."""

    def __init__(self, fault: SourceFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Number(NamedTuple):
    """A number."""

    value: int | float
    start: int
    end: int


class Quoted(NamedTuple):
    """A text in quotes."""

    text: str
    start: int
    end: int


class Name(NamedTuple):
    """A bare word, perhaps with dots."""

    name: str
    start: int
    end: int


class Several(NamedTuple):
    """`{cut, ribs}`: a set or a list, written out; `{}` is the empty one."""

    items: tuple["Syntax", ...]
    start: int
    end: int


class ParsedCall(NamedTuple):
    """A word with arguments in parentheses."""

    name: str
    arguments: tuple["Syntax", ...]
    start: int
    end: int


class ParsedOperation(NamedTuple):
    """An operator between (or before) operands; a run of the same operator is one node."""

    operator: Operator
    operands: tuple["Syntax", ...]
    start: int
    end: int


class ParsedComparison(NamedTuple):
    """A chain of comparisons."""

    first: "Syntax"
    rest: tuple[tuple[Sign, "Syntax"], ...]
    start: int
    end: int


class ParsedConditional(NamedTuple):
    """`a if test else b`."""

    test: "Syntax"
    then: "Syntax"
    otherwise: "Syntax"
    start: int
    end: int


Syntax: TypeAlias = Union[
    Number, Quoted, Name, Several, ParsedCall, ParsedOperation, ParsedComparison, ParsedConditional
]


class ParsedEffect(NamedTuple):
    """`target operator value`, as it was written."""

    target: Syntax
    operator: EffectSign
    value: Syntax
    start: int
    end: int


class Token(NamedTuple):
    """A word of the source."""

    sort: TokenSort
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    rf"""\s*(?:(?P<number>\d+(?:\.\d+)?)
    |(?P<text>'(?:[^']|'')*'|"[^"]*")
    |(?P<name>{NAME}(?:\.{NAME})*)
    |(?P<sign>//|===|!==|<=|>=|==|!=|\+=|-=|\*=|/=|&&|\|\||\*\*|<>|=>|=<|[-+*/%<>=(),{{}}!&|^~])
    |(?P<end>$))""",
    re.VERBOSE,
)
_SORTS: tuple[TokenSort, ...] = ("number", "text", "name", "sign", "end")
_COMPARISONS: tuple[Sign, ...] = ("==", "!=", "<", "<=", ">", ">=", "in")
_SUMS: tuple[Operator, ...] = ("+", "-")
_PRODUCTS: tuple[Operator, ...] = ("*", "//", "/", "%")
_WORDS = frozenset({"and", "or", "not", "if", "else", "in"})


def find_word(word: str, words: tuple[Word, ...]) -> Word | None:
    """Return a word as one of a closed set, None when it is none of them."""
    return words[words.index(word)] if word in words else None


def tokens_of(source: str) -> list[Token]:
    """Split a source into tokens, the last of sort `end`. Raises SyntaxFault."""
    found = []
    at = 0
    while True:
        match = _TOKEN.match(source, at)
        if match is None:
            at += len(source[at:]) - len(source[at:].lstrip())
            said, fix, end = refuse_sign(source, at)
            raise SyntaxFault(SourceFault("SQ301", said, at, end, fix=fix))
        sort = find_word(match.lastgroup or "end", _SORTS) or "end"
        found.append(Token(sort, match.group(sort), match.start(sort), match.end(sort)))
        at = match.end()
        if sort == "end":
            return found


class Reader:
    """Reads one source from left to right; recursive descent, one method for each level of precedence."""

    def __init__(self, source: str) -> None:
        """Split the source. Raises SyntaxFault."""
        self.source = source
        self.tokens = tokens_of(source)
        self.index = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.index]

    def take(self, *texts: str) -> Token | None:
        """Read the next token if it is one of these signs or words."""
        token = self.tokens[self.index]
        if token.text in texts and token.sort in {"sign", "name"}:
            self.index += 1
            return token
        return None

    def take_word(self, words: tuple[Word, ...]) -> Word | None:
        """Read the next token if it is one of these, and return which."""
        token = self.tokens[self.index]
        if token.text in words and token.sort in {"sign", "name"}:
            self.index += 1
            return find_word(token.text, words)
        return None

    def fail(self, message: str, fix: str = "", code: str = "SQ301") -> NoReturn:
        """Raise a fault at the next token."""
        token = self.next
        raise SyntaxFault(SourceFault(code, message, token.start, max(token.end, token.start + 1), fix=fix))

    def expect(self, sign: str, what: str) -> Token:
        """Read a sign that must stand here."""
        token = self.take(sign)
        if token is None:
            self.fail(f"`{sign}` is missing {what}", cure_of_missing(self.source, sign, self.next.start))
        return token

    def finish(self) -> None:
        """Make sure that nothing is left."""
        if self.next.sort == "end":
            return
        if self.next.text in EFFECT_SIGNS and self.next.text != "=":
            self.fail(f"`{self.next.text}` changes something, and this is a question", "changes belong in `do:`")
        self.fail(*refuse_rest(self.source, self.surroundings))

    @property
    def surroundings(self) -> Surroundings:
        """What stands before the next token, it itself, and what stands behind it."""
        before = self.tokens[self.index - 1] if self.index else None
        return Surroundings(before.text if before else "", self.next.text, self.token_behind.text, self.next.start)

    @property
    def token_behind(self) -> Token:
        """The token behind the next one."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def expression(self) -> Syntax:
        """`a if test else b`, or anything that binds closer."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail("too many parentheses within each other", "give a part of it a name under `formulas:`", "SQ302")
        node = self.atom() if self._is_alone() else self.either()
        if self.take("if"):
            test = self.either()
            self.expect("else", "after `if` in the middle of an expression")
            otherwise = self.expression()
            node = ParsedConditional(test, node, otherwise, node.start, otherwise.end)
        self.depth -= 1
        return node

    def _is_alone(self) -> bool:
        """Tell whether a single value comes next, as most often: then there is no operator to look for, level by level."""
        here, behind = self.tokens[self.index], self.tokens[min(self.index + 1, len(self.tokens) - 1)]
        return here.sort in {"number", "text", "name"} and here.text not in _WORDS and behind.text in {",", ")", ""}

    def either(self) -> Syntax:
        """`a or b`."""
        nodes = [self.both()]
        while self.take("or"):
            nodes.append(self.both())
        return _run("or", nodes)

    def both(self) -> Syntax:
        """`a and b`."""
        nodes = [self.negation()]
        while self.take("and"):
            nodes.append(self.negation())
        return _run("and", nodes)

    def negation(self) -> Syntax:
        """`not a`."""
        signs = []
        while token := self.take("not"):
            signs.append(token)
        node = self.comparison()
        for token in reversed(signs[-1:] if len(signs) % 2 else signs[-2:]):
            node = ParsedOperation("not", (node,), token.start, node.end)
        return node

    def comparison(self) -> Syntax:
        """`a < b <= c`, `a in b`, `a not in b`."""
        first = self.total()
        rest: list[tuple[Sign, Syntax]] = []
        while operator := self._comparison_sign():
            rest.append((operator, self.total()))
        return ParsedComparison(first, tuple(rest), first.start, rest[-1][1].end) if rest else first

    def _comparison_sign(self) -> Sign | None:
        if self.next.text == "not" and self.tokens[self.index + 1].text == "in" and self.next.sort == "name":
            self.index += 2
            return "not in"
        return self.take_word(_COMPARISONS)

    def total(self) -> Syntax:
        """`a + b - c`."""
        return self._chain(_SUMS, self.product)

    def product(self) -> Syntax:
        """`a * b / c // d % e`."""
        return self._chain(_PRODUCTS, self.read_signed)

    def _chain(self, operators: tuple[Operator, ...], operand: Callable[[], Syntax]) -> Syntax:
        """Read operands from left to right; a run of one operator is one node, however long it is."""
        node = operand()
        while operator := self.take_word(operators):
            if operator == "%" and (self.next.sort == "end" or self.next.text in {",", ")"}):
                self.index -= 1
                self.fail("`%` stands for what is left of a division", "write the number alone, without the sign")
            operands = [*_operands_of_run(node, operator), operand()]
            while operator != "%" and self.take(operator):
                operands.append(operand())
            node = ParsedOperation(operator, tuple(operands), node.start, operands[-1].end)
        return node

    def read_signed(self) -> Syntax:
        """`-a`."""
        sign = self.take("-")
        again = self.take("-") if sign else None
        if again:
            self.index -= 1
            self.fail("two minus signs in a row", "take one out")
        node = self.atom()
        if sign is None:
            return node
        if isinstance(node, Number):
            return Number(-node.value, sign.start, node.end)
        return ParsedOperation("-", (node,), sign.start, node.end)

    def atom(self) -> Syntax:
        """A number, text, name, call, `{}` or something in parentheses."""
        token = self.next
        self.index += 1
        if token.sort == "number":
            return Number(_number(token.text), token.start, token.end)
        if token.sort == "text":
            quote = token.text[0]
            return Quoted(token.text[1:-1].replace(quote * 2, quote), token.start, token.end)
        if token.sort == "name" and token.text not in _WORDS:
            return self._call(token) if self.next.text == "(" and self.next.sort == "sign" else Name(*token[1:])
        if token.text == "(":
            node = self.expression()
            self.expect(")", "to close the parenthesis")
            return node._replace(start=token.start, end=self.tokens[self.index - 1].end)
        if token.text == "{":
            items = self._items("}", "to close the set")
            return Several(items, token.start, self.tokens[self.index - 1].end)
        self.index -= 1
        return self._refuse_missing()

    def _refuse_missing(self) -> NoReturn:
        self.fail(*refuse_missing(self.source, self.surroundings))

    def _call(self, name: Token) -> ParsedCall:
        self.index += 1
        arguments = self._items(")", f"to close `{name.text}(`")
        return ParsedCall(name.text, arguments, name.start, self.tokens[self.index - 1].end)

    def _items(self, last: str, why: str) -> tuple[Syntax, ...]:
        """Read what stands between commas, up to a closing sign."""
        items = [] if self.next.text == last else [self.expression()]
        while items and self.take(","):
            items.append(self.expression())
        self.expect(last, why)
        return tuple(items)

    def effect(self, above: ParsedEffect | None = None) -> ParsedEffect:
        """`target += value`; `above` is the effect before it."""
        target = self.atom()
        begun = self.next
        sign = self.take_word(EFFECT_SIGNS)
        if sign is None:
            self._refuse_unchanging(self.source[target.start : target.end], above)
        self._refuse_reversed(begun, self.source[target.start : target.end])
        value = self.expression()
        return ParsedEffect(target, sign, value, target.start, value.end)

    def _refuse_unchanging(self, name: str, above: ParsedEffect | None) -> NoReturn:
        """Raise what is wrong where no sign of a change follows a name."""
        if above and above.operator in {"+=", "-="} and self.next.text in {"", ","}:
            held = self.source[above.target.start : above.target.end]
            self.fail("this changes nothing", f"write `{held} {above.operator} {name}`, a change for each")
        self.fail(*refuse_change(name, self.next.text, self.token_behind.text))

    def _refuse_reversed(self, token: Token, name: str) -> None:
        """Refuse `=+ 1`, and `=- 1`, which would set and not subtract."""
        here, behind = self.next, self.tokens[min(self.index + 1, len(self.tokens) - 1)]
        if token.text == "=" and here.start == token.end and here.text in {"+", "-", "*"} and behind.start > here.end:
            self.fail(f"`={here.text}` has its signs in the wrong order", f"write `{name} {here.text}= …`")


def _run(operator: Operator, nodes: list[Syntax]) -> Syntax:
    if len(nodes) == 1:
        return nodes[0]
    return ParsedOperation(operator, tuple(nodes), nodes[0].start, nodes[-1].end)


def _operands_of_run(node: Syntax, operator: Operator) -> tuple[Syntax, ...]:
    """Return what a run of an operator begins with: the operands of such a run in parentheses, else the node."""
    if isinstance(node, ParsedOperation) and node.operator == operator and len(node.operands) > 1 and operator != "%":
        return node.operands
    return (node,)


def read_expression(source: str) -> Syntax:
    """Read one expression. Raises SyntaxFault."""
    reader = Reader(source)
    if reader.next.sort == "end":
        reader.fail("there is nothing here", "write a condition or a number")
    node = reader.expression()
    reader.finish()
    return _shallow(node)


def read_effects(source: str) -> list[ParsedEffect]:
    """Read effects, split at top-level commas. Raises SyntaxFault."""
    reader = Reader(source)
    effects = [reader.effect()]
    while reader.take(","):
        effects.append(reader.effect(effects[-1]))
    if reader.next.text not in EFFECT_SIGNS and reader.token_behind.text not in EFFECT_SIGNS:
        reader.finish()
    if reader.next.sort != "end":
        reader.fail("a comma is missing between two changes", "separate changes with commas, or write a list")
    for effect in effects:
        _shallow(effect.value)
    return effects


def _shallow(node: Syntax) -> Syntax:
    """Refuse what a long chain of mixed operators nests too deep; the walk itself does not recurse."""
    waiting = [(node, 1)]
    while waiting:
        here, depth = waiting.pop()
        if depth > DEEPEST:
            fault = SourceFault(
                "SQ302",
                "too much stands in one line here",
                node.start,
                node.end,
                fix="give a part of it a name under `formulas:`",
            )
            raise SyntaxFault(fault)
        waiting += [(child, depth + 1) for child in children(here)]
    return node


def children(node: Syntax) -> tuple[Syntax, ...]:
    """Return the parts of a node."""
    match node:
        case ParsedCall():
            return node.arguments
        case ParsedOperation():
            return node.operands
        case ParsedComparison():
            return (node.first, *(right for _, right in node.rest))
        case ParsedConditional():
            return (node.test, node.then, node.otherwise)
        case Several():
            return node.items
        case Number() | Quoted() | Name():
            return ()
    assert_never(node)


def _number(digits: str) -> int | float:
    """Return a number; one that is longer than any that is allowed is cut, for Python makes none of thousands of digits."""
    return float(digits) if "." in digits else int(digits[:_LONGEST_NUMBER])
