"""Lists of choices that close on the player for good: used up with nothing behind them, or with no way out."""

from collections.abc import Collection, Iterator, Mapping

from siberia_quest.loading.flow_checks import falls_through
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.steps import Choice, Choices, End, Goto, Return, Steps, walk
from siberia_quest.model.story import Story
from siberia_quest.tools.checking.flows import place, rounds_of
from siberia_quest.tools.mapping.links import links_of

_Ways = Mapping[str, Collection[str]]


def find_closing_lists(story: Story) -> Iterator[Diagnostic]:
    """Yield lists whose choices can all be used up, and lists that nobody can leave."""
    links = {id_: tuple(links_of(story, passage)) for id_, passage in story.passages.items()}
    ways = {id_: {link.target for link in each if link.sort != "end"} for id_, each in links.items()}
    called = {link.target for each in links.values() for link in each if link.sort in {"call", "deal"}}
    inside, rounds = find_reachable(called, ways), rounds_of(ways)
    for id_, passage in story.passages.items():
        goes_on = id_ not in inside and falls_through(passage.steps)
        for step in walk(passage.steps):
            if not isinstance(step, Choices):
                continue
            if goes_on and _is_used_up(step, id_, rounds):
                why = "each is gone after it was picked and leads back here, so that at last none is left and the story stands still"
                fix = "leave one of them open, add a `fallback:`, or write behind the list where to go then"
                span = place(passage, step.at)
                yield Diagnostic("SQ618", "all choices here can be used up", span, "warning", why, fix)
            elif _is_endless(step):
                why = "every choice comes back to the list, or can be gone when the player comes a second time"
                fix = (
                    "give one of them `done: true`, which is never used up"
                    if step.hub
                    else "take `again:` from one of them"
                )
                yield Diagnostic("SQ619", "nobody can leave this list", place(passage, step.at), "warning", why, fix)
            elif step.hub and _is_asked_whole(step):
                said = "this hub is left only when everything in it was picked"
                why = "each comes back to the list, and none has `done: true`"
                fix = "give the one that leaves `done: true`; where it is meant so, write `# ignore SQ623:` above it, and why"
                yield Diagnostic("SQ623", said, place(passage, step.at), "hint", why, fix)


def find_reachable(first: Collection[str], ways: _Ways) -> set[str]:
    """Return some passages, and all that they lead to."""
    found, waiting = {*first}, [*first]
    while waiting:
        new = {*ways.get(waiting.pop(), ())} - found
        found |= new
        waiting += new
    return found


def _is_used_up(step: Choices, passage: str, rounds: Mapping[str, str]) -> bool:
    """Tell whether every choice of a list goes when it was picked, and leads back to it."""
    choices = [item for item in step.items if isinstance(item, Choice)]
    return (
        len(choices) == len(step.items)
        and bool(choices)
        and all(each.once and not each.done and not each.fallback for each in choices)
        and all(_leads_back(step, each, passage, rounds) for each in choices)
    )


def _leads_back(step: Choices, choice: Choice, passage: str, rounds: Mapping[str, str]) -> bool:
    inside = [*walk(choice.steps)]
    if any(isinstance(each, End | Return) for each in inside):
        return False
    if falls_through(choice.steps):
        return step.hub or choice.again
    targets = {each.passage for each in inside if isinstance(each, Goto)}
    return "" not in targets and all(rounds[target] == rounds[passage] for target in targets)


def _is_endless(step: Choices) -> bool:
    """Tell whether some choice is always there and comes back to the list, and none that leaves it is always there too."""
    choices = [item for item in step.items if isinstance(item, Choice)]
    if len(choices) < len(step.items) or any(each.fallback for each in choices):
        return False
    back = [_comes_back(step, each) for each in choices]
    is_open = [each.condition is None and each.needs is None and not each.once for each in choices]
    leaves_not = all(comes or (step.hub and each.once) for comes, each in zip(back, choices, strict=True))
    return leaves_not and any(comes and stays for comes, stays in zip(back, is_open, strict=True))


def _is_asked_whole(step: Choices) -> bool:
    """Tell whether a hub has several topics, and only comes to its end when none of them is left."""
    choices = [item for item in step.items if isinstance(item, Choice)]
    only_choices = len(choices) == len(step.items) > 1
    return only_choices and not any(each.fallback or not _comes_back(step, each) for each in choices)


def _comes_back(step: Choices, choice: Choice) -> bool:
    returns = (choice.again or step.hub) and not choice.done
    return returns and falls_through(choice.steps) and not _leaves(choice.steps)


def _leaves(steps: Steps) -> bool:
    return any(isinstance(each, Goto | End | Return) for each in walk(steps))
