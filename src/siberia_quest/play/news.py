"""What is new of a story that is being written: told from one thread, taken by another."""

from siberia_quest.loading.files import Loaded
from siberia_quest.play.bell import Bell


class News:
    """The newest edition of a story that nobody has taken yet. Its bell rings when there is one; `check` is the command that lists all."""

    def __init__(self, check: str) -> None:
        """Begin with nothing new."""
        self.check = check
        self.bell = Bell()
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
