"""Texts: spaces at the edges of branches, glue, braces within `plural`; and what reads like something else than prose."""

from pathlib import Path

import pytest

from siberia_quest import begin, load_story

HEAD = "story: The weir\nvariables: {high: true, low: false, n: 3, one: 1}\nphrases: {gone: ''}\npassages:\n  weir:\n"


def text_of(folder: Path, text: str) -> str:
    """Return what a text comes out as."""
    (folder / "weir.yaml").write_text(f"{HEAD}    text: |\n      {text}\n    end: true\n", "utf-8")
    loaded = load_story(folder / "weir.yaml")
    assert loaded.story, loaded.diagnostics
    return " ".join(begin(loaded.story, seed=1).page.paragraphs)


TOLD = {
    "a space of its own before": ("He waits{if high then  again}.", "He waits again."),
    "a space of its own behind": ("He {if high then slowly }waits.", "He slowly waits."),
    "a space of its own before a bar": ("He {if high then slowly  | never }waits.", "He slowly waits."),
    "only the spaces that set off": ("Wind{if high then y | less}.", "Windy."),
    "padded braces": ("Wind{ if high then y }!", "Windy!"),
    "alternatives": ("Drip{cycle |  drop | }.", "Drip drop."),
    "nothing before a full stop": ("He nods {if low then slowly}.", "He nods."),
    "something before a full stop": ("He nods {if high then slowly}.", "He nods slowly."),
    "nothing behind a quote": ("“{if low then Well.} Where?”", "“Where?”"),
    "something behind a quote": ("“{if high then Well.} Where?”", "“Well. Where?”"),
    "nothing before a comma": ("So {once | }, then.", "So, then."),
    "nothing in brackets": ("It rose ({if low then much} by night).", "It rose (by night)."),
    "a space before a sign that the author set": ("He nods .", "He nods ."),
    "lines within braces": ("Wind{if high then\n        y}.", "Windy."),
    "glue within": ("Half<>way there", "Halfway there"),
    "glue with a space": ("Half <> way there", "Half way there"),
    "glue as a sign": ("It says \\<>.", "It says <>."),
    "plural of many": ("{plural(n, 'One eel', '{words(n)} eels')} left.", "three eels left."),
    "plural of one": ("{plural(one, 'The last eel', '{words(n)} eels')} left.", "The last eel left."),
    "plural with a branch": ("{plural(n, 'eel', '{if high then fat | thin} eels')}", "fat eels"),
}


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD.keys())
def test_a_text_comes_out_as_it_was_meant(text: str, told: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, text) == told


def codes(folder: Path, text: str) -> list[tuple[str, str]]:
    (folder / "weir.yaml").write_text(f"{HEAD}    text: |\n      {text}\n    end: true\n", "utf-8")
    return [(each.code, each.fix) for each in load_story(folder / "weir.yaml").diagnostics]


ELSE = {
    "else": "It is {if high then wet else dry}.",
    "elif": "It is {if high then wet elif low then dry}.",
    "else if": "It is {if high then wet else if low then dry}.",
    "behind a comma": "It is {if high then wet, else dry | new}.",
}


@pytest.mark.parametrize("text", ELSE.values(), ids=ELSE.keys())
def test_else_within_the_words_of_a_branch_is_told_the_bar(text: str, tmp_path: Path) -> None:
    assert [code for code, _ in codes(tmp_path, text)] == ["SQ314"]


@pytest.mark.parametrize("words", ["Nobody else came", "Who else came", "or else", "he fell. Else, fine"])
def test_else_as_a_word_like_others_is_left_alone(words: str, tmp_path: Path) -> None:
    assert codes(tmp_path, f"{{if high then {words} | x}}.") == []


