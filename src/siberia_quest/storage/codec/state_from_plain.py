"""A state from plain data, against a story that may have been edited since. Nothing here trusts what it reads."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from siberia_quest.engine.flow import DEEPEST_CALLS
from siberia_quest.engine.game import initial_values
from siberia_quest.engine.numbers import tidy
from siberia_quest.engine.program import points_of
from siberia_quest.engine.trouble import TooLarge, Trouble
from siberia_quest.model.expression import HOWS, Builtin, Constant, Expression, Variable
from siberia_quest.model.functions import FORMS
from siberia_quest.model.kinds import NUMBER, Kind, Value
from siberia_quest.model.markup import clean
from siberia_quest.model.page import JournalLine
from siberia_quest.model.sites import Site, alternatives_site, passage_record, phrase_of_record, phrase_record
from siberia_quest.model.state import Counts, Frame, State
from siberia_quest.model.steps import Let, Steps
from siberia_quest.model.story import Passage, Setting, Stat, Story
from siberia_quest.storage.codec.addresses import CALLING, WAITING, find_address
from siberia_quest.storage.codec.state_to_plain import Plain, local_names, sites_of

MOST = 10**9  # visits, turns, deals, checkpoints
MOST_LINES = 100_000
MOST_TITLE = 256 * 1024  # characters, as a turn may tell
LONGEST = 256 * 1024  # characters of a name, an address or a text: as many as a turn may tell
_SEED_DIGITS = 40


class _WrittenFrame(NamedTuple):
    """A frame as a save has it: the passage, the address, the locals, and the passage's title as it was told."""

    passage: str
    at: str
    locals: dict[str, Plain]
    title: str


class Restored(NamedTuple):
    """What became of plain data: the state; what the story does not know now, kept for when it does again; and what was made to fit.

    Without a state, either `gone` names the place that the story no longer has, or `fault` says why the data is no state at all.
    """

    state: State | None
    aside: dict[str, Plain]
    notes: tuple[str, ...] = ()
    gone: str = ""
    fault: str = ""


class _Fault(Exception):  # noqa: N818  # it never leaves this module
    """The data is no state."""


class _Gone(Exception):  # noqa: N818
    """The place is not in the story."""


def from_plain(story: Story, data: Plain, aside: Plain = None) -> Restored:
    """Return the state that plain data stands for. Never raises.

    `aside` is what earlier readings could not place: it is tried again. Names follow the story's `renames:`; stats and variables that are
    new have their start value; values that no longer fit their kind have it too; numbers are brought into their range.
    """
    reader = _Reader(story)
    try:
        if not isinstance(data, dict):
            raise _Fault("it holds no state")  # noqa: TRY301  # said like all other faults
        state = reader.state(_with_aside(data, aside))
    except _Fault as fault:
        return Restored(None, {}, fault=str(fault))
    except Trouble as trouble:
        return Restored(None, {}, fault=f"the story cannot begin: {trouble.message}")
    except _Gone as gone:
        return Restored(None, reader.aside, gone=str(gone))
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


