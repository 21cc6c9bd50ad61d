"""Pages on a screen of any width."""

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from play.pages import EVERYTHING, LUCK, PAGES, POWER, TEMPER, is_unsafe
from siberia_quest.model.page import Art, Beat, Montage, Option, Page, Panel, Paragraph, Run, StatChange
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.console import Notice, Row, Rows
from siberia_quest.terminal.rich_view import MEASURE, RichView
from siberia_quest.terminal.signs import ASCII
from siberia_quest.terminal.theme import DEFAULT

WIDTHS = pytest.mark.parametrize("width", [20, 40, 80, 120])


def plain(lines: list[Text]) -> list[str]:
    return [line.plain for line in lines]


@WIDTHS
def test_no_line_of_a_page_is_wider_than_the_screen(width: int) -> None:
    lines = plain(RichView(SPOKEN, width).page(EVERYTHING, "Cabin · The woodpile"))
    assert max(map(cell_len, lines)) <= width


@given(PAGES, st.sampled_from([20, 40, 80, 120]))
def test_no_page_at_all_is_wider_than_the_screen_or_acts_on_it(page: Page, width: int) -> None:
    for line in plain(RichView(SPOKEN, width).page(page, "Cabin")):
        assert cell_len(line) <= width, line
        assert not any(is_unsafe(sign) for sign in line), repr(line)


@given(PAGES, st.integers(2, 12))
def test_even_an_absurdly_narrow_screen_gets_its_page(page: Page, width: int) -> None:
    for line in plain(RichView(SPOKEN, width).page(page, "Cabin")):
        assert cell_len(line) <= max(width, 12), line


@WIDTHS
def test_prose_is_set_at_most_72_columns_wide(width: int) -> None:
    lines = plain(RichView(SPOKEN, width).lines(Paragraph((Run("word " * 60),))))
    assert max(map(len, lines)) <= min(width, MEASURE)
    assert " ".join(lines).split() == ["word"] * 60


def test_no_line_ends_in_spaces_so_that_copied_text_is_clean() -> None:
    lines = plain(RichView(SPOKEN, 40).page(EVERYTHING, "Cabin"))
    assert [line for line in lines if line != line.rstrip()] == []


def test_brackets_and_smileys_are_text_and_no_markup() -> None:
    assert "A second paragraph, with [pull] and [/b] and :smile: in it." in plain(
        RichView(SPOKEN, 80).page(EVERYTHING, "")
    )


def test_emphasis_is_kept_in_styles() -> None:
    (line,) = RichView(SPOKEN, 80).lines(Paragraph((Run("so "), Run("hard", "em"), Run("er", "strong"))))
    assert [(span.start, span.end, span.style) for span in line.spans] == [(3, 7, "italic"), (7, 9, "bold")]


def test_a_page_opens_with_its_title_and_place() -> None:
    first = RichView(SPOKEN, 80).page(EVERYTHING, "Cabin · The woodpile")[0]
    assert first.plain == "The woodpile  Cabin"


def test_choices_have_numbers_odds_and_reasons() -> None:
    assert plain(RichView(SPOKEN, 80).options(EVERYTHING.options)) == [
        "1. Pull",
        "2. Ease off  (locked: Your arms are gone)",
        "3. Climb  (likely 72%)",
        "4. Wait  (likely)",
    ]


def test_a_locked_choice_is_greyed_with_its_reason() -> None:
    (line,) = RichView(SPOKEN, 80).options([EVERYTHING.options[1]])
    assert line.plain.endswith("(locked: Your arms are gone)")
    assert {str(span.style) for span in line.spans} | {str(line.style)} <= {"dim", ""}


def styles(line: Text) -> list[tuple[str, str]]:
    """A line's pieces with the styles that cover them."""
    assert str(line.style) == ""
    cuts = sorted({0, len(line), *(span.start for span in line.spans), *(span.end for span in line.spans)})
    return [
        (
            line.plain[low:high],
            " ".join(str(span.style) for span in line.spans if span.start <= low and high <= span.end),
        )
        for low, high in pairwise(cuts)
    ]


def test_only_the_number_of_a_choice_has_the_number_s_style() -> None:
    (line,) = RichView(SPOKEN, 80).options([Option("climb", "Climb", odds=72)])
    assert styles(line) == [("1. ", DEFAULT.number), ("Climb  (likely 72%)", "")]


def test_a_place_is_not_as_loud_as_its_title() -> None:
    (line,) = RichView(SPOKEN, 80).heading("The woodpile", "Cabin")
    assert styles(line) == [("The woodpile", DEFAULT.title), ("  Cabin", DEFAULT.place)]


