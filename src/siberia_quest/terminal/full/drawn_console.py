"""The drawn front end: the page scrolls inline, or takes the whole screen where the player wants that and there is room."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from siberia_quest.model.language import Language
from siberia_quest.model.page import Page
from siberia_quest.play import console
from siberia_quest.terminal.full.session_log import Leaf, LeftScreen, SessionLog
from siberia_quest.terminal.inline import InlineConsole
from siberia_quest.terminal.look import Look
from siberia_quest.terminal.signals import signal_lost_terminal
from siberia_quest.terminal.signs import signs_for

if TYPE_CHECKING:
    from siberia_quest.terminal.full.full_screen import FullScreen


class DrawnConsole:
    """Shows and asks inline or on the full screen. What was told there is printed into the scrollback when it is left."""

    def __init__(
        self, language: Language, source: console.LineSource, target: TextIO, preferences: console.Preferences, look: Look
    ) -> None:  # fmt: skip
        """Keep the streams; the full screen is loaded when it is first wanted."""
        self._language = language
        self._signs = signs_for(target.encoding)
        self._inline = InlineConsole(language, source, target, preferences, look)
        self._worn = self._inline.theme
        self._log = SessionLog(language, self._signs, self._worn)
        self._page: tuple[Page, str] = (Page(()), "")
        self._full: FullScreen | None = None
        self._is_full = False
        self._printed = 0

    @property
    def preferences(self) -> console.Preferences:
        """How the player wants the game shown."""
        return self._inline.preferences

    @preferences.setter
    def preferences(self, preferences: console.Preferences) -> None:
        self._inline.preferences = preferences

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        """Show a page: inline at once, on the full screen with the next question."""
        if page.pieces or page.options != self._page[0].options:
            self._page = page, place
        self._tell(Leaf(page, place, again=again))

    def tell(self, *items: console.ConsoleItem) -> None:
        """Tell what the program has to say."""
        self._tell(Leaf(items=items))

    def _tell(self, leaf: Leaf) -> None:
        self._log.add(leaf)
        if not self._is_wanted():
            self._leave()

    def ask(self, question: console.InputRequest) -> str:
        """Return a line from the player, from wherever is asked now."""
        while self._is_wanted():
            full = self._enter()
            try:
                typed = full.ask(question)
            except LeftScreen as left:
                question = question._replace(typed=left.typed)
                if left.wanted:
                    self.preferences = self.preferences.switch("full", on=False)
                self._leave()
            except (OSError, EOFError) as lost:
                raise signal_lost_terminal() from lost
            else:
                self._note_answer(typed, question)
                return typed
        self._leave()
        typed = self._inline.ask(question)
        self._note_answer(typed, question)
        self._printed = len(self._log.leaves)  # the answer stands in the scrollback already
        return typed

    def _note_answer(self, typed: str, question: console.InputRequest) -> None:
        words = self._inline.find_meant(typed, question)
        if words:
            self._log.add(Leaf(echo=words))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the terminal; whatever happens, it is the ordinary screen that is left, with all that was told on it."""
        with self._inline.held():
            try:
                yield
            finally:
                with suppress(OSError, ValueError):
                    self._leave()

    def hand_over(self, gone: console.Signalled) -> bool:
        """Let a signal end the question that waits; tell whether one waits."""
        return (self._full is not None and self._full.hand_over(gone)) or self._inline.hand_over(gone)

    # --- the two screens ----------------------------------------------------------------------------------------------

    def _is_wanted(self) -> bool:
        return self.preferences.full and self._screen().fits()

    def _screen(self) -> "FullScreen":
        if self._full is None:
            from siberia_quest.terminal.full.full_screen import FullScreen  # noqa: PLC0415  # few want it
            from siberia_quest.terminal.full.stage import Stage  # noqa: PLC0415

            self._full = FullScreen(self._language, Stage(self._language, self._log, self._signs, self._worn))
            self._full.wear(self._worn)
            self._full.put_ahead(self._inline.take_typed())
        return self._full

    def _enter(self) -> "FullScreen":
        """Take the whole screen, or stay on it."""
        full = self._screen()
        if self._worn != self._inline.theme:
            self._worn = self._inline.theme
            full.wear(self._worn)
        full.has_mouse = self.preferences.mouse
        full.stage.show(*self._page)
        full.open()
        self._is_full = True
        return full

    def _leave(self) -> None:
        """Give the screen back, and print what was told on it."""
        if self._full is not None and self._is_full:
            self._full.close()
            self._is_full = False
        self._print()

    def _print(self) -> None:
        """Print what was told and is not in the scrollback yet; choices stand under the last page alone."""
        leaves = self._log.leaves[self._printed :]
        self._printed = len(self._log.leaves)
        was, is_late = self.preferences, len(leaves) > 1
        if is_late:  # told already, on the other screen: nothing keeps time or waits
            self._inline.preferences = was._replace(motion=False, pauses=False, typewriter=False)
        last = max((at for at, leaf in enumerate(leaves) if leaf.page), default=-1)
        for at, leaf in enumerate(leaves):
            if leaf.page:
                page = leaf.page if at == last else leaf.page._replace(options=(), panels=())
                self._inline.show(page, leaf.place, again=leaf.again or is_late)
            elif leaf.echo:
                self._inline.echo(leaf.echo)
            else:
                self._inline.tell(*leaf.items)
        self._inline.preferences = was
