"""What changed, and choices that were told before, as sentences for who listens."""

from pathlib import Path

import pytest

from play.sittings import Sitting
from siberia_quest.loading.sentences import read_language
from siberia_quest.model.page import Board, Figure, Option, StatChange
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.plain_view import board_lines, sentences_of
from siberia_quest.play.speech import change_in_full, changes_in_words
from siberia_quest.play.told_lists import ToldLists

GERMAN = read_language("de", {})
WARMTH = StatChange("warmth", "Warmth", 65, 71, "fair", "warm")
LEGS = StatChange("legs", "Legs", 8, 3)
WOOD = StatChange("wood", "Wood", 4, 6)
NAILS = StatChange("nails", "Nails", 1, 9)
MOOD = StatChange("mood", "Mood", None, None, "low", "good")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([WARMTH], "Warmth rises to 71, now warm."),
        ([MOOD], "Mood: now good."),
        ([MOOD._replace(label="To her you are")], "To her you are: now good."),
        ([LEGS], "Legs fall to 3."),
        ([NAILS], "Nails rise to 9."),
        ([WOOD, NAILS, LEGS, WARMTH], "Wood rises to 6 and Nails to 9. Legs fall to 3. Warmth rises to 71, now warm."),
        ([WOOD._replace(after=4.2)], ""),
        ([], ""),
    ],
)
def test_changes_are_few_sentences_and_each_is_told_once(changes: list[StatChange], words: str) -> None:
    assert changes_in_words(SPOKEN, changes) == words


@pytest.mark.parametrize(
    ("label", "verb"),
    [
        ("Legs", "fall"),
        ("Good legs", "fall"),
        ("Fitness", "falls"),
        ("Focus", "falls"),
        ("News", "falls"),
        ("Ice", "falls"),
    ],
)
def test_a_verb_agrees_with_its_label(label: str, verb: str) -> None:
    assert changes_in_words(SPOKEN, [LEGS._replace(label=label)]) == f"{label} {verb} to 3."


def test_a_story_says_which_of_its_labels_are_many() -> None:
    language = read_language("en", {"labels_many": "Sheep *men Feet_at_the_gate", "labels_one": "Women"})
    assert changes_in_words(language, [LEGS._replace(label="Black sheep")]) == "Black sheep fall to 3."
    assert changes_in_words(language, [LEGS._replace(label="Women")]) == "Women falls to 3."
    assert changes_in_words(language, [LEGS._replace(label="Feet at the gate")]) == "Feet at the gate fall to 3."
    assert changes_in_words(language, [LEGS]) == "Legs falls to 3."


def test_german_labels_agree_too() -> None:
    wood = StatChange("holz", "Holz", 4, 6)
    assert (
        changes_in_words(GERMAN, [wood, NAILS._replace(label="Streichhölzer")])
        == "Holz steigt auf 6 und Streichhölzer auf 9."
    )
    assert changes_in_words(GERMAN, [LEGS._replace(label="Schwefelhölzer")]) == "Schwefelhölzer sinken auf 3."


def test_a_change_in_full_has_its_amount() -> None:
    assert change_in_full(SPOKEN, WARMTH) == "Warmth rises by 6, from 65 to 71, now warm."
    assert change_in_full(SPOKEN, LEGS) == "Legs fall by 5, from 8 to 3."
    assert change_in_full(SPOKEN, MOOD) == "Mood: now good."


def test_what_the_last_turn_changed_is_told_again_by_a_command(tmp_path: Path) -> None:
    told = Sitting(tmp_path).play("changes", "1", "changes")
    assert told[0] == "The last turn changed no stat that you can see."
    assert told[2] == "Strength rises by 3, from 20 to 23, now wiry.\nTemper rises by 10, from 50 to 60."


