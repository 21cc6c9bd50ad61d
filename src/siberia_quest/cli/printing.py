"""What several commands print."""

import json
import sys
from collections.abc import Mapping, Sequence

from siberia_quest.cli.arguments import Options

Record = Mapping[str, str | int | float | bool]


def print_list(options: Options, records: Sequence[Record], lines: Sequence[str]) -> None:
    """Write what there is: as JSON where that is wished for, else as lines."""
    text = json.dumps(list(records), indent=2) if options.json else "\n".join(lines)
    sys.stdout.write(f"{text}\n")


def print_record(record: Mapping[str, object]) -> None:
    """Write one thing as JSON."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
