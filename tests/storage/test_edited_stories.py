"""A game goes on in an edited story at the very step where it stood, with the options of now; or it is asked about, never guessed."""

from pathlib import Path

import pytest

from siberia_quest import NotOnOffer, advance, load_story
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import to_plain
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import OpenedSave, Saves
from siberia_quest.tools.checking.old_saves import save_problems

QUAY = """
story: The quay
id: quay
kinds:
  tide: {low: low water, high: high water}
settings:
  coat: {ask: Which coat?, one_of: {thin: Thin, thick: Thick}, start: thick}
variables:
  name: {text: Nobody, max: 20}
  boat: {text: None, max: 20}
  coins: 0
  last: {one_of: tide, start: low, keep: true}
  seen: {set_of: tide, keep: true}
passages:
  steps:
    - You come down the steps.
    - pause: true
    - The quay is wet.
    - pause: true
    - The water is black.
    - ask: {into: name, prompt: Your name?, default: Ann}
    - ask: {into: boat, prompt: Your boat?, default: Tern}
    - goto: pier
  pier:
    - label: again
    - Three bollards and {coins} coins.
    - choices:
        - text: Sit down
          id: sit
          do: coins += 1
          goto: again
        - text: Call the ferryman
          id: ferry
          then: [call: wait, A bell., goto: again]
        - text: Walk back
          id: back
          do: last = high, seen += high
          goto: town
    - goto: sea
  wait:
    - Nothing moves.
    - pause: true
  sea: {text: You fall in., end: true}
  town: {text: You go home., end: true}
"""
MANY = ("go_on", "go_on", "Eve", "Gull")


def read(folder: Path, *changes: tuple[str, str]) -> Story:
    text = QUAY
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (folder / "quay.yaml").write_text(text, "utf-8")
    loaded = load_story(folder / "quay.yaml")
    assert loaded.story, loaded.diagnostics
    return loaded.story


def saved(folder: Path, *picks: str) -> Playthrough:
    play = Playthrough.start(read(folder), 1, {"coat": "thin"})
    for pick in picks:
        play.pick(pick)
    assert Saves(play.story, folder).autosave(play.make_save()) is None
    return play


def opened(folder: Path, *changes: tuple[str, str]) -> tuple[Story, OpenedSave]:
    story = read(folder, *changes)
    return story, Saves(story, folder).load("autosave")


def going_on(folder: Path, *changes: tuple[str, str]) -> Playthrough:
    """The game that was saved, opened without a question in an edited story."""
    story, found = opened(folder, *changes)
    assert (found.ask, found.refusal) == ((), None)
    assert found.game
    return Playthrough.restore(story, found.game)


def asked(folder: Path, *changes: tuple[str, str]) -> str:
    _, found = opened(folder, *changes)
    return SPOKEN.tell(found.ask or (found.refusal.message if found.refusal else ()))


# --- options ----------------------------------------------------------------------------------------------------------


def test_a_choice_that_was_removed_is_not_shown_and_is_refused(tmp_path: Path) -> None:
    saved(tmp_path, *MANY)
    play = going_on(
        tmp_path, ("        - text: Sit down\n          id: sit\n          do: coins += 1\n          goto: again\n", "")
    )
    assert [each.id for each in play.page.options] == ["ferry", "back"]
    assert play.page.paragraphs == ("Three bollards and 0 coins.",)
    with pytest.raises(NotOnOffer, match="There is no choice `sit` here"):
        play.pick("sit")


def test_an_offer_that_the_story_does_not_know_is_refused_and_is_no_page_turn(tmp_path: Path) -> None:
    play = saved(tmp_path, *MANY)
    state = play.state._replace(offer=("sit", "swim"))
    with pytest.raises(NotOnOffer, match="There is no choice `swim` here"):
        advance(play.story, state, "swim")


def test_a_choice_that_is_closed_now_is_refused(tmp_path: Path) -> None:
    before = saved(tmp_path, *MANY)
    story = read(
        tmp_path,
        ("id: sit", "id: sit\n          if: coins > 3"),
        ("id: ferry", "id: ferry\n          needs: coins > 3"),
    )
    state = from_plain(story, to_plain(before.story, before.state)).state
    assert state
    assert state.offer == ("-ferry", "back")
    for pick in ("sit", "ferry"):
        with pytest.raises(NotOnOffer):
            advance(story, state, pick)


def test_a_choice_that_is_new_is_shown_and_leads_where_it_says(tmp_path: Path) -> None:
    saved(tmp_path, *MANY)
    play = going_on(
        tmp_path,
        ("        - text: Walk back", "        - {text: Dive, id: dive, goto: sea}\n        - text: Walk back"),
    )
    assert [each.id for each in play.page.options] == ["sit", "ferry", "dive", "back"]
    assert play.pick("dive").paragraphs == ("You fall in.",)


def test_choices_that_changed_their_ids_have_the_words_of_their_branches(tmp_path: Path) -> None:
    saved(tmp_path, *MANY)
    play = going_on(tmp_path, ("id: sit", "id: other"), ("id: back", "id: sit"), ("id: other", "id: back"))
    assert [(each.id, each.text) for each in play.page.options][2] == ("sit", "Walk back")
    assert play.pick("sit").paragraphs == ("You go home.",)


def test_a_list_in_which_nothing_is_open_any_more_is_asked_about(tmp_path: Path) -> None:
    saved(tmp_path, *MANY)
    closed = [(f"id: {each}", f"id: {each}\n          if: coins > 8") for each in ("sit", "ferry", "back")]
    assert "nothing of what was on offer" in asked(tmp_path, *closed)


# --- steps ------------------------------------------------------------------------------------------------------------


def test_a_pause_put_in_above_does_not_tell_again_what_was_told(tmp_path: Path) -> None:
    saved(tmp_path)
    play = going_on(tmp_path, ("    - You come", "    - Fog.\n    - pause: true\n    - You come"))
    assert play.pick("go_on").paragraphs == ("The quay is wet.",)


def test_a_pause_taken_out_above_skips_nothing(tmp_path: Path) -> None:
    saved(tmp_path, "go_on")
    gone = ("    - You come down the steps.\n    - pause: true\n", "    - You come down the steps.\n")
    play = going_on(tmp_path, gone)
    assert play.pick("go_on").paragraphs == ("The water is black.",)


def test_a_pause_that_is_gone_is_asked_about_though_another_is_there(tmp_path: Path) -> None:
    saved(tmp_path, "go_on")
    assert "not in the story any more" in asked(
        tmp_path, ("    - pause: true\n    - The water is black.\n", "    - The water is black.\n")
    )


def test_pauses_between_the_same_steps_are_asked_about(tmp_path: Path) -> None:
    twins = (
        "    - You come down the steps.\n    - pause: true\n",
        "    - Fog.\n    - pause: true\n" * 3 + "    - You come.\n",
    )
    play = Playthrough.start(read(tmp_path, twins), 1)
    play.pick("go_on")
    Saves(play.story, tmp_path).autosave(play.make_save())
    fewer = (
        "    - You come down the steps.\n    - pause: true\n",
        "    - Fog.\n    - pause: true\n" * 2 + "    - You come.\n",
    )
    assert asked(tmp_path, fewer)
    assert not asked(tmp_path, twins)


def test_an_answer_never_goes_into_another_question(tmp_path: Path) -> None:
    saved(tmp_path, "go_on", "go_on")
    assert asked(tmp_path, ("    - ask: {into: name, prompt: Your name?, default: Ann}\n", ""))
    play = going_on(tmp_path, ("    - ask: {into: boat, prompt: Your boat?, default: Tern}\n", ""))
    play.pick("Eve")
    assert (play.state.value("name"), play.state.value("boat")) == ("Eve", "None")


@pytest.mark.parametrize(
    "put_in", ["call: sea", "pause: true", "ask: {into: name, prompt: Who?, default: X}", "do: coins += 5"]
)
def test_what_is_put_in_above_a_call_is_not_done_twice(put_in: str, tmp_path: Path) -> None:
    saved(tmp_path, *MANY, "ferry")
    play = going_on(
        tmp_path,
        ("then: [call: wait, A bell., goto: again]", f"then: [{{{put_in}}}, Ho., call: wait, A bell., goto: again]"),
    )
    assert play.pick("go_on").paragraphs == ("A bell.", "Three bollards and 0 coins.")


def test_a_question_is_found_wherever_it_was_moved(tmp_path: Path) -> None:
    saved(tmp_path, "go_on", "go_on")
    line = "    - ask: {into: name, prompt: Your name?, default: Ann}\n"
    play = going_on(
        tmp_path,
        (line, ""),
        ("    - label: again\n", f"    - if: coins < 1\n      then:\n    {line}    - label: again\n"),
        (
            "- ask: {into: boat, prompt: Your boat?, default: Tern}\n    - goto: pier\n  pier:\n",
            "- ask: {into: boat, prompt: Your boat?, default: Tern}\n",
        ),
        ("  wait:\n", "  pier: {text: Nothing., end: true}\n  wait:\n"),
    )
    assert play.page.ask
    assert play.pick("Eve").paragraphs == ("Three bollards and 0 coins.",)


def test_a_value_that_is_worked_out_above_now_and_was_not_then_is_asked_about(tmp_path: Path) -> None:
    saved(tmp_path, *MANY)
    above = ("    - label: again\n", "    - label: again\n    - let: tide_now = last\n")
    assert "`tide_now`" in asked(
        tmp_path, above, ("- Three bollards and {coins} coins.", '- "{coins} coins at {tide_now}."')
    )


def test_a_word_that_was_mended_beside_a_pause_asks_nothing(tmp_path: Path) -> None:
    saved(tmp_path)
    assert going_on(tmp_path, ("You come down", "You came down")).pick("go_on").paragraphs == ("The quay is wet.",)


# --- names and values -------------------------------------------------------------------------------------------------


def test_whatever_was_renamed_is_followed(tmp_path: Path) -> None:
    saved(tmp_path, *MANY, "sit", "sit")
    names = {
        "pier": "jetty",
        "ferry": "ferryman",
        "sit": "rest",
        "again": "anew",
        "coins": "pennies",
        "high": "flood",
        "thin": "light",
    }
    renames = ", ".join(f"{old}: {new}" for old, new in names.items())
    story = read(tmp_path)
    text = QUAY.replace("id: quay", f"id: quay\nrenames: {{{renames}}}", 1)
    for old, new in names.items():
        text = text.replace(f"{old}:", f"{new}:").replace(f" {old}\n", f" {new}\n").replace(f" {old} ", f" {new} ")
        text = text.replace(f" {old}]", f" {new}]").replace(f"{{{old}}}", f"{{{new}}}").replace(f" {old},", f" {new},")
    text = text.replace(
        f"renames: {{{', '.join(f'{new}: {new}' for new in names.values())}}}", f"renames: {{{renames}}}"
    )
    (tmp_path / "quay.yaml").write_text(text, "utf-8")
    edited = load_story(tmp_path / "quay.yaml").story
    assert edited, load_story(tmp_path / "quay.yaml").diagnostics
    found = Saves(edited, tmp_path).load("autosave")
    assert (found.ask, found.changes) == ((), ())
    assert found.game
    play = Playthrough.restore(edited, found.game)
    assert [each.id for each in play.page.options] == ["rest", "ferryman", "back"]
    assert (play.state.value("pennies"), play.state.value("coat")) == (2, "light")
    assert play.pick("rest").paragraphs == ("Three bollards and 3 coins.",)
    assert play.undo(7) is not None
    assert story.id == edited.id


@pytest.mark.parametrize("told", ["", "renames: {high: flood}", "renames: {tide.high: tide.flood}"])
def test_what_is_kept_for_other_games_goes_through_the_same_door(told: str, tmp_path: Path) -> None:
    play = saved(tmp_path, *MANY)
    before = play.state
    play.pick("back")
    profiles = Profiles(tmp_path)
    assert profiles.remember(play.story, before, play.state) is None
    story = read(
        tmp_path,
        ("high: high water", "flood: flood"),
        ("last = high, seen += high", "last = flood"),
        ("id: quay\n", f"id: quay\n{told}\n"),
    )
    kept = profiles.read().find_kept(story)
    again = Playthrough.start(story, 1, kept=kept)
    assert again.state.value("last") == ("flood" if told else "low")
    assert again.state.value("seen") == (("flood",) if told else ())
    raw = Playthrough.start(story, 1, kept={"last": "high", "seen": ("high", "low"), "coins": 3, "name": 7})
    assert (raw.state.value("last"), raw.state.value("seen"), raw.state.value("coins")) == ("low", ("low",), 0)


def test_authors_are_told_what_each_save_would_meet(tmp_path: Path) -> None:
    saved(tmp_path, *MANY)
    story = read(
        tmp_path,
        ("id: ferry", "id: row"),
        ("  coins: 0\n", "  coins: 0\n  rope: 7\n"),
        ("  boat: {text: None, max: 20}", "  boat: {text: N, max: 2}"),
        ("default: Tern", "default: Te"),
    )
    count, found = save_problems(story, tmp_path, SPOKEN)
    assert count == 1
    assert {each.code for each in found} == {"SQ715"}
    said = " / ".join(each.message for each in found)
    for each in (
        "`boat` was Gull and is Gu now",
        "`rope` is new",
        "the choice `ferry` is not there now",
        "the choice `row` is new",
    ):
        assert each in said
    _, gone = save_problems(read(tmp_path, ("  pier:\n", "  mole:\n"), ("goto: pier", "goto: mole")), tmp_path, SPOKEN)
    assert [each.code for each in gone] == ["SQ714"]
    assert "Go back" in gone[0].message


def test_a_value_that_a_passage_holds_follows_its_member(tmp_path: Path) -> None:
    above = (
        "    - label: again\n    - Three bollards and {coins} coins.\n",
        '    - let: then = last if coins < 1 else high\n    - label: again\n    - "{then}."\n',
    )
    play = Playthrough.start(read(tmp_path, above), 1)
    for pick in MANY:
        play.pick(pick)
    Saves(play.story, tmp_path).autosave(play.make_save())
    ebb = [("low: low water", "ebb: the ebb"), ("start: low", "start: ebb")]
    assert "`then`" in asked(tmp_path, above, *ebb)
    again = going_on(tmp_path, above, *ebb, ("id: quay\n", "id: quay\nrenames: {low: ebb}\n"))
    assert again.pick("sit").paragraphs == ("the ebb.",)
