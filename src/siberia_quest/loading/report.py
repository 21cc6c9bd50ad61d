"""Diagnostics as an author reads them: with the line, a caret, why it matters and what mends it."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill

from siberia_quest.model.diagnostic import Diagnostic

#: How many columns of a long line are shown around the mistake, where it is not known how many there are.
WIDEST = 100
_NARROWEST = 20
#: Columns beside a line: its number, a bar, and a sign for each end that was cut.
_BESIDE = 10

Lines = Mapping[str, Sequence[str]]


def render(diagnostic: Diagnostic, lines: Lines, columns: int = 0) -> str:
    """Return one diagnostic in full; `lines` are those of each file, `columns` those of a terminal, 0 where it is not shown on one."""
    span = diagnostic.span
    where = f"{span.file}:{span.line}:{span.column}" if span.file else "the story"
    message = f"{where}: {diagnostic.severity} {diagnostic.code}: {diagnostic.message}"
    said = [fit_line(message, columns), *_excerpt(diagnostic, lines, columns)]
    for word, text in (("why", diagnostic.why), ("fix", diagnostic.fix)):
        if text:
            said.append(fit_line(f"  {word}: {text}", columns))
    said.append(f"  more: siberia-quest explain {diagnostic.code}")
    return "\n".join(said)


def render_all(diagnostics: Sequence[Diagnostic], lines: Lines, columns: int = 0) -> str:
    """Return all diagnostics, in the order given, and a line that counts them."""
    return "\n\n".join([*(render(each, lines, columns) for each in diagnostics), summary(diagnostics)]) + "\n"


def fit_line(line: str, columns: int) -> str:
    """Return a line broken between words where a terminal of so many columns would break it anywhere; 0 leaves it whole."""
    if not columns or len(line) <= columns:
        return line
    first = " " * (len(line) - len(line.lstrip()))
    return fill(
        line.strip(), max(_NARROWEST, columns), initial_indent=first, subsequent_indent=f"{first}    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many errors, warnings and hints there are, in words."""
    found = list(diagnostics)
    counts = [(sort, sum(each.severity == sort for each in found)) for sort in ("error", "warning", "hint")]
    words = [f"{count} {sort}{'' if count == 1 else 's'}" for sort, count in counts if count]
    return ", ".join(words) or "nothing wrong"


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics as a JSON list."""
    return json.dumps([_plain(each) for each in diagnostics], ensure_ascii=False, indent=1) + "\n"


def _plain(diagnostic: Diagnostic) -> dict[str, str | int]:
    span = diagnostic.span
    return {
        "file": span.file, "line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column,
        "severity": diagnostic.severity, "code": diagnostic.code, "message": diagnostic.message, "why": diagnostic.why,
        "fix": diagnostic.fix,
    }  # fmt: skip


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics as GitHub's workflow commands, one a line."""
    sorts = {"error": "error", "warning": "warning", "hint": "notice"}
    said = []
    for each in diagnostics:
        text = _escape(f"{each.message}{f' ({each.fix})' if each.fix else ''}")
        file = _escape(each.span.file).replace(":", "%3A").replace(",", "%2C")
        place = f"file={file},line={each.span.line},col={each.span.column},title={each.code}"
        said.append(f"::{sorts[each.severity]} {place}::{text}\n")
    return "".join(said)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _excerpt(diagnostic: Diagnostic, lines: Lines, columns: int) -> list[str]:
    """Return the line with a caret under the mistake, none where there is no such line."""
    span = diagnostic.span
    source = lines.get(span.file, ())
    if not 1 <= span.line <= len(source):
        return []
    line = _harmless(source[span.line - 1])
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(start + 1, min(end, len(line)))
    widest = max(_NARROWEST, columns - _BESIDE) if columns else WIDEST
    cut = max(0, start - widest * 3 // 5) if len(line) > widest else 0
    shown, more = line[cut : cut + widest], len(line) > cut + widest
    before = ("…" if cut else "") + shown[: start - cut]
    under = shown[start - cut : end - cut]
    number = f"{span.line:5} | "
    text = f"{number}{'…' if cut else ''}{shown}{'…' if more else ''}".rstrip()
    return [text, f"{' ' * (len(number) - 2)}| {' ' * width_of(before)}{'^' * max(1, width_of(under))}"]


def _harmless(line: str) -> str:
    """Return a line without what a terminal could take for a command; tabs become one space, so that columns stay."""
    return "".join(sign if sign.isprintable() else " " if sign == "\t" else "�" for sign in line)


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for wide signs, none for those that join the one before."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )
