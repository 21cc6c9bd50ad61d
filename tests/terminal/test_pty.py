"""The game in a real terminal: keys, signals, sizes, and how the terminal is left."""

import fcntl
import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from play.sittings import YARD, Sitting
from terminal.pty_player import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")

LEFT = "The game is saved. siberia-quest continue goes on from here."
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()=>][0-9A-Z]?|\x1b\][^\x07]*\x07")
COLOUR = re.compile(rb"\x1b\[[0-9;]*\b(3[0-7]|9[0-7]|38;[25];[0-9;]+|4[0-7])m")


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[Terminal]:
    """The yard, at its first choice."""
    with Terminal(tmp_path) as terminal:
        start(terminal)
        yield terminal


def start(terminal: Terminal) -> None:
    terminal.wait_for("2. A hard winter")
    terminal.type("2")
    terminal.wait_for("5. Go inside")


def turns_saved(folder: Path) -> int:
    opened = Sitting.opened(folder)
    return -1 if opened is None else len(opened.picks)


def attributes(terminal: Terminal) -> list[object]:
    return list(termios.tcgetattr(terminal.child.child_fd))


def test_a_game_is_played_with_numbers_and_left_with_ctrl_d(playing: Terminal, tmp_path: Path) -> None:
    playing.type("2\r")
    playing.wait_for("That warms nobody.")
    playing.type("\x04")
    assert playing.status() == 0
    assert LEFT in playing.text
    assert turns_saved(tmp_path) == 1


def test_a_theme_is_put_on_in_play_and_paints_whole_lines(playing: Terminal) -> None:
    playing.type("/settings theme vhs\r")
    playing.wait_for("theme is vhs now.")
    playing.type("/look\r")
    playing.wait_for("5. Go inside", 2)
    lines = playing.screen.display
    told = next(at for at, line in reversed(list(enumerate(lines))) if "5. Go inside" in line)
    assert {playing.screen.buffer[told][column].bg for column in range(80)} == {"00005f"}
    assert {playing.screen.buffer[told][column].fg for column in range(4, 10)} <= {"eeeeee", "e4e4e4"}  # rounded


