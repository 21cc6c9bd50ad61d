"""Dashes, colons and spaces of other keyboards, where a file's structure needs those of YAML: told once, and read as they were meant."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from siberia_quest.loading.yaml_traps import LANGUAGE_KEYS, trap
from siberia_quest.model.diagnostic import Diagnostic, Span

_DASHES = "–—−‐‑‒―•▪●‣·"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Spaces that are as wide as two letters.
_WIDE = frozenset("\u2003\u3000")
_LINE = re.compile(
    rf"(?P<indent>[ {_SPACES}]*)(?P<dashes>(?:[-{_DASHES}][ {_SPACES}]+)*)"
    r"(?:(?P<key>[^\W\d][\w.]*)[ ]*(?P<colon>[:：])(?P<space>[ ]?))?(?P<rest>.*)"
)
_HEADED = re.compile(r"(?:^|[\s:：-])[|>][+-]?[1-9]?[+-]?[ ]*(?:#.*)?$")
#: A line that may begin so; most texts have none, and are passed over at once.
_SUSPECT = re.compile(rf"^[ ]*(?:[{_DASHES}{_SPACES}]|(?:- +)*[^\W\d][\w.]*[ ]*：)", re.MULTILINE)
#: Keys under which a list stands, and no prose can.
_LISTS = frozenset(
    {"steps", "choices", "topics", "when", "random", "sequence", "cycle", "shuffle", "once", "play", "expect", "beats"}
)
_MOST_RELATED = 5


class _Mended(NamedTuple):
    """A line as it was meant, and where a sign of another keyboard stands in it."""

    line: str
    column: int
    sign: str


def plain_signs(text: str, file: str) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Return a text with the signs of YAML in place of others like them, in the ways that may be meant, and what is said of these."""
    if text.isascii() or _SUSPECT.search(text) is None:
        return (text,), []
    places: dict[str, list[Span]] = {}
    ways = []
    for width in (1, 2):  # of a wide space
        places.clear()
        lines = text.split("\n")
        for number, mended in _mend(text.split("\n"), width):
            lines[number] = mended.line
            span = Span(file, number + 1, mended.column + 1, number + 1, mended.column + 2)
            places.setdefault(mended.sign, []).append(span)
        ways.append("\n".join(lines))
    return tuple(dict.fromkeys(ways)), [_tell(sign, spans) for sign, spans in places.items()]


def _tell(sign: str, spans: list[Span]) -> Diagnostic:
    more = f", and {len(spans) - 1} more like it" if len(spans) > 1 else ""
    if sign.isspace():
        said = f"a space that is not an ordinary one indents this line{more}" if more else ""
        problem = trap("SQ143", spans[0], message=said, sign=f"U+{ord(sign):04X}")
    else:
        what, plain = ("colon", ":") if sign == "：" else ("dash", "-")
        behind = "behind a name" if what == "colon" else "of a list"
        problem = trap("SQ148", spans[0], message=f"`{sign}` is not the {what} {behind}{more}", sign=plain)
    return problem._replace(related=tuple(spans[1 : _MOST_RELATED + 1]))


def _mend(lines: list[str], width: int) -> Iterator[tuple[int, _Mended]]:
    """Yield the lines with a sign of another keyboard in their structure; those of prose under `|` are left alone."""
    block, above, columns, is_strange = -1, "", set[int](), False
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        if match is None or not line.strip():
            continue
        indent = sum(width if each in _WIDE else 1 for each in match["indent"])
        if block >= 0 and indent > block:
            if is_strange and (mended := _mend_indent(line, match["indent"], width)):
                yield number, mended
            continue
        key, dashes = match["key"] or "", match["dashes"]
        column = indent + len(dashes) if key else indent + max(0, len(dashes.rstrip()) - 1)
        block = column if _HEADED.search(line) else -1
        is_strange = match["indent"].strip(" ") != ""
        is_item = key in LANGUAGE_KEYS or above in _LISTS or indent in columns
        if dashes and dashes[0] in _DASHES and is_item:
            columns.add(indent)
        yield from ((number, each) for each in _mend_line(line, match, width, is_item=is_item))
        above = key if not match["rest"].strip() else ""


def _mend_line(line: str, match: re.Match[str], width: int, *, is_item: bool) -> Iterator[_Mended]:
    """Yield a line as it was meant: once for each sort of sign, each with what was mended before."""
    indent, dashes, key = match["indent"], match["dashes"], match["key"]
    mended = line
    if moved := _mend_indent(line, indent, width):
        mended = moved.line
        yield moved
    begin = len(mended) - len(line) + len(indent)
    if dashes and dashes[0] in _DASHES and is_item:
        mended = mended[:begin] + "-" + mended[begin + 1 :]
        yield _Mended(mended, len(indent), dashes[0])
    if match["colon"] == "：" and (key in LANGUAGE_KEYS or not match["rest"].strip()):
        at = len(mended) - len(line) + match.start("colon")
        mended = f"{mended[:at]}:{' ' if not match['space'] and match['rest'] else ''}{mended[at + 1 :]}"
        yield _Mended(mended, match.start("colon"), "：")


def _mend_indent(line: str, indent: str, width: int) -> _Mended | None:
    """Return a line indented with ordinary spaces, None where it is already."""
    strange = next((each for each in indent if each != " "), "")
    if not strange:
        return None
    plain = "".join(" " * width if each in _WIDE else " " for each in indent)
    return _Mended(plain + line[len(indent) :], indent.index(strange), strange)
