"""Plain text: whole games through a pipe, in any encoding, with no byte but words and line ends."""

import io
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.shell import STORIES, YARD, siberia_quest
from play.sittings import story_of
from siberia_quest.play.console import InputRequest, Preferences
from siberia_quest.play.play_request import PlayRequest
from siberia_quest.terminal import session
from siberia_quest.terminal.front import prepare
from siberia_quest.terminal.plain import PlainConsole

SHIPPED = sorted(path.name for path in STORIES.iterdir() if (path / "story.yaml").exists())
_PROMPT = re.compile(r"Choose 1(?: to (\d+))?[^\n]*:\n$")


class Pipe:
    """Types the number of any choice there is by the last prompt, until the story ends: what a pipe can know."""

    def __init__(self, target: io.TextIOWrapper, seed: int) -> None:
        """Keep what is written to, to see the prompts."""
        self._target = target
        self._random = random.Random(seed)
        self._seen = 0

    def readline(self, _: int = -1, /) -> str:
        """Return a number, an empty line where something else is asked, or the end behind the story's."""
        assert isinstance(self._target.buffer, io.BytesIO)
        self._target.flush()
        written = self._target.buffer.getvalue()
        new, self._seen = written[self._seen :].decode(self._target.encoding), len(written)
        if "\nThe end" in new:
            return ""
        prompt = _PROMPT.search(new)
        return f"{self._random.randint(1, int(prompt[1] or 1))}\n" if prompt else "\n"

    def isatty(self) -> bool:
        """Tell that nobody types."""
        return False

    def fileno(self) -> int:
        """Return no file descriptor. Always raises OSError."""
        raise OSError


def walk(story: Path, folder: Path, encoding: str = "utf-8", seed: int = 3) -> tuple[int, bytes]:
    """Play a whole game; return the status and all that was written."""
    target = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    prepare(io.StringIO(), target)
    status = session.play(story_of(story), folder, PlayRequest("plain", seed=seed), Pipe(target, seed), target, {})
    target.flush()
    assert isinstance(target.buffer, io.BytesIO)
    return status, target.buffer.getvalue()


@pytest.mark.parametrize("story", SHIPPED)
def test_a_whole_game_through_a_pipe_is_words_and_line_ends(story: str, tmp_path: Path) -> None:
    status, written = walk(STORIES / story, tmp_path)
    text = written.decode()
    assert status == 0
    assert "\nThe end" in text
    assert {sign for sign in text if not sign.isprintable()} == {"\n"}
    assert not re.search(r"[█░▁▂▃▄▅▆▇│─·→★•]| \n|\n\n\n|\t", text)
    assert all(line == line.strip() for line in text.split("\n"))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252", "koi8-r", "shift_jis"])
def test_a_game_can_be_written_in_an_encoding_that_lacks_its_signs(encoding: str, tmp_path: Path) -> None:
    written = walk(STORIES / "first_fire", tmp_path, encoding)[1].decode(encoding)
    assert "\nThe end" in written
    assert "�" not in written


def test_in_ascii_a_straight_quote_stands_for_a_curly_one(tmp_path: Path) -> None:
    path = tmp_path / "quotes.yaml"
    path.write_text("story: Quotes\npassages:\n  a: {text: “It’s ‘so’ – or… not—at £3.” Größe, end: true}\n", "utf-8")
    ends = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for env in (ends, {"PYTHONIOENCODING": "ascii"}):
        left = siberia_quest("play", path, "--plain", "--saves", tmp_path, env=env)
        assert left.status == 0
        assert "\"It's 'so' - or... not--at GBP3.\" Grosse" in left.out


def test_the_status_is_not_told_again_behind_a_question(tmp_path: Path) -> None:
    left = siberia_quest("play", YARD, "--plain", "--saves", tmp_path, typed="\nrestart\nno\nundo\n5\n")
    assert left.out.count("Day 1, Mood grey.") == 1
    assert "Begin anew?" in left.out


def test_choices_are_summed_up_until_that_is_switched_off(tmp_path: Path) -> None:
    typed = "\n1\n1\n\nagain\n1\n\nsettings brief off\nagain\n1\n\n"
    left = siberia_quest("play", YARD, "--plain", "--saves", tmp_path, typed=typed)
    assert left.out.count("The same three choices.") == 1
    assert left.out.count("2. Divide by nothing") == 2


