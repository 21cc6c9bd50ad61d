"""Games from a new process, with all it takes from its start to its end: ours with a warm cache, the peers with their compiled file."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

import bare_player
import synthetic
from peers import BENCH, Peers

ROUNDS = 7
GAMES = (5, 40)


def rows(size: int, peers: Peers) -> Iterator[str]:
    """Yield the lines of the table: a process's seconds, ours also as a share of each peer's."""
    passages = synthetic.make(size)
    for games in GAMES:
        found = measure(passages, games, peers)
        cells = [f"{games}", _spread(found["ours"], " s")]
        for name in ("inkjs", "bink"):
            if name not in found:
                cells += ["–", "–"]
                continue
            shares = [one / other for one, other in zip(found["ours"], found[name], strict=True)]
            cells += [_spread(found[name], " s"), _spread(shares, "")]
        yield "| " + " | ".join(cells) + " |"


def measure(passages: list[synthetic.Passage], games: int, peers: Peers) -> dict[str, list[float]]:
    """Return the seconds of each player's process by round. Leaves where a game differs from the oracle's."""
    oracle = [bare_player.play(passages, seed) for seed in range(games)]
    picked, spoken, story = (peers.scratch / name for name in ("picked.json", "spoken.json", "cold"))
    picked.write_text(json.dumps([[f"c{pick}" for pick in picks] for picks, _, _ in oracle]))
    spoken.write_text(json.dumps([synthetic.spoken(passages, picks) for picks, _, _ in oracle]))
    synthetic.write(passages, story)
    players = {"ours": [sys.executable, str(BENCH / "our_player.py"), str(story), str(picked)]}
    if peers.has_inkjs:
        file, _ = peers.compiled(passages)
        players["inkjs"] = peers.command("cold", file, spoken)
    if peers.has_bink:
        players["bink"] = [sys.executable, str(BENCH / "bink_player.py"), str(file), str(spoken)]
    given = {**os.environ, "SIBERIA_QUEST_CACHE": str(peers.scratch / "cold cache")}
    expected = [[numbers, told] for _, numbers, told in oracle]
    found: dict[str, list[float]] = {name: [] for name in players}
    for round_ in range(ROUNDS + 1):
        for name, command in players.items():
            start = time.perf_counter()
            said = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=given).stdout
            took = time.perf_counter() - start
            if json.loads(said) != expected:
                sys.exit(f"{name}: a game differs from the oracle's")
            if round_:  # the first fills the cache, and the system's
                found[name].append(took)
    return found


def _spread(each: list[float], unit: str) -> str:
    return f"{statistics.median(each):.2f}{unit} ({min(each):.2f}–{max(each):.2f})"
