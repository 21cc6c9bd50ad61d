"""Saves by name: where they lie, how they are written, listed and read again."""

import os
import re
import time
from collections.abc import Mapping
from pathlib import Path

from siberia_quest.engine.status import place_of
from siberia_quest.engine.turns import reopen
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Told, compose
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Page
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.storage.codec.document import MOST_BYTES, Document, decode, encode
from siberia_quest.storage.codec.notes import notes_from_plain
from siberia_quest.storage.codec.pages import page_from_plain, page_to_plain
from siberia_quest.storage.codec.pick_log import PickLog
from siberia_quest.storage.codec.places_from_plain import Edited
from siberia_quest.storage.codec.state_from_plain import Restored, from_plain
from siberia_quest.storage.codec.state_to_plain import Plain, difference, earlier, to_plain, values_to_plain
from siberia_quest.storage.codec.values_from_plain import read_kept, settings_from_plain
from siberia_quest.storage.gate import ENDING, PREVIOUS, Follows, Gate, Line, Mark, line_of, mark_of
from siberia_quest.storage.listing import LONGEST_PREVIEW, SaveEntry, document_at, list_stories, saves_in, seconds_in
from siberia_quest.storage.names import AUTOSAVE, QUICK, folder_of, is_plain, number_of, slot_fault, stem_of
from siberia_quest.storage.paths import choose_folder, write_new
from siberia_quest.storage.refusals import why_refused
from siberia_quest.storage.writing import UNREAD, Refusal, can_be_there, refusal, refuse, take

__all__ = ["OpenedSave", "Refusal", "SaveEntry", "SavedGame", "Saves", "choose_folder", "list_stories", "slot_fault"]

MOST_ENTRIES = 20
LONGEST_LABEL = 80
#: What this program writes into a save; what another put beside it is kept as it is.
_KNOWN = frozenset(
    "format schema sha256 meta story game seed settings kept log picks state entries aside page notes".split()
)
_SEED = r"-?[0-9a-f]{1,64}\Z"


class Carried(NamedTuple):
    """What goes from a save that was read into those that follow it, without being played.

    `aside` is what the story does not have any more, `extra` what another program wrote; `entries` are the earlier entries of the
    save, each told by what was otherwise than in the one after it, the first otherwise than in `state`.
    """

    aside: Mapping[str, Plain]
    extra: Mapping[str, Plain]
    state: Mapping[str, Plain]
    entries: tuple[Plain, ...]


class SavedGame(NamedTuple):
    """A game as a save holds it; `page` is None where it has to be told again.

    `entries` are the latest states in which another passage had been entered, newest first, each with its turn: in an edited story the
    game can go back to them. They are written, and not read. `id` is the game's own, through undo, loading and export.
    `mark` tells the file that the game goes on from as it is, None where there is none. `notes` are the player's own, each with its turn.
    """

    seed: int
    settings: Mapping[str, Value]
    kept: Mapping[str, Value]
    picks: PickLog
    state: State
    page: Page | None
    seconds: float
    entries: tuple[tuple[int, State], ...] = ()
    id: str = ""
    carried: Carried | None = None
    mark: Mark | None = None
    notes: tuple[tuple[int, str], ...] = ()


class OpenedSave(NamedTuple):
    """A save that was read: the game, what to tell once, a yes/no question to put first, or why there is nothing to play.

    `changes` are for the author: what became of the save, one by one, in a story that was edited since.
    """

    game: SavedGame | None
    notices: tuple[Told, ...] = ()
    ask: Told = ()
    refusal: Refusal | None = None
    changes: tuple[str, ...] = ()


