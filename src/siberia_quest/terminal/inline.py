"""The story scrolls by in the terminal: rich prints what is told, and a line editor owns nothing but the input line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from siberia_quest.model.language import Language
from siberia_quest.model.page import Block, Board, Montage, Option, Page
from siberia_quest.play import console
from siberia_quest.play.commands import command_words
from siberia_quest.play.phrasing import shorten
from siberia_quest.play.picking import read_line, tidy_line
from siberia_quest.terminal.background import ask_background
from siberia_quest.terminal.boards import BoardView
from siberia_quest.terminal.keys import single_keys
from siberia_quest.terminal.look import Look
from siberia_quest.terminal.rich_view import MEASURE, RichView, make_styled
from siberia_quest.terminal.scroll import Scroll
from siberia_quest.terminal.signals import signal_lost_terminal
from siberia_quest.terminal.signs import signs_for
from siberia_quest.terminal.theme import Theme

if TYPE_CHECKING:
    from siberia_quest.terminal.prompt import Prompt

#: A beat of a montage lasts one bar of the music.
_BEATS_IN_A_BAR = 4
_SHORTEST, _LONGEST = 0.3, 4.0
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
        look: Look,
    ) -> None:
        """Keep the streams; the line editor is loaded by the first question, after the first text."""
        self.preferences = preferences
        self._language = language
        self._source = source
        self._target = target
        self._scroll = Scroll(language, source, target, look, lambda: self.theme)
        self._signs = signs_for(target.encoding)
        self._look = look
        self._typed = b""
        self._prompt: Prompt | None = None
        self._shown: tuple[Page, str] = (Page(()), "")
        self._listed = 0
        self._is_early = False  # something was typed before what stands above the next question was shown

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        """Print a page; a montage that is told for the first time keeps to its beat."""
        if page.pieces or page.options != self._shown[0].options:
            self._shown = (page, place)
        self._begin()
        if not again and self._moves() and any(isinstance(block, Montage) for block in page.blocks):
            self._show_moving(page, place)
        else:
            is_typed = self.preferences.typewriter and not again
            self._scroll.write(lambda: self._view().render_told(page, place), is_typed=is_typed)
        for board in page.panels:
            self._scroll.write(partial(self._render_board, board))
        self._list(page.options)
        self._scroll.end()

    def _render_board(self, board: Board) -> list[Text]:
        return BoardView(min(self._scroll.width, MEASURE), self._signs, self.theme).lines(board)

    def _list(self, options: tuple[Option, ...]) -> None:
        """Print the choices, never cut by a pause."""
        self._scroll.write_list(lambda: self._view().options(options))
        self._listed = self._scroll.total

    def tell(self, *items: console.ConsoleItem) -> None:
        """Print what the program has to say."""
        self._begin()
        self._scroll.write(lambda: self._view().items(items))
        self._scroll.end()

    def _begin(self) -> None:
        self._is_early = self._is_early or self._has_typed_ahead()
        self._scroll.begin(may_pause=self.preferences.pauses and not (self._prompt and self._prompt.has_more()))

    def ask(self, question: console.InputRequest) -> str:
        """Return a line from the player. What was typed while a page was told stands on it, or answers."""
        options = question.options
        if options and self._scroll.is_gone(self._listed, len(self._view().options(options))):
            self._list(options)
        kept, is_unseen = self._scroll.take_kept()
        is_early = self._is_early if options else self._has_typed_ahead()
        weighty = is_unseen or (question.weighty and is_early)
        try:
            typed = self._prompter().ask(question._replace(typed=question.typed + kept, weighty=weighty), self._again)
        except (OSError, EOFError) as lost:
            raise signal_lost_terminal() from lost
        finally:
            self._scroll.forget()
            self._is_early = False
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
        line = make_styled(f"{self._signs.prompt} ", self.theme.faint) + make_styled(words, self.theme.echo)
        self._scroll.write(lambda: [line])
        self._scroll.forget()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let keys through one by one, from the first page to the last."""
        with single_keys(self._source.fileno()):
            if self._look.is_curious:
                background, self._typed = ask_background(self._source.fileno(), self._target)
                self._look.learn(background)
            yield

    @property
    def theme(self) -> Theme:
        """The theme in play."""
        return self._look.theme(self.preferences.theme)

    def take_typed(self) -> bytes:
        """Give away what was typed before there was a line editor."""
        typed, self._typed = self._typed, b""
        return typed

    def hand_over(self, gone: console.Signalled) -> bool:
        """Let a signal end the question that waits; tell whether one waits."""
        return self._prompt is not None and self._prompt.hand_over(gone)

    def _prompter(self) -> "Prompt":
        if self._prompt is None:
            from siberia_quest.terminal.prompt import Prompt  # noqa: PLC0415  # only once something stands on the screen

            self._prompt = Prompt(self._signs, self.theme)
            if self._typed:
                self._prompt.put_ahead(self.take_typed())
        self._prompt.wear(self.theme)
        return self._prompt

    def _again(self) -> None:
        """Print the page once more, at the width the screen has now."""
        self._scroll.forget()
        self.show(*self._shown, again=True)

    def _view(self) -> RichView:
        return RichView(self._language, self._scroll.width, self._signs, self.theme)

    def _moves(self) -> bool:
        return self.preferences.motion and not self._has_typed_ahead()

    def _has_typed_ahead(self) -> bool:
        """Tell whether the player has typed on already, and so wants to wait for nothing."""
        return (
            bool(self._typed)
            or (self._prompt is not None and self._prompt.has_more())
            or self._scroll.has_typed_ahead()
        )

    def _show_moving(self, page: Page, place: str) -> None:
        told: list[Block] = []
        for block in page.blocks:
            if not isinstance(block, Montage):
                told.append(block)
                continue
            self._tell_blocks(told, place)
            told, place = [], ""
            self._write_to_beat(block)
        self._tell_blocks(told, place)

    def _tell_blocks(self, told: Sequence[Block], place: str) -> None:
        if told:
            page = Page(tuple(told))
            self._scroll.write(lambda: self._view().render_told(page, place), is_typed=self.preferences.typewriter)

    def _write_to_beat(self, montage: Montage) -> None:
        seconds = max(_SHORTEST, min(_LONGEST, 60 * _BEATS_IN_A_BAR / max(montage.tempo, 1)))
        moving = True
        for at in range(len(montage.beats)):
            self._scroll.write(partial(self._render_beat, montage, at))
            moving = moving and not self._has_typed_ahead() and not self._scroll.wait(seconds)

    def _render_beat(self, montage: Montage, at: int) -> list[Text]:
        return self._view().beats(montage)[at]
