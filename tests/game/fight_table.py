"""All that a round can be, told once each: intents, stances, reads and outcomes. `make docs` writes it as docs/fight_table.md."""

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from game.prose import STORY
from house.tree import ROOT
from siberia_quest import Story, advance, begin, load_story

PAGE = ROOT / "docs" / "fight_table.md"
INTENTS = ("barrage", "hammer", "coil", "guard", "breathe")
#: In the order of the intents: what is the key to one is the trap for the one before.
STANCES = ("cover", "slip", "box", "dig", "swarm")
OUTCOMES = ("clean", "narrow", "beaten", "floored")
YOURS = ("clean", "narrow")

_HEAD = """<!-- Made by tests/game/fight_table.py from story/siberia_quest. Change that. -->

# The fight's table

Every round that can be fought, told once: what he meant, what you did, whether you had read him, how it ended. The last two columns are
the rules'; the words beside them should say the same to somebody who covers those columns. Where he has seen your answer three times
within five rounds there is one more row.

| he means | you | read | it was | words | whose | why |
|---|---|---|---|---|---|---|
"""


class Cell(NamedTuple):
    """One way a round can go."""

    intent: str
    stance: str
    read: bool
    outcome: str
    seen: bool

    @property
    def fit(self) -> str:
        """What the stance is to the intent: its key, its trap, or an answer that costs something."""
        ahead = (STANCES.index(self.stance) - INTENTS.index(self.intent)) % len(INTENTS)
        return {0: "key", 1: "trap"}.get(ahead, "costly")

    @property
    def whose(self) -> str:
        """Whose round it is."""
        return "yours" if self.outcome in YOURS else "his"

    @property
    def why(self) -> str:
        """Why it is: the answer, and what was against it."""
        won = self.outcome in YOURS
        if self.seen:
            return f"the {self.fit}, but he has seen it three times in five rounds"
        says = {
            ("key", True): "the key",
            ("key", False): "the key, too weak or too slow",
            ("trap", True): "the trap; luck, and eighteen days",
            ("trap", False): "the trap",
            ("costly", True): "an answer with a price; you were the better",
            ("costly", False): "an answer with a price; he was the better",
        }
        return says[self.fit, won]


def cells() -> Iterator[Cell]:
    """Each cell that can occur, once; no trap is ever a clean round, and nothing he has seen is."""
    for intent, stance, read, outcome in product(INTENTS, STANCES, (True, False), OUTCOMES):
        cell = Cell(intent, stance, read, outcome, seen=False)
        if (cell.fit, outcome) != ("trap", "clean"):
            yield cell
            if read and outcome in {"narrow", "beaten"}:
                yield cell._replace(seen=True)


def told_cells(folder: Path = STORY) -> list[tuple[Cell, str]]:
    """Each cell with its words, as the story's own engine tells them."""
    with TemporaryDirectory() as where:
        copy = Path(where) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("tests"))
        all_cells = list(cells())
        (copy / "cells.yaml").write_text(_scene(all_cells), "utf-8")
        header = copy / "story.yaml"
        header.write_text(header.read_text("utf-8").replace("start: arrival.road", "start: cells.cell_0"), "utf-8")
        story = load_story(copy).story
        assert story is not None
        return list(zip(all_cells, _pages(story, len(all_cells)), strict=True))


def _pages(story: Story, count: int) -> Iterator[str]:
    turn = begin(story, 3)
    for number in range(count):
        assert turn.page.problem is None, turn.page.problem
        yield "\n".join(turn.page.paragraphs)
        if number < count - 1:
            turn = advance(story, turn.state, "next")


def _scene(all_cells: list[Cell]) -> str:
    """A scene of our own with a passage for each cell, whose text is the round."""
    lines = ["scene: Cells", "passages:"]
    for number, each in enumerate(all_cells):
        read, seen = str(each.read).lower(), str(each.seen).lower()
        lines += [
            f"  cell_{number}:",
            f"    do: meant = {each.intent}, chosen = {each.stance}, known = {read}, outcome = {each.outcome}, seen_this = {seen}",
            '    text: "{told}"',
            *(
                ["    end: true"]
                if number == len(all_cells) - 1
                else ["    choices:", "      - text: Next", "        id: next", f"        goto: cell_{number + 1}"]
            ),
        ]
    return "\n".join([*lines, ""])


def page_of(told: list[tuple[Cell, str]]) -> str:
    """The page, a row for each cell."""
    rows = [
        f"| {cell.intent} | {cell.stance} | {'yes' if cell.read else 'no'} | {cell.outcome}"
        f"{', seen' if cell.seen else ''} | {words} | {cell.whose} | {cell.why} |"
        for cell, words in told
    ]
    return _HEAD + "\n".join([*rows, ""])


if __name__ == "__main__":
    PAGE.write_text(page_of(told_cells()), "utf-8")