class _Reader:
    """Reads one state; what it meets on the way is in `notes` and `aside`."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.notes: list[str] = []
        self.aside: dict[str, Plain] = {}
        self.starts: tuple[Value, ...] = ()

    def state(self, data: dict[str, Plain]) -> State:
        """Read everything."""
        ending = data.get("ending")
        if ending is not None:
            ending = self.renamed(_text(ending, "the ending", LONGEST), self.story.endings)
        values = self.values(_mapping(data.get("values"), "the values"))
        counts = self.counts(_mapping(data.get("counts"), "the visits"))
        frames = tuple(self.frame(each) for each in _list(data.get("frames"), "the place", DEEPEST_CALLS + 1))
        if (ending is None) != bool(frames):
            raise _Fault("it does not say where it stands")
        return State(
            _hex(data.get("chance"), "the chance", 16),
            _hex(data.get("seed"), "the seed", _SEED_DIGITS),
            _count(data.get("turn"), "the turn"),
            values,
            counts,
            self.placed(frames),
            tuple(
                _text(each, "what is on offer", LONGEST)
                for each in _list(data.get("offer"), "what is on offer", MOST_LINES)
            ),
            self.journal(data.get("journal")),
            self.achieved(_list(data.get("achieved"), "the achievements", 10_000)),
            _count(data.get("checkpoints"), "the checkpoints"),
            ending,
            self.story.layout,
        )

    def renamed(self, name: str, known: Collection[str], within: str = "") -> str:
        """Return what a name is called now: itself while the story knows it, else what `renames:` lead to."""
        found, met = name, set[str]()
        renames = self.story.renames
        while found not in known and found not in met:
            met.add(found)
            whole = f"{within}.{found}" if within else found
            found = renames.get(whole, renames.get(found, found)).removeprefix(f"{within}." if within else "")
        return found if found in known else name

    def passage_id(self, old: str) -> str:
        """Return what a passage is called now; its scene and its own name may each have been renamed."""
        passages, renames = self.story.passages, self.story.renames
        found = self.renamed(old, passages)
        scene, _, name = found.partition(".")
        for scene_now in (scene, renames.get(scene, scene)):
            for name_now in (name, renames.get(name, name)):
                for tried in (f"{scene_now}.{name_now}", self.renamed(f"{scene_now}.{name_now}", passages), name_now):
                    if tried in passages:
                        return tried
        return found

    # --- values -------------------------------------------------------------------------------------------------------

    def values(self, data: dict[str, Plain]) -> tuple[Value, ...]:
        """Read the values by slot."""
        story = self.story
        slots = story.layout.slots
        given: dict[str, Plain] = {}
        for old, plain in data.items():
            name = self.renamed(old, slots)
            if name not in slots:
                self.put_aside("values", old, plain)
            elif name == old or name not in data:
                given[name] = plain
        values = {name: self.value(name, given.get(name)) for name in slots}
        if None in values.values():
            self.start(values)
        return tuple(value for value in values.values() if value is not None)

    def start(self, values: dict[str, Value | None]) -> None:
        """Give their start to values that are new or no longer fit, under the settings that were chosen."""
        slots = self.story.layout.slots
        chosen = {name: value for name in self.story.settings if (value := values[name]) is not None}
        starts = initial_values(self.story, chosen)
        for name, value in values.items():
            if value is None:
                values[name] = starts[slots[name]]

    def value(self, name: str, plain: Plain) -> Value | None:
        """Read one value; None when it is missing or does not fit."""
        story = self.story
        if name in story.stats:
            return _within(story.stats[name], _number(plain))
        if name in story.settings:
            return _setting(story.settings[name], plain)
        if name not in story.variables:
            number = _number(plain)  # the engine's own counter of deals
            return min(max(int(number), 0), MOST) if number is not None else 0
        variable = story.variables[name]
        if variable.kind.base == "text":
            return clean(plain)[: variable.longest] if isinstance(plain, str) else None
        if variable.kind.base == "per":
            return self.numbers(name, plain)
        value = self.of_kind(variable.kind, plain)
        return value[-variable.last :] if variable.kind.base == "list" and isinstance(value, tuple) else value

    def of_kind(self, kind: Kind, plain: Plain) -> Value | None:
        """Read a value of a kind; None when it is none."""
        members = self.story.kinds[kind.of].ids if kind.of in self.story.kinds else ()
        if kind.base == "number":
            return _number(plain)
        if kind.base == "yes_no":
            return plain if isinstance(plain, bool) else None
        if kind.base == "text":
            return clean(plain)[:LONGEST] if isinstance(plain, str) else None
        if kind.base == "member":
            member = self.renamed(plain, members, kind.of) if isinstance(plain, str) else ""
            return member if member in members else None
        if not isinstance(plain, list):
            return None
        there = [self.renamed(each, members, kind.of) for each in plain[:LONGEST] if isinstance(each, str)]
        if kind.base == "set":
            return tuple(member for member in members if member in there)
        return tuple(member for member in there if member in members)

    def numbers(self, name: str, plain: Plain) -> Value | None:
        """Read the numbers of a `per` variable; members that are new have their start."""
        if not isinstance(plain, dict):
            return None
        members = self.story.layout.members[name]
        kind = self.story.variables[name].kind.of
        given: dict[str, int | float] = {}
        for old, each in plain.items():
            member, number = self.renamed(old, members, kind), _number(each)
            if member not in members:
                self.put_aside("values", name, {old: each})
            elif number is not None and (member == old or member not in plain):
                given[member] = number
        if len(given) == len(members):
            return tuple(given[member] for member in members)
        starts = initial_values(self.story)[self.story.layout.slots[name]]
        assert isinstance(starts, tuple)
        return tuple(given.get(member, _number(start) or 0) for member, start in zip(members, starts, strict=True))

    def put_aside(self, part: str, name: str, plain: Plain) -> None:
        """Keep what the story does not know now."""
        kept = self.aside.setdefault(part, {})
        assert isinstance(kept, dict)
        known = kept.get(name)
        kept[name] = {**known, **plain} if isinstance(known, dict) and isinstance(plain, dict) else plain

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
        reworded = _reworded(counted, sites)
        for site, plain in counted.items():
            now = site if site in sites else reworded.get(site) or self.renamed(site, sites, name)
            if now in sites:
                found[sites.index(now)] = _count(plain, "the visits")
            else:
                self.put_aside("counts", old, {site: _count(plain, "the visits")})
        return found

    def journal(self, data: Plain) -> tuple[JournalLine, ...]:
        """Read the journal; a stat that was not written down then is given its start."""
        if not data:
            return ()
        panel = _mapping(data, "the journal")
        names = [
            self.renamed(_text(each, "a stat", LONGEST), self.story.stats)
            for each in _list(panel.get("stats"), "the journal", 10_000)
        ]
        columns = [names.index(name) if name in names else -1 for name in self.story.stats]
        starts: tuple[Value, ...] = ()
        if -1 in columns:
            starts = initial_values(self.story)
        spare = [_number(starts[self.story.layout.slots[name]]) or 0 if starts else 0 for name in self.story.stats]
        lines = []
        for each in _list(panel.get("lines"), "the journal", MOST_LINES):
            match _list(each, "the journal", 3):
                case [str() as text, turn, list() as numbers]:
                    row = [_number(number) for number in numbers]
                    stats = tuple(
                        row[at] or 0 if 0 <= at < len(row) else rest for at, rest in zip(columns, spare, strict=True)
                    )
                    lines.append(JournalLine(clean(text)[:LONGEST], _count(turn, "the journal"), stats))
                case _:
                    raise _Fault("the journal is not what it should be")
        return tuple(lines)

    def achieved(self, data: list[Plain]) -> tuple[str, ...]:
        """Read what was achieved."""
        found: dict[str, None] = {}
        unknown: list[Plain] = []
        for each in data:
            old = _text(each, "an achievement", LONGEST)
            name = self.renamed(old, self.story.achievements)
            if name in self.story.achievements:
                found[name] = None
            else:
                unknown.append(old)
        if unknown:
            self.aside["achieved"] = unknown
        return tuple(found)

    # --- the place ----------------------------------------------------------------------------------------------------

    def frame(self, data: Plain) -> _WrittenFrame:
        """Read a frame as it is written."""
        given = _mapping(data, "the place")
        passage, at = _text(given.get("passage"), "the place", LONGEST), _text(given.get("at"), "the place", LONGEST)
        title = " ".join(clean(_text(given.get("title", ""), "the place", MOST_TITLE)).split())
        return _WrittenFrame(passage, at, _mapping(given.get("locals"), "the place"), title)

    def placed(self, frames: Iterable[_WrittenFrame]) -> tuple[Frame, ...]:
        """Find the frames' places in the story. Raises _Gone at the first that is not there."""
        waiting = tuple(frames)
        made = []
        for number, (old, at, kept, title) in enumerate(waiting):
            passage = self.passage_id(old)
            if passage not in self.story.passages:
                raise _Gone(f"the place `{clean(old)}` is not in the story any more")
            points = points_of(self.story, passage)
            ids = {branch.option for point in points.values() for branch in point.branches}
            renamed = self.renaming(ids, passage)
            address = find_address(at, points, WAITING if number == len(waiting) - 1 else CALLING, renamed)
            if address is None:
                raise _Gone(f"what you were asked in `{passage}` is not in the story any more")
            made.append(Frame(passage, address, self.locals(self.story.passages[passage], kept), title))
        return tuple(made)

    def renaming(self, ids: Collection[str], passage: str) -> Callable[[str], str]:
        """Return what gives the ids in an address of a passage their present names."""

        def renamed(name: str) -> str:
            if name in ids or name not in self.story.renames:
                return name
            found = self.renamed(name, ids, passage)
            return found if found != name else self.story.renames[name]

        return renamed

    def locals(self, passage: Passage, kept: dict[str, Plain]) -> tuple[Value, ...]:
        """Read a passage's locals. Raises _Gone when one of them is missing or is not of its kind."""
        made: list[Value] = []
        for slot, name in enumerate(local_names(passage.locals)):
            plain, kind = kept.get(self.old_name(name, kept), 0), self.kind_of_local(passage, slot)
            if plain == 0 and type(plain) is int:
                made.append(0)  # nothing yet: the flow has not come to where it is set
                continue
            value = _any(plain) if kind is None else self.of_kind(kind, plain)
            if value is None:
                raise _Gone(f"`{name}` in `{passage.id}` is of another kind now")
            made.append(value)
        return tuple(made)

    def old_name(self, name: str, kept: Mapping[str, Plain]) -> str:
        """Return what a local was called when the data was written."""
        return name if name in kept else next((old for old, new in self.story.renames.items() if new == name), name)

    def kind_of_local(self, passage: Passage, slot: int) -> Kind | None:
        """Return the kind of a local as far as that can be told: a parameter's, a member's, or that of a plain `let`."""
        if slot < len(passage.parameters):
            return passage.parameters[slot]
        name = passage.locals[slot]
        if name in self.story.kinds:
            return Kind("member", name)
        let = next((step for step in _lets(passage.steps) if step.slot == slot), None)
        return self.kind_of(let.value) if let else None

    def kind_of(self, expression: Expression) -> Kind | None:
        """Return the kind of a simple expression."""
        if isinstance(expression, Variable) and expression.name in self.story.variables:
            return self.story.variables[expression.name].kind
        if isinstance(expression, Variable) and expression.name in self.story.stats:
            return NUMBER
        if isinstance(expression, Builtin) and FORMS[expression.name][0].reading == "by value":
            return Kind("member", expression.names[1])  # of whatever is drawn by, and the kind
        return None


