"""What stands on the full screen, drawn from what is known and selected: it knows no keys and no terminal."""

from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.model.page import Option, Page
from siberia_quest.play.console import ConsoleItem, InputRequest
from siberia_quest.terminal.boards import BoardView
from siberia_quest.terminal.drawing import fit_status, join_line
from siberia_quest.terminal.full.choice_list import Cell, ChoiceLayout, ChoiceList, move, remark_words
from siberia_quest.terminal.full.session_log import ReadingPane, SessionLog
from siberia_quest.terminal.full.side_views import LineView, LineViewName, SaveBrowser, open_view
from siberia_quest.terminal.rich_view import MEASURE, RichView
from siberia_quest.terminal.signs import UNICODE, Signs
from siberia_quest.terminal.theme import Theme

#: The smallest screen there is room on, and from which size on a column of what can be looked up stands beside the prose.
LEAST_WIDTH, LEAST_HEIGHT = 60, 16
_WIDE, _TALL = 112, 30
_LEAST_PROSE, _MOST_HEAD = 3, 3


class ScreenFrame(NamedTuple):
    """A whole screen: its rows, and where the cursor stands on it."""

    rows: list[Text]
    column: int
    row: int


class Stage:
    """The page with its panels, the choices, and whatever is looked up."""

    def __init__(self, language: Language, log: SessionLog, signs: Signs, theme: Theme) -> None:
        """Begin with an empty page; `log` is all that was told."""
        self.log = log
        self.reader = ReadingPane(self.log)
        self.question = InputRequest("")
        self.page = Page(())
        self.place = ""
        self.selected = -1
        self.view: LineView | SaveBrowser | None = None
        self.sought = ""
        self.said = ""
        self._language = language
        self._signs = signs
        self._theme = theme
        self._console = Console(width=400, color_system=None, markup=False, highlight=False, emoji=False)
        self._layout = ChoiceLayout(language, signs, theme)
        self._laid = ChoiceList((), 0, 1, 80, is_remarked=True)
        self._told = 0
        self._column: list[list[ConsoleItem]] = []
        self._size = (80, 24)
        self._choices_at = 0
        self._choice_rows = 0
        self._has_remark = False
        self._head: list[Text] = []
        self._sides: list[Text] = []
        self._below: list[Text] = []

    def wear(self, theme: Theme) -> None:
        """Draw in another theme."""
        self._theme = theme
        self._layout = ChoiceLayout(self._language, self._signs, theme)
        self.log.wear(theme)

    # --- what is known ------------------------------------------------------------------------------------------------

    def show(self, page: Page, place: str) -> None:
        """Stand on a page, which was told in the log."""
        self.page, self.place = page, place

    def begin(self, question: InputRequest) -> None:
        """Ask something, below all that was told since the last question."""
        self.question = question
        self.selected = 0 if len(question.options) == 1 and question.options[0].enabled else -1
        self.view, self.said, self.sought = None, "", ""
        self._column.clear()
        if self._told < len(self.log.leaves):
            self.reader.newest = self._told
            self._told = len(self.log.leaves)
            self.lay_out(*self._size)
            self.reader.show_new()

    # --- what a key does ----------------------------------------------------------------------------------------------

    def step(self, rows: int, columns: int = 0) -> None:
        """Select another choice, move in the list of saves, or scroll a view."""
        if isinstance(self.view, SaveBrowser):
            self.view.move(rows)
        elif self.view:
            self.view.scroll(rows)
        elif self.question.options:
            self.selected = move(self._laid, self.question.options, self.selected, rows, columns)
        else:
            self.reader.scroll(rows)

    def click(self, column: int, row: int) -> bool:
        """Select the choice that stands in a place; tell whether there is one."""
        if self.view or not self.question.options:
            return False
        wanted = row - self._choices_at + self._first_row()
        for at, cell in enumerate(self._laid.cells):
            if (
                cell.row <= wanted < cell.row + len(cell.lines)
                and 0 <= column - cell.column * self._laid.wide < self._laid.wide
            ):
                self.selected = at
                return True
        return False

    def turn_page(self, by: int) -> None:
        """Scroll by a screen, of which a line stays."""
        if isinstance(self.view, SaveBrowser):
            self.view.move(by * 5)
        elif self.view:
            self.view.scroll(by * max(1, self.reader.height - 1))
        else:
            self.reader.scroll(by * max(1, self.reader.height - 1))

    def look_up(self, name: LineViewName) -> None:
        """Open a view, or close it where it is open."""
        is_open = self.view is not None and self.view.name == name
        self.view = None
        if self.question.look_ups and not is_open:
            self.view = open_view(name, self.question.look_ups, self.log.view)

    def browse_saves(self) -> None:
        """Open the list of saved games, or close it where it is open."""
        is_open = isinstance(self.view, SaveBrowser)
        self.view = None
        if self.question.look_ups and not is_open:
            pointer = self._layout.pointer
            self.view = SaveBrowser(self._language, self.question.look_ups, self._theme, pointer)

    def find(self, words: str, *, back: bool = False, first: bool = False) -> None:
        """Go to the next line with some words, or the one before; the first time from the newest back."""
        self.sought = words
        if first:
            self.reader.top = self.reader.bottom()
            is_found = self.reader.find(words, back=True, here=True) or self.reader.find(words, back=False)
        else:
            is_found = self.reader.find(words, back=back)
        self.said = "" if is_found else self._language.say("full_not_found", words=words)

    def close(self) -> bool:
        """Close what is open above the page; tell whether anything was."""
        if isinstance(self.view, SaveBrowser) and self.view.mode != "list":
            self.view.begin("list")
            return True
        was = self.view is not None or bool(self.sought)
        if self.sought:
            self.reader.show_new()
        self.view, self.sought, self.said = None, "", ""
        return was

    @property
    def answer(self) -> str:
        """The line that takes the choice that is selected, "" for none."""
        if not 0 <= self.selected < len(self.question.options):
            return ""
        option = self.question.options[self.selected]
        return f"{self.selected + 1}. {join_line(option.text)}"

    # --- the screen ---------------------------------------------------------------------------------------------------

    @property
    def is_wide(self) -> bool:
        """Whether there is room for a column beside the prose."""
        return self._size[0] >= _WIDE and self._size[1] >= _TALL and self.question.look_ups is not None

    def lay_out(self, width: int, height: int) -> None:
        """Share the rows of a screen out among its parts."""
        self._size = (width, height)
        inner = width - 2
        boards = BoardView(inner, self._signs, self._theme)
        self._head = [line for board in self.page.panels[:1] for line in boards.head(board)[:_MOST_HEAD]] or [
            self._heading(inner)
        ]
        self._sides = [line for board in self.page.panels[:1] for line in boards.sides(board)]
        self._below = [line for board in self.page.panels[:1] for line in boards.below(board)]
        for board in self.page.panels[1:]:
            self._sides += boards.lines(board)
        most = max(3, height // (4 if self._sides else 3))
        options = self.question.options
        self._laid = self._layout.arrange(options, inner, most)
        self._choice_rows = min(self._laid.rows, most) if options else len(self._prompt_lines(inner))
        has_remarks = options and not self._laid.is_remarked
        self._has_remark = bool(
            has_remarks and any(remark_words(self._language, each) or cell.is_cut for each, cell in self._cells())
        )
        self._make_room(height)
        reading = min(width - 4, MEASURE) if self.is_wide or width >= MEASURE + 8 else width - 4
        self.reader.fit(reading, max(1, height - self._count_fixed()))

    def _make_room(self, height: int) -> None:
        """Leave room for some prose: what is below goes first, then all but bars of the sides, then rows of choices, which scroll."""
        if height - self._count_fixed() < _LEAST_PROSE:
            self._below = []
        if height - self._count_fixed() < _LEAST_PROSE:
            boards = BoardView(self._size[0] - 2, self._signs, self._theme)
            self._sides = [line for board in self.page.panels[:1] for line in boards.bars(board)]
        missing = _LEAST_PROSE - (height - self._count_fixed())
        if missing > 0:
            self._sides = self._sides[: max(0, len(self._sides) - missing)]
        missing = _LEAST_PROSE - (height - self._count_fixed())
        if missing > 0:
            self._choice_rows = max(1, self._choice_rows - missing)

    def _cells(self) -> list[tuple[Option, Cell]]:
        return list(zip(self.question.options, self._laid.cells, strict=True))

    def _count_fixed(self) -> int:
        """Return how many rows stand beside those of the prose: the head, three rules, the choices, the line, and the keys."""
        sides = len(self._sides) + 1 if self._sides else 0
        below = len(self._below) + 1 if self._below else 0
        return len(self._head) + sides + below + 3 + self._choice_rows + self._has_remark + 2

    def draw(self, width: int, height: int, typed: str, cursor: int) -> ScreenFrame:
        """Return the whole screen, with what is typed on its line."""
        self.lay_out(width, height)
        rule = Text(self._signs.rule * width, self._theme.rule)
        rows = [_indent(line, 1) for line in self._head] + [rule]
        body_height = height - len(rows) - 3
        if self.view:
            rows += self._draw_view(width, body_height)
            at = (-1, -1)
        else:
            if self._sides:
                rows += [*(_indent(line, 1) for line in self._sides), rule]
            rows += self._draw_prose(width)
            rows.append(rule)
            self._choices_at = len(rows)
            at = (1, len(rows) + self._row_of_selected())
            rows += self._draw_choices(width)
            if self._below:
                rows += [rule, *(_indent(line, 1) for line in self._below)]
        rows.append(rule)
        line, column = self._line(width, typed, cursor)
        rows.append(line)
        rows.append(self._keys(width))
        is_selected = self.selected >= 0 and not typed and not self.view
        return ScreenFrame(rows[:height], at[0] if is_selected else column, at[1] if is_selected else len(rows) - 2)

    def _heading(self, width: int) -> Text:
        """Return where the player is, with the status at the end of the line."""
        place = Text(join_line(self.place), self._theme.place)
        room = width - min(cell_len(place.plain), width // 2) - 3
        status = Text(fit_status(self.question.status, room, self._signs, cell_len))
        place.truncate(max(1, width - cell_len(status.plain) - 2), overflow="ellipsis")
        return Text.assemble(place, " " * max(1, width - cell_len(place.plain) - cell_len(status.plain)), status)

    def _draw_prose(self, width: int) -> list[Text]:
        indent = 2 if self.reader.width == width - 4 else 4
        lines = [_indent(line, indent) for line in self._mark(self.reader.visible())]
        lines += [Text()] * (self.reader.height - len(lines))
        if self.is_wide:
            return self._with_column(lines, width)
        note = self._more()
        return [*lines[:-1], self._note(note, width - 1)] if note else lines

    def _note(self, note: str, width: int) -> Text:
        """Return what stands at the end of the prose's last row, which is read on the next screen."""
        return Text(" " * max(0, width - cell_len(note)) + note, self._theme.faint)

    def _more(self) -> str:
        """Return how much of the page was read, and how to go on; "" where all of it was."""
        if self.reader.is_back:
            return self._language.say("full_back")
        if not self.reader.count_below():
            return ""
        down = "▼ " if self._signs is UNICODE else ""
        return down + self._language.say("full_more", percent=self.reader.share_read())

    def _mark(self, lines: list[Text]) -> list[Text]:
        """Return lines with what was sought in reverse."""
        if not self.sought:
            return lines
        marked = [line.copy() for line in lines]
        for line in marked:
            at = line.plain.casefold().find(self.sought.casefold())
            if at >= 0:
                line.stylize("reverse", at, at + len(self.sought))
        return marked

    def _with_column(self, lines: list[Text], width: int) -> list[Text]:
        """Return the prose with stats, what changed, and the journal in a column at its right."""
        left = MEASURE + 6
        column = self._draw_column(width - left - 3, len(lines))
        note = self._more()
        bar = "│" if self._signs is UNICODE else "|"
        found = []
        for at, line in enumerate(lines):
            text = self._note(note, left - 1) if note and at == len(lines) - 1 else line.copy()
            text.append(" " * max(0, left - cell_len(text.plain)))
            text.append(f"{bar} ", self._theme.rule)
            found.append(text.append_text(column[at]) if at < len(column) else text)
        return found

    def _draw_column(self, width: int, height: int) -> list[Text]:
        look_ups = self.question.look_ups
        if look_ups is None:
            return []
        view = RichView(self._language, width, self._signs, self._theme)
        if not self._column:
            self._column = [list(look_ups.stats()), list(look_ups.journal()[:1]), list(look_ups.way())]
        stats, journal, way = [view.items(items) for items in self._column]
        room = max(0, height - len(stats) - 4)
        lines = stats[:height]
        for key, part, rows in (("full_journal", journal, room // 2), ("full_way", way, room - room // 2)):
            if rows > 1 and part:
                lines += [Text(), Text(self._language.say(key), self._theme.heading), *part[-(rows - 1) :]]
        return lines[:height]

    def _prompt_lines(self, width: int) -> list[Text]:
        if self.question.options:
            return []
        words = Text(join_line(self.question.words), self._theme.heading)
        return list(words.wrap(self._console, max(1, width)))[:4]

    def _draw_choices(self, width: int) -> list[Text]:
        if not self.question.options:
            return [_indent(line, 1) for line in self._prompt_lines(width - 2)][: self._choice_rows]
        rows = self._layout.draw(self._laid, self.selected, self._first_row(), self._choice_rows)
        rows = [_indent(line, 1) for line in rows]
        if self._has_remark:
            rows.append(self._remark(width))
        return rows

    def _remark(self, width: int) -> Text:
        """Return what there is to say about the choice that is selected."""
        if not 0 <= self.selected < len(self.question.options):
            return Text()
        option = self.question.options[self.selected]
        cell = self._laid.cells[self.selected]
        words = [join_line(option.text) if cell.is_cut else "", remark_words(self._language, option)]
        text = Text("     " + " · ".join(word for word in words if word), self._theme.faint)
        text.truncate(width - 1, overflow="ellipsis")
        return text

    def _first_row(self) -> int:
        """Return the first row of choices that is shown, so that the one that is selected is."""
        if not self._laid.cells or self.selected < 0:
            return 0
        row = self._laid.cells[self.selected].row
        return max(0, min(row - self._choice_rows // 2, self._laid.rows - self._choice_rows))

    def _row_of_selected(self) -> int:
        return (
            self._laid.cells[self.selected].row - self._first_row() if 0 <= self.selected < len(self._laid.cells) else 0
        )

    def _draw_view(self, width: int, height: int) -> list[Text]:
        assert self.view
        title = Text(f" {self._language.say(self.view.name)}", self._theme.heading)
        lines = [title, Text(), *(_indent(line, 2) for line in self.view.lines(width - 4, height - 2))]
        return [*lines, *[Text()] * (height - len(lines))]

    def _line(self, width: int, typed: str, cursor: int) -> tuple[Text, int]:
        """Return the line on which is typed, and the column of the cursor."""
        head = Text(f" {self._signs.prompt} ", self._theme.echo)
        if isinstance(self.view, SaveBrowser) and self.view.question():
            head = Text(f" {join_line(self.view.question())} ", self._theme.heading)
        room = max(8, width - cell_len(head.plain) - 1)
        before, behind = (clean(part).replace("\n", " ") for part in (typed[:cursor], typed[cursor:]))
        while cell_len(before) >= room:
            before = before[1:]
        column = cell_len(head.plain) + cell_len(before)
        if not typed and not self.view and self.question.options:
            words = self.said or join_line(self.question.words).rstrip(":")
            return Text.assemble(head, (words, self._theme.faint)), column
        text = Text.assemble(head, before, behind)
        text.truncate(width)
        return text, column

    def _keys(self, width: int) -> Text:
        """Return what the keys do here, as much of it as fits."""
        if isinstance(self.view, SaveBrowser):
            key = "full_keys_saves"
        elif self.view:
            key = "full_keys_view"
        elif self.sought:
            key = "full_keys_found"
        else:
            key = "full_keys" if self.question.options else "full_keys_ask"
        count = len(self.question.options)
        last = f"1–{count}" if count > 1 and self._signs is UNICODE else f"1-{count}" if count > 1 else "1"
        parts = self._language.say(key, last=last).split("|")
        if self.question.look_ups is None and not self.view:
            parts = [parts[0], *([parts[1]] if self.question.options else []), parts[-1]]
        if self.said and not self.question.options:
            parts = [self.said]
        between = "  "
        while len(parts) > 1 and cell_len(between.join(parts)) > width - 2:
            parts.pop(-2)
        return Text(f" {between.join(parts)}", self._theme.faint)


def _indent(line: Text, by: int) -> Text:
    return Text.assemble(" " * by, line)
