"""One game played by a style. Its picks hang on the seed alone, so that each game of a batch replays alone."""

from collections.abc import Callable, Mapping
from itertools import accumulate
from math import ceil, floor
from random import Random
from typing import TypeAlias

from siberia_quest.engine.flow import Flow
from siberia_quest.engine.program import program_of
from siberia_quest.engine.sight import least_odds
from siberia_quest.engine.turns import MakeFlow, Turn, advance, begin
from siberia_quest.lang.syntax import find_word
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.expression import Constant, Expression
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Ask, Option
from siberia_quest.model.playtest import BY_ODDS, RANDOM, OddsPick, Style
from siberia_quest.model.state import State
from siberia_quest.model.steps import Question, walk
from siberia_quest.model.story import Story

#: Picks after which a game is given up as endless.
MOST_PICKS = 5000
_SALT = 0x5EED
#: How often a question that may be left is left.
_LEFT = 0.25
Picker: TypeAlias = Callable[[Turn], str]


class PlayedGame(NamedTuple):
    """A game that was played: its seed, settings and picks, and how it ended. `ending` is None where it was cut off."""

    seed: int
    settings: Mapping[str, Value]
    picks: tuple[str, ...]
    state: State
    ending: str | None
    problem: Diagnostic | None


def play_game(  # a game and who watches it
    story: Story,
    style: Style = RANDOM,
    seed: int = 0,
    settings: Mapping[str, Value] | None = None,
    most: int = MOST_PICKS,
    on_turn: Callable[[Turn], None] | None = None,
) -> PlayedGame:
    """Play one game to its end, to a problem, or to `most` picks. `on_turn` sees every turn."""
    chosen = {**style.settings, **(settings or {})}
    return play(story, Player(story, style).begin(seed), seed, chosen, most, on_turn)


def play(  # noqa: PLR0913, PLR0917  # a game, who plays it and who watches
    story: Story,
    pick: Picker,
    seed: int,
    settings: Mapping[str, Value],
    most: int = MOST_PICKS,
    on_turn: Callable[[Turn], None] | None = None,
    flow: MakeFlow = Flow,
) -> PlayedGame:
    """Play one game with what names its picks. `flow` makes each turn, as in `engine.turns.begin`."""
    turn = begin(story, seed, settings, flow=flow)
    picks: list[str] = []
    while True:
        if on_turn:
            on_turn(turn)
        state, page = turn
        if state.ending is not None or page.problem or len(picks) >= most:
            return PlayedGame(seed, settings, tuple(picks), state, state.ending, page.problem)
        picked = pick(turn)
        picks.append(picked)
        turn = advance(story, state, picked, flow)


class _Liked(NamedTuple):
    """Options a style picks among: their ids, sums of their weights so far (none: each alike), or `by` the best or worst odds."""

    ids: tuple[str, ...]
    heights: tuple[float, ...] = ()
    by: OddsPick | None = None


class _Course(NamedTuple):
    """What a style does with a list of options: what it tries first, each with its condition, and what it does otherwise."""

    first: tuple[tuple[Callable[[Flow], Value], _Liked], ...]
    otherwise: _Liked


