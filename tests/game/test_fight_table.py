"""A round says who won it and why: every cell of the fight's table, by the rules and in words."""

import re
from functools import lru_cache

from game.fight_table import PAGE, STANCES, YOURS, Cell, page_of, told_cells

#: Said only of a round that was won, and only of one that was lost.
_WON = re.compile(
    r"\b(?:it’s|all|just|a little|that’s|of it is) yours\b|(?:^|[.;] )(?:Yours|All yours|Just yours)\b"
    r"|you’ve had the round|you have the round\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\bit’s his\b|\b[Hh]is round\b|\bthey’re his\b|\bare his\b|That’s his\b|he has the round|that is a loss|\bdown as his\b"
)


@lru_cache(maxsize=1)
def told() -> list[tuple[Cell, str]]:
    return told_cells()


def test_the_page_has_every_cell_as_the_story_tells_it() -> None:
    assert PAGE.read_text("utf-8") == page_of(told()), "run: make docs, and read what has changed"


def test_each_stance_is_the_key_to_one_intent_and_the_trap_for_another() -> None:
    fits = {(cell.stance, cell.fit): cell.intent for cell, _ in told() if cell.fit != "costly"}
    assert len(fits) == 2 * len(STANCES)


def test_no_line_praises_a_lost_round_or_mourns_a_won_one() -> None:
    wrong = [
        f"{cell.intent}, {cell.stance}, {cell.outcome}: {words}"
        for cell, words in told()
        if (_LOST if cell.outcome in YOURS else _WON).search(words)
    ]
    assert not wrong, "\n".join(["", *wrong])


def test_no_verdict_serves_two_outcomes() -> None:
    endings: dict[str, set[str]] = {}
    for cell, words in told():
        if cell.outcome != "floored":
            endings.setdefault(words[-60:], set()).add(cell.outcome)
    assert [last for last, outcomes in endings.items() if len(outcomes) > 1] == []


def test_a_round_is_told_in_ten_to_seventy_words() -> None:
    lengths = {len(words.split()) for _, words in told()}
    assert min(lengths) >= 10
    assert max(lengths) <= 70


def test_praise_of_a_lost_round_would_be_found() -> None:
    assert _WON.search("You shut up. Just yours.")
    assert _LOST.search("He knocks. It’s his.".replace("It’s", "it’s"))