def test_keys_typed_while_the_terminal_says_that_it_is_light_are_kept(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_until(lambda: b"\x1b]11;?\x07\x1b[c" in terminal.raw, "a question to the terminal")
        terminal.type("2\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c")
        terminal.wait_for("› 2")
        terminal.type("\r")
        terminal.wait_for("5. Go inside")
        assert "rgb" not in terminal.text
        told = next(at for at, line in enumerate(terminal.screen.display) if "5. Go inside" in line)
        assert terminal.screen.buffer[told][4].fg in {"black", "000000"}


def test_arrows_and_enter_choose(playing: Terminal) -> None:
    playing.type("\x1b[B\x1b[B")
    playing.wait_for("2. Split hairs", 2)
    playing.type("\r")
    assert playing.wait_for("That warms nobody.")


def test_what_was_meant_stays_in_the_scrollback(playing: Terminal) -> None:
    playing.type("2\r")
    assert playing.wait_for("› Split hairs")


def test_one_ctrl_c_clears_the_line_and_a_second_asks(playing: Terminal) -> None:
    playing.type("anvil")
    playing.wait_for("› anvil")
    playing.type("\x03")
    playing.wait_for("Press Ctrl-C again to leave.")
    playing.type("\x03")
    playing.wait_for("Leave? The game is saved. Yes or no?")
    playing.type("y\r")
    assert playing.status() == 0


def test_three_ctrl_c_leave_with_130(playing: Terminal) -> None:
    playing.type("\x03")
    playing.wait_for("again to leave")
    playing.type("\x03")
    playing.wait_for("Yes or no?")
    playing.type("\x03")
    assert playing.status() == 130


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_leaves_with_128_and_its_number_and_the_terminal_as_it_was(
    tmp_path: Path, number: signal.Signals
) -> None:
    with Terminal(tmp_path) as terminal:
        before = attributes(terminal)
        start(terminal)
        terminal.type("2\r")
        terminal.wait_for("1. Go on")
        assert attributes(terminal) != before
        terminal.child.kill(number)
        assert terminal.status() == 128 + number
        assert attributes(terminal) == before
        assert b"Traceback" not in terminal.raw
        assert turns_saved(tmp_path) == 1


def test_a_signal_during_a_montage_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        before = attributes(terminal)
        start(terminal)
        terminal.type("2\r")
        terminal.wait_for("The axe goes up.")
        terminal.child.kill(signal.SIGTERM)
        assert terminal.status() == 128 + signal.SIGTERM
        assert attributes(terminal) == before
        assert turns_saved(tmp_path) == 1


@pytest.mark.parametrize("is_controlling", [True, False])
def test_a_lost_terminal_leaves_with_129_and_the_game_saved(tmp_path: Path, *, is_controlling: bool) -> None:
    """Whoever owns the terminal is told by a signal; others find out when they read or write."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "siberia_quest", "play", str(YARD)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if is_controlling else None,  # noqa: PLW1509
        env={**os.environ, "TERM": "xterm-256color", "SIBERIA_QUEST_SAVES": str(tmp_path)},
    ) as child:
        os.close(theirs)
        for wanted, keys in ((b"2. A hard winter", b"2"), (b"5. Go inside", b"2\r"), (b"That warms nobody.", b"")):
            read_until(ours, wanted)
            os.write(ours, keys)
        os.close(ours)
        assert child.wait(20) == 129
    assert turns_saved(tmp_path) == 1


def read_until(fd: int, words: bytes) -> None:
    """Read from a terminal until words come."""
    read = b""
    while words not in ESCAPE.sub(b"", read):
        read += os.read(fd, 65536)


def test_the_terminal_is_as_it_was_after_leaving(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        before = attributes(terminal)
        start(terminal)
        terminal.type("2\r")
        terminal.wait_for("1. Go on")
        terminal.type("quit\r")
        assert terminal.status() == 0
        assert attributes(terminal) == before
        assert b"\x1b[?1049h" not in terminal.raw  # no other screen: the story stays where it was told


def test_ctrl_z_stops_and_the_shell_s_fg_goes_on(tmp_path: Path) -> None:
    with Terminal(tmp_path, program=("bash", "--norc", "--noprofile", "-i"), env={"PS1": "shell: "}) as terminal:
        terminal.wait_for("shell:")
        terminal.type(f"{sys.executable} -m siberia_quest play {YARD}\r")
        start(terminal)
        terminal.wait_for("› Choose 1 to 5")
        terminal.type("\x1a")
        terminal.wait_for("Stopped")
        terminal.type("fg\r")
        terminal.wait_until(lambda: "› Choose 1 to 5" in terminal.text.rpartition("shell: fg")[2], "the prompt again")
        terminal.type("2\r")
        terminal.wait_for("1. Go on")
        terminal.type("\x04")
        terminal.wait_for("shell:", 3)
        terminal.type("echo visible-$?\r")
        assert terminal.wait_for("visible-0")


def test_ctrl_l_prints_the_page_again_at_the_new_width(playing: Terminal) -> None:
    playing.resize(40, 24)
    playing.type("\x0c")
    playing.wait_for("1. Split a log", 2)
    last = playing.text.rpartition("The yard")[2].splitlines()
    assert max(map(len, last)) <= 40
    playing.type("2\r")
    playing.wait_for("That warms nobody.")


def test_a_montage_keeps_to_its_beat_and_any_key_goes_on(playing: Terminal) -> None:
    playing.type("2\r")
    playing.wait_for("The axe goes up.")
    assert "The axe comes down." not in playing.text
    playing.type(" ")
    playing.wait_for("1. Go on")
    assert "Someone laughs." in playing.text


def test_tab_completes_a_choice(playing: Terminal) -> None:
    playing.type("lift")
    playing.type("\t")
    playing.type("\x15go")
    playing.type("\t")
    playing.wait_for("› Go inside")
    playing.type("\r")
    assert playing.wait_for("It is warm here.")


def test_a_long_page_stops_at_the_height_of_a_small_screen(tmp_path: Path) -> None:
    with Terminal(tmp_path, columns=40, rows=10) as terminal:
        terminal.wait_for("2. A hard winter")
        terminal.type("2")
        terminal.wait_for("-- more")
        assert "5. Go inside" not in terminal.text
        assert terminal.screen.display[-1].startswith("-- more")
        page_through(terminal, "5. Go inside")
        terminal.type("5\r")
        page_through(terminal, "It is warm here.")


def test_a_tiny_screen_is_played_too(tmp_path: Path) -> None:
    with Terminal(tmp_path, columns=20, rows=5) as terminal:
        page_through(terminal, "2. A hard winter")
        terminal.type("2")
        page_through(terminal, "5. Go inside")
        terminal.type("5\r")
        page_through(terminal, "It is warm here.")
        assert max(map(len, terminal.text.splitlines())) <= 20


def page_through(terminal: Terminal, words: str) -> None:
    """Press a key at the end of every screenful until words come."""
    while words not in terminal.text:
        terminal.wait_until(lambda: "-- more" in terminal.text or words in terminal.text, words)
        if "-- more" in terminal.text:
            next_part(terminal)


def next_part(terminal: Terminal) -> None:
    before = terminal.text
    terminal.type(" ")
    terminal.wait_until(lambda: terminal.text != before, "the next part")


def test_no_color_means_no_colour_and_nothing_is_lost(tmp_path: Path) -> None:
    with Terminal(tmp_path, env={"NO_COLOR": "1"}) as terminal:
        start(terminal)
        assert not COLOUR.search(terminal.raw)
        assert "(locked: Your arms are too thin)" in terminal.text


def test_there_is_colour_on_a_terminal_that_says_it_is_dark(tmp_path: Path) -> None:
    with Terminal(tmp_path, env={"COLORFGBG": "15;0"}) as terminal:
        start(terminal)
        assert COLOUR.search(terminal.raw)


EMPHATIC = """story: Loud
passages:
  a:
    text: |
      It was *very* cold, and {words}.

      > A quoted line.
    choices: [{{text: Go, end: true}}]
"""


def test_a_terminal_knows_its_own_width_whatever_the_environment_says(tmp_path: Path) -> None:
    (tmp_path / "loud.yaml").write_text(EMPHATIC.format(words=" ".join(["white"] * 40)), "utf-8")
    with Terminal(
        tmp_path, "play", str(tmp_path / "loud.yaml"), columns=40, env={"COLUMNS": "80", "LINES": "50"}
    ) as terminal:
        terminal.wait_for("Choose 1")
        lines = [line for line in terminal.text.splitlines() if "white" in line]
    assert len(lines) > 6
    assert not any(line.startswith(("hite", "ite", "te", "e ")) for line in lines)


@pytest.mark.parametrize(
    ("term", "has_italics"), [("xterm-256color", True), ("screen", False), ("screen-256color", False), ("linux", False)]
)
def test_italics_are_shown_where_the_terminal_has_some(term: str, has_italics: bool, tmp_path: Path) -> None:  # noqa: FBT001
    (tmp_path / "loud.yaml").write_text(EMPHATIC.format(words="white"), "utf-8")
    with Terminal(tmp_path, "play", str(tmp_path / "loud.yaml"), env={"TERM": term}) as terminal:
        terminal.wait_for("Choose 1")
        assert (b"\x1b[3m" in terminal.raw) is has_italics
        assert (b"\x1b[4m" in terminal.raw) is not has_italics


@pytest.mark.parametrize(
    "env",
    [
        {"TERM": "dumb"},
        {"TERM": ""},
        {"TERM": "emacs"},
        {"TERM": "unknown"},
        {"ACCESSIBLE": "1"},
        {"SIBERIA_QUEST_PLAIN": "1"},
    ],
)
def test_plain_text_is_written_where_it_is_asked_for(tmp_path: Path, env: dict[str, str]) -> None:
    with Terminal(tmp_path, env=env) as terminal:
        terminal.wait_for("Choose 1 to 2")
        terminal.type("2\n")
        terminal.wait_for("Choose 1 to 5:")
        terminal.type("2\n")
        terminal.wait_for("That warms nobody.")
        terminal.type("\x04")
        assert terminal.status() == 0
        assert b"\x1b" not in terminal.raw
        assert b"\x08" not in terminal.raw
        assert b"\x07" not in terminal.raw
        assert b"\r" not in terminal.raw.replace(b"\r\n", b"")  # the terminal itself turns \n into \r\n


def test_ctrl_c_in_plain_text_gives_the_hint_too(tmp_path: Path) -> None:
    with Terminal(tmp_path, env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("Choose 1 to 2")
        terminal.type("2\n")
        terminal.wait_for("Choose 1 to 5:")
        terminal.type("\x03")
        terminal.wait_for("Press Ctrl-C again to leave.")
        terminal.type("\x03")
        terminal.wait_for("Yes or no?")
        terminal.type("\x03")
        assert terminal.status() == 130


def test_ascii_terminals_get_no_sign_beyond_ascii(tmp_path: Path) -> None:
    with Terminal(tmp_path, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}) as terminal:
        start(terminal)
        terminal.wait_for("> Choose 1 to 5")
        assert terminal.raw.isascii()


def test_a_game_under_way_is_offered_first(tmp_path: Path) -> None:
    arguments = ("play", str(YARD))
    with Terminal(tmp_path, *arguments) as terminal:
        start(terminal)
        terminal.type("2\r")
        terminal.wait_for("1. Go on")
        terminal.type("\x04")
        assert terminal.status() == 0
    with Terminal(tmp_path, *arguments) as terminal:
        terminal.wait_for("You have a game under way: The log, turn 1.")
        terminal.type("1")
        terminal.wait_for("That warms nobody.")
        terminal.type("\x04")
        assert terminal.status() == 0
    with Terminal(tmp_path, *arguments) as terminal:
        terminal.wait_for("2. Begin a new game")
        terminal.type("2")
        start(terminal)
        assert "The earlier game is kept as earlier~1." in terminal.text


def test_continue_goes_on_where_one_was(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        start(terminal)
        terminal.type("2\r")
        terminal.wait_for("1. Go on")
        terminal.type("\x04")
        assert terminal.status() == 0
    with Terminal(tmp_path, "continue", str(YARD)) as terminal:
        terminal.wait_for("1. Go on")
        assert "That warms nobody." in terminal.text
        terminal.type("\r")
        terminal.wait_for("What is your name?")


def test_the_first_text_is_out_before_the_line_editor_is_loaded(tmp_path: Path) -> None:
    with Terminal(tmp_path, "play", str(YARD), env={"PYTHONPROFILEIMPORTTIME": "1"}) as terminal:
        terminal.wait_for("2. A hard winter")
        terminal.wait_for("prompt_toolkit.application")
        said = ESCAPE.sub(b"", terminal.raw)
        assert said.index(b"Content notes: Cold feet.") < said.index(b"prompt_toolkit")


def test_ctrl_d_at_the_settings_leaves_before_anything_begins(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("› Choose 1 to 2")
        terminal.type("\x04")
        assert terminal.status() == 0
        assert turns_saved(tmp_path) == -1


def test_ctrl_c_at_the_settings_leaves_with_130(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("› Choose 1 to 2")
        terminal.type("\x03")
        assert terminal.status() == 130
