"""How far long work has come, on one line of a terminal; nothing where stderr is none."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ERASE = "\r\x1b[K"


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """Lend a function that is told how much is done of how much; of nothing: the line goes away. `words` names what is counted."""
    shown = sys.stderr.isatty()
    last = [-1]

    def tell(done: int, whole: int) -> None:
        percent = done * 100 // whole if whole else -1
        if shown and percent != last[0]:
            last[0] = percent
            sys.stderr.write(f"{_ERASE}{words}: {done:,} of {whole:,}" if whole else _ERASE)
            sys.stderr.flush()

    try:
        yield tell
    finally:
        tell(0, 0)
