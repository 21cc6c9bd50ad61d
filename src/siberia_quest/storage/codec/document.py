"""A save as bytes: canonical JSON with a checksum, and a reader that trusts nothing."""

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple

from siberia_quest.storage.codec.state_to_plain import Plain
from siberia_quest.storage.writing import Refusal

FORMAT = "siberia-quest save"
SCHEMA = 1
MOST_BYTES = 32 * 1024 * 1024
DEEPEST = 60
_LARGEST = 10**18


class _Bad(ValueError):  # noqa: N818  # it never leaves this module
    """The bytes are no save."""


class Document(NamedTuple):
    """What a save holds, as plain data; `extra` are keys of the same schema that we do not know, and keep."""

    data: dict[str, Plain]


def encode(data: Mapping[str, Plain], form: str = FORMAT) -> bytes:
    """Return a save's bytes, or those of another form. Raises ValueError when they would not read back as they are."""
    body = {**data, "format": form, "schema": SCHEMA}
    body.pop("sha256", None)
    whole = {**body, "sha256": _checksum(body)}
    written = _canonical(whole)
    if decode(written, form) != Document(whole):
        message = "the save does not read back as it was written"
        raise ValueError(message)
    return written


def decode(written: bytes, form: str = FORMAT) -> Document | Refusal:
    """Return what a save's bytes hold, or those of another form, or why they are none."""
    try:
        data = json.loads(written.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_constant)
        if not isinstance(data, dict) or data.get("format") != form:
            return Refusal("SQ706", "This is no save of this program.")
        schema = data.get("schema")
        if isinstance(schema, int) and schema > SCHEMA:
            return Refusal("SQ707", "This save was made by a newer version of the program; it is left as it is.")
        _check_bounds(data)
        given = data.get("sha256")
        body = {key: value for key, value in data.items() if key != "sha256"}
        if schema != SCHEMA or given != _checksum(body):
            return Refusal("SQ708", "This save is damaged.")
    except (ValueError, RecursionError):
        return Refusal("SQ708", "This save is damaged.")
    return Document(data)


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


def _check_bounds(data: Plain) -> None:
    """Refuse what nests too deep, and numbers too large to be exact everywhere; the walk does not recurse."""
    level = [data]
    for _ in range(DEEPEST):
        deeper: list[Plain] = []
        for here in level:
            inside = here.values() if isinstance(here, dict) else here if isinstance(here, list) else (here,)
            for each in inside:
                if isinstance(each, dict | list):
                    deeper.append(each)
                elif isinstance(each, int) and not -_LARGEST <= each <= _LARGEST:
                    raise _Bad
        if not deeper:
            return
        level = deeper
    raise _Bad