FOREIGN = {
    "a link": ("[[Swim->river]]", "choices"),
    "a link without an arrow": ("See [[the river]].", "choices"),
    "a divert": ("You swim.\n      -> river", "goto"),
    "a divert behind words": ("You swim. -> river", "goto"),
    "a macro": ("<<if $high>>Wet.<<endif>>", "if"),
    "a macro that sets": ("<<set $n to 3>>", "do"),
    "a link macro": ("<<link 'A'>>", "goto"),
    "a hook": ("(set: $n to 3)", "do"),
    "a command": ("x\n      *choice\n        #Swim", "choices"),
    "a command that goes": ("x\n      *goto river", "goto"),
    "a choice of ink": ("x\n      * [Swim] You swim.", "choices"),
    "a knot": ("x\n      === river ===", "passages"),
    "a dollar": ("You have ${n}.", "braces"),
}


@pytest.mark.parametrize(("text", "cure"), FOREIGN.values(), ids=FOREIGN.keys())
def test_a_sign_of_another_system_in_prose_is_told(text: str, cure: str, tmp_path: Path) -> None:
    ((code, fix),) = codes(tmp_path, text)
    assert (code, cure in fix) == ("SQ315", True)


@pytest.mark.parametrize(
    "text", ["*Softly* it rains.", "A -> B, he wrote.", "(if only)", "2 < 3 and 5 > 4", "It cost $5."]
)
def test_prose_with_such_signs_is_left_alone(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == []


KEYS = {
    "choices": "Rain.\n      choices:\n        - text: Swim", "goto": "Rain.\n      goto: river", "a choice": "Rain.\n      - text: Swim",
    "do": "Rain.\n      do: n += 1", "end": "Rain.\n      end: true", "topics": "Rain.\n      topics:",
}  # fmt: skip


@pytest.mark.parametrize("text", KEYS.values(), ids=KEYS.keys())
def test_keys_that_are_indented_like_the_text_are_told(text: str, tmp_path: Path) -> None:
    assert [code for code, _ in codes(tmp_path, text)] == ["SQ226"]


@pytest.mark.parametrize(
    "text", ["Rain.\n      Then: he fell.", "Rain.\n      do: re mi fa", "Rain.\n      the end: of it"]
)
def test_prose_with_a_colon_under_a_bar_is_left_alone(text: str, tmp_path: Path) -> None:
    assert codes(tmp_path, text) == []


BARE = {
    "a goto": ("goto weir", "write `goto: weir`, without quotes"), "a label": ("label again", "write `label: again`, without quotes"),
    "a call": ("call hurt(12)", "write `call: hurt(12)`, without quotes"), "an effect": ("n += 1", "write `do: n += 1`, without quotes"),
    "an effect with its key": ("do n += 1", "write `do: n += 1`, without quotes"),
    "a value": ("n = 4", "write `do: n = 4`, without quotes"),
}  # fmt: skip


@pytest.mark.parametrize(("step", "cure"), BARE.values(), ids=BARE.keys())
@pytest.mark.parametrize("where", ["- {}", "- {{if: high, then: {}}}"])
def test_a_step_without_its_colon_is_no_prose(step: str, cure: str, where: str, tmp_path: Path) -> None:
    (tmp_path / "weir.yaml").write_text(f"{HEAD}    steps:\n      {where.format(step)}\n    end: true\n", "utf-8")
    (found,) = load_story(tmp_path / "weir.yaml").diagnostics
    assert (found.code, found.fix) == ("SQ137", cure)


@pytest.mark.parametrize("line", ["leave him", "call me", "So n = 4, he wrote.", "the end"])
def test_prose_that_begins_with_such_a_word_is_left_alone(line: str, tmp_path: Path) -> None:
    assert codes(tmp_path, line) == []


YAML_SIGNS = {
    "a command": ("- *choice", "choices"), "a command with a name": ("- *goto weir", "goto"), "a link": ("- [[Swim->river]]", "choices"),
    "a hook": ("- (set: $n to 3)", "do"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "cure"), YAML_SIGNS.values(), ids=YAML_SIGNS.keys())
def test_a_sign_of_another_system_that_yaml_stumbles_over_has_its_own_cure(
    line: str, cure: str, tmp_path: Path
) -> None:
    (tmp_path / "weir.yaml").write_text(f"{HEAD}    steps:\n      {line}\n    end: true\n", "utf-8")
    (found,) = load_story(tmp_path / "weir.yaml").diagnostics
    assert f"`{cure}:`" in found.fix
