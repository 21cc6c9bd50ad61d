"""Finding a story's files and reading their bytes."""

from pathlib import Path

from siberia_quest.loading.files import ART, StoryFiles
from siberia_quest.model.diagnostic import Diagnostic, Span

_PACKED = b"PK\x03\x04"


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
            return Diagnostic("SQ100", f"there is no story in `{path}`", place, fix=fix)
        found = [path / "story.yaml", *sorted(each for each in path.rglob("*") if _belongs(path, each))]
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
    return StoryFiles(path.stem, path.name, {path.name: data})


def _belongs(root: Path, path: Path) -> bool:
    inside = path.relative_to(root).parts
    if inside[0] == "tests" or any(part.startswith(".") for part in inside):
        return False
    return path.suffix in {".yaml", *ART} and path.is_file()
