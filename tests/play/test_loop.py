"""Playing: what is typed is taken, refused or asked about."""

from pathlib import Path

import pytest

from play.sittings import CTRL_C, ScriptedConsole, Sitting
from siberia_quest.model.page import Page
from siberia_quest.play.loop import Loop

LEFT = "The game is saved. siberia-quest continue goes on from here."


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(tmp_path)


@pytest.mark.parametrize("typed", ["1", "chop", "AXE", "Split a log", "split a", "1. Split a log", "one", "the first"])
def test_a_choice_is_taken_however_it_is_named(sitting: Sitting, typed: str) -> None:
    assert sitting.play(typed)[0].startswith("The log\n")
    assert sitting.game.play.picks == ("split",)


def test_letters_that_two_choices_share_are_asked_about(sitting: Sitting) -> None:
    assert sitting.play("spl")[0] == "That could be “Split a log” or “Split hairs”. Which one?"


def test_a_locked_choice_is_refused_with_its_reason(sitting: Sitting) -> None:
    assert sitting.play("3")[0] == "“Lift the anvil” is locked: Your arms are too thin."
    assert sitting.game.play.turns == 0


def test_a_slip_is_taken_only_after_a_yes(sitting: Sitting) -> None:
    shown = sitting.play("anvli", "5")
    assert shown[0] == "Did you mean “Lift the anvil”? Type yes, or choose again."
    assert sitting.game.play.picks == ("go_inside",)
    other = Sitting(sitting.game.folder().parent)
    assert other.play("hiars", "yes")[-2].startswith("That warms nobody.")


def test_a_yes_out_of_the_blue_means_nothing(sitting: Sitting) -> None:
    assert sitting.play("hiars", "look", "yes")[-2].startswith("Nothing here answers to “yes”.")


def test_a_slip_of_a_command_is_taken_after_a_yes(sitting: Sitting) -> None:
    shown = sitting.play("hisotry", "y")
    assert shown[:2] == ["Did you mean /history? Type yes, or choose again.", "You have not chosen anything yet."]


def test_a_number_beyond_the_choices_is_told_so(sitting: Sitting) -> None:
    assert sitting.play("6")[0] == "There is no choice 6 here. Choose 1 to 5, or type /help."


def test_nonsense_is_told_so(sitting: Sitting) -> None:
    assert sitting.play("xyzzy")[0] == "Nothing here answers to “xyzzy”. Choose 1 to 5, or type /help."


def test_nonsense_without_end_is_cut_short(sitting: Sitting) -> None:
    assert len(sitting.play("x" * 5000)[0]) < 120


@pytest.mark.parametrize("typed", ["\x1b]0;pwned\x07", "\u202eevil", "\x00"])
def test_what_is_typed_is_cleaned_before_it_is_shown(sitting: Sitting, typed: str) -> None:
    shown = "".join(sitting.play(typed))
    assert not set(shown) & set("\x1b\x07\x00\u202e")


def test_enter_alone_chooses_nothing_where_there_are_two(sitting: Sitting) -> None:
    assert sitting.play("")[0] == "Choose 1 to 5, or type /help."


@pytest.mark.parametrize("keys", ["\x1b[B", "\x1bOA\x1bOA", "\x1b"])
def test_keys_that_are_no_letters_choose_nothing_even_where_there_is_one_way(sitting: Sitting, keys: str) -> None:
    assert sitting.play("1", keys)[-2] == "Choose 1, or type /help."
    assert sitting.game.play.turns == 1


def test_a_number_beyond_the_only_choice_is_told_so(sitting: Sitting) -> None:
    assert sitting.play("1", "14")[1] == "There is no choice 14 here. Choose 1, or type /help."


def test_enter_alone_goes_on_where_there_is_one_way(sitting: Sitting) -> None:
    sitting.play("1", "")
    assert sitting.game.play.picks == ("split", "go_on")


def test_a_command_s_word_is_the_command_though_a_choice_begins_with_it(sitting: Sitting) -> None:
    assert sitting.play("help")[0].startswith("You can always type these")
    assert "/help" in sitting.play("hel")[0]
    assert sitting.game.play.turns == 0


def test_what_begins_a_choice_and_a_command_is_asked_about(sitting: Sitting) -> None:
    assert sitting.play("he", "hel")[:2] == [
        "Did you mean /help? Type yes, or choose again.",
        "That could be “Help the neighbour” or /help. Which one?",
    ]


def test_the_slash_always_means_the_command(sitting: Sitting) -> None:
    assert sitting.play("/help")[0].startswith("You can always type these")
    assert sitting.game.play.turns == 0


def test_an_unknown_command_is_answered_with_the_nearest_or_with_help(sitting: Sitting) -> None:
    shown = sitting.play("/sttas", "/frotz", "/")
    assert shown[0] == "Did you mean /stats? Type yes, or choose again."
    assert shown[1] == "There is no command /frotz. Type /help for those there are."
    assert shown[2].startswith("What can be typed behind a slash: /help, /look, ")


def test_an_answer_to_a_question_is_taken_as_it_is(sitting: Sitting) -> None:
    assert "Well done, Bob the 2nd." in sitting.play("1", "", "Bob the 2nd")[2]


