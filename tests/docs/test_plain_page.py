"""docs/plain.md tells what the words of a game are for, and says what is true."""

import runpy
from collections import Counter
from collections.abc import Callable
from typing import cast

import pytest

from house.tree import ROOT
from siberia_quest.play.console import Preferences

SCRIPT = runpy.run_path(str(ROOT / "docs" / "build_plain.py"))


def words_of(preferences: Preferences) -> Counter[str]:
    play = cast("Callable[[Preferences], object]", SCRIPT["play"])
    words = getattr(play(preferences), "words", None)
    assert isinstance(words, Counter)
    return words


def share_of_lists(words: Counter[str]) -> float:
    return cast("Callable[[Counter[str]], float]", SCRIPT["share_of_lists"])(words)


@pytest.fixture(scope="module")
def usual() -> Counter[str]:
    return words_of(Preferences())


def test_lists_and_prompts_are_at_most_a_quarter_of_a_game(usual: Counter[str]) -> None:
    assert share_of_lists(usual) <= 25


def test_without_brief_they_are_more(usual: Counter[str]) -> None:
    assert share_of_lists(words_of(Preferences(brief=False))) > share_of_lists(usual) + 5


def test_the_page_has_the_shares_of_that_game(usual: Counter[str]) -> None:
    page = (ROOT / "docs" / "plain.md").read_text("utf-8")
    for purpose, words in usual.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {purpose} |")]
        assert abs(int(row.split("|")[3].strip(" %")) - 100 * words / usual.total()) < 5, purpose
