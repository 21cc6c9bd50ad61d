"""What games came through, counted; tallies of pieces of work are joined in their order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from siberia_quest.engine.offers import GREYED
from siberia_quest.engine.turns import Turn
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Block, CheckResult, Montage
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.places import ProseLine, find_untold, places_of
from siberia_quest.tools.playing.player import PlayedGame

#: Different paragraphs that a piece of work keeps; where there are more, it keeps which lines they told.
MOST_TOLD = 20_000


class Replay(NamedTuple):
    """A game to play again: its seed and settings, and its picks until something happened."""

    seed: int
    settings: Mapping[str, Value]
    picks: tuple[str, ...]


GoalSort: TypeAlias = Literal["passage", "option", "ending"]
#: What can be reached, and its id or address.
Goal: TypeAlias = tuple[GoalSort, str]


def find_told(pieces: Iterable[Block | str]) -> Iterator[str]:
    """Yield the paragraphs among the pieces of a page, and each beat of a montage."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Montage):
            yield from (f"{beat.left}\n{beat.right}" for beat in piece.beats)


def problem_of(problem: Diagnostic) -> str:
    """Return a problem's place and what it is."""
    return f"{problem.span.file}:{problem.span.line}:{problem.span.column}: {problem.code}: {problem.message}"


class Tally:
    """Counts of games, by name.

    `endings` has "" for an end without a name; `visited` counts games that came through a passage, `offered` and `picked` those in which an
    option was open and was picked, by passage and id; `passed` and `failed` are checks by label. `stats` has a row for each game at each
    checkpoint and at the end, in the story's order of stats. `told` are paragraphs, `repeated` how many came twice in a game.
    `ways` has the fewest picks to each passage, option and ending, `problems` the first game of each problem; `endless` are seeds of
    games that were cut off; `around` are the passages of one way round in the first of them.
    """

    __slots__ = (
        "around", "endings", "endless", "failed", "games", "lengths", "offered", "paragraphs", "passed", "picked", "picks", "problems",
        "repeated", "stats", "told", "visited", "ways",
    )  # fmt: skip

    def __init__(self) -> None:
        self.games = self.picks = self.repeated = self.paragraphs = 0
        self.endings: Counter[str] = Counter()
        self.visited: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.offered: Counter[tuple[str, str]] = Counter()
        self.picked: Counter[tuple[str, str]] = Counter()
        self.around: tuple[str, ...] = ()
        self.lengths: list[int] = []
        self.endless: list[int] = []
        self.stats: dict[str, list[tuple[float, ...]]] = {}
        self.told: set[str] = set()
        self.ways: dict[Goal, Replay] = {}
        self.problems: dict[str, Replay] = {}

    def join(self, other: "Tally") -> None:
        """Add what other games came through, which were played after these."""
        self.games += other.games
        self.picks += other.picks
        self.repeated += other.repeated
        self.paragraphs += other.paragraphs
        for mine, theirs in (
            (self.endings, other.endings), (self.visited, other.visited), (self.passed, other.passed), (self.failed, other.failed),
        ):  # fmt: skip
            mine.update(theirs)
        self.offered.update(other.offered)
        self.picked.update(other.picked)
        self.around = self.around or other.around
        self.lengths += other.lengths
        self.endless += other.endless
        for place, rows in other.stats.items():
            self.stats.setdefault(place, []).extend(rows)
        self.told |= other.told
        for goal, way in other.ways.items():
            if goal not in self.ways or len(way.picks) < len(self.ways[goal].picks):
                self.ways[goal] = way
        self.problems = {**other.problems, **self.problems}


def join_tallies(tallies: Iterable[Tally]) -> Tally:
    """Return all tallies in one."""
    whole = Tally()
    for each in tallies:
        whole.join(each)
    return whole


def _find_round(places: list[str]) -> tuple[str, ...]:
    """Return the passages since the game was last where it was cut off; none where it never was there before."""
    last = len(places) - 1
    before = next((at for at in range(last - 1, -1, -1) if places[at] == places[last]), None)
    return tuple(places[before:]) if before is not None else ()


