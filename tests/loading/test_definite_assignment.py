"""A local name is read only where every way has given it a value; everything else is told when the story is read."""

from pathlib import Path

import pytest

from siberia_quest import load_story

HEAD = "story: The lock-keeper\nkinds: {boat: [punt, barge]}\nvariables: {level: 2}\npassages:\n  lock:\n    steps:\n"


def told(folder: Path, steps: str) -> list[tuple[str, int]]:
    """Return the code and the line, within the steps, of each problem."""
    text = HEAD + "".join(f"      {line}\n" for line in steps.strip().splitlines()) + "    end: true\n"
    (folder / "lock.yaml").write_text(text, "utf-8")
    return [(each.code, each.span.line - 6) for each in load_story(folder / "lock.yaml").diagnostics]


MAY_BE_UNSET = {
    "in a branch that may not be taken": "- {if: level > 3, let: rise = 1}\n- '{rise}'",
    "in one branch of two": "- if: level > 3\n  then: {let: rise = 1}\n  else: Low.\n- 'x {rise}'",
    "behind one choice of two": "- choices:\n  - {text: Open, let: rise = 1}\n  - text: Wait\n- '{rise}'",
    "behind a list that can close": "- choices:\n  - {text: Open, once: true, let: rise = 1}\n- '{rise}'",
    "in a case": "- match: level\n  cases:\n    2: {let: rise = 1}\n- '{rise}'",
    "where bad luck strikes": "- check: {odds: 50}\n  success: {let: rise = 1}\n  failure: Ah.\n- '{rise}'",
    "told once": "- once:\n  - {let: rise = 1}\n- '{rise}'",
    "when a goto leads past it": "- {if: level > 3, goto: gate}\n- let: rise = 1\n- label: gate\n- '{rise}'",
    "when a goto comes back from below": (
        "- {if: level > 3, goto: gate}\n- let: rise = 1\n- label: again\n- 'x {rise}'\n- label: gate\n- {if: level > 1, goto: again}"
    ),
    "in an effect that adds": "- {if: level > 3, let: rise = 1}\n- do: rise += 1",
    "in a condition of a choice": "- {if: level > 3, let: rise = 1}\n- choices:\n  - {text: Go, if: rise > 1}\n  - text: Stay",
    "when a choice for each member was not picked": "- choices:\n  - {for: boat, text: '{boat}'}\n  - text: Rest\n- '{boat}'",
}


@pytest.mark.parametrize("steps", MAY_BE_UNSET.values(), ids=MAY_BE_UNSET.keys())
def test_a_local_name_that_may_have_no_value_is_told(steps: str, tmp_path: Path) -> None:
    assert [code for code, _ in told(tmp_path, steps)] == ["SQ219"]


SURELY_SET = {
    "in both branches": "- if: level > 3\n  then: {let: rise = 1}\n  else: {let: rise = 2}\n- '{rise}'",
    "behind every choice": "- choices:\n  - {text: Open, let: rise = 1}\n  - {text: Wait, let: rise = 2}\n- '{rise}'",
    "where the other branch goes elsewhere": "- if: level > 3\n  then: {let: rise = 1}\n  else: {end: true}\n- '{rise}'",
    "in every band": "- match: level\n  bands:\n    0: {let: rise = 1}\n    9: {let: rise = 2}\n- '{rise}'",
    "above a list that comes back": "- let: rise = 1\n- choices:\n  - {text: 'More', again: true, do: rise += 1}\n  - text: Go\n- '{rise}'",
    "in the loop itself": "- for: boat\n  then: '{boat}'",
    "before the goto": "- {let: rise = 1, goto: gate}\n- label: gate\n- '{rise}'",
    "by an effect": "- {if: level > 3, let: rise = 1}\n- do: rise = 2\n- '{rise}'",
}


@pytest.mark.parametrize("steps", SURELY_SET.values(), ids=SURELY_SET.keys())
def test_a_local_name_that_every_way_gives_a_value_is_fine(steps: str, tmp_path: Path) -> None:
    assert told(tmp_path, steps) == []


def test_each_name_is_told_once_where_it_is_read_first(tmp_path: Path) -> None:
    assert told(tmp_path, "- {if: level > 3, let: rise = 1}\n- '{rise}'\n- '{rise}'") == [("SQ219", 2)]


def test_a_label_inside_for_is_told_and_nothing_that_follows_of_it(tmp_path: Path) -> None:
    steps = "- {if: level > 3, goto: each}\n- for: boat\n  then:\n  - label: each\n  - '{boat}'"
    assert told(tmp_path, steps) == [("SQ508", 4)]
