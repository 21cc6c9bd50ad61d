"""What the ring, the scale and the endings say has happened did happen; and nobody is asked on a bare page there."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import pytest

from game.claims import Claim, claims_of
from game.prose import SIMILE, STORY
from siberia_quest import Story, load_story
from siberia_quest.engine.turns import Turn
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.tools.playing.player import play_game

#: Styles and how many games of each: enough to be told most claims.
GAMES = {"random": 40, "friend": 10, "wise": 8, "clocked": 6, "only_swarm": 4}
_OURS = ("fight", "weighin", "endings", "epilogues", "notebook")


@lru_cache(maxsize=1)
def story() -> Story:
    loaded = load_story(STORY).story
    assert loaded is not None
    return loaded


@lru_cache(maxsize=1)
def turns() -> tuple[Turn, ...]:
    return tuple(_turns())


def _turns() -> Iterator[Turn]:
    styles = read_playtests(STORY, story()).styles
    for name, games in GAMES.items():
        for seed in range(games):
            met: list[Turn] = []
            if name == "random":
                play_game(story(), seed=seed, on_turn=met.append)
            else:
                play_game(story(), styles[name], seed, on_turn=met.append)
            yield from (turn for turn in met if _is_ours(turn))


def _is_ours(turn: Turn) -> bool:
    return turn.state.ending is not None or turn.state.frames[-1][0].split(".")[0] in _OURS


def told(turn: Turn) -> str:
    return " ".join(turn.page.paragraphs)


def untrue(claims: list[Claim], met: tuple[Turn, ...]) -> tuple[Counter[str], list[str]]:
    """How often each claim was told, and where it was told and not so."""
    heard = Counter[str]()
    wrong = []
    for turn in met:
        words = told(turn)
        for claim in claims:
            if claim.says in words:
                heard[claim.says] += 1
                if not claim.is_true(turn):
                    wrong.append(f"“{claim.says}” was told without: {claim.when} (seed {turn.state.seed})")
    return heard, wrong


def test_whatever_is_said_to_have_happened_has_happened() -> None:
    claims = claims_of(story())
    heard, wrong = untrue(claims, turns())
    assert not wrong, "\n".join(["", *sorted(set(wrong))])
    assert len(heard) > len(claims) * 2 // 3, [claim.says for claim in claims if claim.says not in heard]


def test_a_claim_that_does_not_hold_is_found() -> None:
    lie = Claim("Your round.", "never", lambda _: False)
    assert untrue([lie], turns())[1]


def test_nobody_is_asked_on_a_bare_page() -> None:
    bare = {
        turn.state.frames[-1][0]
        for turn in turns()
        if turn.state.ending is None and not turn.page.paragraphs and not turn.page.blocks
    }
    assert bare == set()


@pytest.mark.parametrize("place", ["fight.round", "fight.corner"])
def test_a_round_and_a_corner_are_short_enough_to_be_read_in_a_bout(place: str) -> None:
    lengths = [len(told(turn).split()) for turn in turns() if turn.state.frames and turn.state.frames[-1][0] == place]
    assert sorted(lengths)[len(lengths) // 2] <= 110
    assert max(lengths) <= 200


def test_no_page_of_the_ring_the_scale_or_an_end_has_two_similes() -> None:
    found = {told(turn)[:90] for turn in turns() if len(SIMILE.findall(told(turn))) > 1}
    assert found == set()
