"""The story scrolls by in the terminal: rich prints what is told, and a line editor owns nothing but the input line."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TextIO

from rich.console import Console as RichConsole
from rich.text import Text

from siberia_quest.model.language import Language
from siberia_quest.model.page import Block, Montage, Option, Page
from siberia_quest.play import console
from siberia_quest.play.commands import command_words
from siberia_quest.play.phrasing import shorten
from siberia_quest.play.picking import read_line, tidy_line
from siberia_quest.terminal.boards import BoardView
from siberia_quest.terminal.keys import is_waiting, single_keys, wait_for_key
from siberia_quest.terminal.rich_view import MEASURE, RichView, make_styled
from siberia_quest.terminal.signals import signal_lost_terminal
from siberia_quest.terminal.signs import signs_for
from siberia_quest.terminal.theme import DEFAULT, Theme

if TYPE_CHECKING:
    from siberia_quest.terminal.prompt import Prompt

#: A beat of a montage lasts one bar of the music.
_BEATS_IN_A_BAR = 4
_SHORTEST, _LONGEST = 0.3, 4.0
_TYPED_EVERY = 0.012
#: So much of a line that was typed or pasted stays in the scrollback.
_LONGEST_ECHO = 400


class InlineConsole:
    """Prints pages into the terminal's own scrollback, and asks at a prompt below them."""

    def __init__(
        self,
        language: Language,
        source: console.LineSource,
        target: TextIO,
        preferences: console.Preferences,
        theme: Theme = DEFAULT,
    ) -> None:
        """Keep the streams; the line editor is loaded by the first question, after the first text."""
        self.preferences = preferences
        self._language = language
        self._source = source
        self._rich = RichConsole(file=target, markup=False, highlight=False, emoji=False)
        self._signs = signs_for(target.encoding)
        self._theme = theme
        self._prompt: Prompt | None = None
        self._printed = 0
        self._begun = False
        self._shown: tuple[Page, str] = (Page(()), "")

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        """Print a page; a montage that is told for the first time keeps to its beat."""
        if page.pieces or page.options != self._shown[0].options:
            self._shown = (page, place)
        view = self._view()
        if not again and self._moves() and any(isinstance(block, Montage) for block in page.blocks):
            self._show_moving(page, place, view)
        else:
            self._print(view.render_told(page, place))
        boards = BoardView(min(self._rich.width, MEASURE), self._signs, self._theme)
        for board in page.panels:
            self._print(boards.lines(board))
        self._print(view.options(page.options))

    def tell(self, *items: console.ConsoleItem) -> None:
        """Print what the program has to say."""
        self._print(self._view().items(items))

    def ask(self, question: console.InputRequest) -> str:
        """Return a line from the player."""
        try:
            typed = self._prompter().ask(question, self._again)
        except (OSError, EOFError) as lost:
            raise signal_lost_terminal() from lost
        finally:
            self._printed = 0
        words = self.find_meant(typed, question)
        if words:
            self.echo(words)
        return typed

    def find_meant(self, typed: str, question: console.InputRequest) -> str:
        """Return what was meant by a line, in the words of the choice that it takes."""
        options, words = question.options, tidy_line(typed)
        meant = read_line(self._language, words, options, command_words(self._language)) if words else None
        if not words and not typed.strip() and len(options) == 1 and options[0].enabled:
            meant = options[0]
        return shorten(tidy_line(meant.text) if isinstance(meant, Option) else words, _LONGEST_ECHO)

    def echo(self, words: str) -> None:
        """Leave what was meant in the scrollback."""
        self._print([make_styled(f"{self._signs.prompt} ", self._theme.faint) + make_styled(words, self._theme.echo)])
        self._printed = 0

    def held(self) -> AbstractContextManager[None]:
        """Let keys through one by one, from the first page to the last."""
        return single_keys(self._source.fileno())

    def hand_over(self, gone: console.Signalled) -> bool:
        """Let a signal end the question that waits; tell whether one waits."""
        return self._prompt is not None and self._prompt.hand_over(gone)

    def _prompter(self) -> "Prompt":
        if self._prompt is None:
            from siberia_quest.terminal.prompt import Prompt  # noqa: PLC0415  # only once something stands on the screen

            self._prompt = Prompt(self._signs, self._theme)
        return self._prompt

    def _again(self) -> None:
        """Print the page once more, at the width the screen has now."""
        self._printed = 0
        self.show(*self._shown, again=True)

    def _view(self) -> RichView:
        return RichView(self._language, self._rich.width, self._signs, self._theme)

    def _moves(self) -> bool:
        return self.preferences.motion and not self._has_typed_ahead()

    def _has_typed_ahead(self) -> bool:
        """Tell whether the player has typed on already, and so wants to wait for nothing."""
        if self._prompt is not None and self._prompt.has_more():
            return True
        try:
            return is_waiting(self._source.fileno())
        except OSError as lost:
            raise signal_lost_terminal() from lost

    def _show_moving(self, page: Page, place: str, view: RichView) -> None:
        told: list[Block] = []
        for block in page.blocks:
            if not isinstance(block, Montage):
                told.append(block)
                continue
            self._print(view.render_told(Page(tuple(told)), place) if told else [])
            told, place = [], ""
            self._print_to_beat(view.beats(block), block.tempo)
        self._print(view.items(told))

    def _print_to_beat(self, beats: Iterable[list[Text]], tempo: float) -> None:
        seconds = max(_SHORTEST, min(_LONGEST, 60 * _BEATS_IN_A_BAR / max(tempo, 1)))
        moving = True
        gap = True
        for beat in beats:
            self._print(beat, gap=gap)
            gap = False
            moving = moving and not self._key(seconds)

    def _print(self, lines: list[Text], *, gap: bool = True) -> None:
        """Print lines after an empty one; wait for a key wherever the screen is full."""
        if not lines:
            return
        for line in [Text(), *lines] if gap and self._begun else lines:
            if self._is_full():
                self._pause()
            self._emit(line)
            self._printed += 1
        self._begun = True

    def _is_full(self) -> bool:
        full = self.preferences.pauses and self._printed >= max(2, self._rich.height - 1)
        return full and not self._has_typed_ahead()

    def _pause(self) -> None:
        self._rich.print(
            make_styled(self._language.say("more")[: self._rich.width - 1], self._theme.faint), end="", soft_wrap=True
        )
        self._rich.file.flush()
        try:
            self._key(None)
        finally:
            self._rich.file.write("\r\x1b[2K")
        self._printed = 0

    def _emit(self, line: Text) -> None:
        if self.preferences.typewriter and line and not self._has_typed_ahead():
            for index in range(len(line)):
                self._rich.print(line[index], end="", soft_wrap=True)
                if self._key(_TYPED_EVERY):
                    line = line[index + 1 :]
                    break
            else:
                line = Text()
        self._rich.print(line, soft_wrap=True)

    def _key(self, seconds: float | None) -> bool:
        self._rich.file.flush()
        try:
            return wait_for_key(self._source.fileno(), seconds)
        except KeyboardInterrupt:
            raise console.Interrupted from None
        except EOFError:
            raise console.EndOfInput from None
        except OSError as lost:
            raise signal_lost_terminal() from lost
