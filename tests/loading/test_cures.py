"""What a message says to an author who made one of the likely mistakes: its place and its cure."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.tools.checking import find_problems


def told(folder: Path, text: str) -> list[Diagnostic]:
    path = folder / "ferry.yaml"
    path.write_text(f"story: The ferry\n{text}", "utf-8")
    return list(find_problems(load_story(path)))


@pytest.mark.parametrize(("word", "value"), [("yes", "true"), ("no", "false"), ("on", "true"), ("off", "false")])
def test_a_variable_declared_as_yes_or_no_is_told_how_to_be_one(word: str, value: str, tmp_path: Path) -> None:
    (found,) = told(
        tmp_path,
        f"variables: {{ticket: {word}}}\npassages:\n  quay:\n    choices:\n      - {{text: Board, if: not ticket, end: true}}\n"
        "      - {text: Wait, end: true}\n",
    )
    assert (found.code, found.why) == ("SQ303", f"`ticket: {word}` declares a text")
    assert found.fix == f"for yes or no, declare it as `ticket: {value}`"


def test_any_other_text_in_a_condition_is_not_told_so(tmp_path: Path) -> None:
    (found,) = told(
        tmp_path, "variables: {name: Anna}\npassages:\n  quay:\n    choices:\n      - {text: Go, if: name, end: true}\n"
    )
    assert (found.code, found.why, found.fix) == (
        "SQ303",
        "",
        "for yes or no, declare it with `true` or `false`; to ask a text, compare it: `name != ''`",
    )


def test_choices_that_all_close_are_told_at_their_list_whatever_stands_behind_it(tmp_path: Path) -> None:
    (found,) = told(
        tmp_path,
        "variables: {late: false}\npassages:\n  quay:\n    do: late = visits(quay) > 1\n    choices:\n"
        "      - {text: Board, if: late, end: true}\n    then: You wait.\n",
    )
    assert (found.code, found.span.line) == ("SQ506", 7)


def test_two_choices_that_change_nothing_are_told_once_each(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        "passages:\n  quay:\n    choices:\n      - {text: Swim, goto: quay}\n      - {text: Shout, goto: quay}\n"
        "      - {text: Go, end: true}\n",
    )
    assert [(each.code, each.span.line) for each in found] == [("SQ614", 5), ("SQ614", 6)]


def lines_of(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return the code and the cure of each problem of a file."""
    (folder / "ferry.yaml").write_text(text, "utf-8")
    return [(each.code, each.fix) for each in load_story(folder / "ferry.yaml").diagnostics]


def test_another_word_for_the_title_or_the_passages_is_one_mistake(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "title: A ferry\npassages:\n  a: {text: Hi., end: true}\n") == [
        ("SQ205", "write `story:`")
    ]
    assert lines_of(tmp_path, "story: A ferry\npassage:\n  a: {text: Hi., end: true}\n") == [
        ("SQ205", "did you mean `passages`?")
    ]
    assert [code for code, _ in lines_of(tmp_path, "by: Anna\n")] == ["SQ215", "SQ215"]


def test_a_stat_that_starts_outside_its_range_is_told_the_range(tmp_path: Path) -> None:
    for range_, cure in (
        ("", "say its `range:`; without one it is 0 to 100"),
        (", range: [1, 9]", "start it between 1 and 9"),
    ):
        text = f"story: A\nstats:\n  hp: {{start: 200{range_}}}\npassages:\n  a: {{text: Hi., end: true}}\n"
        assert lines_of(tmp_path, text) == [("SQ402", cure)]


FERRY = (
    "variables: {coins: '3', code: 047, ticket: true, bag: {set_of: [rope, lamp]}, name: {text: Ida, max: 9}, fare: 2}\n"
    "stats: {trust: 20}\npassages:\n  quay:\n"
)


def cure(folder: Path, lines: str) -> tuple[str, str]:
    """Return the code and the cure of the one problem of a passage."""
    (found,) = told(folder, FERRY + "".join(f"    {line}\n" for line in lines.split("\n")) + "    end: true\n")
    return found.code, found.fix


