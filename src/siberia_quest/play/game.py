"""A game in progress, and what is kept of it on disk."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from siberia_quest.engine.status import panels_of, place_of
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Language
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Option, Page
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.model.themes import THEME_NAMES, ThemeName
from siberia_quest.play.console import Console, Preferences
from siberia_quest.play.diary import Diary
from siberia_quest.play.playthrough import PassedCheckpoint, Past, Playthrough
from siberia_quest.storage.names import AUTOSAVE
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import OpenedSave, Refusal, SavedGame, SaveEntry, Saves

#: Endings that are still to be written down, of a game whose folder cannot be written to.
_MOST_OWED = 50


class Gallery(NamedTuple):
    """What was found in all games of a story: the ids of its endings and of its achievements, those that are in it now."""

    endings: frozenset[str]
    achievements: frozenset[str]


class Game:
    """One game. Whatever moves it is saved at once; where that fails the game goes on, and `trouble` says why.

    `is_kept` is False for a game whose saves are gone when it is left. `seen_in` names the save that was opened and not played on yet.
    `herald` takes the news where they are no part of what is shown: what a pipe or a program reads is the same for the same picks.
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
        self.seen_in = ""
        self.herald: Callable[[Sequence[str]], None] | None = None
        self._owed: list[tuple[State | None, State]] = []
        self._profiles = profiles
        self._seed = seed
        self._undisturbed = undisturbed
        self._diary = Diary(saves.folder)
        self._asked = time.monotonic()
        self._shown: tuple[Page, State, Page] | None = None

    @property
    def story(self) -> Story:
        """The story that is played; `renew` gives another edition of it."""
        return self.play.story

    @property
    def language(self) -> Language:
        """The language that the interface speaks in this game."""
        return self.story.language

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence of the interface. Raises KeyError for an unknown key."""
        return self.story.language.say(key, **parts)

    @property
    def state(self) -> State:
        """The state now: an immutable value, so that who keeps it can look at this turn later."""
        return self.play.state

    @property
    def page(self) -> Page:
        """The page now, with its text and the story's panels."""
        page, state = self.play.page, self.state
        if self._shown is None or self._shown[0] is not page or self._shown[1] is not state:
            self._shown = page, state, page._replace(panels=panels_of(self.story, state))
        return self._shown[2]

    @property
    def place(self) -> str:
        """Where the player is, in words: the scene, and the passage where it has a title."""
        return place_of(self.story, self.state)

    def save_first_page(self) -> None:
        """Save the first page of a game."""
        self._keep(None)

    def take(self, pick: str) -> Page:
        """Go on with an option's id, or with the answer to the page's question; return the page to show, and save the game.

        Raises NotOnOffer, with a reason for the player, where the pick is neither; the game then stays where it was. So it does where
        the story has a mistake that only play can find: the page returned has a `problem`.
        """
        now = time.monotonic()
        before, shown = self.state, self.play.page
        with self._undisturbed():
            page = self.play.pick(pick, now - self._asked)
            self._asked = now
            if page.problem:
                return page
            self._keep(before)
            self._diary.tell_turn(self.play, shown, pick)
        return self.page

    def news(self) -> tuple[str, ...]:
        """Return what there is to tell of the saves since this was last asked: what was set aside, and what the disk cannot promise."""
        news = (*self.saves.news(), *self._profiles.news(), *self._diary.news())
        told = tuple(map(self.language.tell, news))
        if self.herald:
            self.herald(told)
        return () if self.herald else told

    def settle(self) -> None:
        """Try again to save what could not be saved."""
        if self.trouble:
            with self._undisturbed():
                self._keep(self.state)

    def note(self, words: str) -> bool:
        """Write something down for the transcript; tell whether there was room."""
        with self._undisturbed():
            is_noted = self.play.note(words)
            if is_noted:
                self._keep(None)
                self._diary.add(self.play, f"* {words}")
        return is_noted

    def undo(self, turns: int) -> int:
        """Take back at most so many turns; return how many it were, 0 at the game's beginning. The same pick then meets the same dice."""
        before = self.play.turns
        with self._undisturbed():
            self.play.undo(min(turns, before))
            return self._keep_if(before - self.play.turns)

    def is_barred(self, turn: int | None = None) -> bool:
        """Tell whether the story lets nobody go back to an earlier turn, by default the last one."""
        return self.play.is_barred(self.play.turns - 1 if turn is None else turn)

    def redo(self, turns: int) -> int:
        """Do again at most so many turns that were taken back; return how many it were, 0 where there are none."""
        before = self.play.turns
        with self._undisturbed():
            while turns and self.play.redo() is not None:
                turns -= 1
            return self._keep_if(self.play.turns - before)

    def back_to(self, turn: int) -> bool:
        """Go to just after a turn, by its number (0 is the first page); tell whether there is one that is kept."""
        with self._undisturbed():
            page = self.play.back_to(turn)
            self._keep(self.state)
            if page is not None:
                self._diary.tell_move(self.play)
        return page is not None

    def history(self) -> tuple[Past, ...]:
        """Return the earlier turns, oldest first."""
        return self.play.history()

    def marks(self) -> tuple[PassedCheckpoint, ...]:
        """Return the checkpoints that were passed, oldest first."""
        return self.play.marks()

    def restart(self, settings: Mapping[str, Value]) -> Refusal | None:
        """Begin anew with another seed; the game that was under way is kept beside. Return why it cannot be, or None."""
        with self._undisturbed():
            refusal = self._let_go(None)
            if refusal is None:
                kept = self._profiles.read().find_kept(self.story)
                self.play = Playthrough.start(self.story, self._seed(), settings, kept)
                self.save_first_page()
        return refusal

    def _let_go(self, saved: SavedGame | None) -> Refusal | None:
        """Make sure that the game is on the disk before another takes its place; return why it is not, or None."""
        refused = self.saves.autosave(self.play.make_save()) if self.trouble else None
        if refused is None:
            self.saves.begin_another(saved)
        return refused

    def renew(self, play: Playthrough) -> None:
        """Play what became of the game in another edition of its story."""
        with self._undisturbed():
            self.play = play
            self.saves = self.saves.for_edition(play.story)
            self._keep(self.state)

    def save(self, slot: str, label: str) -> Refusal | None:
        """Save under a name of the player's own, with a label for the list ("" for one that is made); return why that failed, or None."""
        with self._undisturbed():
            return self.saves.save(self.play.make_save(), slot, label)

    def quick_save(self) -> Refusal | None:
        """Save under the name for quick saves; return why that failed, or None."""
        with self._undisturbed():
            return self.saves.quick_save(self.play.make_save())

    def open(self, slot: str) -> OpenedSave:
        """Return a save by its name, not played yet: the game, or in `refusal` why it cannot be opened. `go_on_with` plays it."""
        return self.saves.load(slot)

    def go_on_with(self, opened: OpenedSave) -> Refusal | None:
        """Play a game that was opened; the one that was under way is kept beside. Return why it cannot be, or None."""
        with self._undisturbed():
            refusal = self._let_go(opened.game)
            if opened.game is not None and refusal is None:
                self.play = Playthrough.restore(self.story, opened.game)
                self._keep(self.state)
        return refusal

    def slots(self) -> tuple[SaveEntry, ...]:
        """Return the saved games of this story, newest first."""
        return self.saves.list()

    def folder(self) -> Path:
        """Return the folder of this story's saves."""
        return self.saves.folder

    def gallery(self) -> Gallery:
        """Return what was found in all games of this story."""
        profile = self._profiles.read()
        return Gallery(frozenset(profile.endings(self.story)), frozenset(profile.find_achieved(self.story)))

    def preferences(self) -> Preferences:
        """Return how the player wants the game shown, as it is kept."""
        return preferences_of(self._profiles)

    def remember_preference(self, name: str, *, on: bool) -> Refusal | None:
        """Keep how the player wants the game shown, for all games."""
        return self._profiles.set(name, on)

    def remember_theme(self, theme: ThemeName) -> Refusal | None:
        """Keep the look that the player wants, for all games."""
        return self._profiles.set("theme", theme)

    def _keep_if(self, moved: int) -> int:
        if moved:
            self._keep(self.state)
            self._diary.tell_move(self.play)
        return moved

    def _keep(self, before: State | None) -> None:
        """Save the game, and what outlives it: what a turn brought since the state before it, None at the beginning."""
        self.seen_in = ""
        refused = self.saves.autosave(self.play.make_save())
        self._owed = [*self._owed[-_MOST_OWED:], (before, self.state)]
        while self._owed and refused is None:
            refused = self._profiles.remember(self.story, *self._owed[0])
            self._owed = self._owed if refused else self._owed[1:]
        self.trouble = self.language.tell(refused.message) if refused else ""


