"""A JSON Schema (draft-07) of story files, made from the words the loader knows: editors complete and check with it."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from siberia_quest.loading.shape import SHAPES, Key
from siberia_quest.model.story import Story

Schema: TypeAlias = dict[str, object]
_SCALAR: Mapping[str, object] = MappingProxyType({"type": ["string", "number", "boolean", "null"]})
_ANYTHING: Mapping[str, object] = MappingProxyType({})
_FLAG: Mapping[str, object] = MappingProxyType({"type": "boolean"})

#: Keys under which many mappings of a shape stand, by name.
_MANY_OF_SHAPE = MappingProxyType(
    {
        "settings": "setting",
        "stats": "stat",
        "variables": "variable",
        "endings": "ending",
        "achievements": "ending",
        "checks": "check kind",
        "panels": "panel",
        "styles": "style",
    }
)
#: Keys that may hold a mapping of their shape as well as something shorter.
_SHAPED_KEYS = MappingProxyType(
    {"check": "check", "deal": "deal", "montage": "montage", "music": "music", "ask": "ask"}
)
_WITH_STEPS = frozenset({"step", "passage", "choice", "branch", "case", "weighted"})
_WRITTEN = frozenset({"text", "prose", "id", "number", "condition"})
_BY_NAME: Mapping[str, Schema] = MappingProxyType(
    {
        "storylet": {"anyOf": [{"$ref": "#/definitions/storylet"}, {"type": "string"}]},
        "when": {"type": "array", "items": {"$ref": "#/definitions/branch"}},
        "random": {
            "type": "array",
            "items": {"anyOf": [{"$ref": "#/definitions/weighted"}, {"not": {"type": "object"}}]},
        },
        "expect": {"allOf": [{"$ref": "#/definitions/expect"}]},
    }
)
_LISTS_OF_SHAPE = MappingProxyType({"walkthroughs": "walkthrough", "targets": "target", "beats": "beat"})


def story_schema(story: Story | None = None) -> Schema:
    """Return the schema of story, scene and test files; with a story, its names are offered where they belong."""
    definitions: Schema = {_named(shape): _shape(shape, keys, story) for shape, keys in SHAPES.items()}
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


def _named(shape: str) -> str:
    return shape.replace(" ", "_")


def _ref(shape: str) -> Schema:
    return {"$ref": f"#/definitions/{_named(shape)}"}


def _shape(shape: str, keys: tuple[Key, ...], story: Story | None) -> Schema:
    properties = {key.name: {"description": key.meaning, **_held(shape, key, story)} for key in keys}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _held(shape: str, key: Key, story: Story | None) -> Schema:
    """Return what may stand under a key."""
    holds = key.holds
    offered = _names(key, story)
    if offered:
        return {"anyOf": [{"enum": offered}, *_otherwise(shape, key)]}
    if holds == "steps":
        return {"allOf": [_ref("steps")]}
    if holds == "choices":
        return (
            {"allOf": [_ref("choices")]}
            if shape not in {"story", "scene"}
            else _named_things({"allOf": [_ref("choices")]})
        )
    if holds == "passages":
        return _named_things(_ref("passage_or_steps"))
    if holds == "yes or no":
        return dict(_FLAG)
    return _structured(shape, key)


def _structured(shape: str, key: Key) -> Schema:
    holds, name = key.holds, key.name
    if shape in {"story", "scene", "tests"} and holds in _MANY_OF_SHAPE:
        return _named_things({"anyOf": [_ref(_MANY_OF_SHAPE[holds]), _SCALAR, {"type": "array"}]})
    if name in _SHAPED_KEYS and shape in _WITH_STEPS:
        return {"anyOf": _otherwise(shape, key)}
    if holds in _LISTS_OF_SHAPE:
        return {"type": "array", "items": {"anyOf": [_ref(_LISTS_OF_SHAPE[holds]), {"type": ["string", "array"]}]}}
    if name in _BY_NAME:
        return dict(_BY_NAME[name])
    return dict(_SCALAR if holds in _WRITTEN and name not in {"show", "check"} else _ANYTHING)


def _otherwise(shape: str, key: Key) -> list[Schema]:
    """Return what may stand under a key beside a name of the story: a mapping of its shape, or words."""
    shaped = [_ref(_SHAPED_KEYS[key.name])] if key.name in _SHAPED_KEYS and shape in _WITH_STEPS else []
    return [*shaped, dict(_SCALAR), {"type": "array"}]


def _named_things(each: Schema) -> Schema:
    return {"type": "object", "additionalProperties": each}


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
