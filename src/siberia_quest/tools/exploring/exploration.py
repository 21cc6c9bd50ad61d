"""Exploring a story: exact odds where they can be had, else games of every style; and what nothing reached."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from siberia_quest.engine.game import NotOnOffer, advance, begin
from siberia_quest.model.kinds import Value
from siberia_quest.model.playtest import RANDOM, Style
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.exact import MOST_STATES, Exact, Reached, exact_odds
from siberia_quest.tools.exploring.places import Line, places_of, words_of
from siberia_quest.tools.exploring.sampling import CURIOUS, Piece, sample
from siberia_quest.tools.exploring.tally import Replay, Tally, joined, problem_of
from siberia_quest.tools.playing.player import MOST_PICKS

#: Normal quantile of a 95% interval.
_Z = 1.96
#: Seeds that are tried to meet a problem again.
_SEEDS_TRIED = 2000


class Wanted(NamedTuple):
    """What is to be explored: games of each style, the first seed, settings, the most picks of a game, the most states told apart."""

    games: int = 1000
    seed: int = 0
    settings: Mapping[str, Value] = {}  # a default that nobody fills
    most_picks: int = MOST_PICKS
    most_states: int = MOST_STATES


class Exploration(NamedTuple):
    """What was found. `exact` holds odds where its `reason` is "", and `styles` then only random games, for lengths and stats.

    `unentered` passages, `unoffered` and `unpicked` options (by address), `unmet` endings and `untold` lines are those nothing reached.
    """

    title: str
    wanted: Wanted
    exact: Exact
    styles: Mapping[str, Tally]
    stats: tuple[str, ...]
    endings: tuple[str, ...]
    unentered: tuple[str, ...]
    unoffered: tuple[str, ...]
    unpicked: tuple[str, ...]
    unmet: tuple[str, ...]
    untold: tuple[Line, ...]
    problems: Mapping[str, tuple[str, Replay]]


class Share(NamedTuple):
    """A share of games in percent with its 95% interval (Wilson 1927)."""

    percent: float
    low: float
    high: float


def share_of(times: int, games: int) -> Share:
    """Return a share with its interval; of no games, anything is possible."""
    if not games:
        return Share(0, 0, 100)
    part = times / games
    below = 1 + _Z**2 / games
    middle = (part + _Z**2 / (2 * games)) / below
    wide = _Z * sqrt(part * (1 - part) / games + _Z**2 / (4 * games**2)) / below
    return Share(part * 100, max(0.0, middle - wide) * 100, min(1.0, middle + wide) * 100)


def explore(  # a story, what is wanted of it, and who does the work
    path: Path,
    story: Story,
    styles: Mapping[str, Style],
    wanted: Wanted,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Exploration:
    """Explore a story. With the same `wanted` the report is the same, whoever does the work."""
    exact = exact_odds(story, wanted.settings, wanted.most_states)
    chosen = {RANDOM.name: RANDOM} if not exact.reason else {**styles, RANDOM.name: RANDOM, CURIOUS.name: CURIOUS}
    pieces = [Piece(style, wanted.seed, wanted.games, wanted.settings, wanted.most_picks) for style in chosen.values()]
    tallies = sample(path, pieces, executor, on_progress)
    return _summed(story, wanted, exact, tallies)


def _summed(story: Story, wanted: Wanted, exact: Exact, tallies: dict[str, Tally]) -> Exploration:
    places, whole = places_of(story), joined(tallies.values())
    entered = {*whole.visited, *exact.passages}
    offered = {f"{passage}.{id_}" for passage, counter in whole.offered.items() for id_ in counter} | {*exact.options}
    picked = {f"{passage}.{id_}" for passage, counter in whole.picked.items() for id_ in counter} | {*exact.options}
    met = {*whole.endings, *exact.met}
    told = "\n".join(words_of(each) for each in whole.told)
    return Exploration(
        story.title, wanted, exact, tallies, tuple(story.stats), tuple(story.endings) or tuple(sorted(met)),
        unentered=tuple(each for each in places.passages if each not in entered),
        unoffered=tuple(each for each in places.options if each not in offered),
        unpicked=tuple(each for each in places.options if each in offered and each not in picked),
        unmet=tuple(each for each in places.endings if each not in met),
        untold=tuple(each for each in places.lines if each.words not in told),
        problems=_problems(story, wanted, exact, tallies),
    )  # fmt: skip


def _problems(story: Story, wanted: Wanted, exact: Exact, tallies: dict[str, Tally]) -> dict[str, tuple[str, Replay]]:
    """Return what stops a game, each with the style and the game that met it; the shortest picks where odds are exact."""
    known: dict[str, tuple[str, Replay]] = {}
    for problem, reached in exact.problems:
        known[problem] = ("", _replayed(story, wanted, problem, reached))
    for style, tally in tallies.items():
        for problem, replay in tally.problems.items():
            known.setdefault(problem, (style, replay))
    return known


def _replayed(story: Story, wanted: Wanted, problem: str, reached: Reached) -> Replay:
    """Return a game that meets a problem with given picks: the first seed whose dice fall so, else the first of all."""
    for seed in range(wanted.seed, wanted.seed + _SEEDS_TRIED):
        turn = begin(story, seed, wanted.settings)
        for pick in reached.picks:
            if turn.page.problem:
                break
            try:
                turn = advance(story, turn.state, pick)
            except NotOnOffer:
                break
        if turn.page.problem and problem_of(turn.page.problem) == problem:
            return Replay(seed, reached.picks)
    return Replay(wanted.seed, reached.picks)
