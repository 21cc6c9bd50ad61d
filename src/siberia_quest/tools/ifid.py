"""The number that names a story in the world's catalogues: made once, and written into the story's file."""

import re
from uuid import uuid4

#: An id of one line, behind which a line may be put, whatever stands in the file.
_ID = re.compile(rb"^id:[ \t]+[\w-]+[ \t]*(?:#[^\r\n]*)?(\r?\n)", re.MULTILINE)
#: A title at the left edge, before which one may.
_TITLE = re.compile(rb"^(?:\xef\xbb\xbf)?(?=story:[ \t])", re.MULTILINE)


def make_ifid() -> str:
    """Return a new IFID: a UUID by chance, in capitals."""
    return str(uuid4()).upper()


def add_ifid(text: bytes, ifid: str) -> bytes | None:
    r"""Return a story's file with its IFID in a line of its own, all else as it was; None where that has no sure place.

    >>> add_ifid(b"story: A quay # mine\n", "X")
    b'ifid: X\nstory: A quay # mine\n'
    """
    found = _ID.search(text)
    if found:
        return text[: found.end()] + b"ifid: " + ifid.encode() + found[1] + text[found.end() :]
    title = _TITLE.search(text)
    if title is None:
        return None
    end = b"\r\n" if b"\r\n" in text else b"\n"
    return text[: title.end()] + b"ifid: " + ifid.encode() + end + text[title.end() :]
