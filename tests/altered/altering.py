"""Altering the lines of a story as slips of the hand do: a word misspelt, a sign lost, a line indented otherwise, swapped or moved."""

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

#: Returns a number below another.
Pick: TypeAlias = Callable[[int], int]
_OPENS = re.compile(r"[|>][+-]?\s*$")
_KEY = re.compile(r"[^\W\d]\w*(?=\s*:(?:\s|$))")
_WORD = re.compile(r"[^\W\d]\w{2,}")
_COLON = re.compile(r":(?=\s|$)")
#: Keys behind which words for the player stand.
_TOLD = frozenset({
    "text", "title", "label", "hint", "locked", "prompt", "about", "story", "scene", "by", "say", "then", "else", "content_notes",
    "success", "failure", "ask", "alt", "note", "checkpoint", "journal", "pause", "left", "right", "version",
})  # fmt: skip


class Altered(NamedTuple):
    """Lines that were altered: how, and the word that was misspelt with what it became ("" where none was)."""

    lines: list[str]
    how: str
    word: str = ""
    became: str = ""


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def lines_of_structure(lines: list[str]) -> list[int]:
    """Return the numbers of the lines that are no prose under a `|`, no notes and not empty."""
    found, above = [], -1
    for number, line in enumerate(lines):
        if not line.strip() or (above >= 0 and indent_of(line) > above):
            continue
        above = indent_of(line) if _OPENS.search(line) else -1
        if not line.lstrip().startswith("#"):
            found.append(number)
    return found


def misspell(word: str, pick: Pick) -> str:
    """Return a word with two letters turned round, one lost or doubled, or a capital."""
    at = pick(len(word))
    turned = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return (turned, word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[0].upper() + word[1:])[pick(4)]


def _misspell_one(lines: list[str], number: int, begin: int, end: int, pick: Pick) -> Altered:
    line, word = lines[number], lines[number][begin:end]
    became = misspell(word, pick)
    return Altered(
        [*lines[:number], line[:begin] + became + line[end:], *lines[number + 1 :]], "misspelt", word, became
    )


def misspell_key(lines: list[str], number: int, pick: Pick) -> Altered | None:
    found = [*_KEY.finditer(lines[number])]
    return _misspell_one(lines, number, *found[pick(len(found))].span(), pick) if found else None


def misspell_word(lines: list[str], number: int, pick: Pick) -> Altered | None:
    key = _KEY.search(lines[number])
    found = [*_WORD.finditer(lines[number], key.end())] if key and key.group() not in _TOLD else []
    return _misspell_one(lines, number, *found[pick(len(found))].span(), pick) if found else None


def lose_colon(lines: list[str], number: int, _: Pick) -> Altered | None:
    line = lines[number]
    found = _COLON.search(line)
    changed = line[: found.start()] + line[found.end() :] if found else line
    return Altered([*lines[:number], changed, *lines[number + 1 :]], "without its colon")


def lose_dash(lines: list[str], number: int, pick: Pick) -> Altered | None:
    return Altered(
        [*lines[:number], lines[number].replace("- ", ("", "  ")[pick(2)], 1), *lines[number + 1 :]], "without its dash"
    )


def add_dash(lines: list[str], number: int, _: Pick) -> Altered | None:
    line = lines[number]
    if line.lstrip().startswith("- ") or indent_of(line) < 2:
        return None
    return Altered(
        [*lines[:number], f"{line[: indent_of(line) - 2]}- {line.lstrip()}", *lines[number + 1 :]], "with a dash"
    )


def indent(lines: list[str], number: int, pick: Pick) -> Altered | None:
    return _move_right(lines, number, number + 1, (-4, -2, -1, 1, 2, 4)[pick(6)])


def indent_block(lines: list[str], number: int, pick: Pick) -> Altered | None:
    column, end = indent_of(lines[number]), number + 1
    while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) > column):
        end += 1
    return _move_right(lines, number, end, (-4, -2, 2, 4)[pick(4)])


def _move_right(lines: list[str], begin: int, end: int, by: int) -> Altered | None:
    if indent_of(lines[begin]) + by < 0:
        return None
    moved = [" " * (indent_of(line) + by) + line.lstrip(" ") if line.strip() else line for line in lines[begin:end]]
    return Altered([*lines[:begin], *moved, *lines[end:]], "indented otherwise")


def swap(lines: list[str], number: int, _: Pick) -> Altered | None:
    behind = [each for each in lines_of_structure(lines) if each > number][:1]
    if not behind:
        return None
    changed = [*lines]
    changed[number], changed[behind[0]] = lines[behind[0]], lines[number]
    return Altered(changed, "elsewhere")


def move(lines: list[str], number: int, pick: Pick) -> Altered | None:
    places = lines_of_structure(lines)
    place = places[pick(len(places))]
    changed = [*lines]
    line = changed.pop(number)
    changed.insert(place, " " * indent_of(lines[place]) + line.lstrip(" "))
    return Altered(changed, "elsewhere")


Alteration: TypeAlias = Callable[[list[str], int, Pick], Altered | None]
ALTERATIONS: tuple[Alteration, ...] = (
    misspell_key, misspell_word, lose_colon, lose_dash, add_dash, indent, indent_block, swap, move,
)  # fmt: skip


def alter(text: str, pick: Pick) -> Altered | None:
    """Return a story's lines with one slip in them; None where this slip cannot be made there."""
    lines = text.split("\n")
    places = lines_of_structure(lines)
    altered = ALTERATIONS[pick(len(ALTERATIONS))](lines, places[pick(len(places))], pick)
    return None if altered is None or altered.lines == lines else altered
