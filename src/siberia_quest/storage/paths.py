"""Paths as people type them, and files that are written because somebody asked for them."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def read_path(text: str) -> Path:
    """Return a path; `~` and `~name` stand for home folders. Raises FileNotFoundError where there is no such home.

    >>> typed_path("maps/all.svg").name
    'all.svg'
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise FileNotFoundError(errno.ENOENT, "there is no such home folder", text) from None


def choose_folder(given: str | None, environ: Mapping[str, str], here: Path) -> Path:
    """Return the folder of all saves: as given, $SIBERIA_QUEST_SAVES, `saves/` of the checkout one stands in, the user's data folder.

    Raises OSError where there is no such home folder, or the folder one stands in may not be searched.
    """
    if given:
        return read_path(given)
    if environ.get("SIBERIA_QUEST_SAVES"):
        return read_path(environ["SIBERIA_QUEST_SAVES"])
    for folder in (here, *here.parents):
        if (folder / "saves" / "README.md").is_file() and (folder / "src" / "siberia_quest").is_dir():
            return folder / "saves"
    from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing nearer was found

    try:
        return read_path(f"{user_data_path('siberia-quest', appauthor=False)}/saves")
    except RuntimeError:  # platformdirs, too, asks where the home is
        raise FileNotFoundError(
            errno.ENOENT, "there is no home folder to keep saves in; --saves DIR names one", "~"
        ) from None


def make_room(path: Path, *, force: bool = False) -> None:
    """See that a file can be written there, and make its folder. Raises OSError, which names the path and says why not.

    What is there is kept, but with `force` a regular file may be replaced; nothing else ever is.
    """
    try:
        there = os.lstat(path)
    except FileNotFoundError:
        there = None
    if there is not None:
        if not path.is_file():
            raise FileExistsError(errno.EEXIST, "no regular file, and left as it is", str(path))
        if not force:
            raise FileExistsError(errno.EEXIST, "there already, and kept; --force replaces it", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "nothing can be written there", str(path.parent))


def write_new(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file that was asked for, whole or not at all. Raises OSError as `make_room` does."""
    make_room(path, force=force)
    target = path.resolve()  # a link to a file stays a link
    unfinished = target.with_name(f".unfinished-{os.urandom(8).hex()}")
    try:
        with unfinished.open("xb") as opened:
            opened.write(data)
        if force:
            unfinished.replace(target)
        else:
            _put_beside(unfinished, target)
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), str(path)) from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _put_beside(unfinished: Path, target: Path) -> None:
    """Give a file its name where none has it; some disks know no links, and then it is moved."""
    try:
        target.hardlink_to(unfinished)
    except FileExistsError:
        raise
    except OSError:
        unfinished.replace(target)


def fresh_path(folder: Path, stamp: str, ending: str = ".txt") -> Path:
    """Return a path for a transcript that is not there yet."""
    path, number = folder / f"transcript-{stamp}{ending}", 2
    while os.path.lexists(path):
        path = folder / f"transcript-{stamp}-{number}{ending}"
        number += 1
    return path
