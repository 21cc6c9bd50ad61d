"""A game in a process of its own, picked by this one: what it has told is what it must not lose."""

import importlib
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, Self

from siberia_quest.cli import main as siberia_quest
from siberia_quest.model.story import Story
from siberia_quest.storage import writing
from siberia_quest.storage.slots import Saves
from siberia_quest.storage.writing import Refusal
from storage.stories import made

_LONGEST = 60.0


class Driven:
    """`siberia-quest play --json` on the small story, forked from a process that has everything loaded.

    Its home and its saves are in a folder, its story lies `here`: in the folder above, where nothing else is said. `ready` is called in
    the child before it begins. `sent` are the picks that were typed, `told` how many of them a page came back for; `is_saved` and
    `goes_on` tell of the last page.
    """

    def __init__(
        self,
        folder: Path,
        *,
        here: Path | None = None,
        ready: Callable[[], None] = lambda: None,
        line: str = "play lamp.yaml --json",
    ) -> None:
        """Start the game and read its first page."""
        given, self._typed = os.pipe()
        self._pages, told = os.pipe()
        self.sent: list[str] = []
        self._rest = b""
        self.child = os.fork()
        if not self.child:
            os.close(self._typed)
            os.close(self._pages)
            _be(folder, here or folder.parent, line, (given, told), ready)
        os.close(given)
        os.close(told)
        self.told = -1
        self._on: list[str] = []
        self.is_saved = self.goes_on = False
        self.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def read(self, seconds: float = _LONGEST) -> bool:
        """Take in a page where one comes in time; tell whether one did."""
        until = time.monotonic() + seconds
        page = self._message(until)
        while page and page["type"] != "page":
            page = self._message(until)
        if page is None:
            return False
        self.told = max(self.told, page["turn"])  # a signal in the moment of writing may have a page come twice
        self.is_saved, self.goes_on = page["saved"], not page["problem"]
        self._on = (
            ["Ada"] if page.get("ask") else [each["id"] for each in page.get("options", ()) if each["id"] != "sleep"]
        )
        return True

    def _message(self, until: float) -> dict[str, Any] | None:  # type: ignore[explicit-any]  # what another program told
        """Take in the next message, None where none comes in time."""
        while b"\n" not in self._rest:
            left = max(0.0, until - time.monotonic())
            if not select.select([self._pages], [], [], left)[0]:
                return None
            piece = os.read(self._pages, 1 << 16)
            if not piece:
                return None
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        message: dict[str, Any] = json.loads(line)  # type: ignore[explicit-any]
        return message

    def send(self, chance: random.Random) -> None:
        """Type a pick that the last page offers, without waiting for what comes of it."""
        self.type(chance.choice(self._on))

    def type(self, pick: str) -> None:
        """Type a pick."""
        self.sent.append(pick)
        with suppress(BrokenPipeError):  # it is gone, and tells nothing more
            os.write(self._typed, f"{pick}\n".encode())

    def pick(self, chance: random.Random) -> bool:
        """Type a pick and wait for its page."""
        self.send(chance)
        return self.read()

    def signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.child, number)

    def end(self, number: int = 0) -> int:
        """Send a signal, or close what is typed, and wait for the end; return the status. What was told until then is taken in."""
        if not self.child:
            return 0
        if number:
            os.kill(self.child, number)
        os.close(self._typed)
        while self.read(_LONGEST):
            pass
        _, status = os.waitpid(self.child, 0)
        os.close(self._pages)
        self.child = 0
        return os.waitstatus_to_exitcode(status)


