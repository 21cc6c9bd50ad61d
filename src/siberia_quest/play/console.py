"""What the loop needs of a front end, and the nouns they share."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from siberia_quest.loading.taking import LONGEST_LINE, MOST_OF_A_SCRIPT
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Block, Figure, Option, Page
from siberia_quest.model.themes import ThemeName

if TYPE_CHECKING:
    from siberia_quest.play.newest_edition import WakeUp  # no game but a watched one pays for threads


class Preferences(NamedTuple):
    """Switches of the front end.

    `motion` times montages, `pauses` stops long pages, `typewriter` shows prose letter by letter. In plain text `brief` sums up choices
    that were told before, and `changes` tells what each turn changed. `full` takes the whole screen, and with `mouse` it answers to one.
    `theme` is a look of the terminal; with None nobody chose one.
    """

    motion: bool = True
    pauses: bool = True
    typewriter: bool = False
    brief: bool = True
    changes: bool = True
    full: bool = False
    mouse: bool = False
    theme: ThemeName | None = None

    def switch(self, name: str, *, on: bool) -> "Preferences":
        """Return preferences with one switch set. Raises ValueError for a name there is none of."""
        if name not in self.switches():
            raise ValueError(name)
        return Preferences(**{**self._asdict(), name: on})

    def switches(self) -> dict[str, bool]:
        """Return what is on or off, by its name."""
        return {name: value for name, value in self._asdict().items() if isinstance(value, bool)}


class EndOfInput(Exception):  # noqa: N818  # not an error: a pipe ended, or Ctrl-D
    """Nothing more will be typed: a pipe ended, or the player pressed Ctrl-D. The game was saved at its last turn."""


class Interrupted(Exception):  # noqa: N818
    """Ctrl-C where nothing stood on the line."""


class Left(Exception):  # noqa: N818
    """The player leaves before there is a game, by the command."""


class BrokenOff(Exception):  # noqa: N818
    """The question's bell rang; `typed` stood on the line and shall stand there when it is asked again."""

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self.typed = typed


class Signalled(BaseException):
    """A signal asks the program to go; `number` is the signal's. No ordinary `except` takes it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


#: What a sentence is; `trouble` is that something did not work.
NoticeKind: TypeAlias = Literal["note", "trouble", "heading"]


class Notice(NamedTuple):
    """A sentence of the program itself."""

    text: str
    kind: NoticeKind = "note"


class Row(NamedTuple):
    """A line of a table: a term and what there is to say about it, both plain text; `faint` rows matter less."""

    term: str
    text: str
    faint: bool = False


class Rows(NamedTuple):
    """A small table: commands, saves, endings, earlier turns."""

    title: str
    rows: tuple[Row, ...]


class ProblemNotice(NamedTuple):
    """A mistake in the story: the diagnostic and its words, ready to be shown. `heading` stands above; "" says that it was met in play."""

    diagnostic: Diagnostic
    words: str
    heading: str = ""


ConsoleItem: TypeAlias = Block | Notice | Rows | ProblemNotice


class SavedRow(NamedTuple):
    """A saved game as a player sees it in a list: its name and label, where it is and since which turn, when, and a line of its prose."""

    name: str
    label: str
    place: str
    turn: int
    date: str
    words: str
    is_damaged: bool = False


class LookUps(Protocol):
    """What a front end may look up of a game while it asks."""

    def stats(self) -> "tuple[ConsoleItem, ...]":
        """Return the stats, and what the last turn changed."""

    def journal(self) -> "tuple[ConsoleItem, ...]":
        """Return the journal, and how the stats went over its lines."""

    def way(self) -> "tuple[ConsoleItem, ...]":
        """Return the places so far, each with what was done there."""

    def saves(self) -> Sequence[SavedRow]:
        """Return the saved games of this story, newest first."""

    def delete_save(self, name: str) -> str:
        """Delete a save; return why it cannot be, or "" where it was."""

    def rename_save(self, name: str, new: str) -> str:
        """Give a save another name; return why it cannot have that, or "" where it has."""


class InputRequest(NamedTuple):
    """What is asked of the player.

    `words` is the prompt, `options` what can be picked, `status` what the prompt shows of the game, the least important last.
    `others` are commands that may be typed, and `behind` tells what may follow one. With `at_once` a digit answers without Enter.
    A `weighty` question is not answered by what was typed before it was seen: that stands on the line, and waits for Enter.
    `typed` stands on the line already; when `bell` rings the question is broken off. `look_ups` are there once there is a game.
    """

    words: str
    options: tuple[Option, ...] = ()
    status: tuple[Figure, ...] = ()
    others: tuple[str, ...] = ()
    at_once: bool = False
    typed: str = ""
    bell: "WakeUp | None" = None
    behind: Callable[[str], Sequence[str]] = lambda _: ()
    weighty: bool = False
    look_ups: LookUps | None = None


class LineSource(Protocol):
    """Where lines come from: a stream, or what stands before one."""

    def readline(self, limit: int = -1, /) -> str:
        """Return a line, or what there is of it up to a limit; "" at the end."""

    def isatty(self) -> bool:
        """Tell whether somebody types."""

    def fileno(self) -> int:
        """Return the file descriptor."""


def take_line(read: Callable[[int], str]) -> str:
    """Return the next line of what reads at most so many characters, "" at the end.

    What is too much of a long one is passed over, as far as a script may be long: some devices never come to an end.
    """
    line = piece = read(LONGEST_LINE)
    left = MOST_OF_A_SCRIPT
    while len(piece) >= LONGEST_LINE and not piece.endswith("\n") and left > 0:
        piece = read(LONGEST_LINE)
        left -= len(piece)
    return line


class Console(Protocol):
    """A front end: it shows and asks. One loop plays on all of them."""

    preferences: Preferences

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        """Show a page with its options; `place` is where the player is. With `again` it was shown before."""

    def tell(self, *items: ConsoleItem) -> None:
        """Show what the program itself has to say: a notice, a table, a problem of the story, or a block of a page by itself."""

    def ask(self, question: InputRequest) -> str:
        """Return a line from the player, without its end.

        Raises EndOfInput where nothing more will come, Interrupted for Ctrl-C, and BrokenOff, with what stood on the line
        by then, where the question's `bell` rang.
        """

    def held(self) -> AbstractContextManager[None]:
        """Return what the terminal is held with for a sitting, and put right behind it."""

    def hand_over(self, gone: Signalled) -> bool:
        """Let a signal end the question that waits; False where the signal may be raised on the spot."""


def problem_of(diagnostic: Diagnostic, lines: Mapping[str, Sequence[str]]) -> ProblemNotice:
    """Return a problem ready to be shown; `lines` are those of the story's files, where they were read."""
    from siberia_quest.loading.report import render  # noqa: PLC0415  # hardly any game needs it

    return ProblemNotice(diagnostic, render(diagnostic, lines))
