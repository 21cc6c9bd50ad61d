"""What a player waits for in a terminal: the first text, the prompt below it, and the next prompt after a key, in time of the processor."""

import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pexpect

GAME = Path(__file__).parents[1] / "story" / "siberia_quest"
ROUNDS = 9
#: Keys that are pressed, each after the prompt before it was there.
KEYS = 12
#: The least that a program with colours and YAML can wait for, and that with a line editor.
_COLOURS = "import yaml, rich.console"
_EDITOR = f"{_COLOURS}, prompt_toolkit"
#: What prompt_toolkit writes when it waits for keys.
_WAITS = rb"\x1b\[\?2004h"


class Waits(NamedTuple):
    """Seconds of the processor: to the first text, from there to the prompt, and from a key to the next prompt."""

    text: float
    prompt: float
    key: float


def rows(scratch: Path) -> Iterator[str]:
    """Yield the lines of the table: medians of rounds by turns, with the lowest and the highest."""
    bare, editor, ours = list[float](), list[float](), list[Waits]()
    _play(scratch)  # the first start reads the story
    for _ in range(ROUNDS):
        bare.append(_import(_COLOURS))
        editor.append(_import(_EDITOR))
        ours.append(_play(scratch))
    beyond = [both - one for both, one in zip(editor, bare, strict=True)]
    yield _row("first text", [each.text for each in ours], bare, f"`{_COLOURS}`")
    yield _row(
        "from the first text to the prompt", [each.prompt for each in ours], beyond, "what prompt_toolkit adds to it"
    )
    yield _row("from a key to the next prompt", [each.key for each in ours], None, "")


def _row(label: str, ours: Sequence[float], others: Sequence[float] | None, name: str) -> str:
    own = f"{statistics.median(ours) * 1000:.1f} ms ({min(ours) * 1000:.1f}–{max(ours) * 1000:.1f})"
    if others is None:
        return f"| {label} | {own} | – |"
    times = [one / other for one, other in zip(ours, others, strict=True)]
    return f"| {label} | {own} | {statistics.median(times):.2f} ({min(times):.2f}–{max(times):.2f}) of {name} |"


def _import(line: str) -> float:
    """Return what a bare Python that runs one line takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", line], check=True, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _play(scratch: Path) -> Waits:
    """Play some turns in a terminal; a key is the first option's number."""
    environ = {
        **os.environ, "SIBERIA_QUEST_CACHE": str(scratch / "prompts"), "TERM": "xterm-256color", "HOME": str(scratch),
        "SIBERIA_QUEST_SAVES": str(scratch / "prompt-saves"),
    }  # fmt: skip
    command = ["-m", "siberia_quest", "play", str(GAME), "--seed", "7"]
    with pexpect.spawn(sys.executable, command, env=environ, dimensions=(24, 80), timeout=30) as process:  # type: ignore[arg-type]
        process.delaybeforesend = None
        process.expect("Siberia")
        text = _taken(process.pid)
        process.expect(_WAITS)
        prompt = _settled(process)
        for _ in range(KEYS):
            process.send("1\r")
            process.expect(_WAITS)
            settled = _settled(process)
        process.close(force=True)
    return Waits(text, prompt - text, (settled - prompt) / KEYS)


def _settled(process: "pexpect.spawn[bytes]") -> float:
    """Return what a process took, once it takes no more: it waits for a key."""
    taken = -1.0
    while taken < (taken := _taken(process.pid)):
        process.expect([pexpect.TIMEOUT], timeout=0.1)
    return taken


def _taken(pid: int) -> float:
    """Return the seconds of the processor that a process took so far."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
