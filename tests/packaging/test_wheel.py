"""The wheel carries the stories and the pages about problems, and plays from an empty folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from house.tree import PACKAGE, ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what an installed wheel of this checkout brings; it is built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    }


def _run(unpacked: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program from the wheel, in a folder with nothing in it and with nobody to answer."""
    environment = os.environ | {"PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "siberia_quest", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("folder", "inside"), [("story", "story"), ("docs/problems", "problems")])
def test_every_file_of_a_packed_folder_is_in_the_wheel(folder: str, inside: str, unpacked: Path) -> None:
    packed = _files(unpacked / "siberia_quest" / "_data" / inside)
    assert packed
    assert packed == _files(ROOT / folder)


def test_every_module_is_in_the_wheel(unpacked: Path) -> None:
    modules = {name for name in _files(PACKAGE) if name.endswith(".py")}
    assert modules <= _files(unpacked / "siberia_quest")


def test_the_wheel_has_its_licences_and_nothing_of_the_tests(unpacked: Path) -> None:
    (about,) = unpacked.glob("*.dist-info")
    assert {name for name in _files(about) if name.startswith("licenses/")} == {
        "licenses/LICENSE",
        "licenses/LICENSE-PROSE.md",
    }
    assert {path.name for path in unpacked.iterdir()} == {"siberia_quest", about.name}


def test_the_wheel_shows_its_first_page_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    answer = _run(unpacked, tmp_path, "--plain")
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.split()) > 20
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_lists_its_stories_and_explains_a_problem(unpacked: Path, tmp_path: Path) -> None:
    stories = _run(unpacked, tmp_path, "stories")
    assert "siberia_quest" in stories.stdout, stories.stderr
    page = (ROOT / "docs" / "problems" / "SQ201.md").read_text("utf-8")
    explained = _run(unpacked, tmp_path, "explain", "SQ201")
    assert explained.returncode == 0, explained.stderr
    assert page.splitlines()[0].lstrip("# ") in explained.stdout
