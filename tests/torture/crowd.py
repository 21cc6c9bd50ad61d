"""Four programs write one save and one list of endings while a fifth reads, and windows take turns: `python -m torture.crowd 10 500`."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from siberia_quest.model.story import Story
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage import gate
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Saves
from storage.test_gate import Window, _save_anyhow, lost_by_chance
from torture.driving import Tally, be_a_beginner, report, story_in

WRITERS = 4
_NAME = "shared"


def write(story: Story, folder: Path, until: float, number: int, told: int) -> None:
    """Save a growing game and endings again and again, and tell how often each was taken."""
    saves, profiles, chance = Saves(story, folder), Profiles(folder), random.Random(number)
    play, kept, endings = Playthrough.start(story, number), 0, 0
    while time.monotonic() < until:
        page = play.pick(
            chance.choice([each.id for each in play.page.options if each.id != "sleep"]) if not play.page.ask else "Bo"
        )
        assert not page.problem
        kept += saves.save(play.make_save(), _NAME) is None
        if chance.randrange(4) == 0:
            ended = Playthrough.start(story, number)
            before = ended.state
            ended.pick("sleep")
            endings += profiles.remember(story, before, ended.state) is None
    os.write(told, f"{kept} {endings}\n".encode())


def crowd(
    story: Story, folder: Path, seconds: float, ready: Callable[[], None] = lambda: None
) -> tuple[Tally, Tally, Tally]:
    """Let them write and read; return what became of saves, of reads and of endings."""
    until, (given, told) = time.monotonic() + seconds, os.pipe()
    first = Saves(story, folder)
    assert first.save(Playthrough.start(story, 9).make_save(), _NAME) is None
    children = []
    for number in range(WRITERS):
        child = os.fork()
        if not child:
            status = 1
            try:
                ready()
                write(story, folder, until, number, told)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    saves, reads, endings = Tally(), Tally(), Tally()
    while time.monotonic() < until:
        reads.done += 1
        opened = first.load(_NAME)
        if opened.game is None or opened.notices:
            reads.lose(f"read {reads.done}: {opened.refusal or opened.notices}")
    for child in children:
        if os.waitpid(child, 0)[1]:
            saves.lose("a writer fell over")
    os.close(told)
    with os.fdopen(given) as lines:
        counts = [tuple(map(int, line.split())) for line in lines]
    saves.done, endings.done = sum(each[0] for each in counts), sum(each[1] for each in counts)
    found = sum(each.times for each in Profiles(folder).read().endings(story).values())
    if found != endings.done:
        endings.lose(f"{endings.done} endings were told to be kept, {found} are there")
        endings.lost = abs(endings.done - found)
    return saves, reads, endings


def stopped_holder(story: Story, folder: Path) -> Tally:
    """Stop a program while it holds the folder's lock: another one says so in time, and saves when the lock is free."""
    tally, saves = Tally(), Saves(story, folder)
    play = Playthrough.start(story, 1)
    assert saves.autosave(play.make_save()) is None
    ready, told = os.pipe()
    child = os.fork()
    if not child:
        import fcntl  # noqa: PLC0415  # there is none on Windows

        held = os.open(saves.folder / ".lock", os.O_RDWR)
        fcntl.flock(held, fcntl.LOCK_EX)
        os.write(told, b"held")
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    os.read(ready, 4)
    play.pick("look")
    began = time.monotonic()
    refused = saves.autosave(play.make_save())
    tally.done = 2
    if refused is None or refused.code != "SQ703" or time.monotonic() - began > 60:
        tally.lose(f"a lock that is held: {refused}")
    os.kill(child, signal.SIGCONT)
    os.waitpid(child, 0)
    refused = saves.autosave(play.make_save())
    if refused is not None:
        tally.lose(f"a lock that is free again: {refused}")
    return tally


def evenings(story: Story, folder: Path, count: int) -> Tally:
    """Let windows save, undo, load, begin anew and damage each other's files by chance."""
    tally = Tally()
    tally.done = count
    with patch.object(gate, "MOST_ASIDE", 1000):
        tally.lost = lost_by_chance(story, folder, count)
    return tally


def evenings_without_gate(story: Story, folder: Path, count: int) -> Tally:
    """The control: the same evenings, saved by a program that does not look at what lies there."""
    with (
        patch.object(gate.Gate, "_clear", lambda *_: True),
        patch.object(gate.Gate, "_can_follow", lambda *_: True),
        patch.object(Window, "save", _save_anyhow),
    ):
        return evenings(story, folder, count)


def main(seconds: float, count: int) -> int:
    """Crowd, stop, take turns; then the controls."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        story = story_in(folder)
        saves, reads, endings = crowd(story, folder / "crowd", seconds)
        rows = {
            "saves of four writers": saves, "reads meanwhile": reads, "endings of four writers": endings,
            "a stopped holder of the lock": stopped_holder(story, folder / "stopped"),
        }  # fmt: skip
        if count:
            rows["evenings of windows"] = evenings(story, folder / "evenings", count)
        _, bad, lost = crowd(story, folder / "beginners", seconds, be_a_beginner)
        controls = {
            "reads while four write in place": bad, "endings of four that write in place": lost,
        }  # fmt: skip
        if count:
            controls["evenings without the gate"] = evenings_without_gate(
                story, folder / "ungated", max(20, count // 10)
            )
    return report(rows, controls=controls)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0, int(sys.argv[2]) if len(sys.argv) > 2 else 500))
