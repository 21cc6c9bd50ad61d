"""Whatever an author writes into a text, no view of a page holds marks of our own or commands to a terminal."""

import io
import json
from pathlib import Path

import pytest

from play.pages import is_unsafe
from play.sittings import Sitting
from siberia_quest import Story, advance, begin
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.reading import read_story
from siberia_quest.play.plain_view import page_lines
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.slots import Saves
from siberia_quest.terminal.json_lines import play_as_json
from siberia_quest.tools.transcript import view

STORY = """
story: HERE
stats: {calm: {start: 3, label: HERE, bands: {0: HERE}, opposed: [HERE, HERE]}}
kinds: {boat: {skiff: HERE, raft: HERE}}
settings: {pace: {ask: HERE, one_of: boat}}
endings: {home: {title: HERE, text: HERE}}
achievements: {first: {title: HERE, text: HERE}}
passages:
  quay:
    title: HERE
    steps:
      - HERE
      - check: {odds: 50, label: HERE}
        success: HERE
      - journal: HERE
      - checkpoint: HERE
      - achieve: first
      - music: HERE
      - music: {tune: HERE}
      - montage: {left: HERE, right: HERE, beats: [HERE, {left: HERE, right: HERE}]}
      - show: journal
      - show: stats
      - for: boat
        then: "{boat} {label(calm)} {band(calm)}"
      - do: calm += 1
      - choices:
          - {text: HERE, id: one, hint: HERE, words: [HERE], needs: calm > 9, locked: HERE}
          - {text: HERE, id: two, say: HERE}
          - {deal: {tag: gull, show: 2}}
      - pause: HERE
      - end: home
  gull:
    title: HERE
    storylet: {tag: gull, needs: calm > 9, locked: HERE}
    text: HERE
"""


def story_of(text: str) -> Story:
    loaded = read_story(StoryFiles("quay", "story.yaml", {"story.yaml": text.encode("utf-8", "surrogatepass")}))
    assert loaded.story, loaded.diagnostics
    return loaded.story


@pytest.mark.parametrize(
    "words",
    [
        r'"*so* **very** cold\\\nand wet"', r'"one\n\ntwo {cycle | *three* | four}"', r'"> a\n\n---\n\nb <>"',
        r'"a\u202eb\u2066c\u200f"', r'"\x1b[2J\x9b1mred\a\x7f"', r'"\x1b]0;title\a\x1b]8;;http://x\e\\\\link"',
        r'"a\tb\vc\fd"', r'"\ue001\ue007\uf8ff x"',
        r'"\u2028\u2029\ufeff\U000e0041x"', r'"[bold]r[/] <b>&amp;</b> </script>"',
    ],
)  # fmt: skip
def test_no_view_of_a_page_holds_marks_or_commands(words: str, tmp_path: Path) -> None:
    story = story_of(STORY.replace("HERE", words))
    turn = begin(story, 4)
    for page in (turn.page, advance(story, turn.state, "two").page):
        for told in (view(page), *page_lines(story.language, page)):
            assert [sign for sign in told if is_unsafe(sign) and sign != "\n"] == []
    target = io.StringIO()
    play_as_json(Sitting(tmp_path, story).game, iter(["two", "go_on"]), target, strict=False)
    for line in target.getvalue().splitlines():
        texts = json.dumps(json.loads(line), ensure_ascii=False)
        assert [sign for sign in texts if is_unsafe(sign)] == []


def test_a_checkpoint_of_the_first_page_is_known_after_loading(tmp_path: Path) -> None:
    story = story_of(STORY.replace("HERE", "At the quay"))
    game, saves = Playthrough.start(story, 4), Saves(story, tmp_path)
    saves.autosave(game.make_save())
    opened = saves.load("autosave").game
    assert opened
    assert [each.label for each in Playthrough.restore(story, opened).marks()] == ["At the quay"]
    assert [each.label for each in game.marks()] == ["At the quay"]