def test_changes_are_told_until_that_is_switched_off(tmp_path: Path) -> None:
    typed = "\n1\n1\n\nsettings changes off\nagain\n1\n\nchanges\n"
    left = siberia_quest("play", YARD, "--plain", "--saves", tmp_path, typed=typed)
    assert left.out.count("Strength rises to") == 1
    assert "The last turn changed no stat" in left.out


class Asked(io.StringIO):
    """Lines that somebody types at a terminal, or that a program writes."""


@pytest.mark.parametrize("preferences", [Preferences(), Preferences(motion=True, pauses=True, typewriter=True)])
def test_nothing_moves_and_nothing_pauses(preferences: Preferences) -> None:
    console = PlainConsole(story_of(YARD).language, Asked(), io.StringIO(), preferences)
    assert not console.preferences.motion
    assert not console.preferences.pauses


def test_a_prompt_of_ones_own_stands_alone_at_the_end_of_the_output() -> None:
    target = io.StringIO()
    console = PlainConsole(story_of(YARD).language, Asked("1\n2\n"), target, Preferences(), ">")
    console.ask(InputRequest("Choose 1 to 2:", status=(), options=()))
    console.ask(InputRequest("And?"))
    assert target.getvalue() == "Choose 1 to 2:\n>\nAnd?\n>"


def test_a_program_that_waits_for_a_prompt_finds_one_behind_every_page(tmp_path: Path) -> None:
    typed = "\n1\n1\n\nstats\nagain\n"
    left = siberia_quest("play", YARD, "--prompt", ">", "--saves", tmp_path, typed=typed)
    assert left.status == 0
    assert left.out.count("\n>") == typed.count("\n") + 1
    assert "Choose" not in left.out
    assert "What is your name? [Anna]\n>" in left.out


class PromptReader:
    """Plays as testers of interactive fiction do: it reads until a line is a prompt alone, and looks at what stands before it."""

    def __init__(self, story: Path, folder: Path) -> None:
        """Start the program."""
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "siberia_quest",
            "play",
            "--plain",
            "--prompt",
            ">",
            "--seed",
            "2",
            "--saves",
            folder,
            story,
        ]
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.heard = self._hear()

    def say(self, line: str) -> list[str]:
        """Type a line; return the lines up to the next prompt, or to the end."""
        assert self.child.stdin
        self.child.stdin.write(f"{line}\n".encode())
        self.heard = self._hear()
        return self.heard

    def _hear(self) -> list[str]:
        assert self.child.stdout
        heard = bytearray()
        while heard[-2:] != b"\n>" and (sign := self.child.stdout.read(1)):
            heard += sign
        return heard.decode().split("\n")


def test_a_tester_s_script_plays_a_whole_game_with_commands_between(tmp_path: Path) -> None:
    script = (
        "look back", "sparrow", "stats", "open the drawer", "read the first", "undo", "read the first", "read the last",
        "put it back", "go out", "carry in", "choices", "light the fire",
    )  # fmt: skip
    tester = PromptReader(STORIES / "first_fire", tmp_path)
    with tester.child:
        assert tester.heard[0] == "First fire"
        heard = {line: tester.say(line) for line in script}
        while "The end" not in "\n".join(tester.heard) and tester.heard[-1] == ">":
            tester.say("1")
        assert any(line.startswith("Warmth: ") for line in heard["stats"])
        assert "Taken back: one turn." in heard["undo"]
        assert all(lines[-1] == ">" for lines in heard.values())
        assert any("The end" in line for line in tester.heard)
        assert tester.say("quit")[-2] == "Goodbye."
    assert tester.child.returncode == 0


def test_what_a_title_or_a_panel_says_is_no_status_as_well(tmp_path: Path) -> None:
    path = tmp_path / "ring.yaml"
    path.write_text(
        "story: R\nvariables: {round_no: 1, mood: {text: grey, max: 9}}\nstatus: [{text: 'Round {round_no}'}, {value: mood, label: Hall}]\n"
        "panels: {ring: {left: [{value: mood, label: Hall}]}}\npassages:\n  a:\n    title: Round {round_no} of 12\n"
        "    choices: [{text: Box, do: round_no += 1, goto: a}]\n",
        "utf-8",
    )
    left = siberia_quest("play", path, "--plain", "--saves", tmp_path, typed="1\n1\n")
    assert left.out.count("Round 2") == left.out.count("Round 1 of") == 1
    assert left.out.count("grey") == 1
