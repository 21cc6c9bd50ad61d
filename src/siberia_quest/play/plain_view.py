"""Pages as lines of plain text: one paragraph is one line, and nothing depends on colour, width or drawing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeAlias, assert_never

from siberia_quest.engine.counting import list_words
from siberia_quest.engine.figures import has_own_words
from siberia_quest.engine.numbers import capital, shown
from siberia_quest.model import page as blocks
from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean, plain_paragraphs
from siberia_quest.model.page import Board, Figure, Option, Page
from siberia_quest.play.console import ConsoleItem, Notice, ProblemNotice, Rows
from siberia_quest.play.phrasing import check_in_words, point_in_words, remark_on
from siberia_quest.play.picking import letter_of
from siberia_quest.play.speech import changes_in_words

#: Ends a sentence by itself.
_ENDS = (".", "!", "?", "…", "。", "！", "？")

#: A sentence of a panel: the panel's id, the row it stands in, and the sentence.
Said: TypeAlias = tuple[str, int, str]


def page_lines(language: Language, page: Page) -> list[str]:
    """Return a page as lines, its options last; an empty line stands between paragraphs."""
    lines = item_lines(language, page.blocks)
    if page.options:
        lines += ["", *option_lines(language, page.options)] if lines else option_lines(language, page.options)
    return lines


def item_lines(language: Language, items: Iterable[ConsoleItem]) -> list[str]:
    """Return blocks and notices as lines, apart from one another; what changed is one line, and notices stay together."""
    lines: list[str] = []
    for run in _runs(items):
        changes = [item for item in run if isinstance(item, blocks.StatChange)]
        new = _change_lines(language, changes) if changes else _plain_lines(language, run)
        lines += ["", *new] if lines and new else new
    return lines


def _runs(items: Iterable[ConsoleItem]) -> Iterator[list[ConsoleItem]]:
    """Yield items that are told together: changes, notices, and all else by itself."""
    for sort, run in groupby(items, type):
        if sort in {blocks.StatChange, Notice}:
            yield list(run)
        else:
            yield from ([item] for item in run)


def _change_lines(language: Language, changes: Sequence[blocks.StatChange]) -> list[str]:
    words = changes_in_words(language, changes)
    return [one_line(words)] if words else []


def _plain_lines(language: Language, items: Iterable[ConsoleItem]) -> list[str]:
    return [
        clean(line).rstrip() if isinstance(item, ProblemNotice) else one_line(line)
        for item in items
        for line in lines_of(language, item)
    ]


def option_lines(language: Language, options: Sequence[Option]) -> list[str]:
    """Return options as numbered lines, each with its odds or the reason it is locked."""
    return [one_line(option_words(language, number, option)) for number, option in enumerate(options, 1)]


def option_words(language: Language, number: int, option: Option) -> str:
    """Return an option with its number, and the letter it has in a long list, with its remark and hint in brackets."""
    beside = remark_on(language, option)
    head = f"{number} {letter_of(option)}".rstrip()
    return f"{head}. {option.text} ({beside})" if beside else f"{head}. {option.text}"


def board_lines(language: Language, board: Board, known: Collection[Said] = ()) -> list[str]:
    """Return a panel as sentences: its title with what stands beside it, each side, and what is below.

    Of what is `known` nothing is said; words alone, such as a title or whose side it is, are said before what is new there.
    """
    lines = [" ".join(_new_in_row(language, board, row, known)) for row in range(len(board.rows))]
    title = [language.say("sentence", words=board.title)] if board.title and any(lines) else []
    return [one_line(line) for line in (" ".join([*title, *filter(None, lines[:1])]), *lines[1:]) if line]


def sentences_of(language: Language, board: Board) -> Iterator[Said]:
    """Yield what a panel says: each sentence with where it stands."""
    for at, row in enumerate(board.rows):
        for figure in row:
            for sentence in _figure_sentences(language, figure):
                yield board.id, at, sentence


def _new_in_row(language: Language, board: Board, at: int, known: Collection[Said]) -> list[str]:
    figures = board.rows[at]
    is_headed = len(figures) > 1 and not (figures[0].label or figures[0].row or figures[0].items)
    heads, others = (figures[:1], figures[1:]) if is_headed else ((), figures)
    sentences = [each for figure in others for each in _figure_sentences(language, figure)]
    new = [each for each in sentences if (board.id, at, each) not in known]
    return [*(figure_sentence(language, each) for each in heads), *new] if new else []


def _figure_sentences(language: Language, figure: Figure) -> list[str]:
    """Return what a figure says: one sentence, or each of its items where these are sentences without a name."""
    if figure.items and not figure.label and all(item.endswith(_ENDS) for item in figure.items):
        return list(figure.items)
    return [sentence for sentence in (figure_sentence(language, figure),) if sentence]


def figure_sentence(language: Language, figure: Figure) -> str:
    """Return one thing that a panel shows as a sentence: `Legs: 25 of 100, wiry.`."""
    if figure.row and not has_own_words(figure):
        return stat_sentence(language, figure.row)
    are_sentences = any(item.endswith(_ENDS) for item in figure.items)
    words = " ".join(figure.items) if are_sentences else list_words(language, figure.items) or figure.text
    label = capital(figure.label)
    if not words:
        return language.say("figure_empty", label=label) if label else ""
    told = language.say("stat_band", label=label, band=words) if label else language.say("sentence", words=words)
    return told[:-1] if words.endswith(_ENDS) else told


def one_line(text: str) -> str:
    """Return a text as one clean line; a dot that stands between two things is read as a comma."""
    return " ".join(clean(text).split()).replace(" · ", ", ")


def lines_of(language: Language, item: ConsoleItem) -> list[str]:  # noqa: C901, PLR0911, PLR0912  # one case for each block and notice
    """Return one block or notice as lines."""
    match item:
        case blocks.Title():
            return [item.text]
        case blocks.Paragraph():
            return [language.say("break_read")] if item.kind == "break" else [item.text]
        case blocks.CheckResult():
            return [language.say("sentence", words=check_in_words(language, item))]
        case blocks.StatChange():
            return _change_lines(language, [item])
        case blocks.Montage():
            return _montage(item)
        case blocks.Art():
            return [language.say("picture", words=item.alt)] if item.alt else []
        case blocks.Chart():
            return [_series_words(language, each) for each in item.series]
        case blocks.Panel():
            return [*([item.title] if item.title else []), *(stat_sentence(language, row) for row in item.rows)]
        case blocks.JournalLine():
            return [language.say("journal_line", words=item.text)]
        case blocks.JournalPanel():
            return _journal(language, item)
        case blocks.Unlocked():
            return [language.say("unlocked", title=item.title), *plain_paragraphs([item.text])]
        case blocks.Tune():
            return []  # until there is sound, nothing is heard
        case blocks.EndingBlock():
            return _tell_ending(language, item)
        case Notice():
            return [item.text]
        case Rows():
            return _rows(item)
        case ProblemNotice():
            return [item.heading or language.say("story_problem"), *item.words.splitlines()]
    assert_never(item)


def _montage(block: blocks.Montage) -> list[str]:
    lines: list[str] = []
    for beat in block.beats:
        if beat.left and beat.right and block.left and block.right:
            lines += [f"{block.left}: {beat.left}", f"{block.right}: {beat.right}"]
        else:
            lines += [words for words in (beat.left, beat.right) if words]
    return lines


def _series_words(language: Language, series: blocks.Series) -> str:
    label, points = series.label, series.points
    if not points:
        return language.say("series_empty", label=label)
    first, last, low, high = (
        point_in_words(series, each) for each in (points[0], points[-1], min(points), max(points))
    )
    if low == high:
        return language.say("series_flat", label=label, value=first)
    return language.say("series", label=label, first=first, last=last, low=low, high=high)


def stat_sentence(language: Language, row: blocks.StatRow) -> str:
    """Return a stat as a sentence: `Strength: 25 of 100, wiry.`."""
    if row.value is None or row.high is None:
        return language.say("stat_band", label=row.label, band=row.band)
    key = "stat_banded" if row.band else "stat"
    if row.opposed:
        key = "stat_opposed"
    low, high = row.opposed or ("", "")
    return language.say(
        key, label=row.label, value=shown(row.value), most=shown(row.high), band=row.band, low=low, high=high
    )


def _journal(language: Language, block: blocks.JournalPanel) -> list[str]:
    full = [language.say("journal_full", most=blocks.MOST_JOURNAL)] if len(block.lines) == blocks.MOST_JOURNAL else []
    lines = [language.say("journal_turn", turn=line.turn, words=line.text) for line in block.lines]
    return [*full, *lines] or [language.say("journal_empty")]


def _tell_ending(language: Language, block: blocks.EndingBlock) -> list[str]:
    heading = language.say("the_end_titled", title=block.title) if block.title else language.say("the_end")
    return [heading, *plain_paragraphs([block.text])]


def _rows(item: Rows) -> list[str]:
    rows = [
        f"{row.term}{' ' if row.term.endswith(_ENDS) else ': '}{row.text}" if row.text else row.term
        for row in item.rows
    ]
    return [*([item.title] if item.title else []), *rows]
