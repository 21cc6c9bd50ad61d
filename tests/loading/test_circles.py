"""What would come round to itself, or be given nothing, is told when the story is read; none of it reaches a player."""

from pathlib import Path

import pytest

from siberia_quest import load_story

PLAIN = "passages:\n  yard:\n    text: The yard.\n    end: true\n"
CIRCLES = {
    "a phrase in itself": ("SQ313", "phrases:\n  song(n): '{if n > 0 then la {song(n - 1)}}'\n", "`song` → `song`"),
    "phrases by way of three": (
        "SQ313",
        "phrases:\n  a: x {b}\n  b: {sequence: [y, '{cap(c)}']}\n  c: {match: 1, cases: {1: '{a}'}}\n",
        "`a` → `b` → `c` → `a`",
    ),
    "a menu in itself": ("SQ218", "menus:\n  gate: [{text: Knock}, {use: gate}]\n", "`gate` → `gate`"),
    "menus in a group": (
        "SQ218",
        "menus:\n  gate: [{if: turns > 1, choices: [{use: wall}]}]\n  wall: [{text: Climb}, {use: gate}]\n",
        "`gate` → `wall` → `gate`",
    ),
    "a menu in the list that follows its choice": (
        "SQ218",
        "menus:\n  gate: [{text: Knock, then: [{choices: [{use: gate}]}]}]\n",
        "`gate` → `gate`",
    ),
}


@pytest.mark.parametrize(("code", "section", "way"), CIRCLES.values(), ids=CIRCLES.keys())
def test_a_circle_is_told_once_with_the_way_round(code: str, section: str, way: str, tmp_path: Path) -> None:
    (tmp_path / "yard.yaml").write_text(f"story: The yard\n{section}{PLAIN}", "utf-8")
    (found,) = load_story(tmp_path / "yard.yaml").diagnostics
    assert found.code == code
    assert way in found.why


def test_phrases_and_menus_that_use_the_same_one_are_no_circle(tmp_path: Path) -> None:
    section = (
        "phrases: {a: '{c} {b}', b: '{c}', c: x}\nmenus: {m: [{use: k}], n: [{use: k}, {use: m}], k: [{text: Go}]}\n"
    )
    (tmp_path / "yard.yaml").write_text(f"story: The yard\n{section}{PLAIN}", "utf-8")
    assert load_story(tmp_path / "yard.yaml").diagnostics == ()


TAKES = "  cell:\n    params: [number]\n    text: Cell {number}.\n"
GIVEN_NOTHING = {
    "as the first passage": f"passages:\n{TAKES}    end: true\n",
    "as the start": f"start: cell\n{PLAIN}{TAKES}    end: true\n",
    "as a storylet": f"{PLAIN}{TAKES}    storylet: {{tag: night}}\n    end: true\n",
    "by leave": f"passages:\n  yard:\n    leave: cell\n{TAKES}    end: true\n",
    "by goto of its scene": f"passages:\n  yard:\n    goto: yard.cell\n{TAKES}    end: true\n",
}


@pytest.mark.parametrize("text", GIVEN_NOTHING.values(), ids=GIVEN_NOTHING.keys())
def test_a_passage_that_takes_something_is_told_where_nothing_is_given(text: str, tmp_path: Path) -> None:
    (tmp_path / "yard.yaml").write_text(f"story: The yard\n{text}", "utf-8")
    (found,) = load_story(tmp_path / "yard.yaml").diagnostics
    assert found.code in {"SQ220", "SQ305"}
