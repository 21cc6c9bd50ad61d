"""The full screen as it looks: each view at three sizes, kept as text, and no row that does not fit whatever stands on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from play.pages import ANY_TEXT, BLOCKS, BOARDS, OPTIONS, is_unsafe
from siberia_quest.model.page import Option, Page
from siberia_quest.play.console import InputRequest, Notice
from terminal.full_sittings import MANY, PROSE, FullConsole, Known, at_page

SCREENS = Path(__file__).with_name("screens")
SIZES = ((60, 16), (80, 24), (120, 40))


def page() -> FullConsole:
    return at_page()[0]


def selected() -> FullConsole:
    console = page()
    console.stage.step(1)
    console.stage.step(1)
    return console


def long_page() -> FullConsole:
    return at_page(prose=PROSE)[0]


def many_choices() -> FullConsole:
    console = at_page(MANY)[0]
    for _ in range(3):
        console.stage.step(1)
    return console


def board() -> FullConsole:
    return at_page(has_panel=True)[0]


def question() -> FullConsole:
    return at_page(())[0]


def stats() -> FullConsole:
    console = page()
    console.stage.look_up("full_stats")
    return console


def journal() -> FullConsole:
    console = page()
    console.stage.look_up("full_journal")
    return console


def way() -> FullConsole:
    console = page()
    console.stage.look_up("full_way")
    return console


def saves() -> FullConsole:
    console = page()
    console.stage.browse_saves()
    console.stage.step(1)
    return console


def found() -> FullConsole:
    console = long_page()
    console.stage.find("sentence 7", first=True)
    return console


def told() -> FullConsole:
    console, question = at_page()
    console.tell(Notice("Which one do you mean?"))
    console.stage.begin(question)
    return console


VIEWS: tuple[Callable[[], FullConsole], ...] = (
    page, selected, long_page, many_choices, board, question, stats, journal, way, saves, found, told,
)  # fmt: skip


@pytest.mark.parametrize(("columns", "rows"), SIZES)
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_view_looks_as_it_is_kept(
    view: Callable[[], FullConsole], columns: int, rows: int, request: pytest.FixtureRequest
) -> None:
    console = view()
    frame = console.stage.draw(columns, rows, "", 0)
    drawn = "\n".join([*(line.plain.rstrip() for line in frame.rows), f"cursor {frame.column} {frame.row}", ""])
    path = SCREENS / f"{view.__name__}.{columns}x{rows}.txt"
    if request.config.getoption("--bless"):
        path.write_text(drawn, "utf-8")
    assert drawn == path.read_text("utf-8")


#: Pages with panels; what is found is not made smaller, which takes minutes.
LAID = st.builds(
    lambda pieces, boards: Page(pieces, panels=boards),
    st.lists(BLOCKS, max_size=3).map(tuple),
    st.lists(BOARDS, max_size=2).map(tuple),
)


@settings(max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    LAID,
    st.lists(OPTIONS, max_size=20),
    ANY_TEXT,
    st.integers(60, 140),
    st.integers(16, 50),
    st.sampled_from(["", "full_stats", "full_journal", "full_way", "saves"]),
)
def test_whatever_stands_on_it_a_screen_has_its_rows_and_none_is_too_wide(
    page: Page, options: list[Option], typed: str, columns: int, rows: int, view: str
) -> None:
    console = FullConsole()
    console.show(page._replace(options=tuple(options)), typed)
    console.stage.lay_out(columns, rows)
    console.stage.begin(InputRequest(typed, tuple(options), look_ups=Known()))
    if view == "saves":
        console.stage.browse_saves()
    elif view:
        console.stage.look_up(view)  # type: ignore[arg-type]  # one of its names
    console.stage.step(1)
    console.stage.turn_page(1)
    frame = console.stage.draw(columns, rows, typed, len(typed))
    assert len(frame.rows) == rows
    for line in frame.rows:
        assert cell_len(line.plain) <= columns, line.plain
        assert not any(is_unsafe(sign) for sign in line.plain), repr(line.plain)
    assert 0 <= frame.column < columns
    assert 0 <= frame.row < rows


@pytest.mark.parametrize("size", [(60, 16), (70, 30), (120, 24)])
def test_resizing_keeps_what_is_read_and_what_is_selected(size: tuple[int, int]) -> None:
    console, _ = at_page(MANY, f"{PROSE} {PROSE}")
    console.rows(80, 24)
    console.stage.step(1)
    console.stage.turn_page(1)

    def first_sentence(columns: int, rows: int) -> str:
        shown = " ".join(console.rows(columns, rows)[2:])
        return shown.partition("Sentence ")[2].split(" ")[0]

    before = first_sentence(80, 24)
    there, back = first_sentence(*size), first_sentence(80, 24)
    assert int(before) > 2
    assert abs(int(there) - int(before)) <= 1
    assert abs(int(back) - int(before)) <= 1
    assert console.stage.selected == 0


def test_a_long_page_is_read_to_its_end_and_says_how_far_one_is() -> None:
    console = long_page()
    shares = []
    while "Space: more" in (screen := "\n".join(console.rows())):
        shares.append(int(screen.partition("▼ ")[2].partition("%")[0]))
        console.stage.turn_page(1)
        assert len(shares) < 20
    assert shares == sorted(set(shares))
    assert "Sentence 30 of" in screen


def test_earlier_pages_can_be_read_again_and_the_newest_comes_back() -> None:
    console, question = at_page(prose="The first page.")
    console.show(Page((PROSE,)), "The barn")
    console.stage.begin(question)
    console.stage.turn_page(-1)
    assert any("The first page." in row for row in console.rows())
    console.stage.reader.show_new()
    assert not any("The first page." in row for row in console.rows())


def test_a_search_finds_what_was_told_before_and_goes_on_from_there() -> None:
    console, question = at_page(prose="A bear, far off.")
    for number in range(30):
        console.show(Page((f"Page {number}. {'A bear.' if number % 10 == 5 else PROSE}",)), "")
    console.stage.begin(question)
    console.stage.find("bear", first=True)
    seen = []
    for _ in range(5):
        console.rows()
        seen.append(console.stage.reader.top.leaf)
        console.stage.find("bear", back=True)
    assert seen == [26, 16, 6, 0, 0]
    assert "nowhere" in console.stage.said
    console.stage.find("bear")
    assert console.stage.reader.top.leaf == 6


def test_what_is_longer_than_a_line_is_found_where_it_begins() -> None:
    console, _ = at_page(prose=PROSE)
    console.stage.find("it is still snowing. Sentence 3 of the long evening", first=True)
    assert not console.stage.said
