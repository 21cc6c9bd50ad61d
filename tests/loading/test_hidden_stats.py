"""What is hidden of a stat stays hidden, also in the words that are made for a greyed choice or a check."""

from pathlib import Path

import pytest

from siberia_quest import advance, begin, load_story
from siberia_quest.model.page import CheckResult, Option, Page

STORY = """\
story: The ferryman
stats:
  patience: {{start: 20, label: Patience, show: {show}, bands: {{0: thin, 40: long}}}}
passages:
  bank:
    text: He looks at the water.
    choices:
      - text: Ask for the oars
        id: oars
        needs: patience >= {least}
        end: true
      - text: Wait
        check: {{stat: patience, against: 40}}
        success: He nods.
        failure: He spits.
        goto: bank
"""


def page_of(path: Path, show: str, least: int = 40) -> tuple[Page, Page]:
    """The first page, and that after waiting."""
    (path / "s.yaml").write_text(STORY.format(show=show, least=least), "utf-8")
    story = load_story(path / "s.yaml").story
    assert story
    first = begin(story)
    return first.page, advance(story, first.state, "wait").page


def options_of(page: Page) -> dict[str, Option]:
    return {option.id: option for option in page.options}


def test_a_greyed_choice_does_not_name_a_hidden_stat(tmp_path: Path) -> None:
    first, _ = page_of(tmp_path, "hidden")
    assert options_of(first)["oars"].reason == "not now"


def test_a_check_of_a_hidden_stat_tells_neither_odds_nor_result(tmp_path: Path) -> None:
    first, after = page_of(tmp_path, "hidden")
    assert options_of(first)["wait"].odds is None
    assert not [block for block in after.blocks if isinstance(block, CheckResult)]


def test_a_check_of_a_stat_that_is_shown_tells_them(tmp_path: Path) -> None:
    first, after = page_of(tmp_path, "bar")
    assert options_of(first)["wait"].odds is not None
    assert [block.label for block in after.blocks if isinstance(block, CheckResult)] == ["Patience"]


@pytest.mark.parametrize(
    ("show", "least", "reason"),
    [("band", 40, "needs Patience long or more"), ("band", 41, "not now"), ("bar", 41, "needs Patience 41 or more")],
)
def test_what_is_needed_of_a_stat_shown_by_band_is_told_by_band(
    tmp_path: Path, show: str, least: int, reason: str
) -> None:
    first, _ = page_of(tmp_path, show, least)
    assert options_of(first)["oars"].reason == reason