CURES = {
    "a number in quotes": ("do: coins += 1\nif: coins > 2\nthen: A.", "SQ303", "for a number, declare it as `coins: 3`"),
    "zeros in front": (
        "if: code == fare\nthen: A.", "SQ303",
        "for a number, declare it as `code: 47`; to keep the zeros, ask for a text and compare it with a text",
    ),
    "one of a set with ==": ("if: bag == rope\nthen: A.", "SQ303", "ask `rope in bag`"),
    "one of a set with !=": ("if: bag != rope\nthen: A.", "SQ303", "ask `rope not in bag`"),
    "a set made one": ("do: bag = rope", "SQ303", "write `bag += rope`, or `bag = {}` to empty it"),
    "a sign turned round": ("do: trust =+ 1", "SQ301", "write `trust += …`"),
    "a minus turned round": ("do: trust =- 1", "SQ301", "write `trust -= …`"),
    "two plus signs": ("do: trust++", "SQ301", "write `trust += 1`"),
    "two minus signs": ("do: trust--", "SQ301", "write `trust -= 1`"),
    "a slash": ("do: trust /= 2", "SQ301", "write `trust = trust / …`"),
    "two questions": ("do: trust == 2", "SQ301", "write `trust = …` to set a value"),
    "to": ("do: trust to 2", "SQ301", "write `trust = …` to set a value"),
    "set": ("do: set trust = 2", "SQ301", "write `trust = …`"),
    "a dollar": ("do: $trust += 2", "SQ301", "names have no `$` here: write the name alone"),
    "is": ("if: fare is 2\nthen: A.", "SQ301", "write `==`"),
    "is not": ("if: fare is not 2\nthen: A.", "SQ301", "write `!=`"),
    "two ampersands": ("if: ticket && fare > 2\nthen: A.", "SQ301", "write `and`"),
    "two bars": ("if: ticket || fare > 2\nthen: A.", "SQ301", "write `or`"),
    "capitals": ("if: ticket AND fare > 2\nthen: A.", "SQ301", "write `and`"),
    "one equals sign": ("if: fare = 2\nthen: A.", "SQ301", "write `==`"),
    "gte": ("if: fare gte 2\nthen: A.", "SQ301", "write `>=`"),
    "a sign of print": ("if: fare ≥ 2\nthen: A.", "SQ301", "write `>=`"),
    "a question in one line": (
        "ask: Your name?", "SQ211",
        'declare `name: ""` under `variables:`, and write `ask: {into: name, prompt: Your name?}`',
    ),
    "a question without a variable": (
        "ask: {prompt: Who?}", "SQ211",
        'declare `name: ""` under `variables:`, and write `ask: {into: name, prompt: …}`',
    ),
    "a range of a text": ("ask: {into: name, prompt: Who?, range: [1, 9]}", "SQ222", "take it out"),
    "the longest number": ("ask: {into: fare, prompt: How many?, max: 9}", "SQ222", "take it out"),
    "a default that is no number": ("ask: {into: fare, prompt: How many?, default: two}", "SQ206", "write it in digits"),
    "bounds with zeros": ("ask: {into: fare, prompt: Which?, range: [1, 007]}", "SQ206", "write `7`"),
    "a picture of dots": (
        "show: {art: lamp.png, alt: A lamp}", "SQ212",
        "draw it with letters and signs in a file that ends in .txt or .art",
    ),
    "odds without their name": ("check: 60\nsuccess: A.", "SQ407", "write `check: {odds: 60}`"),
    "once: true": (
        "once: true", "SQ206",
        "write `- ` and the words under it; for a choice or a storylet, `once: true` stands beside its own keys",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "code", "fix"), CURES.values(), ids=CURES.keys())
def test_what_the_author_meant_is_said_in_one_message(lines: str, code: str, fix: str, tmp_path: Path) -> None:
    steps = lines if "if:" not in lines else "steps:\n  - " + lines.replace("\n", "\n    ")
    if "do: coins" in lines:
        steps = "steps:\n  - do: coins += 1\n  - if: coins > 2\n    then: A."
    assert cure(tmp_path, steps) == (code, fix)


@pytest.mark.parametrize(
    ("loop", "codes"),
    [
        ("for: fish, text: 'Cook {fish}', if: fish != last", []),
        ("for: fish, text: 'Cook {fish}', needs: left(fish) > 0", []),
        ("for: fish, text: 'Cook {fish}', if: open", ["SQ506"]),
        ("for: fish in net, text: 'Cook {fish}'", ["SQ506"]),
    ],
)
def test_choices_for_each_member_close_at_once_only_by_what_all_of_them_hang_on(
    loop: str, codes: list[str], tmp_path: Path
) -> None:
    body = (
        "kinds: {fish: [cod, eel]}\nvariables: {open: true, last: fish, net: {set_of: fish}, left: {per: fish, start: 2}}\n"
        f"passages:\n  quay:\n    do: last = eel, net += cod, left(cod) = 1, open = true\n    choices:\n      - {{{loop}, end: true}}\n"
    )
    found = [each.code for each in told(tmp_path, body)]
    assert [each for each in found if each == "SQ506"] == codes


def test_a_passage_of_another_scene_is_named_with_it(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text("story: A\npassages:\n  quay: {text: Dark., goto: deck}\n", "utf-8")
    (tmp_path / "boat.yaml").write_text("scene: Boat\npassages:\n  deck: {text: Off., end: true}\n", "utf-8")
    (found,) = load_story(tmp_path).diagnostics
    assert found.fix == "did you mean `boat.deck`, in another scene?"


@pytest.mark.parametrize(
    ("language", "fix"),
    [
        ("2", "write `language: 1`, or take it out"),
        ("German", "write `language: de`"),
        ("en-GB", "write `language: en`"),
        ("tlh", "write one of these: "),
    ],
)
def test_a_language_that_the_interface_does_not_speak_is_told(language: str, fix: str, tmp_path: Path) -> None:
    (found,) = told(tmp_path, f"language: {language}\npassages:\n  quay: {{text: Dark., end: true}}\n")
    assert (found.code, found.fix[: len(fix)]) == ("SQ228", fix)


def test_a_parameter_of_no_kind_is_told(tmp_path: Path) -> None:
    body = (
        "kinds: {boat: [punt]}\npassages:\n  quay: {call: row(3), end: true}\n  row: {params: {of: baot}, text: A.}\n"
    )
    (found,) = told(tmp_path, body)
    assert (found.code, found.fix) == ("SQ204", "did you mean `boat`?")


def test_a_stat_with_one_end_is_told_to_name_both(tmp_path: Path) -> None:
    (found,) = told(tmp_path, "stats: {mood: {start: 5, opposed: [Calm]}}\npassages:\n  quay: {text: A., end: true}\n")
    assert (found.code, found.fix) == ("SQ206", "write `opposed: [Calm, Fury]`")
