"""Finding a story's files and reading their bytes."""

import re
from pathlib import Path

from siberia_quest.loading.files import ART, StoryFiles
from siberia_quest.model.diagnostic import Diagnostic, Span

_PACKED = b"PK\x03\x04"
_SCENE = re.compile(rb"^scene:", re.MULTILINE)
_STORY = re.compile(rb"^(?:story|title|name):", re.MULTILINE)
#: How many folders above a scene's file are looked at for its story.
_HIGHEST = 4


def find_files(path: Path) -> StoryFiles | Diagnostic:
    """Find and read the files of a story: a folder with `story.yaml` in it, that file, a single file, or a packed story."""
    place = Span(str(path), 1, 1, 1, 2)
    if path.name == "story.yaml" and path.is_file():
        path = path.parent
    try:
        if path.is_file():
            return _one_file(path, path.read_bytes())
        if not (path / "story.yaml").is_file():
            fix = "name a folder with `story.yaml` in it, or a single .yaml file"
            if (path / "story.yml").is_file():
                fix = "rename `story.yml` to `story.yaml`"
            return Diagnostic("SQ100", f"there is no story in `{path}`", place, fix=fix)
        found = [path / "story.yaml", *sorted(each for each in path.rglob("*") if _belongs(path, each))]
        stray = next((each for each in sorted(path.rglob("*.yml")) if _is_stray(path, each)), None)
        if stray:
            name = stray.relative_to(path).as_posix()
            said, fix = (
                f"`{name}` would not be read: the files of a story end in .yaml",
                f"rename it to `{stray.stem}.yaml`",
            )
            return Diagnostic("SQ149", said, Span(name, 1, 1, 1, 2), fix=fix)
        files = {each.relative_to(path).as_posix(): each.read_bytes() for each in dict.fromkeys(found)}
    except OSError as error:
        return Diagnostic(
            "SQ100",
            f"the story cannot be read: {error.strerror or 'unknown trouble'}",
            place,
            fix="check that the files are there and may be read",
        )
    return StoryFiles(path.resolve().name, "story.yaml", files)


def _one_file(path: Path, data: bytes) -> StoryFiles | Diagnostic:
    if data.startswith(_PACKED) and path.suffix != ".yaml":
        from siberia_quest.loading.packing import unpacked  # noqa: PLC0415  # only a packed story pays for it

        return unpacked(path, data)
    if _SCENE.search(data) and not _STORY.search(data):
        home = next((each for each in list(path.resolve().parents)[:_HIGHEST] if (each / "story.yaml").is_file()), None)
        fix = (
            f"name its story instead: `{home}`"
            if home
            else "name a folder with `story.yaml` in it; its scenes are read with it"
        )
        said = "this file is a scene, which is no story by itself"
        return Diagnostic("SQ215", said, Span(str(path), 1, 1, 1, 2), fix=fix)
    return StoryFiles(path.stem, path.name, {path.name: data})


def _is_stray(root: Path, path: Path) -> bool:
    """Tell whether a file with the other ending is a scene that was meant to be read."""
    return _belongs(root, path.with_suffix(".yaml"), path) and bool(_SCENE.search(path.read_bytes()))


def _belongs(root: Path, path: Path, file: Path | None = None) -> bool:
    inside = path.relative_to(root).parts
    if inside[0] == "tests" or any(part.startswith(".") for part in inside):
        return False
    return path.suffix in {".yaml", *ART} and (file or path).is_file()
