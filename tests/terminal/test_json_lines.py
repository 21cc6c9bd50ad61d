"""The game for programs."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from cli.shell import YARD, siberia_quest
from play.pages import EVERYTHING
from play.sittings import Sitting, story_of
from siberia_quest.model.story import Story
from siberia_quest.play.reports import REPORTS
from siberia_quest.terminal.json_lines import Json, play_as_json, type_of

DOCS = Path(__file__).parents[2] / "docs"


def played(folder: Path, lines: Iterable[str], *, strict: bool = False) -> tuple[int, list[dict[str, Json]]]:
    target = io.StringIO()
    status = play_as_json(Sitting(folder).game, iter(lines), target, strict=strict)
    hello, *replies = [json.loads(line) for line in target.getvalue().splitlines()]
    assert hello["type"] == "hello"
    return status, replies


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
    assert [sorted(page) for page in pages[1:3]] == [["code", "pick", "refused", "type"]] * 2
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


def asked(folder: Path, *requests: Json, story: Story | None = None) -> list[dict[str, Json]]:
    """Return the replies to requests, the first page left out."""
    target = io.StringIO()
    lines = (json.dumps(each) for each in requests)
    play_as_json(Sitting(folder, story).game, lines, target, strict=False)
    return [json.loads(line) for line in target.getvalue().splitlines()][2:]


def code_of(folder: Path, *requests: Json) -> Json:
    return asked(folder, *requests)[-1].get("code")


def test_the_hello_says_all_that_must_be_known_before_the_game(tmp_path: Path) -> None:
    target = io.StringIO()
    play_as_json(Sitting(tmp_path).game, iter([]), target, strict=False)
    hello = json.loads(target.getvalue().splitlines()[0])
    assert (hello["protocol"], hello["seed"], hello["story"]["title"]) == (1, 7, "The yard")
    assert hello["story"]["content_notes"] == "Cold feet."
    assert hello["settings"][0]["options"][1] == {"id": "hard", "text": "A hard winter"}
    assert {"do": "undo", "takes": {"turns": "number"}} in hello["commands"]


def test_an_id_comes_back_with_whatever_the_reply_is(tmp_path: Path) -> None:
    replies = asked(
        tmp_path, {"pick": 1, "id": "a"}, {"do": "stats", "id": 2}, {"do": "fly", "id": ""}, {"pick": "x", "id": 0}
    )
    assert [(each["type"], each["id"]) for each in replies] == [
        ("page", "a"),
        ("report", 2),
        ("refusal", ""),
        ("refusal", 0),
    ]


def test_a_status_has_the_value_and_the_bounds_of_its_stat(tmp_path: Path) -> None:
    status = asked(tmp_path, {"do": "look"})[0]["status"]
    assert isinstance(status, list)
    row = status[1]
    assert isinstance(row, dict)
    assert isinstance(row["row"], dict)
    assert [row["row"][name] for name in ("value", "low", "high", "band")] == [20, 0, 100, "feeble"]


def test_commands_move_the_game_and_answer_with_the_page(tmp_path: Path) -> None:
    moves: list[Json] = [
        {"pick": "split"}, {"pick": 1}, {"do": "undo", "turns": 2}, {"do": "redo"}, {"do": "back", "turn": 0},
        {"do": "quick"}, {"pick": "hairs"}, {"do": "load", "name": "quick"}, {"do": "restart", "settings": {"winter": "mild"}},
        {"do": "settings"},
    ]  # fmt: skip
    replies = asked(tmp_path, *moves)
    assert [each.get("turn") for each in replies] == [1, 2, 0, 1, 0, None, 1, 0, 0, None]
    assert "'start': 'hard', 'value': 'mild'" in str(replies[-1]["chosen"])


@pytest.mark.parametrize(
    ("requests", "code"),
    [
        ([{"pick": "nope"}], "not_on_offer"),
        ([{"pick": "anvil"}], "not_open"),
        ([{"answer": "split"}], "not_on_offer"),
        ([{"pick": "split"}, {"pick": 1}, {"answer": "x" * 13}], "bad_answer"),
        ([{"pick": "go_inside"}, {"pick": 1}], "has_ended"),
        ([{"do": "undo"}], "nothing_to_undo"),
        ([{"do": "redo"}], "nothing_to_redo"),
        ([{"do": "back", "turn": 7}], "unknown_turn"),
        ([{"do": "back"}], "bad_request"),
        ([{"do": "undo", "turns": True}], "bad_request"),
        ([{"do": "undo", "times": 2}], "bad_request"),
        ([{"do": ["undo"]}], "bad_request"),
        ([{}], "bad_request"),
        ([{"pick": None}], "bad_request"),
        ([{"pick": 1, "answer": "x"}], "bad_request"),
        ([{"pick": 1, "id": [1]}], "bad_request"),
        ([{"do": "load", "name": "nope"}], "no_such_save"),
        ([{"do": "save", "name": "a"}, {"do": "save", "name": "A"}], "needs_sure"),
        ([{"do": "save"}], "not_saved"),
        ([{"do": "save", "name": "autosave", "sure": True}], "not_saved"),
        ([{"do": "delete", "name": "autosave"}], "needs_sure"),
        ([{"do": "restart", "settings": {"winter": "wild"}}], "bad_setting"),
        ([{"do": "restart", "settings": {"summer": "mild"}}], "bad_setting"),
        ([{"do": "settings", "name": "colour", "on": True}], "bad_setting"),
        ([{"do": "transcript", "form": "pdf"}], "bad_request"),
        ([{"do": "transcript", "file": "/dev/null"}], "not_written"),
    ],
)
def test_a_refusal_has_a_code(requests: list[Json], code: str, tmp_path: Path) -> None:
    assert code_of(tmp_path, *requests) == code


@pytest.mark.parametrize("line", ["{", '{"pick": }', "{nix", '{"id": NaN, "pick": 1}', '{"a":' * 30000])
def test_a_line_that_is_no_json_gets_one_refusal(line: str, tmp_path: Path) -> None:
    _, replies = played(tmp_path, [f"{line}\n"])
    assert [each.get("code") for each in replies[1:]] in (["bad_request"], ["too_long"])


def test_a_line_that_is_too_long_gets_one_refusal(tmp_path: Path) -> None:
    left = siberia_quest(
        "play", YARD, "--json", "--saves", tmp_path, typed=f'{{"pick": "{"x" * 200_000}"}}\n{{"do": "look"}}\n'
    )
    assert [json.loads(line).get("code") for line in left.out.splitlines()] == [None, None, "too_long", None]


def test_behind_the_ending_requests_go_on_until_the_program_is_told_to_quit(tmp_path: Path) -> None:
    replies = asked(tmp_path, {"pick": "go_inside"}, {"do": "undo"}, {"do": "quit"}, {"do": "look"})
    assert [each["type"] for each in replies] == ["page", "page", "report"]
    assert replies[0]["ending"]
    assert replies[-1] == {"type": "report", "report": "quit", "saved": True}


def test_what_is_hidden_is_in_no_report(tmp_path: Path) -> None:
    path = tmp_path / "hidden.yaml"
    path.write_text(
        "story: H\nstats:\n  grudge: {start: 7317, range: [0, 9999], label: Grudge, show: hidden}\n"
        "  calm: {start: 8123, range: [0, 9999], label: Calm, show: band, bands: {0: low, 9000: high}}\n"
        "passages:\n  a:\n    steps: [journal: In.]\n    choices: [{text: Sit, do: 'grudge += 5, calm += 1000', goto: a}]\n",
        "utf-8",
    )
    requests: list[Json] = [{"pick": 1}, *(dict[str, Json](do=of) for of in REPORTS)]
    told = str(asked(tmp_path, *requests, story=story_of(path)))
    assert "Calm" in told
    assert not re.search("grudge|Grudge|7317|7322|8123|9123|9999", told)


def test_a_front_end_of_a_hundred_lines_plays_a_whole_game(tmp_path: Path) -> None:
    typed = "mild\n1\n/stats\n/undo\nsplit\n1\nBob\nnope\ninside\n/history\n/endings\n/quit\n"
    left = subprocess.run(
        [sys.executable, DOCS / "front_end.py", YARD, "--saves", tmp_path], input=typed.encode(), capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip
    told = left.stdout.decode()
    assert (left.returncode, left.stderr.decode()) == (0, "")
    for words in (
        "Cold feet.",
        "Strength: 23 wiry",
        "Well done, Bob.",
        "There is no choice `nope` here.",
        "It is warm here.",
        "1. Split a log",
    ):
        assert words in told
    assert len((DOCS / "front_end.py").read_text("utf-8").splitlines()) < 130
