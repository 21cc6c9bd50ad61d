"""Which choice a player means: by number, id, words, first letters, or nearly."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from siberia_quest.model.page import Option

_NUMBER = re.compile(r"\s*#?(\d{1,4})[.)]?\s*")
_NUMBERED = re.compile(r"\s*(\d{1,4})[.)]\s+(.+)")
_APART = re.compile(r"[\W_]+")
#: How much of two words must agree for one to be a slip of the other, from 0 to 1.
_LIKENESS = 0.72


def named(typed: str, options: Sequence[Option]) -> Option | None:
    """Return the option that is meant without doubt: by its number, its id, its whole text or one of its `words`."""
    number = _NUMBER.fullmatch(typed)
    if number:
        return _numbered(int(number[1]), options)
    both = _NUMBERED.fullmatch(typed)
    if both:
        option = _numbered(int(both[1]), options)
        return option if option and simple(option.text) == simple(both[2]) else None
    plain = simple(typed)
    found = [option for option in options if plain and plain in _own_words(option)]
    return found[0] if len(found) == 1 else None


def guessed(typed: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """Return the options that begin with what was typed; where none does, those with such words in their text."""
    plain = simple(typed)
    if not plain:
        return ()
    begun = tuple(option for option in options if any(words.startswith(plain) for words in _own_words(option)))
    if begun:
        return begun
    wanted = plain.split()
    return tuple(option for option in options if _has_all(wanted, option))


def nearest(typed: str, options: Sequence[Option], commands: Iterable[str] = ()) -> Option | str | None:
    """Return the option or command that is spelled most like what was typed, or None where none is near."""
    plain = simple(typed)
    if len(plain) < 2:  # one letter is near everything
        return None
    best: tuple[float, Option | str | None] = (_LIKENESS, None)
    for candidate, words in _candidates(options, commands):
        alike = _alike(plain, words)
        if alike > best[0]:
            best = (alike, candidate)
    return best[1]


def simple(text: str) -> str:
    """Return words without case, accents and punctuation, with single spaces."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
        text = text.replace("’", "'")
    return _APART.sub(" ", text.casefold().replace("'", "")).strip()


def _numbered(number: int, options: Sequence[Option]) -> Option | None:
    return options[number - 1] if 1 <= number <= len(options) else None


def _own_words(option: Option) -> list[str]:
    return [simple(words) for words in (option.id, option.text, *option.words)]


def _has_all(wanted: list[str], option: Option) -> bool:
    there = simple(" ".join((option.text, option.id, *option.words))).split()
    return all(any(word.startswith(each) for word in there) for each in wanted)


def _candidates(options: Sequence[Option], commands: Iterable[str]) -> list[tuple[Option | str, list[str]]]:
    found: list[tuple[Option | str, list[str]]] = []
    for option in options:
        own = _own_words(option)
        found.append((option, [*own, *(word for words in own for word in words.split() if len(word) > 3)]))
    found += [(command, [command]) for command in commands]
    return found


def _alike(typed: str, words: list[str]) -> float:
    from difflib import SequenceMatcher  # noqa: PLC0415  # only wanted once something was misspelled

    return max((SequenceMatcher(None, typed, each).ratio() for each in words), default=0.0)
