"""What is wrong with a story that loads: what nothing leads to, what can never hold, what nobody reads."""

import re
from collections.abc import Iterator

from siberia_quest.loading.files import Loaded
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.tools.checking.alike_choices import find_alike_choices
from siberia_quest.tools.checking.amounts import find_wrong_amounts
from siberia_quest.tools.checking.closing import find_closing_lists
from siberia_quest.tools.checking.conditions import Knowledge, find_settled_conditions
from siberia_quest.tools.checking.flows import (
    find_endless_loops,
    find_lost_passages,
    find_lost_steps,
    find_nesting_calls,
)
from siberia_quest.tools.checking.publishing import find_what_publishing_lacks
from siberia_quest.tools.checking.showing import find_silent_passages, find_wide_labels
from siberia_quest.tools.checking.too_large import find_what_is_too_large
from siberia_quest.tools.checking.uses import find_unused_names, find_unused_pictures, report_shared_id, uses_of

_IGNORED = re.compile(r"#\s*ignore\s+(SQ\d{3}):\s*\S")


def find_problems(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Return all that is wrong with what was loaded, in file order: what loading said, and these findings.

    What is no error is left out where its line, or the line above, says `# ignore SQ604: the reason`. A story with errors has no
    findings.
    """
    if loaded.story is None:
        return loaded.diagnostics
    order = {name: place for place, name in enumerate(loaded.lines)}
    unique = [
        each for each in dict.fromkeys((*loaded.diagnostics, *_findings(loaded))) if not _is_ignored(loaded, each)
    ]
    meant = " ".join(_line(loaded, each) for each in unique if each.code == "SQ315")
    unique = [
        each for each in unique if each.code not in {"SQ602", "SQ604"} or not _is_named(_part(loaded, each), meant)
    ]
    return tuple(sorted(unique, key=lambda each: (order.get(each.span.file, -1), each.span[1:3])))


def _findings(loaded: Loaded) -> Iterator[Diagnostic]:
    story = loaded.story
    assert story is not None  # the caller looked
    uses = uses_of(story)
    known = Knowledge(story, uses)
    yield from find_lost_passages(story)
    yield from find_lost_steps(story)
    yield from find_endless_loops(story)
    yield from find_nesting_calls(story)
    yield from find_closing_lists(story)
    yield from report_shared_id(story, loaded.lines)
    yield from find_unused_names(story, uses, loaded.lines)
    yield from find_settled_conditions(story, known)
    yield from find_alike_choices(story)
    yield from find_wrong_amounts(story, known)
    yield from find_silent_passages(story)
    yield from find_wide_labels(story, loaded.lines)
    yield from find_what_is_too_large(story)
    yield from find_what_publishing_lacks(story, loaded.lines)
    yield from find_unused_pictures(loaded.pictures, loaded.lines)


def _line(loaded: Loaded, found: Diagnostic) -> str:
    """Return the line in which something was found."""
    return "".join(loaded.lines.get(found.span.file, [])[found.span.line - 1 : found.span.line])


def _part(loaded: Loaded, found: Diagnostic) -> str:
    """Return what was found, as it is written."""
    return _line(loaded, found)[found.span.column - 1 : found.span.end_column - 1]


def _is_named(name: str, words: str) -> bool:
    """Tell whether a name stands among words."""
    return re.search(rf"\b{re.escape(name)}\b", words) is not None


def _is_ignored(loaded: Loaded, found: Diagnostic) -> bool:
    lines = loaded.lines.get(found.span.file, [])
    above, line = max(found.span.line - 2, 0), found.span.line
    return any(found.code in _IGNORED.findall(each) for each in lines[above:line])
