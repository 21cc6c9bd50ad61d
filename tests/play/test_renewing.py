"""A game goes on in another edition of its story: in its place, with its values, and with the way back."""

from pathlib import Path

import pytest

from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.playthrough import Playthrough
from storage.stories import made


@pytest.fixture
def play(tmp_path: Path) -> Playthrough:
    """A game that stands on the stairs, in its fifth turn."""
    play = Playthrough.start(made(tmp_path), 7)
    for pick in ("trim", "wait", "", "look"):
        play.pick(pick)
    return play


def test_a_sentence_that_was_edited_is_told_anew_and_all_else_stays(play: Playthrough, tmp_path: Path) -> None:
    renewed = play.move_to(made(tmp_path, ("Two hundred steps", "Three hundred steps")))
    assert renewed.play.page.paragraphs == ("Three hundred steps.",)
    assert play.page.paragraphs == ("Two hundred steps.",)
    assert renewed.play.state.values == play.state.values
    assert renewed.play.state.chance == play.state.chance
    assert renewed._replace(play=play) == (play, 0, (), False, (), None, False)


def test_a_story_that_was_not_edited_makes_the_same_game(play: Playthrough, tmp_path: Path) -> None:
    again = play.move_to(made(tmp_path)).play
    assert again.page == play.page
    assert again.history() == play.history()
    assert again.marks() == play.marks()


def test_the_way_back_and_forth_is_still_there(play: Playthrough, tmp_path: Path) -> None:
    play.undo()
    again = play.move_to(made(tmp_path, ("The lamp {cycle", "Our lamp {cycle"))).play
    assert again.page.paragraphs[-1].startswith("Our lamp")
    assert again.redo() is not None
    assert again.picks == ("trim", "wait", "", "look")
    page = again.undo(4)
    assert page is not None
    assert page.paragraphs[0].startswith("Our lamp hisses")


def test_the_first_page_is_told_anew_too(tmp_path: Path) -> None:
    play = Playthrough.start(made(tmp_path), 7)
    renewed = play.move_to(made(tmp_path, ("The lamp {cycle", "Our lamp {cycle"), ("start: 20", "start: 30")))
    assert renewed.play.page.paragraphs == ("Our lamp hisses. 30",)
    assert renewed.changed == ("oil",)


def test_an_earlier_effect_that_was_edited_changes_nothing_of_what_was_done(play: Playthrough, tmp_path: Path) -> None:
    renewed = play.move_to(made(tmp_path, ("nights += 1", "nights += 5"), ("start: 20", "start: 90")))
    assert renewed.play.state.value("nights") == 1
    assert renewed.play.state.value("oil") == play.state.value("oil")
    assert renewed.changed == ()


def test_what_the_last_pick_does_is_done_as_it_is_written_now(play: Playthrough, tmp_path: Path) -> None:
    edited = made(
        tmp_path, ("    text: Two hundred steps.", "    do: nights += 10\n    text: Night {nights} on the stairs.")
    )
    renewed = play.move_to(edited)
    assert renewed.play.page.paragraphs == ("Night 11 on the stairs.",)
    assert renewed.play.state.value("nights") == 11
    assert renewed.changed == ("nights",)
    renewed.play.undo()
    assert renewed.play.state.value("nights") == 1


def test_a_last_pick_that_leads_elsewhere_leaves_the_game_in_its_place(play: Playthrough, tmp_path: Path) -> None:
    renewed = play.move_to(made(tmp_path, ("goto: stairs", "goto: tower"), ("Go up", "Climb")))
    assert renewed.is_stale
    assert renewed.play.state.frames[-1].passage == "lamp.stairs"
    assert renewed.play.page.paragraphs == ("Two hundred steps.",)
    assert [option.text for option in renewed.play.page.options] == ["Climb"]


def test_a_last_pick_that_is_gone_leaves_the_game_in_its_place(play: Playthrough, tmp_path: Path) -> None:
    renewed = play.move_to(made(tmp_path, ("id: look", "id: peer"), ("Two hundred", "Three hundred")))
    assert renewed.is_stale
    assert renewed.play.state.frames[-1].passage == "lamp.stairs"
    assert renewed.play.pick("up").options


def test_a_last_pick_that_is_closed_now_leaves_the_game_in_its_place(play: Playthrough, tmp_path: Path) -> None:
    renewed = play.move_to(made(tmp_path, ("id: look", "id: look\n        if: oil > 90")))
    assert renewed.is_stale
    assert renewed.play.page.paragraphs == ("Two hundred steps.",)
    renewed.play.undo()
    assert "look" not in renewed.play.state.offer


