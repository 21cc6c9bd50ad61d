"""A story as one file to share: a zip archive of what is played. It is read in memory; nothing is unpacked onto a disk."""

import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from siberia_quest.loading.files import ART, StoryFiles
from siberia_quest.loading.taking import MOST_BYTES, MOST_FILES
from siberia_quest.model.diagnostic import Diagnostic, Span

#: The earliest time an archive can hold: the same story gives the same bytes whenever it is packed.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def pack_files(found: StoryFiles) -> bytes:
    """Return a story's files as one archive, under a folder that is named as theirs; the same bytes for the same files."""
    names = (found.main, *sorted(each for each in found.files if each != found.main))
    return write_archive({f"{found.folder}/{name}": found.files[name] for name in names})


def write_archive(contents: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by name, in that order; the same bytes for the same files."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, data in contents.items():
            about = ZipInfo(name, _NO_TIME)
            about.external_attr, about.create_system = _READABLE, 3
            archive.writestr(about, data, ZIP_DEFLATED, 9)
    return written.getvalue()


def unpack_files(path: Path, data: bytes) -> StoryFiles | Diagnostic:
    """Return the files of an archive, or what is wrong with it."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read(path, archive)
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error):
        return _refuse(
            path, "the packed story is damaged", "ask for it again, or pack it anew with `siberia-quest pack`"
        )


def _read(path: Path, archive: ZipFile) -> StoryFiles | Diagnostic:
    files: dict[str, bytes] = {}
    folders: set[str] = set()
    room = MOST_BYTES
    if len(archive.infolist()) > MOST_FILES:
        return _too_large(path)
    for about in archive.infolist():
        name = PurePosixPath(about.filename)
        if about.filename and (about.is_dir() or name.suffix not in {".yaml", *ART}):
            continue
        inside = PurePosixPath(*name.parts[1:]).as_posix()
        if fault := _fault_of(about, is_there=inside in files and name.parts[0] in folders):
            return _refuse(path, fault, "pack it with `siberia-quest pack`")
        if about.file_size > room:
            return _too_large(path)
        with archive.open(about) as opened:
            content = opened.read(room + 1)
        room -= len(content)
        if room < 0:
            return _too_large(path)
        folders.add(name.parts[0])
        files[inside] = content
    main = "story.yaml" if "story.yaml" in files else next((each for each in files if each.endswith(".yaml")), "")
    if not main or len(folders) != 1:
        return _refuse(path, "there is no story in this file", "pack one with `siberia-quest pack`")
    return StoryFiles(folders.pop(), main, {main: files.pop(main), **dict(sorted(files.items()))})


def _fault_of(about: ZipInfo, *, is_there: bool) -> str:
    """Say what is wrong with an entry of a pack, "" for nothing; `is_there` tells that its file came before."""
    name = PurePosixPath(about.filename)
    if not about.filename:
        return "a file in this pack has no name"
    if name.is_absolute() or ".." in name.parts or len(name.parts) < 2:
        return f"`{about.filename}` does not lie in the story's folder"
    if about.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # others unpack all at once, whatever it comes to
        return f"`{about.filename}` is packed in a way that stories are not"
    return f"`{about.filename}` stands twice in this pack" if is_there else ""


def _too_large(path: Path) -> Diagnostic:
    most = f"{MOST_BYTES // 1024**2} MiB in {MOST_FILES:,} files"
    return _refuse(path, f"the packed story is too large: a story may hold {most}", "leave out what is not played")


def _refuse(path: Path, message: str, fix: str) -> Diagnostic:
    return Diagnostic("SQ803", message, Span(path.name, 1, 1, 1, 2), fix=fix)
