"""All that was told in a sitting, as lines of any width: to read back in, to search, and to leave in the scrollback."""

from typing import NamedTuple

from rich.text import Text

from siberia_quest.model.language import Language
from siberia_quest.model.page import Page
from siberia_quest.play.console import ConsoleItem
from siberia_quest.play.plain_view import item_lines
from siberia_quest.terminal.rich_view import RichView, make_styled
from siberia_quest.terminal.signs import Signs
from siberia_quest.terminal.theme import Theme

#: Leaves whose lines are kept for a width; of more, all are drawn anew.
_MOST_DRAWN = 400


class LeftScreen(Exception):  # noqa: N818
    """The page is to go on inline: the player wants that, or the screen has become too small. `typed` stands on the line."""

    def __init__(self, typed: str = "", *, wanted: bool) -> None:
        super().__init__(typed)
        self.typed = typed
        self.wanted = wanted


class Leaf(NamedTuple):
    """What was told at once: a page with its place, items of the program, or, as `echo`, what the player did."""

    page: Page | None = None
    place: str = ""
    items: tuple[ConsoleItem, ...] = ()
    echo: str = ""
    again: bool = False


class SessionLog:
    """The leaves of a sitting, oldest first."""

    def __init__(self, language: Language, signs: Signs, theme: Theme) -> None:
        """Begin without any."""
        self.leaves: list[Leaf] = []
        self._language = language
        self._signs = signs
        self._theme = theme
        self._drawn: dict[tuple[int, int], list[Text]] = {}

    def wear(self, theme: Theme) -> None:
        """Draw all of them anew, in another theme."""
        self._theme = theme
        self._drawn.clear()

    def add(self, leaf: Leaf) -> None:
        """Keep what was told."""
        self.leaves.append(leaf)

    def view(self, width: int) -> RichView:
        """Return what draws at a width."""
        return RichView(self._language, width, self._signs, self._theme)

    def lines(self, at: int, width: int) -> list[Text]:
        """Return the lines of a leaf, with an empty one behind it unless it is the last."""
        drawn = self._drawn.get((at, width))
        if drawn is None:
            if len(self._drawn) >= _MOST_DRAWN:
                self._drawn.clear()
            drawn = self._drawn[at, width] = self._draw(self.leaves[at], width)
        return drawn if at == len(self.leaves) - 1 or not drawn else [*drawn, Text()]

    def _draw(self, leaf: Leaf, width: int) -> list[Text]:
        view = self.view(width)
        if leaf.echo:
            return [make_styled(f"{self._signs.prompt} {leaf.echo}", self._theme.echo)]
        told = view.render_told(leaf.page, leaf.place) if leaf.page else []
        return told + view.items(leaf.items)

    def words(self, at: int) -> str:
        """Return a leaf's words, for a search."""
        leaf = self.leaves[at]
        told = [leaf.echo, leaf.place]
        told += item_lines(self._language, leaf.page.blocks) if leaf.page else []
        return "\n".join([*told, *item_lines(self._language, leaf.items)]).casefold()


class Position(NamedTuple):
    """A line of a log: the leaf it is of, and its number there."""

    leaf: int
    line: int


