"""Saves checked against the story as it is now: what each would lose, before a player finds out."""

from collections.abc import Iterator
from pathlib import Path

from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.language import Language
from siberia_quest.model.story import Story
from siberia_quest.storage.gate import ENDING
from siberia_quest.storage.names import folder_of
from siberia_quest.storage.slots import Saves


def save_problems(story: Story, folder: Path, language: Language) -> tuple[int, tuple[Diagnostic, ...]]:
    """Return how many saves there are, and what each would lose.

    `folder` is that of all saves, or holds saves itself, or is a save; nothing in it changes.
    """
    files = _files(story, folder)
    saves = Saves(story, folder)
    return len(files), tuple(each for path in files for each in _problems(saves, path, language))


def _files(story: Story, folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    own = folder / folder_of(story.id)
    return sorted(each for each in (own if own.is_dir() else folder).iterdir() if each.suffix == ENDING)


def _problems(saves: Saves, path: Path, language: Language) -> Iterator[Diagnostic]:
    opened = saves.examine(path)
    place = Span(str(path), 1, 1, 1, 2)
    if opened.refusal:
        yield Diagnostic(opened.refusal.code, language.tell(opened.refusal.message), place)
        return
    if opened.ask:
        why = "the passage or the step where it stands is no longer in the story"
        fix = "bring the place back, or say where it went under `renames:`"
        yield Diagnostic(
            "SQ714", f"this save cannot go on where it stands: {language.tell(opened.ask)}", place, "warning", why, fix
        )
    for change in opened.changes:
        yield Diagnostic("SQ715", f"in this save {change}", place, "hint")
