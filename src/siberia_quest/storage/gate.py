"""What decides to write: who takes a save's place looks first at what lies there, and loses nothing of it.

An earlier turn of the very game is followed. Whatever else lies there, readable or not, is moved aside under a name of its own before
anything is written; where that cannot be, nothing is written. Where another sitting took the place since this one wrote, this one's game
goes on beside, so that two windows do not push each other away at every turn.
"""

import errno
import hashlib
import json
import os
import stat
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from siberia_quest.model.language import Told, compose
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.storage.codec.document import MOST_BYTES, decode
from siberia_quest.storage.codec.pick_log import PickLog, picks_from_plain
from siberia_quest.storage.codec.state_to_plain import Plain
from siberia_quest.storage.names import ASIDE, AUTOSAVE, number_of
from siberia_quest.storage.refusals import why_refused
from siberia_quest.storage.writing import UNREAD, Refusal, Refused, System, can_be_there, names_in, put, refuse, take

ENDING, PREVIOUS = ".save", ".previous"
#: So many games that were set aside are kept, and so many bytes of them; of more, the oldest go.
MOST_ASIDE = 20
MOST_ASIDE_BYTES = 256 * 1024 * 1024

#: What may be followed in a place: an earlier turn of the game, any turn of it, any save at all (the player was asked).
Follows: TypeAlias = Literal["turn", "game", "any"]
#: What tells a file from any that takes its place: where it lies, its size, when it was written, and a sum over it, since a disk uses
#: its numbers again, and its clock ticks but some hundred times a second.
Mark: TypeAlias = tuple[int, int, int, int, int]


class Line(NamedTuple):
    """A game as the gate knows it: its id, its picks so far, and the title of its story, "" where that is not known."""

    game: str
    picks: PickLog
    title: str = ""


class _TakenElsewhere(Exception):  # noqa: N818  # it never leaves this module
    """Another sitting has written where this one did."""


def line_of(data: Mapping[str, Plain]) -> Line:
    """Return the game in a save. One from before games had ids is known by all that it began with."""
    given, about = data.get("game"), data.get("story")
    if not isinstance(given, str) or not 0 < len(given) <= 40:
        begun = json.dumps([data.get("seed"), data.get("settings"), data.get("kept")], sort_keys=True)
        given = hashlib.sha256(begun.encode("utf-8", "replace")).hexdigest()[:16]
    title = about.get("title") if isinstance(about, dict) else ""
    return Line(given, picks_from_plain(data.get("log"), data.get("picks")), str(title or ""))


