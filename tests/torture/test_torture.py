"""A little of what `make torture` does at length: each part with its control, which must lose something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from siberia_quest.storage.writing import Refusal, refuse
from torture import same
from torture.driving import Tally, judge
from torture.run import PARTS

_TESTS = Path(__file__).parents[1]


def torture(*arguments: str) -> str:
    """Run a part; return what it told. Skips the test where the part was passed over."""
    left = subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True, text=True, check=False, timeout=300, env={**os.environ, "PYTHONPATH": str(_TESTS)},
    )  # fmt: skip
    assert left.returncode == 0, left.stdout + left.stderr
    if "passed over" in left.stdout and "control" not in left.stdout:
        pytest.skip(left.stdout.strip())
    return left.stdout


def test_whatever_call_fails_the_game_goes_on_and_nothing_whole_is_lost() -> None:
    assert ", 0 wrong" in torture("torture.failing", "--every", "499")


def test_one_who_writes_in_place_loses_games_when_calls_fail() -> None:
    assert "control" in torture("torture.failing", "--control", "--scene", "begin", "--every", "83")


def test_a_game_that_is_killed_at_any_call_loses_nothing() -> None:
    assert ", 0 wrong" in torture("torture.failing", "--kills", "--every", "151")


def test_kills_and_signals_at_random_moments_lose_no_turn_that_was_told() -> None:
    told = torture("torture.kills", "10", "8")
    assert told.count(", 0 lost") == 3


def test_power_cuts_lose_no_turn_that_was_told() -> None:
    assert "power cuts: 8 times" in torture("torture.power", "8")


def test_writers_and_a_reader_at_once_lose_nothing() -> None:
    assert "a stopped holder of the lock" in torture("torture.crowd", "0.5", "0")


def test_disks_that_are_full_or_gone_or_read_only_lose_nothing_that_was_told() -> None:
    assert "a folder that goes in mid-game" in torture("torture.disks")


def test_no_flipped_bit_and_nothing_strange_is_taken_for_a_save_or_a_list_of_endings() -> None:
    assert "a list of endings, damaged" in torture("torture.bits", "37")


def test_games_saves_and_reports_are_the_same_under_any_hash_seed_locale_and_zone(tmp_path: Path) -> None:
    names = ("a short game", "explore as a table")
    there = [same.Way(sys.executable, "1", "C", "UTC"), same.Way(sys.executable, "77", "tr_TR.UTF-8", "Asia/Kathmandu")]
    found = {way: same.outcome(way, names) for way in there}
    assert same.differences(found) == []
    assert {name for name in found[there[0]] if ".save" in name}
    assert len({same.unlike(tmp_path) for _ in range(3)}) > 1


def lost_of(picks: tuple[str, ...] | Refusal | None, sent: list[str], told: int) -> list[str]:
    """Return what is lost of one game."""
    tally = Tally()
    judge(tally, "here", picks, sent, told)
    return tally.first


def test_a_game_that_cannot_be_loaded_is_lost_only_where_turns_of_it_were_told() -> None:
    refused = refuse("SQ708", "save_damaged")
    assert lost_of(refused, ["look", "up"], -1) == []
    assert lost_of(("look", "up"), ["look", "up", "wait"], 2) == []
    assert ["nothing can be loaded" in each for each in lost_of(refused, ["look", "up"], 1) + lost_of(None, [], 0)] == [
        True,
        True,
    ]


def test_every_part_is_there_to_be_run() -> None:
    for module, *_ in PARTS.values():
        where = _TESTS.joinpath(*module.split(".")).with_suffix(".py")
        assert where.is_file() or module == "pytest"
