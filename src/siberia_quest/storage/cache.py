"""Stories that were read once, kept: an index for each story, and a file for each of its scenes, each in parts.

All parts are JSON, which every start of a story reads in any case; only what the rest of a story must know of a scene, which is read where
a story was edited, is MessagePack, which is quicker to read and whose library takes 12 ms to be there.

Nothing here is code and nothing is trusted: what is damaged, foreign, of another version or of other kinds than the model declares is
passed over, and read again from the story. A scene's file is named by the hash of what is in it.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias, cast

from siberia_quest import model
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.outline import KeptScene, Outline, PassageFacts, SceneFacts
from siberia_quest.model.sites import RecordName, Site, phrase_of_record
from siberia_quest.model.state import Layout
from siberia_quest.model.story import PackedPassages, Passage, Passages, Story
from siberia_quest.storage.nouns import Unpacking, pack
from siberia_quest.storage.writing import Refusal, System, put, take

VERSION = 8
MOST_BYTES = 256 * 1024 * 1024
#: Stories that are kept; of more, those go that were not read for the longest time.
MOST_STORIES = 40
_INDEX = "index"
_SCENE = ".scene"
_OURS = "[0-9a-f]{24}"
_PARTS = (
    "header", "language", "settings", "stats", "variables", "formulas", "tables", "phrases", "kinds", "endings", "achievements", "renames",
    "status", "panels", "scenes",
    "storylets", "notes", "files",
)  # fmt: skip
_STRANGE = (ValueError, TypeError, KeyError, IndexError, RecursionError)
#: Reads a story anew from its files; None where it cannot be.
ReadAnew: TypeAlias = Callable[[], Story | None]


class Recalled(NamedTuple):
    """What is known of a story: all of it, with what was worth a warning, or scenes of it by file."""

    story: Story | None
    diagnostics: tuple[Diagnostic, ...]
    scenes: Mapping[str, KeptScene]


_NOTHING = Recalled(None, (), {})


class _Row(NamedTuple):
    """A scene in an index: its file and that file's hash, the id its passages' ids begin with, and the name of what was kept of it."""

    file: str
    bytes: str
    id: str
    kept: str


class SourceFiles:
    """Where a story was read from, for when what was kept of it turns out not to be what it should be."""

    def __init__(self, index: Path, anew: ReadAnew) -> None:
        self.unpacking = Unpacking()
        self._index, self._anew = index, anew
        self._read: list[Story] = []

    def forget(self) -> None:
        """Take away what was kept, so that the next who asks reads the story itself."""
        with suppress(OSError):
            self._index.unlink(missing_ok=True)

    def passage(self, id_: str) -> Passage:
        """Return a passage as the story's files have it. Raises KeyError where they have none."""
        self.forget()
        if not self._read and (story := self._anew()):
            self._read.append(story)
        if not self._read:
            raise KeyError(id_)
        return self._read[0].passages[id_]


class KeptPassages:
    """The passages of a scene, each unpacked when it is asked for; one that is not what it should be is read anew from the story."""

    def __init__(self, data: Mapping[str, bytes], source: SourceFiles) -> None:
        """Keep a scene's file, taken into its parts. Raises KeyError where one is missing."""
        self.data = data
        self._read, self._passages = data["read"], data["passages"]
        self._source = source
        self._packed: dict[str, bytes] = {}
        self._sites: dict[str, tuple[Site, ...]] = {}

    def read(self) -> KeptScene:
        """Return the whole scene as it was read. Raises ValueError for strange data."""
        return KeptScene(_facts(self._read), self)

    def __getitem__(self, id_: str) -> Passage:
        try:
            if not self._packed:
                self._packed = _take_apart(self._passages)
            passage = self._source.unpacking.unpack(json.loads(self._packed[id_]), Passage)
            if isinstance(passage, Passage) and passage.id == id_:
                return passage
        except _STRANGE:
            pass
        return self._source.passage(id_)

    def sites_of(self, id_: str) -> tuple[Site, ...]:
        """Return what is counted in a passage, without unpacking it."""
        if not self._sites:
            read = _facts(self._read)
            self._sites = {each.id: ways.sites for each, ways in zip(read.outlines, read.ways, strict=True)}
        return self._sites[id_]


def _facts(data: bytes) -> SceneFacts:
    """Return what is known of a scene. Raises ValueError for strange data."""
    import msgspec  # noqa: PLC0415  # no player waits for it

    try:
        return msgspec.msgpack.decode(data, type=SceneFacts)
    except msgspec.MsgspecError as strange:
        raise ValueError(*strange.args) from None


