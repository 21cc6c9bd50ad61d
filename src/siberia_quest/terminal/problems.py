"""A mistake in the story, met in play, in its author's words."""

from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.terminal.console import Problem


def problem_of(diagnostic: Diagnostic) -> Problem:
    """Return a problem ready to be shown."""
    span = diagnostic.span
    words = f"{span.file}:{span.line}:{span.column}: {diagnostic.severity} {diagnostic.code}: {diagnostic.message}"
    return Problem(diagnostic, words)
