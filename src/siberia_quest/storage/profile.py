"""What outlives a game: endings seen, achievements, kept variables, and the front end's settings.

It is sealed like a save, and changed under its folder's lock, so that two windows lose nothing of each other's.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Told, compose
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.storage.codec.document import decode, encode
from siberia_quest.storage.codec.state_to_plain import Plain, values_to_plain
from siberia_quest.storage.codec.values_from_plain import ValueReader, read_kept
from siberia_quest.storage.writing import UNREAD, Refusal, Refused, can_be_there, put, refuse, take

NAME = "profile.json"
FORMAT = "siberia-quest profile"
MOST_BYTES = 4 * 1024 * 1024
#: What is believed of a profile: so many names in one list, so many signs in a text.
_MOST_NAMES = 10_000
_LONGEST = 10_000
#: What a profile without a seal may hold: they had none once.
_UNSEALED = frozenset({"stories", "settings"})


class Seen(NamedTuple):
    """An ending that was reached: how often, and when first (ISO date)."""

    times: int
    first: str


class Profile(NamedTuple):
    """A profile as it was read; `notices` are to be told."""

    data: dict[str, Plain]
    notices: tuple[Told, ...] = ()

    def _of(self, story: Story) -> dict[str, Plain]:
        return _expect_mapping(_expect_mapping(self.data.get("stories")).get(key_of(self.data, story)))

    def endings(self, story: Story) -> Mapping[str, Seen]:
        """Return the endings of a story that were reached."""
        found = {}
        reader = ValueReader(story)
        for old, seen in _expect_mapping(self._of(story).get("endings")).items():
            about, name = _expect_mapping(seen), reader.renamed(old, story.endings)
            times, first = about.get("times"), str(about.get("first") or "")
            found[name] = Seen(times if isinstance(times, int) and times > 0 else 1, first[:10])
        return found

    def find_achieved(self, story: Story) -> tuple[str, ...]:
        """Return the achievements of a story that were unlocked."""
        names, reader = self._of(story).get("achieved"), ValueReader(story)
        return tuple(reader.renamed(str(name), story.achievements) for name in names) if isinstance(names, list) else ()

    def find_kept(self, story: Story) -> Mapping[str, Value]:
        """Return the values of a story's `keep:` variables, as far as they still fit it."""
        return read_kept(story, self._of(story).get("kept"))

    @property
    def settings(self) -> Mapping[str, str | int | bool]:
        """The front end's settings."""
        found = _expect_mapping(self.data.get("settings"))
        return {name: value for name, value in found.items() if isinstance(value, str | int | bool)}


def key_of(data: Mapping[str, Plain], story: Story) -> str:
    """Return what a story stands under in a profile: its id, or that with its title where another story has the id already."""
    mine = _expect_mapping(_expect_mapping(data.get("stories")).get(story.id))
    title = mine.get("title")
    if not mine or title is None or title == story.title or _is_retitled(mine, story):
        return story.id
    return f"{story.id}~{hashlib.sha256(story.title.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _is_retitled(mine: Mapping[str, Plain], story: Story) -> bool:
    """Tell whether another title is of the same story: by the same author, and with all that was found in it."""
    found, achieved = _expect_mapping(mine.get("endings")), mine.get("achieved")
    names = {*_expect_mapping(mine.get("kept")), *found, *(map(str, achieved) if isinstance(achieved, list) else ())}
    known = {*story.endings, *story.achievements, *story.variables, *story.renames}
    return bool(story.header.by) and mine.get("by") == story.header.by and bool(names) and names <= known


