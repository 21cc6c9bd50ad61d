"""A line of a story taken apart, and what is wrong with its value as far as the line alone can tell."""

import re
from collections.abc import Callable

from siberia_quest.loading.yaml_traps import CONDITION_KEYS
from siberia_quest.model.named_tuple import NamedTuple

_LINE = re.compile(
    r"(?P<indent> *)(?P<dashes>(?:- +)*)"
    r"(?:(?P<key>(?![A-Z])\w[\w.]*(?:\([^()\"']*\))?|\"[a-z_]+\"|'[a-z_]+')(?P<gap> *):(?= |$))? *(?P<value>.*)"
)
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_BAD_ESCAPE = re.compile(
    r"\\(?:u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8})|x(?![0-9A-Fa-f]{2})|[^0abtnvfreNLPxuU _\"/\\\t])"
)
_ESCAPE_PAIR = re.compile(r"\\.")
_ELISION = re.compile(
    r"'(?:t(?:is|was|were|will|would|ain)|em|till?|cause|bout|round|neath|gainst|cept|fore|nother|nuff|\d0s)\b",
    re.IGNORECASE,
)
_OPERATOR = re.compile(r"(?:==|!=|<=?|>=?|(?:in|not|and|or|if)\b)")
_HEADER = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?$")
_COLON = re.compile(r":(?= |$)")
_NOTE = re.compile(r"(?<=[^\s])[ \t]+(#\w.*)")


class YamlLine(NamedTuple):
    """A line of a story taken apart; columns count from 0. `parent` is that of its name, or of its last dash."""

    indent: int
    parent: int
    dashed: bool
    key: str
    value_at: int
    value: str


class Found(NamedTuple):
    """A mistake at a column of a line; `end` is behind its last character."""

    code: str
    column: int
    end: int
    names: dict[str, str]
    meant: str | None = None


def take_apart(line: str) -> YamlLine:
    """Take a line apart into indentation, dashes, name and value."""
    match = _LINE.match(line)
    if match is None:  # only a line break could do that
        return YamlLine(0, 0, dashed=False, key="", value_at=0, value=line)
    dashes, key = match["dashes"], match["key"] or ""
    parent = match.start("key") if key else match.start("dashes") + max(0, dashes.rstrip().rfind("-"))
    return YamlLine(len(match["indent"]), parent, bool(dashes), key.strip("\"'"), match.start("value"), match["value"])


