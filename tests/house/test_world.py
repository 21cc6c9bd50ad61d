"""The engine knows no story: `src/` holds no word of the game's world, but for the program's name."""

import re
from pathlib import Path

import pytest

from house.tree import PACKAGE

# The program's name, its command, its variables in the environment and the default story's id.
OWN_NAME = re.compile(r"siberia[ _-]?quest", re.IGNORECASE)
# Names and things of the game, as whole words or the beginnings of words. `montage` and `beat` are words of the language.
WORLD = re.compile(
    r"(?<![a-z])("
    r"drago|paulie|duke|rocky|apollo|ludmilla|adrian|stallone|siberia|soviet|russia|moscow|kremlin|wyoming|grizzl"
    r"|cabin|sled|crosscut|woodpile|birch|lumberjack|sweatpants|barbell|treadmill|syringe|wagon|barns?(?![a-z])"
    r"|box(?:er|ers|ing)(?![a-z])|ringside|heavyweight|knockout|knockdown|uppercut|jabs?(?![a-z])|punch(?:es|ing)?(?![a-z])"
    r"|snow|blizzard"
    r")",
    re.IGNORECASE,
)

# Others' libraries for pages, which bring words of their own, such as the name of a colour.
OTHERS = (".min.js", ".LICENSE.txt")


def words_of_the_world(folder: Path) -> list[str]:
    """Each `file:line: word` of the game's world under a folder, in names of files and in whatever text they hold."""
    found = []
    files = (each for each in folder.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
    for path in sorted(each for each in files if not each.name.endswith(OTHERS)):
        lines = [str(path.relative_to(folder)), *path.read_text("utf-8", errors="replace").splitlines()]
        found += [
            f"{path.relative_to(folder)}:{number}: {match.group()}"
            for number, line in enumerate(lines)
            for match in WORLD.finditer(OWN_NAME.sub("", line))
        ]
    return found


def test_the_source_holds_no_word_of_the_games_world() -> None:
    found = words_of_the_world(PACKAGE.parent)
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(
    "text",
    [
        "if name == 'drago':",
        "# as Paulie does",
        "SLED = 1",
        "the_cabin",
        "siberia",
        "Siberian",
        "a boxer",
        "x = knockout_at",
    ],
)
def test_a_word_of_the_world_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "engine.py").write_text(f"x = 1\n{text}\n", "utf-8")
    assert [each.split(": ")[0] for each in words_of_the_world(tmp_path)] == ["engine.py:2"]


def test_a_word_of_the_world_is_found_in_a_files_name(tmp_path: Path) -> None:
    (tmp_path / "sled.txt").write_text("", "utf-8")
    assert words_of_the_world(tmp_path) == ["sled.txt:0: sled"]


@pytest.mark.parametrize(
    "text",
    [
        "Siberia Quest",
        "siberia-quest",
        "siberia_quest.cli",
        "SIBERIA_QUEST_SAVES",
        "unboxed",
        "montage",
        "barnacle",
        "a box",
    ],
)
def test_the_programs_own_name_and_innocent_words_are_left_alone(text: str, tmp_path: Path) -> None:
    (tmp_path / "engine.py").write_text(text, "utf-8")
    assert words_of_the_world(tmp_path) == []
