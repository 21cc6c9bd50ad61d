"""What holds for every command there is: help with an example, exit statuses, and progress where work is long."""

import os
import pty
import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TypeAlias, get_args

import pytest

from cli.shell import STORIES, YARD, siberia_quest
from siberia_quest import cli
from siberia_quest.cli.arguments import make_parser, parse
from siberia_quest.cli.parts import CommandName

Lines: TypeAlias = tuple[str, ...]
#: It runs until one leaves it, so it has its own tests of how it leaves.
ENDLESS = {"watch"}

#: Command lines that leave with 0, with 1 and with 2. A command that reads no story has no second kind.
FINE_PROBLEMS_USAGE: dict[str, tuple[Lines, Lines, Lines]] = {
    "play": (("play good.yaml",), ("play broken.yaml",), ("play nowhere", "play good.yaml --from attic")),
    "continue": (("continue yard.yaml",), ("continue broken.yaml", "continue good.yaml"), ("continue nowhere",)),
    "saves": (
        ("saves", "saves --story yard.yaml", "saves show autosave --story yard.yaml"),
        ("saves show gone --story yard.yaml", "saves --story broken.yaml"),
        ("saves show", "saves frobnicate", "saves --story nowhere"),
    ),
    "endings": (("endings good.yaml",), ("endings broken.yaml",), ("endings nowhere",)),
    "stories": (("stories",), (), ("stories all",)),
    "new": (("new fresh",), (), ("new", "new taken")),
    "check": (("check good.yaml", "check warned.yaml"), ("check broken.yaml", "check warned.yaml --strict"), ("check nowhere",)),
    "test": (
        ("test hut --only Goes", "test hut --style random"),
        ("test broken.yaml", "test hut --only Flies"),
        ("test nowhere", "test good.yaml", "test hut --style bold", "test hut --games many"),
    ),
    "explore": (
        ("explore good.yaml --games 5",),
        ("explore broken.yaml", "explore stops.yaml --games 5"),
        ("explore nowhere", "explore good.yaml --style bold"),
    ),
    "graph": (("graph good.yaml",), ("graph broken.yaml",), ("graph nowhere", "graph good.yaml --scene attic")),
    "words": (("words good.yaml --games 5",), ("words broken.yaml",), ("words nowhere",)),
    "why": (("why good.yaml go",), ("why broken.yaml go",), ("why nowhere go", "why good.yaml fly")),
    "pack": (("pack good.yaml",), ("pack broken.yaml",), ("pack nowhere", "pack good.yaml --out taken")),
    "export": (
        ("export web good.yaml", "export web good.yaml --zip"),
        ("export web broken.yaml",),
        ("export", "export paper good.yaml", "export web nowhere", "export web good.yaml --out taken",
         "export web good.yaml --cover good.yaml"),
    ),
    "schema": (("schema", "schema good.yaml"), ("schema broken.yaml",), ("schema nowhere",)),
    "explain": (("explain SQ203",), (), ("explain", "explain SQ999")),
    "completion": (("completion bash", "completion zsh", "completion fish"), (), ("completion", "completion tcsh")),
}  # fmt: skip
FILES = {
    "good.yaml": "story: A\npassages:\n  a: {text: In., choices: [{text: Go, end: true}]}\n",
    "warned.yaml": "story: A\npassages:\n  a: {text: In., end: true}\n  b: {text: Lost., end: true}\n",
    "broken.yaml": "story: A\npassages:\n  a: {text: In., goto: b}\n",
    "stops.yaml": "story: A\nvariables: {n: 0}\npassages:\n  a: {text: In., choices: [{text: Go, do: n = 1 / n, end: true}]}\n",
    "yard.yaml": YARD.read_text("utf-8"),
    "hut/story.yaml": "story: A\npassages:\n  a: {text: In., choices: [{text: Go, end: true}]}\n",
    "hut/tests/a.yaml": "walkthroughs:\n  - {walkthrough: Goes, play: [go]}\n",
    "hut/tests/b.yaml": "walkthroughs:\n  - {walkthrough: Flies, play: [go, go]}\n",
    "taken/mine": "mine",
}


