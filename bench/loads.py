"""What loading takes, in time and memory, and what is kept: saves, and a turn of history."""

import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import bare_player
import bink_player
import synthetic
from peers import Peers
from speeds import story_of

from siberia_quest import State, Story, advance, begin
from siberia_quest.engine.plain import to_plain
from siberia_quest.engine.restoring import from_plain
from siberia_quest.storage.format import Document, decode, encode

# Loads in a process of its own, which says how long it took to the first page, and the most memory it had.
_LOAD = """
import json, sys, time
from pathlib import Path
start = time.perf_counter()
from siberia_quest import begin, load_story
story = load_story(sys.argv[1], cached=sys.argv[2] == "cached").story
begin(story, seed=1).page.paragraphs
took = (time.perf_counter() - start) * 1000
lines = Path("/proc/self/status").read_text().splitlines()
print(json.dumps({"ms": took, "mb": next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024}))
"""
_BEST_OF = 3


def rows(small: int, large: int, peers: Peers) -> Iterator[str]:
    """Yield the lines of the table."""
    yield from _loading(large, peers)
    yield from _saves(small, peers)
    yield from _history(small, large)


def _load(folder: Path, cache: Path, how: str) -> dict[str, float]:
    given = {**os.environ, "SIBERIA_QUEST_CACHE": str(cache)}
    command = [sys.executable, "-c", _LOAD, str(folder), how]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=given).stdout)
    return found


def _loading(size: int, peers: Peers) -> Iterator[str]:
    folder = peers.scratch / "story"
    synthetic.write(synthetic.make(size), folder)
    cache = peers.scratch / "cache"
    first = min((_load(folder, cache, "uncached") for _ in range(_BEST_OF)), key=lambda each: each["ms"])
    _load(folder, cache, "cached")
    again = min((_load(folder, cache, "cached") for _ in range(_BEST_OF)), key=lambda each: each["ms"])
    scene = folder / "s7.yaml"
    edited = []
    for round_ in range(_BEST_OF):
        scene.write_text(scene.read_text("utf-8").replace("n1 += ", "n2 += ") + f"# {round_}\n", "utf-8")
        edited.append(_load(folder, cache, "cached")["ms"])
    inkjs_first = inkjs_again = bink_again = "–"
    if peers.has_inkjs:
        file, compiling = peers.compiled(synthetic.make(size))
        loading = min(peers.inkjs("load", file)["ms"] for _ in range(_BEST_OF))
        inkjs_first = f"{compiling['ms'] / 1000:.1f} s, {compiling['mb']:,.0f} MB"
        inkjs_again = f"{loading / 1000:.2f} s"
    if peers.has_bink:
        compiled = file.read_text("utf-8")
        start = time.perf_counter()
        bink_player.story_of(compiled).continue_maximally()
        bink_again = f"{time.perf_counter() - start:.2f} s"
    yield f"| first load, everything checked | {first['ms'] / 1000:.1f} s, {first['mb']:,.0f} MB | {inkjs_first} | – |"
    yield f"| loaded again, to the first page | {again['ms'] / 1000:.2f} s, {again['mb']:,.0f} MB | {inkjs_again} | {bink_again} |"
    yield f"| one file of {size // synthetic.A_FILE} edited | {min(edited) / 1000:.2f} s | – | – |"


def _played(story: Story, picks: list[int]) -> list[State]:
    turn = begin(story, seed=0)
    states = [turn.state]
    for pick in picks:
        turn = advance(story, turn.state, f"c{pick}")
        states.append(turn.state)
    return states


def _saves(size: int, peers: Peers) -> Iterator[str]:
    passages = synthetic.make(size)
    picks = bare_player.play(passages, 0)[0]
    story = story_of(passages)
    state = _played(story, picks)[-1]
    encoding, loading, written = float("inf"), float("inf"), b""
    for _ in range(20):
        start = time.perf_counter()
        written = encode({"state": to_plain(story, state)})
        middle = time.perf_counter()
        document = decode(written)
        if not isinstance(document, Document) or from_plain(story, document.data["state"]).state != state:
            sys.exit("a save does not come back as it was")
        encoding, loading = min(encoding, middle - start), min(loading, time.perf_counter() - middle)
    cells = [f"{len(written):,} bytes, {encoding * 1000:.2f} ms, {loading * 1000:.2f} ms", "–", "–"]
    if peers.has_inkjs:
        file, _ = peers.compiled(passages)
        spoken = synthetic.spoken(passages, picks)
        (peers.scratch / "games.json").write_text(json.dumps([spoken]))
        said = peers.inkjs("play", file, peers.scratch / "games.json")
        cells[1] = f"{said['state']:,} bytes, {said['encoding']:.2f} ms, {said['loading']:.2f} ms"
    if peers.has_bink:
        binks = bink_player.story_of(file.read_text("utf-8"))
        bink_player.play(binks, spoken)
        length, out, back = bink_player.save_of(binks)
        cells[2] = f"{length:,} bytes, {out:.2f} ms, {back:.2f} ms"
    yield f"| state after 200 turns, {size} passages: size, encoding, loading | " + " | ".join(cells) + " |"


def _history(*sizes: int) -> Iterator[str]:
    for size in sizes:
        passages = synthetic.make(size)
        picks = bare_player.play(passages, 0)[0]
        story = story_of(passages)
        _played(story, picks)  # compiles
        tracemalloc.start()
        kept = _played(story, picks)
        each = tracemalloc.get_traced_memory()[0] / len(kept)
        tracemalloc.stop()
        yield f"| memory a turn of history, {size:,} passages | {each:,.0f} bytes | – | – |"
