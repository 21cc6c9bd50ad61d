"""Which story is meant, where its saves are, and reading it."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from siberia_quest import load_story
from siberia_quest.cli.places import stories_folder
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.markup import clean
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import say
from siberia_quest.play.wishes import Unwise
from siberia_quest.storage.slots import choose_folder

if TYPE_CHECKING:
    from siberia_quest.model.playtest import Playtests

Lines = Mapping[str, Sequence[str]]
#: The story that is played where none is named and none lies in the folder one stands in.
DEFAULT = "siberia_quest"


def path_of(name: str) -> Path:
    """Return where a story lies: a path, or the id of a shipped one; without a name, the one here or the default. Raises Unwise."""
    if not name:
        here = Path()
        return here if (here / "story.yaml").is_file() else stories_folder() / DEFAULT
    path = Path(name).expanduser()
    if path.exists():
        return path
    shipped = stories_folder() / name
    if name.replace("_", "").isalnum() and (shipped / "story.yaml").is_file():
        return shipped
    raise Unwise(say("no_story", name=name))


def folder_of(given: str | None) -> Path:
    """Return the folder of all saves."""
    return choose_folder(given, os.environ, Path())


def shipped() -> list[Path]:
    """Return the folders of the shipped stories, the default one first."""
    found = [each.parent for each in stories_folder().glob("*/story.yaml")]
    return sorted(found, key=lambda each: (each.name != DEFAULT, each.name))


def story_and_lines(name: str) -> tuple[Story | None, Lines]:
    """Return a story that can be played, and the lines of its files as far as they were read. Raises Unwise.

    Where it has errors there is no story, and they are printed for its author.
    """
    loaded = load_story(path_of(name), cached=True)
    if loaded.story is None:
        _print(loaded.diagnostics, loaded.lines)
    return loaded.story, loaded.lines


def playtests_of(path: Path, story: Story) -> "Playtests | None":
    """Return the tests of a story; what is wrong with them is printed for its author. None where that is an error."""
    from siberia_quest.loading.playtests import read_playtests  # noqa: PLC0415  # players have no tests

    tests = read_playtests(path, story)
    if tests.diagnostics:
        _print(tests.diagnostics, tests.lines)
    return None if any(each.severity == "error" for each in tests.diagnostics) else tests


def _print(problems: Sequence[Diagnostic], lines: Lines) -> None:
    from siberia_quest.loading.report import render_all  # noqa: PLC0415
    from siberia_quest.terminal.front import columns_of  # noqa: PLC0415  # only for what has problems

    sys.stderr.write(clean(render_all(problems, lines, columns_of(sys.stderr))))
