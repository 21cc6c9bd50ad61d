"""The wheel carries the stories and the pages about problems, and nothing that belongs to the checkout."""

import subprocess
import sys
import zipfile

import pytest

from house.tree import PACKAGE, ROOT


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel that is built from this checkout, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(("folder", "inside"), [("story", "story"), ("docs/problems", "problems")])
def test_every_file_of_a_packed_folder_is_in_the_wheel(folder: str, inside: str, names: set[str]) -> None:
    files = [path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert {f"siberia_quest/_data/{inside}/{path.as_posix()}" for path in files} <= names


def test_every_module_is_in_the_wheel(names: set[str]) -> None:
    assert {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*.py")} <= names


def test_the_wheel_has_its_licences_and_nothing_of_the_tests(names: set[str]) -> None:
    assert {name.rsplit("/", 1)[-1] for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-PROSE.md"}
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"siberia_quest"}
