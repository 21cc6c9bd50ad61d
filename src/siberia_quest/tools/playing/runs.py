"""All tests of a story, one after the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import TypeAlias

from siberia_quest.model.playtest import Playtests
from siberia_quest.model.story import Story
from siberia_quest.tools.playing.batches import Batch, play_batch
from siberia_quest.tools.playing.targets import Judged, judge
from siberia_quest.tools.playing.walkthroughs import Walked, walk_through

TestResult: TypeAlias = Walked | Judged


def choose_tests(tests: Playtests, only: str) -> Playtests:
    """Return the tests whose name (of a target: its style) holds some words, in any case; all where there are none."""
    words = only.casefold()
    return tests._replace(
        walkthroughs=tuple(each for each in tests.walkthroughs if words in each.name.casefold()),
        targets=tuple(each for each in tests.targets if words in each.style.casefold()),
    )


def run_tests(
    path: Path,
    story: Story,
    tests: Playtests,
    executor: Executor | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[TestResult]:
    """Run tests and yield how each went, as it is known. `on_progress` is told how many games of all targets are done."""
    for walkthrough in tests.walkthroughs:
        yield walk_through(story, walkthrough)
    whole, before = sum(each.games for each in tests.targets), 0
    for target in tests.targets:
        batch = Batch(tests.styles[target.style], target.seed, target.games, target.settings)
        done = before

        def tell(now: int, _: int, done: int = done) -> None:
            if on_progress:
                on_progress(done + now, whole)

        yield judge(story, target, play_batch(path, batch, executor, tell), tests.wins)
        before += target.games


def failures_of(result: TestResult) -> int:
    """Return how many things of a test went another way than it says."""
    return len(result.failures) if isinstance(result, Judged) else int(result.failure is not None)
