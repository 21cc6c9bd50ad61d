"""One mistake, one message: places where the same is wrong are told with the first of them."""

from collections.abc import Iterable
from typing import Protocol

from siberia_quest.loading.tree import Mapping, Scalar
from siberia_quest.model.diagnostic import Diagnostic, Severity, Span
from siberia_quest.model.language_keys import IN_WORDS, Shape

#: Codes of names and words that are not there: the same one is wrong in all its places at once.
_NAMES = frozenset({"SQ201", "SQ202", "SQ204", "SQ205", "SQ207", "SQ213", "SQ216"})
#: Cures that are the same whatever is told.
_SHARED = (
    "`pronouns:`",
    "`- weight:",
    "the words before colons are English",
    "`bands:` in place of `cases:`",
    "to hold several things",
)
_MOST_PLACES = 4


class Teller(Protocol):
    """What is told of a story, as far as keys need it."""

    def report(
        self, code: str, message: str, span: Span, fix: str = "", why: str = "", severity: Severity = "error"
    ) -> None:
        """Keep a problem for the author."""


def gather(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return problems with those that are one mistake put together: the first of them, with the places of the others."""
    found: dict[tuple[str, str], list[Diagnostic]] = {}
    for number, each in enumerate(problems):
        found.setdefault(_key(each, number), []).append(each)
    return [_with_places(several) for several in found.values()]


def _key(problem: Diagnostic, number: int) -> tuple[str, str]:
    shared = next((cure for cure in _SHARED if cure in problem.fix), "")
    if problem.code not in _NAMES and not shared:
        return str(number), ""
    return (problem.code, f"{problem.span.file} {shared}") if shared else (problem.code, problem.message)


def _with_places(several: list[Diagnostic]) -> Diagnostic:
    """Return the first of some problems, with the places of the others in its reason."""
    first, *others = several
    lines = [*dict.fromkeys((each.span.file, each.span.line) for each in others)]
    lines = [each for each in lines if each != (first.span.file, first.span.line)]
    if not others:
        return first
    related = first.related + tuple(each.span for each in others[:_MOST_PLACES])
    if not lines:
        return first._replace(related=related)
    places = [
        f"line {line}" if file == first.span.file else f"{file}, line {line}" for file, line in lines[:_MOST_PLACES]
    ]
    more = len(lines) - len(places)
    listed = (
        ", ".join(places[:-1]) + (" and " if places[:-1] else "") + places[-1]
        if not more
        else f"{', '.join(places)} and {more} more"
    )
    said = f"the same stands in {listed}"
    return first._replace(why=f"{first.why}; {said}" if first.why else said, related=related)


def report_together(teller: Teller, node: Mapping, wrong: list[Scalar], shape: Shape) -> list[Scalar]:
    """Report keys that are one mistake together, in one message; return those that are left to be told one by one."""
    if shape != "stat":
        return wrong
    bounds = [key for key in wrong if key.text.lower() in _BOUNDS]
    if not bounds:
        return wrong
    numbers = [_number(node, names) for names in (_LOWER, _UPPER)]
    low, high = sorted((numbers[0] if numbers[0] is not None else 0, numbers[1] if numbers[1] is not None else 100))
    said = f"{IN_WORDS[shape]} has no `{bounds[0].text}:`"
    teller.report("SQ205", said, bounds[0].span, f"write `range: [{low:g}, {high:g}]` with both bounds")
    return [key for key in wrong if key not in bounds]


_LOWER, _UPPER = ("min", "minimum", "low", "lowest", "from"), ("max", "maximum", "high", "highest", "to")
_BOUNDS = frozenset((*_LOWER, *_UPPER))


def _number(node: Mapping, names: tuple[str, ...]) -> float | None:
    """Return the number under the first of some keys, None where there is none."""
    for key, under in node.pairs:
        if key.text.lower() in names and isinstance(under, Scalar) and isinstance(under.value, int | float):
            return under.value
    return None
