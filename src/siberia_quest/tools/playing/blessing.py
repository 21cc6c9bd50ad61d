"""Making what happens now what a walkthrough asks for."""

import re
from collections.abc import Iterator, Mapping
from difflib import unified_diff

from siberia_quest.model.playtest import Playtests
from siberia_quest.tools.playing.walkthroughs import Walked

_ENDING = re.compile(r"(\s*(?:- )?ending:\s*)[^\s#]+")


def bless(tests: Playtests, walked: tuple[Walked, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield each file of tests whose walkthroughs now end elsewhere: its name, its new text, and the change as a diff to read."""
    changed: dict[str, list[str]] = {}
    for each in walked:
        walkthrough, span = each.walkthrough, each.walkthrough.span
        if each.ending is None or walkthrough.ending is None or walkthrough.ending == each.ending:
            continue
        lines = changed.setdefault(span.file, list(tests.lines[span.file]))
        for number in range(span.line - 1, min(span.end_line, len(lines))):
            if _ENDING.match(lines[number]):
                lines[number] = _ENDING.sub(rf"\g<1>{each.ending or 'true'}", lines[number], count=1)
    yield from _write_endings(tests.lines, changed)


def _write_endings(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    for file, lines in after.items():
        yield file, "\n".join(lines), "\n".join(unified_diff(before[file], lines, file, file, lineterm="", n=1)) + "\n"
