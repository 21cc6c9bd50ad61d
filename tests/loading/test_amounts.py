"""How long a text may be, and what a `match` looks at: amounts that leave nothing to be done are told when the story is read."""

from pathlib import Path

import pytest

from siberia_quest import Loaded, advance, begin, load_story

FAULTS = {
    "a text longer than its max": "variables:\n  guest: {text: Mr Finch, max: 3}\n",
    "a text that can never be written": "variables:\n  guest: {text: '', max: 0}\n",
    "a list longer than its last": "variables:\n  bag: {list_of: [rope, lamp], start: [rope, lamp], last: 1}\n",
    "a list that keeps nothing": "variables:\n  bag: {list_of: [rope, lamp], last: 0}\n",
    "a setting longer than its max": "settings:\n  guest: {text: Mr Finch, max: 3}\n",
    "no answer short enough": "passages:\n  desk: [{ask: {into: guest, max: 0}}, {end: true}]\nvariables:\n  guest: {text: Bo}\n",
    "no answer between": "passages:\n  desk: [{ask: {into: room, range: [9, 1]}}, {end: true}]\nvariables:\n  room: 3\n",
    "a phrase about nothing": "phrases:\n  sky: {match: [], bands: {0: blue}}\n",
    "a match about nothing": "passages:\n  desk: [{match: [], cases: {yes: Rain.}}, {end: true}]\n",
}


def read(text: str, folder: Path) -> Loaded:
    passages = "" if "passages:" in text else "passages:\n  desk:\n    end: true\n"
    (folder / "inn.yaml").write_text(f"story: The inn\n{text}{passages}", "utf-8")
    return load_story(folder / "inn.yaml")


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS.keys())
def test_an_amount_that_leaves_nothing_is_told_once(text: str, tmp_path: Path) -> None:
    (found,) = read(text, tmp_path).diagnostics
    assert found.code in {"SQ402", "SQ211"}
    assert found.fix


@pytest.mark.parametrize("text", ["x" * 300, f"{{text: {'x' * 300}}}", f"{{start: {'x' * 300}}}"])
def test_a_long_text_without_a_max_is_kept_whole(text: str, tmp_path: Path) -> None:
    story = read(f"variables:\n  letter: {text}\n", tmp_path).story
    assert story
    assert begin(story).state.value("letter") == "x" * 300
    assert story.variables["letter"].longest >= 300


def test_an_answer_is_no_longer_than_what_keeps_it(tmp_path: Path) -> None:
    text = "variables:\n  guest: {text: Bo, max: 4}\n"
    asked = "passages:\n  desk:\n    - ask: {into: guest, prompt: Who?, max: 9}\n    - end: true\n"
    story = read(text + asked, tmp_path).story
    assert story
    turn = begin(story)
    assert turn.page.ask
    assert turn.page.ask.longest == 4
    assert advance(story, turn.state, "Anna").state.value("guest") == "Anna"
