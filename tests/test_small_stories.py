"""The small stories that teach the language: each loads without a word, ends whatever is picked, and has no ending in vain."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from siberia_quest import Page, Story, advance, begin, load_story
from siberia_quest.model.sites import passage_record

STORIES = Path(__file__).parents[1] / "story"
NAMES = ["night_train", "first_fire", "forty_second"]
GAMES = 300


def story_named(name: str) -> Story:
    """Load a story that must be free of problems, hints included."""
    loaded = load_story(STORIES / name)
    assert loaded.story
    assert loaded.diagnostics == ()
    return loaded.story


def play_blindly(story: Story, seed: int) -> list[Page]:
    """The pages of a game in which anything that is on offer is picked."""
    dice = Random(seed)
    turn = begin(story, seed)
    pages = [turn.page]
    while turn.page.ending is None:
        open_ = [option.id for option in turn.page.options if option.enabled]
        turn = advance(story, turn.state, dice.choice(open_) if open_ else "Anna")
        pages.append(turn.page)
        assert turn.page.problem is None
        assert len(pages) < 200
    return pages


@pytest.mark.parametrize("name", NAMES)
def test_every_game_of_a_small_story_ends_and_every_ending_is_found(name: str) -> None:
    story = story_named(name)
    endings = Counter(page.ending.id for seed in range(GAMES) for page in play_blindly(story, seed) if page.ending)
    assert set(endings) == set(story.endings)
    assert endings.total() == GAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_passage_of_a_small_story_is_reached(name: str) -> None:
    story = story_named(name)
    met: set[int] = set()
    for seed in range(GAMES):
        turn = begin(story, seed)
        dice = Random(seed)
        while turn.page.ending is None:
            open_ = [option.id for option in turn.page.options if option.enabled]
            turn = advance(story, turn.state, dice.choice(open_) if open_ else "Anna")
        met |= {index for index, counters in turn.state.counts.items() if counters[0]}
    passages = {story.layout.records[passage_record(passage)]: passage for passage in story.passages}
    assert [name for index, name in passages.items() if index not in met] == []


def test_the_first_story_of_the_manual_is_short_enough_for_its_first_page() -> None:
    assert len((STORIES / "night_train" / "story.yaml").read_text("utf-8").splitlines()) <= 45


def test_the_first_fire_takes_about_ten_minutes() -> None:
    story = story_named("first_fire")
    games = [
        sum(len(text.split()) for page in play_blindly(story, seed) for text in page.paragraphs) for seed in range(99)
    ]
    assert 700 <= sorted(games)[49] <= 1500
