"""What of a state decides how a game goes on. States that agree in it are one, whatever their words."""

from typing import TypeAlias

from siberia_quest.model import expression as nodes
from siberia_quest.model.kinds import Value
from siberia_quest.model.sites import (
    PASSAGE,
    Site,
    choice_site,
    deal_slot,
    last_deal_site,
    last_visit_site,
    passage_record,
)
from siberia_quest.model.state import Frame, State
from siberia_quest.model.steps import Alternate, Choice, Choices, Deal, DealtChoices, Step, walk
from siberia_quest.model.story import Passage, Story
from siberia_quest.tools.exploring.dice import Shuffles

MergeKey: TypeAlias = tuple[
    tuple[Value, ...], tuple[int, ...], tuple[Frame, ...], tuple[str, ...], str | None, Shuffles, int
]
#: Texts, which decide nothing.
_TEXTS = (nodes.ShownValue, nodes.ConditionalText, nodes.Alternatives, nodes.TextCall, nodes.PhraseCall)


class Merger:
    """Makes the key of a state: the values, counters and places that something other than a text reads."""

    def __init__(self, story: Story) -> None:
        """Look for what decides. `growing` names, for the author, what may grow for ever and keeps states apart."""
        self.growing: tuple[str, ...] = ()
        self._slots = tuple(sorted(story.layout.slots[name] for name in _find_deciding_names(story)))
        self._counters = tuple(_counters(story))
        self._turns = _reads_turns(story)
        if self._turns:
            self.growing = ("the number of turns",)

    def key(self, state: State, shuffles: Shuffles) -> MergeKey:
        """Return what decides how a game goes on from a state."""
        values, counts = state.values, state.counts
        counters = []
        for index, at, most, round_ in self._counters:
            record = counts.get(index)
            count = record[at] if record else 0
            counters.append(count % round_ if round_ else min(count, most))
        turn = state.turn if self._turns else 0
        deciding = tuple([values[slot] for slot in self._slots])
        return deciding, tuple(counters), state.frames, state.offer, state.ending, shuffles, turn


def _find_deciding_names(story: Story) -> set[str]:
    """Return the values that decide: read by a condition or a check, or by an effect on one that decides."""
    found: set[str] = {deal_slot(tag) for tag in story.storylets if _cools_down(story, tag)}
    effects: list[nodes.Effect] = []
    for each in (*story.passages.values(), *story.formulas.values(), *story.stats.values()):
        effects += [part for part in nodes.things_in(each, _TEXTS) if isinstance(part, nodes.Effect)]
        found.update(name for part in nodes.things_in(each, (*_TEXTS, nodes.Effect)) for name in _names(story, part))
    more = True
    while more:
        more = False
        for effect in effects:
            read = {name for part in nodes.things_in(effect.value, _TEXTS) for name in _names(story, part)}
            if not read <= found and (
                not set(_names(story, effect.target)) or set(_names(story, effect.target)) & found
            ):
                found |= read
                more = True
    return found & set(story.layout.slots)


def _names(story: Story, thing: object) -> tuple[str, ...]:
    match thing:
        case nodes.Reference(name) | nodes.PerMember(name):
            return (name,)
        case nodes.ValueOf(kind):
            return story.kinds[kind].ids
        case nodes.Builtin():
            return thing.names
    return ()


def _reads_turns(story: Story) -> bool:
    things = (
        part for each in (*story.passages.values(), *story.formulas.values()) for part in nodes.things_in(each, _TEXTS)
    )
    return any(
        (isinstance(part, nodes.Builtin) and part.name == "turns")
        or (isinstance(part, nodes.Visits) and part.how == "turns_since")
        for part in things
    )


def _cools_down(story: Story, tag: str) -> bool:
    return any(
        storylet and storylet.cooldown for storylet in (story.passages[id_].storylet for id_ in story.storylets[tag])
    )


_NO_LIMIT = 1 << 62


class _Counters:
    """Gathers the counters that decide."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.found: dict[tuple[int, int], tuple[int, int]] = {}

    def add(self, passage: str, site: Site, most: int = _NO_LIMIT, round_: int = 0) -> None:
        """Keep a counter; from `most` on it makes no more difference, or it goes round after `round_`."""
        sites = self.story.passages[passage].sites
        if site in sites:
            place = (self.story.layout.records[passage_record(passage)], sites.index(site))
            known = self.found.get(place, (0, round_))
            self.found[place] = (max(known[0], most), round_ if known[1] == round_ else 0)

    def read(self, thing: object) -> None:
        """Keep what an expression reads."""
        for part in nodes.things_in(thing, _TEXTS):
            if isinstance(part, nodes.Visits):
                site = last_visit_site(part.site) if part.how == "turns_since" else part.site
                self.add(part.passage, site, 1 if part.how == "seen" else _NO_LIMIT)

    def dealt(self, passage: Passage) -> None:
        """Keep what says whether a storylet can be dealt."""
        if passage.storylet and passage.storylet.once:
            self.add(passage.id, PASSAGE, 1)
        if passage.storylet and passage.storylet.cooldown:
            for tag in passage.storylet.tags:
                self.add(passage.id, last_deal_site(tag))

    def pass_step(self, passage: Passage, step: Step) -> None:
        """Keep what a step counts."""
        if isinstance(step, Alternate):
            arms = len(step.arms)
            self.add(passage.id, step.site, arms, arms if step.how in {"cycle", "shuffle"} else 0)
        for item in (step, *(step.items if isinstance(step, Choices) else ())):
            if isinstance(item, Deal | DealtChoices) and item.by == "least_seen":
                self.by_visits(item.tag)
            elif isinstance(item, Choice) and isinstance(step, Choices) and (item.once or step.hub):
                for id_ in item.members or (item.id,):
                    self.add(passage.id, choice_site(id_), 1)

    def by_visits(self, tag: str) -> None:
        """Keep how often each storylet of a tag was seen."""
        for passage in self.story.storylets.get(tag, ()):
            self.add(passage, PASSAGE)


def _counters(story: Story) -> list[tuple[int, int, int, int]]:
    """Return the counters that decide: (record, place in it, the most that makes a difference, or how long its round is)."""
    counters = _Counters(story)
    for passage in story.passages.values():
        counters.read(passage)
        counters.dealt(passage)
        for step in walk(passage.steps):
            counters.pass_step(passage, step)
    for formula in story.formulas.values():
        counters.read(formula.body)
    return [(*place, *limits) for place, limits in sorted(counters.found.items())]
