"""What is left when the bell has rung: an end's rarity, a hint that names nothing found, a doorpost that is kept."""

from functools import lru_cache

import pytest

from game.prose import STORY
from game.rarity import STYLES, kept_shares, shares
from siberia_quest import Story, advance, begin, load_story
from siberia_quest.engine.turns import Turn
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.tools.playing.player import Player

GAMES = 60


@lru_cache(maxsize=1)
def story() -> Story:
    loaded = load_story(STORY).story
    assert loaded is not None
    return loaded


def members(kind: str) -> list[str]:
    return [name for name, _ in story().kinds[kind].labels]


def last_page(found: tuple[str, ...]) -> str:
    """The last hint of a game of somebody who has found these ends, and the end it came to itself."""
    turn, slot = before_the_last(), story().layout.slots["found"]
    values = (*turn.state.values[:slot], found, *turn.state.values[slot + 1 :])
    return advance(story(), turn.state._replace(values=values), "go_on").page.paragraphs[-1]


@lru_cache(maxsize=1)
def before_the_last() -> Turn:
    """A game's last page turn but one: what is left is to be told what decided it."""
    turn = begin(story(), 3, {}, {})
    pick = Player(story(), read_playtests(STORY, story()).styles["wise"]).begin(3)
    while True:
        after = advance(story(), turn.state, pick(turn))
        if after.state.ending is not None:
            return turn
        turn = after


def hints() -> dict[str, str]:
    """The hint at each end, told to who has found all others."""
    ends = [each for each in members("finish") if each != "nowhere"]
    return {end: last_page(tuple(each for each in ends if each != end)) for end in ends}


def test_each_end_can_be_told_how_rare_it_is() -> None:
    assert set(members("finish")) == {*story().endings, "nowhere"}


def test_no_two_ends_share_a_hint_and_none_is_named_that_was_found() -> None:
    told = hints()
    own = story_end()
    assert "all of it" in told.pop(own)  # what this game has just found is found
    assert len(set(told.values())) == len(told)
    gallery = [end.hint for end in story().endings.values()]
    assert len(set(gallery)) == len(gallery)


def story_end() -> str:
    """How the game of these hints ends."""
    ending = advance(story(), before_the_last().state, "go_on").state.ending
    assert ending is not None
    return ending


def test_who_has_found_everything_is_told_so() -> None:
    assert "all of it" in last_page(tuple(each for each in members("finish") if each != "nowhere"))


@pytest.mark.parametrize("table", STYLES)
def test_the_rarity_that_is_told_is_that_of_games_that_are_played(table: str) -> None:
    told, found = kept_shares()[table], shares(STYLES[table], GAMES)
    apart = {end: (told.get(end, 0), found.get(end, 0)) for end in {*told, *found}}
    assert {end: both for end, both in apart.items() if abs(both[0] - both[1]) > 20} == {}
    assert 97 <= sum(told.values()) <= 103


def test_the_doorpost_and_the_winters_are_kept_and_muscles_are_not() -> None:
    last = advance(story(), before_the_last().state, "go_on")
    names = ("tells", "keys", "winters", "found")
    kept = {name: last.state.values[story().layout.slots[name]] for name in names}
    assert kept["winters"] == 1
    assert kept["keys"]
    again = begin(story(), 4, {}, kept)
    assert again.state.value("keys") == kept["keys"]
    assert float(str(again.state.value("power"))) < 30
    assert "notch on the doorpost" in " ".join(again.page.paragraphs)


def test_a_fourth_winter_opens_otherwise() -> None:
    fourth = begin(story(), 4, {}, {"winters": 3, "tells": ("hammer",)})
    first = begin(story(), 4, {}, {})
    offers = [
        {option.id for option in advance(story(), turn.state, "carry_bags").page.options} for turn in (first, fourth)
    ]
    assert "light_stove" in offers[0] - offers[1]
    assert "who_lit_it" in offers[1] - offers[0]


@pytest.mark.parametrize(("winter", "can"), [("siberian", True), ("no_excuses", False)])
def test_nothing_is_taken_back_in_a_winter_without_excuses(winter: str, can: bool) -> None:  # noqa: FBT001
    playing = Playthrough.start(story(), 1, {"winter": winter}, {})
    playing.pick("carry_bags")
    assert (playing.undo() is not None) is can
