"""A JSON Schema (draft-07) of story files, made from the words the loader knows: editors complete and check with it."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias, assert_never

from siberia_quest.model.language_keys import OPEN, SHAPES, Key, Nested, Shape
from siberia_quest.model.story import Story

Schema: TypeAlias = dict[str, object]
_SCALAR: Mapping[str, object] = MappingProxyType({"type": ["string", "number", "boolean", "null"]})
_ANYTHING: Mapping[str, object] = MappingProxyType({})
_FLAG: Mapping[str, object] = MappingProxyType({"type": "boolean"})

_WRITTEN = frozenset({"text", "prose", "id", "number", "condition"})


def story_schema(story: Story | None = None) -> Schema:
    """Return the schema of story, scene and test files; with a story, its names are offered where they belong."""
    definitions: Schema = {_name_shape(shape): _shape(shape, keys, story) for shape, keys in SHAPES.items()}
    definitions["steps"] = {
        "anyOf": [_SCALAR, _ref("step"), {"type": "array", "items": {"anyOf": [_SCALAR, _ref("step")]}}]
    }
    definitions["choices"] = {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"anyOf": [{"type": "string"}, _ref("choice")]}}]
    }
    definitions["passage_or_steps"] = {
        "anyOf": [_SCALAR, _ref("passage"), {"type": "array", "items": {"anyOf": [_SCALAR, _ref("step")]}}]
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"The story “{story.title}”" if story else "A story for Siberia Quest",
        "type": "object",
        "if": {"required": ["story"]},
        "then": _ref("story"),
        "else": {"if": {"required": ["scene"]}, "then": _ref("scene"), "else": {
            "if": {"required": ["walkthrough"]}, "then": _ref("walkthrough"), "else": _ref("tests")}},
        "definitions": definitions,
    }  # fmt: skip


def as_json(story: Story | None = None) -> str:
    """Return the schema as a file."""
    return json.dumps(story_schema(story), ensure_ascii=False, indent=1, default=dict) + "\n"


def _name_shape(shape: Shape) -> str:
    return shape.replace(" ", "_")


def _ref(shape: Shape) -> Schema:
    return {"$ref": f"#/definitions/{_name_shape(shape)}"}


def _shape(shape: Shape, keys: tuple[Key, ...], story: Story | None) -> Schema:
    if shape == "choice":  # an editor's messages are clearer for one sort of item in a list of choices than for four
        keys = (*keys, *SHAPES["group"], *SHAPES["used menu"], *SHAPES["dealt"])
    properties = {key.name: {"description": key.meaning, **_schema_under(key, story)} for key in keys}
    return {"type": "object", "additionalProperties": shape in OPEN, "properties": properties}


def _schema_under(key: Key, story: Story | None) -> Schema:
    """Return what may stand under a key."""
    shaped = [each for under in key.under for each in _under(under)]
    offered = _names(key, story)
    if offered:
        return {"anyOf": [{"enum": offered}, *shaped, dict(_SCALAR), {"type": "array"}]}
    if shaped:
        return {"anyOf": shaped}
    if key.holds == "yes or no":
        return dict(_FLAG)
    return dict(_SCALAR if key.holds in _WRITTEN else _ANYTHING)


def _under(under: Nested) -> list[Schema]:
    """Return the mappings that may stand under a key, and something shorter."""
    if under.shape == "anything":
        return [dict(_ANYTHING)]
    blocks = {"step": "steps", "choice": "choices", "passage": "passage_or_steps"}
    block: Schema = {"$ref": f"#/definitions/{blocks.get(under.shape, '')}"}
    each: list[Schema] = [_ref(under.shape), dict(_SCALAR), {"type": "array"}]
    match under.how:
        case "one":
            return each
        case "by name":
            named: Schema = block if under.shape in blocks else {"anyOf": each}
            return [{"type": "object", "additionalProperties": named}]
        case "in a list":
            if under.shape in blocks:
                return [block]
            return [{"type": "array", "items": {"anyOf": [_ref(under.shape), {"not": {"type": "object"}}]}}]
    assert_never(under.how)


def _names(key: Key, story: Story | None) -> list[str]:
    """Return the story's names that a key may hold."""
    if story is None:
        return []
    match key.holds, key.name:
        case "passage", _:
            tails = [each.split(".", 1)[1] for each in story.passages]
            return sorted({*story.passages, *(each for each in tails if tails.count(each) == 1)})
        case "ending", _:
            return [*story.endings]
        case "id", "achieve":
            return [*story.achievements]
        case "number", "stat":
            return [*story.stats]
        case "variable", "into":
            return [*story.variables]
        case "tag", "deal" | "tag":
            return [*story.storylets]
    return []
