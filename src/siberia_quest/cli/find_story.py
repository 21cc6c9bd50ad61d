"""Which story is meant, where its saves are, and reading it."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from siberia_quest import load_story
from siberia_quest.cli.shipped_files import stories_folder
from siberia_quest.loading.find_files import files_at
from siberia_quest.loading.taking import take_beginning
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.markup import clean
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import PROBLEMS
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.storage.paths import read_path
from siberia_quest.storage.slots import choose_folder

if TYPE_CHECKING:
    from siberia_quest.model.playtest import Playtests

Lines = Mapping[str, Sequence[str]]
#: The story that is played where none is named and none lies in the folder one stands in.
DEFAULT = "siberia_quest"


def path_of(name: str) -> Path:
    """Return where a story lies: a path, or the id of a shipped one; without a name, the one here or the default. Raises WrongRequest."""
    if not name:
        here = Path()
        return _readable(here) if _is_there(here / "story.yaml") else stories_folder() / DEFAULT
    path = read_path(name)
    if _is_there(path):
        return _readable(path)
    shipped = stories_folder() / name
    if name.replace("_", "").isalnum() and (shipped / "story.yaml").is_file():
        return shipped
    raise WrongRequest(say("no_story", name=name))


def _is_there(path: Path) -> bool:
    """Tell whether there is something. Raises OSError where that cannot be known, and names the path."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _readable(path: Path) -> Path:
    """Return the path of a story that may be read. Raises OSError, and WrongRequest for a file of another system."""
    main = path / "story.yaml" if path.is_dir() else path
    if _is_there(main) and main.is_file() and not _begins_story(main):
        from siberia_quest.loading.other_systems import system_of  # noqa: PLC0415  # few are of one

        system = system_of(main)
        if system:
            raise WrongRequest(say("other_system", path=path, what=system.title, home=system.home))
    if path.is_dir():
        os.scandir(path).close()
        if not main.exists():
            from siberia_quest.loading.other_systems import system_of_folder  # noqa: PLC0415  # few hold one

            if system := system_of_folder(path):
                raise WrongRequest(
                    say("other_system", path=path, what=f"a folder with {system.title}", home=system.home)
                )
    return path


def _begins_story(path: Path) -> bool:
    """Tell at one glance that a file is a story here. Raises OSError where it cannot be read."""
    return b"\nstory:" in b"\n" + take_beginning(path, 4096)


def folder_of(given: str | None) -> Path:
    """Return the folder of all saves."""
    return choose_folder(given, os.environ, Path())


def find_shipped() -> list[Path]:
    """Return the folders of the shipped stories, the default one first."""
    found = [each.parent for each in stories_folder().glob("*/story.yaml")]
    return sorted(found, key=lambda each: (each.name != DEFAULT, each.name))


def story_and_lines(name: str) -> tuple[Story, Lines]:
    """Return a story that can be played, and the lines of its files. Raises WrongRequest.

    Where it has errors they are printed for its author, and the program ends: SystemExit.
    """
    path = path_of(name)
    loaded = load_story(path, cached=True)
    raise_unreadable(path, loaded.diagnostics)
    if loaded.story is None:
        _print(loaded.diagnostics, loaded.lines, path)
        raise SystemExit(PROBLEMS)
    return loaded.story, loaded.lines


def raise_unreadable(path: Path, problems: Sequence[Diagnostic]) -> None:
    """Raise the OSError that kept a story from being read, where that is what is wrong: it is nothing in the story."""
    if any(each.code == "SQ100" for each in problems):
        files_at(path)


def sound_story(path: Path) -> Story | None:
    """Return a story that can be given away; what is wrong with it is printed for its author, and one with errors is None."""
    from siberia_quest.tools.checking import find_problems  # noqa: PLC0415  # players never check

    loaded = load_story(path)
    raise_unreadable(path, loaded.diagnostics)
    wrong = find_problems(loaded)
    if wrong:
        _print(wrong, loaded.lines, path)
    return None if any(each.severity == "error" for each in wrong) else loaded.story


def playtests_of(path: Path, story: Story) -> "Playtests":
    """Return the tests of a story; what is wrong with them is printed for its author. An error ends the program: SystemExit."""
    from siberia_quest.loading.playtests import read_playtests  # noqa: PLC0415  # players have no tests

    tests = read_playtests(path, story)
    if tests.diagnostics:
        _print(tests.diagnostics, tests.lines, path)
    if any(each.severity == "error" for each in tests.diagnostics):
        raise SystemExit(PROBLEMS)
    return tests


def names_from_here(path: Path) -> Callable[[str], str]:
    """Return what names a file of the story at a path as one names it from where one stands."""
    is_packed = path.is_file() and path.suffix not in {".yaml", ".yml"}
    folder = _path_from_here(path if path.is_dir() or is_packed else path.parent)

    def named(file: str) -> str:
        return file if file in {"", "-", str(path)} else str(path if is_packed and file == path.name else folder / file)

    return named


def place_problems(problems: Sequence[Diagnostic], lines: Lines, path: Path) -> tuple[tuple[Diagnostic, ...], Lines]:
    """Return the problems of the story at a path, and its lines, with files named as one names them from where one stands."""
    named = names_from_here(path)

    def moved(span: Span) -> Span:
        return span._replace(file=named(span.file))

    there = [each._replace(span=moved(each.span), related=tuple(map(moved, each.related))) for each in problems]
    return tuple(there), {named(name): text for name, text in lines.items()}


def _path_from_here(folder: Path) -> Path:
    """Return a folder as one names it from where one stands, where it lies below; else as it was given."""
    try:
        return folder.absolute().relative_to(Path.cwd())
    except (OSError, ValueError):
        return folder


def _print(problems: Sequence[Diagnostic], lines: Lines, path: Path) -> None:
    from siberia_quest.loading.report import render_all  # noqa: PLC0415
    from siberia_quest.terminal.front import columns_of  # noqa: PLC0415  # only for what has problems

    sys.stderr.write(clean(render_all(*place_problems(problems, lines, path), columns_of(sys.stderr))))
