"""A story is edited while it is played in a real terminal."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from terminal.pty_player import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")

STORY = """story: The hut
id: hut
stats:
  wood: {start: 1, range: [0, 12], label: Wood}
status: [wood]
endings:
  warm: {title: Warm}
passages:
  yard:
    text: Snow in the yard.
    choices:
      - text: Split a round
        id: split
        do: wood += 3
        goto: yard
      - text: Go in
        id: go_in
        goto: night
"""
NIGHT = """scene: Night
passages:
  night:
    text: The stove ticks.
    choices:
      - text: Sleep
        id: sleep
        end: warm
"""
BROKEN = STORY.replace("goto: night", "goto: nigth")
ERROR = "story.yaml:18:15: error SQ203: no passage named `nigth`"
GOODBYE = "Goodbye. This game was for trying out, and is not kept."


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def put_in_place(path: Path, text: str) -> None:
    """Save as many editors do: a new file takes the place of the old one."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    os.replace(new, path)  # noqa: PTH105


def move_away_first(path: Path, text: str) -> None:
    """Save as vim does: the old file is moved away, the new one is written in its place, the old one deleted."""
    old = path.with_name(f"{path.name}~")
    path.rename(old)
    path.write_text(text, "utf-8")
    old.unlink()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hut"
    folder.mkdir()
    write(folder / "story.yaml", STORY)
    write(folder / "night.yaml", NIGHT)
    return folder


