"""Many games of several styles, and curious ones that go where no game went and try every setting.

Each piece of work is the same whoever does it, so the same seed gives the same report with any executor.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, as_completed
from pathlib import Path
from random import Random

from siberia_quest.engine.offers import GREYED
from siberia_quest.engine.turns import Turn
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.playtest import RANDOM, Style
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.tally import Tally, Watcher
from siberia_quest.tools.playing.batches import story_at
from siberia_quest.tools.playing.player import Picker, Player, play
from siberia_quest.tools.playing.unread import UnreadFlow

#: The style that goes where no game went.
CURIOUS = Style("curious")
_PIECE = 50


class Sample(NamedTuple):
    """Games to play: of a style, from a seed on, so many, with settings, each to at most so many picks."""

    style: Style
    seed: int
    games: int
    settings: Mapping[str, Value]
    most: int


def sample(
    path: Path,
    pieces: Iterable[Sample],
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> dict[str, Tally]:
    """Play all pieces and return what each style's games came to. Raises ValueError for a story with errors."""
    work = [part for piece in pieces for part in _parts(piece)]
    whole, done = sum(each.games for each in work), 0
    found: dict[int, Tally] = {}
    for number, tally in _play_samples(path, work, executor):
        found[number] = tally
        done += tally.games
        if on_progress:
            on_progress(done, whole)
    styles: dict[str, Tally] = {}
    for number, part in enumerate(work):  # in order: what came first must not hang on who was quicker
        styles.setdefault(part.style.name, Tally()).join(found[number])
    return styles


def _parts(piece: Sample) -> Iterator[Sample]:
    for first in range(0, piece.games, _PIECE):
        yield piece._replace(seed=piece.seed + first, games=min(_PIECE, piece.games - first))


def _play_samples(path: Path, work: list[Sample], executor: Executor | None) -> Iterator[tuple[int, Tally]]:
    if executor is None:
        yield from ((number, play_piece(str(path), piece)) for number, piece in enumerate(work))
        return
    under_way = {executor.submit(play_piece, str(path), piece): number for number, piece in enumerate(work)}
    for future in as_completed(under_way):
        yield under_way[future], future.result()


def play_piece(path: str, piece: Sample) -> Tally:
    """Play some games and count what they come through."""
    story = story_at(path)
    watcher = Watcher(story)
    player = _Curious(story) if piece.style == CURIOUS else Player(story, piece.style)
    for seed in range(piece.seed, piece.seed + piece.games):
        settings = {
            **(_vary_settings(story, seed) if piece.style == CURIOUS else piece.style.settings),
            **piece.settings,
        }
        watcher.finish(play(story, player.begin(seed), seed, settings, piece.most, watcher.see, UnreadFlow))
    return watcher.take_tally()


def _vary_settings(story: Story, seed: int) -> dict[str, Value]:
    """Return settings so that one game after the other has another combination of what can be chosen."""
    chosen: dict[str, Value] = {}
    for name, setting in story.settings.items():
        if setting.options:
            seed, at = divmod(seed, len(setting.options))
            chosen[name] = setting.options[at][0]
    return chosen


class _Curious:
    """Picks what was never picked in this piece of work, and else by a taste of its own in each game.

    A taste likes some options several times as much as others for a whole game, so that games come to where even picks never do: much of
    one thing, nothing of another.
    """

    def __init__(self, story: Story) -> None:
        self._answers = Player(story, RANDOM)
        self._tried: set[tuple[str, str]] = set()

    def begin(self, seed: int) -> Picker:
        """Return what names the picks of a game."""
        dice = Random(seed)  # noqa: S311  # a game's pick, no secret
        answer, tried = self._answers.begin(seed), self._tried
        taste: dict[str, float] = {}

        def pick(turn: Turn) -> str:
            if turn.page.ask:
                return answer(turn)
            here = turn.state.frames[-1].passage
            open_ = [each for each in turn.state.offer if each[0] != GREYED]
            new = [each for each in open_ if (here, each) not in tried]
            if new:
                chosen = new[int(dice.random() * len(new))]
                tried.add((here, chosen))
                return chosen
            if len(open_) == 1:
                return open_[0]
            for each in open_:
                if each not in taste:
                    taste[each] = dice.lognormvariate(0, 1)
            return dice.choices(open_, [taste[each] for each in open_])[0]

        return pick
