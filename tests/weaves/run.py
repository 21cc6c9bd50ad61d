"""Plays random weaves in inkjs and in our engine, with the same picks: `python -m weaves.run STORIES [FIRST] [FOLDER]`.

FOLDER is where npm put inkjs. Exits with 1 where a page differs in its lines or its choices.
"""

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeAlias

import siberia_quest
from siberia_quest import Page, Story, advance, begin
from siberia_quest.model.page import Paragraph
from weaves import ink, ours
from weaves.weave import Maker

GAMES = 6
_PICKS = 25
_BATCH = 100
_MOST_SHOWN = 3

Pages: TypeAlias = list[tuple[list[str], list[str]]]


def picks_of(seed: int) -> list[list[int]]:
    dice = Random(seed)
    return [[dice.randint(0, 11) for _ in range(_PICKS)] for _ in range(GAMES)]


def played(story: Story, picks: list[int]) -> Pages:
    """Return the pages of a game: the lines of each, and the words of its choices."""
    turn = begin(story, 0)
    pages = [seen(turn.page)]
    for pick in picks:
        options = turn.page.options
        if not options:
            break
        turn = advance(story, turn.state, options[pick % len(options)].id)
        pages.append(seen(turn.page))
    return pages


def seen(page: Page) -> tuple[list[str], list[str]]:
    lines = [" ".join(block.text.split()) for block in page.blocks if isinstance(block, Paragraph)]
    return lines, [option.text for option in page.options]


def by_inkjs(seeds: range, folder: Path) -> list[list[Pages]]:
    """Play in inkjs; what ink cannot compile is a mistake of the maker, and raises ValueError."""
    stories = [{"ink": ink.written(Maker(seed).story()), "games": picks_of(seed)} for seed in seeds]
    with TemporaryDirectory() as home:
        given = Path(home) / "stories.json"
        given.write_text(json.dumps(stories), "utf-8")
        program = Path(__file__).with_name("inkjs.mjs")
        answer = subprocess.run(["node", program, folder, given], capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    refused = [f"{seed}: {each['error']}" for seed, each in zip(seeds, found, strict=True) if isinstance(each, dict)]
    if refused:
        message = f"ink does not take these stories: {refused}"
        raise ValueError(message)
    return [[[(lines, choices) for lines, choices in game] for game in story] for story in found]


def by_ourselves(seed: int, home: Path) -> list[Pages]:
    path = home / "weave.yaml"
    path.write_text(ours.written(Maker(seed).story()), "utf-8")
    loaded = siberia_quest.load_story(path)
    assert loaded.story, [each.message for each in loaded.diagnostics]
    return [played(loaded.story, picks) for picks in picks_of(seed)]


def differences(seeds: range, folder: Path) -> list[str]:
    """Return a line for each game that differs."""
    found = []
    with TemporaryDirectory() as home:
        for seed, theirs in zip(seeds, by_inkjs(seeds, folder), strict=True):
            for number, (one, other) in enumerate(zip(by_ourselves(seed, Path(home)), theirs, strict=True)):
                if one != other:
                    page = next(at for at, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1])
                    found.append(f"story {seed}, game {number}, page {page}:\n  ours {one[page]}\n  ink  {other[page]}")
    return found


def main(stories: int, first: int, folder: Path) -> int:
    found = []
    for start in range(first, first + stories, _BATCH):
        found += differences(range(start, min(start + _BATCH, first + stories)), folder)
    sys.stdout.write("".join(f"{each}\n" for each in found[:_MOST_SHOWN]))
    sys.stdout.write(f"{stories} weaves, {stories * GAMES} games, {len(found)} that differ from inkjs\n")
    return 1 if found else 0


if __name__ == "__main__":
    _, *given = sys.argv
    sys.exit(
        main(
            int(given[0]) if given else 200,
            int(given[1]) if len(given) > 1 else 0,
            Path(given[2] if len(given) > 2 else ".venv/peers"),
        )
    )
