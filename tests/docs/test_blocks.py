"""Every story in README and docs loads, and every console block prints what it promises."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import siberia_quest
from docs.blocks import Block, agrees, blocks, commands
from house.tree import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = [block for page in PAGES for block in blocks(page)]
STORIES = [block for block in BLOCKS if block.is_story]
CONSOLES = [block for block in BLOCKS if block.language == "console"]


def _name(block: Block) -> str:
    return f"{block.page.relative_to(ROOT) if block.page.is_relative_to(ROOT) else block.page.name}:{block.line}"


def what_is_wrong_with_story(block: Block, folder: Path) -> list[str]:
    """The diagnostics of a story in a block, as lines to read."""
    path = folder / block.file_name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, "utf-8")
    loaded = siberia_quest.load_story(path)
    return [f"{each.span.line}: {each.code} {each.message}" for each in loaded.diagnostics]


def what_is_wrong_with_console(block: Block, folder: Path) -> list[str]:
    """Each command of a console block that prints something else than it promises, with what it does print."""
    _save_stories(block.page, folder)
    found = []
    for each in commands(block):
        answer = subprocess.run(
            ["bash", "-c", each.command],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        if not agrees(each.output, answer.stdout):
            found.append(f"$ {each.command}\n--- promised\n{each.output}\n--- printed\n{answer.stdout}")
    return found


def _save_stories(page: Path, folder: Path) -> None:
    """A page's stories, and its other files with a name, lie in the folder where its console blocks run."""
    for block in blocks(page):
        if block.is_story or block.is_named:
            path = folder / block.file_name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")


def _environment(folder: Path) -> dict[str, str]:
    """What a reader's terminal would give, with a home of its own."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "HOME": str(folder),
        "SIBERIA_QUEST_SAVES": str(folder / "saves"),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }


@pytest.mark.parametrize("block", STORIES, ids=_name)
def test_a_story_on_a_page_loads_without_a_word(block: Block, tmp_path: Path) -> None:
    assert what_is_wrong_with_story(block, tmp_path) == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="console blocks are run by bash")
@pytest.mark.parametrize("block", CONSOLES, ids=_name)
def test_a_console_block_prints_what_it_promises(block: Block, tmp_path: Path) -> None:
    found = what_is_wrong_with_console(block, tmp_path)
    assert not found, "\n".join(["", *found])


def test_the_readme_has_a_story_of_ten_lines_and_runs_it() -> None:
    (story,) = [block for block in STORIES if block.page.name == "README.md"]
    assert len(story.text.splitlines()) <= 12
    assert any(story.file_name in block.text for block in CONSOLES if block.page.name == "README.md")


def test_a_broken_story_on_a_page_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# Page\n```yaml\n# lamp.yaml\nstory: The lamp\npassages:\n  start:\n    goto: nowhere\n```\n", "utf-8"
    )
    (block,) = blocks(page)
    assert block.is_story
    assert block.file_name == "lamp.yaml"
    assert what_is_wrong_with_story(block, tmp_path) != []


@pytest.mark.skipif(shutil.which("bash") is None, reason="console blocks are run by bash")
def test_a_console_block_that_promises_too_much_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo a; echo b\na\nb\n$ echo c\nd\n```\n", "utf-8")
    (block,) = blocks(page)
    (complaint,) = what_is_wrong_with_console(block, tmp_path)
    assert complaint.startswith("$ echo c\n")


@pytest.mark.parametrize(
    ("promised", "printed", "right"),
    [
        ("a\nb", "a\nb\n", True),
        ("a\nb", "a\n", False),
        ("a\n...\nd", "a\nb\nc\nd\n", True),
        ("a\n...\nd", "a\nd\n", True),
        ("a\n...\nd", "a\nb\nc\n", False),
        ("one ... three", "one two three\n", True),
        ("one ... three", "one two\nthree\n", False),
        ("a.c", "abc\n", False),
        ("", "", True),
        ("", "a\n", False),
    ],
)
def test_dots_stand_for_what_is_left_out_and_for_nothing_else(*, promised: str, printed: str, right: bool) -> None:
    assert agrees(promised, printed) is right
