"""The cover of a story: a picture that goes into the page and beside it."""

import base64
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from siberia_quest.model.named_tuple import NamedTuple

#: A page with a larger one would be slow to come.
MOST_BYTES = 4 * 1024 * 1024
#: A sort of picture, as browsers name it.
PictureSort: TypeAlias = Literal["image/png", "image/jpeg"]
#: How files of each sort begin: what browsers and competitions take.
_BEGINS: Mapping[bytes, tuple[PictureSort, str]] = MappingProxyType(
    {b"\x89PNG\r\n\x1a\n": ("image/png", "png"), b"\xff\xd8\xff": ("image/jpeg", "jpg")}
)
#: A PNG says its size in its first bytes, a JPEG in a part with one of these numbers.
_PNG_HEAD = 24
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


class Cover(NamedTuple):
    """A picture: its sort, the ending of its file, and its bytes."""

    sort: PictureSort
    ending: str
    data: bytes

    @property
    def address(self) -> str:
        """The picture as an address that holds all of it."""
        return f"data:{self.sort};base64,{base64.b64encode(self.data).decode('ascii')}"


def read_cover(data: bytes) -> Cover | None:
    """Return a picture by what it begins with, None where it is no PNG and no JPEG.

    >>> read_cover(b"GIF89a") is None
    True
    """
    for begin, (sort, ending) in _BEGINS.items():
        if data.startswith(begin):
            return Cover(sort, ending, data)
    return None


def size_of(data: bytes) -> tuple[int, int] | None:
    r"""Return how wide and high a picture is, None where it does not say.

    >>> size_of(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x05\x00\x00\x00\x07")
    (5, 7)
    """
    if data.startswith(b"\x89PNG") and len(data) >= _PNG_HEAD:
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    at = 2
    while data[at : at + 1] == b"\xff" and at + 9 < len(data):
        if data[at + 1] in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None
