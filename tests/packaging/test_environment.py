"""`make play` and `make test` set up their environment once, and say in one line what keeps them from it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from house.tree import ROOT


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program that makes environments, working on a checkout of its own, without a network."""
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location("environment", ROOT / "project" / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "FOLDER", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "ready-for")
    monkeypatch.setattr(module, "INTERPRETER", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "is_usable", lambda: True)
    return module


@pytest.fixture
def asked(environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What pip was asked for, in order; pip itself is not called."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(environment, "pip", lambda *arguments: calls.append(arguments))
    return calls


def _run(environment: ModuleType, level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["environment.py", level])
    environment.main()


def test_the_second_run_asks_pip_for_nothing(
    environment: ModuleType, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(environment, "play", monkeypatch)
    assert len(asked) == 2
    _run(environment, "play", monkeypatch)
    assert len(asked) == 2


def test_playing_installs_nothing_that_only_tests_need(
    environment: ModuleType, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(environment, "play", monkeypatch)
    assert any(each.startswith("rich") for each in asked[0])
    assert not any(each.startswith("pytest") for each in asked[0])
    _run(environment, "test", monkeypatch)
    assert any(each.startswith("pytest") for each in asked[2])


def test_an_environment_for_tests_is_good_enough_for_play(
    environment: ModuleType, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(environment, "test", monkeypatch)
    _run(environment, "play", monkeypatch)
    assert len(asked) == 2


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml"])
def test_an_edited_file_makes_the_environment_stale(
    name: str, environment: ModuleType, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(environment, "play", monkeypatch)
    with (environment.ROOT / name).open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    _run(environment, "play", monkeypatch)
    assert len(asked) == 4


def test_an_interrupted_run_is_taken_up_again(
    environment: ModuleType, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as first:
        first.setattr(environment, "pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            _run(environment, "play", monkeypatch)
    _run(environment, "play", monkeypatch)
    assert len(asked) == 2


def test_an_old_python_is_turned_away_in_one_line(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(environment.shutil, "which", lambda name: name if name == "python3.12" else None)
    with pytest.raises(SystemExit) as left:
        _run(environment, "play", monkeypatch)
    words = "Siberia Quest needs Python 3.11 or newer; this is 3.9. Try: make play PYTHON=python3.12"
    assert left.value.code == words


def test_a_python_without_ensurepip_names_the_package_to_install(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "base_interpreter", lambda: Path("/usr/bin/python3"))
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(SystemExit) as left:
        _run(environment, "test", monkeypatch)
    words = "Siberia Quest needs Python's `venv`. On Debian and Ubuntu: sudo apt-get install python3-venv"
    assert left.value.code == words


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_runs_the_python_of_the_environment_unless_another_is_named(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    bare = _recipe(tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    assert bare == "python3 project/environment.py play"
    assert _recipe(tmp_path) == ".venv/bin/python project/environment.py play"
    assert _recipe(tmp_path, "PYTHON=python3.12") == "python3.12 project/environment.py play"


def _recipe(folder: Path, *arguments: str) -> str:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "PYTHON"}
    command = ["make", "--dry-run", *arguments, "ready-to-play"]
    return subprocess.run(command, cwd=folder, env=outside, capture_output=True, text=True, check=True).stdout.strip()
