"""All code that play can come to is made by `check`, so that nothing is met first in play."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.engine.program import program_of
from siberia_quest.model.expression import Conditional, Constant, Expression, Reference
from siberia_quest.model.steps import Let
from siberia_quest.model.story import Passages, Story
from siberia_quest.tools.checking.too_large import find_what_is_too_large

ROOT = Path(__file__).parents[2]


def story_at(path: Path) -> Story:
    story = load_story(path).story
    assert story
    return story


@pytest.mark.parametrize("name", ["siberia_quest", "first_fire", "night_train"])
def test_a_story_is_made_whole_and_each_shape_compiled_once(name: str) -> None:
    story = story_at(ROOT / "story" / name)
    assert not [*find_what_is_too_large(story)]
    shapes = {**program_of(story).shapes}
    assert shapes
    assert not [*find_what_is_too_large(story)]
    assert program_of(story).shapes == shapes


def test_what_nests_too_deep_for_python_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "deep.yaml").write_text(
        "story: Deep\nvariables: {dark: true}\npassages:\n  well:\n    - let: depth = 1\n    - end: true\n", "utf-8"
    )
    story = story_at(tmp_path / "deep.yaml")
    deep: Expression = Constant(1)
    for _ in range(300):
        deep = Conditional(Reference("dark"), deep, Constant(0))
    (well,) = story.passages.values()
    steps = tuple(step._replace(value=deep) if isinstance(step, Let) else step for step in well.steps)
    parts = {name: getattr(story, name) for name in Story.__slots__ if name != "memo"}
    (found,) = find_what_is_too_large(
        Story(**{**parts, "passages": Passages({well.id: well._replace(steps=steps)}, {})})
    )
    assert (found.code, found.span.line) == ("SQ513", 4)
