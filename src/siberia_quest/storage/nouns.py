"""Nouns of a story as lists that MessagePack can hold, and back: never code, and nothing but known nouns comes out."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias, Union, cast

from siberia_quest.model import diagnostic, expression, kinds, steps, story

Packed: TypeAlias = Union[bool, int, float, str, list["Packed"], None]


def _nouns() -> dict[str, type]:
    """Return every noun a story is made of by the name it is packed under; a declared variable and one that is read share a name."""
    modules = (diagnostic, expression, kinds, steps, story)
    found = [noun for module in modules for noun in vars(module).values() if isinstance(noun, type)]
    named = {noun.__name__: noun for noun in found if issubclass(noun, tuple) and hasattr(noun, "_fields")}
    return {**named, "Variable": expression.Variable, "Declared": story.Variable}


_NOUNS = MappingProxyType(_nouns())
_HEADS: Mapping[type, str] = MappingProxyType({**{noun: name for name, noun in _NOUNS.items()}, tuple: ""})
_SIZES = MappingProxyType(
    {name: len(cast("tuple[str, ...]", getattr(noun, "_fields", ()))) for name, noun in _NOUNS.items()}
)
_SIMPLE = frozenset({bool, int, float, str, type(None)})


def pack(thing: object) -> Packed:
    """Return a noun as lists: its name and its fields; a plain tuple has no name. Raises TypeError for anything else."""
    sort = type(thing)
    if sort in _SIMPLE:
        return cast("Packed", thing)
    head = _HEADS.get(sort)
    if head is not None:
        return [head, *map(pack, cast("tuple[object, ...]", thing))]
    if isinstance(thing, Mapping):
        return ["{", *[pack(part) for pair in thing.items() for part in pair]]
    raise TypeError(sort.__name__)


def unpack(packed: Packed) -> object:
    """Return what was packed; only known nouns with the right number of fields. Raises ValueError for anything else."""
    if type(packed) is not list:
        return packed
    head = packed[0] if packed else None
    parts = [*map(unpack, packed[1:])]
    if head == "":
        return tuple(parts)
    if head == "{":
        return dict(zip(parts[::2], parts[1::2], strict=True))
    if not isinstance(head, str) or len(parts) != _SIZES.get(head, -1):
        raise ValueError
    made: object = tuple.__new__(_NOUNS[head], parts)
    return made
