"""Saves as they are listed: what can be said of each file, also of one that cannot be read."""

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from siberia_quest.model.language import Told, compose
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.storage.codec.document import MOST_BYTES, Document, decode
from siberia_quest.storage.codec.state_to_plain import Plain
from siberia_quest.storage.gate import ENDING, PREVIOUS
from siberia_quest.storage.names import name_of, number_of, stem_of
from siberia_quest.storage.refusals import why_refused
from siberia_quest.storage.writing import Refusal, take

LONGEST_PREVIEW = 120
#: More than anybody plays, in seconds.
_LONGEST = 1e9


class SaveEntry(NamedTuple):
    """A save as it is listed. `fault` says what is wrong with it, if anything; `seconds` is playing time, `date` is ISO.

    `title` is that of the story it was saved in, "" where it is not known or the same as that of all others here.
    """

    name: str
    label: str
    place: str
    turn: int
    seconds: float
    date: str
    preview: str
    story: str
    version: str
    fault: Told = ()
    title: str = ""


def why_unlisted(saves: Iterable[SaveEntry]) -> Told:
    """Return why a list is not that of all saves: their folder cannot be read, and stands in it itself, without a story."""
    return next((each.fault for each in saves if each.fault and not each.story), ())


def list_stories(folder: Path) -> tuple[tuple[str, tuple[SaveEntry, ...]], ...]:
    """Return the saves of every story in a folder."""
    try:
        found = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        return ((folder.name, (_unreadable(folder, error),)),)
    listed = [(path.name, saves_in(path)) for path in found]
    return tuple((name, saves) for name, saves in listed if saves)


def saves_in(folder: Path) -> tuple[SaveEntry, ...]:
    """Return the saves in a story's folder, newest first, damaged ones too."""
    try:
        stems = {
            path.stem
            for path in folder.iterdir()
            if path.suffix in {ENDING, PREVIOUS} and stem_of(path.stem) == path.stem
        }
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        return (_unreadable(folder, error),)
    saved = [_describe_save(folder / f"{stem}{ENDING}") for stem in stems]
    if len({each.title for each in saved} - {""}) < 2:  # all of one story
        saved = [each._replace(title="") for each in saved]
    return tuple(sorted(saved, key=lambda each: (each.date, number_of(each.name), each.name), reverse=True))


def _unreadable(folder: Path, error: OSError) -> SaveEntry:
    fault = compose("folder_unread", folder=folder, why=why_refused(error))
    return SaveEntry(folder.name, "", "", 0, 0.0, "", "", "", "", fault)


def _describe_save(path: Path) -> SaveEntry:
    read = document_at(path)
    if isinstance(read, Refusal):
        return _faulty(path, read)
    meta, story = read.data.get("meta"), read.data.get("story")
    meta, story = meta if isinstance(meta, dict) else {}, story if isinstance(story, dict) else {}

    def word(data: dict[str, Plain], key: str) -> str:
        return clean(str(data.get(key) or ""))[:LONGEST_PREVIEW]

    turn, label = meta.get("turn"), word(meta, "label")
    return SaveEntry(
        name_of(path.stem, label), label, word(meta, "place"), turn if isinstance(turn, int) else 0,
        seconds_in(meta), word(meta, "date"), word(meta, "preview"), word(story, "id"), word(story, "version"),
        title=word(story, "title"),
    )  # fmt: skip


def _faulty(path: Path, read: Refusal) -> SaveEntry:
    """Return what can be said of a save that cannot be read: when it was written, and whether the one before it is left."""
    before = document_at(path.with_suffix(PREVIOUS))
    fault = read.message if isinstance(before, Refusal) else read.message + compose("save_before_left")
    date = ""
    for each in (path, path.with_suffix(PREVIOUS)):
        with suppress(OSError):
            date = date or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(each.lstat().st_mtime))
    return SaveEntry(path.stem, "", "", 0, 0.0, date, "", path.parent.name, "", fault)


def seconds_in(meta: Mapping[str, Plain]) -> float:
    """Return the playing time that a save tells of, as far as it can be believed."""
    seconds = meta.get("seconds")
    return min(max(float(seconds), 0.0), _LONGEST) if isinstance(seconds, int | float) else 0.0


def document_at(path: Path) -> Document | Refusal:
    """Return what a file holds as a save, or why it is none."""
    data = take(path, MOST_BYTES)
    return data if isinstance(data, Refusal) else decode(data)
