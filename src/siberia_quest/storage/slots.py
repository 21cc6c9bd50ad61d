"""Saves by name: where they lie, how they are written, listed and read again."""

import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from siberia_quest.engine.status import place_of
from siberia_quest.model.kinds import Value
from siberia_quest.model.markup import clean
from siberia_quest.model.page import Page
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.storage.codec.document import MOST_BYTES, Document, decode, encode
from siberia_quest.storage.codec.pages import page_from_plain, page_to_plain
from siberia_quest.storage.codec.state_from_plain import Restored, from_plain
from siberia_quest.storage.codec.state_to_plain import Plain, difference, earlier, plain_value, to_plain
from siberia_quest.storage.writing import Refusal, put, refusal, take

__all__ = ["Opened", "Refusal", "Saved", "SavedGame", "Saves", "choose_folder", "list_stories", "slot_fault"]

AUTOSAVE, QUICK = "autosave", "quick"
ENDING, PREVIOUS = ".save", ".previous"
MOST_ENTRIES = 20
LONGEST_LABEL = 80
LONGEST_PREVIEW = 120
#: What this program writes into a save; what another put beside it is kept as it is.
_KNOWN = frozenset("format schema sha256 meta story seed settings kept picks state entries aside page".split())
_SLOT = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
)


class Saved(NamedTuple):
    """A save as it is listed. `fault` says what is wrong with it, "" for nothing; `seconds` is playing time, `date` is ISO."""

    name: str
    label: str
    place: str
    turn: int
    seconds: float
    date: str
    preview: str
    story: str
    version: str
    fault: str = ""


class SavedGame(NamedTuple):
    """A game as a save holds it; `page` is None where it has to be told again.

    `entries` are the latest states in which another passage had been entered, newest first, each with its turn: in an edited story the
    game can go back to them. They are written, and not read.
    """

    seed: int
    settings: Mapping[str, Value]
    kept: Mapping[str, Value]
    picks: tuple[str, ...]
    state: State
    page: Page | None
    seconds: float
    entries: tuple[tuple[int, State], ...] = ()


class Opened(NamedTuple):
    """A save that was read: the game, lines to show once, a yes/no question to put first, or why there is nothing to play."""

    game: SavedGame | None
    notices: tuple[str, ...] = ()
    ask: str = ""
    refusal: Refusal | None = None


def choose_folder(given: str | None, environ: Mapping[str, str], here: Path) -> Path:
    """Return the folder of all saves: as given, $SIBERIA_QUEST_SAVES, `saves/` of the checkout one stands in, the user's data folder."""
    if given:
        return Path(given).expanduser()
    if environ.get("SIBERIA_QUEST_SAVES"):
        return Path(environ["SIBERIA_QUEST_SAVES"]).expanduser()
    for folder in (here, *here.parents):
        if (folder / "saves" / "README.md").is_file() and (folder / "src" / "siberia_quest").is_dir():
            return folder / "saves"
    from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing nearer was found

    return user_data_path("siberia-quest", appauthor=False) / "saves"


def slot_fault(name: str) -> str:
    """Return why a name cannot be a slot's, "" when it can."""
    if name in _RESERVED:
        return f"`{name}` is a name some systems keep for themselves."
    if not _SLOT.match(name):
        return "A slot is named with up to 40 small letters, digits, `-` and `_`, beginning with a letter or digit."
    return ""


def list_stories(folder: Path) -> tuple[tuple[str, tuple[Saved, ...]], ...]:
    """Return the saves of every story in a folder."""
    try:
        found = sorted(
            path for path in folder.iterdir() if path.is_dir() and _SLOT.match(path.name.lower().replace("_", "-"))
        )
    except OSError:
        return ()
    listed = [(path.name, _listed(path)) for path in found]
    return tuple((name, saves) for name, saves in listed if saves)


def _listed(folder: Path) -> tuple[Saved, ...]:
    try:
        paths = [path for path in folder.iterdir() if path.suffix == ENDING and not slot_fault(path.stem)]
    except OSError:
        return ()
    return tuple(sorted((_saved(path) for path in paths), key=lambda saved: (saved.date, saved.name), reverse=True))


def _saved(path: Path) -> Saved:
    read = _document(path)
    if isinstance(read, Refusal):
        return Saved(path.stem, "", "", 0, 0.0, "", "", path.parent.name, "", read.message)
    meta, story = read.data.get("meta"), read.data.get("story")
    meta, story = meta if isinstance(meta, dict) else {}, story if isinstance(story, dict) else {}

    def word(data: dict[str, Plain], key: str) -> str:
        return clean(str(data.get(key) or ""))[:LONGEST_PREVIEW]

    turn, seconds = meta.get("turn"), meta.get("seconds")
    return Saved(
        path.stem, word(meta, "label"), word(meta, "place"), turn if isinstance(turn, int) else 0,
        float(seconds) if isinstance(seconds, int | float) else 0.0, word(meta, "date"), word(meta, "preview"), word(story, "id"),
        word(story, "version"),
    )  # fmt: skip


