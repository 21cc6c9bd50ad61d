"""No key is passed over in silence: in every mapping there is, a misspelt one is told, with the word that was meant."""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
import yaml

from siberia_quest import Diagnostic, load_story
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.language_keys import BESIDE, IN_WORDS, NAMES, OPEN, SHAPES, Nested, Shape
from tools.test_schema import Loader

STORY = Path(__file__).parent / "every_mapping"
FILES: tuple[tuple[str, Shape], ...] = (("story.yaml", "story"), ("inn.yaml", "scene"), ("tests/styles.yaml", "tests"))
Plain: TypeAlias = "dict[object, Plain] | list[Plain] | str | int | float | bool | None"
Path_: TypeAlias = tuple[object, ...]


class Place(NamedTuple):
    """A mapping of the story: its file, the way to it, its shape."""

    file: str
    path: Path_
    shape: Shape


def plain(file: str) -> Plain:
    """What stands in a file, as YAML understands it."""
    read: Plain = yaml.load((STORY / file).read_text("utf-8"), Loader)  # noqa: S506  # a safe one
    return read


def fits(node: dict[object, Plain], shape: Shape) -> bool:
    return all(key in NAMES[shape] for key in node) or shape in OPEN


def mappings(node: Plain, shape: Shape, path: Path_) -> Iterator[tuple[Path_, Shape]]:
    """Every mapping in one of a shape, by what may stand under its keys."""
    if not isinstance(node, dict):
        return
    yield path, shape
    for key in SHAPES[shape]:
        under = node.get(key.name)
        for each, where in [each for form in key.under for each in held(under, form, (*path, key.name))]:
            yield from mappings(each[0], each[1], where)


def held(node: Plain, under: Nested, path: Path_) -> Iterator[tuple[tuple[Plain, Shape], Path_]]:
    """What of a shape stands under a key; blocks and lists of steps may stand for a step."""
    shape = under.shape
    if shape == "anything":
        return
    if isinstance(node, list):
        if under.how == "in a list" or shape in {"choice", "passage", "step"}:
            for index, item in enumerate(node):
                if isinstance(item, dict) and fits(item, shape):
                    yield (item, shape), (*path, index)
    elif isinstance(node, dict) and under.how == "by name":
        for name, item in node.items():
            forms = Nested(
                "in a list" if isinstance(item, list) else "one",
                "step" if isinstance(item, list) and shape == "passage" else shape,
            )
            yield from held(item, forms, (*path, name))
    elif isinstance(node, dict) and (under.how == "one" or shape == "step") and fits(node, shape):
        yield (node, shape), path


PLACES = [Place(file, path, shape) for file, top in FILES for path, shape in mappings(plain(file), top, ())]


def misspelt(word: str) -> str:
    """A word with its last two letters in the wrong order, or the last one missing."""
    turned = word[:-2] + word[-1] + word[-2]
    return turned if turned != word else word[:-1]


def told(folder: Path) -> list[Diagnostic]:
    """Everything that is told of a story and its tests."""
    loaded = load_story(folder)
    playtests = read_playtests(folder, loaded.story) if loaded.story else None
    return [*loaded.diagnostics, *(playtests.diagnostics if playtests else ())]


def with_key(place: Place, key: str, folder: Path) -> list[Diagnostic]:
    """What is told when a key stands in one mapping more."""
    shutil.copytree(STORY, folder, dirs_exist_ok=True)
    root = deepcopy(plain(place.file))
    node = root
    for step in place.path:
        node = node[step]  # type: ignore[call-overload, index]  # the way to it was found above
    assert isinstance(node, dict)
    node[key] = 1
    (folder / place.file).write_text(yaml.safe_dump(root, sort_keys=False, allow_unicode=True), "utf-8")
    return told(folder)


def test_the_story_has_a_mapping_of_every_shape_and_nothing_wrong() -> None:
    assert {place.shape for place in PLACES} == set(SHAPES)
    assert told(STORY) == []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.file}:{'.'.join(map(str, place.path))}")
def test_a_misspelt_key_is_told_with_the_word_that_was_meant(place: Place, tmp_path: Path) -> None:
    right = max(NAMES[place.shape], key=len)
    wrong = misspelt(right)
    found = [each for each in with_key(place, wrong, tmp_path) if f"`{wrong}:`" in each.message]
    assert [(each.code, f"`{right}`" in each.fix) for each in found] == [("SQ205", True)]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_called_something_and_says_what_its_keys_are_for(shape: Shape) -> None:
    assert IN_WORDS[shape]
    assert [key.name for key in SHAPES[shape] if len(key.meaning) < 5] == []
    assert len(set(NAMES[shape])) == len(NAMES[shape])


@pytest.mark.parametrize("shape", [shape for shape, keys in BESIDE.items() if keys])
def test_a_key_that_says_nothing_alone_names_keys_of_its_own_shape(shape: Shape) -> None:
    assert {each for keys in BESIDE[shape].values() for each in keys} <= set(NAMES[shape])


@pytest.mark.parametrize(
    ("right", "wrong", "told_"),
    [
        ("limits: [5, 95]", "limits: [5]", "`limits` has two bounds"),
        ("{sequence: [Flat., {then: Choppy.}]}", "{sequence: [Flat.], text: Choppy.}", "`text:` is never read beside `sequence:`"),
        ("cases: {1: One gull., else: Gulls.}", "cases: {1: One gull., esle: Gulls.}", "`match` has no `esle:`"),
        ("{use: ashore, if: trips < 9}", "{use: ashore, needs: trips < 9}", "`needs:` is never read beside `use:`"),
        ("hint: Sail.", "rank: 2", "one of `achievements:` has no `rank:`"),
        ("deal: {tag: night, by: weight}", "deal: {tag: night, show: 2}", "`deal` has no `show:`"),
    ],
)  # fmt: skip
def test_what_nothing_reads_is_told(right: str, wrong: str, told_: str, tmp_path: Path) -> None:
    shutil.copytree(STORY, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "story.yaml").read_text("utf-8")
    assert right in text
    (tmp_path / "story.yaml").write_text(text.replace(right, wrong, 1), "utf-8")
    assert [each.message for each in told(tmp_path)] == [told_]
