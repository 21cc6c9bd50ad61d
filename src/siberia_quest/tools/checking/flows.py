"""Passages nothing leads to, steps that are never reached, and loops that ask nothing."""

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from siberia_quest.engine.flow import DEEPEST_CALLS
from siberia_quest.loading.circles import circles_of, shorten_way
from siberia_quest.loading.flow_checks import falls_through
from siberia_quest.model import steps
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.steps import At, Step, Steps
from siberia_quest.model.story import Passage, Story
from siberia_quest.tools.mapping.links import links_of

#: Calls of one round that are told; each has a way round of its own, and the cure of one may well be that of all.
_MOST_TOLD = 20


def place(passage: Passage, at: At, length: int = 1) -> Span:
    """Return a place in a passage's file."""
    return Span(passage.file, at[0], at[1], at[0], at[1] + length)


def find_lost_passages(story: Story) -> Iterator[Diagnostic]:
    """Yield passages that no way from the start leads to."""
    reached = {story.header.start}
    waiting = [story.header.start]
    while waiting:
        for link in links_of(story, story.passages[waiting.pop()]):
            if link.sort != "end" and link.target not in reached:
                reached.add(link.target)
                waiting.append(link.target)
    for passage in story.passages.values():
        if (
            passage.id in reached or passage.storylet or passage.is_each_turn
        ):  # a storylet that nobody deals has a finding of its own
            continue
        name = passage.id.rsplit(".", 1)[-1]
        fix = f"lead to it with `goto: {name}`, or take it out"
        yield Diagnostic(
            "SQ601", f"nothing leads to the passage `{name}`", place(passage, passage.at, len(name)), "warning", "", fix
        )


def find_lost_steps(story: Story) -> Iterator[Diagnostic]:
    """Yield steps behind one from which nothing goes on."""
    for passage in story.passages.values():
        blocks: list[Steps] = [passage.steps]
        while blocks:
            block = blocks.pop()
            blocks += [inside for step in block for inside in steps.inner(step)]
            for before, step in pairwise(block):
                if not isinstance(step, steps.Label) and not falls_through((before,)):
                    why = "what stands before it goes elsewhere, or waits and then goes elsewhere, in every case"
                    yield Diagnostic(
                        "SQ606",
                        "this is never reached",
                        place(passage, step.at),
                        "warning",
                        why,
                        "move it up, or take it out",
                    )
                    break


def find_endless_loops(story: Story) -> Iterator[Diagnostic]:
    """Yield passages from which the flow must come round to themselves, without a question to the player."""
    ways = {id_: (_must_go(passage.steps),) for id_, passage in story.passages.items()}
    order = {id_: number for number, id_ in enumerate(ways)}
    for circle in circles_of(ways):
        passage = story.passages[min(circle, key=order.__getitem__)]
        name = passage.id.rsplit(".", 1)[-1]
        why = "it would go round and round, and the player would never be asked anything"
        fix = "put a choice into the loop, or a condition that ends it"
        message = f"from the passage `{name}` the story must come back to it"
        yield Diagnostic("SQ607", message, place(passage, passage.at, len(name)), "error", why, fix)


def _must_go(block: Steps) -> str:
    """Return the passage that follows whatever happens, "" where there is none, or where the player is asked first."""
    for step in block:
        if isinstance(step, steps.Goto):
            return "" if step.label else step.passage
        if (
            isinstance(step, steps.Question | steps.Pause | steps.Choices | steps.Deal | steps.Call)
            or not falls_through((step,))
            or _may_leave(step)
        ):
            return ""
    return ""


def _may_leave(step: Step) -> bool:
    return any(
        isinstance(each, steps.Goto | steps.Choices | steps.Question | steps.Pause | steps.Deal | steps.Call)
        or not falls_through((each,))
        for each in steps.walk((step,))
    )


def find_nesting_calls(story: Story) -> Iterator[Diagnostic]:
    """Yield calls from which the flow can come round to the very same call without coming back: each time round nests one deeper."""
    ways = {passage.id: tuple(_ways_inside(passage)) for passage in story.passages.values()}
    rounds = rounds_of(ways)
    told: Counter[str] = Counter()
    for passage in story.passages.values():
        for step in steps.walk(passage.steps):
            round_ = rounds[passage.id]
            if (
                isinstance(step, steps.Call)
                and not step.arguments
                and rounds[step.passage] == round_
                and told[round_] < _MOST_TOLD
            ):
                told[round_] += 1
                way = _way(ways, step.passage, passage.id)
                if way:
                    names = shorten_way([f"`{id_.rsplit('.', 1)[-1]}`" for id_ in (passage.id, *way)])
                    yield Diagnostic(
                        "SQ509",
                        "this call can come round to itself, one deeper each time",
                        place(passage, step.at),
                        "warning",
                        f"the way round is {names}; after {DEEPEST_CALLS} calls the game stops here",
                        "let the called passage reach its end, or use `leave:` where nothing needs to come back",
                    )


def _ways_inside(passage: Passage) -> Iterator[str]:
    """Yield where a passage leads without leaving its calls; a storylet that goes elsewhere leaves its deal."""
    for step in steps.walk(passage.steps):
        if isinstance(step, steps.Call) or (
            isinstance(step, steps.Goto) and step.passage and not step.leaves and not passage.storylet
        ):
            yield step.passage


def rounds_of(ways: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return a passage for each, the same for all that lead to each other (strongly connected components; Kosaraju and Sharir 1981)."""
    order: list[str] = []
    seen: set[str] = set()
    for first in ways:
        waiting = [] if first in seen else [(first, iter(ways[first]))]
        seen.add(first)
        while waiting:
            here, on = waiting[-1]
            there = next((each for each in on if each not in seen), None)
            if there is None:
                order.append(here)
                waiting.pop()
            else:
                seen.add(there)
                waiting.append((there, iter(ways[there])))
    back: dict[str, list[str]] = {id_: [] for id_ in ways}
    for here, leads in ways.items():
        for there in leads:
            back[there].append(here)
    found: dict[str, str] = {}
    for first in reversed(order):
        names = [first]
        while names:
            here = names.pop()
            if here not in found:
                found[here] = first
                names += back[here]
    return found


def _way(ways: Mapping[str, tuple[str, ...]], start: str, end: str) -> tuple[str, ...]:
    """Return a shortest way from one passage to another, both of them in it, empty where there is none."""
    came: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            way = [here]
            while came[way[-1]]:
                way.append(came[way[-1]])
            return tuple(reversed(way))
        for there in ways[here]:
            if there not in came:
                came[there] = here
                waiting.append(there)
    return ()