def _document(path: Path) -> Document | Refusal:
    data = take(path, MOST_BYTES)
    return data if isinstance(data, Refusal) else decode(data)


class Saves:
    """The saves of one story."""

    def __init__(self, story: Story, folder: Path) -> None:
        """Remember where they are; nothing is opened yet."""
        self.story = story
        self.folder = folder / story.id
        self._aside: dict[str, Plain] = {}
        self._extra: dict[str, Plain] = {}

    def path(self, name: str) -> Path:
        """Return the file of a slot."""
        return self.folder / f"{name}{ENDING}"

    # --- writing ------------------------------------------------------------------------------------------------------

    def autosave(self, game: SavedGame) -> Refusal | None:
        """Save after a turn; None means that it is on the disk."""
        return self._save(game, AUTOSAVE, "")

    def quick_save(self, game: SavedGame) -> Refusal | None:
        """Save into the quick slot."""
        return self._save(game, QUICK, "")

    def save(self, game: SavedGame, name: str, label: str = "") -> Refusal | None:
        """Save into a slot of the player's."""
        fault = slot_fault(name) or (f"`{name}` is saved by itself; choose another name." if name == AUTOSAVE else "")
        return Refusal("SQ709", fault) if fault else self._save(game, name, label)

    def _save(self, game: SavedGame, name: str, label: str) -> Refusal | None:
        try:
            written = encode(self._data(game, clean(label)[:LONGEST_LABEL]))
        except ValueError:
            return Refusal("SQ710", "Not saved: this game does not read back as it is. The last save is still there.")
        path = self.path(name)
        return put(path, written, previous=path.with_suffix(PREVIOUS))

    def _data(self, game: SavedGame, label: str) -> dict[str, Plain]:
        story, state = self.story, game.state
        header = story.header
        paragraphs = game.page.paragraphs if game.page else ()
        entries: list[Plain] = []
        later = state
        for turn, before in game.entries:
            entries.append([turn, difference(story, later, before)])
            later = before
        plain = to_plain(story, state)
        return {
            **self._extra,
            "meta": {
                "label": label, "place": place_of(story, state), "turn": len(game.picks), "seconds": round(game.seconds, 1),
                "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "preview": (paragraphs[-1] if paragraphs else "")[:LONGEST_PREVIEW],
            },
            "story": {"id": story.id, "version": header.version, "structure": header.structure, "wording": header.wording},
            "seed": format(game.seed, "x") if game.seed >= 0 else "-" + format(-game.seed, "x"),
            "settings": _plain_values(game.settings), "kept": _plain_values(game.kept), "picks": list(game.picks),
            "state": plain, "entries": entries, "aside": self._aside,
            "page": page_to_plain(game.page) if game.page else None,
        }  # fmt: skip

    # --- reading ------------------------------------------------------------------------------------------------------

    def load(self, name: str) -> Opened:
        """Read a save; a damaged one is moved aside and the one before it is read."""
        fault = slot_fault(name)
        path = self.path(name)
        if fault:
            return Opened(None, refusal=Refusal("SQ709", fault))
        if not os.path.lexists(path) and not os.path.lexists(path.with_suffix(PREVIOUS)):
            return Opened(None, refusal=Refusal("SQ711", f"There is no save named `{name}`."))
        read = _document(path)
        notices: tuple[str, ...] = ()
        if isinstance(read, Refusal) and read.code != "SQ707":
            before = _document(path.with_suffix(PREVIOUS))
            if isinstance(before, Refusal):
                return Opened(None, refusal=Refusal(read.code, f"{read.message} There is no earlier one. ({path})"))
            notices = (f"The last save was damaged; this is the one before it. {self._moved(path)}",)
            read = before
        if isinstance(read, Refusal):
            return Opened(None, refusal=read)
        opened = self._opened(read)
        return opened._replace(notices=(*notices, *opened.notices))

    def examine(self, path: Path) -> Opened:
        """Read a save as it would be opened; neither it nor anything else changes."""
        read = _document(path)
        if isinstance(read, Refusal):
            return Opened(None, refusal=read)
        return Saves(self.story, self.folder.parent)._opened(read)  # noqa: SLF001  # a reader of its own

    def _moved(self, path: Path) -> str:
        """Move a damaged file aside, so that nothing is written over it."""
        if not os.path.lexists(path):
            return "The damaged file is gone."
        aside = path.with_name(f"{path.stem}.damaged-{time.time_ns()}")
        try:
            path.replace(aside)
        except OSError:
            return f"The damaged file could not be moved: {path}"
        return f"The damaged file is kept as {aside.name}."

    def _opened(self, read: Document) -> Opened:
        data = read.data
        about = data.get("story")
        owner = about.get("id") if isinstance(about, dict) else None
        if owner != self.story.id and self.story.renames.get(str(owner)) != self.story.id:
            return Opened(
                None, refusal=Refusal("SQ712", f"This save belongs to another story (`{clean(str(owner))[:40]}`).")
            )
        restored = from_plain(self.story, data.get("state"), data.get("aside"))
        edited = isinstance(about, dict) and about.get("structure") != self.story.header.structure
        if restored.state is not None:
            return self._playing(data, restored, tuple(restored.notes) if edited else ())
        if not restored.gone:
            return Opened(None, refusal=Refusal("SQ708", f"This save is damaged: {restored.fault}."))
        return self._gone_back(data, restored.gone)

    def _playing(self, data: dict[str, Plain], restored: Restored, notices: tuple[str, ...]) -> Opened:
        assert restored.state is not None  # the caller saw
        game = self._restored(data, restored.state, None)
        self._aside = dict(restored.aside)
        self._extra = {key: value for key, value in data.items() if key not in _KNOWN}
        return Opened(game, notices)

    def _restored(self, data: dict[str, Plain], state: State, turns: int | None) -> SavedGame:
        picks = tuple(str(pick) for pick in _list(data.get("picks")))[:turns]
        page = page_from_plain(data.get("page")) if turns is None else None
        meta = data.get("meta")
        seconds = meta.get("seconds") if isinstance(meta, dict) else 0.0
        try:
            seed = int(str(data.get("seed") or "0"), 16)
        except ValueError:
            seed = 0
        settings, kept = _values(data.get("settings")), _values(data.get("kept"))
        time_ = float(seconds) if isinstance(seconds, int | float) else 0.0
        return SavedGame(seed, settings, kept, picks, state, page, time_)

    def _gone_back(self, data: dict[str, Plain], gone: str) -> Opened:
        """The place is no longer in the story: go back to the nearest earlier one that is, and ask first."""
        plain = data.get("state")
        for entry in _list(data.get("entries")):
            turn, back = entry if isinstance(entry, list) and len(entry) == 2 else (None, None)
            plain = earlier(plain, back) if isinstance(plain, dict) else None
            restored = from_plain(self.story, plain, data.get("aside"))
            if restored.state is not None and isinstance(turn, int):
                game = self._restored(data, restored.state, turn)
                where = place_of(self.story, restored.state) or "an earlier place"
                meta = data.get("meta")
                last = meta.get("turn") if isinstance(meta, dict) else turn
                back = last - turn if isinstance(last, int) else 1
                ask = f"The story was changed: {gone}. Go back {back} turns, to {where}?"
                return Opened(game, tuple(restored.notes), ask)
        return Opened(
            None,
            refusal=Refusal("SQ713", f"The story was changed: {gone}, and no earlier place is left. The save is kept."),
        )

    def accept(self, opened: Opened, name: str) -> Refusal | None:
        """Keep the file of an edited story's save beside the new one, after the player agreed to go back."""
        path = self.path(name)
        data = take(path, MOST_BYTES)
        if isinstance(data, Refusal) or opened.game is None:
            return data if isinstance(data, Refusal) else None
        return put(path.with_name(f"{name}.before-edit-{time.time_ns()}"), data)

    # --- the list -----------------------------------------------------------------------------------------------------

    def list(self) -> tuple[Saved, ...]:
        """Return all saves, newest first, damaged ones too."""
        return _listed(self.folder)

    def latest(self) -> Saved | None:
        """Return the newest save that can be read."""
        return next((saved for saved in self.list() if not saved.fault), None)

    def delete(self, name: str) -> Refusal | None:
        """Delete a save with its former generation."""
        if slot_fault(name) or not self.path(name).exists():
            return Refusal("SQ711", f"There is no save named `{name}`.")
        try:
            self.path(name).unlink()
            self.path(name).with_suffix(PREVIOUS).unlink(missing_ok=True)
        except OSError as error:
            return refusal(error, self.folder)
        return None

    def export(self, name: str, path: Path) -> Refusal | None:
        """Copy a save to a file."""
        data = (
            take(self.path(name), MOST_BYTES)
            if not slot_fault(name)
            else Refusal("SQ711", f"There is no save named `{name}`.")
        )
        return data if isinstance(data, Refusal) else put(path, data)

    def bring(self, path: Path, name: str) -> Refusal | None:
        """Take a save from a file into a slot; what is no save of this story is refused."""
        fault = slot_fault(name)
        data = take(path, MOST_BYTES)
        if fault or isinstance(data, Refusal):
            return Refusal("SQ709", fault) if fault else data if isinstance(data, Refusal) else None
        read = decode(data)
        if isinstance(read, Refusal):
            return read
        opened = Saves(self.story, self.folder.parent)._opened(read)  # noqa: SLF001  # a reader of its own
        if opened.refusal:
            return opened.refusal
        target = self.path(name)
        return put(target, data, previous=target.with_suffix(PREVIOUS))


def _list(plain: Plain) -> list[Plain]:
    return plain if isinstance(plain, list) else []


def _plain_values(values: Mapping[str, Value]) -> dict[str, Plain]:
    return {name: plain_value(value) for name, value in values.items()}


def _values(plain: Plain) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in plain.items() if isinstance(plain, dict) else ():
        if isinstance(value, bool | int | float | str):
            found[name] = value
        elif isinstance(value, list):
            found[name] = tuple(str(each) for each in value)
    return found
