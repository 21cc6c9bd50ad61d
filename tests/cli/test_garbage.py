"""How seldom Python looks for garbage: the program says so for its own process, and for nobody else's."""

import gc
import sys
from collections.abc import Iterator

import pytest

from siberia_quest.cli import NEW_OBJECTS, main


@pytest.fixture(autouse=True)
def _threshold() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_the_program_looks_for_garbage_seldom_and_still_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["siberia-quest", "--version"])
    assert main() == 0
    assert gc.isenabled()
    assert gc.get_threshold()[0] == NEW_OBJECTS


def test_who_calls_the_program_keeps_their_own_threshold() -> None:
    gc.set_threshold(321)
    assert main(["--version"]) == 0
    assert gc.get_threshold()[0] == 321
