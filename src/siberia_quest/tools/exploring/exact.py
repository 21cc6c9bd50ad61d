"""Exact odds: all picks and all dice from the start, equal states merged, until the whole story is known or a cap is met.

The story becomes a Markov chain (Kemeny and Snell 1960) whose states are what decides how a game goes on; picks are made at
random, each open option alike. The share of games in each state is carried on until what is still under way is negligible.
"""

from collections import deque
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import groupby

from siberia_quest.engine.turns import MakeFlow, Turn, advance, begin
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Ask
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.dice import DicePath, Shuffles, find_shuffled_steps, ways
from siberia_quest.tools.exploring.merging import MergeKey, Merger
from siberia_quest.tools.exploring.places import Place
from siberia_quest.tools.exploring.tally import find_told, problem_of
from siberia_quest.tools.playing.player import answer_with_words, write_number

#: States after which the rest is sampled.
MOST_STATES = 20_000
#: Numbers that a question may be answered with, if all are to be followed.
MOST_ANSWERS = 12
_NEGLIGIBLE = 1e-12
_MOST_SWEEPS = 20_000


class Reached(NamedTuple):
    """The shortest way to something: the picks, and how each die falls."""

    picks: tuple[str, ...]
    dice: tuple[int, ...]


class Exact(NamedTuple):
    """Exact odds, where `reason` is ""; else why there are none, and what was seen until then.

    `endings` are shares (0 to 1) of games with random picks, "" where the story just ends; `endless` is the share that never ends.
    `passages`, `options` (by address) and `met` (endings) have the shortest way to each. `checks` are (times made, times passed) in an
    average game. `problems` are what stops a game, with the way there. `loops` has the way into what never ends, and `around` the
    passages on one way round in it. `states` counts what was told apart, `told` are paragraphs on the way.
    """

    reason: str
    states: int
    endings: Mapping[str, float]
    endless: float
    length: float
    passages: Mapping[str, Reached]
    options: Mapping[str, Reached]
    met: Mapping[str, Reached]
    checks: Mapping[Place, tuple[float, float]]
    picked: Mapping[str, float]
    problems: tuple[tuple[str, Reached], ...]
    loops: tuple[Reached, ...]
    around: tuple[str, ...]
    told: AbstractSet[str]


class _StateNode:
    """A state that was told apart: the turn it stands at, the way to it, and where each pick leads."""

    __slots__ = ("checks", "ended", "entry", "picks", "shuffles", "ways", "where")

    def __init__(self, entry: Turn, shuffles: Shuffles, where: Reached) -> None:
        self.entry = entry
        self.shuffles = shuffles
        self.where = where
        self.ended: str | None = entry.state.ending
        self.picks: list[str] = []
        self.ways: list[tuple[int, float]] = []
        self.checks: dict[Place, tuple[float, float]] = {}


class _Chain:
    """A story's states and the ways between them, as far as they are known."""

    def __init__(self, story: Story, most: int) -> None:
        self.story = story
        self.most = most
        self.merger = Merger(story)
        self.shuffled = find_shuffled_steps(story)
        self.nodes: list[_StateNode] = []
        self.known: dict[MergeKey, int] = {}
        self.waiting: deque[int] = deque()
        self.passages: dict[str, Reached] = {}
        self.options: dict[str, Reached] = {}
        self.met: dict[str, Reached] = {}
        self.problems: dict[str, Reached] = {}
        self.told: set[str] = set()
        self.reason = ""

    def add(self, way: DicePath, before: Reached, picks: tuple[str, ...]) -> int:
        """Return the number of the state a way leads to, -1 where it stops the game; a new state waits to be followed."""
        where = Reached(picks, (*before.dice, *way.fallen))
        for passage in way.entered:
            self.passages.setdefault(passage, where)
        turn = way.turn
        if turn is None:
            self.reason = self.reason or way.reason
            return -1
        if turn.page.problem:
            self.problems.setdefault(problem_of(turn.page.problem), where)
            return -1
        self.told.update(find_told(turn.page.pieces))
        key = self.merger.key(turn.state, way.shuffles)
        number = self.known.get(key)
        if number is None:
            number = self.known[key] = len(self.nodes)
            self.nodes.append(_StateNode(turn, way.shuffles, where))
            if turn.state.ending is None:
                self.waiting.append(number)
            else:
                self.met.setdefault(turn.state.ending, where)
        return number

    def grow(
        self, start: Callable[[MakeFlow], Turn], on_progress: Callable[[int, int], None] | None
    ) -> list[tuple[int, float]]:
        """Follow every way until none is new; return where the game begins, with odds. `reason` is set where that ends too soon."""
        nowhere = Reached((), ())
        first = [(self.add(way, nowhere, ()), way.odds) for way in ways(start, (), self.shuffled)]
        while self.waiting and not self.reason:
            if len(self.nodes) > self.most:
                because = f"; {', '.join(self.merger.growing)} keeps states apart" if self.merger.growing else ""
                self.reason = f"it has more than {self.most:,} different states{because}"
                break
            self.follow(self.nodes[self.waiting.popleft()])
            if on_progress and len(self.nodes) % 100 == 0:
                on_progress(len(self.nodes), self.most)
        return first

    def follow(self, node: _StateNode) -> None:
        """Take every pick and every way of its dice from a state."""
        state, page = node.entry
        here = state.frames[-1].passage
        picks = self.answers(page.ask) if page.ask else [each.id for each in page.options if each.enabled]
        node.picks = picks
        share = 1 / max(1, len(picks))
        found: dict[int, float] = {}
        for pick in picks:
            self.options.setdefault(f"{here}.{pick}", node.where)
            for way in ways(partial(advance, self.story, state, pick), node.shuffles, self.shuffled):
                number = self.add(way, node.where, (*node.where.picks, pick))
                found[number] = found.get(number, 0) + way.odds * share
                for place, passed in way.checks:
                    made, well = node.checks.get(place, (0.0, 0.0))
                    node.checks[place] = made + way.odds * share, well + way.odds * share * passed
        node.ways = list(found.items())

    def answers(self, ask: Ask) -> list[str]:
        """Return what a question may be answered: its default, or each of a few numbers; one that may be left, with nothing too."""
        left = [""] if ask.optional else []
        if not ask.number:
            return [answer_with_words(ask), *left]
        low, high = ask.low, ask.high
        if low is None or high is None or high - low >= MOST_ANSWERS or low != int(low):
            self.reason = self.reason or "a question that many numbers answer"
            return [ask.default or write_number(low or 0), *left]
        return [*(str(number) for number in range(int(low), int(high) + 1)), *left]


