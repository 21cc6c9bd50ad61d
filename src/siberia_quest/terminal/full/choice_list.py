"""Choices in one column where they fit, else in several; the one that is selected says more of itself below."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from siberia_quest.model.language import Language
from siberia_quest.model.page import Option
from siberia_quest.play.phrasing import remark_on
from siberia_quest.play.picking import letter_of
from siberia_quest.terminal.drawing import join_line
from siberia_quest.terminal.signs import UNICODE, Signs
from siberia_quest.terminal.theme import Theme

_NARROWEST = 20
_GAP = 2


class Cell(NamedTuple):
    """An option on the screen: its row and column of the list, and its lines."""

    row: int
    column: int
    lines: tuple[Text, ...]
    is_cut: bool


class ChoiceList(NamedTuple):
    """Choices laid out: `cells` by option, `rows` in `columns` of so many cells `wide`, and whether remarks stand beside them."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    wide: int
    is_remarked: bool


def mark_of(number: int, option: Option) -> str:
    """Return what an option is picked by: its number, and the letter that stays with it."""
    return f"{number} {letter_of(option)}".strip()


def remark_words(language: Language, option: Option) -> str:
    """Return what there is to say about an option: why it is locked or how likely it is, and its hint."""
    return join_line(remark_on(language, option))


class ChoiceLayout:
    """Lays out choices."""

    def __init__(self, language: Language, signs: Signs, theme: Theme) -> None:
        """Keep what they are drawn with."""
        self._language = language
        self._signs = signs
        self._theme = theme
        self._console = Console(width=400, color_system=None, markup=False, highlight=False, emoji=False)
        self.pointer = "▸" if signs is UNICODE else ">"

    def arrange(self, options: Sequence[Option], width: int, most: int) -> ChoiceList:
        """Return choices as they fit a width and so many rows, or a few more where they cannot."""
        marks = max((len(mark_of(number, each)) for number, each in enumerate(options, 1)), default=1)
        single = [self._lines(number, each, marks, width) for number, each in enumerate(options, 1)]
        if sum(map(len, single)) <= most:
            rows, cells = 0, []
            for lines in single:
                cells.append(Cell(rows, 0, tuple(lines), is_cut=False))
                rows += len(lines)
            return ChoiceList(tuple(cells), rows, 1, width, is_remarked=True)
        widest = max(cell_len(join_line(each.text)) for each in options) + marks + 3 + _GAP
        fits = max(1, width // max(_NARROWEST, widest))
        needed = -(-len(options) // most)
        columns = min(max(fits, min(needed, max(1, width // _NARROWEST))), needed) or 1
        rows, wide = -(-len(options) // columns), width // columns
        found = []
        for at, option in enumerate(options):
            text = self._head(at + 1, option, marks)
            is_cut = cell_len(text.plain) > wide - _GAP
            if is_cut:
                text.truncate(max(1, wide - _GAP), overflow="ellipsis")
            found.append(Cell(at % rows, at // rows, (text,), is_cut))
        return ChoiceList(tuple(found), rows, columns, wide, is_remarked=False)

    def _head(self, number: int, option: Option, marks: int) -> Text:
        letter = letter_of(option)
        mark = f"{number} {letter}".rjust(marks) if letter else str(number).rjust(marks)
        style = self._theme.option if option.enabled else self._theme.locked
        text = Text(f"  {mark} ", self._theme.number if option.enabled else self._theme.locked)
        return Text.assemble(text, (join_line(option.text), style))

    def _lines(self, number: int, option: Option, marks: int, width: int) -> list[Text]:
        """Return an option in lines of its own, with what there is to say about it behind."""
        text = self._head(number, option, marks)
        remark = remark_words(self._language, option)
        if remark:
            text.append(f"  {remark}", self._theme.odds if option.enabled else self._theme.locked)
        indent = marks + 3
        first, *others = text.wrap(self._console, max(8, width - indent), overflow="fold") or [text]
        if cell_len(text.plain) <= width:
            return [text]
        found = [first, *(Text.assemble(" " * indent, line) for line in others)]
        for line in found:
            line.rstrip()
        return found

    def draw(self, laid: ChoiceList, selected: int, first: int, rows: int) -> list[Text]:
        """Return the rows from a first one on, with a pointer before the option that is selected."""
        lines: list[Text] = []
        for row in range(first, min(laid.rows, first + rows)):
            line = Text()
            for at, cell in enumerate(laid.cells):
                if not cell.row <= row < cell.row + len(cell.lines):
                    continue
                piece = cell.lines[row - cell.row].copy()
                if at == selected and row == cell.row:
                    piece = Text.assemble((self.pointer, self._theme.echo), piece[1:])
                    piece.stylize("bold")
                line.append(" " * max(0, cell.column * laid.wide - cell_len(line.plain)))
                line.append_text(piece)
            lines.append(line)
        return lines


def move(laid: ChoiceList, options: Sequence[Option], selected: int, rows: int, columns: int) -> int:
    """Return the option that an arrow leads to; from none the first, or the last where it leads up."""
    if not options:
        return -1
    if not 0 <= selected < len(options):
        return len(options) - 1 if rows < 0 else 0
    if rows:
        return (selected + rows) % len(options)
    cell = laid.cells[selected]
    wanted = (cell.row, cell.column + columns)
    there = [at for at, each in enumerate(laid.cells) if each.column == wanted[1] and each.row <= wanted[0]]
    return there[-1] if there else selected


def fit_cells(text: str, width: int) -> str:
    """Return a text of exactly so many columns."""
    return set_cell_size(text, max(0, width))
