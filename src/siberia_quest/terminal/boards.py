"""A story's panels as lines of styled text: two sides that look at each other where there is room, else one below the other."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from siberia_quest.model.page import Board, Figure
from siberia_quest.terminal.drawing import bar, join_line
from siberia_quest.terminal.signs import Signs
from siberia_quest.terminal.theme import Theme

#: From this width on the two sides stand side by side.
TWO_SIDES = 56
_LONGEST_BAR, _SHORTEST_BAR, _BAR_BESIDE = 15, 4, 8
_APART = "   "


class BoardView:
    """Draws panels for a screen of `width` columns."""

    def __init__(self, width: int, signs: Signs, theme: Theme) -> None:
        """Keep the measure."""
        self._width = max(1, width)
        self._signs = signs
        self._theme = theme
        self._console = Console(width=self._width, color_system=None, markup=False, highlight=False, emoji=False)

    def head(self, board: Board) -> list[Text]:
        """Return the line of the title, with what stands beside it at its end."""
        title = Text(join_line(board.title), self._theme.heading)
        beside = Text(_APART).join([self._beside(figure) for figure in board.beside])
        room = self._width - cell_len(title.plain) - cell_len(beside.plain)
        if title and beside and room >= len(_APART):
            return [Text.assemble(title, " " * room, beside)]
        return [line for text in (title, beside) if text for line in self._wrap(text)]

    def sides(self, board: Board) -> list[Text]:
        """Return the two sides."""
        if not (board.left and board.right and self._width >= TWO_SIDES):
            return [line for side in (board.left, board.right) for line in self._side(side, self._width)]
        half = (self._width - len(_APART)) // 2
        left, right = self._side(board.left, half), self._side(board.right, half, mirrored=True)
        lines = []
        for one, other in zip_longest(left, right, fillvalue=Text()):
            room = self._width - cell_len(one.plain) - cell_len(other.plain)
            lines.append(Text.assemble(one, " " * room, other) if other else one)
        return lines

    def bars(self, board: Board) -> list[Text]:
        """Return the two sides with nothing but their bars, for a screen without room for more."""
        left, right = (tuple(each for each in side if _has_bar(each)) for side in (board.left, board.right))
        return self.sides(board._replace(left=left, right=right))

    def below(self, board: Board) -> list[Text]:
        """Return what stands under both sides."""
        return [line for figure in board.below for line in self._wrap(self._words(figure), indent=2)]

    def lines(self, board: Board) -> list[Text]:
        """Return a whole panel."""
        return [*self.head(board), *self.sides(board), *self.below(board)]

    def _beside(self, figure: Figure) -> Text:
        text = self._label(figure)
        if figure.row is not None and figure.row.show == "bar" and figure.row.value is not None:
            text.append(f"{bar(figure.row, self._signs, _BAR_BESIDE)} ", self._theme.bar)
        return text.append_text(self._say(figure))

    def _side(self, figures: Sequence[Figure], width: int, *, mirrored: bool = False) -> list[Text]:
        """Return the figures of a side, their bars of one length; those of the side that looks to the left are `mirrored`."""
        drawn = [each for each in figures if _has_bar(each)]
        names = max((cell_len(join_line(each.label)) for each in figures if drawn), default=0)
        words = max((cell_len(self._say(each).plain) for each in drawn), default=0)
        size = min(_LONGEST_BAR, width - names - words - 2)
        lines: list[Text] = []
        for figure in figures:
            has_bar = _has_bar(figure) and size >= _SHORTEST_BAR
            aligned = size >= _SHORTEST_BAR and figure.label and not mirrored
            parts = [self._named(figure, names if aligned else 0), self._say(figure)]
            if has_bar and figure.row is not None:
                made = bar(figure.row, self._signs, size)
                parts.insert(1, Text(made[::-1] if mirrored else made, self._theme.bar))
            if mirrored and has_bar:
                parts = [parts[0], parts[2], parts[1]]
            lines += self._wrap(Text(" ").join([part for part in parts if part]), width, indent=2)
        return lines

    def _named(self, figure: Figure, width: int) -> Text:
        label = join_line(figure.label)
        return Text(label + " " * max(0, width - cell_len(label)), self._theme.heading)

    def _label(self, figure: Figure) -> Text:
        return Text(f"{join_line(figure.label)} " if figure.label else "", self._theme.heading)

    def _say(self, figure: Figure) -> Text:
        """Return what a figure says: its items apart from each other, or its words."""
        return Text(_APART.join(map(join_line, figure.items)) if figure.items else join_line(figure.text))

    def _words(self, figure: Figure) -> Text:
        return self._label(figure).append_text(self._say(figure)) if self._say(figure) else Text()

    def _wrap(self, text: Text, width: int = 0, indent: int = 0) -> list[Text]:
        """Return a text in lines of at most `width` columns, those behind the first one moved to the right."""
        width = width or self._width
        if cell_len(text.plain) <= width:
            return [text] if text else []
        indent = indent if width > indent + 1 else 0
        first, *others = text.wrap(self._console, max(1, width - indent), overflow="fold")
        for line in (first, *others):
            line.rstrip()
        return [first, *(Text.assemble(" " * indent, line) for line in others)]


def _has_bar(figure: Figure) -> bool:
    row = figure.row
    return row is not None and row.show == "bar" and row.value is not None
