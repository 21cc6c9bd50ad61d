"""ARCHITECTURE.md names, for each invariant, tests or rules that are there."""

import re

import pytest

from house.rules import RANKS
from house.tree import ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
_HELD = re.compile(r"`(?P<where>house|tests/[\w/]+\.py): (?P<name>\w+)`")


def invariants(text: str) -> list[str]:
    """The numbered paragraphs under the heading."""
    part = text.partition("## Invariants")[2].partition("\n## ")[0]
    return re.split(r"^\d+\. ", part, flags=re.MULTILINE)[1:]


def unheld(invariant: str) -> list[str]:
    """What an invariant says it is held by and is not there; or that it names nothing."""
    named = [(each["where"], each["name"]) for each in _HELD.finditer(invariant)]
    missing = []
    for where, name in named:
        file = ROOT / ("tests/house/rules.py" if where == "house" else where)
        if not file.exists() or f"\ndef {name}(" not in file.read_text("utf-8"):
            missing.append(f"{where}: {name}")
    return missing if named else ["no test is named"]


@pytest.mark.parametrize("room", sorted(filter(None, RANKS)))
def test_each_room_has_a_row(room: str) -> None:
    assert f"\n| `{room}` | " in TEXT


@pytest.mark.parametrize("invariant", invariants(TEXT), ids=lambda text: text[:40])
def test_an_invariant_names_tests_that_are_there(invariant: str) -> None:
    assert unheld(invariant) == []


def test_an_invariant_without_a_test_or_with_one_that_is_gone_is_found() -> None:
    first, second = invariants("## Invariants\n\n1. **A.** Nothing.\n2. **B.** `house: no_such_rule`\n\n## More\n")
    assert unheld(first) == ["no test is named"]
    assert unheld(second) == ["house: no_such_rule"]
