"""A problem in a story, said so that its author can mend it."""

from typing import Literal, NamedTuple, TypeAlias

#: How bad a mistake is: a story with an error cannot be played. A note is its author's own.
Severity: TypeAlias = Literal["error", "warning", "hint", "note"]


class Span(NamedTuple):
    """A place in a file; lines and columns count from 1, columns in characters; the end column is behind the last one."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Diagnostic(NamedTuple):
    """One mistake: its code, what it is, where, how bad, why it matters and what mends it."""

    code: str
    message: str
    span: Span
    severity: Severity = "error"
    why: str = ""
    fix: str = ""
    related: tuple[Span, ...] = ()
