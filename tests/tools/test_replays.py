"""A seed that is printed replays: game N alone is game N of the batch, pick by pick, in one process and in two."""

import pytest

from cli.shell import STORIES, siberia_quest
from siberia_quest import load_story
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.playtest import Playtests
from siberia_quest.model.story import Story
from siberia_quest.tools.playing.batches import Batch, play_batch
from siberia_quest.tools.playing.player import play_game
from siberia_quest.tools.playing.workers import workers
from tools.recording import play_and_note

PATH = STORIES / "siberia_quest"
GAMES = 50
STYLES = ("random", "balanced", "woodsman")


@pytest.fixture(scope="module")
def story() -> Story:
    """The game, read anew and not out of the cache that workers use."""
    story = load_story(PATH).story
    assert story
    return story


@pytest.fixture(scope="module")
def tests(story: Story) -> Playtests:
    """Its styles."""
    return read_playtests(PATH, story)


@pytest.mark.parametrize("style", STYLES)
def test_fifty_of_fifty_games_alone_pick_what_they_picked_in_the_batch(
    style: str, story: Story, tests: Playtests
) -> None:
    whole = Batch(tests.styles[style], 1000, GAMES, {})
    halves = [whole._replace(games=20), whole._replace(seed=1020, games=30)]
    here = [game for piece in halves for game in play_and_note(str(PATH), piece)]
    with workers(2, 1000) as executor:
        assert executor
        far = [
            game
            for each in [executor.submit(play_and_note, str(PATH), piece) for piece in halves]
            for game in each.result()
        ]
        assert [outcome for outcome, _ in far] == list(play_batch(PATH, whole, executor))
    assert here == far
    alone = [play_game(story, tests.styles[style], seed).picks for seed in range(1000, 1000 + GAMES)]
    assert [picks for _, picks in here] == alone
    assert len({*alone}) > GAMES // 2, "games that are all the same show nothing"


def test_the_command_prints_the_picks_of_a_game_of_the_batch(tests: Playtests) -> None:
    ((_, picks),) = play_and_note(str(PATH), Batch(tests.styles["woodsman"], 77, 1, {}))
    left = siberia_quest("test", PATH, "--style", "woodsman", "--seed", "77")
    assert (left.status, tuple(left.out.split())) == (0, picks)