@pytest.fixture
def watching(folder: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The hut, at its first choice."""
    with Terminal(tmp_path / "saves", "watch", str(folder)) as terminal:
        terminal.wait_for("› Choose 1 to 2")
        yield terminal


def last(terminal: Terminal, words: str) -> str:
    """Return what the terminal shows from the last place with such words on."""
    return words + terminal.text.rpartition(words)[2]


def test_a_sentence_changes_an_error_is_shown_and_mended_and_the_game_goes_on_to_its_end(
    watching: Terminal, folder: Path, tmp_path: Path
) -> None:
    watching.type("1\r")
    watching.wait_for("Wood 4")
    write(folder / "story.yaml", STORY.replace("Snow in", "Rain in"))
    watching.wait_for("Rain in the yard.")
    watching.wait_until(lambda: "Wood 4" in last(watching, "Rain in the yard."), "the stat, kept")
    write(folder / "story.yaml", BROKEN)
    watching.wait_for(ERROR)
    watching.wait_until(lambda: "› Choose 1 to 2" in last(watching, ERROR), "the prompt of the old game")
    assert "did you mean `night`" in last(watching, ERROR)
    watching.type("1\r")
    watching.wait_for("Wood 7")
    write(folder / "story.yaml", STORY.replace("Snow in", "Hail in"))
    watching.wait_for("Hail in the yard.")
    watching.wait_until(lambda: "› Choose 1 to 2" in last(watching, "Hail in the yard."), "the prompt")
    assert "Wood 7" in last(watching, "Hail in the yard.")
    watching.type("2\r")
    watching.wait_for("The stove ticks.")
    watching.type("1\r")
    watching.wait_for("The end: Warm")
    watching.type("\x04")
    assert watching.status() == 0
    assert "Goodbye." in watching.text
    assert not (tmp_path / "saves").exists()


def test_what_was_typed_is_still_on_the_line_and_counts(watching: Terminal, folder: Path) -> None:
    watching.type("spl")
    watching.wait_for("› spl")
    write(folder / "story.yaml", STORY.replace("Snow in", "Rain in"))
    watching.wait_for("Rain in the yard.")
    watching.wait_until(lambda: "› spl" in last(watching, "Rain in the yard."), "the line")
    watching.type("it\r")
    watching.wait_for("Wood 4")
    watching.type("\x04")
    assert watching.status() == 0
    assert GOODBYE in watching.text


@pytest.mark.parametrize("save", [put_in_place, move_away_first])
def test_editors_that_put_a_new_file_in_place_are_followed(
    watching: Terminal, folder: Path, save: Callable[[Path, str], None]
) -> None:
    for words in ("Rain", "Hail", "Sleet"):
        save(folder / "story.yaml", STORY.replace("Snow", words))
        watching.wait_for(f"{words} in the yard.")
    watching.type("\x04")
    assert watching.status() == 0


def test_a_new_scene_is_taken_in(watching: Terminal, folder: Path) -> None:
    watching.type("half")
    write(folder / "attic.yaml", NIGHT.replace("Night", "Attic").replace("night", "attic").replace("ticks", "is cold"))
    write(folder / "story.yaml", STORY.replace("goto: night", "goto: attic"))
    watching.wait_for("The story was saved.")
    watching.wait_until(lambda: "› half" in last(watching, "The story was saved."), "the line")
    watching.type("\x152\r")
    assert watching.wait_for("The stove is cold.")


def test_a_save_waits_until_a_long_page_was_read(folder: Path, tmp_path: Path) -> None:
    """Where no question waits, the story is taken in as soon as one does."""
    long = "\n\n".join(f"      Line {number}." for number in range(20))
    write(folder / "story.yaml", STORY.replace("text: Snow in the yard.", f"text: |\n{long}"))
    with Terminal(tmp_path / "saves", "watch", str(folder), rows=10, columns=40) as terminal:
        terminal.wait_for("-- more")
        write(folder / "story.yaml", STORY.replace("Snow in", "Rain in"))
        while "Rain in" not in terminal.text:
            before = terminal.text
            terminal.type(" ")
            terminal.wait_until(lambda: terminal.text != before, "the next part")  # noqa: B023  # called at once
            terminal.wait_until(lambda: "-- more" in terminal.text or "Rain in" in terminal.text, "its end")
        terminal.wait_until(lambda: "› Choose 1 to 2" in last(terminal, "Rain in"), "the prompt")
        terminal.type("\x04")
        assert terminal.status() == 0


def test_the_beginning_that_is_wished_for_holds_after_a_save(folder: Path, tmp_path: Path) -> None:
    with Terminal(tmp_path / "saves", "watch", str(folder), "--from", "night", "--set", "wood=9") as terminal:
        terminal.wait_for("The stove ticks.")
        write(folder / "night.yaml", NIGHT.replace("ticks", "hums"))
        terminal.wait_for("The stove hums.")
        terminal.wait_until(lambda: "Wood 9" in last(terminal, "The stove hums."), "the stat")
        terminal.type("restart\r")
        terminal.wait_for("Begin anew?")
        terminal.type("yes\r")
        assert terminal.wait_for("The stove hums.", 2)


def test_a_story_that_is_broken_at_first_is_waited_for(folder: Path, tmp_path: Path) -> None:
    write(folder / "story.yaml", BROKEN)
    with Terminal(tmp_path / "saves", "watch", str(folder)) as terminal:
        terminal.wait_for(ERROR)
        terminal.wait_for("Waiting for the story to be mended. Ctrl-C leaves.")
        write(folder / "story.yaml", STORY)
        terminal.wait_for("› Choose 1 to 2")
        terminal.type("\x04")
        assert terminal.status() == 0


def test_ctrl_c_leaves_where_a_story_is_waited_for(folder: Path, tmp_path: Path) -> None:
    write(folder / "story.yaml", BROKEN)
    with Terminal(tmp_path / "saves", "watch", str(folder)) as terminal:
        terminal.wait_for("Ctrl-C leaves.")
        terminal.type("\x03")
        assert terminal.status() == 130
        assert "Traceback" not in terminal.text


def test_plain_text_is_only_appended_to(folder: Path, tmp_path: Path) -> None:
    with Terminal(tmp_path / "saves", "watch", str(folder), "--plain") as terminal:
        terminal.wait_for("Choose 1 to 2:")
        terminal.type("spl")
        write(folder / "story.yaml", BROKEN)
        terminal.wait_for(ERROR)
        terminal.wait_for("Choose 1 to 2:", 2)
        write(folder / "story.yaml", STORY.replace("Snow in", "Rain in"))
        terminal.wait_for("Rain in the yard.")
        terminal.wait_for("Choose 1 to 2:", 3)
        terminal.type("it\n")
        terminal.wait_for("Wood rises to 4.")
        terminal.type("\x04")
        assert terminal.status() == 0
        assert b"\x1b" not in terminal.raw
        assert b"\r" not in terminal.raw.replace(b"\r\n", b"")


def test_a_signal_leaves_the_terminal_as_it_was(watching: Terminal) -> None:
    watching.child.kill(15)
    assert watching.status() == 143
    assert "Traceback" not in watching.text
