"""A problem in a story, said so that its author can mend it."""

from typing import Literal, TypeAlias

from siberia_quest.model.named_tuple import NamedTuple

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
    """One mistake: its code, what it is, where, how bad, why it matters and what mends it.

    `code` is that of a page in docs/problems/ and is never used for anything else. `message`, `why` and `fix` are in the author's words,
    the last two perhaps empty. `related` are other places that belong to it.

    >>> from siberia_quest import load_story
    >>> (problem,) = load_story("tests/problems/SQ203/broken.yaml").diagnostics
    >>> problem.code, problem.message, problem.span.line, problem.fix
    ('SQ203', 'no passage named `gardn`', 5, 'did you mean `garden`?')
    """

    code: str
    message: str
    span: Span
    severity: Severity = "error"
    why: str = ""
    fix: str = ""
    related: tuple[Span, ...] = ()
