"""Lets every system call of a game fail in turn: `python -m torture.failing`, which builds the system that fails and loads it.

`--every 7` tries every seventh case, with `--seed 1` one in seven by chance, `--scene` one scene; `--control` tries how a beginner would
write, and must lose games.
A case is a scene, a kind of call, which of them fails, with what, and whether once or from then on. Each is a process of its own, forked
from one that has everything loaded. Expected is: the game goes on; what is not kept is told; nothing whole is called damaged or moved;
what could be loaded before still can; no litter, no traceback, never status 70.
"""

import argparse
import ctypes
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import siberia_quest as siberia_quest_files
from siberia_quest.cli import main as siberia_quest
from siberia_quest.model.story import Story
from siberia_quest.storage import writing
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Saves
from storage.stories import made
from torture.driving import be_a_beginner, typed_for

SOURCE = Path(__file__).with_name("failing_calls.c")
BUILT = "SYSTEM_THAT_FAILS"
SHORT, KILL = 1000, 1001
_PATIENCE = 300  # seconds after which a process hangs, also where the machine has much to do
_MOST_SHOWN = 40
#: The kinds of calls in the order of the C file, each with what it may fail with.
KINDS: Mapping[str, tuple[int, ...]] = {
    "open": (errno.EACCES, errno.EIO, errno.EMFILE, errno.ENOSPC, errno.EROFS, errno.ENOMEM, errno.ESTALE, errno.EINTR),
    "read": (errno.EIO, errno.ESTALE, errno.EINTR, SHORT),
    "write": (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EINTR, SHORT),
    "fsync": (errno.EIO, errno.EINVAL, errno.ENOSPC, errno.EDQUOT, errno.EINTR),
    "sync of a folder": (errno.EIO, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EINTR),
    "close": (errno.EIO, errno.EINTR, errno.ENOSPC, errno.EDQUOT),
    "rename": (errno.EACCES, errno.EIO, errno.ENOSPC, errno.EXDEV, errno.EPERM, errno.EBUSY, errno.EROFS),
    "link": (errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.EIO, errno.ENOSPC, errno.EACCES, errno.EXDEV),
    "unlink": (errno.EACCES, errno.EIO, errno.EPERM, errno.EROFS, errno.EBUSY),
    "mkdir": (errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT),
    "flock": (errno.EIO, errno.ENOLCK, errno.EINVAL, errno.EINTR, errno.EWOULDBLOCK),
    "stat": (errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOMEM, errno.EOVERFLOW),
    "access": (errno.EACCES, errno.EIO, errno.EROFS),
    "readdir": (errno.EIO, errno.EACCES, errno.EMFILE, errno.ENOMEM),
    "truncate": (errno.EIO, errno.ENOSPC),
}
NAMES = {SHORT: "short", KILL: "killed"}


class Scene(NamedTuple):
    """A command, what is typed, and the picks that its game has made at the end, None where no game is played."""

    line: str
    typed: str = ""
    picks: tuple[str, ...] | None = None


EVENING = ("trim", "wait", "Eve", "look")
SCENES: Mapping[str, Scene] = {
    "begin": Scene("play lamp.yaml", "look down\ngo up\ntrim\n", ("look", "up", "trim")),
    "continue": Scene("continue lamp.yaml", "go up\ntrim\nsing\n", (*EVENING, "up", "trim", "sing")),
    "end": Scene("continue lamp.yaml", "go up\nsleep\n", (*EVENING, "up", "sleep")),
    "save and load": Scene(
        "continue lamp.yaml", "/save two\ngo up\n/load two\n/saves\ngo up\n/quick\n", (*EVENING, "up")
    ),
    "json": Scene("play lamp.yaml --json", "look\nup\n", ("look", "up")),
    "saves": Scene("saves --saves saves"),
    "saves of a story": Scene("saves --story lamp.yaml"),
    "saves show": Scene("saves show one --story lamp.yaml"),
    "export": Scene("saves export one out.save --story lamp.yaml"),
    "import": Scene("saves import one.file three --story lamp.yaml"),
    "endings": Scene("endings lamp.yaml"),
    "check": Scene("check lamp.yaml --saves saves"),
}


class Case(NamedTuple):
    """A scene with one call that fails."""

    scene: str
    kind: str
    number: int
    error: int
    for_ever: bool

    def __str__(self) -> str:
        how = NAMES.get(self.error) or errno.errorcode[self.error]
        return f"{self.scene}: {self.kind} {self.number}{' and all after it' if self.for_ever else ''}: {how}"


class Left(NamedTuple):
    """How a process left: its status (below 0 for a signal), all that it told, and how many calls of each kind it made."""

    status: int
    told: str
    seen: Mapping[str, int]


Games = dict[str, tuple[str, tuple[str, ...]]]


