"""Reading the bytes of a story's files: regular ones alone, no larger than a story may be, and none that a link finds elsewhere."""

import errno
import os
import stat
from pathlib import Path

#: What a story may hold, so that nothing fills the memory: bytes of all its files, and how many they are.
MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 10_000
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def take_file(path: Path, room: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file. Raises OSError for one that is larger than there is room, for a device, and for what cannot be read."""
    handle = os.open(path, _FLAGS)
    try:
        told = os.fstat(handle)
        if not stat.S_ISREG(told.st_mode):
            raise OSError(errno.EINVAL, "it is no file of its own, but a device or the like", str(path))
        pieces: list[bytes] = []
        left = room - told.st_size
        while left >= 0 and (piece := os.read(handle, 1 << 20)):  # what the system makes up says that it has no size
            pieces.append(piece)
            left = room - sum(map(len, pieces))
        if left < 0:
            raise OSError(errno.EFBIG, f"a story may hold {MOST_BYTES // 1024**2} MiB, and here is more", str(path))
    finally:
        os.close(handle)
    return b"".join(pieces)


def take_inside(root: Path, name: str, room: int) -> bytes:
    """Return the bytes of a file in a story's folder. Raises OSError as `take_file` does, and for a link that leads out of the folder."""
    path = root / name
    home = os.path.realpath(root)
    if os.path.commonpath((home, os.path.realpath(path))) != home:
        raise OSError(errno.EXDEV, "a link leads out of the story's folder here", str(path))
    return take_file(path, room)
