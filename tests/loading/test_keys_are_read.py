"""A key that is declared is looked up where its shape is read, and what is looked up is declared."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.loading import step_reader
from siberia_quest.loading.declarations import Declarations
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Mapping, Node, Scalar
from siberia_quest.model.language_keys import NAMES, SHAPES, Shape, read_in_turn
from siberia_quest.model.story import Table

STORY = Path(__file__).parent / "every_mapping"
#: What stands in a list of choices is told apart by words of all four shapes.
IN_CHOICES: tuple[Shape, ...] = ("choice", "group", "dealt", "used menu")
#: How steps are read, each by its reader: see the last test.
IN_STEPS = ("in turn", "around")
#: A file is told apart by its first word.
FIRST_WORDS = {("scene", "story"), ("tests", "walkthrough")}


class Asked(dict[str, Node]):
    """What stands under each key, and which of them were asked for."""

    def __init__(self, node: Mapping, keys: set[str]) -> None:
        super().__init__({key.text: under for key, under in node.pairs})
        self.keys_asked = keys

    def get(self, key: str) -> Node | None:  # type: ignore[override]  # nothing here asks for another default
        self.keys_asked.add(key)
        return super().get(key)


@pytest.fixture(scope="module")
def looked_up() -> set[tuple[Shape, str]]:
    """Each shape with the keys that are looked up in it while a story of every mapping is read."""
    seen: list[tuple[Mapping, set[str]]] = []
    shapes: list[tuple[Mapping, Shape]] = []
    keys, get, by_members = ReadingContext.keys, Mapping.get, Declarations.by_members

    def asked_of(node: Mapping) -> set[str]:
        found = next((names for each, names in reversed(seen) if each is node), None)
        if found is None:
            seen.append((node, found := set()))
        return found

    def watched_keys(context: ReadingContext, node: Mapping, shape: Shape, more: tuple[str, ...] = ()) -> bool:
        shapes.append((node, shape))
        return keys(context, node, shape, more)

    def watched_get(node: Mapping, key: str) -> Node | None:
        asked_of(node).add(key)
        return get(node, key)

    def watched_table(reader: Declarations, name: str, node: Mapping, rows: Scalar) -> Table:
        shapes.append((node, "table"))
        return by_members(reader, name, node, rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Declarations, "by_members", watched_table)
        patch.setattr(ReadingContext, "keys", watched_keys)
        patch.setattr(Mapping, "get", watched_get)
        patch.setattr(Mapping, "by_key", lambda node: Asked(node, asked_of(node)))
        loaded = load_story(STORY)
        assert loaded.story
        read_playtests(STORY, loaded.story)
    return {(shape, key) for node, shape in shapes for key in asked_of(node)}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_key_is_declared_and_read_by_nothing(shape: Shape, looked_up: set[tuple[Shape, str]]) -> None:
    read = {key for each, name in looked_up for key in SHAPES[each] if key.name == name}
    left = [key for key in SHAPES[shape] if key not in read and key.read not in IN_STEPS]
    assert left == []


@pytest.mark.parametrize("shape", SHAPES)
def test_no_key_is_looked_up_and_not_declared(shape: Shape, looked_up: set[tuple[Shape, str]]) -> None:
    known = {name for each in (IN_CHOICES if shape in IN_CHOICES else (shape,)) for name in NAMES[each]}
    asked = {key for each, key in looked_up if each == shape and (shape, key) not in FIRST_WORDS}
    assert asked - known == set()


def test_each_step_has_a_reader_and_each_reader_a_step() -> None:
    assert set(read_in_turn("step")) == set(step_reader._READERS)