def indentation(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def is_new(line: str) -> bool:
    """Tell whether a line begins with a name and a colon, or with a dash."""
    apart = take_apart(line)
    return apart.dashed or bool(apart.key)


# --- what a value begins with ------------------------------------------------------------------------------------------


def value_fault(line: YamlLine) -> Found | None:
    """Return what is wrong with a value, judged by its own line alone."""
    value = line.value
    if not value:
        return None
    opening = _judge(value[0])
    found = opening(line) if opening else None
    return found or (None if opening and value[0] in "\"'[{" else _of_plain(line))


def _of_plain(line: YamlLine) -> Found | None:
    note = _NOTE.search(line.value)
    text = line.value[: note.start()] if note else line.value
    colon = _COLON.search(text)
    if colon:
        at = line.value_at + colon.start()
        code = (
            "SQ120"
            if line.key
            else "SQ116"
            if colon.start() == 0
            else "SQ129"
            if colon.end() == len(text.rstrip())
            else "SQ125"
        )
        return Found(code, at, at + 1, {"key": text[: colon.start()]})
    if note:
        return Found("SQ123", line.value_at + note.start(1), line.value_at + note.end(1), {})
    return None


def _of_double(line: YamlLine) -> Found | None:
    value = line.value
    quoted = _DOUBLE.match(value)
    for escape in _ESCAPE_PAIR.finditer(value, 1, quoted.end() if quoted else len(value)):
        if _BAD_ESCAPE.match(escape.group() + value[escape.end() : escape.end() + 8]):
            at = line.value_at + escape.start()
            return Found("SQ110", at, at + 2, {"escape": escape.group()})
    return _of_quoted(line, quoted)


def _of_single(line: YamlLine) -> Found | None:
    value, match = line.value, _SINGLE.match(line.value)
    at = line.value_at
    is_word_inside = match and value[match.end() - 2 : match.end() - 1].isalpha() and value[match.end() :][:1].isalpha()
    if is_word_inside and not value.rstrip().endswith("'"):
        return Found("SQ133", at, at + 1, {})
    if match is None and _ELISION.match(value):
        return Found("SQ133", at, at + 1, {})
    return _of_quoted(line, match)


def _of_quoted(line: YamlLine, match: re.Match[str] | None) -> Found | None:
    value, at = line.value, line.value_at
    name = "double quote" if value[0] == '"' else "single quote"
    if match is None:
        return Found("SQ104", at, at + 1, {"quote": name})
    rest = value[match.end() :].strip(" \t")
    if not rest or (rest[0] == "#" and value[match.end()] in " \t"):
        return None
    start = at + value.index(rest, match.end())
    end = start + len(rest)
    if not rest.strip():
        return Found("SQ143", start, end, {"sign": f"U+{ord(rest[0]):04X}"})
    if line.key in CONDITION_KEYS and _OPERATOR.match(rest):
        return Found("SQ132", start, end, {"instead": _in_double_quotes(value)})
    if rest.endswith(value[0]) and _OPERATOR.match(rest) is None:
        return Found("SQ142", at + match.end() - 1, at + match.end(), {"quote": name})
    return Found("SQ103", start, end, {})


def _in_double_quotes(value: str) -> str:
    """Say how to write a condition that begins with a quote."""
    text = value.rstrip().replace('"', "'")
    return f'put the whole of it in double quotes: "{text}"'


def _of_sign(line: YamlLine) -> Found | None:
    sign = line.value[0]
    code = {"*": "SQ105", "&": "SQ134"}.get(sign, "SQ108")
    return Found(code, line.value_at, line.value_at + 1, {"sign": "a backtick" if sign == "`" else f"`{sign}`"})


def _of_bang(line: YamlLine) -> Found | None:
    if line.key in CONDITION_KEYS:
        meant = "not " + line.value.lstrip("! ").rstrip()
        return Found("SQ131", line.value_at, line.value_at + 1, {"instead": meant}, meant)
    return Found("SQ109", line.value_at, line.value_at + 1, {})


def _of_dash(line: YamlLine) -> Found | None:
    if line.key and line.value[1:2] in {"", " "}:
        return Found("SQ146", line.value_at, line.value_at + 1, {})
    return _of_plain(line)


def _of_question(line: YamlLine) -> Found | None:
    return Found("SQ130", line.value_at, line.value_at + 1, {}) if line.value[1:2] in {"", " "} else None


def _of_header(line: YamlLine) -> Found | None:
    if _HEADER.match(line.value):
        return None
    return Found("SQ128", line.value_at, line.value_at + len(line.value.rstrip()), {"sign": line.value[0]})


def _of_bracket(line: YamlLine) -> Found | None:
    """Judge prose that begins with a bracket or brace, and goes on behind its end."""
    end = _end_of_flow(line.value)
    rest = line.value[end:].strip() if end else ""
    if not rest or rest[0] == "#":
        return None
    return Found("SQ106" if line.value[0] == "{" else "SQ107", line.value_at, line.value_at + 1, {})


def _end_of_flow(text: str) -> int:
    """Return where what a bracket opens is closed in the same line, 0 when it is not."""
    depth = 0
    for index, sign in enumerate(text):
        depth += (sign in "[{") - (sign in "]}")
        if depth == 0:
            return index + 1
    return 0


_Judge = Callable[[YamlLine], Found | None]
_JUDGES: tuple[tuple[str, _Judge], ...] = (
    ('"', _of_double), ("'", _of_single), ("*&@`%,]}", _of_sign), ("!", _of_bang), ("?", _of_question), ("-", _of_dash), ("|>", _of_header),
    ("[{", _of_bracket),
)  # fmt: skip


def _judge(sign: str) -> _Judge | None:
    return next((judge for signs, judge in _JUDGES if sign in signs), None)