class Desk:
    """A folder with a story, saves, endings and a cache, as they lie before each case."""

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        self.folder = folder / "desk"
        self.kept = folder / "kept"
        self.outside = folder
        self.system = ctypes.CDLL(os.environ[BUILT]) if BUILT in os.environ else None
        self.folder.mkdir()
        self.story: Story = made(self.folder)
        self.moved = 0
        self.under = self.folder
        self._fill()

    def _fill(self) -> None:
        self.run("play lamp.yaml", "look down\ngo up\nsleep\n")
        self.run("play lamp.yaml", "look down\ngo up\nlook down\n/save one\n")
        self.run("play lamp.yaml", typed_for(EVENING))
        self.run("saves export one one.file --story lamp.yaml", "")
        shutil.copytree(self.folder, self.kept)
        self.whole = self.games()

    def lay(self) -> None:
        """Lay everything as it was."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)

    def games(self) -> Games:
        """Return every game that can be loaded, by the name of its save."""
        saves = Saves(self.story, self.folder / "saves")
        found = {each.name: saves.load(each.name).game for each in saves.list()}
        return {name: (game.id, tuple(game.picks)) for name, game in found.items() if game}

    def aside(self, games: Games) -> int:
        """Return how many games were set aside since everything was laid."""
        return sum(name.startswith("earlier~") and name not in self.whole for name in games)

    def endings(self) -> int:
        """Return how often an ending was found."""
        seen = Profiles(self.folder / "saves").read().endings(self.story)
        return sum(each.times for each in seen.values())

    def run(self, line: str, typed: str, case: Case | None = None) -> Left:
        """Run a command in a process of its own."""
        told, seen = self.outside / "told", self.outside / "seen"
        (self.outside / "typed").write_text(typed, "utf-8")
        child = os.fork()
        if not child:
            self._be(line, case)
        _, status = os.waitpid(child, 0)
        counts = seen.read_text("ascii").split() if seen.exists() else []
        seen.unlink(missing_ok=True)
        return Left(
            os.waitstatus_to_exitcode(status),
            told.read_text("utf-8", "replace"),
            dict(zip(KINDS, map(int, counts), strict=False)),
        )

    def _be(self, line: str, case: Case | None) -> None:
        """Be the command, in the child; it never comes back."""
        status = 99
        try:
            signal.alarm(_PATIENCE)
            os.environ.update(
                HOME=str(self.folder),
                SIBERIA_QUEST_CACHE=str(self.folder / "cache"),
                SIBERIA_QUEST_SAVES=str(self.folder / "saves"),
            )
            os.chdir(self.folder)
            given, told = (
                os.open(self.outside / "typed", os.O_RDONLY),
                os.open(self.outside / "told", os.O_CREAT | os.O_TRUNC | os.O_WRONLY),
            )
            for target, source in ((0, given), (1, told), (2, told)):
                os.dup2(source, target)
            sys.stdin, sys.stdout, sys.stderr = (open(at, "rw"[at > 0], closefd=False) for at in range(3))  # noqa: SIM115
            writing.PATIENCE = 0.1  # nobody else is there to wait for
            if self.system:
                kind = [*KINDS].index(case.kind) if case else -1
                under = str(self.under).encode()
                self.system.fail_plan(
                    under, kind, case.number if case else 0, case.error if case else 0, bool(case and case.for_ever)
                )
            status = siberia_quest(line.split())
            sys.stdout.flush()
            sys.stderr.flush()
            if self.system:
                seen = [self.system.fail_seen(at) for at in range(len(KINDS))]
                self.system.fail_plan(b"", -1, 0, 0, 0)
                (self.outside / "seen").write_text(" ".join(map(str, seen)), "ascii")
        finally:
            os._exit(status)


#: What tells that something is not kept or cannot be read, in small letters.
TELLS = (
    '"saved":false',
    "not saved",
    "cannot be read",
    "cannot be written",
    "not be read",
    "not written",
    "siberia-quest: ",
)


def faults(desk: Desk, case: Case, left: Left) -> Iterator[str]:
    """Return what went wrong in a case."""
    scene = SCENES[case.scene]
    if left.status not in {0, 1, 2} and not (case.error == KILL and left.status == -signal.SIGKILL):
        yield f"status {left.status}"
    yield from (f"says {word}" for word in ("Traceback", "mistake in siberia-quest", "damaged") if word in left.told)
    is_told = any(word in left.told.lower() for word in TELLS)
    if left.status > 0 and scene.picks and "The lamp" in left.told:
        yield f"the game did not go on: {left.status}"
    if left.status in {1, 2} and not is_told:
        yield "nothing is told"
    yield from litter(desk, case)
    yield from losses(desk, case, is_told=is_told or left.status != 0)


def litter(desk: Desk, case: Case) -> Iterator[str]:
    """Return what was left lying; what may not be taken away has to lie."""
    if case.kind != "unlink" and case.error != KILL:
        yield from (
            f"litter: {each.name}"
            for each in desk.folder.rglob(".*")
            if each.name.startswith((".writing-", ".unfinished-"))
        )


def losses(desk: Desk, case: Case, *, is_told: bool) -> Iterator[str]:
    """Return what can be loaded no more, what was played and not kept, and what was moved though it was whole."""
    after, picks = desk.games(), SCENES[case.scene].picks
    for name, (id_, whole) in desk.whole.items():
        if not any(each == id_ and others[: len(whole)] == whole for each, others in after.values()):
            yield f"{name} is lost"
    if picks is not None and not is_told and not any(there == picks for _, there in after.values()):
        yield "what was played is neither kept nor told"
    if desk.aside(after) > desk.moved:
        yield f"moved aside: {desk.aside(after)} for {desk.moved}"
    yield from (f"called damaged: {each.name}" for each in desk.folder.rglob("*damaged*"))
    found = desk.endings()
    if found < 1 + (case.scene == "end" and not is_told):
        yield f"endings found: {found}"


def cases(desk: Desk, scenes: Iterator[str], *, kills: bool) -> Iterator[Case]:
    """Return every case: each call that a scene makes when nothing fails, with each error, once and from then on."""
    for name in scenes:
        desk.lay()
        seen = desk.run(SCENES[name].line, SCENES[name].typed).seen
        games, picks = desk.games(), SCENES[name].picks
        desk.moved = desk.aside(games)
        assert picks is None or any(there == picks for _, there in games.values()), (
            f"{name}: what is typed is not picked"
        )
        for kind, count in seen.items():
            for number in range(1, count + 1):
                if kills:
                    yield Case(name, kind, number, KILL, for_ever=False)
                else:
                    yield from (
                        Case(name, kind, number, error, for_ever)
                        for error in KINDS[kind]
                        for for_ever in (
                            (False,) if error == errno.EINTR else (False, True)
                        )  # one that never ends is no system's
                    )


def build(folder: Path) -> Path | None:
    """Build the system that fails; None where there is no compiler for it."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    built = folder / "failing_calls.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(built), str(SOURCE), "-ldl"], check=True)
    return built


