"""What a terminal can do, as its system's list of terminals says."""

import os
from collections.abc import Mapping

#: Names that stand for none that can move its cursor; some lists do not have them.
_CANNOT_MOVE = frozenset({"dumb", "unknown", "emacs", "network", "dialup", "patch", "switch"})


def can_move(environ: Mapping[str, str]) -> bool:
    """Tell whether the terminal can move its cursor: one that says what it is, and is not known to be unable to."""
    term = environ.get("TERM", "")
    if not term:
        return os.name != "posix"  # only Windows has terminals that need not say
    return term not in _CANNOT_MOVE and _has(term, "cuu1")


def has_italics(environ: Mapping[str, str]) -> bool:
    """Tell whether the terminal shows italics; where it does not, they come out in reverse video."""
    return _has(environ.get("TERM", ""), "sitm")


def _has(term: str, capability: str) -> bool:
    """Tell whether a terminal has a capability; one that no list knows is taken to have all."""
    try:
        import curses  # noqa: PLC0415  # some systems have none
    except ImportError:
        return True
    try:
        curses.setupterm(term, 1)
        return curses.tigetstr(capability) is not None
    except curses.error:
        return True
