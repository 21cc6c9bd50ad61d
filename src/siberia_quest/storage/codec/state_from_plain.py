"""A state from plain data, against a story that may have been edited since. Nothing here trusts what it reads."""

from collections.abc import Collection

from siberia_quest.engine.beginning import initial_values
from siberia_quest.engine.flow import DEEPEST_CALLS
from siberia_quest.engine.offers import GREYED
from siberia_quest.engine.play_faults import PlayFault
from siberia_quest.engine.program import program_of
from siberia_quest.engine.turns import reopen
from siberia_quest.model.expression import HOWS
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Told, compose
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import Site, alternatives_site, passage_record, phrase_of_record, phrase_record
from siberia_quest.model.state import Counts, JournalEntry, State
from siberia_quest.model.story import Story
from siberia_quest.storage.codec.checked import (
    LONGEST,
    Fault,
    Gone,
    count_of,
    expect_mapping,
    hexadecimal_of,
    list_of,
    number_of,
    text_of,
)
from siberia_quest.storage.codec.places_from_plain import Edited, PlaceReader, frame_from_plain
from siberia_quest.storage.codec.state_to_plain import Plain, sites_of

MOST_LINES = 100_000
_SEED_DIGITS = 40


class Restored(NamedTuple):
    """What became of plain data: the state; what the story does not know now, kept for when it does again; and what was made to fit.

    Without a state, either `gone` names the place that the story no longer has, or `fault` says why the data is no state at all.
    """

    state: State | None
    aside: dict[str, Plain]
    notes: tuple[str, ...] = ()
    gone: Told = ()
    fault: Told = ()


def from_plain(story: Story, data: Plain, aside: Plain = None, edited: Edited = "other") -> Restored:
    """Return the state that plain data stands for. Never raises.

    `aside` is what earlier readings could not place: it is tried again. `edited` is what of the story was edited since the data was
    written. What is on offer is made anew. Names follow the story's `renames:`; stats and variables that are new have their start value;
    values that no longer fit their kind have it too; numbers are brought into their range.
    """
    reader = _StateReader(story)
    reader.edited = edited
    try:
        if not isinstance(data, dict):
            raise Fault("fault_stateless")  # noqa: TRY301  # said like all other faults
        state = reader.state(_with_aside(data, aside))
    except Fault as fault:
        return Restored(None, {}, fault=fault.why)
    except PlayFault as trouble:
        return Restored(None, {}, fault=compose("fault_beginning", problem=trouble.message))
    except Gone as gone:
        return Restored(None, reader.aside, gone=gone.why)
    return Restored(state, reader.aside, tuple(reader.notes))


def _with_aside(data: dict[str, Plain], aside: Plain) -> dict[str, Plain]:
    """Put what was kept aside back under what is there."""
    if not isinstance(aside, dict):
        return data
    made = dict(data)
    for key in ("values", "counts"):
        kept, now = aside.get(key), data.get(key)
        if isinstance(kept, dict) and isinstance(now, dict):
            made[key] = _under(kept, now)
    kept, now = aside.get("achieved"), data.get("achieved")
    if isinstance(kept, list) and isinstance(now, list):
        made["achieved"] = [*now, *(each for each in kept if each not in now)]
    return made


def _under(kept: dict[str, Plain], now: dict[str, Plain]) -> dict[str, Plain]:
    merged = {**kept, **now}
    for name in kept.keys() & now.keys():
        below, above = kept[name], now[name]
        if isinstance(below, dict) and isinstance(above, dict | int):
            merged[name] = {**below, **(above if isinstance(above, dict) else {"": above})}
    return merged


