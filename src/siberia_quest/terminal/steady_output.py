"""An output that takes all it is given: where it is full for the moment, one waits."""

import io
import os
import select
from typing import TextIO


class SteadyOutput(io.RawIOBase):
    """The bytes of a standard stream. One that does not block, as some programs leave a pipe or a terminal, is waited for."""

    def __init__(self, stream: TextIO, name: str) -> None:
        """Write where a stream writes; errors tell the name."""
        super().__init__()
        self._stream = stream  # its file is closed with it
        self._fd = stream.fileno()
        self._name = name

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._fd

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return os.isatty(self._fd)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: object, /) -> int:
        """Write what there is room for, at least one byte; return how many. Raises OSError with the stream's name."""
        assert isinstance(data, bytes | bytearray | memoryview)  # a buffer gives nothing else
        while True:
            try:
                return os.write(self._fd, data)
            except BlockingIOError:
                select.select([], [self._fd], [])
            except OSError as error:
                error.filename = self._name
                raise


def steady(stream: TextIO, name: str) -> TextIO:
    """Return a standard stream that waits where it must; any other stays as it is."""
    below = getattr(stream, "buffer", None)
    raw = getattr(below, "raw", below)  # without a buffer in between where Python was asked for that
    if os.name != "posix" or not isinstance(stream, io.TextIOWrapper) or not isinstance(raw, io.FileIO):
        return stream
    buffered = io.BufferedWriter(SteadyOutput(stream, name))
    return io.TextIOWrapper(
        buffered, stream.encoding, stream.errors, line_buffering=stream.line_buffering or raw is below
    )
