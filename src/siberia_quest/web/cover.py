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
