"""The page about saves: each way a game can be displaced names the test that shows what is kept."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "saves.md"


def missing(page: str, tests: str) -> list[str]:
    """Return the tests a page names that are none."""
    return [name for name in re.findall(r"`(test_[a-z0-9_]+)`", page) if f"def {name}(" not in tests]


def test_every_test_that_the_page_names_is_there() -> None:
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if "`test_" in line]
    assert len(rows) > 20
    assert missing("".join(rows), tests) == []


def test_a_test_that_is_none_is_found() -> None:
    assert missing("| `test_one` | `test_two` |", "def test_one() -> None:") == ["test_two"]
