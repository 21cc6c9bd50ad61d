"""Lines go into the terminal's own scrollback: page by page where a page is longer than the screen, in time, or letter by letter."""

from collections.abc import Callable, Sequence
from typing import TextIO

from rich.console import Console as RichConsole
from rich.text import Text

from siberia_quest.model.language import Language
from siberia_quest.play import console
from siberia_quest.terminal.keys import is_waiting, wait_for_key
from siberia_quest.terminal.look import Look
from siberia_quest.terminal.rich_view import make_styled
from siberia_quest.terminal.signals import signal_lost_terminal
from siberia_quest.terminal.theme import Theme

#: What gives lines at the width the screen has at the moment.
Rendered = Callable[[], Sequence[Text]]
_TYPED_EVERY = 0.012
#: Rows that the prompt takes, with its status and the empty line above, on a screen that is tall enough for these.
_PROMPT, _LOW, _TALL = 3, 2, 14
#: Behind so few lines a list that fills the screen is not told again.
_FEW = 5


class Scroll:
    """Writes lines, and stops where a player could not read on. What is typed meanwhile is not lost.

    `kept` are letters that let a page go on: they stand on the next line. `is_unseen` tells that the page was not read to its end then.
    `total` counts all lines.
    """

    def __init__(
        self, language: Language, source: console.LineSource, target: TextIO, look: Look, theme: Callable[[], Theme]
    ) -> None:
        """Keep the streams; `theme` says what is worn now."""
        self._rich = RichConsole(file=target, markup=False, highlight=False, emoji=False)
        self._language = language
        self._source = source
        self._look = look
        self._theme = theme
        look.meet(self._rich)
        self._unread = 0
        self._is_hurried = False
        self._was_interrupted = False
        self.total = 0
        self.kept = ""
        self.is_unseen = False
        self.may_pause = True

    @property
    def width(self) -> int:
        """The columns the screen has now."""
        return self._rich.width

    def begin(self, *, may_pause: bool) -> None:
        """Begin a page, or what is told at once."""
        self._is_hurried = False
        self.may_pause = may_pause

    def end(self) -> None:
        """End it. Raises Interrupted where Ctrl-C came at a pause: the page was shown whole all the same."""
        if self._was_interrupted:
            self._was_interrupted = False
            raise console.Interrupted

    def forget(self) -> None:
        """Count anew: the player has seen what there is."""
        self._unread = 0

    def take_kept(self) -> tuple[str, bool]:
        """Return what is to stand on the line, and whether it was typed at a page that was not read to its end."""
        kept = self.kept, self.is_unseen
        self.kept, self.is_unseen = "", False
        return kept

    def write(self, render: Rendered, *, gap: bool = True, is_typed: bool = False) -> None:
        """Write lines after an empty one; wait for a key wherever the screen is full, and go on at the width it has then."""
        lines, width, done = list(render()), self._rich.width, 0
        if lines and gap and self.total:
            lines.insert(0, Text())
        while lines:
            if self._is_full():
                self._pause()
                if self._rich.width != width:
                    lines, width = _skip(render(), done), self._rich.width
                    continue
            line = lines.pop(0)
            self._emit(line, is_typed=is_typed)
            done += _count(line)

    def write_list(self, render: Rendered) -> None:
        """Write a list whole; wait for a key before it where it would push away what was not read."""
        wanted = len(render()) + 1 + self._prompt_rows()
        if (
            self.may_pause
            and self._unread
            and self._unread - 1 + wanted > self._rich.height
            and not self._is_let_through()
        ):
            self._pause()
        before, self.may_pause = self.may_pause, False
        self.write(render)
        self.may_pause = before

    def is_gone(self, since: int, rows: int) -> bool:
        """Tell whether a list of so many rows, behind which `total` was `since`, has left the screen by what was told then."""
        told, room = self.total - since, self._rich.height - rows - self._prompt_rows()
        return told > max(0, room) and (room > 0 or told > _FEW)

    def wait(self, seconds: float) -> bool:
        """Wait for a key, with a sign that any goes on; tell whether one came."""
        return self._wait_with("beat_more", seconds)

    def has_typed_ahead(self) -> bool:
        """Tell whether something was typed that nobody has read yet."""
        try:
            return is_waiting(self._source.fileno())
        except OSError as lost:
            raise signal_lost_terminal() from lost

    def _prompt_rows(self) -> int:
        return _PROMPT if self._rich.height >= _TALL else _LOW

    def _is_let_through(self) -> bool:
        return self._is_hurried or self.has_typed_ahead()

    def _is_full(self) -> bool:
        return self.may_pause and self._unread >= max(2, self._rich.height - 1) and not self._is_let_through()

    def _pause(self) -> None:
        self._wait_with("more", None)
        self._unread = 0

    def _wait_with(self, key: str, seconds: float | None) -> bool:
        sign = self._language.say(key)[: self._rich.width - 1]
        self._rich.print(make_styled(sign, self._theme().faint), style=self._theme().ground, end="", soft_wrap=True)
        try:
            return self._take_key(seconds)
        finally:
            self._rich.file.write("\r\x1b[2K")

    def _take_key(self, seconds: float | None) -> bool:
        """Wait for a key; a letter or a digit stands on the next line, and lets the whole page through."""
        self._rich.file.flush()
        try:
            sign = wait_for_key(self._source.fileno(), seconds)
        except KeyboardInterrupt:
            self._was_interrupted = self._is_hurried = True
            return True
        except EOFError:
            raise console.EndOfInput from None
        except OSError as lost:
            raise signal_lost_terminal() from lost
        if sign.isprintable() and sign.strip():
            self.kept += sign
            self._is_hurried = True
            self.is_unseen = self.is_unseen or seconds is None
        return bool(sign)

    def _emit(self, line: Text, *, is_typed: bool) -> None:
        at, theme = 0, self._theme()
        while is_typed and at < len(line) and not self._is_let_through():
            self._rich.print(line[at], style=theme.ground, end="", soft_wrap=True)
            at += 1
            self._is_hurried = self._take_key(_TYPED_EVERY)
        self._rich.print(line[at:], style=theme.ground, end="" if theme.paper else "\n", soft_wrap=True)
        if theme.paper:
            self._rich.file.write(f"{self._look.clear_line(theme.paper)}\n")
        self.total += 1
        self._unread += 1


def _count(line: Text) -> int:
    """Return how many letters and digits stand in a line: what is the same at any width."""
    return sum(map(str.isalnum, line.plain))


def _skip(lines: Sequence[Text], done: int) -> list[Text]:
    """Return lines without so many letters and digits at their beginning."""
    left = list(lines)
    while left and done >= _count(left[0]) and (done or not left[0]):
        done -= _count(left.pop(0))
    if left and done:
        places = [at for at, sign in enumerate(left[0].plain) if sign.isalnum()]
        left[0] = left[0][places[done] :]
    return left
