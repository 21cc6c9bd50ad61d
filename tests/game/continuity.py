"""Whether a line that takes something for granted is told where it is so: `callbacks.txt`, held against games that are read."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from game.prose import STORY
from siberia_quest import load_story
from siberia_quest.engine.status import question_of
from siberia_quest.engine.turns import Turn
from siberia_quest.lang.resolve import expression
from siberia_quest.loading.known_names import scope_of
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.kinds import YES_NO, Value
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.tools.playing.player import play_game
from siberia_quest.tools.playing.walkthroughs import words_on

TABLE = Path(__file__).with_name("callbacks.txt")


class Callback(NamedTuple):
    """Words that stand on a page, what must be so where they do, and the question to ask a state."""

    words: str
    condition: str
    holds: Callable[[State], Value]


def story_read() -> Story:
    """Return the story of Siberia Quest."""
    story = load_story(STORY).story
    assert story is not None
    return story


def callbacks_of(story: Story, table: str) -> list[Callback]:
    """Read a table of callbacks: `words | condition`, one in each line that is no comment."""
    found = []
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        words, _, condition = (each.strip() for each in line.rpartition("|"))
        scope = scope_of(story)
        meaning = expression(condition, scope, YES_NO, "a condition").expression
        assert not scope.faults, f"{condition}: {scope.faults}"
        found.append(Callback(words, condition, question_of(story, meaning)))
    return found


def broken_in(story: Story, callbacks: list[Callback], style: str, seed: int, told: Counter[str]) -> Iterator[str]:
    """Play a game and give each line that was told where its condition holds neither before the turn nor after it."""
    states: list[State] = []
    broken: list[str] = []

    def watch(turn: Turn) -> None:
        page = words_on(turn.page)
        for words, condition, holds in callbacks:
            if words in page:
                told[words] += 1
                if not any(holds(each) for each in (*states[-1:], turn.state)):
                    broken.append(f"game {seed} of {style}: “{words}” is told, and not {condition}")
        states[:] = [turn.state]

    play_game(story, read_playtests(STORY, story).styles[style], seed, on_turn=watch)
    yield from broken


def main(games: int, first: int) -> int:
    """Play so many games of each of three styles; print what is broken, and what was never told."""
    story = story_read()
    callbacks, told = callbacks_of(story, TABLE.read_text("utf-8")), Counter[str]()
    broken = [
        each
        for style in ("random", "balanced", "friend")
        for seed in range(first, first + games)
        for each in broken_in(story, callbacks, style, seed, told)
    ]
    for each in broken[:40]:
        sys.stdout.write(f"{each}\n")
    silent = [each.words for each in callbacks if not told[each.words]]
    said = f"{3 * games} games, {sum(told.values()):,} lines, {len(broken)} out of place"
    sys.stdout.write(f"{said}; never told: {silent or 'none'}\n")
    return bool(broken)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:3])))
