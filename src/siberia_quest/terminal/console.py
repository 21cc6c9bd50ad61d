"""What the loop needs of a front end, and the nouns they share."""

from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, TypeAlias

from siberia_quest.engine.status import StatusEntry
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.page import Block, Option, Page
from siberia_quest.terminal.preferences import Preferences


class EndOfInput(Exception):  # noqa: N818  # not an error: a pipe ended, or Ctrl-D
    """Nothing more will be typed."""


class Interrupted(Exception):  # noqa: N818
    """Ctrl-C where nothing stood on the line."""


class Signalled(BaseException):
    """A signal asks the program to go; `number` is the signal's. No ordinary `except` takes it."""

    def __init__(self, number: int) -> None:
        """Keep the signal's number."""
        super().__init__(number)
        self.number = number


class Notice(NamedTuple):
    """A sentence of the program itself. `kind` is `note`, `trouble` (something did not work) or `heading`."""

    text: str
    kind: str = "note"


class Row(NamedTuple):
    """A term and what there is to say about it; `faint` rows matter less."""

    term: str
    text: str
    faint: bool = False


class Rows(NamedTuple):
    """A small table: commands, saves, endings, earlier turns."""

    title: str
    rows: tuple[Row, ...]


class Problem(NamedTuple):
    """A mistake in the story, met in play: the diagnostic and its words, ready to be shown."""

    diagnostic: Diagnostic
    words: str


Item: TypeAlias = Block | Notice | Rows | Problem


class Question(NamedTuple):
    """What is asked of the player.

    `words` is the prompt, `options` what can be picked, `status` what the prompt shows of the game, the least important last.
    `others` are further words that may be typed. With `at_once` a digit answers without Enter.
    """

    words: str
    options: tuple[Option, ...] = ()
    status: tuple[StatusEntry, ...] = ()
    others: tuple[str, ...] = ()
    at_once: bool = False


class Console(Protocol):
    """A front end: it shows and asks. One loop plays on all of them."""

    preferences: Preferences

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        """Show a page with its options; `place` is where the player is. With `again` it was shown before."""

    def tell(self, *items: Item) -> None:
        """Show what the program itself has to say."""

    def ask(self, question: Question) -> str:
        """Return a line from the player. Raises EndOfInput and Interrupted."""

    def held(self) -> AbstractContextManager[None]:
        """Return what the terminal is held with for a sitting, and put right behind it."""

    def hand_over(self, gone: Signalled) -> bool:
        """Let a signal end the question that waits; False where the signal may be raised on the spot."""
