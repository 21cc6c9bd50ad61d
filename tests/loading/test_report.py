"""Diagnostics fit the terminal they are shown on."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.loading.report import fit_line, render_all
from siberia_quest.tools.checking import find_problems

WIDE = """story: A ferry
passages:
  quay:
    text: The last ferry goes at midnight, as everybody knows who has ever missed it, and {gold} coins are not enough for it.
    choices:
      - {text: Wait, goto: nowhere_at_all_that_anybody_has_ever_heard_of}
"""


@pytest.mark.parametrize("columns", [54, 60, 80, 120])
def test_every_line_fits_and_the_caret_stands_under_the_mistake(columns: int, tmp_path: Path) -> None:
    path = tmp_path / "ferry.yaml"
    path.write_text(WIDE, "utf-8")
    loaded = load_story(path)
    told = render_all(find_problems(loaded), loaded.lines, columns).splitlines()
    assert max(map(len, told)) <= columns
    carets = [at for at, line in enumerate(told) if set(line) <= {" ", "|", "^"} and "^" in line]
    marked = [told[at - 1][told[at].index("^") : told[at].rindex("^") + 1] for at in carets]
    assert marked[0] == "gold"
    assert "nowhere_at_all_that_anybody".startswith(marked[1][:20])


def test_without_a_terminal_sentences_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "ferry.yaml"
    path.write_text(WIDE.replace("{gold}", "two"), "utf-8")
    loaded = load_story(path)
    told = render_all(find_problems(loaded), loaded.lines)
    assert "no passage named `nowhere_at_all_that_anybody_has_ever_heard_of`\n" in told


def test_a_line_is_broken_between_words_and_goes_on_further_in() -> None:
    assert fit_line("  why: one two three four", 20) == "  why: one two three\n      four"
    assert fit_line("  why: one two three four", 0) == "  why: one two three four"
    assert fit_line("/a/very/long/path/without/a/space.yaml", 20) == "/a/very/long/path/without/a/space.yaml"
