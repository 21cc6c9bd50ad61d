"""What other programs rely on, and what a player's start-up must not pay for."""

import doctest
import os
import subprocess
import sys

import pytest

import siberia_quest
from house.tree import ROOT

PUBLIC = {
    "Diagnostic",
    "Loaded",
    "NotOnOffer",
    "Option",
    "Page",
    "State",
    "Story",
    "Turn",
    "advance",
    "begin",
    "load_story",
}
SLOW_FOR_THE_ENGINE = {"dataclasses", "inspect", "json", "pathlib", "random", "datetime"}


def _modules_after(statement: str) -> set[str]:
    """The modules that a fresh Python, with nothing of its own preloaded, holds after a statement."""
    program = f"import sys; before = set(sys.modules)\n{statement}\nprint(*(set(sys.modules) - before))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    command = [sys.executable, "-S", "-c", program]  # -S: without what an editable install imports by itself
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return set(answer.stdout.split())


def test_the_public_names_are_the_documented_ones() -> None:
    assert set(siberia_quest.__all__) == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert (getattr(siberia_quest, name).__doc__ or "").strip()


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_name_has_an_example_that_runs_as_it_stands_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    value = getattr(siberia_quest, name)
    names = {each: getattr(siberia_quest, each) for each in PUBLIC}
    examples = doctest.DocTestFinder(recurse=False).find(value, name, module=False, globs=names)
    runner, said = doctest.DocTestRunner(), list[str]()
    results = [runner.run(each, out=said.append) for each in examples if each.examples]
    assert results, f"{name} has no example"
    assert not any(each.failed for each in results), "".join(said)


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = getattr(siberia_quest, "nothing")  # noqa: B009  # mypy knows better than to let it be written plainly


def test_importing_the_package_loads_none_of_its_rooms() -> None:
    assert {name for name in _modules_after("import siberia_quest") if name.startswith("siberia_quest.")} == set()


def test_the_engine_loads_without_slow_modules() -> None:
    assert _modules_after("import siberia_quest.engine.turns") & SLOW_FOR_THE_ENGINE == set()


def test_a_slow_module_would_be_noticed() -> None:
    assert "json" in _modules_after("import json")