class Saves:
    """The saves of one story, as one sitting reads and writes them."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story = story
        self.folder = folder / folder_of(story.id)
        self._gate = Gate(self.folder)

    def for_edition(self, story: Story) -> "Saves":
        """Return the saves of another edition of the story, in the same sitting."""
        saves = Saves(story, self.folder.parent)
        if saves.folder == self.folder:
            saves._gate = self._gate
        return saves

    def path(self, name: str) -> Path:
        """Return the file of a save."""
        return self.folder / f"{stem_of(name)}{ENDING}"

    def news(self) -> tuple[Told, ...]:
        """Return what there is to tell the player of the saves since this was last asked."""
        told = tuple(self._gate.told)
        self._gate.told.clear()
        return told

    # --- writing ------------------------------------------------------------------------------------------------------

    def autosave(self, game: SavedGame) -> Refusal | None:
        """Save after a turn; None means that it is on the disk."""
        written = self._write(game, "")
        return written if isinstance(written, Refusal) else self._gate.keep(written, self._line(game))

    def begin_another(self, saved: SavedGame | None = None) -> None:
        """Have the next autosave be that of another game than the last, new or opened: what lies there is kept aside if it is another's."""
        is_there = saved is not None and saved.mark == mark_of(self._gate.path(self._gate.slot))
        self._gate.begin(saved.mark if saved and is_there else None)

    def quick_save(self, game: SavedGame) -> Refusal | None:
        """Save into the quick slot; another game's quick save is kept aside."""
        return self._save(game, QUICK, "", "game")

    def save(self, game: SavedGame, name: str, label: str = "") -> Refusal | None:
        """Save into a slot of the player's, over the save that is there."""
        fault = slot_fault(name)
        if stem_of(name) == AUTOSAVE or number_of(stem_of(name)):
            fault = compose("slot_taken", name=name)
        return Refusal("SQ709", fault) if fault else self._save(game, stem_of(name), label or name, "any")

    def _save(self, game: SavedGame, stem: str, label: str, follows: Follows) -> Refusal | None:
        written = self._write(game, label)
        return written if isinstance(written, Refusal) else self._gate.save(stem, written, self._line(game), follows)

    def _line(self, game: SavedGame) -> Line:
        return Line(game.id, game.picks, self.story.title)

    def _write(self, game: SavedGame, label: str) -> bytes | Refusal:
        try:
            return encode(self._data(game, clean(label)[:LONGEST_LABEL]))
        except ValueError:
            return refuse("SQ710", "save_unsound")

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
        carried = game.carried or Carried({}, {}, {}, ())
        if carried.entries and len(entries) < MOST_ENTRIES:
            last = plain if later is state else to_plain(story, later)
            entries += _carry_on(last, carried)[: MOST_ENTRIES - len(entries)]
        return {
            **carried.extra,
            "meta": {
                "label": label, "place": place_of(story, state), "turn": len(game.picks), "seconds": round(game.seconds, 1),
                "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "preview": (paragraphs[-1] if paragraphs else "")[:LONGEST_PREVIEW],
            },
            "story": {
                "id": story.id, "title": story.title, "by": header.by, "version": header.version,
                "structure": header.structure, "wording": header.wording,
            },
            "game": game.id,
            "seed": format(game.seed, "x") if game.seed >= 0 else "-" + format(-game.seed, "x"),
            "settings": values_to_plain(story, game.settings), "kept": values_to_plain(story, game.kept),
            **({"log": list(game.picks.rows)} if game.picks.rows else {}), "picks": list(game.picks.rest),
            "state": plain, "entries": entries, "aside": dict(carried.aside),
            "page": page_to_plain(game.page) if game.page else None,
            **({"notes": [[turn, words] for turn, words in game.notes]} if game.notes else {}),
        }  # fmt: skip

    # --- reading ------------------------------------------------------------------------------------------------------

    def load(self, name: str) -> OpenedSave:
        """Read a save; for a damaged one the one before it is read. Nothing on the disk changes."""
        path = self.path(name)
        if slot_fault(name):
            return OpenedSave(None, refusal=Refusal("SQ709", slot_fault(name)))
        if not can_be_there(path) and not can_be_there(path.with_suffix(PREVIOUS)):
            return OpenedSave(None, refusal=refuse("SQ711", "save_missing", name=name))
        mark, read = mark_of(path), document_at(path)
        if not isinstance(read, Refusal):
            opened = self._open(read)
            return opened if opened.ask or not opened.game else opened._replace(game=opened.game._replace(mark=mark))
        before = document_at(path.with_suffix(PREVIOUS))
        if read.code == UNREAD or isinstance(before, Refusal):
            return OpenedSave(None, refusal=refuse(read.code, "save_at", what=read.message, path=path))
        opened = self._open(before)
        if read.code == "SQ707" and opened.game:
            return opened._replace(ask=read.message + compose("save_ask_before") + opened.ask)
        return opened._replace(notices=(compose("save_before") + read.message, *opened.notices))

    def examine(self, path: Path) -> OpenedSave:
        """Read a save's file as it would be opened; nothing changes."""
        read = document_at(path)
        return OpenedSave(None, refusal=read) if isinstance(read, Refusal) else self._open(read)

    def _open(self, read: Document) -> OpenedSave:
        data = read.data
        about = data.get("story")
        about = about if isinstance(about, dict) else {}
        owner = about.get("id")
        if owner != self.story.id and self.story.renames.get(str(owner)) != self.story.id:
            return OpenedSave(None, refusal=refuse("SQ712", "save_of_other", id=clean(str(owner))[:40]))
        if not re.match(_SEED, str(data.get("seed") or "0")):
            return OpenedSave(None, refusal=refuse("SQ708", "save_damaged_in", fault=compose("fault_seedless")))
        other = self._other_story(about)
        opened = self._restore_from(data, self._describe_edit(about))
        if not other or opened.refusal or opened.game is None:
            return opened._replace(refusal=Refusal("SQ712", other)) if other and opened.refusal else opened
        # played on here it is a game of its own, so that the other story's stays what it was
        return opened._replace(ask=other + compose("save_ask_here") + opened.ask, game=opened.game._replace(id=""))

    def _other_story(self, about: Mapping[str, Plain]) -> Told:
        """Return that a save is of another story with this one's id, nothing where it is of this one.

        A story is known by its id with its title and author. A new title is believed to be one where the author is the same, and what
        saves depend on.
        """
        header = self.story.header
        title, by = str(about.get("title") or ""), str(about.get("by") or "")
        if not title or (title == header.title and (by == header.by or not by or not header.by)):
            return ()
        if by and by == header.by and about.get("structure") == header.structure:
            return ()
        return compose("save_of_namesake", title=clean(title)[:LONGEST_LABEL])

    def _describe_edit(self, about: Mapping[str, Plain]) -> Edited:
        header = self.story.header
        if about.get("structure") != header.structure:
            return "other"
        return "nothing" if about.get("wording") == header.wording else "words"

    def _restore_from(self, data: dict[str, Plain], edited: Edited) -> OpenedSave:
        """Return the game as it stands; in an edited story with its options made anew, and what was told left as it was."""
        restored = from_plain(self.story, data.get("state"), data.get("aside"), edited)
        if restored.state is not None:
            game = self._restore(data, restored, None)
            if edited == "nothing":
                return OpenedSave(game)
            now = reopen(self.story, restored.state).page
            if now.problem:
                return self._go_back(data, compose("gone_offer", problem=now.problem.message))
            if game.page:
                page = game.page._replace(options=now.options, ask=now.ask, place=now.place, ending=now.ending)
                game = game._replace(page=page)
            return OpenedSave(game, (compose("edited"),) if restored.notes else (), changes=restored.notes)
        if not restored.gone:
            return OpenedSave(None, refusal=refuse("SQ708", "save_damaged_in", fault=restored.fault))
        return self._go_back(data, restored.gone)

    def _restore(self, data: dict[str, Plain], restored: Restored, turns: int | None) -> SavedGame:
        assert restored.state is not None  # the caller saw
        line, meta, plain = line_of(data), data.get("meta"), data.get("state")
        page = page_from_plain(data.get("page")) if turns is None else None
        entries = tuple(_list(data.get("entries"))[:MOST_ENTRIES])
        extra = {key: value for key, value in data.items() if key not in _KNOWN}
        carried = Carried(dict(restored.aside), extra, plain if isinstance(plain, dict) else {}, entries)
        return SavedGame(
            int(str(data.get("seed") or "0"), 16), settings_from_plain(self.story, data.get("settings")),
            read_kept(self.story, data.get("kept")), line.picks if turns is None else PickLog(rest=line.picks[:turns]),
            restored.state, page, seconds_in(meta if isinstance(meta, dict) else {}), id=line.game, carried=carried,
            notes=notes_from_plain(data.get("notes")),
        )  # fmt: skip

    def _go_back(self, data: dict[str, Plain], gone: Told) -> OpenedSave:
        """The place is no longer in the story: go back to the nearest earlier one that is, and ask first."""
        plain = data.get("state")
        entries = _list(data.get("entries"))
        for index, entry in enumerate(entries, 1):
            turn, back = entry if isinstance(entry, list) and len(entry) == 2 else (None, None)
            plain = earlier(plain, back) if isinstance(plain, dict) else None
            restored = from_plain(self.story, plain, data.get("aside"))
            if (
                restored.state is not None
                and isinstance(turn, int)
                and not reopen(self.story, restored.state).page.problem
            ):
                game = self._restore({**data, "state": plain, "entries": entries[index:]}, restored, turn)
                where = place_of(self.story, restored.state) or compose("earlier_place")
                meta = data.get("meta")
                last = meta.get("turn") if isinstance(meta, dict) else turn
                back = last - turn if isinstance(last, int) else 1
                ask = compose("edited_back", gone=gone, back=back, where=where)
                return OpenedSave(game, ask=ask, changes=restored.notes)
        return OpenedSave(None, refusal=refuse("SQ713", "edited_lost", gone=gone))

    # --- the list -----------------------------------------------------------------------------------------------------

    def list(self) -> tuple[SaveEntry, ...]:
        """Return all saves, newest first, damaged ones too."""
        return saves_in(self.folder)

    def latest(self) -> str:
        """Return the name of the save to go on with: the autosave, whatever the clock says, else the newest that can be read."""
        path = self.path(AUTOSAVE)
        if can_be_there(path) or can_be_there(path.with_suffix(PREVIOUS)):
            return AUTOSAVE
        return next((saved.name for saved in self.list() if not saved.fault), "")

    def others(self) -> tuple[SaveEntry, ...]:
        """Return what can be gone on with where the autosave cannot: what was set aside, the latest first, then the other saves."""
        found = [
            each
            for each in self.list()
            if not each.fault and each.name != AUTOSAVE and each.title in {"", self.story.title}
        ]
        return tuple(sorted(found, key=lambda each: -number_of(each.name)))

    def delete(self, name: str) -> Refusal | None:
        """Delete a save with its former generation."""
        path = self.path(name)
        if slot_fault(name) or not (can_be_there(path) or can_be_there(path.with_suffix(PREVIOUS))):
            return refuse("SQ711", "save_missing", name=name)
        try:
            path.unlink(missing_ok=True)
            path.with_suffix(PREVIOUS).unlink(missing_ok=True)
        except OSError as error:
            return refusal(error, self.folder)
        return None

    def rename(self, name: str, new: str) -> Refusal | None:
        """Give a save another name, with its former generation; never that of another save."""
        old, path = self.path(name), self.path(new)
        fault = slot_fault(new)
        if fault:
            return Refusal("SQ709", fault)
        if slot_fault(name) or not can_be_there(old):
            return refuse("SQ711", "save_missing", name=name)
        try:
            if can_be_there(path.with_suffix(PREVIOUS)):
                return refuse("SQ718", "rename_there", name=new)
            os.link(old, path)  # which writes over nothing, whoever comes in between
            old.unlink()
            if can_be_there(old.with_suffix(PREVIOUS)):
                old.with_suffix(PREVIOUS).rename(path.with_suffix(PREVIOUS))
        except FileExistsError:
            return refuse("SQ718", "rename_there", name=new)
        except OSError as error:
            return refusal(error, self.folder)
        return None

    def export(self, name: str, path: Path, *, is_forced: bool = False) -> Refusal | None:
        """Copy a save to a file; what is there already is replaced where that is forced, if it is a plain file."""
        if slot_fault(name) or not can_be_there(self.path(name)):
            return refuse("SQ711", "save_missing", name=name)
        data = take(self.path(name), MOST_BYTES)
        if isinstance(data, Refusal):
            return data
        try:
            write_new(path, data, force=is_forced)
        except FileExistsError as error:
            return refuse("SQ718", "export_there", path=path, why=why_refused(error))
        except OSError as error:
            return refusal(error, path.parent)
        return None

    def bring(self, path: Path, name: str) -> Refusal | None:
        """Take a save from a file into a slot; what is no save of this story is refused, and what lies in the slot is kept aside."""
        name = name.replace("~", "-") if number_of(stem_of(name)) else name
        data = take(path, MOST_BYTES)
        if slot_fault(name) or isinstance(data, Refusal):
            return data if isinstance(data, Refusal) else Refusal("SQ709", slot_fault(name))
        read = decode(data)
        opened = OpenedSave(None, refusal=read) if isinstance(read, Refusal) else self._open(read)
        if opened.game is None or isinstance(read, Refusal):
            return opened.refusal
        stem, meta = stem_of(name), read.data.get("meta")
        if not is_plain(stem) and isinstance(meta, dict):
            data = encode({**read.data, "meta": {**meta, "label": name}})
        return self._gate.save(stem, data, line_of(read.data), "turn")


def _carry_on(last: Mapping[str, Plain], carried: Carried) -> list[Plain]:
    """Return the entries of the save that a game came from, so that the first tells what was otherwise than in a state of this game."""
    first, *rest = carried.entries
    turn, back = first if isinstance(first, list) and len(first) == 2 else (None, None)
    was = earlier(carried.state, back)
    if was is None:
        return []
    changed: dict[str, Plain] = {}
    for key, value in was.items():
        now = last.get(key)
        if key in {"values", "counts"} and isinstance(value, dict) and isinstance(now, dict):
            gone: dict[str, Plain] = {name: None for name in now if name not in value}
            changed[key] = {
                **gone,
                **{name: each for name, each in value.items() if name not in now or now[name] != each},
            }
        elif value != now:
            changed[key] = value
    return [[turn, changed], *rest]


def _list(plain: Plain) -> list[Plain]:
    return plain if isinstance(plain, list) else []
