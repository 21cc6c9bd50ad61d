"""Plain data looked at before it is believed: each piece is what it should be, within its bounds, or a fault."""

from siberia_quest.engine.beginning import fit_number
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Told, compose
from siberia_quest.model.markup import clean
from siberia_quest.storage.codec.state_to_plain import Plain

MOST = 10**9  # visits, turns, deals, checkpoints
LONGEST = 256 * 1024  # characters of a name, an address or a text: as many as a turn may tell


class Unrestored(Exception):  # noqa: N818  # it never leaves this room
    """The data gives no game: `why` is told."""

    def __init__(self, key: str, **parts: object) -> None:
        super().__init__(key)
        self.why: Told = compose(key, **parts)


class Fault(Unrestored):
    """The data is no state."""


class Gone(Unrestored):
    """The place is not in the story."""


def expect_mapping(plain: Plain, what: str) -> dict[str, Plain]:
    """Return a mapping. Raises Fault where it is none."""
    if not isinstance(plain, dict):
        raise Fault("fault_in", what=compose(f"part_{what}"))
    return plain


def list_of(plain: Plain, what: str, most: int) -> list[Plain]:
    """Return a list of at most so many. Raises Fault where it is none."""
    if not isinstance(plain, list) or len(plain) > most:
        raise Fault("fault_in", what=compose(f"part_{what}"))
    return plain


def text_of(plain: Plain, what: str, longest: int) -> str:
    """Return a clean text. Raises Fault where it is none."""
    if not isinstance(plain, str) or len(plain) > longest:
        raise Fault("fault_in", what=compose(f"part_{what}"))
    return clean(plain)


def count_of(plain: Plain, what: str) -> int:
    """Return how often something was. Raises Fault where it is no such number."""
    if type(plain) is not int or not 0 <= plain <= MOST:
        raise Fault("fault_in", what=compose(f"part_{what}"))
    return plain


def hexadecimal_of(plain: Plain, what: str, digits: int) -> int:
    """Return a number that is written in hexadecimal. Raises Fault where it is none."""
    text = text_of(plain, what, digits + 1)
    try:
        number = int(text, 16)
    except ValueError:
        number = -1
        text = ""
    if format(number, "x") != text or (digits == 16 and number < 0):
        raise Fault("fault_in", what=compose(f"part_{what}"))
    return number


def number_of(plain: Plain | Value) -> int | float | None:
    """Return a number as it is stored, None where it is none."""
    return fit_number(plain) if isinstance(plain, int | float) else None


def value_of(plain: Plain) -> Value | None:
    """Return a value whose kind is not known."""
    if isinstance(plain, bool):
        return plain
    if isinstance(plain, str):
        return clean(plain)[:LONGEST]
    if isinstance(plain, list):
        words = tuple(each for each in plain if isinstance(each, str))
        return words if len(words) == len(plain) else None
    return number_of(plain)
