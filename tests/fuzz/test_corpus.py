"""What fuzzing kept goes through its doors without a promise broken; `make fuzz` looks for more."""

import ast
import re

import pytest

from fuzz.corpus import kept
from fuzz.dictionary import as_file, words
from fuzz.doors import TARGETS
from fuzz.trees import mutate_json, mutate_packed
from siberia_quest.lang import texts
from siberia_quest.model.functions import FUNCTIONS
from siberia_quest.model.language_keys import SHAPES
from stories.playing import place_of


def failures(name: str, inputs: list[bytes]) -> dict[str, bytes]:
    """An input for each way in which a target failed."""
    found: dict[str, bytes] = {}
    for each in inputs:
        try:
            TARGETS[name].door(each)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            found.setdefault(f"{place_of(error)}: {error}"[:500], each)
    return found


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_kept_goes_through_its_door(name: str) -> None:
    inputs = [*kept(name), *[*TARGETS[name].seeds()][:40]]
    assert failures(name, inputs) == {}


def test_a_fault_that_is_planted_is_found_among_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    read = texts.read_text

    def failing(*given: object) -> object:
        if "\\" in str(given[0]):
            raise IndexError("planted")
        return read(*given)  # type: ignore[arg-type]  # given on as they came

    from siberia_quest.loading import reading_context  # noqa: PLC0415

    monkeypatch.setattr(reading_context, "read_text", failing)
    assert any("planted" in each for each in failures("texts", kept("texts")))


def test_the_dictionary_has_every_word_that_the_language_declares() -> None:
    there = set(words())
    assert {f"{key.name}:" for shape in SHAPES.values() for key in shape} <= there
    assert {f"{name}(" for name in FUNCTIONS} <= there
    lines = as_file().splitlines()
    assert all(re.fullmatch(r'"(\\x[0-9a-f]{2})+"', line) for line in lines)
    assert ast.literal_eval(f"b{lines[0]}").decode() in there


@pytest.mark.parametrize(("name", "mutate"), [("saves", mutate_json), ("cache", mutate_packed)])
def test_a_tree_is_changed_into_many_others(name: str, mutate: object) -> None:
    first = next(TARGETS[name].seeds())
    assert callable(mutate)
    made = {mutate(first, TARGETS[name].longest, seed) for seed in range(40)}
    assert len(made) > 30
    assert all(len(each) <= TARGETS[name].longest for each in made)
