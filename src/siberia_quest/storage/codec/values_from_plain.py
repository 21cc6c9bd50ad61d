"""Values from plain data: of their kind, within their bounds, under their present names. All that is kept on disk comes in through here."""

from collections.abc import Collection, Mapping

from siberia_quest.engine.beginning import fit_value, initial_values
from siberia_quest.model.expression import Constant
from siberia_quest.model.kinds import Value, ValueKind
from siberia_quest.model.markup import clean
from siberia_quest.model.story import Setting, Stat, Story
from siberia_quest.storage.codec.checked import LONGEST, MOST, number_of
from siberia_quest.storage.codec.state_to_plain import Plain


def read_kept(story: Story, plain: Plain) -> Mapping[str, Value]:
    """Return what plain data keeps of a story's `keep:` variables for another game; what does not fit any more is left out."""
    reader = ValueReader(story)
    given = reader.rename_keys(
        plain if isinstance(plain, dict) else {}, {name for name, each in story.variables.items() if each.keep}
    )
    found = {name: reader.value(name, each) for name, each in given.items()}
    return {name: value for name, value in found.items() if value is not None}


def settings_from_plain(story: Story, plain: Plain) -> Mapping[str, Value]:
    """Return the settings that plain data says were chosen; what cannot be chosen any more is left out."""
    reader = ValueReader(story)
    given = reader.rename_keys(plain if isinstance(plain, dict) else {}, story.settings)
    found = {name: reader.value(name, each) for name, each in given.items()}
    return {name: value for name, value in found.items() if value is not None}


