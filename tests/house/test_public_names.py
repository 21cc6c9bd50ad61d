"""What other programs rely on, and what a player's start-up must not pay for."""

import doctest
import os
import subprocess
import sys
from types import ModuleType

import pytest

import siberia_quest
from house.tree import ROOT
from siberia_quest.model import page
from siberia_quest.play import game, requests

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
    names = {each: getattr(siberia_quest, each) for each in PUBLIC}
    assert _what_fails_in_examples(getattr(siberia_quest, name), name, names) == ""


def test_an_example_that_is_wrong_would_be_noticed() -> None:
    def one() -> int:
        """>>> one()
        2
        """
        return 1

    assert "Expected" in _what_fails_in_examples(one, "one", {"one": one})


def _what_fails_in_examples(value: object, name: str, names: dict[str, object]) -> str:
    examples = doctest.DocTestFinder(recurse=False).find(value, name, module=False, globs=names)
    runner, said = doctest.DocTestRunner(), list[str]()
    results = [runner.run(each, out=said.append) for each in examples if each.examples]
    return "".join(said) if results else f"{name} has no example"


#: What a front end meets beside the public names, by module: all blocks of a page, and the way to play.
FOR_FRONT_ENDS = [
    *((page, name) for name, noun in vars(page).items() if isinstance(noun, type) and noun.__module__ == page.__name__),
    (game, "Games"),
    (requests, "find_pick"),
    (requests, "carry_out"),
]


@pytest.mark.parametrize(("module", "name"), FOR_FRONT_ENDS, ids=[name for _, name in FOR_FRONT_ENDS])
def test_what_a_front_end_meets_has_an_example_that_runs(
    module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert _what_fails_in_examples(getattr(module, name), name, dict(vars(module))) == ""


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = getattr(siberia_quest, "nothing")  # noqa: B009  # mypy knows better than to let it be written plainly


def test_importing_the_package_loads_none_of_its_rooms() -> None:
    assert {name for name in _modules_after("import siberia_quest") if name.startswith("siberia_quest.")} == set()


def test_the_engine_loads_without_slow_modules() -> None:
    assert _modules_after("import siberia_quest.engine.turns") & SLOW_FOR_THE_ENGINE == set()


def test_a_slow_module_would_be_noticed() -> None:
    assert "json" in _modules_after("import json")
