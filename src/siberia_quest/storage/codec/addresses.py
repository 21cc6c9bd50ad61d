"""Finding again, in a story that was edited, the step at which a game waits."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from siberia_quest.engine.code_parts import PointPlan
from siberia_quest.model.letters import NAME, NAME_SIGN

#: `choices(pull,ease_off)#2@saw`: the sort of a step, what tells it apart, which of several alike it is, members of loops around.
_OWN = re.compile(r"(?P<sort>[a-z]+)(?:\((?P<about>.*)\))?(?:#\d+)?(?P<members>(?:@[^@/]*)*)")
#: What may wait for the player, and what may wait for a called passage (a choice, where its list was dealt).
WAITING = frozenset({"choices", "ask", "pause"})
CALLING = frozenset({"call", "deal", "choices"})


class _Address(NamedTuple):
    block: str
    sort: str
    about: frozenset[str]
    members: str


def find_address(
    address: str, points: Mapping[str, PointPlan], sorts: Iterable[str], renamed: Callable[[str], str]
) -> str | None:
    """Return the address of the step that an old address means now, None when nothing in the passage is like it.

    First the same address (or what the story's `renames:` make of it); then, in the same block, a step of the same sort: the one that
    shares most ids; then a step that is the only one of its sort in the passage.
    """
    fitting = {each: point for each, point in points.items() if point.sort in sorts}
    for same in (address, _renamed(address, renamed)):
        if same in fitting:
            return same
    wanted = _parsed(_renamed(address, renamed))
    if wanted is None:
        return None
    alike = {each: found for each in fitting if (found := _parsed(each)) and _is_alike(found, wanted)}
    beside = {each: len(found.about & wanted.about) for each, found in alike.items() if found.block == wanted.block}
    best = max(beside, key=lambda each: beside[each], default="")
    if best and beside[best]:
        return best
    return next(iter(alike)) if len(alike) == 1 else None


def _is_alike(found: _Address, wanted: _Address) -> bool:
    return found.sort == wanted.sort and found.members == wanted.members


def _parsed(address: str) -> _Address | None:
    block, _, own = address.rpartition("/")
    match = _OWN.fullmatch(own)
    if match is None:
        return None
    sort = "choices" if match["sort"] == "topics" else match["sort"]
    return _Address(block, sort, frozenset((match["about"] or "").split(",")) - {""}, match["members"])


def _renamed(address: str, renamed: Callable[[str], str]) -> str:
    """Put new ids where old ones stand in an address."""
    return re.sub(rf"{NAME}(?:\.{NAME_SIGN}+)?", lambda found: renamed(found.group()), address)