class ValueReader:
    """Reads values; what it meets on the way is in `notes` and `aside`."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.notes: list[str] = []
        self.aside: dict[str, Plain] = {}

    # --- names --------------------------------------------------------------------------------------------------------

    def renamed(self, name: str, known: Collection[str], within: str = "") -> str:
        """Return what a name is called now: itself while the story knows it, else what `renames:` lead to."""
        found, met = name, set[str]()
        renames = self.story.renames
        while found not in known and found not in met:
            met.add(found)
            whole = f"{within}.{found}" if within else found
            found = renames.get(whole, renames.get(found, found)).removeprefix(f"{within}." if within else "")
        return found if found in known else name

    def rename_keys(self, data: Mapping[str, Plain], known: Collection[str]) -> dict[str, Plain]:
        """Return what is known by its present name; where old and new name are both there, the new one's."""
        named = {old: self.renamed(old, known) for old in data}
        return {name: data[old] for old, name in named.items() if name in known and (name == old or name not in data)}

    # --- values -------------------------------------------------------------------------------------------------------

    def values(self, data: dict[str, Plain]) -> tuple[Value, ...]:
        """Read the values by slot."""
        slots = self.story.layout.slots
        for old, plain in data.items():
            if self.renamed(old, slots) not in slots:
                self.put_aside("values", old, plain)
                self.notes.append(f"`{clean(old)}` is put aside, since the story does not have it now")
        given = self.rename_keys(data, slots)
        values = {name: self.value(name, given.get(name)) for name in slots}
        if None in values.values():
            self.start(values, given)
        return tuple(value for value in values.values() if value is not None)

    def start(self, values: dict[str, Value | None], given: Collection[str]) -> None:
        """Give their start to values that are new or no longer fit, under the settings that were chosen."""
        slots = self.story.layout.slots
        chosen = {name: value for name in self.story.settings if (value := values[name]) is not None}
        starts = initial_values(self.story, chosen)
        for name, value in values.items():
            if value is None:
                values[name] = starts[slots[name]]
                why = (
                    "begins anew, since what it was does not fit it now"
                    if name in given
                    else "is new and has its start"
                )
                self.notes.append(f"`{name}` {why}")

    def value(self, name: str, plain: Plain) -> Value | None:
        """Read one value; None when it is missing or does not fit."""
        story = self.story
        if name in story.settings:
            return self.read_setting(story.settings[name], plain)
        if name in story.stats:
            return self.note_loss(name, plain, _within(story.stats[name], number_of(plain)))
        if name not in story.variables:
            number = number_of(plain)  # the engine's own counter of deals
            return min(max(int(number), 0), MOST) if number is not None else 0
        variable = story.variables[name]
        value = self.numbers(name, plain) if variable.kind.base == "per" else self.of_kind(variable.kind, plain)
        return None if value is None else self.note_loss(name, plain, fit_value(story, variable, value))

    def note_loss(self, name: str, plain: Plain, value: Value | None) -> Value | None:
        """Say it where a value had to be made to fit."""
        was = tuple(str(each) for each in plain) if isinstance(plain, list) else plain
        if value is not None and not isinstance(plain, dict | None) and was != value:
            self.notes.append(f"`{name}` was {_in_words(was)} and is {_in_words(value)} now")
        return value

    def of_kind(self, kind: ValueKind, plain: Plain) -> Value | None:
        """Read a value of a kind; None when it is none."""
        members = self.story.kinds[kind.of].ids if kind.of in self.story.kinds else ()
        if kind.base == "number":
            return number_of(plain)
        if kind.base == "yes_no":
            return plain if isinstance(plain, bool) else None
        if kind.base == "text":
            return clean(plain) if isinstance(plain, str) else None
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
        """Read the numbers of a `per` variable; members that are new have their start. A list has them in the members' order."""
        members = self.story.layout.members[name]
        if isinstance(plain, list) and len(plain) == len(members):
            plain = dict(zip(members, plain, strict=True))
        if not isinstance(plain, dict):
            return None
        kind = self.story.variables[name].kind.of
        given: dict[str, int | float] = {}
        for old, each in plain.items():
            member, number = self.renamed(old, members, kind), number_of(each)
            if member not in members:
                self.put_aside("values", name, {old: each})
                self.notes.append(f"`{clean(old)}` of `{name}` is put aside, since the story does not have it now")
            elif number is not None and (member == old or member not in plain):
                given[member] = number
        if len(given) == len(members):
            return tuple(given[member] for member in members)
        starts = initial_values(self.story)[self.story.layout.slots[name]]
        assert isinstance(starts, tuple)
        return tuple(given.get(member, number_of(start) or 0) for member, start in zip(members, starts, strict=True))

    def read_setting(self, setting: Setting, plain: Plain) -> Value | None:
        """Read what was chosen of a setting."""
        if setting.options:
            ids = [id_ for id_, _ in setting.options]
            chosen = self.renamed(plain, ids, setting.kind.of or setting.name) if isinstance(plain, str) else ""
            chosen = chosen if chosen in ids or not isinstance(plain, str) else self.renamed(plain, ids, setting.name)
            return chosen if chosen in ids else None
        if setting.kind.base == "text":
            return clean(plain)[: setting.longest] if isinstance(plain, str) else None
        return self.of_kind(setting.kind, plain)

    def put_aside(self, part: str, name: str, plain: Plain) -> None:
        """Keep what the story does not know now."""
        kept = self.aside.setdefault(part, {})
        assert isinstance(kept, dict)
        known = kept.get(name)
        kept[name] = {**known, **plain} if isinstance(known, dict) and isinstance(plain, dict) else plain


def _within(stat: Stat, number: float | None) -> int | float | None:
    """Bring a number into a stat's range, where that is plain numbers; a range that moves is kept by the engine."""
    match stat.low, stat.high:
        case Constant(int() | float() as low), Constant(int() | float() as high) if number is not None:
            return min(max(number, low), high)
    return number


def _in_words(value: object) -> str:
    """Return a value as an author would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"[{clean(', '.join(map(str, value)))[:LONGEST_SAID]}]"
    return clean(str(value))[:LONGEST_SAID]


LONGEST_SAID = 60  # of a value, when one is told that it was made to fit
