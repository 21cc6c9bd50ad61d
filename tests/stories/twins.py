"""The same story as another program would have it: read again by itself, from the cache, or after one of its scenes was edited."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from siberia_quest import Loaded, Story, load_story
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.reading import read_story
from stories.dice import Dice
from stories.making import MAIN, OTHER, TALE

OTHER_FILE = f"{OTHER}.yaml"


def load(files: Mapping[str, str]) -> Loaded:
    return read_story(StoryFiles(TALE, MAIN, {name: text.encode("utf-8", "replace") for name, text in files.items()}))


def twin_of(files: Mapping[str, str], loaded: Loaded, dice: Dice) -> Story:
    """The story itself, as a game goes on in one program, or a twin of it."""
    way = dice.below(16)
    if way < 12:
        return (loaded if way < 8 else load(files)).story or _nothing()
    with TemporaryDirectory() as folder:
        tale = Path(folder) / TALE
        _write(
            tale, {**files, **({OTHER_FILE: f"{files[OTHER_FILE]}# once"} if way < 14 and OTHER_FILE in files else {})}
        )
        load_story(tale, cached=True)
        _write(tale, files)
        kept = load_story(tale, cached=True)
        assert kept.diagnostics == loaded.diagnostics
        return kept.story or _nothing()


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8", "replace"))


def _nothing() -> Story:
    raise AssertionError("a story that loaded loads again")
