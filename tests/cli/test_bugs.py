"""A bug of ours is owned up to; the player keeps the game."""

import io
import time
from pathlib import Path

import pytest

from play.sittings import Sitting, story_of
from siberia_quest.cli import main
from siberia_quest.play import game, loop
from siberia_quest.play.play_request import PlayRequest
from siberia_quest.terminal import crash, session


def broken(*_: object) -> None:
    raise RuntimeError("a bug of ours")


def test_a_bug_in_play_leaves_with_70_and_keeps_save_and_transcript(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(loop, "reply_to", broken)
    target = io.StringIO()
    status = session.play(story_of(), tmp_path, PlayRequest(seed=7), io.StringIO("\n1\nguess\n"), target, {})
    assert status == 70
    told = capsys.readouterr().err
    assert "This is a mistake in siberia-quest, not yours" in told
    assert "Your game is saved" in told
    assert "Traceback" not in told + target.getvalue()
    (report,) = tmp_path.glob("bug-*.txt")
    assert str(report) in told
    text = report.read_text(encoding="utf-8")
    assert "RuntimeError: a bug of ours" in text
    assert "> Split a log" in text
    saved = Sitting.opened(tmp_path)
    assert saved is not None
    assert len(saved.picks) == 1


def test_a_bug_in_a_game_that_is_not_kept_promises_no_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(loop, "reply_to", broken)
    monkeypatch.setattr(game.Game, "is_kept", property(lambda _: False, lambda *_: None), raising=False)
    assert session.play(story_of(), tmp_path, PlayRequest(seed=7), io.StringIO("\n1\nguess\n"), io.StringIO(), {}) == 70
    told = capsys.readouterr().err
    assert "This game is not kept, but its picks stand in the report." in told
    assert "Your game is saved" not in told


def test_a_bug_before_play_leaves_with_70_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("siberia_quest.cli.stories.find_shipped", broken)
    assert main(["stories"]) == 70
    told = capsys.readouterr().err
    assert "Traceback" not in told
    Path(told.partition("stands in ")[2].partition(". Please")[0]).unlink()


def test_a_report_that_cannot_be_written_leaves_the_player_a_line_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(loop, "reply_to", broken)
    monkeypatch.setattr(crash, "_write_report", _no_room)
    session.play(story_of(), tmp_path, PlayRequest(seed=7), io.StringIO("\n1\nguess\n"), io.StringIO(), {})
    assert (
        "A report could not be written (No space left on device). Please tell us this: RuntimeError"
        in capsys.readouterr().err
    )


def test_two_bugs_within_a_second_leave_two_reports_for_their_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "strftime", lambda _: "2026-11-24-021500")
    for words in ("first", "second"):
        crash.keep_report(RuntimeError(words), None, tmp_path / "own")
    reports = sorted((tmp_path / "own").iterdir(), key=lambda each: each.stat().st_mtime_ns)
    assert [
        f"RuntimeError: {words}" in path.read_text("utf-8")
        for path, words in zip(reports, ("first", "second"), strict=True)
    ] == [True, True]
    assert {path.stat().st_mode & 0o777 for path in reports} == {0o600}


def test_a_bug_before_play_is_reported_beside_the_saves_and_not_where_everybody_writes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SIBERIA_QUEST_SAVES", str(tmp_path / "mine"))
    monkeypatch.setattr("siberia_quest.cli.stories.find_shipped", broken)
    assert main(["stories"]) == 70
    assert len([*(tmp_path / "mine").glob("bug-*.txt")]) == 1


def _no_room(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")
