"""A game in progress, and what is kept of it on disk."""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple, Protocol

from siberia_quest.engine.status import place_of
from siberia_quest.model.kinds import Value
from siberia_quest.model.page import Page
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.play.console import Console, Preferences
from siberia_quest.play.playthrough import Mark, Past, Playthrough
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Opened, Refusal, Saved, SavedGame, Saves

AUTOSAVE = "autosave"
#: Where the game goes that a new one takes the place of.
EARLIER = "earlier"


class Gallery(NamedTuple):
    """What was found in all games of a story: ids of endings, and of achievements."""

    endings: frozenset[str]
    achievements: frozenset[str]


class Game:
    """One game. Whatever moves it is saved at once; where that fails the game goes on, and `trouble` says why.

    `is_kept` is False for a game whose saves are gone when it is left.
    """

    def __init__(
        self, play: Playthrough, saves: Saves, profiles: Profiles, seed: Callable[[], int],
        undisturbed: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:  # fmt: skip
        """Keep the parts. `seed` gives the seeds of further games; inside `undisturbed()` a move and its saves are one."""
        self.is_kept = True
        self.play = play
        self.saves = saves
        self.trouble = ""
        self._profiles = profiles
        self._seed = seed
        self._undisturbed = undisturbed
        self._asked = time.monotonic()

    @property
    def story(self) -> Story:
        """The story that is played."""
        return self.play.story

    @property
    def state(self) -> State:
        """The state now."""
        return self.play.state

    @property
    def page(self) -> Page:
        """The page now, with its text."""
        return self.play.page

    @property
    def place(self) -> str:
        """Where the player is, in words."""
        return place_of(self.story, self.state)

    def begun(self) -> None:
        """Save the first page of a game."""
        self._keep(None)

    def take(self, pick: str) -> Page:
        """Go on with an option's id or an answer; return the page to show. Raises NotOnOffer.

        Where the story has a mistake the page tells of it, and the game stays where it was.
        """
        now = time.monotonic()
        before = self.state
        with self._undisturbed():
            page = self.play.pick(pick, now - self._asked)
            self._asked = now
            if not page.problem:
                self._keep(before)
        return page

    def undo(self, turns: int) -> int:
        """Take back at most so many turns; return how many."""
        before = self.play.turns
        with self._undisturbed():
            self.play.undo(min(turns, before))
            return self._kept_if(before - self.play.turns)

    def redo(self, turns: int) -> int:
        """Do again at most so many turns; return how many."""
        before = self.play.turns
        with self._undisturbed():
            while turns and self.play.redo() is not None:
                turns -= 1
            return self._kept_if(self.play.turns - before)

    def back_to(self, turn: int) -> bool:
        """Go to just after a turn; tell whether there is one."""
        with self._undisturbed():
            page = self.play.back_to(turn)
            self._keep(None)
        return page is not None

    def history(self) -> tuple[Past, ...]:
        """Return the earlier turns, oldest first."""
        return self.play.history()

    def marks(self) -> tuple[Mark, ...]:
        """Return the checkpoints that were passed, oldest first."""
        return self.play.marks()

    def restart(self, settings: Mapping[str, Value]) -> None:
        """Begin anew with another seed; a game that was under way is kept beside."""
        with self._undisturbed():
            if self.play.turns and not self.page.ending:
                self.saves.save(self.play.saved(), EARLIER)
            kept = self._profiles.read().kept(self.story.id)
            self.play = Playthrough.start(self.story, self._seed(), settings, kept)
            self.begun()

    def renew(self, play: Playthrough) -> None:
        """Play what became of the game in another edition of its story."""
        with self._undisturbed():
            self.play = play
            self.saves = Saves(play.story, self.saves.folder.parent)
            self._keep(None)

    def save(self, slot: str, label: str) -> Refusal | None:
        """Save under a name; return why that failed, or None."""
        with self._undisturbed():
            return self.saves.save(self.play.saved(), slot, label)

    def quick_save(self) -> Refusal | None:
        """Save under the name for quick saves; return why that failed, or None."""
        with self._undisturbed():
            return self.saves.quick_save(self.play.saved())

    def open(self, slot: str) -> Opened:
        """Return a saved game, not played yet."""
        return self.saves.load(slot)

    def go_on_with(self, opened: Opened, slot: str) -> Refusal | None:
        """Play a game that was opened; return why the older file could not be kept, or None."""
        with self._undisturbed():
            refusal = self.saves.accept(opened, slot) if opened.ask else None
            if opened.game is not None and refusal is None:
                self.play = Playthrough.restore(self.story, opened.game)
                self._keep(None)
        return refusal

    def slots(self) -> tuple[Saved, ...]:
        """Return the saved games of this story, newest first."""
        return self.saves.list()

    def folder(self) -> Path:
        """Return where the saves are."""
        return self.saves.folder

    def gallery(self) -> Gallery:
        """Return what was found in all games of this story."""
        profile = self._profiles.read()
        return Gallery(frozenset(profile.endings(self.story.id)), frozenset(profile.achieved(self.story.id)))

    def remember_preference(self, name: str, *, on: bool) -> Refusal | None:
        """Keep how the player wants the game shown, for all games."""
        return self._profiles.set(name, on)

    def _kept_if(self, moved: int) -> int:
        if moved:
            self._keep(None)
        return moved

    def _keep(self, before: State | None) -> None:
        refused = self.saves.autosave(self.play.saved()) or self._profiles.remember(self.story, before, self.state)
        self.trouble = refused.message if refused else ""


class Games:
    """Where a story's games come from: a new one, the one under way, a saved one.

    `is_kept` is False where their saves are gone when they are left; inside `undisturbed()` a move and its saves are one.
    """

    def __init__(
        self, story: Story, folder: Path, undisturbed: Callable[[], AbstractContextManager[object]] = nullcontext
    ) -> None:
        """Look into the folder of all saves; nothing is opened yet."""
        self.story = story
        self.saves = Saves(story, folder)
        self.profiles = Profiles(folder)
        self.is_kept = True
        self._undisturbed = undisturbed

    def begin(self, settings: Mapping[str, Value], seed: int | None = None) -> Game:
        """Begin a new game and save it; without a seed, with one that nobody knows before."""
        seed = _random_seed() if seed is None else seed
        game = self._played(Playthrough.start(self.story, seed, settings, self.profiles.read().kept(self.story.id)))
        game.begun()
        return game

    def go_on(self, saved: SavedGame) -> Game:
        """Return a game that was under way, kept from now on."""
        return self._played(Playthrough.restore(self.story, saved))

    def _played(self, play: Playthrough) -> Game:
        game = Game(play, self.saves, self.profiles, _random_seed, self._undisturbed)
        game.is_kept = self.is_kept
        return game

    def under_way(self) -> Opened | None:
        """Return the game that a new one would take the place of, where there is one."""
        if not any(each.name == AUTOSAVE and each.turn and not each.fault for each in self.saves.list()):
            return None
        opened = self.saves.load(AUTOSAVE)
        return None if opened.game is None or opened.game.state.ending is not None else opened


def _random_seed() -> int:
    return int.from_bytes(os.urandom(4))


def preferences_of(profiles: Profiles) -> Preferences:
    """Return how the player wants the game shown, as it was kept."""
    kept = profiles.read().settings
    preferences = Preferences()
    for name in Preferences._fields:
        value = kept.get(name)
        if isinstance(value, bool):
            preferences = preferences.switched(name, on=value)
    return preferences


class Playing(Protocol):
    """A game that is played on a console."""

    console: Console
    game: Game

    def look(self, *, again: bool = False) -> None:
        """Show the page where the game stands."""

    def confirm(self, words: str) -> bool:
        """Ask a yes-or-no question; anything but yes is no."""

    def leave(self, status: int = 0) -> int:
        """Say goodbye; return the exit status."""