def test_the_choices_are_told_again_by_a_command(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    assert sitting.play("choices")[0].splitlines()[:2] == ["1. Split a log", "2. Split hairs"]


STANCES = tuple(Option(each.lower(), each) for each in ("Cover", "Slip", "Box", "Dig"))
TOOLS = tuple(Option(each.lower(), each) for each in ("Saw", "Axe", "Sled", "Run", "Hoist", "River", "Rest"))


def told(*lists: tuple[Option, ...], brief: bool = True) -> list[str]:
    lists_told = ToldLists(SPOKEN)
    return [lists_told.tell(each, brief=brief) for each in lists][-1]


WHOLE = ["1. Cover", "2. Slip", "3. Box", "4. Dig"]


def test_a_list_is_told_whole_the_first_time_and_then_summed_up() -> None:
    assert told(STANCES) == WHOLE
    assert told(STANCES, STANCES) == ["The same four choices."]
    assert told(STANCES, (Option("on", "Go on"),), STANCES) == ["The same four choices."]


def test_without_brief_a_list_is_told_whole_each_time() -> None:
    assert told(STANCES, STANCES, brief=False) == WHOLE


def test_what_is_new_or_was_told_otherwise_is_told() -> None:
    assert told(TOOLS, (*TOOLS, Option("swim", "Swim", hint="It is cold."))) == [
        "The same seven choices, and:",
        "8. Swim (It is cold)",
    ]
    locked = (*TOOLS[:6], TOOLS[6]._replace(enabled=False, reason="There is no wood."))
    assert told(TOOLS, locked) == ["The same six choices, and:", "7. Rest (locked: There is no wood)"]


def test_what_is_gone_is_told() -> None:
    assert told(TOOLS, TOOLS[:6]) == ["Not now: Rest.", "The same six choices."]


def test_a_short_list_in_which_something_is_otherwise_is_told_whole() -> None:
    assert told(STANCES, (*STANCES, Option("swarm", "Swarm"))) == [*WHOLE, "5. Swarm"]
    assert told(STANCES, STANCES[:3]) == WHOLE[:3]


def test_a_list_in_which_most_numbers_moved_is_told_whole() -> None:
    assert told(STANCES, STANCES[1:]) == ["1. Slip", "2. Box", "3. Dig"]


def test_two_lists_that_share_few_choices_are_different_lists() -> None:
    other = (STANCES[0], *(Option(f"way_{number}", f"Way {number}") for number in range(3)))
    assert told(STANCES, other) == ["1. Cover", "2. Way 0", "3. Way 1", "4. Way 2"]


def test_a_hint_is_told_once() -> None:
    swim = Option("swim", "Swim", hint="It is cold.")
    dive = Option("dive", "Dive")
    assert told((swim, dive)) == ["1. Swim (It is cold)", "2. Dive"]
    assert told((swim, dive), (swim, dive)) == ["1. Swim", "2. Dive"]
    assert told((swim, dive), (swim, dive), brief=False) == ["1. Swim (It is cold)", "2. Dive"]
    assert told((swim, dive), (swim._replace(hint="It is warm."), dive)) == ["1. Swim (It is warm)", "2. Dive"]


RING = Board(
    "ring", "Round 1 of 15", (Figure("", "hall", "silent"),),
    (Figure("", "", "You"), Figure("", "legs", "good"), Figure("", "falls", "0")), (Figure("", "", "Ada"), Figure("", "legs", "good")),
    (Figure("", "", "", items=("Right heel out.", "Air.")),),
)  # fmt: skip


def test_a_panel_says_all_it_has_once_and_then_what_is_new() -> None:
    assert board_lines(SPOKEN, RING) == [
        "Round 1 of 15. Hall: silent.", "You. Legs: good. Falls: 0.", "Ada. Legs: good.", "Right heel out. Air.",
    ]  # fmt: skip
    known = frozenset(sentences_of(SPOKEN, RING))
    assert board_lines(SPOKEN, RING._replace(title="Round 2 of 15"), known) == []
    hurt = RING._replace(left=(*RING.left[:1], Figure("", "legs", "heavy"), RING.left[2]))
    assert board_lines(SPOKEN, hurt, known) == ["Round 1 of 15.", "You. Legs: heavy."]
    learned = RING._replace(below=(Figure("", "", "", items=("Elbows in.", "Right heel out.", "Air.")),))
    assert board_lines(SPOKEN, learned, known) == ["Round 1 of 15.", "Elbows in."]


LETTERED = tuple(each._replace(words=(each.text[1],)) for each in TOOLS)


def test_a_letter_is_told_with_its_number_and_stays_where_the_number_moves() -> None:
    assert told(LETTERED)[:2] == ["1 a. Saw", "2 x. Axe"]
    assert told(LETTERED, LETTERED) == ["The same seven choices."]
    assert told(LETTERED, LETTERED[1:]) == [
        "Not now: Saw.",
        "The same six choices by their letters; their numbers moved.",
    ]
    swim = Option("swim", "Swim", words=("w",))
    assert told(LETTERED, (swim, *LETTERED)) == ["The same seven choices by their letters, and:", "1 w. Swim"]
    assert told(LETTERED, (*LETTERED, swim)) == ["The same seven choices, and:", "8 w. Swim"]
