"""Whether a terminal is dark or light, as far as it says so: asked once, never waited for, and no key that was typed meanwhile is lost."""

import os
import re
import select
import time
from collections.abc import Mapping
from typing import IO

from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.terminal.theme import Background

#: Asks for the background (OSC 11), then for what every terminal answers (DA1): behind that nothing more is to come.
_QUESTION = "\x1b]11;?\x07\x1b[c"
_COLOUR = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)[^\x07\x1b]*(?:\x07|\x1b\\)")
_ANY_COLOUR, _ABOUT = re.compile(rb"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)"), re.compile(rb"\x1b\[\?[\d;]*c")
#: So long an answer is looked for, in seconds; what comes later is no key either (`LATE`).
_PATIENCE = 0.1
_MOST = 4096
#: A late answer, in text, or the beginning of one.
LATE = re.compile(r"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\|\x1b?\Z)|\x1b\[\?[\d;]*(?:c|\Z)")
#: Of the sixteen colours those that are dark: all up to the grey, and the dark grey. The Linux console is dark, and cannot be asked.
_DARK = frozenset({0, 1, 2, 3, 4, 5, 6, 8})
_MUTE = frozenset({"linux"})


class Heard(NamedTuple):
    """What a terminal answered, and the bytes that were typed meanwhile."""

    background: Background
    typed: bytes = b""


def read_background(environ: Mapping[str, str]) -> Background:
    """Return what the environment tells: `COLORFGBG=15;0` is light on dark."""
    if environ.get("TERM") in _MUTE:
        return "dark"
    last = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not (last.isascii() and last.isdecimal() and int(last[:3]) < 16):  # the sixteen colours
        return ""
    return "dark" if int(last) in _DARK else "light"


def ask_background(source: int, target: IO[str], patience: float = _PATIENCE) -> Heard:
    """Ask a terminal that passes keys on one by one; where somebody types already it is left alone. Raises OSError."""
    if select.select([source], [], [], 0)[0]:
        return Heard("")
    target.write(_QUESTION)
    target.flush()
    heard, end = b"", time.monotonic() + patience
    while not _ABOUT.search(heard) and len(heard) < _MOST:
        if not select.select([source], [], [], max(0.0, end - time.monotonic()))[0]:
            break
        more = os.read(source, 1024)
        if not more:
            break
        heard += more
    return hear(heard)


def hear(answer: bytes) -> Heard:
    """Return what is in bytes that came from a terminal."""
    found = _COLOUR.search(answer)
    typed = _ABOUT.sub(b"", _ANY_COLOUR.sub(b"", answer))
    if found is None:
        return Heard("", typed)
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    # The weights are those of a grey of the same brightness; half of it is the middle.
    return Heard("light" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "dark", typed)
