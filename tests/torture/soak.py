"""Plays one game for a very long time, saved after every turn: `python -m torture.soak 1000000 [FOLDER]`.

With a folder the game is kept there, and the next call goes on from its save, so that a million turns can be played in pieces.

Every so often the save is read again, by another reader, and must be the game as it stands; memory, the save's size and what a turn costs
are written down as they go. The control plays a short game without what keeps them bounded, and must be found out.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from siberia_quest import load_story
from siberia_quest.model.page import Page
from siberia_quest.model.story import Story
from siberia_quest.play.game import Game, Games
from siberia_quest.storage.slots import Saves

STORY = Path(__file__).with_name("soak.yaml")
#: So much more may the last stretch take than an early one: memory and the save by the turn, in bytes, a turn's cost as a factor.
MEMORY_A_TURN, SAVE_A_TURN, SLOWER = 400.0, 4.0, 4.0
#: Until then a game fills what it holds ready.
_FULL = 6000


class Stretch(NamedTuple):
    """What was measured after so many turns: the process's memory and the save in bytes, a turn in milliseconds of processor time."""

    turns: int
    memory: int
    save: int
    cost: float
    bad: int


def memory_now() -> int:
    """Return the memory that this process has, in bytes."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def pick_of(page: Page, chance: random.Random) -> str:
    """Return a pick that goes on: an answer, or any option but the one that ends the game."""
    return (
        chance.choice("Ada Bo Cy".split())
        if page.ask
        else chance.choice([each.id for each in page.options if each.id != "sleep"])
    )


def is_saved(game: Game, folder: Path, story: Story) -> bool:
    """Tell whether the save is the game as it stands, with all of its picks."""
    found = Saves(story, folder).load("autosave").game
    return (
        found is not None
        and found.state == game.state
        and found.page == game.page
        and len(found.picks) == game.play.turns
    )


def game_in(folder: Path, story: Story, seed: int) -> Game:
    """Return the game that a folder keeps, or a new one."""
    games = Games(story, folder)
    kept = games.under_way()
    return games.go_on(kept.game) if kept and kept.game else games.begin({}, seed)


def play(turns: int, folder: Path, seed: int = 1, stretches: int = 20) -> Iterator[Stretch]:
    """Play until so many turns are played, and tell how it stands after each stretch."""
    story = load_story(STORY).story
    assert story is not None
    game = game_in(folder, story, seed)
    chance = random.Random(seed + game.play.turns)
    page, each, bad = game.page, max(1, turns // stretches), 0
    while (first := game.play.turns) < turns:
        last = min(turns, first // each * each + each)
        began = time.process_time()
        for number in range(first, last):
            page = game.take(pick_of(page, chance))
            bad += bool(game.trouble) or bool(page.problem)
            if number % 5000 == 0:
                bad += not is_saved(game, folder, story)
        cost = (time.process_time() - began) / (last - first) * 1000
        bad += not is_saved(game, folder, story)
        yield Stretch(last, memory_now(), game.saves.path("autosave").stat().st_size, cost, bad)
    picks = game.play.picks
    found = Saves(story, folder).load("autosave").game
    assert found is not None
    assert found.picks == picks, "the log of picks is not what was picked"
    assert all(game.undo(1) for _ in range(20)), "there is no way back"


def faults(found: list[Stretch]) -> list[str]:
    """Return what grew that should not have, once all that is held ready was full."""
    last = found[-1]
    first = next((each for each in found if each.turns > _FULL), found[0])
    more = max(1, last.turns - first.turns)
    told = []
    if (last.memory - first.memory) / more > MEMORY_A_TURN:
        told.append(f"memory grows by {(last.memory - first.memory) / more:.0f} bytes a turn")
    if (last.save - first.save) / more > SAVE_A_TURN:
        told.append(f"the save grows by {(last.save - first.save) / more:.1f} bytes a turn")
    if last.cost > SLOWER * first.cost:
        told.append(f"a turn costs {last.cost / first.cost:.1f} times as much at the end")
    if last.bad:
        told.append(f"{last.bad} bad saves")
    return told


def control(turns: int, folder: Path) -> list[str]:
    """Play without rows in the log and with every turn held, as it once was."""
    with (
        patch("siberia_quest.play.playthrough.ROW", 10**9),
        patch("siberia_quest.play.playthrough.HELD", 10**9),
    ):
        return faults([*play(turns, folder)])


def main() -> int:
    """Play, tell how it went, and try the control."""
    given = argparse.ArgumentParser()
    given.add_argument("turns", type=int)
    given.add_argument("folder", type=Path, nargs="?")
    wanted = given.parse_args()
    turns: int = wanted.turns
    shared = Path("/dev/shm")  # noqa: S108  # a disk in memory, so that a million turns wear out nothing
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        os.environ["SIBERIA_QUEST_CACHE"] = f"{name}/cache"
        found: list[Stretch] = []
        for each in play(turns, wanted.folder or Path(name) / "long"):
            found.append(each)
            sys.stdout.write(
                f"{each.turns:>9,} turns: memory {each.memory / 1e6:.1f} MB, save {each.save:,} bytes, "
                f"{each.cost:.2f} ms a turn, {each.bad} bad\n"
            )
            sys.stdout.flush()
        told = faults(found)
        without = control(8000, Path(name) / "control")
    sys.stdout.write(
        f"soak: {turns:,} turns, {found[-1].bad} bad saves; {'; '.join(told) or 'nothing grew but the log'}\n"
    )
    sys.stdout.write(f"control, nothing packed and every turn held: {'; '.join(without) or 'NOT FOUND OUT'}\n")
    return 1 if told or not without else 0


if __name__ == "__main__":
    sys.exit(main())