def _be(folder: Path, here: Path, line: str, ends: tuple[int, int], ready: Callable[[], None]) -> NoReturn:
    status = 99
    try:
        for name, low in (
            ("HOME", folder),
            ("SIBERIA_QUEST_CACHE", here / "cache"),
            ("SIBERIA_QUEST_SAVES", folder / "saves"),
        ):
            os.environ[name] = str(low)
        os.chdir(here)
        os.dup2(ends[0], 0)
        os.dup2(ends[1], 1)
        os.dup2(os.open(here / "stderr", os.O_CREAT | os.O_APPEND | os.O_WRONLY), 2)
        for each in ends:
            os.close(each)
        ready()
        sys.stdin, sys.stdout, sys.stderr = (open(at, "rw"[at > 0], closefd=False) for at in range(3))  # noqa: SIM115
        status = siberia_quest(line.split())
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001  # seen in the file of errors
        traceback.print_exc()
    finally:
        os._exit(status)


def typed_for(picks: Sequence[str]) -> str:
    """Return what a player types in plain text to make picks of the small story: words of each choice, where its id is a command's name."""
    words = {"look": "look down", "up": "go up"}
    return "".join(f"{words.get(pick, pick)}\n" for pick in picks)


class Tally:
    """What was done, and what was lost of it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.done = self.turns = self.lost = 0
        self.first: list[str] = []

    def lose(self, words: str) -> None:
        """Count a loss."""
        self.lost += 1
        if len(self.first) < 10:
            self.first.append(words)


def story_in(folder: Path) -> Story:
    """Put the small story into a folder, and see to its cache there."""
    os.environ["SIBERIA_QUEST_CACHE"] = str(folder / "cache")
    return made(folder)


def picks_in(story: Story, saves: Path, name: str = "autosave") -> tuple[str, ...] | Refusal | None:
    """Return the picks of a saved game, or why it cannot be loaded."""
    opened = Saves(story, saves).load(name)
    return tuple(opened.game.picks) if opened.game else opened.refusal


def judge(tally: Tally, where: str, picks: Sequence[str] | Refusal | None, sent: Sequence[str], told: int) -> None:
    """See that all that was told is there, and nothing that was not picked."""
    tally.turns += max(told, 0)
    if picks is None or isinstance(picks, Refusal):
        if told >= 0:
            tally.lose(f"{where}: {told} turns were told, and nothing can be loaded: {picks}")
    elif len(picks) < told or [*picks] != [*sent[: len(picks)]]:
        tally.lose(f"{where}: {told} turns were told, {len(picks)} are there")


def put_like_a_beginner(path: Path, data: object, **_: object) -> None:
    """A control: write over the old file where it lies, a piece at a time, as a slow disk does."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        made_now = data() if callable(data) else data
        assert isinstance(made_now, bytes)
        with path.open("wb", buffering=0) as opened:
            for at in range(0, len(made_now), 1024):
                opened.write(made_now[at : at + 1024])


def be_a_beginner() -> None:
    """Write saves and endings like a beginner from now on, in this process."""
    _put_in({"gate.put": put_like_a_beginner, "profile.put": put_like_a_beginner})


def never_sync() -> None:
    """A control: leave out what makes the disk write now."""
    plain = writing.System

    def nothing(*_: object) -> None:
        return

    def unsynced(lacks: Callable[[str], None]) -> writing.System:
        return plain(fsync=nothing, lacks=lacks)

    _put_in({"gate.System": unsynced, "writing._sync_folder": nothing})


def _put_in(controls: Mapping[str, object]) -> None:
    """Put other functions in the place of those of the room that writes."""
    for name, control in controls.items():
        module, _, word = name.partition(".")
        setattr(importlib.import_module(f"siberia_quest.storage.{module}"), word, control)


def report(rows: Mapping[str, Tally], *, controls: Mapping[str, Tally]) -> int:
    """Tell what was done and lost; return 1 where anything was lost, or a control lost nothing."""
    for name, tally in rows.items():
        sys.stdout.write(f"{name}: {tally.done:,} times, {tally.turns:,} turns that were told, {tally.lost} lost\n")
        sys.stdout.writelines(f"    {each}\n" for each in tally.first)
    for name, tally in controls.items():
        sys.stdout.write(f"control, {name}: {tally.lost} of {tally.done:,} lost\n")
    return int(any(each.lost for each in rows.values()) or not all(each.lost for each in controls.values()))
