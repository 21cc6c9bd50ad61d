"""Files, folders and streams that the system refuses: one line says which and why, and it is never called our mistake."""

import builtins
import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from cli.shell import YARD, Left, siberia_quest
from siberia_quest.cli import main

CATALOGUE = (
    "ENOENT", "EACCES", "EPERM", "ENAMETOOLONG", "ENOTDIR", "EISDIR", "ELOOP", "EIO", "ENOSPC", "EDQUOT", "EROFS", "EMFILE", "ENFILE",
    "ENXIO", "ESTALE", "ENOMEM", "EINVAL", "ETXTBSY", "ENODEV", "EOVERFLOW",
)  # fmt: skip
#: Every place of the command line that takes a path; `CURSED` is the path that the system refuses.
LINES = (
    "play CURSED", "continue CURSED", "check CURSED",
    "check yard.yaml CURSED", "explore CURSED", "test CURSED", "graph CURSED", "words CURSED",
    "why CURSED log", "pack CURSED", "schema CURSED", "endings CURSED", "watch CURSED", "new CURSED", "saves --story CURSED",
    "play yard.yaml --saves CURSED", "continue yard.yaml --saves CURSED", "saves --saves CURSED", "endings yard.yaml --saves CURSED",
    "play yard.yaml --script CURSED", "play yard.yaml --record CURSED", "play yard.yaml --json --record CURSED",
    "--saves CURSED play yard.yaml",
    "explore yard.yaml --games 1 --html CURSED", "explore yard.yaml --games 1 --csv CURSED", "test hut --junit CURSED",
    "graph yard.yaml --out CURSED.dot", "pack yard.yaml --out CURSED",
    "why yard.yaml log --save CURSED", "why yard.yaml log --script CURSED",
    "check yard.yaml --saves CURSED", "saves import CURSED mine --story yard.yaml", "saves export autosave CURSED --story yard.yaml",
    "continue yard.yaml --save CURSED", "saves show CURSED --story yard.yaml", "saves delete CURSED --story yard.yaml",
)  # fmt: skip
_CALLS = (
    *((os, name) for name in ("stat", "lstat", "open", "scandir", "listdir", "mkdir", "replace", "link")), (io, "open"), (builtins, "open"),
)  # fmt: skip


Given = ParamSpec("Given")
Made = TypeVar("Made")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder one stands in, with stories."""
    (tmp_path / "yard.yaml").write_bytes(YARD.read_bytes())
    (tmp_path / "hut" / "tests").mkdir(parents=True)
    (tmp_path / "hut" / "story.yaml").write_text(
        "story: A\npassages:\n  a: {text: In., choices: [{text: Go, end: true}]}\n", "utf-8"
    )
    (tmp_path / "hut" / "tests" / "a.yaml").write_text("walkthroughs:\n  - {walkthrough: Goes, play: [go]}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    return tmp_path


def curse(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let every call fail that names the cursed path, or what would lie in it."""

    def cursed(real: Callable[Given, Made]) -> Callable[Given, Made]:
        def call(*given: Given.args, **named: Given.kwargs) -> Made:
            if any(isinstance(each, str | Path) and "CURSED" in str(each) for each in given[:2]):
                raise OSError(number, os.strerror(number), str(given[0]))
            return real(*given, **named)

        return call

    for module, name in _CALLS:
        monkeypatch.setattr(module, name, cursed(getattr(module, name)))


def run(line: str, capsys: pytest.CaptureFixture[str]) -> Left:
    status = main(line.split())
    told = capsys.readouterr()
    return Left(status, told.out, told.err)


