"""The words of the interface in one language: its sentences by key, and the rules by which it says numbers."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_PLACE = re.compile(r"\{(\w+)\}")


class NumberRule(NamedTuple):
    """How numbers from `least` on are said, up to the next rule's."""

    least: int
    words: str


class Language(NamedTuple):
    """What the interface speaks. `name` is what a story calls it, `sentences` are by key; rules for numbers begin with the least."""

    name: str
    sentences: Mapping[str, str]
    numbers: tuple[NumberRule, ...] = ()
    ordinals: tuple[NumberRule, ...] = ()

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence with its parts filled in; what there is no sentence for is its key."""
        return _PLACE.sub(lambda place: str(parts.get(place[1], place[0])), self.sentences.get(key, key))

    def words_of(self, key: str) -> tuple[str, ...]:
        """Return the words that a player may type for one thing, such as yes, the usual one first."""
        return tuple(self.sentences.get(key, key).split())


def places_in(sentence: str) -> frozenset[str]:
    """Return the names of what is filled into a sentence."""
    return frozenset(_PLACE.findall(sentence))
