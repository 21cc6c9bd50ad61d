"""The picks of a game in a save: the latest by their ids, those before them in rows of a thousand, each packed once."""

import json
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator, Sequence
from typing import overload

from siberia_quest.model.markup import clean
from siberia_quest.storage.codec.state_to_plain import Plain

#: So many picks are in a row.
ROW = 1000
#: What all rows of a log may unpack to, in bytes: as much as a save may have.
MOST_UNPACKED = 32 * 1024 * 1024
_FIRST = 35  # a sign that JSON needs no escape for; those behind it stand for the ids, in their order
_BACKSLASH = 92


class PickLog(Sequence[str]):
    """The picks of a game by id, oldest first. How many they are is known without unpacking any."""

    def __init__(self, rows: Sequence[str] = (), rest: Sequence[str] = ()) -> None:
        """Keep the packed rows, each of `ROW` picks, and the picks behind them."""
        self.rows, self.rest = tuple(rows), tuple(rest)

    def __len__(self) -> int:
        return len(self.rows) * ROW + len(self.rest)

    def __iter__(self) -> Iterator[str]:
        for row in self.rows:
            yield from unpack_row(row)
        yield from self.rest

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: "slice[int | None, int | None, int | None]") -> tuple[str, ...]: ...

    def __getitem__(self, at: "int | slice[int | None, int | None, int | None]") -> str | tuple[str, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and self.begins(other)

    def __hash__(self) -> int:
        return hash((len(self), self.rest))

    def begins(self, other: Sequence[str]) -> bool:
        """Tell whether another log begins with all of this one."""
        return len(self) <= len(other) and all(one == its for one, its in zip(self, other, strict=False))


def pack_row(picks: Sequence[str]) -> str:
    """Return picks as one text: each id once, a sign for each pick, all of it packed."""
    ids = [*dict.fromkeys(picks)]
    signs = dict(zip(ids, _SIGNS, strict=False))
    plain = json.dumps([ids, "".join(map(signs.__getitem__, picks))], ensure_ascii=False, separators=(",", ":"))
    return b2a_base64(zlib.compress(plain.encode("utf-8"), 9), newline=False).decode("ascii")


def unpack_row(row: str) -> tuple[str, ...]:
    """Return the picks of a row. Raises ValueError where it is none."""
    try:
        plain = json.loads(_decompress(row, MOST_UNPACKED))
    except RecursionError as error:
        raise ValueError(str(error)) from None
    match plain:
        case [[*ids], str(signs)] if len(signs) == ROW and all(isinstance(each, str) for each in ids):
            named = dict(zip(_SIGNS, map(clean, ids), strict=False))
            if set(signs) <= named.keys():
                return tuple(map(named.__getitem__, signs))
    raise ValueError("no row of picks")


def _decompress(row: str, most: int) -> bytes:
    """Return what a row unpacks to. Raises ValueError where that is more, or nothing whole."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(a2b_base64(row, strict_mode=True), max(1, most))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not unpacking.eof:
        raise ValueError("no row of picks")
    return plain


_SIGNS = "".join(chr(each) for each in range(_FIRST, _FIRST + ROW + 1) if each != _BACKSLASH)


def picks_from_plain(rows: Plain, rest: Plain) -> PickLog:
    """Return the picks of a save; rows that are none are left out, and with them what came before the last picks."""
    found = tuple(map(str, rows)) if isinstance(rows, list) else ()
    left = MOST_UNPACKED
    try:
        for row in found:
            left -= len(_decompress(row, left))
            unpack_row(row)
    except ValueError:
        found = ()
    return PickLog(found, tuple(clean(str(pick)) for pick in rest) if isinstance(rest, list) else ())
