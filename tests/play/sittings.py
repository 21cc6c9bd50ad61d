"""A console that is played by a test, and games to play on it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from siberia_quest import load_story
from siberia_quest.model.language import Language
from siberia_quest.model.page import Page
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.console import ConsoleItem, EndOfInput, InputRequest, Interrupted, Preferences, Signalled
from siberia_quest.play.game import Game
from siberia_quest.play.loop import Loop
from siberia_quest.play.plain_view import item_lines, page_lines
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import SavedGame, Saves

YARD = Path(__file__).with_name("yard.yaml")
#: What a test types for Ctrl-C.
CTRL_C = "\x03"


def story_of(path: Path = YARD) -> Story:
    """Return a story that must load."""
    loaded = load_story(path)
    assert loaded.story, loaded.diagnostics
    return loaded.story


class ScriptedConsole:
    """Types what a test wrote, and keeps what was shown."""

    def __init__(self, typed: Sequence[str], language: Language = SPOKEN) -> None:
        """Keep what is to be typed; behind it input ends."""
        self.preferences = Preferences()
        self.typed = list(typed)
        self.language = language
        self.asked: list[InputRequest] = []
        self.shown: list[str] = []
        self.places: list[str] = []

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        """Keep a page."""
        self.shown.append("\n".join(page_lines(self.language, page)))
        self.places.append(f"{place}{' (again)' if again else ''}")

    def tell(self, *items: ConsoleItem) -> None:
        """Keep what was told."""
        self.shown.append("\n".join(item_lines(self.language, items)))

    def ask(self, question: InputRequest) -> str:
        """Type the next line."""
        self.asked.append(question)
        if not self.typed:
            raise EndOfInput
        line = self.typed.pop(0)
        if line == CTRL_C:
            raise Interrupted
        return line

    def held(self) -> AbstractContextManager[None]:
        """Hold nothing."""
        return nullcontext()

    def hand_over(self, _: Signalled) -> bool:
        """Take no signal."""
        return False


class Sitting:
    """One game of a story, played with the lines of a test."""

    def __init__(self, folder: Path, story: Story | None = None, seed: int = 7) -> None:
        """Begin a game whose saves lie in a folder."""
        story = story or story_of()
        self.game = Game(Playthrough.start(story, seed), Saves(story, folder), Profiles(folder), lambda: seed + 1)
        self.game.save_first_page()
        self.status: int | None = None

    @staticmethod
    def opened(folder: Path) -> SavedGame | None:
        """Return the game that was saved by itself in a folder."""
        return Saves(story_of(), folder).load("autosave").game

    def play(self, *typed: str, strict: bool = False) -> list[str]:
        """Play lines; return what was shown since, the first page left out."""
        console = ScriptedConsole(typed, self.game.language)
        self.status = Loop(console, self.game, {}, strict=strict).run()
        self.console = console
        return console.shown[1:]
