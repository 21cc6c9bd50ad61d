"""Disks that know no locks, cannot sync a folder, or fail to read for a moment: the game is saved, and nothing whole is moved."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from siberia_quest.storage import writing
from siberia_quest.storage.slots import Saves
from siberia_quest.storage.writing import System, put
from torture.failing import KINDS, build

from .stories import made

NO_PROMISE = "cannot promise that the last turn outlives a power cut"
NO_LOCKS = "knows no locks"


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The disk that refuses, compiled."""
    built = build(tmp_path_factory.mktemp("shim"))
    if built is None:
        pytest.skip("a C compiler on Linux is needed to build a disk that refuses")
    return built


class Home:
    """A folder with a story and its saves, played by the program on the disk that refuses."""

    def __init__(self, folder: Path, shim: Path) -> None:
        self.folder = folder
        self.story = made(folder)
        self.shim = shim
        self.saves = Saves(self.story, folder / "saves")

    def run(
        self, *arguments: str, typed: str = "", refuses: str = "", number: int = 0, under: str = "", once: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run a command where a kind of call fails with an error's number, below the saves or on one file of them."""
        saves = self.folder / "saves"
        refusal = {
            "FAIL_UNDER": f"{saves}/{under}", "FAIL_KIND": f"{[*KINDS].index(refuses)}", "FAIL_NUMBER": "1", "FAIL_HOW": f"{number}",
            "FAIL_FOR_EVER": f"{int(not once)}",
        } if refuses else {}  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "siberia_quest", *arguments, "--saves", str(saves)],
            input=typed, capture_output=True, text=True, check=False, cwd=self.folder,
            env={**os.environ, "HOME": str(self.folder), "LD_PRELOAD": str(self.shim), **refusal},
        )  # fmt: skip

    def turns(self, name: str = "autosave") -> int:
        game = self.saves.load(name).game
        return len(game.picks) if game else -1


@pytest.fixture
def home(tmp_path: Path, shim: Path) -> Home:
    return Home(tmp_path, shim)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_folder_that_cannot_be_synced_is_told_of_once_and_every_turn_is_saved(home: Home, number: int) -> None:
    left = home.run(
        "play", "lamp.yaml", typed="look down\ngo up\nlook down\n", refuses="sync of a folder", number=number
    )
    assert left.returncode == 0
    assert "NOT saved" not in left.stdout + left.stderr
    assert (left.stdout + left.stderr).count(NO_PROMISE) == 1
    assert home.turns() == 3


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL])
def test_a_disk_without_locks_is_told_of_once_and_every_turn_is_saved(home: Home, number: int) -> None:
    left = home.run("play", "lamp.yaml", typed="look down\ngo up\n", refuses="flock", number=number)
    assert left.returncode == 0
    assert (left.stdout + left.stderr).count(NO_LOCKS) == 1
    assert home.turns() == 2


def test_a_disk_that_fails_otherwise_is_still_believed(home: Home) -> None:
    """The control: an error that says that something went wrong is no lack of the disk's."""
    left = home.run("play", "lamp.yaml", typed="look down\n", refuses="sync of a folder", number=errno.EIO)
    assert "NOT saved" in left.stdout


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_a_save_that_cannot_be_read_for_now_stays_and_nothing_takes_its_place(home: Home, number: int) -> None:
    home.run("play", "lamp.yaml", typed="look down\ngo up\n")
    before = {each.name: each.read_bytes() for each in home.saves.folder.iterdir()}
    left = home.run("continue", "lamp.yaml", refuses="open", number=number, under="lamp/autosave.save")
    assert left.returncode == 1
    assert "cannot be read now" in left.stdout
    assert {each.name: each.read_bytes() for each in home.saves.folder.iterdir()} == before
    assert home.run("continue", "lamp.yaml", typed="look down\n").returncode == 0
    assert home.turns() == 3


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_a_profile_that_cannot_be_read_once_keeps_all_its_endings(home: Home, number: int) -> None:
    for _ in range(3):
        home.run("play", "lamp.yaml", typed="sleep\n")
    left = home.run(
        "play", "lamp.yaml", typed="sleep\n", refuses="open", number=number, under="profile.json", once=True
    )
    assert left.returncode == 0
    told = home.run("endings", "lamp.yaml")
    assert "Endings found: 1 of 1" in told.stdout
    assert b'"times":4' in (home.folder / "saves" / "profile.json").read_bytes()
    assert not list((home.folder / "saves").glob("*damaged*"))


def test_what_the_disk_lacks_is_told_by_the_writing_itself(tmp_path: Path) -> None:
    told: list[str] = []

    def no_lock(_: int) -> bool:
        raise OSError(errno.ENOLCK, "No locks available")

    def no_sync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112
            raise OSError(errno.EINVAL, "Invalid argument")

    assert put(tmp_path / "one.save", b"new", system=System(lock=no_lock, fsync=no_sync, lacks=told.append)) is None
    assert told == ["locks", "sync"]
    assert (tmp_path / "one.save").read_bytes() == b"new"
    assert not list(tmp_path.glob(f"{writing.TEMPORARY}*"))
