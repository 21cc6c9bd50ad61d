"""How storylets are dealt: what a story's code calls."""

from siberia_quest.engine.flow import Flow, Segment
from siberia_quest.engine.offers import GREYED, Candidate
from siberia_quest.model.page import Option
from siberia_quest.model.sites import passage_record
from siberia_quest.model.steps import DealOrder


def find_qualified(w: Flow, tag: str) -> list[Candidate]:
    """Return the storylets of a tag that qualify, those of the highest priority."""
    candidates = w.program.tags[tag](w)
    highest = max((candidate.priority for candidate in candidates), default=0)
    return [candidate for candidate in candidates if candidate.priority == highest]


def deal(w: Flow, tag: str, by: DealOrder, address: str, otherwise: Segment) -> Segment | None:
    """Draw a storylet and enter it; it comes back to `address`. A deal counts, for `cooldown`, also where none qualifies."""
    candidates = [candidate for candidate in find_qualified(w, tag) if candidate.option.enabled]
    if not candidates:
        count_deal(w, tag)
        return otherwise
    return enter_storylet(w, candidates[_draw(w, candidates, by)].passage, tag, address)


def count_deal(w: Flow, tag: str) -> int:
    """Count a deal of a tag and return its number."""
    slot = w.program.deals[tag]
    number = int(str(w.values[slot])) + 1
    w.values[slot] = number
    return number


def enter_storylet(w: Flow, passage: str, tag: str, address: str) -> Segment:
    """Enter a storylet that was dealt for a tag, and count the deal."""
    entry = w.call(passage, (), address)
    number = count_deal(w, tag)
    last = w.program.last_deal(tag, passage)
    if last is not None:
        w.counters[last] = number
    return entry


def _draw(w: Flow, candidates: list[Candidate], by: DealOrder) -> int:
    if by == "weight":
        return w.weigh([candidate.weight for candidate in candidates])
    if by == "least_seen":
        visits = [w.visits(w.layout.records[passage_record(candidate.passage)], 0) for candidate in candidates]
        return visits.index(min(visits))
    return 0


def deal_options(
    w: Flow, options: list[Option], tag: str, show: int, by: DealOrder, ids: tuple[str, ...]
) -> None:  # as written
    """Put up to `show` storylets among the options; what was dealt for this list already stays. `ids` are those of the list's choices."""
    taken = {*ids, *(option.id for option in options)}
    if w.frozen:
        known = {each.option.id: each.option for each in w.program.tags[tag](w) if each.option.id not in taken}
        shown = [id_.removeprefix(GREYED) for id_ in w.frozen]
        options += [known[id_] for id_ in shown if id_ in known]
        return
    candidates = [each for each in w.program.tags[tag](w) if each.option.id not in taken]
    candidates.sort(key=lambda each: -each.priority)
    dealt = 0
    while candidates and dealt < show:
        highest = [each for each in candidates if each.priority == candidates[0].priority]
        candidate = highest[_draw(w, highest, by)]
        candidates.remove(candidate)
        options.append(candidate.option)
        dealt += 1
