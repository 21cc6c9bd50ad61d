"""Plays on disks that are full, small, read-only, gone or somebody else's: `python -m torture.disks`, as root for most of it.

Each scene says what must be told, and what must be there when the disk is well again. The control plays them like a beginner.
"""

import importlib
import os
import pkgutil
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest import mock

import siberia_quest
from siberia_quest.model.story import Story
from siberia_quest.storage.writing import Refusal
from torture.driving import Driven, Tally, be_a_beginner, picks_in, report, story_in


class Passed(Exception):  # noqa: N818  # no error
    """A scene that cannot be played here, and why."""


class Place(NamedTuple):
    """Where a scene is played: the story's folder, and what the child does before it begins."""

    story: Story
    here: Path
    ready: Callable[[], None]

    def play(self, home: Path) -> Driven:
        """Begin a game whose home and saves are in a folder."""
        return Driven(home, here=self.here, ready=self.ready)

    def picks(self, home: Path, name: str = "autosave") -> tuple[str, ...]:
        """Return the picks of a saved game, nothing where it cannot be loaded."""
        found = picks_in(self.story, home / "saves", name)
        return () if found is None or isinstance(found, Refusal) else found


@contextmanager
def small_disk(place: Path, options: str) -> Iterator[Path]:
    """Mount a disk in memory while inside. Raises Passed where one may not."""
    if sys.platform != "linux" or os.geteuid():
        raise Passed("only root on Linux may mount a disk")
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        raise Passed("no disk can be mounted here")
    try:
        yield place
    finally:
        for _ in range(100):
            if subprocess.run(["umount", str(place)], check=False, capture_output=True).returncode == 0:
                break
            time.sleep(0.05)


def home_in(folder: Path) -> Path:
    """Make a folder for a player's home and saves."""
    home = folder / "game"
    home.mkdir()
    return home


def fill(files: list[Path], size: int) -> None:
    """Write files until the disk takes no more."""
    for each in files:
        with suppress(OSError):
            each.write_bytes(bytes(size))


def go(game: Driven, *picks: str) -> bool:
    """Make picks; tell whether the last page says that it is saved."""
    for pick in picks:
        game.type(pick)
        if not game.read():
            return False
    return game.is_saved


def full_then_freed(
    place: Place, folder: Path, options: str = "size=64k", files: int = 64, size: int = 4096
) -> Iterator[str]:
    """Play on a small disk until it is full, and on when there is room again."""
    with small_disk(folder / "disk", options) as disk:
        home = home_in(disk)
        with place.play(home) as game:
            if not go(game, "look", "up"):
                yield "an empty disk is not saved on"
            fillers = [disk / str(number) for number in range(files)]
            fill(fillers, size)
            if go(game, "look"):
                yield "a full disk is told to be saved on"
            if place.picks(home) != ("look", "up"):
                yield f"on a full disk there is {place.picks(home)}"
            for each in fillers:
                each.unlink(missing_ok=True)
            if not go(game, "up") or place.picks(home) != ("look", "up", "look", "up"):
                yield f"on a disk that has room again there is {place.picks(home)}"
            if any((home / "saves").rglob(".writing-*")):
                yield "litter"


def no_inodes(place: Place, folder: Path) -> Iterator[str]:
    """Play on a disk that holds no more files."""
    yield from full_then_freed(place, folder, "size=4m,nr_inodes=24", 100, 0)


def read_only(place: Place, folder: Path) -> Iterator[str]:
    """Play while the disk becomes read-only, and well again."""
    with small_disk(folder / "disk", "size=4m") as disk:
        home = home_in(disk)
        with place.play(home) as game:
            go(game, "look", "up")
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            if go(game, "look") or place.picks(home) != ("look", "up"):
                yield f"on a read-only disk there is {place.picks(home)}"
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
            if not go(game, "up") or len(place.picks(home)) != 4:
                yield f"on a disk that is well again there is {place.picks(home)}"


def gone(place: Place, folder: Path) -> Iterator[str]:
    """Take the folder away in mid-game, and put a file where it was."""
    home = home_in(folder)
    with place.play(home) as game:
        go(game, "look", "up")
        (home / "saves").rename(home / "elsewhere")
        if not go(game, "look") or len(place.picks(home)) != 3:
            yield f"after the folder went there is {place.picks(home)}"
        shutil.rmtree(home / "saves")
        (home / "saves").touch()
        if go(game, "up"):
            yield "a file where the folder was is told to be saved in"
        (home / "saves").unlink()
        if not go(game, "look") or len(place.picks(home)) != 5:
            yield f"after the folder came back there is {place.picks(home)}"


