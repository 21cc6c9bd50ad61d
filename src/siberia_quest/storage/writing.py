"""Putting bytes on a disk so that nothing is ever lost: the old file or the new one is there, whatever happens in between."""

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from siberia_quest.model.language import Told, compose
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.storage.refusals import why_refused

LOCK = ".lock"
TEMPORARY = ".writing-"
#: How long another program may hold the folder, and after how long a temporary file is litter, in seconds.
PATIENCE = 2.0
STALE = 3600.0
_POSIX = os.name == "posix"
#: What says that a disk does not know locks, or the syncing of folders: shared folders, other systems' disks.
_UNKNOWN = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOLCK})
#: The code of a read that failed for now: what lies there may be whole, so that nothing is taken for damaged and nothing is moved.
UNREAD = "SQ716"


class Refusal(NamedTuple):
    """Something could not be kept or read: a code, and what the player is told."""

    code: str
    message: Told


def refuse(code: str, key: str, **parts: object) -> Refusal:
    """Return a refusal that is told in one sentence."""
    return Refusal(code, compose(key, **parts))


class Refused(Exception):  # noqa: N818  # it never leaves this room
    """What is done before a write cannot be done: nothing is written, and the refusal says why."""

    def __init__(self, refused: Refusal) -> None:
        super().__init__(refused.code)
        self.refusal = refused


if sys.platform == "win32":

    def _try_lock(handle: int) -> bool:
        import msvcrt  # noqa: PLC0415  # there is none elsewhere

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _try_lock(handle: int) -> bool:
        import fcntl  # noqa: PLC0415  # there is none on Windows

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class System(NamedTuple):
    """The calls a write is made of, so that tests can make each of them fail.

    `lacks` is told what the disk does not know: "locks", or "sync" for folders.
    """

    open: Callable[[str, int, int], int] = os.open
    write: Callable[[int, bytes], int] = os.write
    fsync: Callable[[int], None] = os.fsync
    close: Callable[[int], None] = os.close
    link: Callable[[str, str], None] = os.link
    replace: Callable[[str, str], None] = os.replace
    unlink: Callable[[str], None] = os.unlink
    sleep: Callable[[float], None] = time.sleep
    lock: Callable[[int], bool] = _try_lock
    lacks: Callable[[str], None] = lambda _: None


def put(
    path: Path,
    data: bytes | Callable[[], bytes | None],
    *,
    previous: Path | None = None,
    first: Callable[[], bool] | None = None,
    system: System | None = None,
) -> Refusal | None:
    """Write a file; None means that it is on the disk. With `previous`, what was there before is kept under that name.

    The steps are those of docs/saves.md: lock, sweep, a temporary file beside it, all of it written and synced, `first`, the former
    generation linked, the new one put in its place, the folder synced. Where `data` is a function, it is called inside the lock; None
    means that there is nothing to write. `first` looks at what lies there, may move it away, and tells whether it is the former
    generation; where it raises, nothing is written.
    """
    system = system or System()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _lock(path.parent, system):
            _sweep(path.parent, system)
            written = data() if callable(data) else data
            if written is not None:
                _put(path, written, previous, first, system)
    except Refused as refused:
        return refused.refusal
    except OSError as error:
        return refusal(error, path.parent)
    return None


def _put(path: Path, data: bytes, previous: Path | None, first: Callable[[], bool] | None, system: System) -> None:
    temporary = path.parent / f"{TEMPORARY}{os.urandom(8).hex()}"
    try:
        _write(temporary, data, system)
        is_former = first is None or first()
        if previous is not None and is_former:
            _keep(path, previous, system)
        _replace(temporary, path, system)
    except BaseException:
        with suppress(OSError):
            system.unlink(str(temporary))
        raise
    _sync_folder(path.parent, system)


def refusal(error: OSError, folder: Path) -> Refusal:
    """Return what to tell the player of trouble with the disk: the folder, and what stands in the way."""
    if isinstance(error, BlockingIOError):
        return refuse("SQ703", "save_busy", folder=folder)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return refuse("SQ701", "save_no_space", folder=folder)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return refuse("SQ702", "save_no_access", folder=folder)
    return refuse("SQ704", "save_refused", why=why_refused(error), folder=folder)


