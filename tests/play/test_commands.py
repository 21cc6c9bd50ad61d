"""The commands that are always there."""

import errno
import re
from pathlib import Path

import pytest

from play.sittings import Sitting
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.commands import COMMANDS, command_words
from siberia_quest.play.console import Preferences
from siberia_quest.play.picking import find_command

NAMES = "help look choices changes stats journal endings history undo redo back save load saves quick restart transcript settings quit"


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(tmp_path)


def test_all_promised_commands_are_there() -> None:
    assert [name for name, each in COMMANDS.items() if each.is_listed] == NAMES.split()
    assert set(COMMANDS) - set(NAMES.split()) == {"full"}


@pytest.mark.parametrize("typed", ["undo", "UNDO", " undo ", "undo 3", "u", "undo."])
def test_a_command_is_known_by_its_name_and_its_short_one(typed: str) -> None:
    found = find_command(typed, command_words(SPOKEN))
    assert found
    assert found.name == "undo"


@pytest.mark.parametrize("typed", ["", "look at the saw", "quit smoking", "undoing", "saw"])
def test_a_sentence_is_no_command(typed: str) -> None:
    assert find_command(typed, command_words(SPOKEN)) is None


def test_help_is_one_screen(sitting: Sitting) -> None:
    help_page = sitting.play("/help")
    assert sum(text.count("\n") + 1 for text in help_page[:2]) <= 21
    assert all(f"/{name}: " in help_page[0] for name in NAMES.split())


@pytest.mark.parametrize("about", ["undo", "/undo", "u"])
def test_help_tells_more_about_one_command(sitting: Sitting, about: str) -> None:
    assert sitting.play(f"/help {about}")[0] == "/undo [turns]: take choices back, without limit"


def test_look_shows_the_page_again(sitting: Sitting) -> None:
    shown = sitting.play("look")
    assert shown[0].startswith("The yard\n")
    assert sitting.console.places[-1] == "The yard (again)"


def test_stats_are_told_as_sentences(sitting: Sitting) -> None:
    told = "Strength: 20 of 100, feeble.\nTemper: 50 of 100, from Calm to Fury.\nLuck: 3 of 10."
    assert sitting.play("stats")[0] == told


def test_the_journal_has_its_lines_and_how_the_stats_went(sitting: Sitting) -> None:
    shown = sitting.play("journal", "1", "", "", "again", "journal")
    assert shown[0] == "Nothing stands in the journal yet."
    assert "Turn 1: Split a log on day 1.\nTurn 4: Split a log on day" in shown[5]
    assert "Strength: from 23 to 24, between 23 and 24." in shown[6]


def test_endings_show_what_was_found_and_hint_at_the_rest(sitting: Sitting) -> None:
    shown = sitting.play("endings", "1", "", "", "go inside", "endings")
    assert shown[0] == (
        "Endings found: 0 of 2\n\nHints to the others:\nFind wood.\n\nOne more is not found yet, and nothing is said of it.\n\n"
        "Achievements: 0 of 1\n\nHints to the others:\nThere is an axe."
    )
    assert shown[5] == (
        "Endings found: 1 of 2\nWarm at last: found\n\nOne more is not found yet, and nothing is said of it.\n\n"
        "Achievements: 1 of 1\nSplitter of logs: found"
    )


def test_history_lists_what_was_chosen(sitting: Sitting) -> None:
    shown = sitting.play("history", "1", "", "Bob", "history")
    assert shown[0] == "You have not chosen anything yet."
    lines = shown[4].splitlines()
    assert [line.split(", ")[0] for line in lines] == ["What you chose:", "1: Split a log", "2: Go on", "3: Bob"]


def test_a_long_history_is_cut_unless_all_of_it_is_wanted(sitting: Sitting) -> None:
    turns = ["1", "", ""] + ["again", "", ""] * 6
    shown = sitting.play(*turns, "history", "history all")
    assert shown[-4].count("\n") == 15
    assert shown[-3] == "6 earlier turns are not shown; /history all shows them."
    assert shown[-2].count("\n") == 21