def _import_all() -> None:
    """Import the whole program, since Python itself may lie where only root may look."""
    import fcntl  # noqa: F401, PLC0415  # there is none on Windows

    for module in pkgutil.walk_packages(siberia_quest.__path__, "siberia_quest."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def no_permission(place: Place, folder: Path) -> Iterator[str]:
    """Play as another user, in a folder that becomes root's."""
    if os.geteuid():
        raise Passed("only root may become another user")
    nobody = pwd.getpwnam("nobody")
    home = home_in(folder)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    for each in (*place.here.iterdir(), place.here):
        each.chmod(each.stat().st_mode | 0o055)

    def ready() -> None:
        place.ready()
        _import_all()
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    with place._replace(ready=ready).play(home) as game:
        if not go(game, "look", "up") or len(place.picks(home)) != 2:
            yield f"as another user there is {place.picks(home)}"
        kept = home / "saves" / "lamp"
        kept.chmod(0o500)
        if go(game, "look") or len(place.picks(home)) != 2:
            yield f"where nothing may be written there is {place.picks(home)}"
        kept.chmod(0o000)
        if go(game, "up") or not game.goes_on:
            yield "where nothing may be looked at"
        kept.chmod(0o700)
        if not go(game, "look") or len(place.picks(home)) != 5:
            yield f"where it may again there is {place.picks(home)}"


def clock_back(place: Place, folder: Path) -> Iterator[str]:
    """Set the clock back by a year in the middle of a game: `continue` goes on with the last turn."""
    home = home_in(folder)
    with place.play(home) as game:
        go(game, "look", "up", "look")

    def ready() -> None:
        place.ready()
        now, year = time.time, 366 * 86400
        gmtime = time.gmtime
        mock.patch("time.time", side_effect=lambda: now() - year).start()
        mock.patch(
            "time.gmtime", side_effect=lambda seconds=None: gmtime(now() - year if seconds is None else seconds)
        ).start()

    with Driven(home, line="continue lamp.yaml --json", here=place.here, ready=ready) as game:
        if not go(game, "up", "look") or len(place.picks(home)) != 5:
            yield f"with the clock set back there is {place.picks(home)}"
    with Driven(home, line="continue lamp.yaml --json", here=place.here, ready=place.ready) as game:
        if not go(game, "up") or len(place.picks(home)) != 6:
            yield f"with the clock put right there is {place.picks(home)}"


def slow_reader(place: Place, folder: Path) -> Iterator[str]:
    """Stop the game in the middle of its turns, again and again: nothing is lost."""
    home = home_in(folder)
    with place.play(home) as game:
        for number in range(20):
            game.type(("look", "up")[number % 2])
            game.signal(signal.SIGSTOP)
            time.sleep(0.002)
            game.signal(signal.SIGCONT)
            game.read()
            if len(place.picks(home)) != number + 1:
                yield f"turn {number + 1}: there is {place.picks(home)}"


def size_limit(place: Place, folder: Path) -> Iterator[str]:
    """Play under a limit on the size of files, which stands in for a quota."""
    home = home_in(folder)

    def ready() -> None:
        import resource  # noqa: PLC0415  # there is none on Windows

        place.ready()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))

    with place._replace(ready=ready).play(home) as game:
        saved = [go(game, pick) for pick in ("look", "up") * 30]
        last, first_refused = len(place.picks(home)), saved.index(False) if False in saved else len(saved)
        if not 0 < first_refused < len(saved):
            yield f"of 60 turns {sum(saved)} were told to be saved"
        if last < first_refused:
            yield f"{first_refused} turns were told, {last} are there"


SCENES: Mapping[str, Callable[[Place, Path], Iterator[str]]] = {
    "a disk of 64 KiB, full, then freed": full_then_freed,
    "a disk without room for a file": no_inodes,
    "a disk that becomes read-only": read_only,
    "a folder that goes in mid-game": gone,
    "a folder of another user": no_permission,
    "a clock set back": clock_back,
    "a game that is stopped in its turns": slow_reader,
    "files that may not be larger than 4 KiB": size_limit,
}


def play_all(ready: Callable[[], None]) -> tuple[dict[str, Tally], dict[str, str]]:
    """Play every scene; return what was lost, and what was passed over and why."""
    rows: dict[str, Tally] = {}
    passed: dict[str, str] = {}
    for name, scene in SCENES.items():
        with TemporaryDirectory() as made:
            here, tally = Path(made).resolve(), Tally()
            folder = here / "scene"
            folder.mkdir()
            try:
                for wrong in scene(Place(story_in(here), here, ready), folder):
                    tally.lose(wrong)
            except Passed as why:
                passed[name] = str(why)
                continue
            except OSError as broken:  # what a scene takes for granted is not there
                tally.lose(str(broken))
            tally.done = 1
            rows[name] = tally
    return rows, passed


def main() -> int:
    """Play every scene, then all of them like a beginner."""
    rows, passed = play_all(lambda: None)
    without, _ = play_all(be_a_beginner)
    for name, why in passed.items():
        sys.stdout.write(f"{name}: passed over, since {why}\n")
    control = Tally()
    control.done, control.lost = len(without), sum(bool(each.lost) for each in without.values())
    return report(rows, controls={"the same scenes, written in place": control})


if __name__ == "__main__":
    sys.exit(main())
