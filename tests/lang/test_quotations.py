"""A quotation has its sign before its first line, or before each of its lines."""

from pathlib import Path

import pytest

from siberia_quest import begin, load_story
from siberia_quest.model.page import Paragraph

STORY = "story: The log\nvariables:\n  cups: 2\npassages:\n  shelf:\n    text: |\n{text}\n    end: true\n"


def paragraphs_of(path: Path, text: str) -> list[tuple[str, str]]:
    """The kind and the words of each paragraph that a text becomes."""
    lines = "\n".join(f"      {line}" for line in text.splitlines())
    (path / "s.yaml").write_text(STORY.format(text=lines), "utf-8")
    story = load_story(path / "s.yaml").story
    assert story
    return [(block.kind, block.text) for block in begin(story).page.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "text", ["> Frost at five. Set {cups} cups,\n> put one back.", "> Frost at five. Set {cups} cups,\nput one back."]
)
def test_each_line_of_a_quotation_may_have_its_sign(tmp_path: Path, text: str) -> None:
    assert paragraphs_of(tmp_path, text) == [("quote", "Frost at five. Set 2 cups, put one back.")]


def test_the_sign_within_other_prose_is_only_what_it_is(tmp_path: Path) -> None:
    assert paragraphs_of(tmp_path, "> Frost.\n\nThe needle says\n> nine.") == [
        ("quote", "Frost."),
        ("prose", "The needle says > nine."),
    ]
