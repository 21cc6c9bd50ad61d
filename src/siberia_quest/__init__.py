"""A story engine whose stories are written in YAML. The public names are loaded when they are first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from siberia_quest.engine.turns import NotOnOffer, Turn, advance, begin
    from siberia_quest.loading.files import Loaded, StoryFiles
    from siberia_quest.model.diagnostic import Diagnostic
    from siberia_quest.model.outline import KeptScene
    from siberia_quest.model.page import Option, Page
    from siberia_quest.model.state import State
    from siberia_quest.model.story import Story

__version__ = "0.1.0"
__all__ = [
    "Diagnostic", "Loaded", "NotOnOffer", "Option", "Page", "State", "Story", "Turn", "advance", "begin", "load_story",
]  # fmt: skip


def load_story(path: str | Path, *, cached: bool = False) -> Loaded:
    """Read a story from a folder with `story.yaml` in it, from a single .yaml file, or from what `pack` made of one.

    With `cached`, a story that was read before from exactly the same bytes comes from the user's cache, and so do the scenes that need
    not be read again of one that was changed; what was read is put there.

    Returns the story (None when it has errors) with everything that is wrong, in file order. Never raises for what an author wrote, nor
    for a file that is not there: that is a diagnostic, too.

    >>> loaded = load_story("story/first_fire")
    >>> len(loaded.story.passages), loaded.diagnostics
    (22, ())
    >>> load_story("no such folder").story is None
    True
    """
    from pathlib import Path  # noqa: PLC0415  # what loading needs is imported when something is loaded

    from siberia_quest.loading.files import Loaded, StoryFiles  # noqa: PLC0415
    from siberia_quest.loading.find_files import find_files  # noqa: PLC0415

    found = find_files(Path(path))
    if not isinstance(found, StoryFiles):
        return Loaded(None, (found,))
    known: Mapping[str, KeptScene] = {}
    if cached:
        from siberia_quest.storage.cache import recall  # noqa: PLC0415

        recalled = recall(Path(path), found.for_cache, __version__, lambda: _read_anew(found).story)
        if recalled.story is not None:
            return found.with_story(recalled.story, recalled.diagnostics)
        known = recalled.scenes
    from siberia_quest.loading.reading import read_scenes  # noqa: PLC0415  # YAML's reader costs more than the rest

    try:
        loaded, scenes = read_scenes(found, known)
    except Exception:
        if not known:
            raise
        loaded, scenes = read_scenes(found, {})  # what was kept of them is not what was read
    if cached and loaded.story is not None:
        from siberia_quest.storage.cache import keep  # noqa: PLC0415

        keep(Path(path), found.for_cache, loaded.story, loaded.diagnostics, scenes, __version__)
    return loaded


def _read_anew(found: StoryFiles) -> Loaded:
    from siberia_quest.loading.reading import read_story  # noqa: PLC0415  # as above

    return read_story(found)


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    homes = {
        "Diagnostic": "model.diagnostic", "Loaded": "loading.files", "NotOnOffer": "engine.turns", "Option": "model.page",
        "Page": "model.page", "State": "model.state", "Story": "model.story", "Turn": "engine.turns", "advance": "engine.turns",
        "begin": "engine.turns",
    }  # fmt: skip
    if name not in homes:
        message = f"module 'siberia_quest' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"siberia_quest.{homes[name]}"), name)
