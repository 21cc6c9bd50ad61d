"""Circles: phrases and menus that come round to themselves, so that they would have no end."""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import inf

from siberia_quest.lang.syntax import DEEPEST
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Mapping as Tree
from siberia_quest.loading.tree import Node, Scalar, Sequence
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.expression import PhraseCall, things_in
from siberia_quest.model.letters import NAME_SIGN
from siberia_quest.model.story import Phrase

#: What may stand in a menu, with what stands in those that it uses.
MOST_IN_A_MENU = 500
#: How many names of a way round are told.
_LONGEST_WAY = 12
_NAME = re.compile(rf"{NAME_SIGN}+")


def report_phrase_circles(context: ReadingContext, phrases: Mapping[str, Phrase]) -> None:
    """Report phrases that use themselves, once for each circle."""
    uses = {
        name: tuple(dict.fromkeys(part.name for part in things_in(each.parts) if isinstance(part, PhraseCall)))
        for name, each in phrases.items()
    }
    for circle in circles_of(uses):
        first = phrases[circle[0]]
        span = Span(first.file, *first.at, first.at[0], first.at[1] + len(first.name))
        fix = "let one of them do without the others" if len(circle) > 1 else "take it out of its own words"
        context.report("SQ313", f"the phrase `{first.name}` uses itself", span, fix, _round(circle))


def report_menu_circles(context: ReadingContext) -> None:
    """Report menus that use themselves, once for each circle, and take what closes it out of them."""
    used = {name: {each.text: each for each in _menus_in(node)} for name, (_, node) in context.menus.items()}
    for circle in circles_of(used):
        scene, menu = context.menus[circle[0]]
        where = used[circle[0]][circle[1 % len(circle)]]
        fix = f"take `use: {where.text}` out here, or the other `use:` that leads back"
        context.report("SQ218", f"the menu `{circle[0]}` uses itself", where.span, fix, _round(circle))
        context.menus[circle[0]] = (scene, Sequence((), menu.span))  # so that no list that uses it has no end


def report_menu_sizes(context: ReadingContext) -> None:
    """Report menus that put in more choices than a list can have, and empty them; those that use menus grow with each."""
    sizes: dict[str, int] = {}
    uses = {name: [each.text for each in _menus_in(node)] for name, (_, node) in context.menus.items()}
    for name in deepest_first(uses):
        scene, menu = context.menus[name]
        size = len(menu.items) + sum(sizes.get(each, 0) for each in uses[name])
        if size > MOST_IN_A_MENU:
            said = (
                f"the menu `{name}` comes to more than {MOST_IN_A_MENU} choices, with those of the menus that it uses"
            )
            context.report("SQ227", said, menu.span, "use fewer menus in it")
            context.menus[name], size = (scene, Sequence((), menu.span)), 1
        sizes[name] = size


def circles_of(uses: Mapping[str, Iterable[str]], longest: float = inf) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, in the order in which it is gone round; those of more names than `longest` are left out.

    >>> list(circles_of({"a": ["b"], "b": ["c", "b"], "c": ["a"], "d": ["a"]}))
    [('a', 'b', 'c'), ('b',)]
    """
    done: set[str] = set()
    for name in uses:
        way = [] if name in done else [(name, iter(uses[name]))]
        places = {name: 0}
        while way:
            here, rest = way[-1]
            following = next(rest, None)
            if following is None:
                done.add(here)
                way.pop()
                del places[here]
            elif following in places:
                if len(way) - places[following] <= longest:
                    yield tuple(each for each, _ in way[places[following] :])
            elif following in uses and following not in done:
                places[following] = len(way)
                way.append((following, iter(uses[following])))


def deepest_first(uses: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield each name behind those it uses, as far as there is no circle.

    >>> list(deepest_first({"a": ["b"], "b": ["c", "x"], "c": [], "d": ["d", "a"]}))
    ['c', 'b', 'a', 'd']
    """
    met: set[str] = set()
    for name in uses:
        way: list[tuple[str, Iterator[str]]] = [] if name in met else [(name, iter(uses[name]))]
        met.add(name)
        while way:
            here, rest = way[-1]
            following = next((each for each in rest if each in uses and each not in met), None)
            if following is None:
                way.pop()
                yield here
            else:
                met.add(following)
                way.append((following, iter(uses[following])))


def order_of(sources: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of formulas behind those that their sources name; those of a circle as they come, for it is told at its first."""
    uses: dict[str, Iterable[str]] = {name: _NAME.findall(source) for name, source in sources.items()}
    for circle in [*circles_of(uses, DEEPEST - 1)]:
        uses |= dict.fromkeys(circle, ())
    return deepest_first(uses)


def _round(circle: tuple[str, ...]) -> str:
    return f"it would have no end: {shorten_way([f'`{name}`' for name in (*circle, circle[0])])}"


def shorten_way(names: list[str]) -> str:
    """Return names with arrows between them, without those in the middle of a long way.

    >>> shorten_way(["a", "b", "c"])
    'a → b → c'
    >>> shorten_way([str(each) for each in range(1000)])
    '0 → 1 → 2 → 3 → 4 → 5 → … → 994 → 995 → 996 → 997 → 998 → 999'
    """
    half = _LONGEST_WAY // 2
    return " → ".join(names if len(names) <= _LONGEST_WAY else (*names[:half], "…", *names[-half:]))


def _menus_in(node: Node) -> Iterator[Scalar]:
    """Yield the names behind every `use:`, also in groups, and in lists that follow a choice."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _menus_in(item)
    elif isinstance(node, Tree):
        for key, under in node.pairs:
            if key.text == "use" and isinstance(under, Scalar):
                yield under
            else:
                yield from _menus_in(under)
