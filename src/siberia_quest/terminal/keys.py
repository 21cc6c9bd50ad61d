"""Single keys at a terminal, for pauses and montages, without loading a line editor."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ESCAPE, _END = b"\x1b", b"\x04"


def is_waiting(fd: int) -> bool:
    """Tell whether something was typed already that nobody has read."""
    if sys.platform == "win32":  # pragma: no cover  # no Windows here to test on
        import msvcrt  # noqa: PLC0415

        return bool(msvcrt.kbhit())
    with _single_keys(fd):
        return _readable(fd, 0)


def wait_for_key(fd: int, seconds: float | None = None) -> bool:
    """Wait for any key, at most so many seconds, and take it; tell whether one came.

    Ctrl-C interrupts as ever. Raises EOFError for Ctrl-D.
    """
    if sys.platform == "win32":  # pragma: no cover  # no Windows here to test on
        return _windows_key(seconds)
    with _single_keys(fd):
        if not _readable(fd, seconds):
            return False
        _take(fd)
        return True


def _readable(fd: int, seconds: float | None) -> bool:
    return bool(select.select([fd], [], [], seconds)[0])


def _take(fd: int) -> None:
    """Read one key and no more: what was typed behind it is for the next prompt."""
    first = os.read(fd, 1)
    if first in {b"", _END}:
        raise EOFError
    if first == _ESCAPE:
        while _readable(fd, 0.02) and not _ends_sequence(os.read(fd, 1)):
            pass
    for _ in range(_bytes_behind(first[0])):
        os.read(fd, 1)


def _ends_sequence(byte: bytes) -> bool:
    return byte not in {b"[", b"O"} and (byte.isalpha() or byte == b"~")


def _bytes_behind(first: int) -> int:
    """Return how many bytes follow the first one of a character in UTF-8."""
    return 3 if first >= 0xF0 else 2 if first >= 0xE0 else 1 if first >= 0xC0 else 0


if sys.platform == "win32":  # pragma: no cover  # no Windows here to test on

    def _windows_key(seconds: float | None) -> bool:
        import msvcrt  # noqa: PLC0415
        import time  # noqa: PLC0415

        end = None if seconds is None else time.monotonic() + seconds
        while not msvcrt.kbhit():
            if end is not None and time.monotonic() >= end:
                return False
            time.sleep(0.02)
        msvcrt.getwch()
        return True

else:
    import termios

    @contextmanager
    def _single_keys(fd: int) -> Iterator[None]:
        """Read keys one by one and unseen; whatever happens, the terminal is left as it was."""
        before = termios.tcgetattr(fd)
        single = termios.tcgetattr(fd)
        single[3] &= ~(termios.ICANON | termios.ECHO)
        single[6][termios.VMIN], single[6][termios.VTIME] = 1, 0
        termios.tcsetattr(fd, termios.TCSANOW, single)
        try:
            yield
        finally:
            termios.tcsetattr(fd, termios.TCSANOW, before)
