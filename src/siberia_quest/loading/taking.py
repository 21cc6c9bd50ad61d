"""Reading the bytes of a story's files: regular ones alone, no larger than a story may be, and none that a link finds elsewhere."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: What a story may hold, so that nothing fills the memory: bytes of all its files, and how many they are.
MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 10_000
#: Bytes of a script of picks, some hundred thousand of them; characters of a line that is typed.
MOST_OF_A_SCRIPT = 4 * 1024 * 1024
LONGEST_LINE = 64 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def take_file(path: Path, room: int = MOST_BYTES, *, of: str = "a story", most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file. Raises OSError for one that is larger than there is room, for a device, and for what cannot be read.

    `of` and `most` say what may hold how much, where there is no room.
    """
    with _open_regular(path) as handle:
        pieces: list[bytes] = []
        left = room - os.fstat(handle).st_size
        while left >= 0 and (piece := os.read(handle, 1 << 16)):  # what the system makes up says that it has no size
            pieces.append(piece)
            left = room - sum(map(len, pieces))
        if left < 0:
            raise OSError(errno.EFBIG, f"{of} may hold {most // 1024**2} MiB, and here is more", str(path))
    return b"".join(pieces)


def take_beginning(path: Path, most: int) -> bytes:
    """Return the first bytes of a file. Raises OSError for a device, and for what cannot be read."""
    with _open_regular(path) as handle:
        return os.read(handle, most)


@contextmanager
def _open_regular(path: Path) -> Iterator[int]:
    """Open a regular file alone, so that nothing is waited for."""
    handle = os.open(path, _FLAGS)
    try:
        _refuse_special(path, os.fstat(handle).st_mode)
        yield handle
    except OSError as error:  # the system names no file where reading fails
        error.filename = error.filename or str(path)
        raise
    finally:
        os.close(handle)


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no file of its own, but a device or the like", str(path))


def take_inside(root: Path, name: str, room: int, *, of: str = "a story", most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file in a story's folder. Raises OSError as `take_file` does, and for a link that leads out of the folder."""
    path = root / name
    home = os.path.realpath(root)
    if os.path.commonpath((home, os.path.realpath(path))) != home:
        raise OSError(errno.EXDEV, "a link leads out of the story's folder here", str(path))
    return take_file(path, room, of=of, most=most)