def exact_odds(
    story: Story,
    settings: Mapping[str, Value] | None = None,
    most: int = MOST_STATES,
    on_progress: Callable[[int, int], None] | None = None,
) -> Exact:
    """Return the odds of everything in games with random picks. Settings keep their starts where none are given.

    The odds are exact but for what floating point leaves away. A text's question is answered with its default.
    """
    chain = _Chain(story, most)
    first = chain.grow(partial(begin, story, 0, settings, None), on_progress)
    nodes = chain.nodes
    flow = _carry_shares(nodes, first) if not chain.reason else [0.0] * len(nodes)
    endings: dict[str, float] = {}
    checks: dict[Place, tuple[float, float]] = {}
    picked: dict[str, float] = {}
    for node, share in zip(nodes, flow, strict=True):
        if node.ended is not None:
            endings[node.ended] = endings.get(node.ended, 0) + share
        for place, (made, well) in node.checks.items():
            known = checks.get(place, (0.0, 0.0))
            checks[place] = known[0] + made * share, known[1] + well * share
        for pick in node.picks:
            address = f"{node.entry.state.frames[-1].passage}.{pick}"
            picked[address] = picked.get(address, 0) + share / len(node.picks)
    endless = (
        [node for node, escapes in zip(nodes, _escapes(nodes), strict=True) if not escapes] if not chain.reason else []
    )
    stopped = sum(odds for number, odds in first if number < 0)
    stopped += sum(
        share * odds for node, share in zip(nodes, flow, strict=True) for number, odds in node.ways if number < 0
    )
    return Exact(
        chain.reason, len(nodes), endings, max(0.0, 1 - sum(endings.values()) - stopped) if not chain.reason else 0.0,
        sum(share for node, share in zip(nodes, flow, strict=True) if node.picks), chain.passages, chain.options, chain.met,
        checks, picked, tuple(chain.problems.items()), tuple(node.where for node in endless[:1]),
        _around(nodes, endless), chain.told,
    )  # fmt: skip


def _carry_shares(nodes: list[_StateNode], first: list[tuple[int, float]]) -> list[float]:
    """Return how often a game comes through each state, on average; an ended one keeps what reached it."""
    escapes = _escapes(nodes)
    total = [0.0] * len(nodes)
    moving: dict[int, float] = {}
    for number, odds in first:
        if number >= 0:
            moving[number] = moving.get(number, 0) + odds
    for _ in range(_MOST_SWEEPS):
        following: dict[int, float] = {}
        for number, share in moving.items():
            total[number] += share
            if escapes[number]:
                for target, odds in nodes[number].ways:
                    if target >= 0:
                        following[target] = following.get(target, 0) + share * odds
        moving = {number: share for number, share in following.items() if share > 0}
        if sum(moving.values()) < _NEGLIGIBLE:
            break
    return total


def _escapes(nodes: list[_StateNode]) -> list[bool]:
    """Tell for each state whether an end can be reached from it."""
    before: dict[int, list[int]] = {}
    for number, node in enumerate(nodes):
        for target, _ in node.ways:
            before.setdefault(target, []).append(number)
    waiting = [number for number, node in enumerate(nodes) if node.ended is not None] + [-1]
    found = set(waiting)
    while waiting:
        for number in before.get(waiting.pop(), ()):
            if number not in found:
                found.add(number)
                waiting.append(number)
    return [number in found for number in range(len(nodes))]


def _around(nodes: list[_StateNode], endless: list[_StateNode]) -> tuple[str, ...]:
    """Return the passages on one way round from the first of the states that never come to an end; none where there is none."""
    seen: list[_StateNode] = []
    node = next(iter(endless), None)
    while node is not None and node not in seen:
        seen.append(node)
        node = next((nodes[number] for number, _ in node.ways if number >= 0), None)
    if node is None:
        return ()
    places = [each.entry.state.frames[-1].passage for each in [*seen[seen.index(node) :], node]]
    return tuple(place for place, _ in groupby(places)) if len({*places}) > 1 else (places[0], places[0])