def _lets(steps: Steps) -> Iterable[Let]:
    """Yield the `let` steps at the top of a passage."""
    return (step for step in steps if isinstance(step, Let))


# --- plain data, checked ----------------------------------------------------------------------------------------------


def _mapping(plain: Plain, what: str) -> dict[str, Plain]:
    if not isinstance(plain, dict):
        raise _Fault(f"{what} is not what it should be")
    return plain


def _list(plain: Plain, what: str, most: int) -> list[Plain]:
    if not isinstance(plain, list) or len(plain) > most:
        raise _Fault(f"{what} is not what it should be")
    return plain


def _text(plain: Plain, what: str, longest: int) -> str:
    if not isinstance(plain, str) or len(plain) > longest:
        raise _Fault(f"{what} is not what it should be")
    return clean(plain)


def _count(plain: Plain, what: str) -> int:
    if type(plain) is not int or not 0 <= plain <= MOST:
        raise _Fault(f"{what} is not what it should be")
    return plain


def _hex(plain: Plain, what: str, digits: int) -> int:
    text = _text(plain, what, digits + 1)
    try:
        number = int(text, 16)
    except ValueError:
        number = -1
        text = ""
    if format(number, "x") != text or (digits == 16 and number < 0):
        raise _Fault(f"{what} is not what it should be")
    return number


