"""Games that another takes the place of, as a player meets them: every way leaves them to be played on, and says so."""

import io
from pathlib import Path

import pytest

from play.sittings import YARD, ScriptedConsole, Sitting, story_of
from siberia_quest.model.language import compose
from siberia_quest.model.story import Story
from siberia_quest.play.game import Games
from siberia_quest.play.loop import Loop
from siberia_quest.play.play_request import PlayRequest
from siberia_quest.storage.gate import MOST_ASIDE
from siberia_quest.storage.slots import Saves
from siberia_quest.storage.writing import Refusal
from siberia_quest.terminal import session

EVENING = ("split", "hairs", "Bob")
TYPED = "2\n\nBob\n"


def sit(folder: Path, typed: str, wishes: PlayRequest = PlayRequest(seed=7), path: Path = YARD) -> tuple[int, str]:  # noqa: B008  # an immutable value
    target = io.StringIO()
    status = session.play(story_of(path), folder, wishes, io.StringIO(typed), target, {})
    return status, target.getvalue()


def turns(folder: Path) -> dict[str, int]:
    """Return how many turns each save has that can be played on."""
    saves = Saves(story_of(), folder)
    opened = {each.name: saves.load(each.name).game for each in saves.list()}
    return {name: len(game.picks) for name, game in opened.items() if game}


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The saves of a player with a game of three turns."""
    assert sit(tmp_path, "\n" + TYPED)[0] == 0
    assert turns(tmp_path) == {"autosave": 3}
    return tmp_path


def test_a_program_s_front_end_keeps_what_was_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        assert sit(folder, "", PlayRequest("json"))[0] == 0
    assert turns(folder) == {"autosave": 0, "earlier~1": 3}
    assert capsys.readouterr().err == "The earlier game is kept as earlier~1.\n"


def test_a_script_keeps_what_was_there(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "picks"
    script.write_text("split\n", encoding="utf-8")
    sit(folder, "", PlayRequest(script=script))
    assert turns(folder) == {"autosave": 1, "earlier~1": 3}


def test_what_a_pipe_reads_is_the_same_whatever_lay_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (sit(folder, "\n1\n")[1] for _ in range(2))
    assert first == second
    assert capsys.readouterr().err.count("is kept as") == 2


def test_three_new_games_leave_three_games(tmp_path: Path) -> None:
    for typed in ("\n1\n", "\n1\n1\n", "\n" + TYPED, "\n"):
        sit(tmp_path, typed)
    assert sorted(turns(tmp_path).values()) == [0, 1, 2, 3]


def test_to_go_on_with_an_older_save_keeps_the_later_turns(tmp_path: Path) -> None:
    sit(tmp_path, "\nsave start\n" + TYPED)
    sit(tmp_path, "1\n", PlayRequest(resume="start"))
    assert turns(tmp_path) == {"autosave": 1, "earlier~1": 3, "start": 0}


def test_to_look_at_a_save_changes_nothing_and_is_told_so(tmp_path: Path) -> None:
    sit(tmp_path, "\nsave start\n" + TYPED)
    before = files(tmp_path)
    for name, words in (("autosave", "The game is saved."), ("start", "continue --save start goes on from here.")):
        status, shown = sit(tmp_path, "look\nstats\n", PlayRequest(resume=name))
        assert status == 0
        assert words in shown
    assert files(tmp_path) == before


def test_to_look_at_a_finished_game_counts_its_ending_once(tmp_path: Path) -> None:
    games = Games(story_of(), tmp_path)
    games.begin({}, 7).take("go_inside")
    for _ in range(2):
        sit(tmp_path, "quit\n", PlayRequest(resume="autosave"))
        sit(tmp_path, "undo\nredo\nquit\n", PlayRequest(resume="autosave"))
    assert games.profiles.read().endings(story_of())["warm"].times == 1


def test_loading_in_a_game_keeps_the_game_that_is_left(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    shown = sitting.play("save start", "1", "", "Bob", "load start")
    assert "The earlier game is kept as earlier~1." in shown
    assert turns(tmp_path) == {"autosave": 0, "earlier~1": 3, "start": 0}


def test_beginning_anew_says_under_which_name_the_game_is_kept(tmp_path: Path) -> None:
    shown = Sitting(tmp_path).play("1", "restart", "yes", "")
    assert "The earlier game is kept as earlier~1." in shown
    assert turns(tmp_path) == {"autosave": 0, "earlier~1": 1}


def test_a_game_that_cannot_be_saved_is_not_left_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = Sitting(tmp_path)
    sitting.play("save start")
    monkeypatch.setattr(Saves, "autosave", lambda *_: Refusal("SQ701", compose("The disk is full.")))
    shown = sitting.play("1", "restart", "yes", "", "load start")
    assert "Not saved. The disk is full." in shown
    assert "start was not loaded. The disk is full." in shown
    assert sitting.game.play.turns == 1


def test_what_could_not_be_saved_is_tried_again_on_leaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = Sitting(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(Saves, "autosave", lambda *_: Refusal("SQ701", compose("The disk is full.")))
        sitting.game.take("split")
    assert sitting.game.trouble
    assert sitting.play("quit")[-1].startswith("The game is saved.")
    assert turns(tmp_path) == {"autosave": 1}


def window(folder: Path, story: Story) -> tuple[Loop, ScriptedConsole]:
    """Open a window on the game that is under way."""
    games = Games(story, folder)
    opened = games.saves.load("autosave")
    assert opened.game
    console = ScriptedConsole([])
    return Loop(console, games.go_on(opened.game), {}), console


def test_the_second_of_two_windows_is_told_and_nothing_of_either_is_lost(folder: Path) -> None:
    (one, _), (two, told) = window(folder, story_of()), window(folder, story_of())
    one.game.take("again")
    two.game.take("inside")
    two.look()
    one.game.take("go_on")
    assert [line for line in told.shown if "Another window" in line]
    assert turns(folder) == {"autosave": 5, "earlier~1": 4}


def test_continue_says_what_is_wrong_and_goes_on_with_the_generation_before(folder: Path) -> None:
    path = Saves(story_of(), folder).path("autosave")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    before = files(folder)
    status, shown = sit(folder, "", PlayRequest(resume="autosave"))
    assert status == 0
    assert "The last save cannot be read; this is the one before it." in shown
    assert files(folder) == before


def test_continue_offers_what_was_set_aside_where_the_autosave_is_past_reading(folder: Path) -> None:
    sit(folder, "\n1\n")
    for path in folder.rglob("autosave.*"):
        path.write_bytes(b"\0" * 99)
    before = files(folder)
    status, shown = sit(folder, "yes\n", PlayRequest(resume="autosave"))
    assert status == 0
    assert "Go on with earlier~1 instead (The log, turn 3, 0 min" in " ".join(shown.split())
    assert sit(folder, "no\n", PlayRequest(resume="autosave"))[0] == 1
    assert files(folder) == before


def test_a_program_is_told_what_it_can_go_on_with_instead(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sit(folder, "\n1\n")
    for path in folder.rglob("autosave.*"):
        path.write_bytes(b"\0" * 99)
    assert sit(folder, "", PlayRequest("json", resume="autosave"))[0] == 1
    assert "siberia-quest continue --save earlier~1 goes on with the first." in capsys.readouterr().err


def test_a_newer_format_is_left_alone_and_the_generation_before_is_asked_about(folder: Path) -> None:
    path = Saves(story_of(), folder).path("autosave")
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":9'))
    status, shown = sit(folder, "no\n", PlayRequest(resume="autosave"))
    assert status == 1
    assert "Go on with the one before it?" in shown


def test_a_new_game_over_a_newer_format_keeps_it(folder: Path) -> None:
    path = Saves(story_of(), folder).path("autosave")
    newer = path.read_bytes().replace(b'"schema":1', b'"schema":9')
    path.write_bytes(newer)
    sit(folder, "\n1\n")
    assert path.with_name("earlier~1.save").read_bytes() == newer


def test_saves_says_where_and_when_a_game_was_set_aside(folder: Path) -> None:
    sit(folder, "\n1\n")
    shown = Sitting(folder).play("saves")[-2]
    row = next(line for line in shown.splitlines() if line.startswith("earlier~1"))
    assert row.startswith("earlier~1: The log, turn 3, ")
    assert " min, 20" in row


@pytest.mark.parametrize("typed", ["earlier~1", "earlier 1", "Earlier-1"])
def test_a_game_that_was_set_aside_is_loaded_by_name(folder: Path, typed: str) -> None:
    sit(folder, "\n1\n")
    assert "Loaded earlier~1." in Sitting(folder, seed=8).play(f"load {typed}")


def test_the_player_is_told_before_the_oldest_game_goes(tmp_path: Path) -> None:
    shown = ""
    for _ in range(MOST_ASIDE + 1):
        shown = "\n".join(Sitting(tmp_path).play("1"))
    assert "the next takes the place of earlier~1" in "\n".join([shown, *Sitting(tmp_path).play()]) or shown


def test_no_name_takes_the_place_of_a_save_that_is_spelled_otherwise(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    shown = sitting.play("save глава 1", "1", "save ГЛАВА 1", "no", "", "Bob", "load Глава 1")
    assert shown[0] == "Saved as глава 1."
    assert [each.words for each in sitting.console.asked if each.words.startswith("There is a save named глава 1 (")]
    assert sitting.game.play.turns == 0


def test_continue_asks_before_another_story_s_game_and_offers_one_s_own(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.yaml"
    text = YARD.read_text(encoding="utf-8").replace("story: The yard", "story: The barn").replace("by: A tester\n", "")
    other.write_text(text, encoding="utf-8")
    sit(folder, "\n1\n", path=other)
    assert "The earlier game is kept as earlier~1." in capsys.readouterr().err
    status, shown = sit(folder, "no\nyes\n", PlayRequest(resume="autosave"))
    told = " ".join(shown.split())
    assert status == 0
    assert "This save belongs to another story that has this one's id: The barn. Load it here all the same?" in told
    assert "Go on with earlier~1 instead (" in told
    assert "Well done, Bob." in told


def test_half_a_sign_that_a_program_sends_is_no_part_of_an_answer(tmp_path: Path) -> None:
    assert sit(tmp_path, "split\ngo_on\nA\udcff\n", PlayRequest("json", seed=7))[0] == 0
    assert turns(tmp_path) == {"autosave": 3}
    opened = Sitting.opened(tmp_path)
    assert opened is not None
    assert opened.picks[-1] == "A"
