"""A set that `let` has named is what it was then: to change it is told when the story is read."""

from pathlib import Path

import pytest

from siberia_quest import load_story


@pytest.mark.parametrize("held", ["set_of", "list_of"])
@pytest.mark.parametrize("change", ["things += rope", "things -= rope"])
def test_a_set_with_a_name_of_the_passage_is_not_added_to(held: str, change: str, tmp_path: Path) -> None:
    head = f"story: The bag\nkinds: {{thing: [rope, lamp]}}\nvariables: {{bag: {{{held}: thing}}}}\n"
    steps = f"passages:\n  hut:\n    steps: [{{let: things = bag}}, {{do: {change}}}]\n    end: true\n"
    (tmp_path / "bag.yaml").write_text(head + steps, "utf-8")
    (found,) = load_story(tmp_path / "bag.yaml").diagnostics
    assert found.code == "SQ308"
