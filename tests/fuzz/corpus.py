"""Inputs that are kept: for each target a file with one input a line, as a JSON text whose signs are its bytes."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

KEPT = Path(__file__).parent / "corpus"


def kept(name: str) -> list[bytes]:
    """The inputs that are kept for a target."""
    path = KEPT / f"{name}.jsonl"
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    return [json.loads(line).encode("latin-1") for line in lines]


def keep(name: str, inputs: Iterable[bytes]) -> None:
    """Keep inputs for a target instead of those that were kept."""
    KEPT.mkdir(exist_ok=True)
    lines = sorted({json.dumps(each.decode("latin-1")) for each in inputs}, key=lambda line: (len(line), line))
    (KEPT / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), "ascii")


def spread(inputs: Iterable[bytes], folder: Path) -> None:
    """Write inputs into a folder, a file for each, named by its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in inputs:
        (folder / hashlib.sha256(each).hexdigest()[:24]).write_bytes(each)


def gathered(folder: Path) -> Iterator[bytes]:
    """The inputs in a folder, short ones first."""
    yield from sorted((path.read_bytes() for path in folder.iterdir()), key=lambda each: (len(each), each))
