"""What saves are called: a player may call one anything, and its file's name is this program's affair."""

import hashlib
import re
import unicodedata

from siberia_quest.model.language import Told, compose
from siberia_quest.model.markup import clean

AUTOSAVE, QUICK = "autosave", "quick"
#: How the games are named that another took the place of: `earlier~1`, `earlier~2`, and so on.
ASIDE = "earlier~"
LONGEST_NAME = 80
#: Bytes; what is longer a disk may refuse.
_LONGEST_FOLDER = 200
_NAMED = "named~"
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z")
_OURS = re.compile(r"(earlier~[0-9]{1,9}|named~[0-9a-f]{16})\Z")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
)


def stem_of(name: str) -> str:
    """Return the name of a save's file without its ending: the same where every system takes it, else one made of it."""
    words = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    plain = words.replace(" ", "-")
    if _OURS.match(plain) or (_PLAIN.match(plain) and plain not in _RESERVED):
        return plain
    return f"{_NAMED}{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:16]}"


def folder_of(story_id: str) -> str:
    """Return the name of the folder for a story's saves: its id, or one made of it where that is too long for a disk."""
    if len(story_id.encode("utf-8", "replace")) <= _LONGEST_FOLDER:
        return story_id
    return f"{story_id[:40]}~{hashlib.sha256(story_id.encode('utf-8', 'replace')).hexdigest()[:8]}"


def name_of(stem: str, label: str) -> str:
    """Return what the save in a file is called: its label where the file's name was made of it."""
    return label if stem.startswith(_NAMED) and stem_of(label) == stem else stem


def is_plain(name: str) -> bool:
    """Tell whether a save's file is called as the save is."""
    return bool(_PLAIN.match(name)) and name not in _RESERVED


def slot_fault(name: str) -> Told:
    """Return why nothing can be called so, nothing when something can."""
    if not name.strip() or clean(name) != name:
        return compose("slot_unseen")
    return compose("slot_too_long", most=LONGEST_NAME) if len(name) > LONGEST_NAME else ()


def number_of(stem: str) -> int:
    """Return the number of a game that was set aside, 0 for any other save."""
    return int(stem.removeprefix(ASIDE)) if stem.startswith(ASIDE) and _OURS.match(stem) else 0
