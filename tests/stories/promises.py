"""What the house promises of any story, as claims that are made while random ones are played."""

import re

_COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")


class BrokenPromiseError(AssertionError):
    """The house broke a promise; says which."""


def claim(is_so: object, promise: str, *shown: object) -> None:
    """Raise BrokenPromiseError unless something is so."""
    if not is_so:
        raise BrokenPromiseError(": ".join([promise, *map(repr, shown)]))


def holds_commands(text: str) -> bool:
    """Tell whether a text has a sign that a terminal could act on, or a mark of our own."""
    return _COMMANDS.search(text) is not None
