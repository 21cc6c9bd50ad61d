"""Stories that were read once, kept as MessagePack: never code, never trusted, rebuilt where anything is strange."""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, Union, cast

import msgspec

from siberia_quest.model import expression, kinds, steps, story
from siberia_quest.model.state import Layout
from siberia_quest.model.story import Passage, Story
from siberia_quest.storage.writing import Refusal, put, take

VERSION = 1
MOST_BYTES = 256 * 1024 * 1024
_Packed: TypeAlias = Union[bool, int, float, str, list["_Packed"], None]


def _nouns() -> dict[str, type]:
    """Return every noun a story is made of by the name it is packed under; a declared variable and one that is read share a name."""
    found = [
        noun for module in (expression, kinds, steps, story) for noun in vars(module).values() if isinstance(noun, type)
    ]
    named = {noun.__name__: noun for noun in found if issubclass(noun, tuple) and hasattr(noun, "_fields")}
    return {**named, "Variable": expression.Variable, "Declared": story.Variable}


_NOUNS = MappingProxyType(_nouns())
_PARTS = (
    "header", "settings", "stats", "variables", "formulas", "tables", "phrases", "kinds", "endings", "achievements", "renames", "status",
    "panels", "scenes", "storylets", "notes", "files",
)  # fmt: skip
_MAPPINGS = frozenset(set(_PARTS) - {"header", "status", "panels", "notes", "files"})


def _name(noun: type) -> str:
    return "Declared" if noun is story.Variable else noun.__name__


def pack(thing: object) -> _Packed:
    """Return a noun as lists: its name and its fields; a plain tuple has no name."""
    if isinstance(thing, tuple):
        head = _name(type(thing)) if hasattr(thing, "_fields") else ""
        return [head, *[pack(part) for part in thing]]
    if isinstance(thing, Mapping):
        return ["{", *[pack(part) for pair in thing.items() for part in pair]]
    if thing is None or isinstance(thing, bool | int | float | str):
        return thing
    raise TypeError


def unpack(packed: _Packed) -> object:
    """Return what was packed; only known nouns with the right number of fields. Raises ValueError for anything else."""
    if not isinstance(packed, list):
        return packed
    head = packed[0] if packed else None
    parts = [unpack(part) for part in packed[1:]]
    if head == "":
        return tuple(parts)
    if head == "{":
        return dict(zip(parts[::2], parts[1::2], strict=True))
    noun = _NOUNS.get(head) if isinstance(head, str) else None
    if noun is None or len(parts) != len(cast("tuple[str, ...]", getattr(noun, "_fields", ()))):
        raise ValueError
    return _make(noun, parts)


def _make(noun: type, parts: list[object]) -> object:
    made: object = noun(*parts)
    return made


class Passages(Mapping[str, Passage]):
    """Passages that are unpacked when they are first asked for."""

    def __init__(self, packed: Mapping[str, bytes], sites: Mapping[str, tuple[str, ...]]) -> None:
        """Keep the packed passages by id, and what is counted in each."""
        self._packed = packed
        self._sites = sites
        self._known: dict[str, Passage] = {}

    def __getitem__(self, id_: str) -> Passage:
        """Return a passage."""
        if id_ not in self._known:
            passage = unpack(msgspec.msgpack.decode(self._packed[id_]))
            if not isinstance(passage, Passage):
                raise TypeError
            self._known[id_] = passage
        return self._known[id_]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._packed)

    def __contains__(self, id_: object) -> bool:
        """Tell whether there is such a passage, without unpacking it."""
        return id_ in self._packed

    def sites_of(self, passage: str) -> tuple[str, ...]:
        """Return the sites of a passage. Raises KeyError when there is none."""
        return self._sites[passage]


def _folder() -> Path:
    given = os.environ.get("SIBERIA_QUEST_CACHE")
    if given:
        return Path(given)
    if str(sys.platform) == "linux":  # what platformdirs says too, without the 9 ms it takes to be asked at every start
        base = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "siberia-quest"
    from platformdirs import user_cache_path  # noqa: PLC0415

    return user_cache_path("siberia-quest", appauthor=False)


def _key(files: Mapping[str, bytes], maker: str) -> str:
    """Return the hash of what a story was read from, and of what read it."""
    digest = hashlib.sha256(f"{VERSION} {maker}".encode())
    for name, data in files.items():
        digest.update(f"\n{name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def read_cached(files: Mapping[str, bytes], maker: str) -> Story | None:
    """Return the story that was read from exactly these bytes before, None where there is none or it is strange."""
    key = _key(files, maker)
    read = take(_folder() / f"{key}.story", MOST_BYTES)
    if (
        isinstance(read, Refusal) or len(read) < 64 or hashlib.sha256(read[64:]).hexdigest().encode() != read[:64]
    ):  # a hash
        return None
    try:
        return _story(msgspec.msgpack.decode(read[64:], type=dict[str, msgspec.Raw]))
    except (msgspec.MsgspecError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _story(data: dict[str, msgspec.Raw]) -> Story:
    parts = {name: unpack(msgspec.msgpack.decode(data[name])) for name in _PARTS}
    packed = msgspec.msgpack.decode(data["passages"], type=dict[str, bytes])
    sites = msgspec.msgpack.decode(data["sites"], type=dict[str, tuple[str, ...]])
    layout = msgspec.msgpack.decode(
        data["layout"], type=tuple[dict[str, int], dict[str, int], dict[str, dict[str, int]]]
    )
    if not all(isinstance(parts[name], dict) == (name in _MAPPINGS) for name in _PARTS):
        raise ValueError
    return Story(passages=Passages(packed, sites), layout=Layout(*layout), **parts)  # type: ignore[arg-type]  # unpacked from nouns


def write_cache(files: Mapping[str, bytes], story_: Story, maker: str) -> None:
    """Keep a story that was read from these bytes; where that cannot be, nothing happens."""
    encode = msgspec.msgpack.encode
    layout = story_.layout
    data = {name: msgspec.Raw(encode(pack(getattr(story_, name)))) for name in _PARTS}
    data["passages"] = msgspec.Raw(encode({id_: encode(pack(passage)) for id_, passage in story_.passages.items()}))
    data["sites"] = msgspec.Raw(encode({id_: passage.sites for id_, passage in story_.passages.items()}))
    data["layout"] = msgspec.Raw(
        encode((dict(layout.slots), dict(layout.records), {k: dict(v) for k, v in layout.members.items()}))
    )
    body = encode(data)
    put(_folder() / f"{_key(files, maker)}.story", hashlib.sha256(body).hexdigest().encode() + body)
