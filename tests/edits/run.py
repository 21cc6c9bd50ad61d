"""Edits stories at random and opens games in them: `python -m edits.run 100 20 [FIRST_SEED]`; exits with 1 where one is not where it was.

The control comes with it: with the old way to find a place, which guessed, games must be found in wrong places.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias
from unittest.mock import patch

from edits.editing import OF_STEPS, Names
from edits.guessing import guess_address
from edits.judging import read_case, tallied, unlike_before

_ROOT = Path(__file__).parents[2]
_PIECE = 5
_MOST_SHOWN = 10
_FINDER = "siberia_quest.storage.codec.places_from_plain.find_address"


class Source(NamedTuple):
    """A story to edit, and how many of a hundred edits are of it."""

    path: Path
    names: Names
    share: int


SOURCES = (
    Source(_ROOT / "tests" / "edits" / "yard.yaml", Names("name", "rest"), 60),
    Source(_ROOT / "story" / "first_fire", Names("name"), 20),
    Source(_ROOT / "tests" / "language" / "in_the_middle_of_everything.yaml", Names("keeper"), 10),
    Source(_ROOT / "story" / "night_train", Names(), 5),
    Source(_ROOT / "story" / "siberia_quest", Names(), 5),
)
#: A source by its number, seeds of edits, how many games, and whether places are guessed.
Piece: TypeAlias = tuple[int, Sequence[int], int, bool]
Tally: TypeAlias = tuple[Counter[str], list[str]]


def piece_of(piece: Piece) -> Tally:
    """Edit one story with some seeds."""
    number, seeds, games, guesses = piece
    source = SOURCES[number]
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SIBERIA_QUEST_CACHE"] = str(folder / "cache")
        case = read_case(source.path, folder, source.names, games)
        became, wrong = Counter[str](), [*unlike_before(case, folder)]
        if guesses:
            with patch(_FINDER, guess_address):
                return tallied(case, seeds, folder / "edited", OF_STEPS)
        more, others = tallied(case, seeds, folder / "edited")
        return became + more, wrong + others


def pieces(edits: int, games: int, first: int, *, guesses: bool) -> Iterator[Piece]:
    """Share edits out among the stories."""
    for number, source in enumerate(SOURCES[:1] if guesses else SOURCES):
        seeds = range(first, first + max(1, edits * source.share // 100))
        for index in range(0, len(seeds), _PIECE):
            yield number, seeds[index : index + _PIECE], games, guesses


def main(edits: int, games: int, first: int) -> int:
    """Edit, open, judge; then a tenth of it with the control."""
    with Pool() as pool:
        became, wrong = total(pool.imap_unordered(piece_of, pieces(edits, games, first, guesses=False)))
        control, _ = total(pool.imap_unordered(piece_of, pieces(max(edits // 5, 40), games, first, guesses=True)))
    for each in wrong[:_MOST_SHOWN]:
        sys.stdout.write(f"{each}\n")
    told = ", ".join(f"{word} {count}" for word, count in sorted(became.items()))
    sys.stdout.write(f"{edits} edits, {sum(became.values())} games opened: {told}; {len(wrong)} wrong\n")
    sys.stdout.write(f"control, guessing: {control['wrong']} of {sum(control.values())} wrong\n")
    return 1 if wrong or not control["wrong"] else 0


def total(found: Iterator[Tally]) -> Tally:
    became, wrong = Counter[str](), list[str]()
    for more, others in found:
        became += more
        wrong += others
    return became, wrong


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(given[0] if given else 100, given[1] if len(given) > 1 else 20, given[2] if len(given) > 2 else 0))