class Player:
    """Picks as a style does, in games of one story. What it does with a list of options is worked out when that is first met."""

    def __init__(self, story: Story, style: Style) -> None:
        self.style = style
        self._program = program_of(story)
        self._weights = {each.pick: each.weight for each in style.prefer}
        self._asked = _questions(story) if style.answers else {}
        self._answers = {name: _answer_from(story, answer) for name, answer in style.answers.items()}
        self._first = [(_condition(story, each.condition), each.pick) for each in style.first]
        self._courses: dict[tuple[str, str, tuple[str, ...]], _Course] = {}

    def begin(self, seed: int) -> Picker:
        """Return what names the picks of a game; its dice are apart from the game's, and come from the seed alone."""
        dice = Random(seed ^ _SALT)  # noqa: S311  # a game's pick, no secret
        courses, program = self._courses, self._program

        def pick(turn: Turn) -> str:
            state, page = turn
            passage, at, *_ = state.frames[-1]
            if page.ask:
                known = self._answers.get(self._asked.get((passage, at), ""))
                return known(Flow(program, state), page.ask) if known else _answer(page.ask, dice)
            course = courses.get((passage, at, state.offer))
            if course is None:
                course = courses[passage, at, state.offer] = self._course(passage, page.options)
            first, liked = course
            if first:
                flow = Flow(program, state)
                for holds, found in first:
                    if holds(flow):
                        liked = found
                        break
            ids, heights, by = liked
            if by:
                return _by_odds(by, [each for each in page.options if each.id in ids])
            if len(ids) == 1:
                return ids[0]
            if heights:
                return dice.choices(ids, cum_weights=heights)[0]
            return ids[int(dice.random() * len(ids))]

        return pick

    def _course(self, passage: str, options: tuple[Option, ...]) -> _Course:
        """Work out what the style does with the open ones of some options, by its firm rules and its weights."""
        open_ = [each for each in options if each.enabled]
        always = self.style.always.get(passage)
        if always:
            named = [each for each in open_ if _is_among(each, (always,))]
            by = find_word(always, BY_ODDS)
            odds = [each for each in open_ if each.odds is not None] if by else []
            if odds:
                return _Course((), _Liked(tuple(each.id for each in odds), by=by))
            open_ = named or open_
        first = []
        for holds, name in self._first:
            if by := find_word(name, BY_ODDS):
                found = _Liked(tuple(each.id for each in open_ if each.odds is not None), by=by)
            else:
                found = self._weigh_options([each for each in open_ if _is_among(each, (name,))])
            if found.ids:
                first.append((holds, found))
        return _Course(tuple(first), self._weigh_options(open_))

    def _weigh_options(self, options: list[Option]) -> _Liked:
        """Return options without what the style avoids, with their weights."""
        options = [each for each in options if not _is_among(each, self.style.avoid)] or options
        weights = [_weight(each, self._weights) for each in options] if self._weights else []
        return _Liked(tuple(each.id for each in options), tuple(accumulate(weights)) if any(weights) else ())


def _condition(story: Story, condition: Expression | None) -> Callable[[Flow], Value]:
    return program_of(story).compile_value(condition or Constant(value=True))


def _is_among(option: Option, names: tuple[str, ...]) -> bool:
    return option.id in names or any(tag in names for tag in option.tags)


def _by_odds(by: OddsPick, options: list[Option]) -> str:
    choose = max if by == "best_odds" else min
    return choose(options, key=lambda each: least_odds(each.odds) if each.odds else 0).id


def _weight(option: Option, weights: Mapping[str, float]) -> float:
    given = [weights[name] for name in (option.id, *option.tags) if name in weights]
    return max(given) if given else 1


def _questions(story: Story) -> Mapping[tuple[str, str], str]:
    """Return the variable each question asks for, by passage and address."""
    return {
        (passage.id, step.key): step.into
        for passage in story.passages.values()
        for step in walk(passage.steps)
        if isinstance(step, Question)
    }


def _answer_from(story: Story, answer: str | Expression) -> Callable[[Flow, Ask], str]:
    """Return what gives an answer of a style: its words, or what its expression comes to, within what the question takes."""
    if isinstance(answer, str):
        return lambda _, __: answer
    value_of = program_of(story).compile_value(answer)

    def work_out(flow: Flow, ask: Ask) -> str:
        value = value_of(flow)
        number = float(value) if isinstance(value, int | float) else 0.0
        number = max(number, ask.low) if ask.low is not None else number
        return f"{min(number, ask.high) if ask.high is not None else number:g}"

    return work_out


def _answer(ask: Ask, dice: Random) -> str:
    if ask.optional and dice.random() < _LEFT:
        return ""
    if not ask.number:
        return answer_with_words(ask)
    low = ceil(ask.low) if ask.low is not None else 0
    high = floor(ask.high) if ask.high is not None else low + 10
    return str(dice.randint(low, high)) if low <= high else write_number(ask.low or 0)


def answer_with_words(ask: Ask) -> str:
    """Return what a question for a text is answered with: its default, or as much of a word as it takes."""
    return ask.default or "Somebody"[: ask.longest]


def write_number(number: float) -> str:
    """Return a number as it can be typed."""
    return f"{number:f}".rstrip("0").rstrip(".")
