"""Many games of a style, in this process or in several; the same games whoever plays them."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, as_completed
from functools import lru_cache
from pathlib import Path

from siberia_quest import load_story
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.playtest import Style
from siberia_quest.model.story import Story
from siberia_quest.tools.playing.player import MOST_PICKS, Player, play
from siberia_quest.tools.playing.unread import UnreadFlow, unread

#: Games in one piece of work: a few seconds of it at most, so that progress is seen.
_PIECE = 50


class Outcome(NamedTuple):
    """What is kept of a game in a batch. `ending` is None where it was cut off; `stats` are those at its end, in the story's order."""

    seed: int
    ending: str | None
    length: int
    stats: tuple[float, ...]
    visited: frozenset[str]
    problem: Diagnostic | None


class Batch(NamedTuple):
    """Games to play: of a style, from a seed on, so many of them, with settings."""

    style: Style
    seed: int
    games: int
    settings: Mapping[str, Value]
    most: int = MOST_PICKS


def play_batch(
    path: Path, batch: Batch, executor: Executor | None = None, on_progress: Callable[[int, int], None] | None = None
) -> tuple[Outcome, ...]:
    """Play a batch; return its games by seed. `on_progress` is told how many are done. Raises ValueError for a story with errors."""
    pieces = [
        batch._replace(seed=batch.seed + first, games=min(_PIECE, batch.games - first))
        for first in range(0, batch.games, _PIECE)
    ]
    found: list[Outcome] = []
    for played in _pieces(path, pieces, executor):
        found += played
        if on_progress:
            on_progress(len(found), batch.games)
    return tuple(sorted(found, key=lambda each: each.seed))


def _pieces(path: Path, pieces: list[Batch], executor: Executor | None) -> Iterator[tuple[Outcome, ...]]:
    if executor is None:
        yield from (play_piece(str(path), piece) for piece in pieces)
        return
    for future in as_completed([executor.submit(play_piece, str(path), piece) for piece in pieces]):
        yield future.result()


def play_piece(path: str, piece: Batch) -> tuple[Outcome, ...]:
    """Play some games; a worker reads the story itself, once."""
    story = story_at(path)
    names = tuple(story.stats)
    records = {index: name for name, index in story.layout.records.items()}
    player, settings = Player(story, piece.style), {**piece.style.settings, **piece.settings}
    played = []
    for seed in range(piece.seed, piece.seed + piece.games):
        game = play(story, player.begin(seed), seed, settings, piece.most, flow=UnreadFlow)
        values = tuple(float(str(game.state.value(name))) for name in names)
        visited = frozenset(records[index] for index, record in game.state.counts.items() if record[0])
        played.append(Outcome(seed, game.ending, len(game.picks), values, visited, game.problem))
    return tuple(played)


@lru_cache(maxsize=2)
def story_at(path: str) -> Story:
    """Return the story at a path as nobody reads it, loaded once. Raises ValueError where it has errors."""
    story = load_story(path, cached=True).story
    if story is None:
        message = f"the story at {path} has errors"
        raise ValueError(message)
    return unread(story)