class Watcher:
    """Sees every turn of the games of a piece of work and keeps the tally: what a turn shows is put aside until its game is over."""

    def __init__(self, story: Story) -> None:
        self.tally = Tally()
        self._story = story
        self._lines: tuple[ProseLine, ...] = ()
        self._slots = [story.layout.slots[name] for name in story.stats]
        passages = set(story.passages)  # a phrase is counted too, and is no place
        self._records: dict[int, str] = {
            index: name for name, index in story.layout.records.items() if name in passages
        }
        self._pieces: list[Block | str] = []
        self._offered: list[tuple[str, tuple[str, ...]]] = []
        self._fewest: dict[str | tuple[str, str], int] = {}

    def see(self, turn: Turn) -> None:
        """Count what a turn showed and offered."""
        state, page = turn
        self._pieces += page.pieces
        if state.frames:
            self._offered.append((state.frames[-1].passage, state.offer))
        if page.checkpoint is not None:
            self._stats(page.checkpoint, state)

    def finish(self, game: PlayedGame) -> None:
        """Count a game that ended, was stopped by a problem, or was cut off."""
        tally, state = self.tally, game.state
        tally.games += 1
        tally.picks += len(game.picks)
        tally.lengths.append(len(game.picks))
        open_ = {(here, id_) for here, offer in {*self._offered} for id_ in offer if id_[0] != GREYED}
        tally.offered.update(open_)
        self._read()
        visited = [
            self._records[index] for index, record in state.counts.items() if record[0] and index in self._records
        ]
        tally.visited.update(visited)
        self._find_ways(game, visited)
        if game.ending is None and not game.problem and not tally.endless:
            tally.around = _find_round([here for here, _ in self._offered])
        self._offered.clear()
        if game.problem:
            tally.problems.setdefault(problem_of(game.problem), Replay(game.seed, game.settings, game.picks))
        elif game.ending is None:
            tally.endless.append(game.seed)
        else:
            tally.endings[game.ending] += 1
            self._stats("", state)

    def take_tally(self) -> Tally:
        """Return the tally, once all games are played."""
        return self.tally

    def _find_ways(self, game: PlayedGame, visited: list[str]) -> None:
        """Count the picks, and keep those to what this game came to sooner than any before."""
        picked, fewest = set[tuple[str, str]](), self._fewest
        for index, ((here, offer), pick) in enumerate(zip(self._offered, game.picks, strict=False)):
            if index < fewest.get(here, index + 1):
                fewest[here] = index
                self._reach(game, "passage", here, index)
            if offer:  # else it is an answer
                option = here, pick
                picked.add(option)
                if index < fewest.get(option, index + 1):
                    fewest[option] = index
                    self._reach(game, "option", f"{here}.{pick}", index + 1)
        self.tally.picked.update(picked)
        for name in visited:
            self._reach(game, "passage", name, len(game.picks))
        if game.ending is not None:
            self._reach(game, "ending", game.ending, len(game.picks))

    def _reach(self, game: PlayedGame, sort: GoalSort, name: str, picks: int) -> None:
        known = self.tally.ways.get((sort, name))
        if known is None or picks < len(known.picks):
            self.tally.ways[sort, name] = Replay(game.seed, game.settings, game.picks[:picks])

    def _read(self) -> None:
        """Read what a game told."""
        tally, told = self.tally, set[str]()
        for piece in self._pieces:
            if isinstance(piece, str):
                tally.paragraphs += 1
                if piece in told:
                    tally.repeated += 1
                told.add(piece)
            elif isinstance(piece, CheckResult):
                (tally.passed if piece.passed else tally.failed)[piece.label or "a check"] += 1
        tally.told.update(find_told(self._pieces))
        self._pieces.clear()
        if len(tally.told) > MOST_TOLD:
            self._keep_lines()

    def _keep_lines(self) -> None:
        """Keep of all that was told the lines of the story alone, without what each game puts in between."""
        lines = self._lines = self._lines or places_of(self._story).lines
        untold = set(find_untold(lines, self.tally.told))
        self.tally.told = {each.words for each in lines if each not in untold}

    def _stats(self, place: str, state: State) -> None:
        row = tuple([float(state.values[slot]) for slot in self._slots])  # type: ignore[arg-type]  # a stat is a number
        self.tally.stats.setdefault(place, []).append(row)
