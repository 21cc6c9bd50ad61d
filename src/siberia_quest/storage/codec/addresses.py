"""Finding again, in a story that was edited, the step at which a game waits."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from siberia_quest.engine.flow import PointSort
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.storage.codec.identities import Identity

#: `choices(pull,ease_off)#2@saw`: the sort of a step, what tells it apart, which of several alike it is, members of loops around.
_OWN = r"(?P<sort>[a-z]+)(?:\((?P<about>.*)\))?(?:#\d+)?(?P<members>(?:@[^@/]*)*)"
_STEP = r"([0-9a-f]{10}!?)\.([0-9a-f]{10}|passage)\.([0-9a-f]{10}|passage)\.([0-9a-f]{10})\.([0-9a-f]{10})\.(itself|nearly|between|)"
#: What may wait for the player, and what may wait for a called passage (a choice, where its list was dealt).
WAITING = frozenset[PointSort]({"choices", "ask", "pause"})
CALLING = frozenset[PointSort]({"call", "deal", "choices"})


class PlaceInFlow(NamedTuple):
    """A point of a passage: its sort, the ids of its options, the members of the loops around it, and who it is (None: not known)."""

    sort: PointSort
    ids: frozenset[str]
    members: tuple[str, ...]
    identity: Identity | None


def place_of(address: str, step: Identity | None, spell: Callable[[str], str]) -> PlaceInFlow | None:
    """Return what an address says, and who stands there; None where it is no address. Names are spelt as they were first."""
    match = re.fullmatch(_OWN, address.rpartition("/")[2])
    if match is None:
        return None
    word = "choices" if match["sort"] == "topics" else match["sort"]
    sort = next((each for each in WAITING | CALLING if each == word), None)
    if sort is None:
        return None
    ids = frozenset(spell(each) for each in (match["about"] or "").split(",")) if sort == "choices" else frozenset()
    return PlaceInFlow(sort, ids, tuple(map(spell, match["members"].split("@")[1:])), step)


def key_of(address: str) -> str:
    """Return an address without the members of the loops around it."""
    path, slash, own = address.rpartition("/")
    return path + slash + own.partition("@")[0]


def write_identity(step: Identity) -> str:
    """Return an identity as a save has it."""
    return ".".join(step)


def read(text: str) -> Identity | None:
    """Return the identity that a save has, None where that is none."""
    match = re.fullmatch(_STEP, text)
    return Identity(*match.groups()) if match else None


def find_address(
    address: str, was: PlaceInFlow, points: Mapping[str, PlaceInFlow], sorts: Collection[str]
) -> str | None:
    """Return where a step is now that was at an address, None where none of the passage's points is surely the same.

    The very same step is found wherever it was moved: it is the same itself, and alone in that; or it stands between the same steps. A
    list of choices may also have lost and won some. What is merely of the same sort, or at the same number, is not taken for it.
    """
    fitting = {
        each: place
        for each, place in points.items()
        if place.sort in sorts and place.sort == was.sort and place.members == was.members
    }
    if was.identity is None:
        return _alone(_with_these(fitting, was.ids) or _with_most(fitting, was.ids, both=True))
    here = fitting[address].identity if address in fitting else None
    if here and (here.passage == was.identity.passage or _is_reworded(here, was.identity)):
        return address
    return _alone(_same(fitting, was, was.identity)) or _alone(_list_changed(fitting, was, was.identity))


def _is_reworded(now: Identity, was: Identity) -> bool:
    """Tell whether words were mended in a passage that has its shape: of a step and its two neighbours one has other words at most."""
    pairs = zip((now.itself, now.before, now.behind), (was.itself, was.before, was.behind), strict=True)
    return now.shape == was.shape and sum(one == other for one, other in pairs) > 1


def _same(fitting: Mapping[str, PlaceInFlow], was: PlaceInFlow, identity: Identity) -> Iterable[str]:
    """Return the points that are the same step, as far as that is plain."""
    alike = {
        each: place.identity
        for each, place in fitting.items()
        if place.identity and place.identity.itself == identity.itself
    }
    exact = [each for each, now in alike.items() if (now.before, now.behind) == (identity.before, identity.behind)]
    if exact and identity.alone:
        return exact
    if identity.alone not in {"itself", "nearly"} or not {*_with_most(fitting, was.ids)} <= alike.keys():
        return ()
    beside = [
        each
        for each, now in alike.items()
        if identity.is_spoken or now.before == identity.before or now.behind == identity.behind
    ]
    return beside if len(alike) == 1 else ()


def _list_changed(fitting: Mapping[str, PlaceInFlow], was: PlaceInFlow, identity: Identity) -> Iterable[str]:
    """Return the lists that a list of choices has become by losing or winning some: those between the same steps, or with most of it."""
    sharing = {each: place for each, place in fitting.items() if place.ids & was.ids}
    between = [
        each
        for each, place in sharing.items()
        if place.identity and (place.identity.before, place.identity.behind) == (identity.before, identity.behind)
    ]
    if between and len(sharing) == 1:
        return between
    return _with_most(fitting, was.ids) if identity.alone == "itself" else ()


def _with_these(fitting: Mapping[str, PlaceInFlow], ids: frozenset[str]) -> Iterable[str]:
    return [each for each, place in fitting.items() if ids and place.ids == ids]


def _with_most(fitting: Mapping[str, PlaceInFlow], ids: frozenset[str], *, both: bool = False) -> Iterable[str]:
    """Return the lists that have more than half of some ids; with `both`, and these more than half of theirs. `wait_2` is `wait` here."""
    old = _strip_numbers(ids)
    new = {each: _strip_numbers(place.ids) for each, place in fitting.items()}
    return [each for each, now in new.items() if len(now & old) * 2 > (max(len(old), len(now)) if both else len(old))]


def _strip_numbers(ids: frozenset[str]) -> frozenset[str]:
    """Return ids without the numbers that tell those apart which come of the same words."""
    return frozenset(re.sub(r"_\d+\Z", "", each) for each in ids)


def _alone(found: Iterable[str]) -> str | None:
    each = [*found]
    return each[0] if len(each) == 1 else None
