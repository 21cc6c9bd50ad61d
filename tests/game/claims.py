"""What the prose says has happened, each with the condition under which it may be said."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml

from siberia_quest import Story
from siberia_quest.engine.flow import Flow
from siberia_quest.engine.program import program_of
from siberia_quest.engine.turns import Turn
from siberia_quest.loading.playtests import read_playtests

_TABLE = Path(__file__).parent / "claims.yaml"


class Claim(NamedTuple):
    """Words of the story, and whether they are true of a turn."""

    says: str
    when: str
    is_true: Callable[[Turn], bool]


def claims_of(story: Story, table: Path = _TABLE) -> list[Claim]:
    """Read the table; a condition is read as one of a style's rules."""
    rows = yaml.safe_load(table.read_text("utf-8"))
    with TemporaryDirectory() as folder:
        rules = "".join(f"      - {{if: '{row['when']}', pick: sleep}}\n" for row in rows)
        (Path(folder) / "tests").mkdir()
        (Path(folder) / "tests" / "claims.yaml").write_text(f"styles:\n  claimant:\n    first:\n{rules}", "utf-8")
        read = read_playtests(Path(folder), story)
    assert not read.diagnostics, read.diagnostics
    program = program_of(story)

    def holds(rule: int) -> Callable[[Turn], bool]:
        condition = read.styles["claimant"].first[rule].condition
        assert condition is not None
        compute = program.compile_value(condition)
        return lambda turn: bool(compute(Flow(program, turn.state)))

    return [Claim(row["says"], row["when"], holds(number)) for number, row in enumerate(rows)]
