"""The game for programs."""

import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from cli.shell import YARD, siberia_quest
from play.pages import EVERYTHING
from play.sittings import Sitting
from siberia_quest.terminal.json_lines import Json, play_as_json, type_of


def played(folder: Path, lines: Iterable[str], *, strict: bool = False) -> tuple[int, list[dict[str, Json]]]:
    target = io.StringIO()
    status = play_as_json(Sitting(folder).game, iter(lines), target, strict=strict)
    return status, [json.loads(line) for line in target.getvalue().splitlines()]


def test_a_page_is_one_line_with_all_that_can_be_picked(tmp_path: Path) -> None:
    status, (page,) = played(tmp_path, [])
    assert status == 0
    assert page["title"] == "The yard"
    assert page["turn"] == 0
    assert page["ask"] is page["ending"] is page["problem"] is None
    options = page["options"]
    assert isinstance(options, list)
    assert options[2] == {
        "number": 3,
        "id": "anvil",
        "text": "Lift the anvil",
        "enabled": False,
        "reason": "Your arms are too thin.",
        "odds": None,
        "words": [],
        "hint": "",
        "tags": [],
    }


def test_picks_are_ids_or_numbers_and_answers_are_taken_as_they_are(tmp_path: Path) -> None:
    _, pages = played(tmp_path, ["split\n", "1\n", "2\n", "inside\n"])
    assert [page["turn"] for page in pages] == [0, 1, 2, 3, 4]
    assert pages[2]["ask"] == {
        "prompt": "What is your name?",
        "number": False,
        "default": "Anna",
        "longest": 12,
        "optional": False,
        "low": None,
        "high": None,
    }
    assert "Well done, 2." in str(pages[3]["paragraphs"])


def test_the_last_page_tells_the_ending_and_leaves(tmp_path: Path) -> None:
    status, pages = played(tmp_path, ["5", "undo"])
    assert status == 0
    assert len(pages) == 2
    ending = pages[1]["ending"]
    assert isinstance(ending, dict)
    assert (ending["id"], ending["title"]) == ("warm", "Warm at last")


def test_a_refused_pick_is_told_and_the_game_goes_on(tmp_path: Path) -> None:
    status, pages = played(tmp_path, ["anvil", "9", "split"])
    assert status == 0
    assert [sorted(page) for page in pages[1:3]] == [["pick", "refused"]] * 2
    assert pages[1]["refused"] == "Your arms are too thin."
    assert pages[3]["turn"] == 1


def test_a_script_s_refused_pick_leaves_with_3(tmp_path: Path) -> None:
    status, pages = played(tmp_path, ["anvil", "split"], strict=True)
    assert status == 3
    assert len(pages) == 2


def test_a_script_that_goes_on_after_the_end_is_refused(tmp_path: Path) -> None:
    assert played(tmp_path, ["5", "1"], strict=True)[0] == 3


def test_a_mistake_in_the_story_is_part_of_the_page(tmp_path: Path) -> None:
    status, pages = played(tmp_path, ["split", "1", "", "divide", "again"])
    problem = pages[4]["problem"]
    assert isinstance(problem, dict)
    assert problem["code"] == "SQ405"
    assert status == 0
    assert pages[5]["turn"] == 4
    assert played(tmp_path, ["split", "1", "", "divide", "again"], strict=True)[0] == 1


@pytest.mark.parametrize("at", range(len(EVERYTHING.blocks)))
def test_every_block_has_a_type_of_one_word_or_some(at: int) -> None:
    assert type_of(EVERYTHING.blocks[at]).replace("_", "").isalpha()


def test_every_line_is_ascii(tmp_path: Path) -> None:
    target = io.StringIO()
    play_as_json(Sitting(tmp_path).game, iter(["Größe"]), target, strict=False)
    assert target.getvalue().isascii()


def test_the_mark_that_some_programs_put_first_is_taken_off(tmp_path: Path) -> None:
    script = tmp_path / "walk.yaml"
    script.write_text("\ufeff# a walk\nsplit\n", "utf-8")
    for line in (("--json",), ("--plain",), ("--json", "--script", script), ("--script", script)):
        left = siberia_quest("play", YARD, *line, "--seed", "5", typed="\ufeff1\n1\n")
        assert (left.status, "refused" in left.out, "\ufeff" in left.out) == (0, False, False)
    script.write_text("\ufeffwalkthrough: A\nplay:\n  - split\n", "utf-8")
    assert siberia_quest("play", YARD, "--script", script).status == 0
