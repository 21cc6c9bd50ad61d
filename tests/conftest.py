"""What all tests have in common: no clock decides them, and the player's own saves and settings stay out of them."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine fails no test, and a failure found once is found again by everybody.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

_PLAYERS_OWN = ("SIBERIA_QUEST_PLAIN", "ACCESSIBLE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, "count[int]"]:
    """A folder for the homes of all tests, and a number for each; `mktemp` for each test would count them all each time."""
    return tmp_path_factory.mktemp("homes"), count()


@pytest.fixture(autouse=True)
def _nobodys_home(_homes: tuple[Path, "count[int]"], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the saves, settings or terminal of whoever runs it."""
    folder, numbers = _homes
    home = folder / str(next(numbers))
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SIBERIA_QUEST_SAVES", str(home / "saves"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in _PLAYERS_OWN:
        monkeypatch.delenv(name, raising=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--bless` writes transcripts anew; read the difference before you commit it."""
    parser.addoption("--bless", action="store_true", help="write transcripts anew, to be read as a diff")
