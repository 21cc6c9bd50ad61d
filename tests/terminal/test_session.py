"""Sittings, one after the other: an edited story, a damaged save, a disk that fails."""

import io
from pathlib import Path

import pytest

from play.sittings import YARD, Sitting, story_of
from siberia_quest.model.language import compose
from siberia_quest.play.game import preferences_of
from siberia_quest.play.play_request import PlayRequest
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Saves
from siberia_quest.terminal import session


def sit(folder: Path, typed: str, wishes: PlayRequest = PlayRequest(seed=7), path: Path = YARD) -> tuple[int, str]:  # noqa: B008  # an immutable value
    target = io.StringIO()
    status = session.play(story_of(path), folder, wishes, io.StringIO(typed), target, {})
    return status, target.getvalue()


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The yard without the passage `log`."""
    text = YARD.read_text(encoding="utf-8")
    begin, end = text.index("  log:\n"), text.index("  stove:\n")
    path = tmp_path / "yard.yaml"
    path.write_text((text[:begin] + text[end:]).replace("goto: log", "goto: stove"), encoding="utf-8")
    return path


def test_a_game_goes_on_in_the_next_sitting(tmp_path: Path) -> None:
    assert sit(tmp_path, "\n2\n\nBob\n")[0] == 0
    status, shown = sit(tmp_path, "3\n", PlayRequest(resume="autosave"))
    assert status == 0
    assert "Well done, Bob." in shown.split("Choose")[0]
    assert "The end: Warm at last" in shown


def test_a_place_that_is_gone_is_asked_about_and_a_no_changes_nothing(tmp_path: Path, edited: Path) -> None:
    sit(tmp_path, "\n2\n\nBob\n")
    files = {path: path.read_bytes() for path in tmp_path.rglob("*save*") if path.is_file()}
    status, shown = sit(tmp_path, "no\n", PlayRequest(resume="autosave"), edited)
    assert status == 1
    assert "Yes or no?" in shown
    assert {path: path.read_bytes() for path in files} == files


def test_a_yes_goes_back_to_the_nearest_place_that_is_left(tmp_path: Path, edited: Path) -> None:
    sit(tmp_path, "\n2\n\nBob\n")
    status, shown = sit(tmp_path, "yes\n", PlayRequest(resume="autosave"), edited)
    assert status == 0
    assert "5. Go inside" in shown


def test_a_damaged_save_with_nothing_behind_it_is_refused_in_words(tmp_path: Path) -> None:
    sit(tmp_path, "\nsave one\n")
    for path in tmp_path.rglob("one*"):
        path.write_bytes(b"not a save")
    status, shown = sit(tmp_path, "", PlayRequest(resume="one"))
    assert status == 1
    assert "Traceback" not in shown
    assert len(shown.strip().splitlines()) == 1


def test_a_disk_that_takes_nothing_is_told_once_and_the_game_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = Sitting(tmp_path)
    full = sitting.game.open("nothing").refusal
    assert full
    monkeypatch.setattr(Saves, "autosave", lambda *_: full._replace(message=compose("The disk is full.")))
    shown = sitting.play("1", "", "Bob", "again")
    assert [text for text in shown if "could not be saved" in text] == [
        "The game could not be saved: The disk is full. It goes on; the last save stays as it was."
    ]
    assert shown[-1] == "The game is NOT saved: The disk is full."
    monkeypatch.undo()
    assert "The game is saved again." in sitting.play("", "Eve")


def test_nothing_of_a_script_s_game_is_asked(tmp_path: Path) -> None:
    script = tmp_path / "picks"
    script.write_text("split\n", encoding="utf-8")
    status, shown = sit(tmp_path, "never read", PlayRequest(seed=7, script=script))
    assert status == 0
    assert "How cold is it?" not in shown


def test_preferences_are_kept_for_the_next_sitting(tmp_path: Path) -> None:
    sit(tmp_path, "\nsettings pauses off\n")
    assert not preferences_of(Profiles(tmp_path)).pauses


def test_what_is_kept_across_games_is_there_in_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "kept.yaml"
    path.write_text(
        "story: Kept\nvariables:\n  games: {start: 0, keep: true}\npassages:\n  hall:\n    do: games += 1\n"
        "    text: Game {games}.\n    end: true\n",
        encoding="utf-8",
    )
    assert ["Game 1." in sit(tmp_path, "", path=path)[1], "Game 2." in sit(tmp_path, "", path=path)[1]] == [True, True]
