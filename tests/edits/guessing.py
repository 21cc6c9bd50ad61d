"""The old way to find a place again, which guessed: a control, that what judges finds it wrong."""

from collections.abc import Collection, Mapping

from siberia_quest.engine.flow import PointSort
from siberia_quest.storage.codec.addresses import PlaceInFlow


def guess_address(
    address: str, was: PlaceInFlow, points: Mapping[str, PlaceInFlow], sorts: Collection[PointSort]
) -> str | None:
    """First the same address; then, in the same block, the step of the same sort with most ids; then the only one of its sort."""
    fitting = {each: place for each, place in points.items() if place.sort in sorts}
    if address in fitting:
        return address
    alike = {each: place for each, place in fitting.items() if (place.sort, place.members) == (was.sort, was.members)}
    block = address.rpartition("/")[0]
    beside = {each: len(place.ids & was.ids) for each, place in alike.items() if each.rpartition("/")[0] == block}
    best = max(beside, key=lambda each: beside[each], default="")
    if best and (beside[best] or not was.ids):
        return best
    return next(iter(alike)) if len(alike) == 1 else None
