"""Finding a story's files and reading their bytes."""

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

from siberia_quest.loading.files import ART, StoryFiles
from siberia_quest.loading.taking import MOST_BYTES, MOST_FILES, take_file, take_inside
from siberia_quest.model.diagnostic import Diagnostic, Span

_PACKED = b"PK\x03\x04"
_SCENE = re.compile(rb"^scene:", re.MULTILINE)
_STORY = re.compile(rb"^(?:story|title|name):", re.MULTILINE)
_TESTS = re.compile(rb"^(?:walkthroughs?|targets|styles|walkthrough):", re.MULTILINE)
#: Another program's is a .yaml file with keys or a list at its left edge, none of which is a scene's: what is empty or broken is told.
_LEFT_EDGE = re.compile(rb"^[\"']?(\w[^\s:#]*)[\"']?[ \t]*:(?=\s|$)|^-(?=[ \t])", re.MULTILINE)
_OURS = frozenset(
    {b"scene", b"story", b"passages", b"phrases", b"menus", b"variables", b"kinds", b"tables", b"formulas"}
)
#: Folders of other programs, which may hold thousands of files.
_FOREIGN = frozenset({"node_modules", "__pycache__", "venv"})
#: How many folders above a scene's file are looked at for its story.
_HIGHEST = 4


def find_files(path: Path) -> StoryFiles | Diagnostic:
    """Find and read the files of a story: a folder with `story.yaml` in it, that file, a single file, or a packed story."""
    try:
        return files_at(path)
    except OSError as error:
        return Diagnostic(
            "SQ100",
            f"the story cannot be read: {error.strerror or 'unknown trouble'}",
            Span(_printable(str(error.filename or path)), 1, 1, 1, 2),
            fix="check that the files are there and may be read",
        )


def files_at(path: Path) -> StoryFiles | Diagnostic:
    """Do the same, but raise OSError where a file or folder may not be read."""
    if path.name == "story.yaml" and path.is_file():
        path = path.parent
    if path.is_file():
        return files_in(path, take_file(path))
    if (path / "story.yaml").is_file():
        return _in_folder(path)
    fix = "name a folder with `story.yaml` in it, or a single .yaml file"
    if (path / "story.yml").is_file():
        fix = "rename `story.yml` to `story.yaml`"
    return Diagnostic("SQ100", f"there is no story in `{path}`", Span(str(path), 1, 1, 1, 2), fix=fix)


def _in_folder(path: Path) -> StoryFiles | Diagnostic:
    """Read what belongs to the story of a folder. Raises OSError."""
    files, main = {"story.yaml": take_inside(path, "story.yaml", MOST_BYTES)}, "story.yaml"
    room = MOST_BYTES - len(files[main])
    for number, name in enumerate(sorted(_names_in(path))):
        data = take_inside(path, name, room if number < MOST_FILES else -1)
        if name.endswith(".yml"):
            if not _SCENE.search(data):
                continue
            stem = name.rpartition("/")[2].removesuffix(".yml")
            said = f"`{name}` would not be read: the files of a story end in .yaml"
            return Diagnostic("SQ149", said, Span(name, 1, 1, 1, 2), fix=f"rename it to `{stem}.yaml`")
        if name.endswith(ART) or _may_be_scene(data):
            room -= 0 if name in files else len(data)
            files.setdefault(name, data)
    return StoryFiles(Path(os.path.realpath(path)).name, main, files)


def _may_be_scene(data: bytes) -> bool:
    """Tell whether a .yaml file is a scene, or may be meant as one: it has a scene's key at its left edge, or none at all."""
    has_others = False
    for found in _LEFT_EDGE.finditer(data.removeprefix(b"\xef\xbb\xbf")):
        if found[1] in _OURS:
            return True
        has_others = True
    return not has_others


def _names_in(root: Path) -> Iterator[str]:
    """Yield the names of the files in a story's folder that may belong to it. Raises OSError where a folder may not be read."""
    for folder, inner, names in os.walk(root, onerror=_raise):
        is_top = Path(folder) == root
        inner[:] = [
            each for each in inner if not (each.startswith(".") or each in _FOREIGN or (is_top and each == "tests"))
        ]
        for name in names:
            path = Path(folder) / name
            if name.endswith((".yaml", ".yml", *ART)) and not name.startswith(".") and path.is_file():
                if name != _printable(name):
                    raise OSError(errno.EILSEQ, "the name of this file is no text", str(path))
                yield path.relative_to(root).as_posix()


def _printable(name: str) -> str:
    """Return a name with what is no text in it spelt out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _raise(error: OSError) -> None:
    raise error


def files_in(path: Path, data: bytes) -> StoryFiles | Diagnostic:
    """Return the files of a story that is one file, with these bytes."""
    if data.startswith(_PACKED) and path.suffix != ".yaml":
        from siberia_quest.loading.packing import unpack_files  # noqa: PLC0415  # only a packed story pays for it

        return unpack_files(path, data)
    if _SCENE.search(data) and not _STORY.search(data):
        home = _story_above(path)
        fix = (
            f"name its story instead: `{home}`"
            if home
            else "name a folder with `story.yaml` in it; its scenes are read with it"
        )
        said = "this file is a scene, which is no story by itself"
        return Diagnostic("SQ215", said, Span(str(path), 1, 1, 1, 2), fix=fix)
    return StoryFiles(path.stem, path.name, {path.name: data})


def home_of(path: Path) -> Path | None:
    """Return the folder of the story that a file is a scene or the tests of; None for whatever stands by itself. Raises OSError."""
    if path.suffix not in {".yaml", ".yml"} or path.name == "story.yaml" or not path.is_file():
        return None
    data = take_file(path)
    is_part = (_SCENE.search(data) or _TESTS.search(data)) and not _STORY.search(data)
    return _story_above(path) if is_part else None


def _story_above(path: Path) -> Path | None:
    """Return the nearest folder above a file that holds a story, as one would name it."""
    above = [*path.parents, *path.absolute().parents]
    return next((each for each in above[:_HIGHEST] if (each / "story.yaml").is_file()), None)
