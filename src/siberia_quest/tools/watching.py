"""A story that is being written: what it is after every save of one of its files."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from siberia_quest.loading.files import Loaded, StoryFiles
from siberia_quest.loading.find_files import find_files
from siberia_quest.loading.reading import read_story
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.tools.checking import find_problems


class CannotWatch(Exception):  # noqa: N818
    """The system does not tell of changes there; the words say why."""


def edition_of(found: StoryFiles | Diagnostic) -> Loaded:
    """Return the story that files hold, with all that `check` finds wrong in it."""
    loaded = read_story(found) if isinstance(found, StoryFiles) else Loaded(None, (found,))
    return loaded._replace(diagnostics=find_problems(loaded))


def follow(path: Path, tell: Callable[[Loaded], None], stop: Event) -> None:
    """Tell of a story as it is, and again whenever its files hold other bytes, until `stop` is set.

    Nothing is missed in between: the files are watched before they are read for the first time. A single file is watched through its
    folder, since editors put a new one in its place. Raises CannotWatch, and ImportError where there is no watchfiles.
    """
    from watchfiles import watch  # noqa: PLC0415  # an extra
    from watchfiles._rust_notify import WatchfilesRustInternalError  # noqa: PLC0415  # it stands nowhere else

    known: list[StoryFiles | Diagnostic] = []
    links: list[tuple[Path, ...]] = [()]

    def look() -> None:
        found, links[0] = find_files(path), _links_in(path)
        if found not in known:
            known[:] = [found]
            tell(edition_of(found))

    is_folder = path.is_dir() or path.name == "story.yaml"
    folder = path if path.is_dir() else path.parent
    try:
        for _ in watch(
            folder,
            watch_filter=None,
            recursive=is_folder,
            stop_event=_Asked(look, stop, lambda: links[0]),
            raise_interrupt=False,
        ):
            look()
    except (OSError, WatchfilesRustInternalError) as error:
        raise CannotWatch(str(error)) from error


class _Asked:
    """What watchfiles asks, time and again, whether to stop: for the first time when it watches already.

    Files that links lead to lie elsewhere, where nothing is watched: they are looked at each time.
    """

    def __init__(self, look: Callable[[], None], stop: Event, links: Callable[[], tuple[Path, ...]]) -> None:
        self._look, self._stop, self._links = look, stop, links
        self._seen: tuple[object, ...] | None = None
        self._told: tuple[object, ...] | None = None

    def is_set(self) -> bool:
        now = tuple(map(_state_of, self._links()))
        if self._told is None or (now != self._told and now == self._seen):  # not while it is being written
            self._told = now
            self._look()
        self._seen = now
        return self._stop.is_set()


def _state_of(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is written, None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def _links_in(path: Path) -> tuple[Path, ...]:
    """Return the links among a story's files, and what it is named by where that is one."""
    inside = path.rglob("*") if path.is_dir() else path.parent.glob(path.name)
    return tuple(each for each in (path, *inside) if each.is_symlink())