@pytest.mark.parametrize("line", LINES)
def test_a_path_that_is_refused_for_any_reason_is_told_in_words(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in CATALOGUE:
        with monkeypatch.context() as cursing:
            curse(cursing, getattr(errno, name))
            left = run(line, capsys)
        assert left.status in {0, 1, 2}, f"{name}: {left.err}"
        assert "mistake in siberia-quest" not in left.err
        assert "Traceback" not in left.err
        told = left.out + left.err
        assert (
            left.status
            or "CURSED" in told
            or "not be saved" in told
            or "NOT saved" in told
            or "Nothing is saved" in told
            or "found: 0" in told
        ), f"{name}: {told}"
    assert not [*folder.rglob("bug-*")]


@pytest.mark.parametrize(
    "line",
    [
        each
        for each in LINES
        if each.endswith(" CURSED") and not any(word in each for word in ("save", "script", "new"))
    ],
)
def test_a_name_of_300_letters_is_told_with_its_reason(
    line: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "n" * 300
    left = run(line.replace("CURSED", long), capsys)
    assert (left.status, left.out) == (2, "")
    last = left.err.splitlines()[-1]
    assert last.startswith("siberia-quest: ")
    assert f"{long}: File name too long" in last
    assert folder.is_dir()


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_transcript_that_is_refused_is_told_and_the_game_goes_on(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = f"\n/transcript {folder}/CURSED/t.txt\n/transcript ~nobody_here/t\n/transcript {'n' * 300}\n/transcript hut\nsplit a log\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    with monkeypatch.context() as cursing:
        curse(cursing, getattr(errno, name))
        left = run("play yard.yaml", capsys)
    assert left.status == 0
    assert left.out.count("The transcript was not written.") == 3
    assert os.strerror(getattr(errno, name)) in left.out
    assert "~nobody_here/t: there is no such home folder." in left.out
    assert f"{'n' * 300}: File name too long." in left.out
    assert "hut is there already" in left.out
    assert "You split one." in left.out


def test_a_folder_of_a_story_that_may_not_be_read_is_told_and_not_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "hut" / "CURSED").mkdir()
    (folder / "hut" / "CURSED" / "night.yaml").write_text("scene: Night\n", "utf-8")
    for command in ("check", "play", "explore", "graph", "pack", "endings", "test", "words"):
        with monkeypatch.context() as cursing:
            curse(cursing, errno.EACCES)
            left = run(f"{command} hut", capsys)
        assert left == (2, "", "siberia-quest: hut/CURSED: Permission denied\n")


def test_an_output_for_messages_that_is_full_does_not_change_how_a_command_leaves(folder: Path) -> None:
    for line, status in (("check yard.yaml --strict", 1), ("check nowhere", 2), ("nonsense", 2), ("stories", 0)):
        assert left_with(line, "2>/dev/full", folder)[0] == status


@pytest.mark.parametrize(
    "line",
    [
        "check ~nobody_here/x",
        "play yard.yaml --saves ~nobody_here/x",
        "play yard.yaml --record=~nobody_here/x",
        "new ~nobody_here/x",
    ],
)
def test_a_home_that_nobody_has_is_told(line: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(line, capsys) == (2, "", "siberia-quest: ~nobody_here/x: there is no such home folder\n")
    assert not [*folder.glob("~*")]


def test_without_a_home_the_saves_have_no_place_and_that_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HOME", "SIBERIA_QUEST_SAVES", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setattr(os.path, "expanduser", str)
    left = run("play yard.yaml", capsys)
    assert (left.status, left.out) == (2, "")
    assert left.err == "siberia-quest: ~: there is no home folder to keep saves in; --saves DIR names one\n"
    assert run("check yard.yaml", capsys).status == 0
    assert not [*folder.glob("~*")]


def test_values_before_a_command_and_behind_it_count_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = run("--set luck=4 play yard.yaml --set strength=70 --json --seed 3", capsys)
    behind = run("play yard.yaml --set luck=4 --set strength=70 --json --seed 3", capsys)
    assert (before.status, before.out) == (0, behind.out)
    assert folder.is_dir()
    assert run("--set winter=prime_time", capsys).status == 0


# --- what is written ----------------------------------------------------------------------------------------------

OUTPUTS = (
    "graph yard.yaml --out FILE", "graph yard.yaml --format text --out FILE",
    "explore yard.yaml --games 1 --csv FILE", "explore yard.yaml --games 1 --html FILE", "test hut --junit FILE",
    "pack yard.yaml --out FILE", "play yard.yaml --record FILE",
)  # fmt: skip


@pytest.mark.parametrize("line", OUTPUTS)
def test_what_is_there_is_written_over_when_that_is_asked_for_alone(
    line: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "new" / "deep" / "out.dot"
    line = line.replace("FILE", str(file))
    assert run(line, capsys).status in {0, 1}
    first = file.read_bytes()
    assert first
    file.write_bytes(b"mine")
    left = run(line, capsys)
    assert (left.status, file.read_bytes()) == (2, b"mine")
    assert left.err.endswith(f"siberia-quest: {file}: there already, and kept; --force replaces it\n")
    assert "games played" not in left.err
    assert run(f"{line} --force", capsys).status in {0, 1}
    assert len(file.read_bytes()) == len(first) or line.startswith("play")
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.parametrize("line", OUTPUTS)
def test_nothing_but_a_regular_file_is_ever_replaced(
    line: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = folder / "pipe.dot"
    os.mkfifo(pipe)
    left = run(f"{line.replace('FILE', str(pipe))} --force", capsys)
    assert left.status == 2
    assert left.err.endswith(f"{pipe}: no regular file, and left as it is\n")
    assert pipe.is_fifo()


def test_a_link_to_a_file_stays_a_link(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "maps").mkdir()
    (folder / "maps" / "real.dot").write_text("old", "utf-8")
    (folder / "link.dot").symlink_to("maps/real.dot")
    assert run("graph yard.yaml --out link.dot --force", capsys).status == 0
    assert (folder / "link.dot").is_symlink()
    assert "digraph" in (folder / "maps" / "real.dot").read_text("utf-8")


def test_a_map_of_no_kind_is_not_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("map.jpg", "map", "map.svgz"):
        left = run(f"graph yard.yaml --out {name}", capsys)
        assert left.status == 2
        assert ".svg" in left.err
        assert not (folder / name).exists()


# --- the streams --------------------------------------------------------------------------------------------------

SPOKEN = (
    "--version",
    "--help",
    "check --help",
    "stories",
    "saves",
    "explain SQ203",
    "check yard.yaml",
    "play yard.yaml",
    "play yard.yaml --json",
    "graph yard.yaml",
)


def left_with(line: str, shell: str, folder: Path, *, unbuffered: bool = False) -> tuple[int, str]:
    """Run a command with its streams turned by a shell; return its status and what stands on stderr."""
    command = f"{sys.executable} {'-u' if unbuffered else ''} -m siberia_quest {line} {shell}"
    done = subprocess.run(
        ["sh", "-c", command],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("line", SPOKEN)
def test_an_output_that_is_full_is_told_and_no_bug(line: str, folder: Path) -> None:
    for unbuffered in (False, True):
        status, told = left_with(line, ">/dev/full", folder, unbuffered=unbuffered)
        assert status == 2
        assert "standard output: No space left on device" in told.splitlines()[-1]
        assert "Exception" not in told


@pytest.mark.parametrize("line", ["--version", "check yard.yaml", "play yard.yaml"])
def test_an_output_that_is_closed_leads_nowhere(line: str, folder: Path) -> None:
    status, told = left_with(line, ">&-", folder)
    assert status == 0
    assert "Error" not in told


@pytest.mark.parametrize("way", ["--json", "--plain"])
@pytest.mark.parametrize("unbuffered", [False, True])
def test_an_output_that_does_not_block_gets_everything(way: str, unbuffered: bool, tmp_path: Path) -> None:  # noqa: FBT001
    words = " ".join(f"word{number}" for number in range(30_000))
    (tmp_path / "long.yaml").write_text(f"story: Long\npassages:\n  a:\n    text: {words}\n    end: true\n", "utf-8")
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    flags = ["-u"] if unbuffered else []
    with subprocess.Popen(
        [sys.executable, *flags, "-m", "siberia_quest", "play", "long.yaml", way],
        stdin=subprocess.DEVNULL,
        stdout=writer,
        cwd=tmp_path,
    ) as child:
        os.close(writer)
        with os.fdopen(reader, "rb") as read:
            got = b""
            while piece := read.read(4096):
                got += piece
        assert child.wait(60) == 0
    assert words in got.decode()
    assert got.endswith(b"\n")


# --- what is told is words ----------------------------------------------------------------------------------------

ESCAPE = "\x1b[31m\u202ered\x9b2J"


@pytest.mark.parametrize(
    "line",
    ["ESC", "check ESC", "play ESC", "play yard.yaml ESC", "--ESC", "play --seed ESC", "explain ESC",
     "saves show ESC --story yard.yaml", "saves ESC", "graph yard.yaml --out ESC.jpg",
     "graph yard.yaml --scene ESC", "why yard.yaml ESC", "play yard.yaml --set ESC=1", "new ESC", "check ESC.yaml --format github"],
)  # fmt: skip
def test_no_argument_and_no_file_name_acts_on_the_terminal(
    line: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / f"{ESCAPE}.yaml").write_text("story: [\n", "utf-8")
    left = run(line.replace("ESC", ESCAPE), capsys)
    assert not {"\x1b", "\x9b", "\u202e"} & {*left.out, *left.err}


def test_a_story_with_an_escape_in_its_name_is_told_in_words(folder: Path) -> None:
    (folder / f"{ESCAPE}.yaml").write_text("story: [\n", "utf-8")
    for way in ((), ("--format", "github"), ("--json",)):
        left = siberia_quest("check", f"{ESCAPE}.yaml", *way, here=folder)
        assert left.status == 1
        assert not {"\x1b", "\x9b"} & {*left.out, *left.err}
