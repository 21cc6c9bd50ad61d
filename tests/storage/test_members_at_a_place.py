"""What a loop, a choice or a call has named at the place of a save is there when it is read, or it is asked about."""

import json
from pathlib import Path

import pytest

from siberia_quest import Story
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.reading import read_story
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.document import encode
from siberia_quest.storage.slots import OpenedSave, Saves

ORCHARD = """
story: The orchard
kinds: {tree: {pear: the pear, plum: the plum}}
passages:
  gate:
    text: Dew.
    choices: [{text: In, id: go_in, goto: rows}]
  rows:
    steps:
      - for: tree
        then:
          - pause: Look at {tree}
      - choices:
          - for: tree
            text: Climb {tree}
            then:
              - pause: Down from {tree}
      - call: graft(plum)
    end: true
  graft:
    params: {tree: tree}
    text: A knife.
    choices: [{text: "Cut {tree}", id: cut}]
    return: true
"""


def story_of(text: str = ORCHARD) -> Story:
    loaded = read_story(StoryFiles("orchard", "story.yaml", {"story.yaml": text.encode()}))
    assert loaded.story, loaded.diagnostics
    return loaded.story


def saved(folder: Path, *picks: str, story: Story | None = None) -> Path:
    """Play; return the file of the save."""
    play = Playthrough.start(story or story_of(), 1)
    for pick in picks:
        play.pick(pick)
    saves = Saves(play.story, folder)
    saves.autosave(play.make_save())
    return saves.path("autosave")


def opened(folder: Path, path: Path, old: str, new: str) -> OpenedSave:
    """Open a save with something else in it, and its seal as it has to be."""
    text = path.read_text("utf-8")
    assert old in text
    body = json.loads(text.replace(old, new))
    path.write_bytes(encode(body))
    return Saves(story_of(), folder).load("autosave")


@pytest.mark.parametrize("picks", [["go_in"], ["go_in", "go_on", "go_on", "plum"]])
@pytest.mark.parametrize("strange", ['"tree":0', '"tree":"oak"', '"tree":[]'])
def test_a_member_that_is_none_is_asked_about(picks: list[str], strange: str, tmp_path: Path) -> None:
    path = saved(tmp_path, *picks)
    member = "pear" if len(picks) == 1 else "plum"
    found = opened(tmp_path, path, f'"locals":{{"tree":"{member}"', f'"locals":{{{strange}')
    assert found.ask or found.refusal


def test_a_member_that_a_call_gave_is_asked_about_where_it_is_gone(tmp_path: Path) -> None:
    path = saved(tmp_path, "go_in", "go_on", "go_on", "plum", "go_on")
    found = opened(tmp_path, path, '"locals":{"tree":"plum"}', '"locals":{}')
    assert found.ask or found.refusal


def test_a_passage_that_takes_something_now_is_asked_about(tmp_path: Path) -> None:
    before = (
        ORCHARD.replace("    params: {tree: tree}\n", "").replace("Cut {tree}", "Cut").replace("graft(plum)", "graft")
    )
    saved(tmp_path, "go_in", "go_on", "go_on", "plum", "go_on", story=story_of(before))
    found = Saves(story_of(), tmp_path).load("autosave")
    assert found.ask or found.refusal


def test_picks_of_a_save_hold_no_commands_to_a_terminal(tmp_path: Path) -> None:
    path = saved(tmp_path, "go_in")
    found = opened(tmp_path, path, '"picks":["go_in"]', '"picks":["go_in\\u001b[2J"]')
    assert found.game
    assert found.game.picks == ("go_in[2J",)
