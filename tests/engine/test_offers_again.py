"""What is on offer keeps its words when a save is opened, and no two options share an id."""

import json
from pathlib import Path

import pytest

from siberia_quest import Story, advance, begin, load_story
from siberia_quest.engine.turns import reopen
from siberia_quest.model.page import Title
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import to_plain

OFFERS = {
    "a phrase": "phrases:\n  call: {cycle: [Ho, Hey]}\npassages:\n  yard:\n    choices: [{text: '{call}', goto: yard}]\n",
    "a capped phrase": "phrases:\n  call: {once: [ho]}\npassages:\n  yard:\n    choices: [{text: 'x{cap(call)}', goto: yard}]\n",
    "alternatives within others": (
        "passages:\n  yard:\n    choices: [{text: '{cycle|{cycle|a|b}|{sequence|c|d}}{cycle|e|{shuffle|f|g}}', goto: yard}]\n"
    ),
    "a choice for each": (
        "kinds: {dog: [rex, bo]}\npassages:\n  yard:\n    choices: [{for: dog, text: '{cycle|Call|Pat} {dog}', goto: yard}]\n"
    ),
    "a page turn": "passages:\n  yard:\n    steps: [{pause: '{cycle|On|Further}'}]\n    goto: yard\n",
    "a storylet": (
        "passages:\n  yard:\n    choices: [{deal: news}, {text: Wait}]\n    goto: yard\n"
        "  post: {title: '{cycle|A letter|A card}', storylet: {tag: news}, text: It came.}\n"
        "  crow: {title: A crow, storylet: {tag: news, needs: no, locked: '{cycle|Shy|Gone}'}, text: Caw.}\n"
    ),
}


def read(text: str, folder: Path) -> Story:
    (folder / "yard.yaml").write_text(f"story: The yard\n{text}", "utf-8")
    loaded = load_story(folder / "yard.yaml")
    assert loaded.story, loaded.diagnostics
    return loaded.story


@pytest.mark.parametrize("text", OFFERS.values(), ids=OFFERS.keys())
def test_an_offer_has_the_same_words_when_a_save_is_opened(text: str, tmp_path: Path) -> None:
    story = read(text, tmp_path)
    turn = begin(story)
    for _ in range(5):
        restored = from_plain(story, json.loads(json.dumps(to_plain(story, turn.state)))).state
        assert restored
        assert reopen(story, restored).page.options == turn.page.options
        turn = advance(story, turn.state, next(each.id for each in turn.page.options if each.enabled))
    assert turn.page.options


def test_a_storylet_is_offered_under_the_title_it_will_have(tmp_path: Path) -> None:
    story = read(OFFERS["a storylet"], tmp_path)
    turn, offered, told = begin(story), list[str](), list[str]()
    for _ in range(3):
        offered.append(turn.page.options[0].text)
        turn = advance(story, turn.state, "post")
        told += [each.text for each in turn.page.blocks if isinstance(each, Title)]
    assert offered == told == ["A letter", "A card", "A letter"]


@pytest.mark.parametrize("items", ["{text: Meet, id: post}, {deal: news}", "{deal: news}, {text: Meet, id: post}"])
def test_a_storylet_with_the_id_of_a_choice_is_not_dealt_beside_it(items: str, tmp_path: Path) -> None:
    passages = f"passages:\n  yard:\n    choices: [{items}]\n    end: true\n  post: {{storylet: {{tag: news}}, text: It came.}}\n"
    options = begin(read(passages, tmp_path)).page.options
    assert [each.id for each in options] == ["post"]


@pytest.mark.parametrize("given", ["n / 3", "n * 0.0", "percent(bread)"])
def test_what_a_call_was_given_is_the_same_in_a_save(given: str, tmp_path: Path) -> None:
    called = f"passages:\n  yard: {{steps: [{{call: well({given})}}], end: true}}\n"
    well = "  well:\n    params: [x]\n    choices: [{text: '{x * 1000000:6}'}]\n"
    story = read(f"variables: {{n: 1}}\nstats: {{bread: 1}}\n{called}{well}", tmp_path)
    turn = begin(story)
    plain = json.dumps(to_plain(story, turn.state))
    restored = from_plain(story, json.loads(plain)).state
    assert restored
    assert json.dumps(to_plain(story, restored)) == plain
    assert reopen(story, restored).page.options == turn.page.options
