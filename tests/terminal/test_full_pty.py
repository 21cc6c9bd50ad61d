"""The full screen in a real terminal: coming and going, sizes, signals, and what is left behind."""

import signal
import termios
from pathlib import Path

import pytest

from siberia_quest.terminal.full.stage import LEAST_WIDTH
from terminal.pty_player import GAME, Terminal

UP, DOWN, ENTER, ESC, F5 = "\x1b[A", "\x1b[B", "\r", "\x1b", "\x1b[15~"
FULL = (*GAME, "--set", "winter=mild", "--full")
#: Stands on the full screen alone.
KEYS = "F2 journal"
SMALL = 12


def test_it_is_taken_and_left_and_the_session_stays_in_the_scrollback(tmp_path: Path) -> None:
    with Terminal(tmp_path, *FULL) as terminal:
        terminal.wait_for(KEYS)
        assert b"\x1b[?1049h" in terminal.raw
        terminal.type(DOWN + ENTER)
        terminal.wait_for("› Split a log")
        terminal.type("/quit" + ENTER)
        assert terminal.status() == 0
    behind = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    assert "Snow lies on the logs" in behind
    assert behind.count("Split a log") > 1
    assert "The game is saved" in behind


def test_escape_goes_back_to_the_same_page_and_the_command_forward_again(tmp_path: Path) -> None:
    with Terminal(tmp_path, *FULL) as terminal:
        terminal.wait_for(KEYS)
        terminal.type(ESC)
        terminal.wait_until(lambda: b"\x1b[?1049l" in terminal.raw, "the ordinary screen")
        terminal.wait_for("1. Split a log")
        terminal.type("/full" + ENTER)
        terminal.wait_until(lambda: terminal.raw.count(b"\x1b[?1049h") == 2, "the full screen")
        terminal.type("/quit" + ENTER)
        assert terminal.status() == 0


def test_a_screen_that_becomes_too_small_is_played_inline_and_a_large_one_full_again(tmp_path: Path) -> None:
    with Terminal(tmp_path, *FULL) as terminal:
        terminal.wait_for(KEYS)
        terminal.resize(LEAST_WIDTH - 1, SMALL)
        terminal.wait_until(lambda: b"\x1b[?1049l" in terminal.raw, "the ordinary screen")
        terminal.resize(80, 24)
        terminal.type("1" + ENTER)
        terminal.wait_until(lambda: terminal.raw.count(b"\x1b[?1049h") == 2, "the full screen")
        terminal.type("/quit" + ENTER)
        assert terminal.status() == 0


def test_on_a_small_screen_it_is_inline_from_the_beginning(tmp_path: Path) -> None:
    with Terminal(tmp_path, *FULL, columns=40, rows=10) as terminal:
        terminal.wait_for("more")
        assert b"\x1b[?1049h" not in terminal.raw
        terminal.type("          /quit" + ENTER)
        assert terminal.status() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals, tmp_path: Path) -> None:
    with Terminal(tmp_path, *FULL) as terminal:
        before = termios.tcgetattr(terminal.child.child_fd)
        terminal.wait_for(KEYS)
        assert termios.tcgetattr(terminal.child.child_fd) != before
        terminal.child.kill(number)
        assert terminal.status() == 128 + number
        assert termios.tcgetattr(terminal.child.child_fd) == before
        assert terminal.raw.count(b"\x1b[?1049h") == terminal.raw.count(b"\x1b[?1049l") == 1
        assert b"\x1b[?2004l" in terminal.raw


def test_a_saved_game_is_loaded_from_the_list(tmp_path: Path) -> None:
    with Terminal(tmp_path, *FULL) as terminal:
        terminal.wait_for(KEYS)
        terminal.type("/save early" + ENTER)
        terminal.wait_for("early", 2)
        terminal.type("1" + ENTER)
        terminal.wait_for("› Split a log")
        terminal.type(F5 + "early" + ENTER)
        terminal.wait_for("Loaded early")
        terminal.type("/quit" + ENTER)
        assert terminal.status() == 0


def test_another_setting_asks_for_the_mouse(tmp_path: Path) -> None:
    with Terminal(tmp_path, *FULL) as terminal:
        terminal.wait_for(KEYS)
        assert b"\x1b[?1000h" not in terminal.raw
        terminal.type("/settings mouse on" + ENTER)
        terminal.wait_until(lambda: b"\x1b[?1000h" in terminal.raw, "the mouse")
        terminal.type("/quit" + ENTER)
        assert terminal.status() == 0
    assert terminal.raw.rpartition(b"\x1b[?1000")[2].startswith(b"l")