@contextmanager
def _lock(folder: Path, system: System) -> Iterator[None]:
    """Hold the folder's lock. Raises BlockingIOError when another program holds it for longer than our patience."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = system.open(str(folder / LOCK), flags, 0o600)
    try:
        waited = 0.0
        while not _is_locked(handle, system):
            if waited >= PATIENCE:
                raise BlockingIOError(errno.EAGAIN, "locked")
            system.sleep(0.05)
            waited += 0.05
        yield
    finally:
        os.close(handle)


def _is_locked(handle: int, system: System) -> bool:
    """Try to lock; where the disk knows no locks it goes on without one."""
    try:
        return system.lock(handle)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
        system.lacks("locks")
        return True


def _sweep(folder: Path, system: System) -> None:
    """Take away what an interrupted write left long ago; where that cannot be, another time will do."""
    with suppress(OSError):
        for left in names_in(folder, TEMPORARY):
            with suppress(OSError):
                if abs(time.time() - (folder / left).stat().st_mtime) > STALE:
                    system.unlink(str(folder / left))


def _write(path: Path, data: bytes, system: System) -> None:
    flags = (
        os.O_WRONLY
        | os.O_CREAT
        | os.O_EXCL
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_CLOEXEC", 0)
        | getattr(os, "O_BINARY", 0)
    )
    handle = system.open(str(path), flags, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            written = system.write(handle, bytes(rest))
            if written <= 0:
                raise OSError(errno.EIO, "nothing was written")
            rest = rest[written:]
        system.fsync(handle)
    finally:
        system.close(handle)


def _keep(path: Path, previous: Path, system: System) -> None:
    """Keep the former generation under another name, by a hard link where the disk knows them.

    The link is made under a third name first: renaming one of two links of a file on to the other does nothing and leaves both.
    """
    if not path.is_file():
        return
    spare = path.parent / f"{TEMPORARY}{os.urandom(8).hex()}"
    try:
        system.link(str(path), str(spare))
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}:
            raise
        _write(spare, path.read_bytes(), system)
    try:
        _replace(spare, previous, system)
    finally:
        with suppress(OSError):
            system.unlink(str(spare))


def _replace(source: Path, target: Path, system: System) -> None:
    """Put a file in the place of another. On Windows a scanner may hold it for a moment: then it is tried again for a second."""
    for attempt in range(1 if _POSIX else 20):
        try:
            system.replace(str(source), str(target))
        except PermissionError:
            if _POSIX or attempt == 19:  # the last of twenty tries
                raise
            system.sleep(0.05)
        else:
            return


def _sync_folder(folder: Path, system: System) -> None:
    if not _POSIX:
        return
    handle = system.open(str(folder), os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0), 0)
    try:
        system.fsync(handle)
    except OSError as error:  # the file is there: this disk alone cannot promise that it stays in a power cut
        if error.errno not in _UNKNOWN:
            raise
        system.lacks("sync")
    finally:
        system.close(handle)


def names_in(folder: Path, beginning: str) -> list[str]:
    """Return the names in a folder that begin so. Raises OSError, where `Path.glob` would pass over what it cannot read."""
    return [each.name for each in folder.iterdir() if each.name.startswith(beginning)]


def can_be_there(path: Path) -> bool:
    """Tell whether anything lies in a place, or may: a disk that does not say at this moment is not taken for an empty one."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def take(path: Path, most: int) -> bytes | Refusal:
    """Read a regular file of at most so many bytes; links are not followed. Where the disk fails, the refusal's code is `UNREAD`."""
    flags = (
        os.O_RDONLY
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_NONBLOCK", 0)
        | getattr(os, "O_CLOEXEC", 0)
        | getattr(os, "O_BINARY", 0)
    )
    pieces, length = list[bytes](), 0
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return refuse("SQ705", "file_is_none", name=path.name)
        handle = os.open(path, flags)
        try:
            size = os.fstat(handle).st_size
            while size <= most and length <= most and (piece := os.read(handle, 1 << 16)):
                pieces.append(piece)
                length += len(piece)
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        return refuse("SQ705", "file_gone", name=path.name)
    except OSError as error:
        return refuse(UNREAD, "file_unread", name=path.name, why=why_refused(error))
    return b"".join(pieces) if max(size, length) <= most else refuse("SQ705", "file_too_large", name=path.name)
