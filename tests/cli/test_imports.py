"""What is loaded when: start-up is paid for by imports."""

import os
import subprocess
import sys
from pathlib import Path

from cli.shell import YARD

PROBE = """
import sys
from siberia_quest.cli import main
status = main(sys.argv[1:])
print("loaded:", *sorted(sys.modules), file=sys.stderr)
raise SystemExit(status)
"""


def loaded_by(*arguments: str) -> set[str]:
    left = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], input=b"\n1\n\nBob\n3\n", capture_output=True, timeout=60, check=True
    )
    return set(left.stderr.decode().rpartition("loaded:")[2].split())


def test_plain_text_loads_neither_rich_nor_prompt_toolkit() -> None:
    loaded = loaded_by("play", str(YARD), "--plain")
    assert "siberia_quest.terminal.plain" in loaded
    assert not {name for name in loaded if name.split(".")[0] in {"rich", "prompt_toolkit", "asyncio"}}


def test_json_loads_no_front_end() -> None:
    assert not {
        name for name in loaded_by("play", str(YARD), "--json") if name.split(".")[0] in {"rich", "prompt_toolkit"}
    }


def test_the_version_loads_nothing_but_itself() -> None:
    ours = {name for name in loaded_by("--version") if name.startswith("siberia_quest")}
    assert ours == {"siberia_quest", "siberia_quest.cli"}


def loaded_at_once(folder: Path, saves: str = "saves") -> set[str]:
    """Play the story of a folder, which is kept beside it; return what was loaded."""
    environ = {**os.environ, "SIBERIA_QUEST_CACHE": str(folder / "cache"), "SIBERIA_QUEST_SAVES": str(folder / saves)}
    left = subprocess.run(
        [sys.executable, "-c", PROBE, "--plain"],
        input=b"",
        capture_output=True,
        timeout=60,
        check=True,
        cwd=folder,
        env=environ,
    )
    return set(left.stderr.decode().rpartition("loaded:")[2].split())


def test_playing_at_once_loads_nothing_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_bytes(YARD.read_bytes())
    needless = {"argparse", "traceback", "tempfile", "rich", "importlib.metadata", "lzma", "secrets"}
    assert not loaded_at_once(tmp_path) & needless


def test_a_story_that_was_read_before_is_played_without_what_reads_stories(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_bytes(YARD.read_bytes())
    of_readers = {"yaml", "msgspec", "inspect"}
    assert loaded_at_once(tmp_path) >= of_readers
    assert not loaded_at_once(tmp_path, "other") & of_readers
