"""Transcripts on disk: what a player saw, added to line by line."""

from pathlib import Path
from typing import IO

from siberia_quest.storage.writing import Refusal, refusal


class Transcript:
    """A transcript that is only ever added to; it is opened when the first words come."""

    def __init__(self, path: Path) -> None:
        """Remember where it is."""
        self.path = path
        self._file: IO[str] | None = None

    def add(self, text: str) -> Refusal | None:
        """Add words and a line's end; None means that they were given to the disk."""
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self.path.open("a", encoding="utf-8")
            self._file.write(text + "\n")
            self._file.flush()
        except OSError as error:
            return refusal(error, self.path.parent)
        return None

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def fresh_path(folder: Path, stamp: str) -> Path:
    """Return a path for a transcript that is not there yet."""
    path, number = folder / f"transcript-{stamp}.txt", 2
    while path.exists():
        path = folder / f"transcript-{stamp}-{number}.txt"
        number += 1
    return path
