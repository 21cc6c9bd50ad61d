"""What you bring to the fight counts, and none of it is everything; at length: `make balance`."""

from functools import lru_cache

import pytest

from game.balance import BEST, STATS, WORST
from game.before_the_bell import Game, Gym, fight, open_gym, train

GAMES = 40


@lru_cache(maxsize=1)
def at_the_scale() -> tuple[Gym, list[Game]]:
    gym = open_gym()
    return gym, train(gym, "wise", range(GAMES))


@lru_cache(maxsize=1)
def whole() -> float:
    gym, games = at_the_scale()
    return fight(gym, games, "wise")


@pytest.mark.parametrize("stat", STATS)
def test_25_points_less_of_a_stat_cost_something_and_never_the_fight(stat: str) -> None:
    gym, games = at_the_scale()
    lost = whole() - fight(gym, games, "wise", {stat: 25})
    assert -4 <= lost <= 45  # of so few games; over a thousand it is 4 to 30


def test_form_moves_the_fight_and_decides_it_for_nobody() -> None:
    gym, games = at_the_scale()
    best, worst = fight(gym, games, "wise", {}, BEST), fight(gym, games, "wise", {}, WORST)
    assert best >= worst
    assert best - whole() <= 18
    assert whole() - worst <= 24
