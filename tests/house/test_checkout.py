"""The checkout has what its pages promise, and nothing that is true on one machine alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import ROOT

TOP_LEVEL = (
    ".ci/run ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md GLOSSARY.md LICENSE LICENSE-PROSE.md Makefile README.md "
    "constraints.txt pyproject.toml docs saves/README.md src/siberia_quest story tests"
).split()
FOLDERS = ("src", "tests", "project", "bench", "docs", "story", "saves", ".ci")
# Absolute paths of a machine, and addresses that a lock file would record. Put together here, so as not to find itself.
LOCAL = re.compile(
    r"(?<![\w.~])/(?:" + "|".join(("ho" + "me/", "ro" + "ot/", "Use" + "rs/", "wo" + "rk/")) + r")"
    r"|\b(?:"
    + "|".join(("py" + r"pi\.org", "files" + r"\.pythonhosted", r"deb" + r"\.debian", r"npm" + r"js\.org"))
    + r")"
)


def _texts(root: Path) -> Iterator[tuple[Path, str]]:
    """The text files of a checkout that its makers wrote."""
    paths = [path for folder in FOLDERS for path in (root / folder).rglob("*")] + list(root.glob("*"))
    for path in sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts):
        if (
            path.suffix not in {".pyc", ".png"}
            and path.name not in {"uv.lock", ".git"}
            and not _is_a_players(path, root)
        ):
            yield path, path.read_text("utf-8", errors="replace")


def _is_a_players(path: Path, root: Path) -> bool:
    return path.is_relative_to(root / "saves") and path.name != "README.md"


def local_words(root: Path) -> list[str]:
    """Each `file:line` with a path of one machine, or the address of a registry."""
    return [
        f"{path.relative_to(root)}:{number}: {match.group()}"
        for path, text in _texts(root)
        for number, line in enumerate(text.splitlines(), 1)
        for match in LOCAL.finditer(line)
    ]


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_the_top_level_has_what_was_promised(name: str) -> None:
    assert (ROOT / name).exists()


def test_no_file_speaks_of_one_machine_or_of_a_registry() -> None:
    assert local_words(ROOT) == []


@pytest.mark.parametrize("text", ["cd /ho" + "me/jo/siberia", "open('/wo" + "rk/x')", "https://py" + "pi.org/simple"])
def test_a_path_of_one_machine_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text(text, "utf-8")
    assert len(local_words(tmp_path)) == 1


def test_a_path_within_the_checkout_is_no_path_of_a_machine(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("story/wo" + "rk/x and ~/home/", "utf-8")
    assert local_words(tmp_path) == []


def test_every_dependency_has_an_exact_version() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pinned)
    names = {line.split("==")[0].lower().replace("_", "-") for line in pinned}
    wanted = re.findall(r'^  "([\w-]+)>=', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert wanted
    assert {name.lower().replace("_", "-") for name in wanted} <= names
