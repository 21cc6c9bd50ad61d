"""A state as plain data, by names alone: what a save holds outlives the order in which an author wrote things down."""

from collections.abc import Mapping
from typing import TypeAlias, Union

from siberia_quest.model.kinds import Value
from siberia_quest.model.sites import PASSAGE, Site, phrase_of_record
from siberia_quest.model.state import Counts, Frame, JournalEntry, Record, State
from siberia_quest.model.story import Story
from siberia_quest.storage.codec.addresses import key_of, write_identity
from siberia_quest.storage.codec.identities import identities_of

#: What JSON can hold.
Plain: TypeAlias = Union[bool, int, float, str, list["Plain"], dict[str, "Plain"], None]


def sites_of(story: Story, record: str) -> tuple[Site, ...]:
    """Return the names of a record's counters: those of a passage, or of a phrase."""
    if phrase := phrase_of_record(record):
        return story.phrases[phrase].sites
    return story.passages.sites_of(record)


def to_plain(story: Story, state: State) -> dict[str, Plain]:
    """Return a state as plain data.

    The generator's state and the seed are hexadecimal text, since they may be larger than what JSON's readers keep exactly.
    """
    return {
        "chance": format(state.chance, "x"),
        "seed": format(state.seed, "x"),
        "turn": state.turn,
        "values": _values(state),
        "counts": _counts(story, state.counts),
        "frames": [_frame(story, frame) for frame in state.frames],
        "offer": list(state.offer),
        "journal": _journal(story, state.journal),
        "achieved": list(state.achieved),
        "checkpoints": state.checkpoints,
        "ending": state.ending,
    }


def _values(state: State) -> dict[str, Plain]:
    return {name: _value(state, name, state.values[slot]) for name, slot in state.layout.slots.items()}


def _value(state: State, name: str, value: Value) -> Plain:
    if not isinstance(value, tuple):
        return value
    members = state.layout.members.get(name)
    return list(value) if members is None else dict(zip(members, value, strict=True))


def plain_value(value: Value) -> Plain:
    """Return a value as plain data; it does not know the members that a `per` variable's numbers belong to."""
    return list(value) if isinstance(value, tuple) else value


def values_to_plain(story: Story, values: Mapping[str, Value]) -> dict[str, Plain]:
    """Return some of a story's values as plain data; the numbers of a `per` variable by member."""
    members = story.layout.members
    return {
        name: dict(zip(members[name], value, strict=True))
        if name in members and isinstance(value, tuple)
        else plain_value(value)
        for name, value in values.items()
    }


def _counts(story: Story, counts: Counts) -> dict[str, Plain]:
    names = story.layout.names
    return {names[index]: _record(story, names[index], record) for index, record in counts.items()}


def _record(story: Story, name: str, record: Record) -> Plain:
    """A passage that was only entered is its number of visits alone."""
    sites = sites_of(story, name)
    counted: dict[str, Plain] = {site: count for site, count in zip(sites, record, strict=False) if count}
    return counted[PASSAGE] if list(counted) == [PASSAGE] else counted


def _frame(story: Story, frame: Frame) -> dict[str, Plain]:
    names = local_names(story.passages[frame.passage].locals)
    kept: dict[str, Plain] = {name: plain_value(value) for name, value in zip(names, frame.locals, strict=False)}
    step = identities_of(story, frame.passage).get(key_of(frame.address))
    plain: dict[str, Plain] = {"passage": frame.passage, "at": frame.address, "locals": kept}
    plain |= {"step": write_identity(step)} if step else {}
    return {**plain, "title": frame.title} if frame.title else plain


def local_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a passage's locals, each made unique: the second `x` is `x#2`."""
    if len(set(names)) == len(names):
        return names
    return tuple(
        name if name not in names[:index] else f"{name}#{names[:index].count(name) + 1}"
        for index, name in enumerate(names)
    )


def _journal(story: Story, lines: tuple[JournalEntry, ...]) -> Plain:
    """The stats' names stand once, before the lines with their numbers."""
    rows: list[Plain] = [[line.text, line.turn, list(line.stats)] for line in lines]
    return {"stats": list(story.stats), "lines": rows} if rows else {}


# --- what an earlier state had otherwise ------------------------------------------------------------------------------


def difference(story: Story, newer: State, older: State) -> dict[str, Plain]:
    """Return what an earlier state of a game had otherwise than a later one. It costs what changed, not what there is."""
    back: dict[str, Plain] = {"turn": older.turn}
    if newer.chance != older.chance:
        back["chance"] = format(older.chance, "x")
    slots = older.layout.slots
    changed: dict[str, Plain] = {
        name: _value(older, name, older.values[slot])
        for name, slot in slots.items()
        if older.values[slot] is not newer.values[slot] and older.values[slot] != newer.values[slot]
    }
    counts = _list_changes(story, newer.counts, older.counts)
    back |= {key: different for key, different in (("values", changed), ("counts", counts)) if different}
    if newer.frames != older.frames:
        back["frames"] = [_frame(story, frame) for frame in older.frames]
    if newer.offer != older.offer:
        back["offer"] = list(older.offer)
    _add_lists(story, back, newer, older)
    if newer.checkpoints != older.checkpoints:
        back["checkpoints"] = older.checkpoints
    if newer.ending != older.ending:
        back["ending"] = older.ending
    return back


def _add_lists(story: Story, back: dict[str, Plain], newer: State, older: State) -> None:
    """Journal and achievements only grow, so that their length says what they were; what a full journal dropped is gone for both."""
    if newer.journal != older.journal:
        left = older.journal
        if newer.journal:
            left = next((left[at:] for at, line in enumerate(left) if line == newer.journal[0]), left)
        grown = newer.journal[: len(left)] == left
        back["journal"] = len(left) if grown else _journal(story, left)
    if newer.achieved != older.achieved:
        grown = newer.achieved[: len(older.achieved)] == older.achieved
        back["achieved"] = len(older.achieved) if grown else list(older.achieved)


def _list_changes(story: Story, newer: Counts, older: Counts) -> dict[str, Plain]:
    names = story.layout.names
    changed: dict[str, Plain] = {}
    for index in newer.find_differences(older):
        record = older.get(index)
        changed[names[index]] = None if record is None else _record(story, names[index], record)
    return changed


def earlier(later: Mapping[str, Plain], back: Plain) -> dict[str, Plain] | None:
    """Return the plain data of an earlier state from a later one's and what was otherwise; None where that makes no sense."""
    if not isinstance(back, dict):
        return None
    made = dict(later)
    for key, was in back.items():
        now = made.get(key)
        if key in {"values", "counts"}:
            if not isinstance(now, dict) or not isinstance(was, dict):
                return None
            merged = {**now, **was}
            made[key] = {name: value for name, value in merged.items() if value is not None}
        elif isinstance(was, int) and key in {"journal", "achieved"}:
            made[key] = _shorten(now, was)
        else:
            made[key] = was
    return made


def _shorten(now: Plain, length: int) -> Plain:
    if isinstance(now, dict):
        lines = now.get("lines")
        return {**now, "lines": lines[: max(0, length)]} if isinstance(lines, list) and length > 0 else {}
    return now[: max(0, length)] if isinstance(now, list) else now
