"""Marks in prose, cleaning, and the persistent counts of a state."""

import re

from hypothesis import given
from hypothesis import strategies as st

from siberia_quest.model.markup import BREAK, EM_OFF, EM_ON, GLUE, QUOTE, clean, paragraphs_of, plain_paragraphs
from siberia_quest.model.page import Page, Paragraph, Run
from siberia_quest.model.state import Counts


def test_prose_is_split_at_blank_lines_and_empty_paragraphs_vanish() -> None:
    assert plain_paragraphs(["One.", "  \n\n\n\nTwo.  Spaces.", ""]) == ["One.", "Two. Spaces."]


def test_glue_joins_neighbours_and_keeps_a_space_that_stands_there() -> None:
    assert plain_paragraphs([f"It is{GLUE}", f"{GLUE}n’t"]) == ["It isn’t"]
    assert plain_paragraphs([f"three {GLUE}", "bells"]) == ["three bells"]


@given(st.text(alphabet=f"a {GLUE}"))
def test_glue_takes_the_blanks_on_both_sides_and_leaves_one_where_there_was_any(text: str) -> None:
    glued = re.sub(f"\\s*{GLUE}\\s*", lambda found: " " if " " in found[0] else "", f"b{text}b")
    assert plain_paragraphs([f"b{text}b"]) == [" ".join(glued.split())]


def test_emphasis_quotations_and_breaks_become_typed_paragraphs() -> None:
    page = Page((f"The {EM_ON}old{EM_OFF} sign", f"{QUOTE}Beware.", BREAK))
    assert page.blocks == (
        Paragraph((Run("The "), Run("old", "em"), Run(" sign"))),
        Paragraph((Run("Beware."),), "quote"),
        Paragraph((), "break"),
    )
    assert page.paragraphs == ("The old sign", "Beware.")


@given(st.text())
def test_no_text_from_outside_keeps_what_could_act_on_a_screen(text: str) -> None:
    for sign in clean(text):
        assert sign in "\t\n" or not (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0)
        assert not 0xE000 <= ord(sign) <= 0xF8FF
        assert sign not in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"


def test_a_command_to_the_terminal_loses_its_power() -> None:
    assert clean("a\x1b[31mb\x9bc\u202ed\ue001") == "a[31mbcd"


@given(st.lists(st.text(alphabet="ab \n\ue001\ue002\ue008", max_size=12), max_size=4))
def test_runs_of_a_page_hold_the_same_words_as_its_plain_paragraphs(prose: list[str]) -> None:
    words = ["".join(text for text, _ in runs).strip() for runs, kind in paragraphs_of(prose) if kind != "break"]
    assert [word for word in words if word] == plain_paragraphs(prose)


@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(1, 9)), max_size=60))
def test_counts_hold_what_was_put_last_and_earlier_counts_stay_as_they_were(changes: list[tuple[int, int]]) -> None:
    counts = Counts.none()
    known: dict[int, tuple[int, ...]] = {}
    for index, number in changes:
        before, counts = counts, counts.put(index, (number, number))
        assert before.get(index) == known.get(index)
        known[index] = (number, number)
    assert dict(counts.items()) == known


def test_counts_with_the_same_content_are_equal_whatever_the_way_there() -> None:
    one = Counts.none().put(3, (1,)).put(70, (2,))
    other = Counts.none().put(70, (9,)).put(3, (1,)).put(70, (2,))
    assert one == other
    assert one != other.put(3, (2,))


@given(st.lists(st.integers(0, 63).map(lambda number: number * 1024), max_size=60))
def test_counts_that_stand_close_together_are_equal_whatever_their_order(places: list[int]) -> None:
    one, other = Counts.none(), Counts.none()
    for place in places:
        one = one.put(place, (1, place))
    for place in sorted(places):
        other = other.put(place, (1, place))
    assert one == other
    assert [index for index, _ in one.items()] == sorted({*places})
    assert one.find_differences(Counts.none()) == sorted({*places})
    assert one.find_differences(one.put(1024, (9,))) == [1024]


def test_a_change_copies_no_more_when_a_hundred_times_as_much_was_visited() -> None:
    sizes = []
    for visited in (100, 10_000):
        counts = Counts.none()
        for index in range(visited):
            counts = counts.put(index, (1, 1))
        after = counts.put(7, (2, 1))
        fresh = [after.root, *(each for each, old in zip(after.root, counts.root, strict=True) if each is not old)]
        sizes.append(sum(len(each or ()) for each in fresh))
    assert sizes[1] < 2 * sizes[0]
