"""The status in the prompt fits the screen."""

import pytest

from siberia_quest.model.page import Figure, StatRow
from siberia_quest.terminal.drawing import bar, fewer, fit_status, sparkline, status_words, tug
from siberia_quest.terminal.signs import ASCII, UNICODE

FATIGUE = StatRow("fatigue", "Fatigue", 45, 0, 100, "", "bar")
STATUS = (
    Figure("day", "Day", "3", None),
    Figure("sky", "Sky", "clear", None),
    Figure("fatigue", "Fatigue", "45", FATIGUE),
    Figure("beard", "Beard", "", None),
)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "Day 3 · Sky clear · Fatigue ██░░░ 45"),
        (36, "Day 3 · Sky clear · Fatigue ██░░░ 45"),
        (35, "Day 3 · Sky clear · Fatigue 45"),
        (29, "Day 3 · Sky clear"),
        (10, "Day 3"),
        (4, ""),
    ],
)
def test_bars_go_first_and_then_the_last_things(width: int, shown: str) -> None:
    assert fit_status(STATUS, width, UNICODE) == shown


def test_in_words_it_is_told_without_drawing() -> None:
    assert [status_words(entry) for entry in STATUS] == ["Day 3", "Sky clear", "Fatigue 45", ""]


@pytest.mark.parametrize(
    ("value", "drawn"), [(0, "....."), (1, "#...."), (50, "##..."), (100, "#####"), (250, "#####"), (-5, ".....")]
)
def test_a_bar_shows_something_as_soon_as_there_is_something(value: int, drawn: str) -> None:
    assert bar(FATIGUE._replace(value=value), ASCII, 5) == drawn


def test_a_bar_without_a_range_is_empty() -> None:
    assert bar(FATIGUE._replace(low=3, high=3), ASCII, 4) == "...."


@pytest.mark.parametrize(("value", "drawn"), [(0, "|...."), (50, "..|.."), (100, "....|")])
def test_an_opposed_pair_shows_where_between_its_ends_one_is(value: int, drawn: str) -> None:
    assert tug(FATIGUE._replace(value=value), ASCII, 5) == drawn


def test_a_sparkline_goes_from_lowest_to_highest() -> None:
    assert sparkline([10, 20, 15, 17.5], UNICODE, 10) == "▁█▅▆"
    assert sparkline([7, 7], UNICODE, 10) == "▁▁"


def test_a_long_line_is_told_by_means() -> None:
    assert fewer([1, 3, 5, 7], 2) == [2, 6]
    assert fewer([1, 3], 5) == [1, 3]
    assert len(fewer(list(range(1000)), 40)) == 40