class _StateReader(PlaceReader):
    """Reads one state."""

    def state(self, data: dict[str, Plain]) -> State:
        """Read a whole state, by the names it was saved with and those that `renames:` gives them now."""
        ending = data.get("ending")
        if ending is not None:
            ending = self.renamed(text_of(ending, "ending", LONGEST), self.story.endings)
        values = self.values(expect_mapping(data.get("values"), "values"))
        counts = self.counts(expect_mapping(data.get("counts"), "visits"))
        frames = tuple(frame_from_plain(each) for each in list_of(data.get("frames"), "place", DEEPEST_CALLS + 1))
        if (ending is None) != bool(frames):
            raise Fault("fault_placeless")
        offered = list_of(data.get("offer"), "offer", MOST_LINES)
        state = State(
            hexadecimal_of(data.get("chance"), "chance", 16),
            hexadecimal_of(data.get("seed"), "seed", _SEED_DIGITS),
            count_of(data.get("turn"), "turn"),
            values,
            counts,
            self.find_places(frames),
            tuple(text_of(each, "offer", LONGEST) for each in offered),
            self.journal(data.get("journal")),
            self.read_achieved(list_of(data.get("achieved"), "achievements", 10_000)),
            count_of(data.get("checkpoints"), "checkpoints"),
            ending,
            self.story.layout,
        )
        return self.offer_anew(state) if state.frames else state

    def offer_anew(self, state: State) -> State:
        """Return a state with what is on offer at its place now. Raises Gone where nothing is."""
        frame = state.frames[-1]
        point = program_of(self.story).find_point(frame)
        known = {*point.branches, *(each.split(".")[-1] for tag in point.dealt for each in self.story.storylets[tag])}
        given = {each: each.removeprefix(GREYED) for each in state.offer}
        named = {each: self.site_now(id_, known, frame.passage) if known else id_ for each, id_ in given.items()}
        old = tuple(GREYED * each.startswith(GREYED) + id_ for each, id_ in named.items())
        state = state._replace(offer=old)
        turn = reopen(self.story, state)
        if turn.page.problem:
            return state._replace(offer=())
        offered = [each for each in turn.page.options if each.enabled]
        if not offered and not turn.page.ask:
            raise Gone("gone_closed", passage=frame.passage)
        then, now = dict.fromkeys(named.values()), dict.fromkeys(each.id for each in turn.page.options)
        self.notes += [f"the choice `{clean(each)}` is not there now" for each in then if each not in now]
        self.notes += [f"the choice `{each}` is new" for each in now if each not in then]
        return turn.state

    # --- counts, journal, achievements --------------------------------------------------------------------------------

    def counts(self, data: dict[str, Plain]) -> Counts:
        """Read how often places were visited."""
        records = self.story.layout.records
        made: dict[int, list[int]] = {}
        for old, plain in data.items():
            name = passage_record(self.passage_id(old) if old not in records else old)
            if name not in records and (phrase := phrase_of_record(old)):
                name = phrase_record(self.renamed(phrase, self.story.phrases))
            counted: dict[str, Plain] = plain if isinstance(plain, dict) else {"": plain}
            if name not in records:
                self.put_aside("counts", old, counted)
                continue
            if name == old or name not in data:
                made[records[name]] = self.record(name, old, counted)
        return Counts.none().with_records(made)

    def record(self, name: str, old: str, counted: dict[str, Plain]) -> list[int]:
        """Read the counters of one passage or phrase."""
        sites = sites_of(self.story, name)
        found = [0] * len(sites)
        reworded = _match_reworded(counted, sites)
        for site, plain in counted.items():
            now = site if site in sites else reworded.get(site) or self.site_now(site, sites, name)
            if now in sites:
                found[sites.index(now)] = count_of(plain, "visits")
            else:
                self.put_aside("counts", old, {site: count_of(plain, "visits")})
        return found

    def journal(self, data: Plain) -> tuple[JournalEntry, ...]:
        """Read the journal; a stat that was not written down then is given its start."""
        if not data:
            return ()
        panel = expect_mapping(data, "journal")
        names = [
            self.renamed(text_of(each, "stat", LONGEST), self.story.stats)
            for each in list_of(panel.get("stats"), "journal", 10_000)
        ]
        columns = [names.index(name) if name in names else -1 for name in self.story.stats]
        starts: tuple[Value, ...] = ()
        if -1 in columns:
            starts = initial_values(self.story)
        spare = [number_of(starts[self.story.layout.slots[name]]) or 0 if starts else 0 for name in self.story.stats]
        lines = []
        for each in list_of(panel.get("lines"), "journal", MOST_LINES):
            match list_of(each, "journal", 3):
                case [str() as text, turn, list() as numbers]:
                    row = [number_of(number) for number in numbers]
                    stats = tuple(
                        row[at] or 0 if 0 <= at < len(row) else rest for at, rest in zip(columns, spare, strict=True)
                    )
                    lines.append(JournalEntry(clean(text)[:LONGEST], count_of(turn, "journal"), stats))
                case _:
                    raise Fault("fault_in", what=compose("part_journal"))
        return tuple(lines)

    def read_achieved(self, data: list[Plain]) -> tuple[str, ...]:
        """Read what was achieved."""
        found: dict[str, None] = {}
        unknown: list[Plain] = []
        for each in data:
            old = text_of(each, "achievement", LONGEST)
            name = self.renamed(old, self.story.achievements)
            if name in self.story.achievements:
                found[name] = None
            else:
                unknown.append(old)
        if unknown:
            self.aside["achieved"] = unknown
        return tuple(found)


def _match_reworded(counted: Collection[str], sites: tuple[Site, ...]) -> dict[str, Site]:
    """Return what alternatives in a text, which are known by their words, are called now that these were edited.

    That is plain only where one sort of them lost one, and has one that was never counted.
    """
    found: dict[str, Site] = {}
    for how in HOWS:
        sort = alternatives_site(how)
        lost = [site for site in counted if site.startswith(sort) and site not in sites]
        new = [site for site in sites if site.startswith(sort) and site not in counted]
        if len(lost) == len(new) == 1:
            found[lost[0]] = new[0]
    return found
