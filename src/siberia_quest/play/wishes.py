"""What a player or a program asked for when the game was started."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Wishes(NamedTuple):
    """How to play: `front` is "" (the terminal decides), `plain` or `json`.

    `resume` names a save to go on with. `script` holds picks to play, `record` the file to write them to.
    `start` is a passage to begin in, `values` are settings, stats and variables to begin with.
    """

    front: str = ""
    resume: str = ""
    seed: int | None = None
    script: Path | None = None
    record: Path | None = None
    start: str = ""
    values: Mapping[str, str] = {}  # a default that nobody fills


class Unwise(Exception):  # noqa: N818
    """A wish that cannot be granted: wrong usage, told in one line."""
