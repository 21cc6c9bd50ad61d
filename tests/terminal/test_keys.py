"""Single keys, read from a terminal of our own."""

import os
import sys
import termios
from collections.abc import Iterator

import pytest

from siberia_quest.terminal.keys import is_waiting, single_keys, wait_for_key

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")


class Pair:
    """Both ends of a terminal: `keyboard` is where keys are pressed, `screen` what the program reads from."""

    def __init__(self) -> None:
        """Open it."""
        self.keyboard, self.screen = os.openpty()

    def press(self, keys: bytes) -> None:
        """Press keys, and see them arrive."""
        os.write(self.keyboard, keys)


@pytest.fixture
def pair() -> Iterator[Pair]:
    pair = Pair()
    with single_keys(pair.screen):
        yield pair
    os.close(pair.keyboard)
    os.close(pair.screen)


@pytest.mark.parametrize(
    "key", [b"x", b" ", b"\r", b"\x1b", b"\x1b[A", b"\x1bOP", b"\x1b[15~", "é".encode(), "漢".encode(), "🙂".encode()]
)
def test_one_key_is_taken_whatever_it_sends_and_the_next_is_left(pair: Pair, key: bytes) -> None:
    pair.press(key)
    assert wait_for_key(pair.screen, 5)
    assert not is_waiting(pair.screen)
    pair.press(b"y")
    assert is_waiting(pair.screen)
    assert os.read(pair.screen, 10) == b"y"


def test_without_a_key_the_time_runs_out(pair: Pair) -> None:
    assert not wait_for_key(pair.screen, 0.01)


def test_what_was_typed_ahead_waits_for_the_next_prompt(pair: Pair) -> None:
    pair.press(b"12")
    assert wait_for_key(pair.screen, 5)
    assert os.read(pair.screen, 10) == b"2"


def test_ctrl_d_ends_the_input(pair: Pair) -> None:
    pair.press(b"\x04")
    with pytest.raises(EOFError):
        wait_for_key(pair.screen, 5)


def test_nothing_typed_is_echoed_while_inside_and_the_terminal_is_as_before_behind_it() -> None:
    pair = Pair()
    before = termios.tcgetattr(pair.screen)
    with single_keys(pair.screen):
        assert not termios.tcgetattr(pair.screen)[3] & (termios.ECHO | termios.ICANON)
    assert termios.tcgetattr(pair.screen) == before


def test_a_terminal_that_is_gone_is_told_as_an_os_error() -> None:
    pair = Pair()
    with single_keys(pair.screen):
        os.close(pair.keyboard)
        with pytest.raises((OSError, EOFError)):
            wait_for_key(pair.screen, 5)