def again_with(built: Path) -> int:
    """Run this program again where calls can fail."""
    environ = {**os.environ, "LD_PRELOAD": str(built), BUILT: str(built)}
    return subprocess.run([sys.executable, "-m", "torture.failing", *sys.argv[1:]], env=environ, check=False).returncode


def main() -> int:
    """Try the cases; tell what went wrong, and how many there were."""
    given = argparse.ArgumentParser()
    given.add_argument("--every", type=int, default=1)
    given.add_argument("--from", type=int, default=0, dest="first")
    given.add_argument("--seed", type=int, help="choose by chance, in place of every so manieth")
    given.add_argument("--scene", choices=SCENES)
    given.add_argument("--control", action="store_true")
    given.add_argument("--kills", action="store_true")
    given.add_argument(
        "--program", action="store_true", help="let calls fail on the program's own files, in place of the player's"
    )
    wanted = given.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        if BUILT not in os.environ:
            built = build(folder)
            if built is None:
                sys.stdout.write("failing calls: passed over, since there is no C compiler on Linux here\n")
                return 0
            return again_with(built)
        desk = Desk(folder)
        if wanted.control:
            be_a_beginner()
        if wanted.program:
            desk.under = Path(siberia_quest_files.__file__).parent
        scenes = iter([wanted.scene] if wanted.scene else [*SCENES])
        tried, bad, chance = 0, Counter[str](), None if wanted.seed is None else random.Random(wanted.seed)
        at = 0
        for at, case in enumerate(cases(desk, scenes, kills=wanted.kills)):
            if chance.randrange(wanted.every) if chance else (at - wanted.first) % wanted.every:
                continue
            desk.lay()
            tried += 1
            left = desk.run(SCENES[case.scene].line, SCENES[case.scene].typed, case)
            wrong = [*faults(desk, case, left)]
            bad.update(wrong[:1])
            if wrong and bad.total() <= _MOST_SHOWN and not wanted.control:
                sys.stdout.write(
                    f"{case}: {'; '.join(wrong)}\n"
                    + "".join(f"    {line[:150]}\n" for line in left.told.splitlines()[-3:])
                )
        what = "killed at a call" if wanted.kills else "calls that failed"
        of = "" if wanted.every == 1 else f" of {at + 1:,}"
        sys.stdout.write(f"{'control, ' if wanted.control else ''}{what}: {tried:,}{of} cases, {bad.total()} wrong\n")
        for words, count in bad.most_common(12):
            sys.stdout.write(f"    {count} {words}\n")
    return int(bool(bad) != wanted.control)


if __name__ == "__main__":
    sys.exit(main())
