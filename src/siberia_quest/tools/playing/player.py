"""One game played by a style. Its picks hang on the seed alone, so that each game of a batch replays alone."""

from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple, TypeAlias

from siberia_quest.engine.game import Turn, advance, begin
from siberia_quest.engine.status import question_of
from siberia_quest.loading.flow import walk
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.kinds import Value
from siberia_quest.model.page import Ask, Option
from siberia_quest.model.playtest import RANDOM, Preference, Style
from siberia_quest.model.state import State
from siberia_quest.model.steps import Question
from siberia_quest.model.story import Story

#: Picks after which a game is given up as endless.
MOST_PICKS = 5000
_SALT = 0x5EED
Picker: TypeAlias = Callable[[Turn], str]


class Game(NamedTuple):
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
) -> Game:
    """Play one game to its end, to a problem, or to `most` picks. `on_turn` sees every turn."""
    chosen = {**style.settings, **(settings or {})}
    pick = picker(story, style, seed)
    turn = begin(story, seed, chosen)
    picks: list[str] = []
    while True:
        if on_turn:
            on_turn(turn)
        page = turn.page
        if page.problem or turn.state.ending is not None or len(picks) >= most:
            return Game(seed, chosen, tuple(picks), turn.state, turn.state.ending, page.problem)
        picks.append(pick(turn))
        turn = advance(story, turn.state, picks[-1])


def picker(story: Story, style: Style, seed: int) -> Picker:
    """Return what names the next pick of a style; its dice are apart from the game's, and come from the seed alone."""
    dice = Random(seed ^ _SALT)  # noqa: S311  # a game's pick, no secret
    weights = {each.pick: each.weight for each in style.prefer}
    asked = _questions(story) if style.answers else {}
    first = [(_holds(story, each), each.pick) for each in style.first]

    def pick(turn: Turn) -> str:
        state, page = turn
        if page.ask:
            frame = state.frames[-1]
            return _answer(page.ask, style.answers.get(asked.get((frame.passage, frame.at), "")), dice)
        options = _liked(style, first, state, [each for each in page.options if each.enabled])
        if len(options) == 1:
            return options[0].id
        if not weights:
            return options[int(dice.random() * len(options))].id
        return dice.choices(options, [_weight(each, weights) for each in options])[0].id

    return pick


def _liked(
    style: Style, first: list[tuple[Callable[[State], Value], str]], state: State, options: list[Option]
) -> list[Option]:
    """Return the open options a style may pick here, by its firm rules: what it always does, tries first and avoids."""
    always = style.always.get(state.frames[-1].passage)
    if always:
        options = _named(options, always) or options
    for holds, name in first:
        found = _named(options, name) if holds(state) else None
        if found:
            options = found
            break
    if style.avoid and len(options) > 1:
        options = [each for each in options if not _is_among(each, style.avoid)] or options
    return options


def _holds(story: Story, preference: Preference) -> Callable[[State], Value]:
    return (lambda _: True) if preference.condition is None else question_of(story, preference.condition)


def _is_among(option: Option, names: tuple[str, ...]) -> bool:
    return option.id in names or any(tag in names for tag in option.tags)


def _named(options: list[Option], name: str) -> list[Option]:
    """Return the options a name means: an id, a tag, or the best or worst odds."""
    if name in {"best_odds", "worst_odds"}:
        with_odds = [each for each in options if each.odds is not None]
        choose = max if name == "best_odds" else min
        return [choose(with_odds, key=lambda each: each.odds or 0)] if with_odds else []
    return [each for each in options if _is_among(each, (name,))]


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


def _answer(ask: Ask, known: str | None, dice: Random) -> str:
    if known is not None:
        return known
    if not ask.number:
        return ask.default or "Somebody"
    low = int(ask.low) if ask.low is not None else 0
    return str(dice.randint(low, max(low, int(ask.high) if ask.high is not None else low + 10)))
