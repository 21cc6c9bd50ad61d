"""What is more than can be run: found beforehand, by making all code that play can come to."""

from collections.abc import Iterator

from siberia_quest.engine.every_part import find_parts_too_large
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.story import Passage, Story


def find_what_is_too_large(story: Story) -> Iterator[Diagnostic]:
    """Yield passages, formulas and phrases whose code Python cannot take. Limits that are told on reading should leave none."""
    for part in find_parts_too_large(story):
        name = part.id.rsplit(".", 1)[-1] if isinstance(part, Passage) else part.name
        span = Span(part.file, *part.at, part.at[0], part.at[1] + len(name))
        why = "what is in it nests deeper than can be run, and a game would stop there"
        fix = "divide it, or give what nests in it a name under `formulas:` or `phrases:`"
        yield Diagnostic("SQ513", f"`{name}` is too much at once", span, "error", why, fix)