class Profiles:
    """The profile in a folder of saves."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._before = self.path.with_suffix(".previous")
        self._told: list[Told] = []
        self._noted: set[Told] = set()

    def read(self) -> Profile:
        """Read the profile; a damaged one gives the one before it, or an empty one, and says so. Nothing on the disk changes."""
        found = _data(self.path)
        if isinstance(found, dict):
            return Profile(found)
        if found.code == UNREAD:
            return self._notice({}, found.message)
        before = _data(self._before)
        if isinstance(before, Refusal) and before.code == UNREAD:
            return self._notice({}, before.message)
        data = before if isinstance(before, dict) else {}
        if not can_be_there(self.path) and not data:
            return Profile({})
        return self._notice(data, compose("profile_before" if data else "profile_anew"))

    def _notice(self, data: dict[str, Plain], notice: Told) -> Profile:
        """Return what was read with a notice, which the player is told once."""
        if notice not in self._noted:
            self._noted.add(notice)
            self._told.append(notice)
        return Profile(data, (notice,))

    def news(self) -> tuple[Told, ...]:
        """Return what there is to tell of the profile since this was last asked."""
        told = tuple(self._told)
        self._told.clear()
        return told

    def remember(self, story: Story, before: State | None, after: State) -> Refusal | None:
        """Keep what a turn brought that outlives the game; nothing is written where nothing is new."""

        def changed(data: dict[str, Plain]) -> dict[str, Plain]:
            profile, stories, key = Profile(data), _expect_mapping(data.get("stories")), key_of(data, story)
            mine = _expect_mapping(stories.get(key))
            new = _with_found(profile, story, before, after, mine)
            about: dict[str, Plain] = {"title": story.title, "by": story.header.by}
            return data if new == mine else {**data, "stories": {**stories, key: {**new, **about}}}

        seen = self.read().data
        return None if changed(seen) == seen else self._change(changed)

    def set(self, name: str, value: str | int | bool) -> Refusal | None:  # noqa: FBT001  # a setting's value may be yes or no
        """Keep a setting of the front end."""
        return self._change(lambda data: {**data, "settings": {**_expect_mapping(data.get("settings")), name: value}})

    def _change(self, make: Callable[[dict[str, Plain]], dict[str, Plain]]) -> Refusal | None:
        """Read the profile, change it and write it, with nobody in between; what is damaged is set aside first."""

        def written() -> bytes:
            found = _changeable(self.path)
            if found is None:
                found = _changeable(self._before)
            try:
                data = encode(_sound(make(found or {})), FORMAT)
            except (ValueError, RecursionError):
                raise Refused(refuse("SQ710", "profile_unsound")) from None
            if len(data) > MOST_BYTES:
                raise Refused(refuse("SQ719", "profile_full", path=self.path))
            return data

        return put(self.path, written, previous=self._before, first=self._set_aside)

    def _set_aside(self) -> bool:
        """Move what is damaged out of the way; what is left is the former generation."""
        for path in (self.path, self._before):
            if can_be_there(path) and _changeable(path) is None:
                number = 1
                while can_be_there(aside := path.with_name(f"profile.damaged-{number}")):
                    number += 1
                path.rename(aside)
                self._told.append(compose("profile_kept", name=aside.name))
        return True


def _with_found(
    profile: Profile, story: Story, before: State | None, after: State, mine: Mapping[str, Plain]
) -> dict[str, Plain]:
    """Return what is kept of a story with what was found in a turn."""
    new = dict(mine)
    found = profile.endings(story)
    if after.ending and (before is None or before.ending is None):
        seen = found.get(after.ending, Seen(0, time.strftime("%Y-%m-%d", time.gmtime())))
        new["endings"] = {
            **_expect_mapping(mine.get("endings")),
            after.ending: {"times": seen.times + 1, "first": seen.first},
        }
    achieved = dict.fromkeys([*profile.find_achieved(story), *after.achieved])
    if len(achieved) > len(profile.find_achieved(story)):
        new["achieved"] = list(achieved)
    lasting = {name: after.values[story.layout.slots[name]] for name, each in story.variables.items() if each.keep}
    kept = values_to_plain(story, lasting)
    if kept and kept != _expect_mapping(mine.get("kept")):
        new["kept"] = {**_expect_mapping(mine.get("kept")), **kept}
    return new


def _changeable(path: Path) -> dict[str, Plain] | None:
    """Return a profile that may be changed, None where there is none or it is damaged. Raises Refused where it must stay as it is."""
    found = _data(path)
    if isinstance(found, Refusal) and found.code in {UNREAD, "SQ707"}:
        raise Refused(refuse(found.code, "profile_unwritten", why=found.message))
    return found if isinstance(found, dict) else None


def _data(path: Path) -> dict[str, Plain] | Refusal:
    read = take(path, MOST_BYTES)
    if isinstance(read, Refusal):
        return read
    found = decode(read, FORMAT)
    if isinstance(found, Refusal) and found.code == "SQ706":
        return _unseal(read)
    return found if isinstance(found, Refusal) else found.data


def _unseal(read: bytes) -> dict[str, Plain] | Refusal:
    """Return a profile from before they were sealed. One that lost its seal has more in it than those had."""
    damaged = refuse("SQ708", "profile_damaged")
    try:
        data = json.loads(read)
        if not isinstance(data, dict) or not data.keys() <= _UNSEALED:
            return damaged
        found = decode(encode(_sound(data), FORMAT), FORMAT)
    except (ValueError, RecursionError):
        return damaged
    return found if isinstance(found, Refusal) else found.data


def _sound(plain: dict[str, Plain]) -> dict[str, Plain]:
    return {_text(name): _sound_value(value) for name, value in [*plain.items()][:_MOST_NAMES]}


def _sound_value(plain: Plain) -> Plain:
    """Return plain data that can be written: no half of a sign, no text and no list without end."""
    if isinstance(plain, str):
        return _text(plain)
    if isinstance(plain, list):
        return [_sound_value(each) for each in plain[:_MOST_NAMES]]
    return _sound(plain) if isinstance(plain, dict) else plain


def _text(text: str) -> str:
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")


def _expect_mapping(plain: Plain) -> dict[str, Plain]:
    return plain if isinstance(plain, dict) else {}
