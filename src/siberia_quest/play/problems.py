"""A mistake in the story, met in play, in its author's words."""

from collections.abc import Mapping, Sequence

from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.play.console import Problem


def problem_of(diagnostic: Diagnostic, lines: Mapping[str, Sequence[str]]) -> Problem:
    """Return a problem ready to be shown; `lines` are those of the story's files, where they were read."""
    from siberia_quest.loading.report import render  # noqa: PLC0415  # hardly any game needs it

    return Problem(diagnostic, render(diagnostic, lines))
