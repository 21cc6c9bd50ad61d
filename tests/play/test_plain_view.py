"""Pages as plain text: words only, a paragraph a line."""

from hypothesis import given

from play.pages import EVERYTHING, PAGES, is_unsafe
from siberia_quest.model.page import Art, Montage, Option, Page, Paragraph, Run, StatChange, Title, Tune
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.console import Notice, Row, Rows
from siberia_quest.play.plain_view import item_lines, option_lines, page_lines


def test_every_block_has_its_words() -> None:
    assert page_lines(SPOKEN, EVERYTHING) == [
        "The woodpile",
        "",
        "Birch, frozen so hard that the saw sings.",
        "",
        "A second paragraph, with [pull] and [/b] and :smile: in it.",
        "",
        "Treeline: likely 72%, passed.",
        "",
        "The saw.",
        "A needle.",
        "Siberia: Breath.",
        "Moscow: A number.",
        "",
        "Picture: a mountain",
        "",
        "Power: from 22 to 31, between 22 and 31.",
        "Eye: nothing written down yet.",
        "Mood: from low to high, between low and high.",
        "",
        "Stats",
        "Power: 25 of 100, wiry.",
        "Temper: 65 of 100, from Calm to Fury.",
        "Luck: 3 of 10.",
        "Mood: low.",
        "",
        "Turn 3: Sawed.",
        "Turn 12: Slept.",
        "",
        "Journal: Ate.",
        "",
        "Unlocked: A reel",
        "What was filmed elsewhere.",
        "",
        "Power rises to 25, now wiry.",
        "",
        "The end: Knockout",
        "He does not get up.",
        "",
        "1. Pull",
        "2. Ease off (locked: Your arms are gone)",
        "3. Climb (likely 72%)",
        "4. Wait (likely)",
    ]


def test_a_hint_stands_beside_its_choice() -> None:
    options = [
        Option("a", "Play it loud", hint="Work gives more."),
        Option("b", "Climb", odds=72.0, hint="It takes the day."),
        Option("c", "Rest", enabled=False, reason="No wood.", hint="Warm."),
    ]
    assert option_lines(SPOKEN, options) == [
        "1. Play it loud (Work gives more)",
        "2. Climb (likely 72%; It takes the day)",
        "3. Rest (locked: No wood; Warm)",
    ]


def test_what_changed_stands_before_the_heading_of_the_next_passage() -> None:
    change = StatChange("power", "Power", 22, 25)
    page = Page(("You saw.", Title("The stove"), "It is out."), changes=(change,))
    assert page_lines(SPOKEN, page) == ["You saw.", "", "Power rises to 25.", "", "The stove", "", "It is out."]
    page = Page((Title("The stove"), "It is out.", Title("Outside"), "Snow."), changes=(change,))
    assert page_lines(SPOKEN, page)[4:7] == ["Power rises to 25.", "", "Outside"]
    page = Page((Title("The stove"), "It is out."), changes=(change,))
    assert page_lines(SPOKEN, page)[-1] == "Power rises to 25."


def test_music_is_not_told_while_there_is_none() -> None:
    assert item_lines(SPOKEN, [Tune("pulse", 132)]) == []


def test_a_paragraph_is_one_line_even_with_a_line_break_in_it() -> None:
    assert item_lines(SPOKEN, [Paragraph((Run("Dear Anna,\n"), Run("come ", "em"), Run("home.")))]) == [
        "Dear Anna, come home."
    ]


def test_a_change_too_small_to_see_is_not_told() -> None:
    assert item_lines(SPOKEN, [StatChange("luck", "Luck", 3, 3.2)]) == []


def test_a_fall_is_told_with_what_it_leaves() -> None:
    assert item_lines(SPOKEN, [StatChange("luck", "Luck", 5, 2)]) == ["Luck falls to 2."]


def test_a_picture_without_words_says_nothing() -> None:
    assert item_lines(SPOKEN, [Art("xx", "")]) == []


def test_a_locked_choice_without_a_reason_is_still_said_to_be_locked() -> None:
    assert option_lines(SPOKEN, [Option("a", "Climb", enabled=False)]) == ["1. Climb (locked)"]


def test_a_table_is_told_row_by_row() -> None:
    rows = Rows("Saves", (Row("one", "Day 1"), Row("two", "")))
    assert item_lines(SPOKEN, [Notice("Here:"), rows]) == ["Here:", "", "Saves", "one: Day 1", "two"]


@given(PAGES)
def test_no_page_writes_anything_a_terminal_could_act_on(page: Page) -> None:
    for line in page_lines(SPOKEN, page):
        assert not any(is_unsafe(sign) for sign in line), repr(line)


def test_a_beat_without_columns_is_a_plain_line() -> None:
    (montage,) = (piece for piece in EVERYTHING.pieces if isinstance(piece, Montage))
    assert item_lines(SPOKEN, [montage._replace(left="", right="")]) == [
        "The saw.",
        "A needle.",
        "Breath.",
        "A number.",
    ]