class Gate:
    """The way into a story's folder for one sitting: `slot` is where its game is saved by itself.

    `told` holds what there is for the player, until somebody takes them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slot = AUTOSAVE
        self.told: list[Told] = []
        self._written: Mark | None = None
        self._is_ours = False  # whether this sitting wrote that, and did not only read it
        self._lacking: set[str] = set()

    def begin(self, mark: Mark | None = None) -> None:
        """Have another game begin in this sitting: what lies in the slot is a stranger's, but for the file that the game was read from."""
        self._written, self._is_ours = mark, False

    def keep(self, data: bytes, line: Line) -> Refusal | None:
        """Save a game by itself, after a turn or before the first; None means that it is on the disk."""
        try:
            refused = self._put(self.slot, data, lambda: self._clear_own(line))
        except _TakenElsewhere:
            self._written, taken = None, self.slot
            self.slot = self._fresh()
            refused = self._put(self.slot, data, lambda: self._clear_own(line))
            if refused is None:
                self.told.append(compose("window_beside", taken=taken, slot=self.slot))
                self._bound()
        if refused is None:
            self._written, self._is_ours = mark_of(self.path(self.slot)), True
        return refused

    def save(self, name: str, data: bytes, line: Line, follows: Follows) -> Refusal | None:
        """Save a game in a place that is not written to by itself."""
        return self._put(name, data, lambda: self._clear(name, line, follows))

    def path(self, stem: str) -> Path:
        """Return the file of a save."""
        return self.folder / f"{stem}{ENDING}"

    def _put(self, stem: str, data: bytes, first: Callable[[], bool]) -> Refusal | None:
        path = self.path(stem)
        return put(path, data, previous=path.with_suffix(PREVIOUS), first=first, system=System(lacks=self._tell_lack))

    def _tell_lack(self, what: str) -> None:
        if what not in self._lacking:
            self._lacking.add(what)
            self.told.append(compose(f"lacks_{what}"))

    # --- what lies there ------------------------------------------------------------------------------------------------

    def _clear_own(self, line: Line) -> bool:
        """Make way for the next turn; tell whether what lies there is followed.

        What this sitting wrote is, also where the player went back since.
        """
        mark = mark_of(self.path(self.slot))
        if mark is None or mark != self._written or not self._is_ours:
            if (
                mark
                and self._written
                and mark != self._written
                and self._can_follow(self.path(self.slot), line) is False
            ):
                raise _TakenElsewhere
            return self._clear(self.slot, line, "turn")
        return True

    def _clear(self, stem: str, line: Line, follows: Follows) -> bool:
        path, is_followed = self.path(stem), True
        before = path.with_suffix(PREVIOUS)
        for each, may in ((path, follows), (before, "any" if follows == "any" else "game")):
            found = self._can_follow(each, line, may) if can_be_there(each) else True
            if not found:
                self._set_aside(each, "kept_earlier" if found is False else "kept_unread")
                is_followed = is_followed and each != path
        return is_followed

    def _can_follow(self, path: Path, line: Line, follows: Follows = "turn") -> bool | None:
        """Tell whether what lies there may be followed; None where it is no save that can be read.

        A game in which nothing was picked yet may always be. Raises Refused where the disk fails to read, as another time it may not.
        """
        read = take(path, MOST_BYTES)
        if isinstance(read, Refusal):
            if read.code == UNREAD and line.picks:
                raise Refused(refuse(UNREAD, "save_unread", why=read.message))
            return None
        document = decode(read)
        if isinstance(document, Refusal):
            return None
        there = line_of(document.data)
        if follows == "any" or (not there.picks and there.title in {"", line.title}):
            return True
        return there.game == line.game and (follows == "game" or there.picks.begins(line.picks))

    # --- set aside ------------------------------------------------------------------------------------------------------

    def _set_aside(self, path: Path, key: str) -> None:
        """Give what lies in a place a name of its own, with the generation before it, and tell it. Raises Refused where that cannot be.

        A file stays in its place, too, until the new one takes it: whoever reads meanwhile finds the one or the other.
        """
        before = path.with_suffix(PREVIOUS)
        try:
            mark = _look(path)
            stems = [name.removesuffix(ENDING) for name in names_in(self.folder, ASIDE) if name.endswith(ENDING)]
            # it has its name already where the turn that it made way for could not be saved
            known = next((each for each in stems if self.path(each) != path and mark == _look(self.path(each))), "")
            name = known or self._fresh()
            if not known:
                _put_by(path, self.path(name))
            if path != before and _look(before) and not _look(self.path(name).with_suffix(PREVIOUS)):
                before.rename(self.path(name).with_suffix(PREVIOUS))
        except OSError as error:
            raise Refused(refuse("SQ717", "save_in_the_way", path=path, why=why_refused(error))) from None
        if not known:
            self.told.append(compose(key, file=path.name, name=name))
            self._bound()

    def _fresh(self) -> str:
        numbers = [number_of(each.split(".", 1)[0]) for each in names_in(self.folder, ASIDE)]
        return f"{ASIDE}{max(numbers, default=0) + 1}"

    def _bound(self) -> None:
        """Take away the oldest of what was set aside beyond what is kept; that it goes next was told when there was room for no more."""
        with suppress(OSError):
            kept = dict(sorted(self._aside()))
            while len(kept) > 1 and (len(kept) > MOST_ASIDE or sum(kept.values()) > MOST_ASIDE_BYTES):
                gone = self._next_to_go([*kept])
                del kept[gone]
                for each in (self.path(f"{ASIDE}{gone}"), self.path(f"{ASIDE}{gone}").with_suffix(PREVIOUS)):
                    each.unlink(missing_ok=True)
                self.told.append(compose("aside_gone", name=f"{ASIDE}{gone}", most=MOST_ASIDE))
            if len(kept) == MOST_ASIDE or sum(kept.values()) > MOST_ASIDE_BYTES - 2 * MOST_BYTES:
                self.told.append(compose("aside_full", name=f"{ASIDE}{self._next_to_go([*kept])}"))

    def _next_to_go(self, kept: list[int]) -> int:
        """Return which of those that were set aside is the least loss: an earlier turn of a game that another holds, else the oldest."""
        lines: dict[int, Line] = {}
        for number in kept:
            read = take(self.path(f"{ASIDE}{number}"), MOST_BYTES)
            document = read if isinstance(read, Refusal) else decode(read)
            if not isinstance(document, Refusal):
                lines[number] = line_of(document.data)
        for number, line in lines.items():
            later = (each for other, each in lines.items() if other > number and each.game == line.game)
            if any(line.picks.begins(each.picks) for each in later):
                return number
        return kept[0]

    def _aside(self) -> list[tuple[int, int]]:
        """Return the numbers of what was set aside, each with its size; folders are left alone."""
        sizes: dict[int, int] = {}
        for each in names_in(self.folder, ASIDE):
            told, number = os.lstat(self.folder / each), number_of(each.split(".", 1)[0])
            if number and not stat.S_ISDIR(told.st_mode):
                sizes[number] = sizes.get(number, 0) + told.st_size
        return [*sizes.items()]


def _put_by(path: Path, target: Path) -> None:
    if path.suffix == ENDING and stat.S_ISREG(os.lstat(path).st_mode):
        with suppress(OSError):  # a disk without links: then it is moved
            os.link(path, target)
            return
    if _look(target):
        raise FileExistsError(errno.EEXIST, "its new name is taken")
    path.rename(target)


def mark_of(path: Path) -> Mark | None:
    """Return what tells a file from any that takes its place; None where nothing lies there, or the disk does not say."""
    try:
        return _look(path)
    except OSError:
        return None


def _look(path: Path) -> Mark | None:
    """Return a file's mark, None where nothing lies there. Raises OSError where the disk does not say."""
    try:
        told = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    read = take(path, MOST_BYTES) if stat.S_ISREG(told.st_mode) else b""
    if isinstance(read, Refusal) and read.code == UNREAD:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return (
        told.st_dev,
        told.st_ino,
        told.st_size,
        told.st_mtime_ns,
        0 if isinstance(read, Refusal) else zlib.crc32(read),
    )
