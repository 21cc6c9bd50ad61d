"""Which story is meant, and reading it."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from siberia_quest import load_story
from siberia_quest.cli.places import stories_folder
from siberia_quest.model.markup import clean
from siberia_quest.model.story import Story
from siberia_quest.terminal.catalogue import say
from siberia_quest.terminal.wishes import Unwise

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
        from siberia_quest.terminal.front import columns_of  # noqa: PLC0415  # only for a story with errors
        from siberia_quest.tools.report import render_all  # noqa: PLC0415  # only for a story with errors

        sys.stderr.write(clean(render_all(loaded.diagnostics, loaded.lines, columns_of(sys.stderr))))
    return loaded.story, loaded.lines