class ReadingPane:
    """Shows part of a log on so many rows: `top` is the first line shown, `newest` the first leaf told since the last question."""

    def __init__(self, log: SessionLog) -> None:
        """Begin at the log's beginning."""
        self.log = log
        self.width = 72
        self.height = 10
        self.top = Position(0, 0)
        self.newest = 0

    def fit(self, width: int, height: int) -> None:
        """Read at another size, from the same leaf on; what was new and whole stays whole."""
        if (width, height) == (self.width, self.height):
            return
        was_at_start = self.top == Position(self.newest, 0)
        leaf = min(self.top.leaf, len(self.log.leaves) - 1)
        passed = self._count_letters(leaf, self.top.line) if self.log.leaves else 0
        self.width, self.height = max(1, width), max(1, height)
        if self.log.leaves and not was_at_start:
            lines = range(len(self.log.lines(leaf, self.width)))
            self.top = Position(leaf, max((at for at in lines if self._count_letters(leaf, at) <= passed), default=0))
            self.top = min(self.top, max(self.bottom(), Position(self.newest, 0)))

    def _count_letters(self, leaf: int, line: int) -> int:
        """Return how many letters of a leaf stand before one of its lines: what stays the same however wide they are."""
        return sum(len(each.plain.replace(" ", "")) for each in self.log.lines(leaf, self.width)[:line])

    def show_new(self) -> None:
        """Show what was told since the last question: from its beginning where it is long or a page, else below what stood there."""
        self.top = Position(self.newest, 0)
        leaves = self.log.leaves[self.newest :]
        if leaves and not any(leaf.page for leaf in leaves) and self.count_below() == 0:
            self.top = max(self._last_page(), min(self.top, self.bottom()))

    def _last_page(self) -> Position:
        """Return where the page begins that what is new belongs to, with what led there."""
        at = self.newest
        while at > 0 and not self.log.leaves[at].page:
            at -= 1
        return Position(at - 1 if at and self.log.leaves[at - 1].echo else at, 0)

    def bottom(self) -> Position:
        """Return the first line shown where the last one stands on the last row."""
        room, at = self.height, len(self.log.leaves) - 1
        while at >= 0:
            size = len(self.log.lines(at, self.width))
            if size >= room:
                return Position(at, size - room)
            room -= size
            at -= 1
        return Position(0, 0)

    def scroll(self, by: int) -> None:
        """Move so many lines on, or back; never beyond either end."""
        leaf, line = self.top
        line += by
        while line < 0 and leaf > 0:
            leaf -= 1
            line += len(self.log.lines(leaf, self.width))
        while leaf < len(self.log.leaves) - 1 and line >= len(self.log.lines(leaf, self.width)):
            line -= len(self.log.lines(leaf, self.width))
            leaf += 1
        there = Position(leaf, max(0, line))
        self.top = there if by < 0 else max(self.top, min(there, self.bottom()))

    def visible(self) -> list[Text]:
        """Return the lines that are shown."""
        found: list[Text] = []
        leaf, line = self.top
        while leaf < len(self.log.leaves) and len(found) < self.height:
            found += self.log.lines(leaf, self.width)[line : line + self.height - len(found)]
            leaf, line = leaf + 1, 0
        return found

    def count_below(self) -> int:
        """Return how many lines stand below those shown, as far as a few screens."""
        leaf = self.top.leaf
        below = -self.height - self.top.line
        while leaf < len(self.log.leaves) and below < 20 * self.height:
            below += len(self.log.lines(leaf, self.width))
            leaf += 1
        return max(0, below)

    @property
    def is_back(self) -> bool:
        """Whether something older than what is new is read, and what is new is not on the screen."""
        return self.top.leaf < self.newest and self.count_below() > 0

    def share_read(self) -> int:
        """Return how much of what is new was shown, in percent."""
        sizes = [len(self.log.lines(at, self.width)) for at in range(self.newest, len(self.log.leaves))]
        whole = max(1, sum(sizes))
        return max(0, min(100, round(100 * (whole - self.count_below()) / whole)))

    def find(self, words: str, *, back: bool, here: bool = False) -> bool:
        """Go to the nearest line that has some words, from the first line shown on or back; tell whether there is one."""
        wanted = words.casefold()
        leaves = range(self.top.leaf, -1, -1) if back else range(self.top.leaf, len(self.log.leaves))
        for leaf in leaves:
            if wanted not in self.log.words(leaf):
                continue
            lines = [line.plain.casefold() for line in self.log.lines(leaf, self.width)]
            found = [Position(leaf, number) for number, line in enumerate(lines) if wanted in line]
            found = found or [Position(leaf, 0)]  # it is broken between two lines
            fitting = [
                each for each in found if (each < self.top if back else each > self.top) or (here and each == self.top)
            ]
            if fitting:
                self.top = fitting[-1] if back else fitting[0]
                return True
        return False
