"""A problem in a story, said so that its author can mend it."""

from typing import NamedTuple


class Span(NamedTuple):
    """A place in a file; lines and columns count from 1, columns in characters; the end column is behind the last one."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Diagnostic(NamedTuple):
    """One mistake: its code, what it is, where, how bad (`error`, `warning` or `hint`), why it matters and what mends it."""

    code: str
    message: str
    span: Span
    severity: str = "error"
    why: str = ""
    fix: str = ""
    related: tuple[Span, ...] = ()
