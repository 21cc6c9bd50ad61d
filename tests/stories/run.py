"""Makes and plays many random stories on all cores: `python -m stories.run 20000 [FIRST_SEED]`; exits with 1 where one breaks a promise.

JOBS says how many processes play, one for each core otherwise.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import Pool
from tempfile import TemporaryDirectory
from types import FrameType
from typing import NamedTuple

from stories.dice import seeded
from stories.making import draft
from stories.playing import Played, place_of, play
from stories.reducing import Files, reduced
from stories.watching import Seen, Watch

_PIECE = 100
_MOST_SECONDS = 60
_MOST_SHOWN = 8
#: In one of so many stories it is noted which words they come to; so many at least are made before one must have been come to.
_WATCHED, _MANY = 4, 20_000
#: Of some 600 words in their places a few are so rare that 20,000 stories do not come to them; the run names them.
_MOST_LACKING = 50


class Failure(NamedTuple):
    """A story that broke a promise: its seed, what broke, and what was said."""

    seed: int
    kind: str
    said: str


class Tally(NamedTuple):
    """What came of some stories."""

    stories: int
    loaded: int
    turns: int
    failures: tuple[Failure, ...]
    problems: Counter[str]
    seen: Seen = Seen()


@contextmanager
def patience() -> Iterator[None]:
    """Raise TimeoutError in a story that takes too long, as one that hangs does."""

    def give_up(_: int, __: FrameType | None) -> None:
        raise TimeoutError("a story hangs")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(_MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def files_of(seed: int) -> Files:
    return draft(seeded(seed))


def attempt(files: Files, seed: int) -> Played | Failure:
    """Play a story with the picks of a seed."""
    try:
        with patience():
            return play(files, seeded(seed))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
        return Failure(seed, place_of(error), repr(error))


def tallied(seeds: Sequence[int]) -> Tally:
    """Make and play the stories of some seeds."""
    loaded, turns, failures, problems = 0, 0, [], Counter[str]()
    for seed in seeds:
        found = attempt(files_of(seed), seed)
        if isinstance(found, Failure):
            failures.append(found)
            continue
        loaded += found.loaded
        turns += found.turns
        problems.update(found.problems)
    return Tally(len(seeds), loaded, turns, tuple(failures), problems)


def watched(seeds: Sequence[int]) -> Tally:
    """Do the same, and note in some of them which words of the language they come to."""
    watch, some = Watch(), len(seeds) // _WATCHED
    with watch.at_work():
        found = tallied(seeds[:some])
    return total(iter((found, tallied(seeds[some:]))))._replace(seen=watch.seen)


def shown(failure: Failure) -> str:
    """A failure with the smallest story that was found to show it."""

    def fails(files: Files) -> bool:
        found = attempt(files, failure.seed)
        return isinstance(found, Failure) and found.kind == failure.kind

    files = reduced(files_of(failure.seed), fails)
    said = attempt(files, failure.seed)
    texts = [f"# {name}\n{text}" for name, text in files.items()]
    return "\n".join(
        [f"seed {failure.seed}: {failure.kind}", said.said[:2000] if isinstance(said, Failure) else "", *texts]
    )


def total(pieces: Iterator[Tally]) -> Tally:
    stories, loaded, turns, failures, problems, seen = 0, 0, 0, tuple[Failure, ...](), Counter[str](), Seen()
    for piece in pieces:
        stories, loaded, turns = stories + piece.stories, loaded + piece.loaded, turns + piece.turns
        failures += piece.failures
        problems += piece.problems
        seen |= piece.seen
    return Tally(stories, loaded, turns, failures, problems, seen)


def _keep_in(folder: str) -> None:
    """Keep the player's own cache out of it."""
    os.environ["SIBERIA_QUEST_CACHE"] = folder


def main(stories: int, first: int) -> int:
    seeds = range(first, first + stories)
    pieces = [seeds[index : index + _PIECE] for index in range(0, stories, _PIECE)]
    with (
        TemporaryDirectory() as cache,
        Pool(int(os.environ.get("JOBS", "0")) or None, initializer=_keep_in, initargs=(cache,)) as pool,
    ):
        found = total(pool.imap_unordered(watched, pieces))
    kinds = Counter(failure.kind for failure in found.failures)
    smallest = {
        each.kind: each for each in sorted(found.failures, key=lambda each: -len("".join(files_of(each.seed).values())))
    }
    for kind, count in kinds.most_common(_MOST_SHOWN):
        sys.stdout.write(f"\n{count} times: {shown(smallest[kind])}\n")
    told = ", ".join(f"{code} {count}" for code, count in found.problems.most_common())
    sys.stdout.write(f"told in play: {told or 'nothing'}\n")
    sys.stdout.write(
        f"{found.stories} stories, {found.loaded} loaded, {found.turns} turns, {len(found.failures)} problems\n"
    )
    lacking = found.seen.lacking()
    sys.stdout.write(f"words of the language that were not come to: {', '.join(lacking) or 'none'}\n")
    return 1 if found.failures or (len(lacking) > _MOST_LACKING and stories >= _MANY) else 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(given[0] if given else 20_000, given[1] if len(given) > 1 else 0))
