"""Lines of a stream, read so that waiting for one can be broken off."""

import os
import select
import sys
from typing import TextIO

from siberia_quest.terminal.bell import Bell
from siberia_quest.terminal.console import BrokenOff


class SteadyLines:
    """A stream whose lines stay here until they are asked for: none is lost where a question is broken off."""

    def __init__(self, source: TextIO) -> None:
        """Take over a stream that nothing has read from yet."""
        self._source = source
        self._waiting = b""
        self._ended = False

    def isatty(self) -> bool:
        """Tell whether somebody types."""
        return self._source.isatty()

    def fileno(self) -> int:
        """Return the stream's file descriptor."""
        return self._source.fileno()

    def wait(self, bell: Bell | None, longest: int) -> None:
        """Wait until a line is here, or so many bytes, or the end. Raises BrokenOff where the bell rings first."""
        fd = self._source.fileno()
        while not self._ended and b"\n" not in self._waiting and len(self._waiting) < longest:
            if bell and sys.platform != "win32" and bell.fileno() in select.select([fd, bell.fileno()], [], [])[0]:
                raise BrokenOff
            data = os.read(fd, 64 * 1024)
            self._ended = not data
            self._waiting += data

    def readline(self, limit: int = -1, /) -> str:
        """Return the next line, or what there is of it after so many bytes; "" at the end."""
        longest = limit if limit >= 0 else sys.maxsize
        self.wait(None, longest)
        end = min(self._waiting.find(b"\n") + 1 or len(self._waiting), longest)
        line, self._waiting = self._waiting[:end], self._waiting[end:]
        return line.decode(self._source.encoding or "utf-8", "replace")
