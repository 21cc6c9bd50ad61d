"""YAML as a tree of our own, with a place on every node."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Literal, TypeAlias, Union

from siberia_quest.model.diagnostic import Span
from siberia_quest.model.named_tuple import NamedTuple

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_LONGEST_NUMBER = 40
_CONSTANTS = MappingProxyType({"true": True, "false": False, "null": None, "": None})
_ESCAPE_LENGTHS = MappingProxyType({"x": 4, "u": 6, "U": 10})
#: Space around a line break within a plain or quoted text: the reader of YAML folds it.
_FOLD = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)*")


#: How a value is written; `literal` is `|`, `folded` is `>`.
ScalarStyle: TypeAlias = Literal["plain", "quoted", "literal", "folded"]


class Scalar(NamedTuple):
    """A single value. `raw` is what the author wrote, signs and all.

    `text` is the value as a text. `indent` tells how far the lines of a literal or folded text are indented; `begin` how many
    characters of the whole text stand before this part of it.
    """

    text: str
    value: str | int | float | bool | None
    span: Span
    style: ScalarStyle
    raw: str = ""
    indent: int = 0
    begin: int = 0

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at an offset (in characters, from 0) of the text."""
        offset += self.begin
        line, column = self.span.line, self.span.column
        if self.style == "literal":
            return self._at_in_block(offset)
        if self.style == "plain" and "\n" not in self.raw:
            return line, column + offset
        places = list(_places(self.raw, self.style, self.indent))
        place = (
            places[min(offset, len(places) - 1)] + max(0, offset - len(places) + 1) if places else min(1, len(self.raw))
        )
        before = self.raw[:place]
        if "\n" not in before:
            return line, column + place
        return line + before.count("\n"), place - before.rfind("\n")

    def _at_in_block(self, offset: int) -> tuple[int, int]:
        lines = self.raw.split("\n")[1:]
        for number, line in enumerate(lines):
            width = max(0, len(line) - self.indent) + 1
            if offset < width or number == len(lines) - 1:
                return self.span.line + 1 + number, self.indent + 1 + min(offset, width - 1)
            offset -= width
        return self.span.line, self.span.column

    def part(self, start: int, end: int) -> Span:
        """Return the place of the characters from `start` to `end` of the text."""
        line, column = self.at(start)
        end_line, end_column = self.at(max(start, end - 1))
        return Span(self.span.file, line, column, end_line, end_column + 1)

    def tail(self, begin: int) -> "Scalar":
        """Return what stands from an offset of the text on, as a text that still knows its place."""
        rest = self.text[begin:]
        return self._replace(text=rest, value=rest, begin=self.begin + begin)


class Mapping(NamedTuple):
    """Keys with what stands under them, in order. `flow` is true when it is written in braces."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    span: Span
    flow: bool = False

    def get(self, key: str) -> "Node | None":
        """Return what stands under a key, None if it is not there."""
        for known, node in self.pairs:
            if known.text == key:
                return node
        return None

    def by_key(self) -> "dict[str, Node]":
        """Return what stands under each key, for who asks for many."""
        return {key.text: node for key, node in self.pairs}


class Sequence(NamedTuple):
    """A list. `flow` is true when it is written in brackets."""

    items: tuple["Node", ...]
    span: Span
    flow: bool = False


Node: TypeAlias = Union[Scalar, Mapping, Sequence]


def resolve_scalar(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means in YAML 1.2's core: true, false, null, decimal numbers; all else is text.

    >>> resolved("12"), resolved("-0.5"), resolved("no"), resolved("010"), resolved("1_000"), resolved("12:30")
    (12, -0.5, 'no', '010', '1_000', '12:30')
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "-0123456789" or len(text) > _LONGEST_NUMBER:
        return text
    match = _NUMBER.match(text)
    if match is None:
        return text
    return float(text) if match.group(1) else int(text)


def _places(raw: str, style: ScalarStyle, indent: int) -> Iterator[int]:
    """Yield for each character of a text the offset in `raw` of what stands for it."""
    if style == "folded":
        yield from _places_folded(raw, indent)
        return
    place, end = (1, len(raw) - 1) if style == "quoted" else (0, len(raw))
    while place < end:
        fold = _FOLD.match(raw, place, end) if raw[place] in " \t\n" else None
        if fold is not None:
            yield from [place] * max(1, fold.group().count("\n") - 1)
            place = fold.end()
        elif style == "quoted" and raw.startswith("\\\n", place) and raw[0] == '"':
            place += 2 + len(raw[place + 2 :]) - len(raw[place + 2 :].lstrip(" \t\n"))
        else:
            yield place
            place += _unit(raw, place) if style == "quoted" else 1


def _unit(raw: str, place: int) -> int:
    """Return how many characters between quotes stand for one."""
    if raw[0] == "'":
        return 2 if raw.startswith("''", place) else 1
    if raw[place] != "\\":
        return 1
    return _ESCAPE_LENGTHS.get(raw[place + 1 : place + 2], 2)


def _places_folded(raw: str, indent: int) -> Iterator[int]:
    lines = raw.split("\n")
    start, waiting, was_normal = len(lines[0]) + 1, 0, False
    for line in lines[1:]:
        body = line[indent:]
        if body:
            normal = body[0] not in " \t"
            breaks = max(1, waiting - 1) if normal and was_normal else waiting
            yield from [start - 1] * breaks
            yield from range(start + indent, start + indent + len(body))
            waiting, was_normal = 0, normal
        start += len(line) + 1
        waiting += 1
