"""A save as bytes: canonical JSON with a checksum, and a reader that trusts nothing."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import chain

from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.storage.codec.state_to_plain import Plain
from siberia_quest.storage.writing import Refusal, refuse

FORMAT = "siberia-quest save"
SCHEMA = 1
MOST_BYTES = 32 * 1024 * 1024
DEEPEST = 60
_LARGEST = 10**18
_TO_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_HOLDERS = frozenset({dict, list})
_SEAL = "sha256"


class _Bad(ValueError):  # noqa: N818  # it never leaves this module
    """The bytes are no save."""


class Document(NamedTuple):
    """What a save holds, as plain data; `extra` are keys of the same schema that we do not know, and keep."""

    data: dict[str, Plain]


def encode(data: Mapping[str, Plain], form: str = FORMAT) -> bytes:
    """Return a save's bytes, or those of another form. Raises ValueError when they would not read back as they are."""
    body = {**data, "format": form, "schema": SCHEMA}
    body.pop(_SEAL, None)
    # the seal stands in its place among the keys, so that what it seals need not be written twice
    before, behind = (
        _canonical({key: body[key] for key in body if (key > _SEAL) is each})[1:-2] for each in (False, True)
    )
    seal = hashlib.sha256(b"{%b}\n" % b",".join(filter(None, (before, behind)))).hexdigest()
    written = b"{%b}\n" % b",".join(filter(None, (before, b'"%b":"%b"' % (_SEAL.encode(), seal.encode()), behind)))
    read = _parse(written)
    _check_bounds(read, written)
    if read != {**body, _SEAL: seal} or len(written) > MOST_BYTES:
        message = "the save does not read back as it was written"
        raise ValueError(message)
    return written


def decode(written: bytes, form: str = FORMAT) -> Document | Refusal:
    """Return what a save's bytes hold, or those of another form, or why they are none."""
    try:
        data = _parse(written)
        if not isinstance(data, dict) or data.get("format") != form:
            return refuse("SQ706", "save_foreign")
        schema = data.get("schema")
        if isinstance(schema, int) and schema > SCHEMA:
            return refuse("SQ707", "save_newer")
        _check_bounds(data, written)
        given = data.get(_SEAL)
        body = {key: value for key, value in data.items() if key != _SEAL}
        if schema != SCHEMA or given != _checksum(body):
            return refuse("SQ708", "save_damaged")
    except (ValueError, RecursionError):
        return refuse("SQ708", "save_damaged")
    return Document(data)


def _parse(written: bytes) -> Plain:
    """Return what bytes hold. Raises ValueError and RecursionError."""
    data: Plain = json.loads(written.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_constant)
    return data


def _canonical(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")) + "\n").encode(
        "utf-8"
    )


def _checksum(body: Mapping[str, Plain]) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()


def _pairs(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Bad
    return made


def _no_constant(_: str) -> None:
    raise _Bad


def _check_bounds(data: Plain, written: bytes) -> None:
    """Refuse what nests too deep, and numbers too large to be exact everywhere; the walk does not recurse."""
    has_large = b"0" * len(str(_LARGEST)) in written.translate(_TO_ZEROS)
    level = [data] if type(data) in _HOLDERS else []
    for _ in range(DEEPEST):
        if has_large and any(type(each) is int and not -_LARGEST <= each <= _LARGEST for each in _inside(level)):
            raise _Bad
        level = [each for each in _inside(level) if type(each) in _HOLDERS]
        if not level:
            return
    raise _Bad


def _inside(level: list[Plain]) -> Iterator[Plain]:
    """Return all that stands in some lists and mappings."""
    return chain.from_iterable(
        each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)
    )
