"""Turns whose dice fall as one says: all the ways a turn can go, each with its odds."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias
from zlib import crc32

from siberia_quest.engine.flow import Flow, Program
from siberia_quest.engine.numbers import tidy
from siberia_quest.engine.turns import MakeFlow, Turn, place_of_error
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.state import State
from siberia_quest.model.steps import Alternate, At, walk
from siberia_quest.model.story import Sight, Story
from siberia_quest.tools.exploring.places import Place

#: A single draw with more ways than this, or a turn with more, is not followed.
MOST_FACES = 1000
MOST_WAYS = 4096
#: Ways with smaller odds (0 to 1) are left out: all of them together are less than a double can tell from nothing.
RAREST = 1e-18

#: For each shuffle of steps (by its place), which of its arms are still to come in this round.
Shuffles: TypeAlias = tuple[tuple[int, tuple[int, ...]], ...]


class DicePath(NamedTuple):
    """One way a turn can go: its odds (0 to 1), the turn, how each die fell, and what happened.

    `turn` is None where the odds cannot be known; `reason` then says why, in words. `entered` are passages in order, `checks` places with
    their results.
    """

    odds: float
    turn: Turn | None
    reason: str
    fallen: tuple[int, ...]
    shuffles: Shuffles
    entered: tuple[str, ...]
    checks: tuple[tuple[Place, bool], ...]


class Unforeseen(Exception):  # noqa: N818  # it ends a turn whose odds cannot be known
    """A draw has too many ways to follow each; the message says which."""


class TooRare(Exception):  # noqa: N818  # it ends a turn that goes a way nobody will see
    """The odds of the way so far are negligible."""


class ScriptedFlow(Flow):
    """A turn in progress whose dice fall as a script says, and the first possible way beyond its end.

    `shuffled_steps` are the shuffles that decide what happens; those within a text only choose words, and show any arm.
    """

    __slots__ = ("checks", "entered", "faces", "fallen", "odds", "script", "shuffled_steps", "shuffles")

    def __init__(  # a turn and all that decides how its dice fall
        self,
        program: Program,
        state: State,
        *,
        script: Sequence[int],
        shuffles: Shuffles = (),
        shuffled_steps: frozenset[int] = frozenset(),
    ) -> None:
        """Begin. `fallen` and `faces` become how each die fell and the odds of each of its ways."""
        super().__init__(program, state)
        self.script = script
        self.shuffles = dict(shuffles)
        self.shuffled_steps = shuffled_steps
        self.fallen: list[int] = []
        self.faces: list[Sequence[float]] = []
        self.odds = 1.0
        self.entered: list[str] = []
        self.checks: list[tuple[Place, bool]] = []

    def fall(self, faces: Sequence[float]) -> int:
        """Return which way a die falls; `faces` are the odds of each."""
        if len(faces) > MOST_FACES:
            raise Unforeseen(f"a draw with {len(faces)} ways")
        at = len(self.fallen)
        first = next(face for face, odds in enumerate(faces) if odds > 0)
        face = self.script[at] if at < len(self.script) else first
        self.fallen.append(face)
        self.faces.append(faces)
        self.odds *= faces[face]
        if self.odds < RAREST:
            raise TooRare
        return face

    def happens(self, percent: float) -> bool:
        """Something happens or it does not."""
        odds = min(1.0, max(0.0, percent / 100))
        return not self.fall((odds, 1 - odds))

    def roll(self, low: float, high: float) -> int | float:
        """One of the numbers from low to high; the last counts less where their distance is not whole."""
        span = high - low + 1
        if high < low:
            return super().roll(low, high)
        if span > MOST_FACES:
            raise Unforeseen(f"a draw with {tidy(span)} ways")
        whole = int(span)
        faces = [1 / span] * whole + ([(span - whole) / span] if span > whole else [])
        return tidy(low + self.fall(faces))

    def between(self, low: float, high: float) -> int | float:
        """No two numbers have nothing between them: the odds end here."""
        if low == high:
            return tidy(low)
        raise Unforeseen("`between`")

    def pick(self, things: tuple[Value, ...]) -> Value:
        """One of several things, all alike."""
        return things[self.fall([1 / len(things)] * len(things))] if things else super().pick(things)

    def weigh(self, weights: list[int | float]) -> int:
        """One of several by weight."""
        heights = [max(0, weight) for weight in weights]
        total = sum(heights)
        return self.fall([height / total for height in heights]) if total > 0 else super().weigh(weights)

    def shuffled(self, place: int, visit: int, size: int) -> int:
        """One of the arms that did not come yet in this round."""
        if place not in self.shuffled_steps:
            return visit % size
        left = self.shuffles.get(place) or tuple(range(size))
        arm = left[self.fall([1 / len(left)] * len(left))]
        self.shuffles[place] = tuple(each for each in left if each != arm)
        return arm

    def variety(self, place: int, visit: int, weights: tuple[int | float, ...]) -> int:  # noqa: ARG002  # as the engine calls it
        """The words of a random text change nothing."""
        return 0

    def goto(self, passage: str) -> Callable[[Flow], object]:  # type: ignore[override]  # a Segment
        """Keep which passages are entered."""
        self.entered.append(passage)
        return super().goto(passage)

    def check(self, at: At, odds: float, label: str, sight: Sight) -> bool:
        """Make a check as the engine does, and keep its place with how it went."""
        passed = super().check(at, odds, label, sight)
        self.checks.append((Place(self.code.file, *at), passed))
        return passed


def ways(
    play: Callable[[MakeFlow], Turn], shuffles: Shuffles = (), shuffled_steps: frozenset[int] = frozenset()
) -> Iterator[DicePath]:
    """Yield all the ways a turn can go; `play` plays it with the flow it is given. What is left out has a Way that says why."""
    script: list[int] | None = []
    left = 1.0
    for _ in range(MOST_WAYS):
        if script is None:
            return
        under_way, turn, reason = _play_script(play, script, shuffles, shuffled_steps)
        script = _next(under_way)
        left -= under_way.odds
        if under_way.odds < RAREST:
            continue
        yield DicePath(
            under_way.odds, turn, reason, tuple(under_way.fallen), tuple(sorted(under_way.shuffles.items())), tuple(under_way.entered),
            tuple(under_way.checks),
        )  # fmt: skip
    if script is not None:
        yield DicePath(
            max(0.0, left), None, f"more than {MOST_WAYS} ways for the dice of one turn", tuple(script), (), (), ()
        )


def _play_script(
    play: Callable[[MakeFlow], Turn], script: list[int], shuffles: Shuffles, shuffled_steps: frozenset[int]
) -> tuple[ScriptedFlow, Turn | None, str]:
    made: list[ScriptedFlow] = []

    def make(program: Program, state: State) -> Flow:
        flow = ScriptedFlow(program, state, script=script, shuffles=shuffles, shuffled_steps=shuffled_steps)
        made.append(flow)
        return flow

    try:
        turn: Turn | None = play(make)
        reason = ""
    except Unforeseen as unforeseen:
        at = place_of_error(made[0].program, unforeseen)
        turn, reason = None, f"{unforeseen} at {at.file}:{at.line}"
    except TooRare:
        turn, reason = None, ""
    return made[0], turn, reason


def _next(under_way: ScriptedFlow) -> list[int] | None:
    """Return the next script: the last die that can falls its next way, and those behind it are open again."""
    for index in range(len(under_way.fallen) - 1, -1, -1):
        faces = under_way.faces[index]
        for face in range(under_way.fallen[index] + 1, len(faces)):
            if faces[face] > 0:
                return [*under_way.fallen[:index], face]
    return None


def find_shuffled_steps(story: Story) -> frozenset[int]:
    """Return the shuffles of steps, by the number that the engine knows them by: what they show decides more than words."""
    return frozenset(
        crc32(f"{passage.id}{step.site}".encode())
        for passage in story.passages.values()
        for step in walk(passage.steps)
        if isinstance(step, Alternate) and step.how == "shuffle"
    )
