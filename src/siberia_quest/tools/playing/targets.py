"""What many games came to, beside what their author wants of them."""

from collections import Counter
from collections.abc import Iterator
from statistics import median

from siberia_quest.model.diagnostic import Span
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.playtest import Limits, Target
from siberia_quest.model.story import Story
from siberia_quest.tools.playing.batches import Outcome
from siberia_quest.tools.playing.walkthroughs import Failure


class Measure(NamedTuple):
    """One thing that was measured: its name in words, what it came to, the limits, and whether it is within them."""

    name: str
    value: float
    unit: str
    limits: Limits
    met: bool


class Judged(NamedTuple):
    """What a target's games came to. `problems` are (seed, words, place) of games that stopped, or were cut off, which has no place."""

    target: Target
    measures: tuple[Measure, ...]
    problems: tuple[tuple[int, str, Span | None], ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What is not as it should be."""
        span = self.target.span
        missed = [
            Failure(f"{each.name}: {each.value:.4g}{each.unit}, wanted {each.limits.written}", span)
            for each in self.measures
            if not each.met
        ]
        return (
            *missed,
            *(
                Failure(words, span, f"game {seed} of style `{self.target.style}`", at)
                for seed, words, at in self.problems
            ),
        )


def judge(story: Story, target: Target, outcomes: tuple[Outcome, ...], wins: tuple[str, ...]) -> Judged:
    """Measure what a target asks of games that were played for it."""
    measures = [
        Measure(name, value, unit, limits, limits.low <= value <= limits.high)
        for name, value, unit, limits in _measure(story, target, outcomes, wins)
    ]
    return Judged(target, tuple(measures), tuple(_problems(outcomes)))


def _measure(
    story: Story, target: Target, outcomes: tuple[Outcome, ...], wins: tuple[str, ...]
) -> Iterator[tuple[str, float, str, Limits]]:
    share = 100 / len(outcomes)
    ends = Counter(each.ending for each in outcomes)
    for ending, limits in target.endings.items():
        yield f"ending {ending}", ends[ending] * share, "%", limits
    if target.wins:
        yield "wins", sum(ends[ending] for ending in wins) * share, "%", target.wins
    for passage, limits in target.reached.items():
        yield f"reached {passage}", sum(passage in each.visited for each in outcomes) * share, "%", limits
    order = list(story.stats)
    for stat, limits in target.stats.items():
        yield f"median {stat}", median(each.stats[order.index(stat)] for each in outcomes), "", limits
    lengths = [each.length for each in outcomes]
    measured = {"median": median(lengths), "shortest": min(lengths), "longest": max(lengths)}
    for name, limits in target.length.items():
        yield f"{name} length", measured[name], " picks", limits


def _problems(outcomes: tuple[Outcome, ...]) -> Iterator[tuple[int, str, Span | None]]:
    """Yield the first game for each problem, and the first that never ended."""
    told: set[object] = set()
    for each in outcomes:
        if each.problem and each.problem.span not in told:
            told.add(each.problem.span)
            yield each.seed, each.problem.message, each.problem.span
        elif each.ending is None and not each.problem and "endless" not in told:
            told.add("endless")
            yield each.seed, f"a game does not end within {each.length} picks", None
