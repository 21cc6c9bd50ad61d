"""The engine: the same in gives the same out, nothing is touched, and what cannot be is refused."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siberia_quest import NotOnOffer, advance, begin, load_story
from siberia_quest.engine.chance import mix, shuffled, step_chance, unit
from siberia_quest.engine.counting import decimal, in_words
from siberia_quest.engine.numbers import rounded, tidy, whole
from siberia_quest.engine.play_faults import TooLarge
from siberia_quest.engine.status import chart_of, place_of, stats_of, status_of
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN

GAME = Path(__file__).parents[2] / "story" / "siberia_quest"


@pytest.fixture(scope="module")
def game() -> Story:
    loaded = load_story(GAME)
    assert loaded.story, loaded.diagnostics
    return loaded.story


def random_game(story: Story, seed: int) -> tuple[str, int]:
    """Play one game with random picks; return its ending and length, and fail on any problem."""
    chance = random.Random(seed)
    turn = begin(story, seed=seed)
    for length in range(2000):
        assert turn.page.problem is None
        if turn.page.ending:
            return turn.page.ending.id, length
        turn = advance(story, turn.state, chance.choice([option.id for option in turn.page.options if option.enabled]))
    pytest.fail("the game does not end")


def test_random_games_of_the_shipped_story_end_without_a_problem(game: Story) -> None:
    played = [random_game(game, seed) for seed in range(60)]
    assert len({ending for ending, _ in played}) >= 5
    assert all(60 < length < 200 for _, length in played if length)


def test_the_same_seed_and_picks_give_the_same_game(game: Story) -> None:
    assert [random_game(game, seed) for seed in range(5)] == [random_game(game, seed) for seed in range(5)]
    assert begin(game, seed=1) == begin(game, seed=1)
    assert begin(game, seed=1) != begin(game, seed=2)


def test_the_same_game_comes_out_in_another_process_with_another_hash_seed() -> None:
    code = (
        "import random, sys; from siberia_quest import load_story, begin, advance\n"
        "s = load_story(sys.argv[1]).story; t = begin(s, seed=4); r = random.Random(4)\n"
        "for _ in range(60): t = advance(s, t.state, r.choice([o.id for o in t.page.options if o.enabled]))\n"
        "print(t.state.chance, t.state.values, t.page.paragraphs)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code, str(GAME)], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}, check=True,
            capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert said[0] == said[1]


def test_advancing_leaves_the_state_before_as_it_was(game: Story) -> None:
    turn = begin(game, seed=3)
    copy = begin(game, seed=3).state
    advance(game, turn.state, turn.page.options[0].id)
    assert turn.state == copy


def test_what_is_not_on_offer_is_refused_with_a_reason(game: Story) -> None:
    turn = begin(game, seed=3)
    with pytest.raises(NotOnOffer) as refusal:
        advance(game, turn.state, "dance")
    assert "dance" in refusal.value.reason


def test_settings_are_taken_where_they_fit_and_are_the_default_where_not(game: Story) -> None:
    fitting = begin(game, settings={"hero": "Ida\x1b", "winter": "siberian"}).state
    assert (fitting.value("hero"), fitting.value("winter")) == ("Ida", "siberian")
    strange = begin(game, settings={"hero": "", "winter": "tropical", "nothing": 1}).state
    assert (strange.value("hero"), strange.value("winter")) == ("Rocky", "prime_time")


def test_a_state_tells_its_values_and_where_it_is(game: Story) -> None:
    state = begin(game, seed=3).state
    assert state.value("trained") == dict.fromkeys(game.kinds["activity"].ids, 0)
    assert {row.name for row in stats_of(game, state)} >= {"power", "wind", "temper"}
    assert "psi" not in {row.name for row in stats_of(game, state)}
    assert [entry.name for entry in status_of(game, state)] == ["day", "sky", "fatigue", "warmth"]
    assert "road" in place_of(game, state)
    assert chart_of(game, state).series[0].points == ()
    with pytest.raises(KeyError):
        state.value("nothing")


@given(st.integers(0, 2**64 - 1), st.integers(1, 12))
def test_a_shuffle_shows_each_item_once_a_round(seed: int, size: int) -> None:
    for start in (0, size):
        assert sorted(shuffled(seed, 7, start + visit, size) for visit in range(size)) == list(range(size))


def test_chance_is_even_enough() -> None:
    chance, tenths = mix(1), [0] * 10
    for _ in range(20_000):
        chance = step_chance(chance)
        tenths[int(unit(chance) * 10)] += 1
    assert all(1800 < count < 2200 for count in tenths)


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_halves_are_rounded_away_from_zero(halves: int, decimals: int) -> None:
    assert abs(whole(halves / 2)) == (abs(halves) + 1) // 2
    assert float(decimal(SPOKEN, halves / 8, decimals)) == pytest.approx(rounded(halves / 8, decimals))


def test_numbers_that_are_none_are_refused() -> None:
    for strange in (float("inf"), float("nan"), 1e16):
        with pytest.raises(TooLarge):
            tidy(strange)
    assert tidy(2.0000000001) == 2
    assert tidy(1 / 3) == 0.333333


def test_numbers_are_said_in_words() -> None:
    assert [in_words(SPOKEN, number) for number in (0, 13, 42, 100, 999, 1001, -7)] == [
        "zero", "thirteen", "forty-two", "one hundred", "nine hundred and ninety-nine", "one thousand and one", "minus seven",
    ]  # fmt: skip
