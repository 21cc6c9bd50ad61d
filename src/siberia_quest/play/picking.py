"""Which choice a player means: by number, id, words, first letters, or nearly."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from siberia_quest.model.page import Option

# Compiled when the first line is typed, which is after the first page.
_NUMBER = r"\s*#?(\d{1,4})[.)]?\s*"
_NUMBERED = r"\s*(\d{1,4})[.)]\s+(.+)"
_APART = r"[\W_]+"
#: One slip is forgiven for so many letters.
_LETTERS_A_SLIP = 3


def find_named(typed: str, options: Sequence[Option]) -> Option | None:
    """Return the option that is meant without doubt: by its number, its id, its whole text or one of its `words`."""
    number = re.fullmatch(_NUMBER, typed)
    if number:
        return _find_numbered(int(number[1]), options)
    both = re.fullmatch(_NUMBERED, typed)
    if both:
        option = _find_numbered(int(both[1]), options)
        return option if option and simplify(option.text) == simplify(both[2]) else None
    plain = simplify(typed)
    found = [option for option in options if plain and plain in _own_words(option)]
    return found[0] if len(found) == 1 else None


def guess(typed: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """Return the options that begin with what was typed; where none does, those with such words in their text."""
    plain = simplify(typed)
    if not plain:
        return ()
    begun = tuple(option for option in options if any(words.startswith(plain) for words in _own_words(option)))
    if begun:
        return begun
    wanted = plain.split()
    return tuple(option for option in options if _has_all(wanted, option))


def find_nearest(typed: str, options: Sequence[Option], commands: Iterable[str] = ()) -> Option | str | None:
    """Return the option or command that is spelled most like what was typed, or None where none is near."""
    plain = simplify(typed)
    best: Option | str | None = None
    fewest = len(plain) // _LETTERS_A_SLIP + 1
    for candidate, words in _candidates(options, commands):
        slips = min(_slips(plain, each, fewest) for each in words)
        if slips < fewest:
            best, fewest = candidate, slips
    return best


def simplify(text: str) -> str:
    """Return words without case, accents and punctuation, with single spaces."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
        text = text.replace("’", "'")
    return re.sub(_APART, " ", text.casefold().replace("'", "")).strip()


def _find_numbered(number: int, options: Sequence[Option]) -> Option | None:
    return options[number - 1] if 1 <= number <= len(options) else None


def _own_words(option: Option) -> list[str]:
    return [simplify(words) for words in (option.id, option.text, *option.words)]


def _has_all(wanted: list[str], option: Option) -> bool:
    there = simplify(" ".join((option.text, option.id, *option.words))).split()
    return all(any(word.startswith(each) for word in there) for each in wanted)


def _candidates(options: Sequence[Option], commands: Iterable[str]) -> list[tuple[Option | str, list[str]]]:
    found: list[tuple[Option | str, list[str]]] = []
    for option in options:
        own = _own_words(option)
        found.append(
            (option, [*own, *(word for words in own for word in words.split() if len(word) >= _LETTERS_A_SLIP)])
        )
    found += [(command, [command]) for command in commands]
    return found


def _slips(typed: str, meant: str, most: int) -> int:
    """Return how many slips lead from one word to the other, or `most` if that many or more.

    A slip is a letter too many, too few, wrong, or two in the wrong order: the distance of Damerau (1964), as is usual
    without a second slip inside the first.
    """
    if abs(len(typed) - len(meant)) >= most:
        return most
    before, above = list[int](), list(range(len(meant) + 1))
    for row, sign in enumerate(typed, 1):
        line = [row]
        for column, other in enumerate(meant, 1):
            slips = min(above[column] + 1, line[-1] + 1, above[column - 1] + (sign != other))
            if row > 1 and column > 1 and sign == meant[column - 2] and typed[row - 2] == other:
                slips = min(slips, before[column - 2] + 1)
            line.append(slips)
        before, above = above, line
    return min(above[-1], most)
