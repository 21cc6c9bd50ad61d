"""Slips that authors make: each is told in one message, with the cure that a person would give who sees the screen."""

from pathlib import Path
from typing import NamedTuple

import pytest

from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.reading import read_story
from siberia_quest.tools.checking import find_problems

FOLDER = Path(__file__).parent / "slips"
#: Where a slip stands that is no change of lines: its file, the line before it, and what is around it.
PLACES = {
    "condition": ("boat", "      - if: wood <= 1\n", "      - if: {}\n"),
    "effects": (
        "story",
        "      - do: tools += saw, trust += 1\n",
        "      - do: {}\n      - do: tools += saw, trust += 1\n",
    ),
    "prose": ("boat", "      - The deck is wet.\n", "      - text: |\n          {}\n"),
    "step": ("boat", "      - The deck is wet.\n", "      - {}\n"),
}


class Slip(NamedTuple):
    """A slip: its sort, its file, what stands there, what is written instead, and the code and cure that are told."""

    sort: str
    name: str
    file: str
    right: str
    wrong: str
    told: str


def read(block: str) -> Slip:
    """Read a slip as the list has it."""
    head, *lines = block.splitlines()
    word, _, name = head.partition(": ")
    right, wrong = ("".join(f"{line[2:]}\n" for line in lines if line.startswith(sign)) for sign in ("-", "+"))
    told = next(line[2:] for line in lines if line.startswith("  "))
    if place := PLACES.get(word.rstrip(":")):
        file, right, around = place
        indented = wrong.rstrip("\n").replace("\n", "\n          ")
        return Slip(head.rstrip(":"), indented, f"{file}.yaml", right, around.format(indented), told)
    return Slip(word, name, f"{word}.yaml", right, wrong, told)


SLIPS = [read(block) for block in (FOLDER / "slips.txt").read_text("utf-8").rstrip("\n").split("\n\n")[2:]]


FILES = {name: (FOLDER / "ferry" / name).read_bytes() for name in ("story.yaml", "boat.yaml")}


def told_of(files: dict[str, bytes]) -> list[str]:
    """Return the code and the cure of everything that is told of a story."""
    return [f"{each.code} {each.fix}" for each in find_problems(read_story(StoryFiles("ferry", "story.yaml", files)))]


def test_nothing_is_told_of_the_story_without_a_slip() -> None:
    assert told_of(FILES) == []


def test_the_slips_are_many() -> None:
    assert len(SLIPS) > 500


@pytest.mark.parametrize("sort", [*PLACES, "story", "boat"])
def test_a_slip_is_told_once_with_its_cure(sort: str) -> None:
    wrong = {}
    for slip in (slip for slip in SLIPS if slip.sort == sort):
        text = FILES[slip.file].decode()
        assert slip.right in text, slip.name
        told = told_of({**FILES, slip.file: text.replace(slip.right, slip.wrong, 1).encode()})
        if told != [slip.told]:
            wrong[slip.name] = (slip.told, told)
    assert wrong == {}
