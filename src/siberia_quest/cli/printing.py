"""What several commands print: lists, single things, and how far long work has come."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from siberia_quest.cli.arguments import Options
from siberia_quest.model.markup import clean, escape

Record = Mapping[str, str | int | float | bool]
_ERASE = "\r\x1b[K"


def print_list(options: Options, records: Sequence[Record], lines: Sequence[str]) -> None:
    """Write what there is: as JSON where that is wished for, else as lines."""
    text = json.dumps(list(records), indent=2) if options.json else "\n".join(lines)
    sys.stdout.write(f"{clean(text)}\n")


def print_record(record: Mapping[str, object]) -> None:
    """Write one thing as JSON."""
    write_json(json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def write_json(text: str) -> None:
    """Write JSON; no name in it acts on a terminal."""
    sys.stdout.write(escape(text))


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