def test_a_question_put_where_choices_were_is_asked(play: Playthrough, tmp_path: Path) -> None:
    """The place that waited is gone, but the last pick still leads to its passage."""
    choices = "    choices:\n      - text: Go up\n        id: up\n        goto: tower\n"
    asked = "    steps:\n      - ask: {into: name, prompt: Who climbs?, default: Bo}\n      - goto: tower\n"
    renewed = play.move_to(made(tmp_path, ("    text: Two hundred steps.\n", ""), (choices, asked)))
    assert renewed.play.page.ask is not None
    assert renewed.back == 0
    assert not renewed.is_stale


def test_a_passage_that_is_gone_sends_the_game_to_the_nearest_earlier_place(play: Playthrough, tmp_path: Path) -> None:
    without = made(tmp_path, ("  stairs:", "  steps_down:"), ("goto: stairs", "goto: steps_down"))
    renewed = play.move_to(without)
    assert renewed.back == 1
    assert SPOKEN.tell(renewed.gone) == "the place `lamp.stairs` is not in the story any more"
    assert renewed.play.turns == 3
    assert renewed.play.page == play.move_to(made(tmp_path)).play.back_to(3)
    assert renewed.play.undo() is not None


def test_a_renamed_passage_is_the_same_place(play: Playthrough, tmp_path: Path) -> None:
    renames = ("id: lamp\n", "id: lamp\nrenames: {stairs: steps_down}\n")
    renewed = play.move_to(
        made(tmp_path, renames, ("  stairs:", "  steps_down:"), ("goto: stairs", "goto: steps_down"))
    )
    assert (renewed.back, renewed.is_stale) == (0, False)
    assert renewed.play.state.frames[-1].passage == "lamp.steps_down"


def test_without_any_place_left_the_game_begins_anew(tmp_path: Path) -> None:
    play = Playthrough.start(made(tmp_path), 7)
    renewed = play.move_to(made(tmp_path, ("  tower:", "  light:"), ("goto: tower", "goto: light")))
    assert renewed.is_anew
    assert renewed.play.turns == 0
    assert renewed.play.state.frames[-1].passage == "lamp.light"


def test_a_mistake_that_only_play_can_tell_is_told_and_the_game_stays(play: Playthrough, tmp_path: Path) -> None:
    renewed = play.move_to(made(tmp_path, ("text: Two hundred steps.", "text: '{1 / (nights - nights)} steps.'")))
    assert renewed.problem is not None
    assert renewed.problem.code == "SQ405"
    assert renewed.play.page.paragraphs == ("Two hundred steps.",)
    assert renewed.play.page.options


def test_options_that_cannot_be_told_are_a_problem_and_no_crash(play: Playthrough, tmp_path: Path) -> None:
    renewed = play.move_to(made(tmp_path, ("        id: up", "        id: up\n        if: 1 / (nights - nights) > 2")))
    assert renewed.problem is not None
    assert renewed.play.state.frames[-1].passage == "lamp.stairs"
    assert renewed.play.page.options == ()
    mended = renewed.play.move_to(made(tmp_path))
    assert [option.id for option in mended.play.page.options] == ["up"]


def test_an_ending_stays_one(play: Playthrough, tmp_path: Path) -> None:
    play.pick("up")
    play.pick("sleep")
    renewed = play.move_to(made(tmp_path, ("{title: Dawn}", "{title: Morning}")))
    assert renewed.play.page.ending is not None
    assert renewed.play.page.ending.title == "Morning"


def test_alternatives_whose_words_were_edited_go_on_where_they_were(tmp_path: Path) -> None:
    play = Playthrough.start(made(tmp_path), 7)
    for pick in ("trim", "wait", ""):
        play.pick(pick)
    assert play.page.paragraphs[-1].startswith("The lamp sings.")
    renewed = play.move_to(made(tmp_path, ("sings", "hums"))).play
    assert renewed.page.paragraphs[-1].startswith("The lamp hums.")
    two = made(tmp_path, ("{cycle | hisses | sings}", "{cycle | hisses | hums} and {cycle | shines | flickers}"))
    assert (
        play.move_to(two).play.page.paragraphs[-1].startswith("The lamp hisses and shines.")
    )  # which of them it was nobody knows
