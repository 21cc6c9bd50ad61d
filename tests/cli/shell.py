"""The command as a shell runs it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

YARD = Path(__file__).parents[1] / "play" / "yard.yaml"
STORIES = Path(__file__).parents[2] / "story"


class Left(NamedTuple):
    """How a command left."""

    status: int
    out: str
    err: str


def siberia_quest(
    *arguments: str | Path, typed: str = "", here: Path | None = None, env: Mapping[str, str] | None = None
) -> Left:
    """Run the command with a text as its input."""
    left = subprocess.run(
        [sys.executable, "-m", "siberia_quest", *map(str, arguments)],
        input=typed.encode(),
        capture_output=True,
        cwd=here,
        env={**os.environ, "COLUMNS": "100", **(env or {})},
        timeout=60,
        check=False,
    )
    return Left(left.returncode, left.stdout.decode(), left.stderr.decode())