def test_undo_and_redo_go_back_and_forth_without_limit(sitting: Sitting) -> None:
    shown = sitting.play("1", "", "Bob", "undo 2", "redo", "/redo 9", "redo", "undo 99", "undo")
    told = [text for text in shown if re.match("Taken|Done|There", text)]
    assert told == [
        "Taken back: 2 turns.",
        "Done again: one turn.",
        "Done again: one turn.",
        "There is nothing to do again.",
        "Taken back: 3 turns.",
        "There is nothing to take back.",
    ]
    assert sitting.game.play.turns == 0


def test_what_is_undone_is_shown_and_saved(sitting: Sitting) -> None:
    shown = sitting.play("1", "undo")
    assert shown[2].startswith("The yard\n")
    opened = sitting.game.open("autosave").game
    assert opened is not None
    assert opened.picks == ()


@pytest.mark.parametrize("typed", ["undo -1", "undo two", "undo 0", "undo 1.5", "redo x"])
def test_turns_are_whole_numbers(sitting: Sitting, typed: str) -> None:
    assert "is not a number of turns" in sitting.play(typed)[0]


def test_back_goes_to_a_checkpoint_or_a_turn(sitting: Sitting) -> None:
    shown = sitting.play("/back", "1", "", "Bob", "back", "back bes", "back 0", "back 77", "back nowhere")
    assert shown[0].startswith("There is no checkpoint yet.")
    assert shown[4] == "You can go back to:\n1: Beside the log"
    assert shown[6] == "Back at turn 1."
    assert shown[8] == "Back at turn 0."
    assert shown[10] == "There is no turn or checkpoint “77” to go back to."
    assert shown[11] == "There is no turn or checkpoint “nowhere” to go back to."


def test_a_game_is_saved_under_a_name_and_loaded_again(sitting: Sitting) -> None:
    shown = sitting.play("1", "save Before the oven!", "", "/load before-the-oven", "load Before the OVEN")
    assert shown[1] == "Saved as before-the-oven."
    assert shown[3] == "Loaded before-the-oven."
    assert sitting.game.play.turns == 1


def test_undo_works_after_a_load(sitting: Sitting) -> None:
    sitting.play("1", "save it", "", "/load it", "undo")
    assert sitting.game.play.turns == 0


def test_saving_without_a_name_finds_one(sitting: Sitting) -> None:
    assert sitting.play("save", "save")[:2] == ["Saved as save-1.", "Saved as save-2."]


@pytest.mark.parametrize("name", ["!!!", "глава 1", "第一章", "Évora", "a" * 60])
def test_a_save_may_be_called_anything(sitting: Sitting, name: str) -> None:
    shown = sitting.play("1", f"save {name}", "", "Bob", f"load {name}", "saves")
    assert shown[1].startswith("Saved as ")
    assert shown[4].startswith("Loaded ")
    assert shown[1][len("Saved as ") :] == shown[4][len("Loaded ") :]
    assert sitting.game.play.turns == 1


def test_a_name_without_end_is_cut_and_found_again(sitting: Sitting) -> None:
    assert sitting.play(f"save {'long ' * 40}", "save one", f"load {'long ' * 16}")[2].startswith("Loaded long long")


def test_the_save_after_each_turn_has_a_name_that_no_other_takes(sitting: Sitting) -> None:
    assert "choose another name" in sitting.play("1", "save autosave", "yes")[-2]


def test_nothing_is_saved_over_without_a_yes(sitting: Sitting) -> None:
    shown = sitting.play("save one", "1", "save one", "no", "save one", "yes")
    assert [text for text in shown if text.startswith("Saved")] == ["Saved as one.", "Saved as one."]
    question = sitting.console.asked[3].words
    assert question.startswith("There is a save named one (")
    assert question.endswith("Replace it? Yes or no?")


def test_saves_are_listed_with_where_they_are(sitting: Sitting) -> None:
    shown = sitting.play("1", "save one", "saves")
    assert shown[2].startswith(f"Saved games of this story, in {sitting.game.folder()}:\n")
    assert {line.split(":")[0] for line in shown[2].splitlines()[1:]} == {"one", "autosave"}
    assert "turn 1" in shown[2]