def parsers() -> dict[str, ArgumentParser]:
    """Return each command's parser."""
    (commands,) = [each.choices for each in make_parser()._actions if isinstance(each.choices, dict)]
    return commands


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with stories, and a game of one of them."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    siberia_quest("play", "yard.yaml", typed="\n1\n", here=tmp_path)
    return tmp_path


def examples(text: str) -> list[str]:
    """Return the command lines of the examples at the end of a help."""
    return re.findall(r"siberia-quest ?([^)>|\n]*)", text.split("\nexample:\n", 1)[1])


@pytest.mark.parametrize("name", parsers())
def test_the_help_fits_80_columns_and_ends_with_an_example_that_is_a_command(name: str) -> None:
    left = siberia_quest(name, "--help", env={"COLUMNS": "80"})
    assert (left.status, left.err) == (0, "")
    assert max(map(len, left.out.splitlines())) <= 80
    lines = examples(left.out)
    assert lines
    for line in lines:
        assert parse(shlex.split(line)).command == name


def test_every_command_can_be_typed_and_stands_in_a_file_of_its_name() -> None:
    assert {*parsers()} == {*get_args(CommandName)}
    files = {path.stem.removesuffix("_") for path in Path(cli.__file__).parent.glob("*.py")}
    assert {*parsers()} <= files


def test_the_help_of_all_fits_80_columns_and_names_every_command() -> None:
    left = siberia_quest("--help", env={"COLUMNS": "80"})
    assert max(map(len, left.out.splitlines())) <= 80
    assert [name for name in parsers() if f"    {name} " not in left.out] == []
    assert [parse(shlex.split(line)).command for line in examples(left.out)] == ["play"]


@pytest.mark.parametrize("name", sorted({*parsers()} - ENDLESS))
def test_a_command_leaves_with_0_when_all_is_well_1_for_problems_and_2_for_wrong_usage(name: str, folder: Path) -> None:
    for status, lines in enumerate(FINE_PROBLEMS_USAGE[name]):
        for line in lines:
            left = siberia_quest(*line.split(), here=folder)
            assert left.status == status, f"{line}\n{left.out}{left.err}"
            assert "Traceback" not in left.err
            if status == 2:
                assert left.out == ""
                assert "siberia-quest" in left.err
    assert (folder / "taken" / "mine").read_text("utf-8") == "mine"


# --- progress -----------------------------------------------------------------------------------------------------

LONG = (
    f"test {STORIES / 'night_train'}",
    f"explore {STORIES / 'first_fire'} --games 60 --states 20",
    f"graph {STORIES / 'first_fire'} --games 60",
    f"words {STORIES / 'first_fire'} --games 60",
)


def seen_on_a_terminal(line: str, folder: Path) -> str:
    """Run a command with a terminal for its stderr only; return what the terminal was sent."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "siberia_quest", *line.split()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, cwd=folder
    ) as child:  # fmt: skip
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # how Linux says that nobody writes any more
                part = b""
            if not part:
                break
            shown += part
        assert child.stdout
        assert child.stdout.read()
    os.close(ours)
    return shown.decode()


@pytest.mark.parametrize("line", LONG, ids=lambda each: each.split()[0])
def test_long_work_tells_a_terminal_how_far_it_is_and_takes_the_line_away(line: str, tmp_path: Path) -> None:
    shown = seen_on_a_terminal(line, tmp_path)
    assert re.search(r"games played: \d+ of \d+", shown)
    assert "\x1b[K" in shown.rpartition("games played")[2]


@pytest.mark.parametrize("line", LONG, ids=lambda each: each.split()[0])
def test_long_work_tells_a_pipe_nothing_of_how_far_it_is(line: str) -> None:
    left = siberia_quest(*line.split())
    assert left.status == 0
    assert "games played" not in left.out + left.err
    assert "\x1b" not in left.out + left.err
