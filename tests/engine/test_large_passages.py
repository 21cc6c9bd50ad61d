"""Passages that are larger than any author's: deep, long and wide ones play, and go on from a save."""

import json
from pathlib import Path

import pytest

from siberia_quest import Story, advance, begin, load_story
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import to_plain


def read(text: str, folder: Path) -> Story:
    (folder / "hall.yaml").write_text(f"story: The hall\n{text}", "utf-8")
    loaded = load_story(folder / "hall.yaml")
    assert loaded.story, loaded.diagnostics
    return loaded.story


@pytest.mark.parametrize("depth", [16, 17, 21, 33])
def test_loops_nest_as_deep_as_a_file_may(depth: int, tmp_path: Path) -> None:
    kinds = "".join(f"  room_{index}: [door_{index}]\n" for index in range(depth))
    loops = "".join(f"{'  ' * (index + 3)}for: room_{index}\n{'  ' * (index + 3)}then:\n" for index in range(depth))
    told = f"{'  ' * (depth + 3)}text: 'You open {{room_0}} and {{room_{depth - 1}}}.'\n"
    story = read(f"kinds:\n{kinds}passages:\n  hall:\n    steps:\n{loops}{told}    end: true\n", tmp_path)
    assert begin(story).page.paragraphs == (f"You open door 0 and door {depth - 1}.",)


def test_a_save_holds_a_list_of_a_thousand_choices(tmp_path: Path) -> None:
    choices = "".join(f"      - {{text: Door {index}, goto: hall}}\n" for index in range(1200))
    story = read(f"passages:\n  hall:\n    choices:\n{choices}", tmp_path)
    turn = begin(story)
    restored = from_plain(story, json.loads(json.dumps(to_plain(story, turn.state)))).state
    assert restored
    assert advance(story, restored, "door_7") == advance(story, turn.state, "door_7")


def test_a_turn_that_tells_too_much_is_a_problem_of_its_passage(tmp_path: Path) -> None:
    story = read(f"passages:\n  hall:\n    text: {'x' * 300_000}\n    end: true\n", tmp_path)
    problem = begin(story).page.problem
    assert problem
    assert (problem.code, problem.span.file, problem.span.line) == ("SQ505", "hall.yaml", 3)
