"""Panels as lines: two sides where there is room, and no line that is too wide whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from play.pages import BOARD, BOARDS, is_unsafe
from siberia_quest.model.page import Board
from siberia_quest.terminal.boards import BoardView
from siberia_quest.terminal.signs import ASCII, UNICODE
from siberia_quest.terminal.theme import DEFAULT


def drawn(width: int, board: Board = BOARD) -> list[str]:
    return [line.plain for line in BoardView(width, UNICODE, DEFAULT).lines(board)]


def test_two_sides_look_at_each_other_where_there_is_room() -> None:
    assert drawn(64) == [
        "Round 8 of 15                  hall ████░░░░ 44 listening   224!",
        "You                                                          Ada",
        "Power ████░░░░░░░░░░░ 25 wiry      lead a length ░░░░░░░░░░░████",
        "Mood  low",
        "last dig +   swarm −   dig −",
    ]


def test_on_a_narrow_screen_one_side_stands_under_the_other() -> None:
    assert drawn(40) == [
        "Round 8 of 15",
        "hall ████░░░░ 44 listening   224!",
        "You",
        "Power ████░░░░░░░░░░░ 25 wiry",
        "Mood  low",
        "Ada",
        "lead ████░░░░░░░░░░░ a length",
        "last dig +   swarm −   dig −",
    ]


def test_an_output_of_ascii_gets_ascii() -> None:
    lines = [line.plain for line in BoardView(40, ASCII, DEFAULT).sides(BOARD)]
    assert "Power ####........... 25 wiry" in lines


@given(BOARDS, st.sampled_from([1, 8, 20, 40, 60, 80, 120]))
def test_no_line_of_a_panel_is_wider_than_the_screen_or_acts_on_it(board: Board, width: int) -> None:
    for line in drawn(width, board):
        assert cell_len(line) <= max(width, 2), line
        assert not any(is_unsafe(sign) for sign in line), repr(line)
