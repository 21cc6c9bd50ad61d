"""What is new of a story that is being written: told from one thread, taken by another, with a bell that breaks off a question."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from siberia_quest.loading.files import Loaded


class WakeUp:
    """Rung from one thread, heard in another. While it is rung its file descriptor can be read from, for `select`."""

    def __init__(self) -> None:
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
    def listen(self, listener: Callable[[], None]) -> Iterator[None]:
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


class NewestEdition:
    """The newest edition of a story that nobody has taken yet. Its bell rings when there is one; `check` is the command that lists all."""

    def __init__(self, check: str) -> None:
        self.check = check
        self.bell = WakeUp()
        self._newest: Loaded | Exception | None = None

    def tell(self, edition: Loaded | Exception) -> None:
        """Tell of an edition, or of what went wrong with watching; what was told before and not taken is old."""
        self._newest = edition
        self.bell.ring()

    def take(self) -> Loaded | None:
        """Return what is new, None where nothing is. Raises what went wrong with watching."""
        self.bell.quieten()
        newest, self._newest = self._newest, None
        if isinstance(newest, Exception):
            raise newest
        return newest

    def wait(self) -> Loaded:
        """Wait for something new. Raises what went wrong with watching."""
        while True:
            self.bell.wait()
            newest = self.take()
            if newest:
                return newest