def test_an_empty_answer_takes_the_default(sitting: Sitting) -> None:
    assert "Well done, Anna." in sitting.play("1", "", "")[2]


def test_an_answer_that_is_too_long_is_refused_in_words(sitting: Sitting) -> None:
    assert sitting.play("1", "", "A name of far too many letters")[2] == "At most 12 characters, please."


def test_a_command_typed_as_an_answer_is_asked_about_once(sitting: Sitting) -> None:
    shown = sitting.play("1", "", "undo", "undo")
    assert shown[2] == "Is that the command? Type /undo for it, or “undo” again to answer with it."
    assert "Well done, undo." in shown[3]


def test_a_mistake_in_the_story_is_told_in_the_author_s_words_and_the_game_stays(sitting: Sitting) -> None:
    shown = sitting.play("1", "", "", "divide", "2")
    assert "SQ405" in shown[3]
    assert "Traceback" not in shown[3]
    assert shown[4] == "1. Again\n2. Divide by nothing\n3. Go inside"
    assert sitting.game.play.turns == 3


def test_the_end_of_input_saves_and_leaves_with_0(sitting: Sitting) -> None:
    assert sitting.play("1")[-1] == LEFT
    assert sitting.status == 0
    saved = sitting.game.open("autosave").game
    assert saved is not None
    assert saved.state == sitting.game.state


def test_every_turn_is_saved_before_it_is_shown(sitting: Sitting) -> None:
    saved: list[int] = []

    class Watching(ScriptedConsole):
        def show(self, page: Page, place: str, *, again: bool = False) -> None:
            super().show(page, place, again=again)
            opened = sitting.game.open("autosave").game
            saved.append(len(opened.picks) if opened else -1)

    Loop(Watching(["1", "", "Bob"]), sitting.game, {}).run()
    assert saved == [0, 1, 2, 3]


def test_one_ctrl_c_gives_a_hint_and_a_second_asks(sitting: Sitting) -> None:
    shown = sitting.play(CTRL_C, CTRL_C, "no", "1", CTRL_C, CTRL_C, "yes", "never read")
    assert shown[0] == "Press Ctrl-C again to leave. The game is saved."
    assert sitting.game.play.turns == 1
    assert sitting.status == 0
    assert sitting.console.typed == ["never read"]


def test_a_third_ctrl_c_leaves_with_130(sitting: Sitting) -> None:
    sitting.play(CTRL_C, CTRL_C, CTRL_C)
    assert sitting.status == 130


def test_ctrl_c_counts_anew_after_a_line(sitting: Sitting) -> None:
    shown = sitting.play(CTRL_C, "look", CTRL_C)
    assert shown[0] == shown[2]


def test_after_the_end_one_can_go_back_begin_anew_or_leave(sitting: Sitting) -> None:
    shown = sitting.play("5", "2", "5", "3", "4")
    assert "The end: Warm at last" in shown[0]
    assert shown[0].endswith("1. Begin anew\n2. Take the last choice back\n3. See the endings found so far\n4. Leave")
    assert shown[1] == "Taken back: one turn."
    assert "Endings found: 1 of 2\nWarm at last: found\n" in shown[4]
    assert shown[-1] == "Goodbye."
    assert sitting.status == 0


def test_begin_anew_asks_the_settings_again(sitting: Sitting) -> None:
    sitting.play("5", "1", "1", "2")
    assert sitting.game.state.value("winter") == "mild"
    assert sitting.game.play.picks == ("hairs",)


def test_the_prompt_tells_how_many_choices_there_are(sitting: Sitting) -> None:
    sitting.play("1", "", "")
    assert [each.words for each in sitting.console.asked] == [
        "Choose 1 to 5:",
        "Choose 1, or press Enter:",
        "What is your name? [Anna]",
        "Choose 1 to 3:",
    ]


def test_the_prompt_has_the_story_s_status(sitting: Sitting) -> None:
    sitting.play()
    assert [entry.name for entry in sitting.console.asked[0].status] == ["day", "strength", "mood"]


class TestStrict:
    """A script's picks are exact; the first that is not ends it."""

    def test_ids_and_numbers_are_taken(self, sitting: Sitting) -> None:
        sitting.play("split", "1", "Bob", "3", strict=True)
        assert sitting.game.play.picks == ("split", "go_on", "Bob", "inside")
        assert sitting.status == 0

    @pytest.mark.parametrize("pick", ["splti", "spl", "undo", "", "9", "anvil"])
    def test_anything_else_is_refused_with_3(self, sitting: Sitting, pick: str) -> None:
        sitting.play(pick, "1", strict=True)
        assert sitting.status == 3
        assert sitting.game.play.turns == 0

    def test_a_pick_after_the_end_is_refused(self, sitting: Sitting) -> None:
        sitting.play("5", "1", strict=True)
        assert sitting.status == 3

    def test_a_mistake_in_the_story_ends_it_with_1(self, sitting: Sitting) -> None:
        sitting.play("1", "1", "Bob", "divide", "again", strict=True)
        assert sitting.status == 1
