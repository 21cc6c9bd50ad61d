"""Nouns of a story as lists that JSON can hold, and back: never code, and nothing comes out but nouns of their declared kinds."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from math import isfinite
from types import MappingProxyType, UnionType
from typing import ForwardRef, Literal, NewType, TypeAlias, Union, cast, get_args, get_origin

from siberia_quest.model import diagnostic, expression, kinds, language, steps, story
from siberia_quest.model.named_tuple import NamedTuple

Packed: TypeAlias = Union[bool, int, float, str, list["Packed"], None]
_Make: TypeAlias = Callable[[Packed], object]


#: What the modules of nouns define: a kind that hangs on itself is declared by its name there.
_DEFINED: Mapping[str, object] = MappingProxyType(
    {
        name: each
        for module in (diagnostic, expression, kinds, language, steps, story)
        for name, each in vars(module).items()
    }
)


def _nouns() -> dict[str, type]:
    """Return every noun a story is made of by the name it is packed under; a declared variable and one that is read share a name."""
    found = [noun for noun in _DEFINED.values() if isinstance(noun, type)]
    named = {noun.__name__: noun for noun in found if issubclass(noun, tuple) and hasattr(noun, "_fields")}
    return {**named, "Variable": expression.Reference, "Declared": story.Variable}


_HEADS: Mapping[type, str] = MappingProxyType({**{noun: name for name, noun in _nouns().items()}, tuple: ""})
_SIMPLE = frozenset({bool, int, float, str, type(None)})


def pack(thing: object) -> Packed:
    """Return a noun as lists: its name and its fields; a plain tuple has no name. Raises TypeError for anything else."""
    sort = type(thing)
    if sort in _SIMPLE:
        return cast("Packed", thing)
    head = _HEADS.get(sort)
    if head is not None:
        return [head, *map(pack, cast("tuple[object, ...]", thing))]
    if isinstance(thing, Mapping):
        return ["{", *[pack(part) for pair in thing.items() for part in pair]]
    raise TypeError(sort.__name__)


class _Unpacker(NamedTuple):
    """How something of a kind is unpacked: what is `plain` is itself, all else is made."""

    plain: frozenset[type]
    make: _Make


class Unpacking:
    """Makes nouns again of what was packed, of the kinds that their fields declare.

    What makes those of a kind is put together when it is first needed, and kept as long as this is.
    """

    def __init__(self) -> None:
        self._kinds: dict[object, _Unpacker] = {}
        self._nouns: dict[type, _Make] = {}

    def unpack(self, packed: Packed, kind: object) -> object:
        """Return what was packed, of a kind: a noun, or whatever a field can be declared as. Raises ValueError for anything else."""
        plain, make = self._of(kind)
        return packed if type(packed) in plain else make(packed)

    def _of(self, kind: object) -> _Unpacker:
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = self._put_together(kind)
        return found

    def _put_together(self, kind: object) -> _Unpacker:
        if isinstance(
            kind, str | ForwardRef
        ):  # typing's own way to find what is meant took a fifth of a story's reading
            return self._of(_DEFINED[kind if isinstance(kind, str) else kind.__forward_arg__])
        if isinstance(kind, NewType):
            return self._of(kind.__supertype__)
        origin, parts = get_origin(kind), cast("tuple[object, ...]", get_args(kind))
        if origin is Literal:
            return _Unpacker(frozenset(), partial(_word, frozenset(parts)))
        if origin is Union or isinstance(kind, UnionType):
            return self._one_of(parts)
        if origin is tuple:
            return self._many(parts[0]) if parts[1:] == (...,) else _Unpacker(frozenset(), self._row("", tuple, parts))
        if origin is Mapping:
            return self._pairs(*parts)
        return self._one_of((kind,))

    def _noun(self, noun: type) -> _Make:
        """Return what makes a noun. It is put together when the first comes, for a noun may be part of itself."""
        made = self._nouns[noun] = self._row(_HEADS[noun], noun, [*noun.__annotations__.values()])
        return made

    def _row(self, head: str, noun: type, kinds: Sequence[object]) -> _Make:
        fields, size, new = (
            [(index, *self._of(each)) for index, each in enumerate(kinds)],
            len(kinds) + 1,
            tuple.__new__,
        )

        def make(
            packed: Packed,
        ) -> object:  # a loop: a list's own comprehension is a call, and this is done for each noun of a story
            if type(packed) is not list or len(packed) != size or packed[0] != head:
                raise ValueError
            row: list[object] = packed[1:]  # type: ignore[assignment]  # packed now, made below
            for index, plain, take in fields:
                if type(each := packed[index + 1]) not in plain:
                    row[index] = take(each)
            return new(noun, row)

        return make

    def _many(self, kind: object) -> _Unpacker:
        plain, take = self._of(kind)

        def make(packed: Packed) -> object:
            if type(packed) is not list or packed[:1] != [""]:
                raise ValueError
            row: list[object] = []
            for each in packed[1:]:
                row.append(each if type(each) in plain else take(each))  # noqa: PERF401  # as above
            return tuple(row)

        return _Unpacker(frozenset(), make)

    def _pairs(self, key: object, kind: object) -> _Unpacker:
        (plain_key, take_key), (plain, take) = self._of(key), self._of(kind)

        def make(packed: Packed) -> object:
            if type(packed) is not list or packed[:1] != ["{"]:
                raise ValueError
            return {
                (name if type(name) in plain_key else take_key(name)): (each if type(each) in plain else take(each))
                for name, each in zip(packed[1::2], packed[2::2], strict=True)
            }

        return _Unpacker(frozenset(), make)

    def _one_of(self, kinds: tuple[object, ...]) -> _Unpacker:
        """Return what makes one of several nouns, a tuple of one of several sorts, or something plain."""
        sorts = [each for each in kinds if isinstance(each, type)]
        nouns, known = {_HEADS[each]: each for each in sorts if each in _HEADS}, dict[str, _Make]()
        rows = [self._of(each).make for each in kinds if get_origin(each) is tuple]
        has_fractions = float in sorts

        def make(packed: Packed) -> object:
            if type(packed) is list and packed:
                head = packed[0]
                if type(head) is str and head in nouns:
                    if head not in known:
                        known[head] = self._nouns.get(nouns[head]) or self._noun(nouns[head])
                    return known[head](packed)
                for row in rows:
                    with suppress(ValueError):
                        return row(packed)
            if type(packed) is float and has_fractions and isfinite(packed):
                return packed
            raise ValueError

        return _Unpacker(frozenset(sorts) & _SIMPLE - {float}, make)


def _word(words: frozenset[object], packed: Packed) -> object:
    """Return a word of a closed set."""
    if type(packed) is not str or packed not in words:
        raise ValueError
    return packed
