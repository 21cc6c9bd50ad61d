"""YAML as a tree of our own, with a place on every node."""

import re
from typing import NamedTuple, TypeAlias, Union

from siberia_quest.model.diagnostic import Span

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)\Z", re.ASCII)
_FRACTION = re.compile(r"-?(?:0|[1-9]\d*)\.\d+\Z", re.ASCII)
_LONGEST_NUMBER = 40


class Scalar(NamedTuple):
    """A single value. `style` is plain, quoted or block; `text` is what the author wrote, without quotes.

    `starts` gives the column in which each line of a block begins, so that a place inside prose can be found.
    """

    text: str
    value: str | int | float | bool | None
    span: Span
    style: str
    starts: tuple[int, ...] = ()

    def part(self, start: int, end: int) -> Span:
        """Return the place of the characters from `start` to `end` of the text."""
        line, column = self._at(start)
        end_line, end_column = self._at(max(start, end - 1))
        return Span(self.span.file, line, column, end_line, end_column + 1)

    def _at(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        if self.style == "block":
            line = before.count("\n")
            column = offset - (before.rfind("\n") + 1)
            start = self.starts[line] if line < len(self.starts) else 1
            return self.span.line + 1 + line, start + column
        if self.span.end_line != self.span.line:
            return self.span.line, self.span.column
        return self.span.line, self.span.column + offset + (self.style == "quoted")


class Mapping(NamedTuple):
    """Keys with what stands under them, in order."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    span: Span
    flow: bool = False

    def get(self, key: str) -> "Node | None":
        """Return what stands under a key, None if it is not there."""
        for known, node in self.pairs:
            if known.text == key:
                return node
        return None


class Sequence(NamedTuple):
    """A list."""

    items: tuple["Node", ...]
    span: Span
    flow: bool = False


Node: TypeAlias = Union[Scalar, Mapping, Sequence]


def resolved(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means in YAML 1.2's core: true, false, null, decimal numbers; all else is text."""
    known = {"true": True, "false": False, "null": None, "": None}
    if text in known:
        return known[text]
    if len(text) <= _LONGEST_NUMBER and _INTEGER.match(text):
        return int(text)
    if len(text) <= _LONGEST_NUMBER and _FRACTION.match(text):
        return float(text)
    return text
