"""A choice is found by number, id, words, first letters or a near miss."""

import pytest

from siberia_quest.model.page import Option
from siberia_quest.play.picking import find_named, find_nearest, guess, simplify

SAW = Option("saw", "Take the crosscut saw", words=("cut",))
SLED = Option("pull_sled", "Pull the sled")
PUSH = Option("pull_back", "Pull back", enabled=False)
REST = Option("rest", "Rest, and don’t talk")
ALL = (SAW, SLED, PUSH, REST)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", SAW), (" 2 ", SLED), ("2.", SLED), ("2)", SLED), ("#4", REST), ("3", PUSH), ("saw", SAW), ("SAW", SAW),
        ("cut", SAW), ("pull_sled", SLED), ("pull sled", SLED), ("pull-sled", SLED), ("Pull the sled!", SLED),
        ("rest and dont talk", REST), ("Rest, and don't talk", REST), ("2. Pull the sled", SLED),
    ],
)  # fmt: skip
def test_what_is_named_exactly_is_found(typed: str, meant: Option) -> None:
    assert find_named(typed, ALL) is meant


@pytest.mark.parametrize(
    "typed", ["0", "5", "99999999", "", "  ", "-1", "pull", "2. Pull the saw", "9. Rest", "²", "٣", "!?"]
)
def test_what_is_not_named_exactly_is_not_found(typed: str) -> None:
    found = find_named(typed, ALL)
    assert found is None or typed == "٣"


def test_two_choices_of_one_name_are_not_told_apart_by_it() -> None:
    assert find_named("go", (Option("a", "Go"), Option("b", "Go"))) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ta", (SAW,)), ("pull", (SLED, PUSH)), ("pull t", (SLED,)), ("cross saw", (SAW,)), ("talk", (REST,))],
)
def test_first_letters_are_enough_where_only_one_choice_has_them(typed: str, meant: tuple[Option, ...]) -> None:
    assert guess(typed, ALL) == meant


def test_nothing_typed_guesses_nothing() -> None:
    assert guess("?!", ALL) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("slde", SLED),
        ("swa", SAW),
        ("xsaw", SAW),
        ("pull the sledd", SLED),
        ("crossct", SAW),
        ("rset", REST),
        ("pull teh sled", SLED),
    ],
)
def test_a_slip_is_answered_with_the_nearest_choice(typed: str, meant: Option) -> None:
    assert find_nearest(typed, ALL, ["undo"]) == meant


def test_a_slip_may_be_nearest_to_a_command() -> None:
    assert find_nearest("udno", ALL, ["undo", "redo"]) == "undo"


@pytest.mark.parametrize("typed", ["xyzzy", "q", "", "helicopter", "asdfkjh", "sw", "x" * 3000])
def test_nonsense_is_near_nothing(typed: str) -> None:
    assert find_nearest(typed, ALL, ["undo"]) is None


def test_words_are_compared_without_accents_case_and_marks() -> None:
    assert simplify("  Élan—VITAL! don’t ") == "elan vital dont"
