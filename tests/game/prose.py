"""The prose of Siberia Quest as its files have it: each string a writer wrote, with its scene."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from house.tree import ROOT

STORY = ROOT / "story" / "siberia_quest"

#: A comparison: one thing told by another.
SIMILE = re.compile(
    r"\b(?:(?<!n’t )(?<!you )like (?:an?|the|two|three|men|people|somebody|someone|something|\w+ing)\b|as if\b|as though\b|as one\b"
    r"|the way (?:an?|people|one|in which)\b)",
    re.IGNORECASE,
)


class Prose(NamedTuple):
    """A string of a story's file, and the scene it stands in."""

    scene: str
    text: str


def prose_of(folder: Path = STORY) -> Iterator[Prose]:
    """Give each string of each scene, file by file; names and expressions are among them."""
    for path in sorted(folder.glob("*.yaml")):
        for text in _strings(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)):  # noqa: S506 (it makes strings alone)
            yield Prose(path.stem, " ".join(text.split()))


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for each in node:
            yield from _strings(each)
    elif isinstance(node, dict):
        for each in node.values():
            yield from _strings(each)
