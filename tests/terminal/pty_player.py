"""The program in a real terminal of any size, and what that terminal shows."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pexpect
import pyte

from play.sittings import YARD

_PATIENCE = 8.0
GAME = ("play", str(YARD), "--seed", "7")


class Terminal:
    """A terminal in which the program runs."""

    def __init__(
        self,
        saves: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        program: Sequence[str] = (sys.executable, "-m", "siberia_quest"),
    ) -> None:
        """Start the program, or another one, with a folder for its saves."""
        self.screen = pyte.HistoryScreen(columns, rows, history=1000)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        environ = {
            **os.environ,
            "TERM": "xterm-256color",
            "SIBERIA_QUEST_SAVES": str(saves),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            program[0],
            [*program[1:], *(arguments or GAME if program[0] == sys.executable else ())],
            env={**environ, **(env or {})},
            dimensions=(rows, columns),
            timeout=_PATIENCE,
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """All that scrolled by, and what the screen shows now."""
        above = [
            "".join(line[index].data for index in range(self.screen.columns)).rstrip()
            for line in self.screen.history.top
        ]
        return "\n".join([*above, *(line.rstrip() for line in self.screen.display)])

    def type(self, keys: str) -> None:
        """Press keys."""
        self.child.send(keys.encode())

    def wait_for(self, words: str, times: int = 1) -> str:
        """Wait until the terminal shows words, so many times in all; return all it shows then."""
        self.wait_until(lambda: self.text.count(words) >= times, words)
        return self.text

    def wait_until(self, condition: Callable[[], bool], words: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + _PATIENCE
        while not condition():
            assert time.monotonic() < end, f"never came: {words}\n{self.text}"
            self._read()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the screen."""
        self.child.setwinsize(rows, columns)
        self.screen.resize(rows, columns)

    def status(self) -> int:
        """Wait for the end; return the exit status as a shell would tell it."""
        end = time.monotonic() + _PATIENCE
        while self._read() or self.child.isalive():
            assert time.monotonic() < end, f"never left\n{self.text}"
        self.child.wait()
        return self.child.exitstatus if self.child.exitstatus is not None else 128 + (self.child.signalstatus or 0)

    def _read(self) -> bool:
        try:
            data = self.child.read_nonblocking(65536, 0.05)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True
