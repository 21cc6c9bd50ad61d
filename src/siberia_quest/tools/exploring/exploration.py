"""Exploring a story: exact odds where they can be had, else games of every style; and what nothing reached."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from functools import partial
from math import sqrt
from pathlib import Path

from siberia_quest.engine.turns import NotOnOffer, Turn, advance, begin
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.playtest import RANDOM, Style
from siberia_quest.model.sites import passage_record
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.exact import MOST_STATES, Exact, exact_odds
from siberia_quest.tools.exploring.places import Place, Places, ProseLine, find_untold, places_of
from siberia_quest.tools.exploring.sampling import CURIOUS, Sample, sample
from siberia_quest.tools.exploring.tally import Goal, Replay, Tally, join_tallies, problem_of
from siberia_quest.tools.exploring.titles import Titles, titles_of
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

    `ways` has, for each passage, option and ending that a game came to, the style and the fewest picks there.
    `unentered` passages, `unoffered` and `unpicked` options (by address), `unmet` endings and `untold` lines are those nothing reached.
    `titles` are shown in place of ids.
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
    untold: tuple[ProseLine, ...]
    problems: Mapping[str, tuple[str, Replay]]
    ways: Mapping[Goal, tuple[str, Replay]]
    titles: Titles
    places: Places


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


def explore(  # noqa: PLR0913, PLR0917  # a story, what is wanted of it, and who does the work
    path: Path,
    story: Story,
    styles: Mapping[str, Style],
    wanted: Wanted,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    on_states: Callable[[int, int], None] | None = None,
) -> Exploration:
    """Explore a story. With the same `wanted` the report is the same, whoever does the work.

    `on_states` is told of states that were followed for exact odds, `on_progress` of games.
    """
    exact = exact_odds(story, wanted.settings, wanted.most_states, on_states)
    chosen = {RANDOM.name: RANDOM} if not exact.reason else {**styles, RANDOM.name: RANDOM, CURIOUS.name: CURIOUS}
    pieces = [Sample(style, wanted.seed, wanted.games, wanted.settings, wanted.most_picks) for style in chosen.values()]
    tallies = sample(path, pieces, executor, on_progress)
    return _sum_up(story, wanted, exact, tallies)


def name_files(found: Exploration, named: Callable[[str], str]) -> Exploration:
    """Return an exploration with each file's name from where one stands."""

    def moved(at: Place) -> Place:
        return at._replace(file=named(at.file))

    places = found.places._replace(
        passages={id_: moved(at) for id_, at in found.places.passages.items()},
        options={id_: each._replace(place=moved(each.place)) for id_, each in found.places.options.items()},
    )
    parted = [(problem.partition(":"), way) for problem, way in found.problems.items()]
    return found._replace(
        places=places,
        problems={f"{named(file)}{sign}{words}": way for (file, sign, words), way in parted},
        exact=found.exact._replace(checks={moved(at): each for at, each in found.exact.checks.items()}),
        untold=tuple(each._replace(place=moved(each.place)) for each in found.untold),
    )


def _sum_up(story: Story, wanted: Wanted, exact: Exact, tallies: dict[str, Tally]) -> Exploration:
    places, whole = places_of(story), join_tallies(tallies.values())
    entered = {*whole.visited, *exact.passages}
    offered = {f"{passage}.{id_}" for passage, id_ in whole.offered} | {*exact.options}
    picked = {f"{passage}.{id_}" for passage, id_ in whole.picked} | {*exact.options}
    met = {*whole.endings, *exact.met}
    return Exploration(
        story.title, wanted, exact, tallies, tuple(story.stats), tuple(story.endings) or tuple(sorted(met)),
        unentered=tuple(each for each in places.passages if each not in entered),
        unoffered=tuple(each for each in places.options if each not in offered),
        unpicked=tuple(each for each in places.options if each in offered and each not in picked),
        unmet=tuple(each for each in places.endings if each not in met),
        untold=tuple(find_untold(places.lines, whole.told | exact.told)),
        problems=_problems(story, wanted, exact, tallies),
        ways={
            goal: way for goal, way in _ways(story, wanted, exact, tallies).items()
            if goal[0] != "option" or goal[1] in places.options  # else a page turn
        },
        titles=titles_of(story), places=places,
    )  # fmt: skip


