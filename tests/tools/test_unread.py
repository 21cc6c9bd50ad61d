"""Games that nobody reads go the same way."""

from pathlib import Path

import pytest

from cli.shell import STORIES
from siberia_quest import Turn, begin, load_story
from siberia_quest.engine.flow import Flow
from siberia_quest.engine.turns import MakeFlow
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.story import Story
from siberia_quest.tools.playing.player import PlayedGame, Player, play
from siberia_quest.tools.playing.unread import UnreadFlow, unread

TALK = """
story: Talk
variables: {n: 3}
phrases:
  share: "{6 / (n - 3)}"
formulas:
  part(x): 6 // x
passages:
  a:
    title: Round {n}
    text: You have {n}.
    choices:
      - {text: "Have {n}", goto: a, hint: "Of {n}", needs: n > 4, locked: "Not with {n}"}
      - {text: "WORDS", goto: a}
"""


def story_of(folder: Path, words: str) -> Story:
    (folder / "story.yaml").write_text(TALK.replace("WORDS", words), "utf-8")
    story = load_story(folder).story
    assert story
    return story


@pytest.mark.parametrize("name", ["siberia_quest", "first_fire", "forty_second", "night_train"])
def test_a_game_takes_the_same_way_and_tells_the_same_prose(name: str) -> None:
    story = load_story(STORIES / name).story
    assert story
    bare = unread(story)
    styles = [*read_playtests(STORIES / name, story).styles.values()]

    def told(story: Story, seed: int, flow: MakeFlow) -> tuple[PlayedGame, list[str]]:
        prose: list[str] = []

        def see(turn: Turn) -> None:
            prose.extend(piece for piece in turn.page.pieces if isinstance(piece, str))

        style = styles[seed % len(styles)]
        return play(story, Player(story, style).begin(seed), seed, style.settings, on_turn=see, flow=flow), prose

    for seed in range(2 * len(styles)):
        (read, prose), (not_read, same_prose) = told(story, seed, Flow), told(bare, seed, UnreadFlow)
        assert (not_read.picks, not_read.ending, same_prose) == (read.picks, read.ending, prose)
        assert not_read.state._replace(counts=read.state.counts) == read.state
        assert list(not_read.state.counts.items()) == list(read.state.counts.items())


def test_the_words_of_titles_and_options_are_not_made(tmp_path: Path) -> None:
    state, page = begin(unread(story_of(tmp_path, "Take {n}")))
    assert [(each.text, each.hint, each.reason) for each in page.options] == [("", "", "not now"), ("", "", "")]
    assert (page.title, page.pieces, state.offer) == ("", ("You have 3.",), ("-have", "take"))


@pytest.mark.parametrize(
    "words", ["Take {6 / (n - 3)}", "Take {share}", "Take {part(n - 3)}", "{if 1 % (n - 3) > 0 then Go}"]
)
def test_words_whose_making_can_stop_a_game_are_made(words: str, tmp_path: Path) -> None:
    assert begin(unread(story_of(tmp_path, words))).page.problem


@pytest.mark.parametrize(("words", "made"), [("Take {n * 6 / 3}", ""), ("Take {part(6)}", "Take 1")])
def test_a_division_by_a_number_that_is_written_down_stops_nothing(words: str, made: str, tmp_path: Path) -> None:
    assert begin(unread(story_of(tmp_path, words))).page.options[1].text == made
