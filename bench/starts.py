"""What a player and an author wait for first: cold processes, from their start to the first text, to a prompt, or to their end."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import synthetic
from peers import Peers

GAME = Path(__file__).parents[1] / "story" / "siberia_quest"
ROUNDS = 9
OURS = [sys.executable, "-m", "siberia_quest"]
# The least that Python must do to have read the story: start, and let libyaml go through its files.
_LEAST = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    for _ in yaml.parse(path.read_bytes(), yaml.CSafeLoader):
        pass
"""


def rows(peers: Peers) -> Iterator[str]:
    """Yield the lines of the table: milliseconds, medians, with the lowest and the highest."""
    given = {
        **os.environ,
        "SIBERIA_QUEST_CACHE": str(peers.scratch / "starts"),
        "TERM": "xterm-256color",
        "HOME": str(peers.scratch),
    }
    game = str(GAME)
    plain = [*OURS, "play", game, "--plain", "--saves", str(peers.scratch / "saves")]
    inline = [*OURS, "play", game, "--saves", str(peers.scratch / "saves")]
    takes = {
        "inline": lambda: _shown(inline, "Siberia", given),
        "plain": lambda: _told(plain, given),
        "plain, nothing cached": lambda: _told(plain, {**given, "SIBERIA_QUEST_CACHE": os.devnull}),
        "least": lambda: _ended([sys.executable, "-c", _LEAST, game], given),
        "check": lambda: _ended([*OURS, "check", game], given),
    }
    if peers.has_inkjs and peers.folder:
        passages = synthetic.make(100)
        file, _ = peers.compiled(passages)
        player = [str(peers.node), str(peers.folder / "node_modules" / ".bin" / "inkjs-compiler"), "-p", str(file)]
        takes["inkjs"] = lambda: _shown(player, r"\?>", given)
    takes["inline"]()  # the first start reads the story
    found: dict[str, list[float]] = {name: [] for name in takes}
    for _ in range(ROUNDS):
        for name, take in takes.items():
            found[name].append(take() * 1000)
    for name, label, against in (
        ("inline", "Siberia Quest in a terminal, to its first text", "inkjs"),
        ("inkjs", "inkjs's own player, 100 passages compiled before, to its first prompt", ""),
        ("plain", "Siberia Quest in plain text, to its first line", "least"),
        ("plain, nothing cached", "the same, with no cache", "least"),
        ("least", "bare Python that reads the story's YAML", ""),
        ("check", "`check` of Siberia Quest, all of a process", ""),
    ):
        if name not in found:
            continue
        each = found[name]
        share = "–"
        if against in found:
            times = statistics.median([one / other for one, other in zip(each, found[against], strict=True)])
            share = f"{times:.2f} of {'bare Python' if against == 'least' else against}"
        yield f"| {label} | {statistics.median(each):.0f} ms ({min(each):.0f}–{max(each):.0f}) | {share} |"


def _shown(command: list[str], text: str, given: dict[str, str]) -> float:
    """Return the seconds until a process in a terminal shows a text."""
    start = time.perf_counter()
    process = pexpect.spawn(command[0], command[1:], env=given, dimensions=(24, 80), timeout=20)  # type: ignore[arg-type]  # a mapping
    process.expect(text)
    took = time.perf_counter() - start
    process.close(force=True)
    return took


def _told(command: list[str], given: dict[str, str]) -> float:
    """Return the seconds until a process writes its first line to a pipe."""
    start = time.perf_counter()
    with subprocess.Popen(command, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout  # a pipe
        process.stdout.readline()
        took = time.perf_counter() - start
        process.kill()
    return took


def _ended(command: list[str], given: dict[str, str]) -> float:
    """Return the seconds a process takes, with nothing on its standard input."""
    start = time.perf_counter()
    subprocess.run(
        command, env=given, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - start