def test_a_long_choice_hangs_under_its_first_word() -> None:
    lines = plain(RichView(SPOKEN, 20).options([Option("a", "Go down to the river at once")]))
    assert lines == ["1. Go down to the", "   river at once"]


def test_numbers_of_ten_choices_stand_in_one_column() -> None:
    lines = plain(RichView(SPOKEN, 20).options([Option(str(index), "Go") for index in range(10)]))
    assert (lines[0], lines[9]) == (" 1. Go", "10. Go")


def test_what_changed_stands_on_one_line_while_it_fits() -> None:
    changes = [StatChange("power", "Power", 20, 23, "feeble", "wiry"), StatChange("wind", "Wind", 20, 12)]
    assert plain(RichView(SPOKEN, 80).changes(changes)) == ["Power +3 · feeble → wiry   Wind -8"]
    assert plain(RichView(SPOKEN, 30).changes(changes)) == ["Power +3 · feeble → wiry", "Wind -8"]


def test_a_montage_has_two_columns_where_there_is_room() -> None:
    montage = Montage(132, "Siberia", "Moscow", (Beat("The saw. Birch dust.", "A needle."),))
    assert plain(RichView(SPOKEN, 50).lines(montage)) == [
        "Siberia                   Moscow",
        "The saw. Birch dust.      A needle.",
    ]
    assert plain(RichView(SPOKEN, 20).lines(montage)) == ["Siberia: The saw.", "Birch dust.", "Moscow: A needle."]


def test_stats_have_bars_values_and_bands() -> None:
    lines = plain(RichView(SPOKEN, 60).lines(Panel("", (POWER, TEMPER, LUCK))))
    assert lines == [
        "Power  █████░░░░░░░░░░░░░░░ 25 wiry",
        "Temper Calm ░░░░░░░░░░░░░█░░░░░░ Fury 65",
        "Luck   3",
    ]


def test_a_narrow_screen_shows_stats_without_bars() -> None:
    assert plain(RichView(SPOKEN, 16).lines(Panel("", (POWER,)))) == ["Power 25 wiry"]


def test_ascii_has_bars_too() -> None:
    (line,) = plain(RichView(SPOKEN, 60, ASCII).lines(Panel("", (POWER,))))
    assert line.isascii()
    assert "#####..." in line


def test_art_too_wide_for_the_screen_becomes_its_words() -> None:
    assert plain(RichView(SPOKEN, 20).lines(Art("#" * 21, "a wall"))) == ["Picture: a wall"]
    assert plain(RichView(SPOKEN, 21).lines(Art("#" * 21, "a wall"))) == ["#" * 21]


def test_a_table_is_laid_out_in_columns_or_under_its_terms() -> None:
    rows = Rows("Saves", (Row("quick", "Day 1"), Row("before-the-bell", "Day 12, at the very end of it")))
    assert plain(RichView(SPOKEN, 60).lines(rows)) == [
        "Saves",
        "quick            Day 1",
        "before-the-bell  Day 12, at the very end of it",
    ]
    assert plain(RichView(SPOKEN, 20).lines(rows))[:3] == ["Saves", "quick", "  Day 1"]


def test_a_notice_is_never_told_by_colour_alone() -> None:
    (line,) = RichView(SPOKEN, 80).lines(Notice("Not saved.", "trouble"))
    assert line.plain == "Not saved."


def test_what_is_printed_has_no_colour_where_colour_is_unwanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    for line in RichView(SPOKEN, 80).page(EVERYTHING, ""):
        console.print(line, soft_wrap=True)
    written = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    assert "Power" in written
    assert "\x1b[3" not in written.replace("\x1b[3m", "")


MANY = tuple(Option(f"id{number}", f"Choice {number}", words=(letter,)) for number, letter in enumerate("abcdefghijkl"))


def test_a_long_list_stands_in_columns_where_they_fit_and_never_loses_a_choice() -> None:
    for width, columns in ((100, 3), (60, 2), (40, 1), (20, 1)):
        lines = [line.plain for line in RichView(SPOKEN, width).options(MANY)]
        assert len(lines) == -(-len(MANY) // columns)
        assert all(cell_len(line) <= width for line in lines)
        assert all(f"Choice {number}" in "\n".join(lines) for number in range(12))
        assert lines[0].startswith(" 1 a. Choice 0")


def test_a_short_list_stands_in_one_column_however_wide_the_screen() -> None:
    assert len(RichView(SPOKEN, 120).options(MANY[:8])) == 8


def test_the_beats_of_a_montage_that_stands_still_are_apart() -> None:
    montage = Montage(132, "", "", (Beat("The saw.", ""), Beat("Rain.", "")))
    assert plain(RichView(SPOKEN, 50).lines(montage)) == ["The saw.", "", "Rain."]
