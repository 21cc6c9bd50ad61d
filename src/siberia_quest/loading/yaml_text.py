"""A file's bytes as text: UTF-8, with line ends of one sort and no sign that nobody can see."""

import re
from collections import Counter

from siberia_quest.loading.yaml_traps import trap
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.letters import compose

MOST_BYTES = 16 * 1024 * 1024
_PROBE = 4096
_MOST_RELATED = 5
#: What YAML does not allow, and the three rare line ends by which libyaml counts lines and no editor does.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def text_of(data: bytes | str, file: str) -> tuple[str | None, list[Diagnostic]]:
    """Return a file's text and what is wrong with it; no text when nobody could read it.

    Signs that nobody sees are replaced with spaces, so that all places stay where they are.
    """
    start = Span(file, 1, 1, 1, 2)
    if isinstance(data, bytes):
        if len(data) > MOST_BYTES:
            return None, [trap("SQ117", start)]
        if not _is_text(data):
            message = "this file is saved as UTF-16, not as UTF-8" if _is_wide(data) else "this file is not text"
            return None, [trap("SQ118", start, message=message)]
        text, problems = _decode(data, file)
    else:
        if len(data) > MOST_BYTES:
            return None, [trap("SQ117", start)]
        text, problems = data, []
    text = compose(text).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and not _HIDDEN.search(text):
        return text, problems
    return _HIDDEN.sub(" ", text), problems + _hidden(text, file)


def lines_of(data: bytes | str, file: str) -> list[str]:
    """Return a file's lines as messages show them; none when nobody could read it."""
    text = text_of(data, file)[0]
    return [] if text is None else text.split("\n")


def _is_wide(data: bytes) -> bool:
    probe = data[:_PROBE]
    return data.startswith(_WIDE) or max(probe[::2].count(0), probe[1::2].count(0)) * 4 > len(probe)


def _is_text(data: bytes) -> bool:
    probe = data[:_PROBE]
    strange = sum(count for sign, count in Counter(probe).items() if sign < 9 or 13 < sign < 32)
    return not data.startswith(_WIDE) and strange * 20 <= len(probe)


def _decode(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """Decode UTF-8; lines that are something else are read as the Western Windows encoding, so that the rest can be checked."""
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8").removeprefix("\ufeff")
        column = len(before) + 1
    lines = [_decode_line(each) for each in data.split(b"\n")]
    return "\n".join(lines), [trap("SQ118", Span(file, line, column, line, column + 1))]


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _hidden(text: str, file: str) -> list[Diagnostic]:
    """Report each sort of sign that nobody sees once, at its first place."""
    places: dict[str, list[Span]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for match in _HIDDEN.finditer(line) if not line.isprintable() else ():
            column = match.start() + 1
            places.setdefault(match.group(), []).append(Span(file, number, column, number, column + 1))
    return [_hidden_sign(sign, spans) for sign, spans in places.items()]


def _hidden_sign(sign: str, spans: list[Span]) -> Diagnostic:
    what = {
        "\u2028": "a line separator",
        "\u2029": "a paragraph separator",
        "\x0b": "a vertical tab",
        "\x0c": "a page break",
    }
    more = f", and {len(spans) - 1} more like it" if len(spans) > 1 else ""
    message = f"{what.get(sign, 'a sign')} that nobody can see stands here{more}"
    problem = trap("SQ119", spans[0], message=message, sign=f"U+{ord(sign):04X}")
    return problem._replace(related=tuple(spans[1 : _MOST_RELATED + 1]))
