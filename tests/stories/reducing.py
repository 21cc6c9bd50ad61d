"""Makes a story that shows a fault smaller, as long as it still shows it."""

import re
from collections.abc import Callable, Iterator

from stories.making import MAIN

Files = dict[str, str]
_PIECES = re.compile(r"\{[^{}]*\}|\w+|\s+|.")


def reduced(files: Files, fails: Callable[[Files], bool], most: int = 3000) -> Files:
    """Take out lines with what is under them, then words, until nothing more can go; `most` is how often it is tried."""
    tries = most
    smaller = True
    while smaller and tries > 0:
        smaller = False
        for tried in [*_without_files(files), *_without_blocks(files), *_without_words(files)]:
            tries -= 1
            if tries > 0 and fails(tried):
                files, smaller = tried, True
                break
    return files


def _without_files(files: Files) -> Iterator[Files]:
    for name in files:
        if name != MAIN:
            yield {other: text for other, text in files.items() if other != name}


def _without_blocks(files: Files) -> Iterator[Files]:
    """Large blocks first."""
    found: list[tuple[int, Files]] = []
    for name, text in files.items():
        lines = text.split("\n")
        for index in range(len(lines)):
            end = index + 1
            while end < len(lines) and (_margin(lines[end]) > _margin(lines[index]) or not lines[end]):
                end += 1
            found.append((end - index, {**files, name: "\n".join(lines[:index] + lines[end:])}))
            if (
                lines[index].lstrip().startswith("- ")
            ):  # the first key of an item goes alone, and the next one takes its dash
                rest = [lines[index].replace("- ", "  ", 1), *lines[index + 1 : end]]
                behind = next((n for n in range(1, len(rest)) if _margin(rest[n]) <= _margin(rest[0])), 0)
                if behind:
                    rest[behind] = rest[behind].replace("  - "[:2], "", 1)
                    rest[behind] = f"{' ' * _margin(lines[index])}- {rest[behind].lstrip()}"
                    found.append((behind, {**files, name: "\n".join(lines[:index] + rest[behind:] + lines[end:])}))
    yield from (tried for _, tried in sorted(found, key=lambda each: -each[0]))


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _without_words(files: Files) -> Iterator[Files]:
    for name, text in files.items():
        lines = text.split("\n")
        for index, line in enumerate(lines):
            start = line.find(": ") + 2 if ": " in line else _margin(line)
            pieces = _PIECES.findall(line[start:])
            for size in (len(pieces) // 2, len(pieces) // 4, 1):
                for cut in range(0, len(pieces), size) if size else ():
                    shorter = line[:start] + "".join(pieces[:cut] + pieces[cut + size :])
                    yield {**files, name: "\n".join([*lines[:index], shorter, *lines[index + 1 :]])}
