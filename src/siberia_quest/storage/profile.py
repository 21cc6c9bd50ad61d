"""What outlives a game: endings seen, achievements, kept variables, and the front end's settings."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from siberia_quest.model.kinds import Value
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.storage.codec.state_to_plain import Plain, plain_value
from siberia_quest.storage.writing import Refusal, put, take

NAME = "profile.json"
MOST_BYTES = 4 * 1024 * 1024


class Seen(NamedTuple):
    """An ending that was reached: how often, and when first (ISO date)."""

    times: int
    first: str


class Profile(NamedTuple):
    """A profile as it was read; `notices` are lines to show."""

    data: dict[str, Plain]
    notices: tuple[str, ...] = ()

    def _of(self, story_id: str) -> dict[str, Plain]:
        return _mapping(_mapping(self.data.get("stories")).get(story_id))

    def endings(self, story_id: str) -> Mapping[str, Seen]:
        """Return the endings of a story that were reached."""
        found = {}
        for name, seen in _mapping(self._of(story_id).get("endings")).items():
            about = _mapping(seen)
            times = about.get("times")
            found[name] = Seen(times if isinstance(times, int) else 1, str(about.get("first") or ""))
        return found

    def achieved(self, story_id: str) -> tuple[str, ...]:
        """Return the achievements of a story that were unlocked."""
        names = self._of(story_id).get("achieved")
        return tuple(str(name) for name in names) if isinstance(names, list) else ()

    def kept(self, story_id: str) -> Mapping[str, Value]:
        """Return the values of a story's `keep:` variables."""
        found: dict[str, Value] = {}
        for name, value in _mapping(self._of(story_id).get("kept")).items():
            if isinstance(value, bool | int | float | str):
                found[name] = value
            elif isinstance(value, list):
                found[name] = tuple(str(each) for each in value)
        return found

    @property
    def settings(self) -> Mapping[str, str | int | bool]:
        """The front end's settings."""
        found = _mapping(self.data.get("settings"))
        return {name: value for name, value in found.items() if isinstance(value, str | int | bool)}


class Profiles:
    """The profile in a folder of saves."""

    def __init__(self, folder: Path) -> None:
        """Remember where it is."""
        self.path = folder / NAME

    def read(self) -> Profile:
        """Read the profile; a damaged one gives the one before it, or an empty one, and says so."""
        if not self.path.exists():
            return Profile({})
        data = self._data(self.path)
        if data is not None:
            return Profile(data)
        before = self._data(self.path.with_suffix(".previous"))
        return Profile(
            before or {},
            ("The list of endings was damaged; " + ("the one before it is used." if before else "it begins anew."),),
        )

    def _data(self, path: Path) -> dict[str, Plain] | None:
        read = take(path, MOST_BYTES)
        if isinstance(read, Refusal):
            return None
        try:
            data = json.loads(read)
        except (ValueError, RecursionError):
            return None
        return data if isinstance(data, dict) else None

    def remember(self, story: Story, before: State | None, after: State) -> Refusal | None:
        """Keep what a turn brought that outlives the game; nothing is written where nothing is new."""
        profile = self.read()
        data = profile.data
        mine = _mapping(_mapping(data.get("stories")).get(story.id))
        new = dict(mine)
        if after.ending and (before is None or before.ending is None):
            endings = dict(_mapping(mine.get("endings")))
            seen = profile.endings(story.id).get(after.ending, Seen(0, time.strftime("%Y-%m-%d", time.gmtime())))
            endings[after.ending] = {"times": seen.times + 1, "first": seen.first}
            new["endings"] = endings
        achieved = dict.fromkeys([*profile.achieved(story.id), *after.achieved])
        if len(achieved) > len(profile.achieved(story.id)):
            new["achieved"] = list(achieved)
        kept = {
            name: plain_value(after.values[story.layout.slots[name]])
            for name, each in story.variables.items()
            if each.keep
        }
        if kept and kept != _mapping(mine.get("kept")):
            new["kept"] = {**_mapping(mine.get("kept")), **kept}
        if new == mine:
            return None
        return self._write({**data, "stories": {**_mapping(data.get("stories")), story.id: new}})

    def set(self, name: str, value: str | int | bool) -> Refusal | None:  # noqa: FBT001  # a setting's value may be yes or no
        """Keep a setting of the front end."""
        data = self.read().data
        return self._write({**data, "settings": {**_mapping(data.get("settings")), name: value}})

    def _write(self, data: dict[str, Plain]) -> Refusal | None:
        written = (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")
        return put(self.path, written, previous=self.path.with_suffix(".previous"))


def _mapping(plain: Plain) -> dict[str, Plain]:
    return plain if isinstance(plain, dict) else {}
