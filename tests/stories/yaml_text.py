"""A tree of mappings, lists and scalars as YAML text, in the ways authors write it."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

from stories.dice import Dice

Tree: TypeAlias = Union[str, int, float, bool, Sequence["Tree"], Mapping[str, "Tree"]]
_PLAIN = re.compile(r"(?:[^\W_]|-\d)(?:[^\n:#]*[^\s:#])?\Z")
_WORD = re.compile(r"[^\W_][\w ]*\Z")


def written(tree: Mapping[str, Tree], dice: Dice) -> str:
    return "\n".join(_mapping(tree, "", dice)) + "\n"


def _mapping(tree: Mapping[str, Tree], margin: str, dice: Dice) -> list[str]:
    lines = []
    for key, under in tree.items():
        lines += _under(f"{margin}{written_scalar(key)}:", under, f"{margin}  ", dice)
    return lines


def _under(start: str, tree: Tree, margin: str, dice: Dice) -> list[str]:
    """What stands under a key or behind a dash, whose line begins with `start`."""
    if isinstance(tree, str) and "\n" in tree and tree.isprintable() is False and _is_block(tree) and dice.below(3):
        return [f"{start} |", *(f"{margin}{line}" for line in tree.split("\n"))]
    if isinstance(tree, str | bool | int | float):
        return [f"{start} {written_scalar(tree)}"]
    if not tree:
        return [f"{start} {'{}' if isinstance(tree, Mapping) else '[]'}"]
    if isinstance(tree, Mapping):
        return [start, *_mapping(tree, margin, dice)]
    if all(isinstance(each, int) or (isinstance(each, str) and _WORD.match(each)) for each in tree):
        return [f"{start} [{', '.join(written_scalar(each) for each in tree if isinstance(each, str | int))}]"]
    return [start, *_items(tree, margin, dice)]


def _items(tree: Sequence[Tree], margin: str, dice: Dice) -> list[str]:
    lines = []
    for each in tree:
        if isinstance(each, Mapping) and each:
            inner = _mapping(each, f"{margin}  ", dice)
            inner[0] = f"{margin}- {inner[0][len(margin) + 2 :]}"
            lines += inner
        else:
            lines += _under(f"{margin}-", each, f"{margin}  ", dice)
    return lines


def _is_block(text: str) -> bool:
    return all(sign.isprintable() or sign == "\n" for sign in text) and not text.startswith((" ", "\n"))


def written_scalar(value: str | float) -> str:
    """A scalar: plain where that is the same, else in double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if _PLAIN.match(value) and value.isprintable():
        return value
    return quoted_scalar(value)


def quoted_scalar(text: str) -> str:
    """A text in double quotes."""
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
