"""docs/how_it_runs.md is what the engine makes of the story on it, at the time."""

import importlib.util
from types import ModuleType

import pytest

from house.tree import ROOT


def builder() -> ModuleType:
    """The program that builds the page."""
    spec = importlib.util.spec_from_file_location("build_how_it_runs", ROOT / "docs" / "build_how_it_runs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_how_it_runs_is_what_the_engine_makes_of_its_story() -> None:
    assert builder().build() == (ROOT / "docs" / "how_it_runs.md").read_text("utf-8"), "run: make docs"


def test_the_turn_on_the_page_begins_with_a_line_that_is_asked_for_and_goes_through_the_rooms() -> None:
    calls = list(builder()._trace("2"))
    assert [call.strip() for call in calls[:2]] == ["play: Loop.run", "terminal: PlainConsole.ask"]
    rooms = [call.strip().split(":")[0] for call in calls]
    assert list(dict.fromkeys(rooms)) == ["play", "terminal", "engine", "the story", "storage"]


def test_a_page_that_asks_for_what_is_not_there_is_no_page() -> None:
    module = builder()
    with pytest.raises(ValueError, match="no_such_word"):
        module._PLACE.sub(module._fill, "{{no_such_word}}")