def test_loading_asks_for_a_name_and_knows_what_is_not_there(sitting: Sitting) -> None:
    shown = sitting.play("load", "load nothing")
    assert shown[1] == "Which one? Type /load and a name."
    assert shown[2] == "There is no save named nothing."


def test_quick_saves_and_loads_quickly(sitting: Sitting) -> None:
    shown = sitting.play("quick load", "quick", "1", "quick load")
    assert shown[:2] == ["There is no save named quick.", "Saved as quick."]
    assert shown[3] == "Loaded quick."
    assert sitting.game.play.turns == 0


def test_a_damaged_save_is_refused_in_words(sitting: Sitting) -> None:
    sitting.play("1", "save one")
    (path,) = (each for each in sitting.game.folder().iterdir() if each.stem.startswith("one"))
    path.write_bytes(b"\x00" * 50)
    shown = sitting.play("load one")
    assert "one was not loaded." in shown[0]
    assert "Traceback" not in shown[0]
    assert sitting.game.play.turns == 1


def test_beginning_anew_is_asked_first_and_keeps_the_game(sitting: Sitting) -> None:
    sitting.play("1", "restart", "no")
    assert sitting.game.play.turns == 1
    sitting.play("restart", "yes", "")
    assert sitting.game.play.turns == 0
    earlier = sitting.game.open("earlier~1").game
    assert earlier is not None
    assert len(earlier.picks) == 1


def test_the_story_so_far_is_written_to_a_file(sitting: Sitting, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "told.txt"
    shown = sitting.play("1", "", "Bob", f"transcript {path}", f"transcript {path}")
    assert shown[3] == f"Written to {path}."
    assert shown[4] == f"{path} is there already; nothing was written."
    text = path.read_text(encoding="utf-8")
    assert text.startswith("The yard, version 1.0.0, seed 7\n")
    assert "\n> Split a log\n\nThe log\n" in text
    assert "\n> Bob\n\nWell done, Bob.\n" in text


def test_a_transcript_that_cannot_be_written_is_told(sitting: Sitting, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert sitting.play(f"transcript {tmp_path / 'file' / 'in-it'}")[0].startswith("The transcript was not written.")


def test_a_transcript_without_a_name_lies_beside_the_saves(sitting: Sitting) -> None:
    (told,) = sitting.play("transcript")[:1]
    assert Path(told.removeprefix("Written to ").removesuffix(".")).parent == sitting.game.folder()


def test_settings_are_listed_changed_and_kept(sitting: Sitting) -> None:
    shown = sitting.play("settings", "settings motion off", "settings colour on", "settings motion perhaps")
    assert "motion: on: montages run to their beat" in shown[0]
    assert "How cold is it? A hard winter" in shown[1]
    assert shown[2] == "motion is off now."
    assert sitting.console.preferences == Preferences(motion=False)
    assert shown[3] == "There is no setting “colour”. /settings lists them."
    assert shown[4] == "Say on or off: /settings motion off"


def test_a_theme_is_chosen_by_name_and_kept(sitting: Sitting) -> None:
    shown = sitting.play("settings", "settings theme vhs", "settings theme", "settings theme plaid")
    assert "theme: terminal: the colours: terminal, dark, light, contrast or vhs" in shown[0]
    assert shown[-4:-1] == [
        "theme is vhs now.",
        "Say which: terminal, dark, light, contrast or vhs.",
        "There are no colours called “plaid”. Say terminal, dark, light, contrast or vhs.",
    ]
    assert sitting.console.preferences == Preferences(theme="vhs")
    assert sitting.game.preferences().theme == "vhs"


def test_quit_leaves_with_0(sitting: Sitting) -> None:
    assert sitting.play("quit", "1")[-1].startswith("The game is saved.")
    assert sitting.status == 0
    assert sitting.game.play.turns == 0


def test_where_the_saves_cannot_be_listed_none_is_written_over_and_none_is_called_missing(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.play("save one", "1")
    before = sitting.game.saves.path("one").read_bytes()

    def refuses(_: Path) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "iterdir", refuses)
        for typed in ("save one", "load one", "quick load"):
            assert "cannot be read: the disk is broken." in sitting.play(typed)[0]
    assert sitting.game.saves.path("one").read_bytes() == before
    assert sitting.play("load one")[0] == "Loaded one."