class Games:
    """Where a story's games come from: a new one, the one under way, a saved one.

    `folder` is that of all saves; it is made when the first game is saved. `is_kept` is False where their saves are gone when they
    are left; inside `undisturbed()` a move and its saves are one.

    >>> from tempfile import TemporaryDirectory
    >>> from siberia_quest import load_story
    >>> with TemporaryDirectory() as folder:
    ...     games = Games(load_story("story/first_fire").story, Path(folder))
    ...     page = (game := games.begin({}, seed=7)).take(game.page.options[0].id)
    ...     again = games.go_on(games.under_way().game)
    >>> page.turn, again.page == page, again.undo(5), again.undo(1)
    (1, True, 1, 0)
    """

    def __init__(
        self, story: Story, folder: Path, undisturbed: Callable[[], AbstractContextManager[object]] = nullcontext
    ) -> None:
        self.story = story
        self.saves = Saves(story, folder)
        self.profiles = Profiles(folder)
        self.is_kept = True
        self._undisturbed = undisturbed

    def begin(self, settings: Mapping[str, Value], seed: int | None = None) -> Game:
        """Begin a new game and save it in the place of the one under way, which is kept beside it.

        `settings` are the player's choices by name; one that is left out is its default. Without a `seed`, any whole number, it has one
        that nobody knows before.
        """
        seed = _random_seed() if seed is None else seed
        game = self._make_game(
            Playthrough.start(self.story, seed, settings, self.profiles.read().find_kept(self.story))
        )
        game.save_first_page()
        return game

    def go_on(self, saved: SavedGame, name: str = AUTOSAVE) -> Game:
        """Return a game that was saved under a name, kept from its next move on: to look at it changes nothing on the disk."""
        game = self._make_game(Playthrough.restore(self.story, saved))
        game.seen_in = name
        self.saves.begin_another(saved)
        return game

    def _make_game(self, play: Playthrough) -> Game:
        game = Game(play, self.saves, self.profiles, _random_seed, self._undisturbed)
        game.is_kept = self.is_kept
        return game

    def under_way(self) -> OpenedSave | None:
        """Return the game that a new one would take the place of; None where nothing was picked in it yet, or it has ended."""
        opened = self.saves.load(AUTOSAVE)
        return opened if opened.game and opened.game.picks and opened.game.state.ending is None else None


def _random_seed() -> int:
    return int.from_bytes(os.urandom(4))


def preferences_of(profiles: Profiles) -> Preferences:
    """Return how the player wants the game shown, as it was kept."""
    kept = profiles.read().settings
    preferences = Preferences(theme=next((each for each in THEME_NAMES if each == kept.get("theme")), None))
    for name in preferences.switches():
        value = kept.get(name)
        if isinstance(value, bool):
            preferences = preferences.switch(name, on=value)
    return preferences


class Playing(Protocol):
    """A game that is played on a console."""

    console: Console
    game: Game

    def look(self, *, again: bool = False) -> None:
        """Show the page where the game stands."""

    def options(self) -> tuple[Option, ...]:
        """Return what can be chosen now."""

    def confirm(self, words: str) -> bool:
        """Ask a yes-or-no question; anything but yes is no."""

    def leave(self, status: int = 0) -> int:
        """Say goodbye; return the exit status."""
