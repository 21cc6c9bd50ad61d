"""Names in every script and in either of Unicode's forms; ids are unique in their list, and those that come of words never collide."""

from pathlib import Path

import pytest

from siberia_quest import advance, begin, load_story
from siberia_quest.model.steps import Choice, Choices, walk
from siberia_quest.model.story import Story


def loaded(folder: Path, text: str) -> Story:
    (folder / "story.yaml").write_text(text, "utf-8")
    story, diagnostics = load_story(folder)[:2]
    assert story, diagnostics
    return story


NAMES = {
    "Devanagari": ("नदी", "हवा_चली"), "Thai": ("แม่น้ำ", "ลม"), "Arabic with marks": ("نَهْر", "رِيح"), "Vietnamese": ("dòng_sông", "gió"),
    "Tamil": ("ஆறு", "காற்று"), "Hebrew with points": ("נָהָר", "רוּחַ"), "two signs for one": ("rivie\u0300re", "ve\u0301nt"),
}  # fmt: skip


@pytest.mark.parametrize(("place", "number"), NAMES.values(), ids=NAMES.keys())
def test_a_name_of_any_script_works_in_all_its_places(place: str, number: str, tmp_path: Path) -> None:
    story = loaded(
        tmp_path,
        f"story: A river\nvariables: {{{number}: 1}}\nformulas: {{'f_{place}(n)': n + {number}}}\npassages:\n  {place}:\n    steps:\n"
        f"      - let: l_{number} = {number} * 2\n      - do: {number} += l_{number}\n"
        f"      - 'It is {{f_{place}({number})}} {{visits({place})}}.'\n      - choices:\n"
        f"        - {{text: Go, id: c_{place}, goto: sea}}\n  sea: {{text: 'Seen: {{seen({place}.c_{place})}}', end: true}}\n",
    )
    turn = begin(story, seed=1)
    assert turn.page.paragraphs == ("It is 6 1.",)
    assert advance(story, turn.state, turn.page.options[0].id).page.paragraphs == ("Seen: yes",)


def test_a_name_in_two_forms_is_one_name(tmp_path: Path) -> None:
    (tmp_path / "sce\u0300ne.yaml").write_text("scene: S\npassages:\n  bar: {text: Bar., end: true}\n", "utf-8")
    text = "story: A\npassages:\n  quay: {goto: cafe\u0301}\n  caf\u00e9: {text: In., goto: sc\u00e8ne.bar}\n"
    assert begin(loaded(tmp_path, text), seed=1).page.paragraphs == (
        "In.",
        "Bar.",
    )


def ids(story: Story) -> list[list[str]]:
    """Return the ids of each list of choices."""
    lists = [step for passage in story.passages.values() for step in walk(passage.steps) if isinstance(step, Choices)]
    return [[item.id for item in each.items if isinstance(item, Choice)] for each in lists]


def test_choices_of_the_same_words_have_ids_of_their_own(tmp_path: Path) -> None:
    waits = "".join(f"        - {{text: Wait, do: n = {n}}}\n" for n in range(12))
    story = loaded(
        tmp_path,
        f"story: A\nvariables: {{n: 0}}\npassages:\n  quay:\n    steps:\n      - choices:\n{waits}    end: true\n",
    )
    assert ids(story) == [["wait", *(f"wait_{n}" for n in range(2, 13))]]


def test_choices_of_signs_alone_have_ids_of_their_own(tmp_path: Path) -> None:
    story = loaded(
        tmp_path,
        "story: A\npassages:\n  quay:\n    choices:\n      - {text: 👍, end: true}\n      - {text: 👎, end: true}\n",
    )
    assert ids(story) == [["choice", "choice_2"]]


def test_an_id_of_the_authors_own_is_kept_wherever_it_stands(tmp_path: Path) -> None:
    story = loaded(
        tmp_path,
        "story: A\npassages:\n  quay:\n    steps:\n      - choices: [{text: Wait}, {text: Wait 2}]\n"
        "      - choices: [{text: Sit, id: wait}, {text: Stay, id: wait_2}]\n    end: true\n",
    )
    assert ids(story) == [["wait_3", "wait_2_2"], ["wait", "wait_2"]]


def test_choices_of_the_same_words_count_apart(tmp_path: Path) -> None:
    story = loaded(
        tmp_path,
        "story: A\npassages:\n  quay:\n    steps:\n      - choices: [{text: Wait, once: true}]\n"
        "      - choices: [{text: Wait, once: true}, {text: Go}]\n"
        "      - '{visits(wait)} and {visits(wait_2)}'\n    end: true\n",
    )
    turn = begin(story, seed=1)
    for pick in ("wait", "go"):
        turn = advance(story, turn.state, pick)
    assert turn.page.paragraphs == ("1 and 0",)


def test_a_menu_can_be_used_in_two_lists_and_counts_as_one(tmp_path: Path) -> None:
    story = loaded(
        tmp_path,
        "story: A\nmenus: {camp: [{text: Rest, id: rest}]}\npassages:\n  quay:\n    steps:\n      - choices: [{use: camp}, {text: On}]\n"
        "      - choices: [{use: camp}, {text: Off}]\n      - 'Rested {visits(rest)} times.'\n    end: true\n",
    )
    turn = begin(story, seed=1)
    for pick in ("rest", "rest"):
        turn = advance(story, turn.state, pick)
    assert turn.page.paragraphs == ("Rested 2 times.",)


@pytest.mark.parametrize(
    "line",
    [
        "[{text: A, id: x}, {text: B, id: x}]",
        "[{use: camp}, {use: camp}]",
        "[{for: boat, text: A}, {for: boat, text: B}]",
    ],
)
def test_two_ids_of_the_authors_own_in_one_list_are_told(line: str, tmp_path: Path) -> None:
    head = "story: A\nkinds: {boat: [punt]}\nmenus: {camp: [{text: Rest}]}\npassages:\n  quay:\n    choices: "
    (tmp_path / "a.yaml").write_text(f"{head}{line}\n    end: true\n", "utf-8")
    assert [each.code for each in load_story(tmp_path / "a.yaml").diagnostics] == ["SQ208"]
