"""Single keys at a terminal, for pauses and montages, without loading a line editor."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ESCAPE, _END = b"\x1b", b"\x04"


def _readable(fd: int, seconds: float | None) -> bool:
    return bool(select.select([fd], [], [], seconds)[0])


def _take(fd: int) -> str:
    """Read one key and no more: what was typed behind it is for the next prompt. Return its sign; of a key that is none, its first one."""
    first = os.read(fd, 1)
    if first in {b"", _END}:
        raise EOFError
    if first == _ESCAPE:
        while _readable(fd, 0.02) and not _ends_sequence(os.read(fd, 1)):
            pass
    sign = first + b"".join(os.read(fd, 1) for _ in range(_bytes_behind(first[0])))
    return sign.decode(errors="replace")


def _ends_sequence(byte: bytes) -> bool:
    return byte not in {b"[", b"O"} and (byte.isalpha() or byte == b"~")


def _bytes_behind(first: int) -> int:
    """Return how many bytes follow the first one of a character in UTF-8."""
    return 3 if first >= 0xF0 else 2 if first >= 0xE0 else 1 if first >= 0xC0 else 0


if sys.platform == "win32":  # pragma: no cover  # no Windows here to test on
    import msvcrt
    import time

    @contextmanager
    def single_keys(_: int) -> Iterator[None]:
        """Do nothing: this console reads keys one by one whenever it is asked to."""
        yield

    def is_waiting(_: int) -> bool:
        """Tell whether something was typed already that nobody has read."""
        return bool(msvcrt.kbhit())

    def wait_for_key(_: int, seconds: float | None = None) -> str:
        """Wait for any key, at most so many seconds, and take it; return its sign, "" where none came."""
        end = None if seconds is None else time.monotonic() + seconds
        while not msvcrt.kbhit():
            if end is not None and time.monotonic() >= end:
                return ""
            time.sleep(0.02)
        return msvcrt.getwch()

else:
    import termios

    @contextmanager
    def single_keys(fd: int) -> Iterator[None]:
        """Let keys through one by one and unseen while inside; whatever happens, the terminal is left as it was.

        A line at a time would not do: what is typed while a page is being printed would be shown in the middle of it,
        and a Ctrl-D typed then would be lost.
        """
        before = termios.tcgetattr(fd)
        try:
            _set_single_keys(fd)
            yield
        finally:
            with _unless_lost():
                termios.tcsetattr(fd, termios.TCSADRAIN, before)

    @contextmanager
    def _unless_lost() -> Iterator[None]:
        """Take the error of a terminal that is gone: there is nothing to put right."""
        try:
            yield
        except termios.error:
            return

    def _set_single_keys(fd: int) -> None:
        """Set it, also anew after the program was stopped and the shell had its own way with the terminal."""
        now = termios.tcgetattr(fd)
        if not now[3] & (termios.ICANON | termios.ECHO):
            return
        now[3] &= ~(termios.ICANON | termios.ECHO)
        now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
        termios.tcsetattr(fd, termios.TCSANOW, now)

    def is_waiting(fd: int) -> bool:
        """Tell whether something was typed already that nobody has read. Raises OSError where the terminal is gone."""
        try:
            _set_single_keys(fd)
        except termios.error as lost:
            raise OSError(*lost.args) from lost
        return _readable(fd, 0)

    def wait_for_key(fd: int, seconds: float | None = None) -> str:
        """Wait for any key, at most so many seconds, and take it; return its sign, "" where none came.

        Ctrl-C interrupts as ever. Raises EOFError for Ctrl-D, and OSError where the terminal is gone.
        """
        if not is_waiting(fd) and not _readable(fd, seconds):
            return ""
        return _take(fd)
