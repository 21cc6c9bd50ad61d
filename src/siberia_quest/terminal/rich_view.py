"""Pages as lines of styled text, each no wider than the screen: a pure function of page, theme and width."""

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from siberia_quest.model import page as blocks
from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean, paragraphs_of
from siberia_quest.model.page import Option, Page
from siberia_quest.play.console import ConsoleItem, Notice, NoticeKind, ProblemNotice, Row, Rows
from siberia_quest.play.phrasing import (
    amount_of,
    check_in_words,
    is_visible,
    point_in_words,
    remark_on,
    sign_amount,
    value_of,
)
from siberia_quest.play.picking import LONG_LIST, letter_of
from siberia_quest.terminal.drawing import bar, sparkline, tug
from siberia_quest.terminal.line_breaking import break_lines, is_special
from siberia_quest.terminal.signs import UNICODE, Signs
from siberia_quest.terminal.theme import DEFAULT, Theme

#: The widest that prose is set, in columns.
MEASURE = 72
#: Below this many columns a table puts its terms on lines of their own, and a montage its columns one under the other.
NARROW = 36
#: A long list of choices may be wider than prose; its columns are no narrower than this.
WIDEST_LIST, NARROWEST_COLUMN = 100, 24
_APART = "   "


class RichView:
    """Turns what is shown into lines of text for a screen of `width` columns."""

    def __init__(self, language: Language, width: int, signs: Signs = UNICODE, theme: Theme = DEFAULT) -> None:
        """Keep the measure. A screen of less than one column counts as one."""
        self.language = language
        self.width = max(1, width)
        self.measure = min(self.width, MEASURE)
        self.signs = signs
        self.theme = theme
        self._console = Console(width=self.width, color_system=None, markup=False, highlight=False, emoji=False)

    def page(self, page: Page, place: str) -> list[Text]:
        """Return a whole page: where one is, what is told and what can be chosen."""
        lines = self.render_told(page, place)
        options = self.options(page.options)
        return [*lines, Text(), *options] if lines and options else lines + options

    def render_told(self, page: Page, place: str) -> list[Text]:
        """Return a page without its options."""
        told = list(page.blocks)
        first = told[0] if told else None
        heading = self.heading(first.text, place) if isinstance(first, blocks.Title) else []
        if not told and place:
            heading = self._wrap(self._text(place, self.theme.place))
        lines = self.items(told[1:] if heading else told)
        return [*heading, Text(), *lines] if heading and lines else heading + lines

    def items(self, items: Iterable[ConsoleItem]) -> list[Text]:
        """Return blocks and notices as lines, apart from one another; what changed stands on common lines."""
        lines: list[Text] = []
        changes: list[blocks.StatChange] = []
        before: ConsoleItem | None = None
        for item in items:
            if isinstance(item, blocks.StatChange):
                changes.append(item)
                continue
            _append(lines, self.changes(changes))
            changes.clear()
            is_next = isinstance(item, Notice) and isinstance(before, Notice)
            _append(lines, self.lines(item), apart=not is_next)
            before = item
        _append(lines, self.changes(changes))
        return lines

    def heading(self, title: str, place: str) -> list[Text]:
        """Return the title of a passage, and where it is, when that says more."""
        where = place[: -len(title)].rstrip(" ·") if title and place.endswith(title) else place
        text = self._text(title, self.theme.title)
        if where:
            text.append(f"  {clean(where)}", self.theme.place)
        return self._wrap(text)

    def changes(self, changes: Sequence[blocks.StatChange]) -> list[Text]:
        """Return what changed, as many on a line as fit: `Strength +3 · wiry → solid`."""
        line = Text()
        lines: list[Text] = []
        for change in changes:
            if not is_visible(change):
                continue
            words = self._text(self._change_words(change), self.theme.change)
            if line and cell_len(line.plain) + len(_APART) + cell_len(words.plain) > self.measure:
                lines += self._wrap(line)
                line = Text()
            line = Text.assemble(line, _APART, words) if line else words
        return lines + (self._wrap(line) if line else [])

    def _change_words(self, change: blocks.StatChange) -> str:
        amount = amount_of(change)
        words = f"{change.label} {sign_amount(amount)}" if amount else change.label
        if change.band_before != change.band_after:
            words += f" {self.signs.dot} {change.band_before} {self.signs.arrow} {change.band_after}"
        return words

    def options(self, options: Sequence[Option]) -> list[Text]:
        """Return the choices with their numbers; a locked one is faint, with its reason. A long list stands in columns."""
        if len(options) >= LONG_LIST:
            for columns in (3, 2):
                lines = self._columns(options, columns)
                if lines:
                    return lines
        return [line for each in self._list(options, self.measure) for line in each]

    def _list(self, options: Sequence[Option], width: int) -> list[list[Text]]:
        heads = [_head(number, option, len(str(len(options)))) for number, option in enumerate(options, 1)]
        wide = max(map(len, heads), default=0)
        return [self._option(f"{head:<{wide}}", option, width) for head, option in zip(heads, options, strict=True)]

    def _columns(self, options: Sequence[Option], count: int) -> list[Text]:
        """Return the choices in columns, read from top to bottom; none where they would be too narrow for most."""
        width = (min(self.width, WIDEST_LIST) - len(_APART) * (count - 1)) // count
        cells = self._list(options, max(1, width))
        if width < NARROWEST_COLUMN or sum(len(cell) > 1 for cell in cells) > len(cells) * (count < 3) // 4:
            return []
        rows = -(-len(cells) // count)
        lines: list[Text] = []
        for row in range(rows):
            beside = cells[row::rows]
            for at in range(max(map(len, beside))):
                line = Text()
                for place, cell in enumerate(beside):
                    if at < len(cell):
                        line.append(" " * (place * (width + len(_APART)) - cell_len(line.plain)))
                        line.append_text(cell[at])
                lines.append(line)
        return lines

    def _option(self, head: str, option: Option, width: int) -> list[Text]:
        body = self._text(option.text, self.theme.option if option.enabled else self.theme.locked)
        remark = remark_on(self.language, option)
        if remark:
            body.append(f"  ({_in_one_line(remark)})", self.theme.odds if option.enabled else self.theme.locked)
        mark = make_styled(head, self.theme.number if option.enabled else self.theme.locked)
        return self._hung(mark, body, width=width)

    def lines(self, item: ConsoleItem) -> list[Text]:  # noqa: C901, PLR0911, PLR0912  # one case for each block and notice
        """Return one block or notice as lines."""
        match item:
            case blocks.Title():
                return self._wrap(self._text(item.text, self.theme.title))
            case blocks.Paragraph():
                return self._paragraph(item)
            case blocks.StatChange():
                return self.changes([item])
            case blocks.CheckResult():
                return self._wrap(self._text(check_in_words(self.language, item), self.theme.check))
            case blocks.Montage():
                return self._montage(item)
            case blocks.Art():
                return self._art(item)
            case blocks.Chart():
                return self._chart(item)
            case blocks.Panel():
                return self._panel(item)
            case blocks.JournalLine():
                return self._wrap(self._text(self.language.say("journal_line", words=item.text), self.theme.note))
            case blocks.JournalPanel():
                return self._journal(item)
            case blocks.Unlocked():
                return self._render_unlocked(item)
            case blocks.Tune():  # it is silent until there is sound
                return []
            case blocks.EndingBlock():
                return self._render_ending(item)
            case Notice():
                return self._notice(item)
            case Rows():
                return self._rows(item)
            case ProblemNotice():
                return self._problem(item)
        assert_never(item)

    def _paragraph(self, block: blocks.Paragraph) -> list[Text]:
        if block.kind == "break":
            return self._centre(self._text(self.language.say("scene_break"), self.theme.rule))
        if block.kind == "quote":
            return self._hung(
                make_styled(f"{'│' if self.signs is UNICODE else '|'} ", self.theme.rule),
                self._runs(block.runs, self.theme.quote),
                repeat=True,
            )
        return self._wrap(self._runs(block.runs, self.theme.prose))

    def _montage(self, montage: blocks.Montage) -> list[Text]:
        lines: list[Text] = []
        for beat in self.beats(montage):
            _append(lines, beat)
        return lines

    def beats(self, montage: blocks.Montage) -> list[list[Text]]:
        """Return the lines of each beat of a montage; its headings stand above the first."""
        two = bool(montage.left and montage.right) and self.measure >= NARROW
        beats = [self._beat(montage, beat.left, beat.right, two=two) for beat in montage.beats]
        heads = self._pair(montage.left, montage.right, self.theme.heading) if two else []
        return [heads + beats[0], *beats[1:]] if beats else []

    def _beat(self, montage: blocks.Montage, left: str, right: str, *, two: bool) -> list[Text]:
        if two:
            return self._pair(left, right, self.theme.prose)
        lines: list[Text] = []
        for name, words in ((montage.left, left), (montage.right, right)):
            if words:
                head = make_styled(f"{clean(name)}: ", self.theme.heading) if montage.left and montage.right else Text()
                lines += self._wrap(head + self._text(words, self.theme.prose))
        return lines

    def _pair(self, left: str, right: str, style: str) -> list[Text]:
        """Return two texts in columns side by side."""
        column = (self.measure - 3) // 2
        lefts = self._wrap(self._text(left, style), column)
        rights = self._wrap(self._text(right, style), column)
        lines = []
        for index in range(max(len(lefts), len(rights))):
            line = lefts[index].copy() if index < len(lefts) else Text()
            if index < len(rights) and rights[index]:
                line.append(" " * (column + 3 - cell_len(line.plain)))
                line.append_text(rights[index])
            lines.append(line)
        return lines

    def _art(self, block: blocks.Art) -> list[Text]:
        drawn = [clean(line).expandtabs(8).rstrip() for line in block.text.strip("\n").split("\n")]
        if max(map(cell_len, drawn), default=0) > self.width or not any(drawn):
            return (
                self._wrap(self._text(self.language.say("picture", words=block.alt), self.theme.faint))
                if block.alt
                else []
            )
        return [Text(line) for line in drawn]

    def _chart(self, block: blocks.Chart) -> list[Text]:
        names = self._column([series.label for series in block.series])
        return [line for series in block.series for line in self._series(series, names)]

    def _series(self, series: blocks.Series, names: int) -> list[Text]:
        label, points = series.label, series.points
        text = self._text(label.ljust(names + len(label) - cell_len(label)), self.theme.heading)
        if not points:
            return self._wrap(text.append(f" {self.language.say('none')}", self.theme.faint))
        ends = f" {self.signs.arrow} ".join(clean(point_in_words(series, each)) for each in (points[0], points[-1]))
        room = min(self.measure - names - cell_len(ends) - 2, 40)
        if room > 1:
            text.append(f" {sparkline(points, self.signs, room)}", self.theme.bar)
        return self._wrap(text.append(f" {ends}"))

    def _panel(self, block: blocks.Panel) -> list[Text]:
        title = self._wrap(self._text(block.title, self.theme.heading)) if block.title else []
        names = self._column([row.label for row in block.rows])
        return title + [line for row in block.rows for line in self.stat(row, names)]

    def stat(self, row: blocks.StatRow, names: int = 0) -> list[Text]:
        """Return a stat with its bar, value and band; `names` is the width of the labels' column."""
        text = self._text(row.label + " " * (names - cell_len(row.label)), self.theme.heading)
        value = value_of(row)
        if row.opposed:
            room = min(20, self.width - names - sum(map(cell_len, row.opposed)) - cell_len(value) - 4)
            drawn = [row.opposed[0], tug(row, self.signs, room), row.opposed[1]]
        else:
            room = min(20, self.width - names - cell_len(value) - 2)
            drawn = [bar(row, self.signs, room)]
        if room > 3 and row.value is not None and (row.show != "number" or row.opposed):  # a shorter bar shows nothing
            text.append(f" {_in_one_line(' '.join(drawn))}", self.theme.bar)
        text.append(f" {_in_one_line(value)}")
        return [text] if cell_len(text.plain) <= self.measure else self._hung(Text(), text, hang=2)

    def _journal(self, block: blocks.JournalPanel) -> list[Text]:
        if not block.lines:
            return self._wrap(self._text(self.language.say("journal_empty"), self.theme.faint))
        wide = len(str(block.lines[-1].turn))
        is_full = len(block.lines) == blocks.MOST_JOURNAL
        full = (
            self._wrap(self._text(self.language.say("journal_full", most=blocks.MOST_JOURNAL), self.theme.faint))
            if is_full
            else []
        )
        return full + [
            line
            for each in block.lines
            for line in self._hung(make_styled(f"{each.turn:>{wide}}  ", self.theme.faint), self._text(each.text))
        ]

    def _render_unlocked(self, block: blocks.Unlocked) -> list[Text]:
        return self._wrap(
            self._text(self.language.say("unlocked", title=block.title), self.theme.heading)
        ) + self._prose(block.text)

    def _render_ending(self, block: blocks.EndingBlock) -> list[Text]:
        words = self.language.say("the_end_titled", title=block.title) if block.title else self.language.say("the_end")
        rule = Text(self.signs.rule * min(self.measure, cell_len(words)), self.theme.rule)
        return [
            rule,
            *self._wrap(self._text(words, self.theme.ending)),
            rule,
            *self._prose(block.text, before=[Text()]),
        ]

    def _notice(self, item: Notice) -> list[Text]:
        styles: Mapping[NoticeKind, str] = {
            "trouble": self.theme.trouble, "heading": self.theme.heading, "note": self.theme.note
        }  # fmt: skip
        return self._wrap(self._text(item.text, styles[item.kind]))

    def _rows(self, item: Rows) -> list[Text]:
        lines = self._wrap(self._text(item.title, self.theme.heading)) if item.title else []
        terms = self._column([row.term for row in item.rows])
        return lines + [line for row in item.rows for line in self._table_row(row, terms)]

    def _table_row(self, row: Row, terms: int) -> list[Text]:
        body = self._text(row.text, self.theme.faint if row.faint else "")
        term = self._text(row.term, self.theme.faint if row.faint else self.theme.number)
        if self.width < NARROW or cell_len(term.plain) > terms:
            return self._wrap(term) + self._hung(Text("  "), body) if row.text else self._wrap(term)
        return self._hung(term + Text(" " * (terms + 2 - cell_len(term.plain))), body)

    def _problem(self, item: ProblemNotice) -> list[Text]:
        head = self._wrap(self._text(item.heading or self.language.say("story_problem"), self.theme.trouble))
        return head + [line for words in item.words.splitlines() for line in self._wrap(Text(clean(words)), self.width)]

    def _prose(self, marked: str, before: Sequence[Text] = ()) -> list[Text]:
        lines: list[Text] = []
        for runs, kind in paragraphs_of([marked]):
            _append(
                lines, self._paragraph(blocks.Paragraph(tuple(blocks.Run(text, style) for text, style in runs), kind))
            )
        return [*before, *lines] if lines else []

    def _runs(self, runs: Sequence[blocks.Run], style: str) -> Text:
        text = Text(style=style)
        em = self.theme.emphasis
        strong = self.theme.strong
        styles = {"em": em, "strong": strong, "em strong": f"{strong} {em}".strip()}
        for run in runs:
            text.append(clean(run.text).replace("\t", " "), styles.get(run.style))
        return text

    def _text(self, words: str, style: str = "") -> Text:
        kept = words if words != words.strip() else " ".join(words.split())
        return make_styled(clean(kept).replace("\n", " "), style)

    def _column(self, words: Sequence[str]) -> int:
        """Return how wide a column of terms is: its widest one, but at most two fifths of the screen."""
        most = max(8, self.width * 2 // 5)
        return max((cell_len(clean(word)) for word in words if cell_len(clean(word)) <= most), default=0)

    def _wrap(self, text: Text, width: int = 0) -> list[Text]:
        width = min(width or self.measure, self.width)
        if is_special(text.plain):
            return break_lines(text, width)
        lines = text.wrap(self._console, width, overflow="fold", tab_size=4)
        for line in lines:
            line.rstrip()
        return list(lines)

    def _hung(self, head: Text, body: Text, *, hang: int = 0, repeat: bool = False, width: int = 0) -> list[Text]:
        """Return a text whose further lines stand under its first one's words, or under the head again with `repeat`."""
        width = width or self.measure
        indent = min(hang or cell_len(head.plain), max(0, width - 8))
        lines = self._wrap(body, max(1, width - max(indent, cell_len(head.plain))))
        if not lines:
            return [head]
        under = head if repeat else Text(" " * indent)
        return [(head if index == 0 else under) + line for index, line in enumerate(lines)]

    def _centre(self, text: Text) -> list[Text]:
        return [Text(" " * max(0, (self.measure - cell_len(text.plain)) // 2)) + line for line in self._wrap(text)]


def _in_one_line(words: str) -> str:
    """Return words that act on no terminal, with every gap a blank."""
    return " ".join(clean(words).split())


def _head(number: int, option: Option, wide: int) -> str:
    letter = letter_of(option)
    return f"{number:>{wide}} {letter}. " if letter else f"{number:>{wide}}. "


def _append(lines: list[Text], more: list[Text], *, apart: bool = True) -> None:
    if lines and more and apart:
        lines.append(Text())
    lines += more


def make_styled(words: str, style: str) -> Text:
    """Return words in a style that what is put behind them does not take over."""
    return Text().append(words, style or None)
