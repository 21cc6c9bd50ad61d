"""Files of other systems that somebody may take for a story here: what they are, told from their name and their first bytes."""

import re
from itertools import islice
from pathlib import Path

from siberia_quest.loading.taking import take_beginning
from siberia_quest.model.named_tuple import NamedTuple


class Origin(NamedTuple):
    """What a file is in words, what plays or edits it, how its names end, and signs that all stand in it."""

    title: str
    home: str
    endings: tuple[str, ...]
    signs: tuple[re.Pattern[bytes], ...] = ()


def _signs(*patterns: bytes) -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns)


#: How much of a file is looked at, and the mark that may stand before a text.
_HEAD, _MARK = 64 * 1024, b"\xef\xbb\xbf"
_Z = tuple(f".z{version}" for version in range(1, 9))
_SYSTEMS = (
    Origin("a PDF document", "a reader of documents", (".pdf",), _signs(rb"\A%PDF-")),
    Origin("a story of Twine", "Twine or a browser", (), _signs(rb"<tw-storydata\b|<div [^>]{0,80}storeArea\b")),
    Origin("a story in Twee, the text form of Twine", "Twine", (".twee", ".tw"), _signs(rb"^::[ \t]*[^\s:]", rb"^::[ \t]*Story|\[\[")),
    Origin("a compiled story of ink", "a player of ink", (".ink.json",), _signs(rb"\A\s*\{", rb"\"inkVersion\"\s*:")),
    Origin("a story in ink", "Inky", (".ink", ".ink2"), _signs(rb"^={2,3}[ \t]*\w+[ \t]*=*[ \t]*\r?$", rb"^[ \t]*(?:->|[*+])")),
    Origin(
        "a story of ChoiceScript", "ChoiceScript", (),
        _signs(rb"^\*(?:scene_list|choice|fake_choice|create|finish|page_break|goto|goto_scene|label|title|set|temp)\b"),
    ),
    Origin("a script of Ren'Py", "Ren'Py", (".rpy", ".rpyc", ".rpym", ".rpa"), _signs(rb"^label \w+[^:\r\n]*:|\ARENPY |\ARPA-\d")),
    Origin("a script of Yarn", "Yarn Spinner", (".yarn", ".yarnc", ".yarnproject"), _signs(rb"^title:", rb"^---\r?$", rb"^===\r?$")),
    Origin("a scene of Dendry", "Dendry", (".dry",), _signs(rb"^(?:title|subtitle|view-if|choose-if|on-arrival):", rb"^- ?[@#][\w.-]")),
    Origin("a game in Glulx", "an interpreter of Glulx", (".ulx", ".gblorb", ".glb"), _signs(rb"\AGlul")),
    Origin(
        "a game in Z-code", "an interpreter of Z-code such as Frotz", (*_Z, ".zblorb", ".zlb"),
        _signs(rb"\A[\x01-\x08][\s\S]{17}[\dA-Z-]{6}"),
    ),
    Origin("a packed game of interactive fiction", "an interpreter such as Gargoyle", (".blb", ".blorb"), _signs(rb"\AFORM[\s\S]{4}IFRS")),
    Origin("a game of TADS", "an interpreter of TADS", (".gam", ".t3"), _signs(rb"\A(?:TADS2 bin|T3-image)")),
    Origin("a story of Inform", "Inform", (".ni", ".i7", ".i7x", ".inf", ".inform")),
    Origin("a game of Quest", "Quest", (".aslx", ".quest", ".asl"), _signs(rb"^<asl ")),
    Origin("a story of Squiffy", "Squiffy", (".squiffy",)),
    Origin("a web page", "a browser", (".html", ".htm", ".xhtml"), _signs(rb"\A\s*<(?:!(?i:doctype html)|html)\b")),
    Origin("a document", "a word processor", (".docx", ".doc", ".odt", ".rtf", ".epub"), _signs(rb"\A(?:\{\\rtf|\xd0\xcf\x11\xe0)")),
    Origin("an archive", "a program that unpacks it", (".7z", ".rar", ".gz", ".tar"), _signs(rb"\APK\x03\x04(?![\s\S]*story\.yaml)")),
    Origin("a picture", "a viewer of pictures", (".png", ".jpg", ".jpeg", ".gif", ".webp"), _signs(rb"\A(?:\x89PNG|\xff\xd8\xff|GIF8)")),
)  # fmt: skip
#: What lies beside stories of every system.
_COMPANY = frozenset({"a picture", "a document", "a PDF document", "an archive", "a web page"})
_OURS = (".yaml", ".yml", ".story")
#: A page of Twine's has its program first, which may be large.
_LONGEST_PAGE = 32 * 1024 * 1024


#: How many files of a folder are looked at.
_MOST_FILES = 100


def system_of_folder(path: Path) -> Origin | None:
    """Return the system that a file in a folder is of, None where there is none. Raises OSError where it cannot be read."""
    files = (each for each in islice(sorted(path.iterdir()), _MOST_FILES) if each.is_file())
    return next((system for each in files if (system := system_of(each)) and system.title not in _COMPANY), None)


def system_of(path: Path) -> Origin | None:
    """Return the system that a file is of, None where it may be a story here. Raises OSError where it cannot be read."""
    name = path.name.lower()
    head = take_beginning(path, _HEAD).removeprefix(_MARK)
    if head.lstrip().startswith(b"<"):
        head = take_beginning(path, _LONGEST_PAGE)
    if head.startswith(b"PK") and name.endswith(_OURS):
        return None  # a packed story, which may be damaged
    for system in _SYSTEMS:
        if system.signs and all(sign.search(head) for sign in system.signs):
            return system
        if name.endswith(system.endings) and not name.endswith(_OURS):
            return system
    return None
