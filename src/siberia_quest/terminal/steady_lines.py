"""Lines of a stream, read so that waiting for one can be broken off."""

import os
import select
import sys
from collections.abc import Iterator
from typing import TextIO

from siberia_quest.loading.taking import LONGEST_LINE
from siberia_quest.play.console import BrokenOff, take_line
from siberia_quest.play.game import Game
from siberia_quest.play.newest_edition import NewestEdition, WakeUp
from siberia_quest.play.plain_view import item_lines
from siberia_quest.play.watched import EditionChange
from siberia_quest.terminal.json_lines import Json, fields_of, page_as_json, write


class SteadyLines:
    """A stream whose lines stay here until they are asked for: none is lost where a question is broken off."""

    def __init__(self, source: TextIO) -> None:
        """Take over a stream that nothing has read from yet."""
        self._source = source
        self._waiting = b""
        self._ended = False

    def isatty(self) -> bool:
        """Tell whether somebody types."""
        return self._source.isatty()

    def fileno(self) -> int:
        """Return the stream's file descriptor."""
        return self._source.fileno()

    def wait(self, bell: WakeUp | None, longest: int) -> None:
        """Wait until a line is here, or so many bytes, or the end. Raises BrokenOff where the bell rings first."""
        fd = self._source.fileno()
        while not self._ended and b"\n" not in self._waiting and len(self._waiting) < longest:
            if bell and sys.platform != "win32" and bell.fileno() in select.select([fd, bell.fileno()], [], [])[0]:
                raise BrokenOff
            data = os.read(fd, 64 * 1024)
            self._ended = not data
            self._waiting += data

    def readline(self, limit: int = -1, /) -> str:
        """Return the next line, or what there is of it after so many bytes; "" at the end."""
        longest = limit if limit >= 0 else sys.maxsize
        self.wait(None, longest)
        end = min(self._waiting.find(b"\n") + 1 or len(self._waiting), longest)
        line, self._waiting = self._waiting[:end], self._waiting[end:]
        return line.decode(self._source.encoding or "utf-8", "replace")


def read_watched_lines(
    source: SteadyLines, target: TextIO, game: Game, news: NewestEdition, renewing: EditionChange
) -> Iterator[str]:
    """Yield lines for a game that another program plays; between them write what is wrong with each edition, and the page in it."""
    while True:
        edition = news.take()
        if edition:
            notes: list[Json] = list(item_lines(game.language, renewing.take_in(edition)))
            write(
                target, {"type": "news", "problems": [fields_of(each) for each in edition.diagnostics], "notes": notes}
            )
            if edition.story:
                write(target, page_as_json(game, game.page))
        try:
            source.wait(news.bell, LONGEST_LINE)
        except BrokenOff:
            continue
        line = take_line(source.readline)
        if not line:
            return
        yield line
