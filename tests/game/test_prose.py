"""The prose keeps the rules of `docs/writing.md`, as far as a machine can count them."""

import re
from functools import lru_cache
from pathlib import Path

import pytest

from game.prose import SIMILE, prose_of
from house.tree import ROOT

_ROW = re.compile(r"^\| (?P<words>[a-zA-Z ]+) \| (?P<most>\d+) \|", re.MULTILINE)
SLACK = 3


def worn_words() -> dict[str, int]:
    """The words that the page calls worn out, and how often each may stand."""
    page = (ROOT / "docs" / "writing.md").read_text("utf-8")
    return {row["words"]: int(row["most"]) for row in _ROW.finditer(page)}


@lru_cache(maxsize=1)
def whole() -> str:
    """All that the story's files say, each string on a line of its own."""
    return "\n".join(each.text for each in prose_of())


def count_of(words: str, text: str) -> int:
    return len(re.findall(rf"\b{words}\b", text, re.IGNORECASE))


@pytest.mark.parametrize("words", worn_words())
def test_worn_words_are_no_more_than_the_page_allows(words: str) -> None:
    count, most = count_of(words, whole()), worn_words()[words]
    assert count <= most, f"“{words}” stands {count} times: take some out again, or say it otherwise"
    assert count >= most - SLACK, f"“{words}” stands only {count} times: write that into docs/writing.md"


def test_no_string_has_two_similes() -> None:
    found = [f"{each.scene}: {each.text[:70]}" for each in prose_of() if len(SIMILE.findall(each.text)) > 1]
    assert not found, "\n".join(["", *found])


def test_a_second_simile_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x:\n- It fell like a\n  tree, as if cut.\n- {y: It fell.}\n", "utf-8")
    assert [len(SIMILE.findall(each.text)) for each in prose_of(tmp_path)] == [2, 0]