def _number(plain: Plain | Value) -> int | float | None:
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        return None
    try:
        return tidy(plain)
    except (TooLarge, ValueError, OverflowError):
        return None


def _reworded(counted: Collection[str], sites: tuple[Site, ...]) -> dict[str, Site]:
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


def _within(stat: Stat, number: float | None) -> int | float | None:
    """Bring a number into a stat's range, where that is plain numbers; a range that moves is kept by the engine."""
    match stat.low, stat.high:
        case Constant(int() | float() as low), Constant(int() | float() as high) if number is not None:
            return min(max(number, low), high)
    return number


def _setting(setting: Setting, plain: Plain) -> Value | None:
    if setting.options:
        return plain if isinstance(plain, str) and any(plain == id_ for id_, _ in setting.options) else None
    if setting.kind.base == "text":
        return clean(plain)[: setting.longest] if isinstance(plain, str) else None
    if setting.kind.base == "yes_no":
        return plain if isinstance(plain, bool) else None
    return _number(plain)


def _any(plain: Plain) -> Value | None:
    """Read a value whose kind is not known."""
    if isinstance(plain, bool):
        return plain
    if isinstance(plain, str):
        return clean(plain)[:LONGEST]
    if isinstance(plain, list):
        words = tuple(each for each in plain if isinstance(each, str))
        return words if len(words) == len(plain) else None
    return _number(plain)
