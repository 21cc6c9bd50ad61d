"""A page as plain data, so that a save shows what was on the screen."""

import re
from collections.abc import Mapping
from typing import TypeAlias, get_args

from siberia_quest.model import page as blocks
from siberia_quest.model.markup import EM_ON, GLUE, clean
from siberia_quest.model.page import Ask, Block, Option, Page
from siberia_quest.storage.codec.state_to_plain import Plain

_SORTS: tuple[type[Block], ...] = get_args(Block)
_PageShape: TypeAlias = tuple[list[object], object, object, object, object, str, str | None, str, int]
#: Where and in which turn a page was told: earlier saves do not say.
_UNSAID: tuple[Plain, ...] = ("", 0)
_SHORTER = 7
_MARKS = frozenset(chr(code) for code in range(ord(EM_ON), ord(GLUE) + 1))
_BETWEEN = re.compile(f"([{EM_ON}-{GLUE}])")


def page_to_plain(page: Page) -> Plain:
    """Return a page as lists: prose as texts, a block as its sort and its fields."""
    pieces: list[Plain] = [
        piece if isinstance(piece, str) else [type(piece).__name__, _fields(piece)] for piece in page.pieces
    ]
    changes, options = [_fields(change) for change in page.changes], [_fields(option) for option in page.options]
    return [
        pieces,
        changes,
        options,
        page.ask and _fields(page.ask),
        page.ending and _fields(page.ending),
        page.title,
        page.checkpoint,
        page.place,
        page.turn,
    ]


def _fields(thing: object) -> Plain:
    if isinstance(thing, tuple):
        return [_fields(part) for part in thing]
    return thing if thing is None or isinstance(thing, bool | int | float | str) else None


def page_from_plain(data: Plain) -> Page | None:
    """Return the page, None where the data is none. Texts are cleaned as all texts from outside are."""
    import msgspec  # noqa: PLC0415  # only where a game is loaded

    sorts = {sort.__name__: sort for sort in _SORTS}
    try:
        whole = [*data, *_UNSAID] if isinstance(data, list) and len(data) == _SHORTER else data
        pieces, changes, options, ask, ending, title, checkpoint, place, turn = msgspec.convert(
            _clean_one(whole), _PageShape
        )
        told = [piece if isinstance(piece, str) else _block(piece, sorts) for piece in pieces]
        return Page(
            tuple(told), msgspec.convert(changes, tuple[blocks.StatChange, ...]), msgspec.convert(options, tuple[Option, ...]),
            msgspec.convert(ask, Ask | None), msgspec.convert(ending, blocks.EndingBlock | None), title, None, checkpoint,
            place, turn,
        )  # fmt: skip
    except (msgspec.ValidationError, ValueError, TypeError, KeyError, IndexError):
        return None


def _block(piece: object, sorts: Mapping[str, type[Block]]) -> Block:
    """Return a block from its sort and its fields. Raises ValueError or KeyError where they are none."""
    import msgspec  # noqa: PLC0415

    sort, fields = msgspec.convert(piece, tuple[str, list[object]])
    return msgspec.convert(fields, sorts[sort])


def _clean_one(part: object) -> object:
    """Clean every text in a page's data but for our own marks, which its prose has."""
    if isinstance(part, str):
        return "".join([piece if piece in _MARKS else clean(piece) for piece in _BETWEEN.split(part)])
    return [_clean_one(each) for each in part] if isinstance(part, list) else part
