"""What can be looked up beside the page: views of lines, and the browser of saved games."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from rich.cells import cell_len
from rich.text import Text

from siberia_quest.model.language import Language
from siberia_quest.play.console import ConsoleItem, LookUps, SavedRow
from siberia_quest.play.picking import simplify
from siberia_quest.terminal.drawing import join_line
from siberia_quest.terminal.rich_view import RichView
from siberia_quest.terminal.theme import Theme

#: The views of lines, by the key of their title.
LineViewName: TypeAlias = Literal["full_stats", "full_journal", "full_way"]
#: What the browser of saves waits for: a key of its list, an answer to its question, or a new name.
BrowserMode: TypeAlias = Literal["list", "delete", "rename"]


class LineView:
    """Lines to scroll in, made anew for each width."""

    def __init__(self, name: LineViewName, items: Sequence[ConsoleItem], view: Callable[[int], RichView]) -> None:
        """Keep what is shown, and what draws it at a width."""
        self.name = name
        self._items = items
        self._view = view
        self._first = -1
        self._room = 1

    def scroll(self, by: int) -> None:
        """Move so many lines on, or back."""
        self._first = max(0, self._first + by)

    def lines(self, width: int, height: int) -> list[Text]:
        """Return the lines that are shown; the journal and the way begin at their end, where the newest stands."""
        drawn = self._view(width).items(self._items)
        last = max(0, len(drawn) - height)
        if self._first < 0:
            self._first = 0 if self.name == "full_stats" else last
        self._first = min(self._first, last)
        return drawn[self._first : self._first + height]


def open_view(name: LineViewName, look_ups: LookUps, view: Callable[[int], RichView]) -> LineView:
    """Return a view of what is there now."""
    match name:
        case "full_stats":
            return LineView(name, look_ups.stats(), view)
        case "full_journal":
            return LineView(name, look_ups.journal(), view)
        case "full_way":
            return LineView(name, look_ups.way(), view)


class SaveBrowser:
    """The saved games in a list that what is typed filters; one is selected, to be loaded, renamed or deleted."""

    name = "full_saves"

    def __init__(self, language: Language, look_ups: LookUps, theme: Theme, pointer: str) -> None:
        """Read the list."""
        self.mode: BrowserMode = "list"
        self.selected = 0
        self.said = ""
        self._language = language
        self._look_ups = look_ups
        self._theme = theme
        self._pointer = pointer
        self._all = look_ups.saves()
        self.sought = ""

    def filter(self, typed: str) -> None:
        """Show those saves alone in which all words that are typed stand."""
        if self.mode == "list" and typed != self.sought:
            self.sought, self.selected, self.said = typed, 0, ""

    @property
    def rows(self) -> list[SavedRow]:
        """The saves that are shown."""
        words = simplify(self.sought).split()
        return [each for each in self._all if all(word in _join_words(each) for word in words)]

    @property
    def chosen(self) -> SavedRow | None:
        """The save that is selected."""
        rows = self.rows
        return rows[min(self.selected, len(rows) - 1)] if rows else None

    def move(self, by: int) -> None:
        """Select another save."""
        if self.mode == "list":
            self.selected, self.said = max(0, min(len(self.rows) - 1, self.selected + by)), ""

    def begin(self, mode: BrowserMode) -> None:
        """Ask about the save that is selected, or leave that be."""
        self.mode = mode if self.chosen else "list"

    def delete(self) -> None:
        """Delete the save that is selected."""
        chosen, self.mode = self.chosen, "list"
        if chosen:
            self._do(self._look_ups.delete_save(chosen.name), "full_deleted", name=chosen.name)

    def rename(self, new: str) -> None:
        """Give the save that is selected another name."""
        chosen, self.mode = self.chosen, "list"
        if chosen and new.strip():
            self._do(self._look_ups.rename_save(chosen.name, new), "full_renamed", name=chosen.name, new=new)

    def _do(self, refused: str, done: str, **parts: str) -> None:
        self.said = refused or self._language.say(done, **parts)
        self._all = self._look_ups.saves()
        self.selected = max(0, min(self.selected, len(self.rows) - 1))

    def question(self) -> str:
        """Return what is asked, or was last said; "" for neither."""
        chosen = self.chosen
        if self.mode == "list" or chosen is None:
            return self.said
        return self._language.say("full_rename" if self.mode == "rename" else "full_delete_sure", name=chosen.name)

    def lines(self, width: int, height: int) -> list[Text]:
        """Return the list around the save that is selected, two lines for each."""
        rows = self.rows
        if not rows:
            key = "full_no_saves" if self._all else "saves_empty"
            return [Text(self._language.say(key), self._theme.faint)]
        shown = max(1, height // 2)
        first = max(0, min(self.selected - shown // 2, len(rows) - shown))
        lines: list[Text] = []
        for at, row in enumerate(rows[first : first + shown], first):
            lines += self._row(row, width, is_chosen=at == self.selected)
        return lines[:height]

    def _row(self, row: SavedRow, width: int, *, is_chosen: bool) -> list[Text]:
        head = Text(f"{self._pointer if is_chosen else ' '} ", self._theme.echo)
        head.append(join_line(row.name), self._theme.locked if row.is_damaged else self._theme.heading)
        turn = self._language.say("full_turn", turn=row.turn) if not row.is_damaged else ""
        beside = " · ".join(join_line(words) for words in (row.label, row.place, turn) if words)
        date = join_line(row.date)
        head.append(f"  {beside}")
        head.truncate(max(1, width - cell_len(date) - 2), overflow="ellipsis")
        head.append(" " * max(1, width - cell_len(head.plain) - cell_len(date)) + date, self._theme.faint)
        words = Text(f"    {join_line(row.words)}", self._theme.faint)
        words.truncate(width, overflow="ellipsis")
        return [head, words]


def _join_words(row: SavedRow) -> str:
    return simplify(f"{row.name} {row.label} {row.place} {row.date} {row.words}")