def _bind(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as one: a line with the size of each, and all of them behind it."""
    return b"".join([_write({name: len(part) for name, part in parts.items()}), b"\n", *parts.values()])


def _take_apart(data: bytes) -> dict[str, bytes]:
    """Return the parts of what was bound. Raises ValueError for strange data."""
    at = data.index(b"\n") + 1
    parts = dict[str, bytes]()
    for name, size in _numbers(json.loads(data[:at])).items():
        parts[name] = data[at : at + size]
        at += size
    return parts


def _write(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _base() -> Path:
    given = os.environ.get("SIBERIA_QUEST_CACHE")
    if given:
        return Path(given)
    if str(sys.platform) == "linux":  # what platformdirs says too, without the 9 ms it takes to be asked at every start
        base = os.environ.get("XDG_CACHE_HOME", "")
        return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "siberia-quest"
    from platformdirs import user_cache_path  # noqa: PLC0415

    return user_cache_path("siberia-quest", appauthor=False)


def _folder(where: Path) -> Path | None:
    """Return the folder for what is kept of a story, None where there is no home for it."""
    try:
        base, where = _base(), where.resolve()
    except (OSError, RuntimeError):
        return None
    return base / hashlib.sha256(str(where).encode("utf-8", "replace")).hexdigest()[:24]


def _reader(version: str) -> str:
    """Return what says who reads stories here: the version, and when the code that reads them was last changed, as in a checkout."""
    package = Path(model.__file__).parents[1]
    found: list[tuple[str, int, int]] = []
    with suppress(OSError):
        for room in ("lang", "languages", "loading", "model"):
            for each in os.scandir(package / room):
                if each.name.endswith((".py", ".txt")):
                    told = each.stat()
                    found.append((each.name, told.st_mtime_ns, told.st_size))
    return f"{version} {hashlib.sha256(repr(sorted(found)).encode()).hexdigest()[:16]}"


def _hashes(files: Mapping[str, bytes], maker: str) -> tuple[str, dict[str, str]]:
    """Return the hash of what a story is read from and of what reads it, and that of each file alone."""
    each = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return hashlib.sha256(repr((VERSION, maker, each)).encode("utf-8", "replace")).hexdigest(), each


def recall(where: Path, files: Mapping[str, bytes], maker: str, anew: ReadAnew = lambda: None) -> Recalled:
    """Return what is known of the story at a path, in these files, from earlier readings: all, some scenes, or nothing.

    `maker` is the version of what reads stories; `anew` does so where a passage turns out not to be what it should be.
    """
    folder, maker = _folder(where), _reader(maker)
    if folder is None:
        return _NOTHING
    source = SourceFiles(folder / _INDEX, anew)
    read = take(folder / _INDEX, MOST_BYTES)
    # its first 64 bytes are the hash of the others
    if isinstance(read, Refusal) or hashlib.sha256(read[64:]).hexdigest().encode() != read[:64]:
        return _NOTHING
    key, hashes = _hashes(files, maker)
    try:
        index = _take_apart(read[64:])
        if json.loads(index["made"]) != [VERSION, maker]:
            return _NOTHING
        rows = [_Row(*each) for each in _lists(index["rows"])]
        kept = {
            row: found
            for row in rows
            if row.bytes == hashes.get(row.file) and (found := _scene(folder, row.kept, source))
        }
        if len(kept) == len(rows) and json.loads(index["key"]) == key:
            return _whole(index, {row.id: found for row, found in kept.items()}, source)
        return Recalled(None, (), {row.file: found.read() for row, found in kept.items()})
    except _STRANGE:
        return _NOTHING


def _scene(folder: Path, name: str, source: SourceFiles) -> KeptPassages | None:
    read = take(folder / f"{name}{_SCENE}", MOST_BYTES) if name.isalnum() else Refusal("", ())
    if isinstance(read, Refusal) or hashlib.sha256(read).hexdigest() != name:
        return None
    return KeptPassages(_take_apart(read), source)


def _lists(data: bytes) -> list[list[str]]:
    """Return lists of texts. Raises ValueError for anything else."""
    found = json.loads(data)
    if type(found) is not list or not all(type(each) is list and {*map(type, each)} <= {str} for each in found):
        raise ValueError
    return cast("list[list[str]]", found)


def _numbers(found: object) -> dict[str, int]:
    """Return numbers by name. Raises ValueError for anything else."""
    if type(found) is not dict or not {*map(type, found.values())} <= {int}:
        raise ValueError
    return cast("dict[str, int]", found)


def _whole(index: Mapping[str, bytes], scenes: Mapping[str, KeptPassages], source: SourceFiles) -> Recalled:
    unpack = source.unpacking.unpack
    kinds = Story.__init__.__annotations__
    parts = {name: unpack(json.loads(index[name]), kinds[name]) for name in _PARTS}
    rest = KeptPassages(index, source)
    slots, records, members = json.loads(index["layout"])
    layout = Layout(
        _numbers(slots),
        cast("dict[RecordName, int]", _numbers(records)),
        {kind: _numbers(each) for kind, each in dict(members).items()},
    )
    if not all([*each.values()] == [*range(len(each))] for each in (layout.slots, layout.records)):
        raise ValueError
    sites = {id_: cast("tuple[Site, ...]", tuple(each)) for id_, *each in _lists(index["sites"])}
    given: dict[str, Passage | PackedPassages] = {
        id_: scenes.get(id_.partition(".")[0], rest) for id_ in layout.records if not phrase_of_record(id_)
    }
    passages = Passages(given, sites, source.forget)
    story = Story(passages=passages, layout=layout, **parts)  # type: ignore[arg-type]  # unpacked by their kinds
    diagnostics = cast("tuple[Diagnostic, ...]", unpack(json.loads(index["diagnostics"]), tuple[Diagnostic, ...]))
    return Recalled(story, diagnostics, {})


def keep(
    where: Path,
    files: Mapping[str, bytes],
    story: Story,
    diagnostics: tuple[Diagnostic, ...],
    scenes: Mapping[str, KeptScene],
    maker: str,
) -> None:
    """Keep a story that was read from these files, and its scenes; where that cannot be, nothing happens."""
    folder, maker = _folder(where), _reader(maker)
    if folder is None:
        return
    key, hashes = _hashes(files, maker)
    rows: list[_Row] = []
    apart: set[str] = set()
    for file, scene in scenes.items():
        data = _encode(scene)
        name = hashlib.sha256(data).hexdigest()
        path = folder / f"{name}{_SCENE}"
        is_there = isinstance(scene.passages, KeptPassages) and path.is_file()
        if not is_there and put(path, data, system=_make_unsynced()) is not None:
            continue
        rows.append(
            _Row(file, hashes[file], scene.facts.outlines[0].id.partition(".")[0] if scene.facts.outlines else "", name)
        )
        apart.update(each.id for each in scene.facts.outlines)
    index = {name: _write(pack(getattr(story, name))) for name in _PARTS}
    rest = {id_: story.passages[id_] for id_ in story.passages if id_ not in apart}
    outlines = tuple(Outline(id_, (1, 1), (), None, ()) for id_ in rest)
    members = {kind: dict(each) for kind, each in story.layout.members.items()}
    ways = tuple(PassageFacts(each.sites, (), False, *[()] * 8) for each in rest.values())
    added: dict[str, object] = {
        "made": (VERSION, maker), "key": key, "rows": rows, "layout": [dict(story.layout.slots), dict(story.layout.records), members],
        "sites": [[id_, *sites] for id_, sites in story.passages.counted.items()], "diagnostics": pack(diagnostics),
    }  # fmt: skip
    facts = SceneFacts("", "", (), "", outlines, ways, (), ())
    left = {"read": _pack_facts(facts), "passages": _bind({id_: _write(pack(each)) for id_, each in rest.items()})}
    body = _bind({**index, **{name: _write(each) for name, each in added.items()}, **left})
    if put(folder / _INDEX, hashlib.sha256(body).hexdigest().encode() + body, system=_make_unsynced()) is None:
        _sweep(folder, {f"{row.kept}{_SCENE}" for row in rows})


def _encode(scene: KeptScene) -> bytes:
    """Return a scene's file, as it was where it was read from one."""
    if isinstance(scene.passages, KeptPassages):
        return _bind(scene.passages.data)
    passages = {each.id: _write(pack(scene.passages[each.id])) for each in scene.facts.outlines}
    return _bind({"read": _pack_facts(scene.facts), "passages": _bind(passages)})


def _pack_facts(facts: SceneFacts) -> bytes:
    import msgspec  # noqa: PLC0415  # no player waits for it

    return msgspec.msgpack.encode(facts)


def _make_unsynced() -> System:
    """What is lost in a power cut is noticed by its hash and read again, so that nothing need wait for the disk."""
    return System(fsync=lambda _: None)


def _sweep(folder: Path, used: set[str]) -> None:
    """Take away scenes that the index does not name, and stories that were not read for the longest time."""
    with suppress(OSError):
        _remove(each for each in folder.glob(f"*{_SCENE}") if each.name not in used)
        # the user names the folder of all stories, and it may hold more than ours: only what is named as we name it is touched
        ours = [each for each in folder.parent.glob(f"*/{_INDEX}") if re.fullmatch(_OURS, each.parent.name)]
        stories = sorted(ours, key=lambda each: each.stat().st_mtime)
        for old in stories[:-MOST_STORIES]:
            _remove([old, *old.parent.glob(f"*{_SCENE}"), old.parent / ".lock"])
            old.parent.rmdir()


def _remove(paths: "Iterator[Path] | list[Path]") -> None:
    for each in paths:
        each.unlink(missing_ok=True)
