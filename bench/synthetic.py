"""Synthetic stories of any size, the same for every player: as plain data, as a story in our language, and as one in ink.

A passage has about 70 words with two conditions in the text, one of them on a visit, and a cycle of three; three or four choices, the
second under a condition on a number, the fourth only once; each choice has two effects. A game ends after 200 choices.
"""

import random
from pathlib import Path
from typing import NamedTuple

WORDS = (
    "snow wood lamp stone river hand door cold light bread salt rope bell wind road ice pine smoke wolf star".split()
)
NUMBERS = 20
CHOICES_A_GAME = 200
A_FILE = 100


class Choice(NamedTuple):
    """A choice: its words, effects as (number, change) and where it leads; `below` is (number, bound) or None."""

    text: str
    effects: tuple[tuple[int, int], ...]
    to: int
    below: tuple[int, int] | None
    once: bool


class Passage(NamedTuple):
    """A passage: pieces of prose around a condition on a visit, one on a number, and a cycle."""

    prose: tuple[str, ...]
    seen: int
    above: tuple[int, int]
    choices: tuple[Choice, ...]


def make(size: int, seed: int = 1) -> list[Passage]:
    """Return a story of `size` passages."""
    chance = random.Random(seed)  # made up, not secret

    def words(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(count))

    passages = []
    for _ in range(size):
        prose = tuple(words(count) for count in (22, 6, 6, 10, 12, 5, 5, 5, 3, 3, 3))
        choices = []
        for number in range(chance.choice((3, 4))):
            effects = tuple((chance.randrange(NUMBERS), chance.randrange(-3, 5)) for _ in range(2))
            below = (chance.randrange(NUMBERS), chance.randrange(1, 9)) if number == 1 else None
            choices.append(Choice(words(4), effects, chance.randrange(size), below, number == 3))  # the fourth
        passages.append(
            Passage(prose, chance.randrange(size), (chance.randrange(NUMBERS), chance.randrange(5)), tuple(choices))
        )
    return passages


def gathered(passages: list[Passage], seed: int = 2) -> list[Passage]:
    """Return a story linked as writers link: most choices lead a little further on, some within the scene, a few anywhere."""
    chance = random.Random(seed)

    def lead(number: int) -> int:
        kind, first = chance.random(), number // A_FILE * A_FILE
        if kind < 0.85:
            return min(len(passages) - 1, number + chance.randrange(1, 6))
        return first + chance.randrange(A_FILE) if kind < 0.95 else chance.randrange(len(passages))

    return [
        each._replace(choices=tuple(choice._replace(to=lead(number)) for choice in each.choices))
        for number, each in enumerate(passages)
    ]


def write(passages: list[Passage], folder: Path) -> None:
    """Write a story in our language: story.yaml, and a scene for each hundred passages."""
    folder.mkdir(parents=True, exist_ok=True)
    head = ["story: Synthetic", "id: synthetic", "start: s0.p0", "variables:"]
    (folder / "story.yaml").write_text("\n".join([*head, *(f"  n{number}: 0" for number in range(NUMBERS))]) + "\n")
    for first in range(0, len(passages), A_FILE):
        lines = [f"scene: Scene {first // A_FILE}", "passages:"]
        for number in range(first, min(first + A_FILE, len(passages))):
            lines += _passage(number, passages[number])
        (folder / f"s{first // A_FILE}.yaml").write_text("\n".join(lines) + "\n")


def address(number: int) -> str:
    """Return a passage's address in our language."""
    return f"s{number // A_FILE}.p{number}"


def _passage(number: int, passage: Passage) -> list[str]:
    a, b, c, d, e, f, g, h, x, y, z = passage.prose
    slot, bound = passage.above
    lines = [
        f"  p{number}:",
        "    text: |",
        f"      {a} {{if seen({address(passage.seen)}) then {b} | {c}}} {d}.",
        "",
        f"      {e} {{if n{slot} > {bound} then {f} | {g}}} {h} {{cycle | {x} | {y} | {z}}}.",
        "    choices:",
    ]
    for index, choice in enumerate(passage.choices):
        lines += [f"      - text: {choice.text}", f"        id: c{index}"]
        if choice.below:
            lines.append(f"        if: n{choice.below[0]} < {choice.below[1]}")
        if choice.once:
            lines.append("        once: true")
        lines += [
            "        do: " + ", ".join(f"n{slot} += {change}" for slot, change in choice.effects),
            f"        goto: {address(choice.to)}",
        ]
    return lines


def write_ink(passages: list[Passage], file: Path) -> None:
    """Write the story in ink."""
    lines = [f"VAR n{number} = 0" for number in range(NUMBERS)] + ["-> p0"]
    for number, passage in enumerate(passages):
        a, b, c, d, e, f, g, h, x, y, z = passage.prose
        slot, bound = passage.above
        lines += [
            f"=== p{number}",
            f"{a} {{p{passage.seen}:{b}|{c}}} {d}.",
            f"{e} {{n{slot} > {bound}:{f}|{g}}} {h} {{&{x}|{y}|{z}}}.",
        ]
        for choice in passage.choices:
            test = f"{{n{choice.below[0]} < {choice.below[1]}}} " if choice.below else ""
            lines.append(f"{'*' if choice.once else '+'} {test}[{choice.text}]")
            lines += [f"    ~ n{slot} = n{slot} + {change}" for slot, change in choice.effects]
            lines.append(f"    -> p{choice.to}")
    file.write_text("\n".join(lines) + "\n")


def spoken(passages: list[Passage], picks: list[int]) -> list[str]:
    """Return the texts of the choices that a game took."""
    here = 0
    texts = []
    for pick in picks:
        choice = passages[here].choices[pick]
        texts.append(choice.text)
        here = choice.to
    return texts
