"""Transcripts that are kept by themselves: a file for each game, which only grows."""

import os
import time
from contextlib import suppress
from pathlib import Path

#: So many games' transcripts are kept of a story; beyond that the oldest goes.
MOST_TOLD = 200
#: Bytes of one; beyond that nothing more is added to it.
MOST_OF_A_TRANSCRIPT = 8 * 1024 * 1024
#: The folder they lie in, beside the saves of all stories; each story has one of its own in it.
TOLD_FOLDER = "transcripts"
_ID_SHOWN = 8
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class ToldGame:
    """The transcript of one game. What was written stays: it is only ever added to, and never another game's."""

    def __init__(self, folder: Path, game: str) -> None:
        """Look whether there is one; `folder` is that of the story's saves, `game` the id of the game."""
        self._folder = folder.parent / TOLD_FOLDER / folder.name
        ending = f"-{game[:_ID_SHOWN]}.txt"
        there = [path for path in self._all() if path.name.endswith(ending)]
        self.is_new = not there
        self._path = there[-1] if there else self._folder / f"{time.strftime('%Y-%m-%d-%H%M%S')}{ending}"

    def add(self, text: str) -> None:
        """Add lines at the end. Raises OSError."""
        if self.is_new:
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in self._all()[: 1 - MOST_TOLD]:
                with suppress(OSError):
                    old.unlink()
        opened = os.open(self._path, _FLAGS, 0o600)
        try:
            if os.fstat(opened).st_size < MOST_OF_A_TRANSCRIPT:
                os.write(opened, text.encode("utf-8", "replace"))
        finally:
            os.close(opened)
        self.is_new = False

    def _all(self) -> list[Path]:
        """Return the transcripts that are there, the oldest first."""
        try:
            return sorted(path for path in self._folder.iterdir() if path.suffix == ".txt")
        except OSError:
            return []
