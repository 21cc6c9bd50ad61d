"""Games of a style up to the weigh-in, and their fights, with something changed on the scale."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from game.prose import STORY
from siberia_quest import Story, advance, begin, load_story
from siberia_quest.engine.turns import Turn
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.kinds import Value
from siberia_quest.model.playtest import Style
from siberia_quest.tools.playing.player import Player
from siberia_quest.tools.playing.unread import UnreadFlow, unread

_SCALE = "weighin.weighin"


class Game(NamedTuple):
    """A game that waits at the weigh-in, or that came to an ending before."""

    seed: int
    turn: Turn


class Gym(NamedTuple):
    """The story as nobody reads it, its styles, and the endings that count as wins."""

    story: Story
    styles: Mapping[str, Style]
    wins: tuple[str, ...]


def open_gym() -> Gym:
    """Load the story with its tests."""
    story = load_story(STORY).story
    assert story is not None
    tests = read_playtests(STORY, story)
    return Gym(unread(story), tests.styles, tests.wins)


def train(gym: Gym, style: str, seeds: Sequence[int], settings: Mapping[str, Value] | None = None) -> list[Game]:
    """Play a style's eighteen days."""
    return [_train(gym, style, seed, settings or {}) for seed in seeds]


def _train(gym: Gym, style: str, seed: int, settings: Mapping[str, Value]) -> Game:
    pick = Player(gym.story, gym.styles[style]).begin(seed)
    turn = begin(gym.story, seed, settings, flow=UnreadFlow)
    while turn.state.ending is None and turn.state.frames[-1][0] != _SCALE:
        turn = advance(gym.story, turn.state, pick(turn), UnreadFlow)
    return Game(seed, turn)


def fight(
    gym: Gym,
    games: Sequence[Game],
    style: str,
    less: Mapping[str, float] | None = None,
    other: Mapping[str, Value] | None = None,
) -> float:
    """Fight each game's fight as a style does, with `less` of stats and `other` values; return the share that is won, in percent."""
    won = [ending in gym.wins for ending in _endings(gym, games, style, less or {}, other or {})]
    return 100 * sum(won) / len(won)


def _endings(
    gym: Gym, games: Sequence[Game], style: str, less: Mapping[str, float], other: Mapping[str, Value]
) -> Iterator[str | None]:
    slots = gym.story.layout.slots
    for seed, turn in games:
        values = list(turn.state.values)
        for name, amount in less.items():
            values[slots[name]] = max(0, float(str(values[slots[name]])) - amount)
        for name, value in other.items():
            values[slots[name]] = value
        now = turn._replace(state=turn.state._replace(values=tuple(values)))
        pick = Player(gym.story, gym.styles[style]).begin(seed)
        while now.state.ending is None:
            now = advance(gym.story, now.state, pick(now), UnreadFlow)
        yield now.state.ending
