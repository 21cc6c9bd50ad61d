"""What a command is given to read is of its kind and no longer than is allowed; else a line says why, and nothing is waited for."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from cli.shell import YARD, Left, siberia_quest
from siberia_quest.cli import main
from siberia_quest.loading.taking import LONGEST_LINE, MOST_OF_A_SCRIPT

KIND = "it is no file of its own, but a device or the like"


def run(line: str, capsys: pytest.CaptureFixture[str]) -> Left:
    status = main(line.split())
    told = capsys.readouterr()
    return Left(status, told.out, told.err)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder one stands in, with a story, and with things that are none."""
    (tmp_path / "yard.yaml").write_bytes(YARD.read_bytes())
    (tmp_path / "hut" / "tests").mkdir(parents=True)
    (tmp_path / "hut" / "story.yaml").write_bytes(YARD.read_bytes())
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(8 * 1024**3)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe")
    return tmp_path


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("/dev/zero", KIND),
        ("pipe", KIND),
        ("hut", "Is a directory"),
        ("huge", "a script may hold 4 MiB, and here is more"),
        ("no", "No such file"),
    ],
)
@pytest.mark.parametrize(
    "line", ["play yard.yaml --script", "play yard.yaml --json --script", "why yard.yaml split --script"]
)
def test_a_script_that_is_none_is_told_with_its_reason_in_one_line(
    line: str, script: str, reason: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here.is_dir()
    left = run(f"{line} {script}", capsys)
    assert (left.status, left.out) == (2, "")
    assert left.err.startswith(f"siberia-quest: The script {script} cannot be read: {reason}")
    assert left.err.count("\n") == 1


def test_a_script_may_hold_as_much_as_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picks = "split\n" + "# a note\n"
    (here / "picks").write_text(picks.ljust(MOST_OF_A_SCRIPT), "utf-8")
    assert run("play yard.yaml --script picks", capsys).status == 0
    (here / "picks").write_text(picks.ljust(MOST_OF_A_SCRIPT + 1), "utf-8")
    assert run("play yard.yaml --script picks", capsys).status == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize(
    ("name", "reason"), [("pipe", KIND), ("huge", "a story may hold 64 MiB"), ("/etc/hostname", "a link leads out")]
)
def test_a_file_of_tests_that_is_none_is_told_and_not_waited_for(
    name: str, reason: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = here / "hut" / "tests" / "odd.yaml"
    if name.startswith("/"):
        there.symlink_to(name)
    else:
        (here / name).rename(there)
    left = run("test hut", capsys)
    assert left.status == 1
    assert f"this file of tests cannot be read: {reason}" in left.out + left.err


@pytest.mark.parametrize("front", ["--plain", "--json"])
def test_a_line_that_is_far_too_long_is_answered_once_and_the_game_goes_on(front: str, tmp_path: Path) -> None:
    typed = f"{'x' * (3 * LONGEST_LINE)}\n1\n"
    left = siberia_quest("play", YARD, front, "--set", "winter=mild", "--saves", tmp_path, typed=typed)
    assert left.status == 0
    if front == "--json":
        told = [json.loads(each) for each in left.out.splitlines()]
        assert sum("refused" in each for each in told) == 1
        assert "You split one." in str(told)
    else:
        assert left.out.count("Nothing here answers to") == 1
        assert "You split one." in left.out
