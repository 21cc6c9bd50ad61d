"""`watch` at the door: what it needs, what it refuses, and what it leaves alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from cli.shell import YARD, siberia_quest
from cli.test_imports import loaded_by

# An ending that nothing leads to, and signs that are no markup: `check` speaks of both.
STORY = YARD.read_text("utf-8").replace("  cold: {title: Cold feet, rank: 2}\n", "").replace(", and [/b] neither", "")
WITHOUT = "import sys; sys.modules['watchfiles'] = None; from siberia_quest.cli import main; raise SystemExit(main(sys.argv[1:]))"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "yard.yaml"
    path.write_text(STORY, "utf-8")
    return path


def test_without_the_extra_it_says_what_to_install() -> None:
    left = subprocess.run(
        [sys.executable, "-c", WITHOUT, "watch", str(YARD)], capture_output=True, text=True, timeout=60, check=False
    )
    assert left.returncode == 2
    assert "pip install 'siberia-quest[watch]'" in left.stderr
    assert left.stdout == ""


def test_a_story_that_is_not_there_is_wrong_usage() -> None:
    assert siberia_quest("watch", "no_such_story").status == 2


def test_a_beginning_that_is_not_there_is_wrong_usage(story: Path) -> None:
    left = siberia_quest("watch", story, "--from", "attic")
    assert left.status == 2
    assert left.err.endswith("siberia-quest: The story has no passage `attic`.\n")


def test_a_broken_story_is_not_waited_for_where_nobody_types(story: Path) -> None:
    story.write_text(STORY.replace("goto: stove", "goto: stoev"), "utf-8")
    left = siberia_quest("watch", story)
    assert left.status == 1
    assert left.out == ""
    assert left.err.startswith("The story has 2 errors.\nyard.yaml:")
    assert "no passage named `stoev`" in left.err
    assert f"Errors beside this one: 1. siberia-quest check {story} lists them." in left.err


def test_the_player_s_own_game_is_left_alone(story: Path, tmp_path: Path) -> None:
    saves = tmp_path / "saves"
    env = {"SIBERIA_QUEST_SAVES": str(saves)}
    assert siberia_quest("play", story, "--seed", "7", typed="1\nsplit a\n", env=env).status == 0
    before = {path: path.read_bytes() for path in saves.rglob("*") if path.is_file()}
    left = siberia_quest("watch", story, typed="\n2\n\nBob\ngo inside\n", env=env)
    assert left.status == 0
    assert "The end: Warm at last" in left.out
    assert {path: path.read_bytes() for path in saves.rglob("*") if path.is_file()} == before


def test_the_help_says_that_the_game_is_not_kept_and_has_an_example() -> None:
    left = siberia_quest("watch", "--help")
    assert "Such a game is not kept." in left.out
    assert "siberia-quest watch my_story --from night" in left.out


def test_a_game_that_is_not_watched_loads_nothing_of_it() -> None:
    loaded = loaded_by("play", str(YARD), "--plain")
    assert not loaded & {"watchfiles", "threading", "siberia_quest.play.watched", "siberia_quest.tools.watching"}


class Program:
    """Another program that plays a watched game."""

    def __init__(self, story: Path) -> None:
        command = [sys.executable, "-m", "siberia_quest", "watch", str(story), "--json", "--seed", "7"]
        self.child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def say(self, line: str) -> None:
        self._end(self.child.stdin).write(f"{line}\n")
        self._end(self.child.stdin).flush()

    def hear(self) -> dict[str, object]:
        heard: dict[str, object] = json.loads(self._end(self.child.stdout).readline())
        return heard

    @staticmethod
    def _end(stream: IO[str] | None) -> IO[str]:
        assert stream
        return stream


@pytest.fixture
def program(story: Path) -> Iterator[Program]:
    program = Program(story)
    with program.child:
        yield program
        program.child.kill()


def replace(story: Path, text: str) -> None:
    new = story.with_suffix(".new")
    new.write_text(text, "utf-8")
    new.replace(story)


def test_a_program_is_told_of_each_edition(program: Program, story: Path) -> None:
    assert program.hear()["type"] == "hello"
    assert program.hear()["turn"] == 0
    program.say("hairs")
    assert program.hear()["paragraphs"] == ["That warms nobody."]
    replace(story, STORY.replace("warms nobody", "warms somebody"))
    assert program.hear() == {"type": "news", "problems": [], "notes": ["The story was saved."]}
    assert program.hear()["paragraphs"] == ["That warms somebody."]
    replace(story, STORY.replace("goto: stove", "goto: stoev"))
    broken = program.hear()
    problems = broken["problems"]
    assert isinstance(problems, list)
    assert [each["code"] for each in problems] == ["SQ203", "SQ203"]
    program.say("go on")
    assert program.hear()["refused"]
    replace(story, STORY)
    assert program.hear()["problems"] == []
    assert program.hear()["paragraphs"] == ["That warms nobody."]
    program.say("1")
    assert program.hear()["ask"]
