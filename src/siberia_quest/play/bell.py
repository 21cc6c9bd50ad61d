"""A bell that another thread rings, to break off a question that waits."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock


class Bell:
    """Rung from one thread, heard in another. While it is rung its file descriptor can be read from, for `select`."""

    def __init__(self) -> None:
        """Hang it up; nobody listens yet."""
        self._heard, self._rope = os.pipe()
        self._rung = Event()
        self._swing = Lock()  # the flag and the pipe change together
        self._listener: Callable[[], None] | None = None

    def ring(self) -> None:
        """Ring, once until it is quietened; whoever listens is called at once, from this thread."""
        with self._swing:
            if not self._rung.is_set():
                os.write(self._rope, b"!")
                self._rung.set()
        listener = self._listener
        if listener:
            listener()

    def quieten(self) -> None:
        """Let it be quiet until it is rung again."""
        with self._swing:
            if self._rung.is_set():
                os.read(self._heard, 1)
                self._rung.clear()

    @property
    def is_rung(self) -> bool:
        """Whether it was rung since it was quiet."""
        return self._rung.is_set()

    def wait(self) -> None:
        """Wait until it is rung."""
        self._rung.wait()

    def fileno(self) -> int:
        """Return what `select` waits for."""
        return self._heard

    @contextmanager
    def heard_by(self, listener: Callable[[], None]) -> Iterator[None]:
        """Call somebody whenever it is rung while inside. One that was rung before is not told again."""
        self._listener = listener
        try:
            yield
        finally:
            self._listener = None

    def close(self) -> None:
        """Take it down, once nobody rings it any more."""
        os.close(self._heard)
        os.close(self._rope)
