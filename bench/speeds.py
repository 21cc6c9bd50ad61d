"""Choices a second: the engine, bare Python twice, inkjs and bink, by turns over the same games."""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import bare_player
import bink_player
import data_player
import synthetic
from peers import Peers

from siberia_quest import advance, begin, load_story
from siberia_quest.model.story import Story

ROUNDS = 7
Game: TypeAlias = tuple[list[int], list[int], int]  # the picks, the final numbers, and how much was told
WARMING = 3  # a passage is compiled on its first visit: that is measured as loading


def play(story: Story, seed: int) -> Game:
    """Play one game through the public names, with all text made; return the picks, the final numbers and how much was told."""
    chance = random.Random(seed)
    turn = begin(story, seed=seed)
    picks = []
    told = 0
    for _ in range(synthetic.CHOICES_A_GAME):
        told += sum(len(paragraph) for paragraph in turn.page.paragraphs)
        open_ = [option.id for option in turn.page.options if option.enabled]
        pick = open_[int(chance.random() * len(open_))]
        picks.append(int(pick[1:]))
        turn = advance(story, turn.state, pick)
    numbers = [turn.state.value(f"n{number}") for number in range(synthetic.NUMBERS)]
    return picks, [int(number) for number in numbers if isinstance(number, int | float)], told


def row(size: int, games: int, peers: Peers) -> str:
    """Return a line of the table: choices a second of each player, and ours as a ratio to them."""
    found = measure(size, games, peers)
    ours = found["ours"]
    cells = [f"{size:,}", f"{statistics.median(ours):,.0f}"]
    for name in ("data", "floor", "inkjs", "bink"):
        if name not in found:
            cells += ["–", "–"]
            continue
        ratios = [one / other for one, other in zip(ours, found[name], strict=True)]
        form = ".1f" if statistics.median(ratios) > 2 else ".2f"
        cells.append(f"{statistics.median(found[name]):,.0f}")
        cells.append(f"{statistics.median(ratios):{form}} ({min(ratios):{form}}–{max(ratios):{form}})")
    return "| " + " | ".join(cells) + " |"


def measure(size: int, games: int, peers: Peers) -> dict[str, list[float]]:
    """Return choices a second by player and round. Leaves where a game differs from the oracle's."""
    passages = synthetic.make(size)
    story = story_of(passages)
    data = data_player.story_of(passages)
    oracle = [bare_player.play(passages, seed) for seed in range(games)]
    for _ in range(WARMING):
        for seed in range(games):
            play(story, seed)
    timed: dict[str, Callable[[], float]] = {
        "ours": _Timed("ours", lambda seed: play(story, seed), oracle),
        "data": _Timed("data", lambda seed: data_player.play(data, seed), oracle),
        "floor": _Timed("floor", lambda seed: bare_player.play(passages, seed), oracle),
    }
    if peers.has_inkjs:
        # the same games for all: fewer would leave more of a large story in a processor's caches
        spoken = [synthetic.spoken(passages, picks) for picks, _, _ in oracle]
        file, _ = peers.compiled(passages)
        timed["inkjs"] = lambda: _inkjs(peers, file, spoken, oracle)
    if peers.has_bink:
        binks = bink_player.story_of(file.read_text("utf-8"))
        timed["bink"] = _Timed("bink", lambda seed: (oracle[seed][0], *bink_player.play(binks, spoken[seed])), oracle)
    rounds = [{name: time_it() for name, time_it in timed.items()} for _ in range(ROUNDS)]
    return {name: [each[name] for each in rounds] for name in timed}


def story_of(passages: list[synthetic.Passage]) -> Story:
    """Return a synthetic story as the engine reads it."""
    with tempfile.TemporaryDirectory() as folder:
        synthetic.write(passages, Path(folder))
        loaded = load_story(folder)
    if loaded.story is None:
        sys.exit(f"the synthetic story does not load: {loaded.diagnostics[:3]}")
    return loaded.story


class _Timed:
    """A player in this process; called, it plays all games and returns choices a second."""

    def __init__(self, name: str, player: Callable[[int], Game], oracle: list[Game]) -> None:
        self.name = name
        self.player = player
        self.oracle = oracle

    def __call__(self) -> float:
        start = time.perf_counter()
        played = [self.player(seed) for seed in range(len(self.oracle))]
        took = time.perf_counter() - start
        if played != self.oracle:
            sys.exit(f"{self.name}: a game differs from the oracle's")
        return len(played) * synthetic.CHOICES_A_GAME / took


def _inkjs(peers: Peers, file: Path, spoken: list[list[str]], oracle: list[Game]) -> float:
    (peers.scratch / "games.json").write_text(json.dumps(spoken))
    said = peers.inkjs("play", file, peers.scratch / "games.json")
    if [(each["numbers"], each["told"]) for each in said["played"]] != [each[1:] for each in oracle]:
        sys.exit("inkjs: a game differs from the oracle's")
    return float(len(spoken) * synthetic.CHOICES_A_GAME / said["ms"] * 1000)