def _problems(story: Story, wanted: Wanted, exact: Exact, tallies: dict[str, Tally]) -> dict[str, tuple[str, Replay]]:
    """Return what stops a game, each with the style and the game that met it; the shortest picks where odds are exact."""
    known: dict[str, tuple[str, Replay]] = {}
    for problem, reached in exact.problems:
        found = _find_replay(story, wanted, reached.picks, partial(_stops, problem))
        known[problem] = ("", found or Replay(wanted.seed, wanted.settings, reached.picks))
    for style, tally in tallies.items():
        for problem, replay in tally.problems.items():
            known.setdefault(problem, (style, replay))
    return known


def _stops(problem: str, turn: Turn) -> bool:
    return turn.page.problem is not None and problem_of(turn.page.problem) == problem


def _ways(story: Story, wanted: Wanted, exact: Exact, tallies: dict[str, Tally]) -> dict[Goal, tuple[str, Replay]]:
    """Return the fewest picks to everything a game came to; where odds are exact, also to what no sampled game met."""
    known: dict[Goal, tuple[str, Replay]] = {}
    for style, tally in tallies.items():
        for goal, way in tally.ways.items():
            if goal not in known or len(way.picks) < len(known[goal][1].picks):
                known[goal] = style, way
    if exact.reason:
        return known
    wanting = {goal: picks for goal, picks in _ways_of_odds(exact) if goal not in known}
    sought: dict[tuple[str, ...], list[Goal]] = {}
    for goal, picks in wanting.items():  # the same game may come to many of them
        sought.setdefault(picks, []).append(goal)
    found: dict[Goal, Replay] = {}
    for picks, goals in sought.items():
        found |= _find_replays(story, wanted, picks, {goal: partial(_is_reached, goal) for goal in goals})
    return known | {goal: ("", found[goal]) for goal in wanting if goal in found}


def _ways_of_odds(exact: Exact) -> Iterator[tuple[Goal, tuple[str, ...]]]:
    yield from ((("ending", name), each.picks) for name, each in exact.met.items())
    yield from ((("passage", name), each.picks) for name, each in exact.passages.items())
    yield from ((("option", name), (*each.picks, name.rsplit(".", 1)[-1])) for name, each in exact.options.items())


def _is_reached(goal: Goal, turn: Turn) -> bool:
    """Tell whether a turn came to an ending or through a passage; an option was picked where its picks could be."""
    sort, name = goal
    if sort == "ending":
        return turn.state.ending == name
    return sort == "option" or any(turn.state.counts.get(turn.state.layout.records[passage_record(name)]) or ())


def _find_replay(
    story: Story, wanted: Wanted, picks: tuple[str, ...], is_there: Callable[[Turn], bool]
) -> Replay | None:
    """Return a game with these picks that comes where it should: the first seed whose dice fall so."""
    return next((found for _, found in _find_replays(story, wanted, picks, {("ending", ""): is_there})), None)


def _find_replays(
    story: Story, wanted: Wanted, picks: tuple[str, ...], sought: Mapping[Goal, Callable[[Turn], bool]]
) -> Iterator[tuple[Goal, Replay]]:
    """Yield each goal that a game with these picks comes to, with the first seed whose dice fall so."""
    left = dict(sought)
    for seed in range(wanted.seed, wanted.seed + _SEEDS_TRIED):
        turn = begin(story, seed, wanted.settings)
        for pick in picks:
            if turn.page.problem:
                break
            try:
                turn = advance(story, turn.state, pick)
            except NotOnOffer:
                break
        else:
            for goal in [goal for goal, is_there in left.items() if is_there(turn)]:
                yield goal, Replay(seed, wanted.settings, picks)
                del left[goal]
        if not left:
            return
