"""What loading takes, in time and memory, and what is kept: saves, and a turn of history."""

import json
import os
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import bare_player
import bink_player
import synthetic
from peers import Peers
from speeds import story_of

from siberia_quest import State, Story, advance, begin
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.document import Document, decode, encode
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import to_plain

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
_ROUNDS = 5
_UNDONE = 1000
Taken: TypeAlias = dict[str, list[float]]  # what was measured, round by round


def rows(small: int, large: int, peers: Peers) -> Iterator[str]:
    """Yield the lines of the table."""
    yield from _loading(large, peers)
    for size in (small, large):
        yield from _saves(size, peers)
    yield from _history(small, large)
    yield _undoing(large)


def _load(folder: Path, cache: Path, how: str) -> dict[str, float]:
    given = {**os.environ, "SIBERIA_QUEST_CACHE": str(cache)}
    command = [sys.executable, "-c", _LOAD, str(folder), how]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=given).stdout)
    return found


def _loading(size: int, peers: Peers) -> Iterator[str]:
    passages = synthetic.make(size)
    folder = peers.scratch / "story"
    synthetic.write(passages, folder)
    taken: Taken = {}
    for round_ in range(_ROUNDS):
        _load_ours(folder, peers.scratch / f"cache {round_}", taken)
        _load_theirs(passages, peers, taken)
    yield _line("first load, everything checked", taken, "first", "compiled", "", "s")
    yield _line("the same, the most memory", taken, "first mb", "compiled mb", "", "MB")
    yield _line("first load, checked and kept for the next time", taken, "kept", "compiled", "", "s")
    yield _line("loaded again, to the first page", taken, "again", "inkjs", "bink", "s")
    yield _line(f"one file of {size // synthetic.A_FILE} edited, to the first page", taken, "edited", "", "", "s")


def _load_ours(folder: Path, cache: Path, taken: Taken) -> None:
    first = _load(folder, cache, "uncached")
    _take(taken, "first", first["ms"] / 1000)
    _take(taken, "first mb", first["mb"])
    _take(taken, "kept", _load(folder, cache, "cached")["ms"] / 1000)
    _take(taken, "again", _load(folder, cache, "cached")["ms"] / 1000)
    scene = folder / "s7.yaml"
    before = scene.read_text("utf-8")
    scene.write_text(before.replace("n1 += ", "n2 += ").replace("snow", "hail"), "utf-8")
    _take(taken, "edited", _load(folder, cache, "cached")["ms"] / 1000)
    scene.write_text(before, "utf-8")


def _load_theirs(passages: list[synthetic.Passage], peers: Peers, taken: Taken) -> None:
    if not peers.has_inkjs:
        return
    file, compiling = peers.compiled(passages)
    _take(taken, "compiled", compiling["ms"] / 1000)
    _take(taken, "compiled mb", compiling["mb"])
    _take(taken, "inkjs", peers.inkjs("load", file)["ms"] / 1000)
    if peers.has_bink:
        text = file.read_text("utf-8")
        start = time.perf_counter()
        bink_player.story_of(text).continue_maximally()
        _take(taken, "bink", time.perf_counter() - start)


def _take(taken: Taken, name: str, value: float) -> None:
    taken.setdefault(name, []).append(value)


def _line(label: str, taken: Taken, ours: str, inkjs: str, bink: str, unit: str) -> str:
    """Return a line of medians, a peer's with how much of it ours is, round by round."""
    form = ",.0f" if unit == "MB" else ".2f"
    cells = [f"{statistics.median(taken[ours]):{form}} {unit} ({min(taken[ours]):{form}}–{max(taken[ours]):{form}})"]
    for peer in (inkjs, bink):
        if peer not in taken:
            cells.append("–")
            continue
        share = statistics.median([one / other for one, other in zip(taken[ours], taken[peer], strict=True)])
        cells.append(f"{statistics.median(taken[peer]):{form}} {unit}: {share:.2f} of it")
    return f"| {label} | " + " | ".join(cells) + " |"


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
    yield f"| state after 200 turns, {size:,} passages: size, encoding, loading | " + " | ".join(cells) + " |"


def _undoing(size: int) -> str:
    """Return how long it takes to undo and to redo many turns, one by one."""
    story = story_of(synthetic.make(size))
    play = Playthrough.start(story, 0)
    chance = random.Random(0)
    while play.turns < _UNDONE:
        play.pick(chance.choice([option.id for option in play.page.options if option.enabled]))
    start = time.perf_counter()
    for _ in range(_UNDONE):
        play.undo()
    undone = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(_UNDONE):
        play.redo()
    redone = time.perf_counter() - start
    return f"| {_UNDONE:,} turns undone, and redone | {undone * 1000:.1f} ms, {redone * 1000:.1f} ms | – | – |"


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
