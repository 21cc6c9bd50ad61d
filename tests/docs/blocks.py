"""Finds the blocks of a Markdown page, and tells whether a console block's words are what a command prints."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[a-z]*)[^\n]*\n(?P<text>.*?)^(?P=indent)```", re.DOTALL | re.MULTILINE
)
_FILE_NAME = re.compile(r"# (?P<name>[\w./-]+\.ya?ml)\n")


class Block(NamedTuple):
    """A fenced block: the page it is on, its line, its language and its text without indentation."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def file_name(self) -> str:
        """The name a first line like `# lamp.yaml` gives; otherwise one made of the line it stands on."""
        named = _FILE_NAME.match(self.text)
        return named["name"] if named else f"line_{self.line}.yaml"

    @property
    def is_named(self) -> bool:
        """Whether its first line gives the name of a file."""
        return self.language == "yaml" and _FILE_NAME.match(self.text) is not None

    @property
    def is_story(self) -> bool:
        """Whether it opens as a story does, after comments; one marked `# broken` shows a problem instead."""
        lines = [line for line in self.text.splitlines() if line.strip() and not line.startswith("#")]
        is_marked = self.text.startswith("# broken\n")
        return self.language == "yaml" and bool(lines) and lines[0].startswith("story:") and not is_marked


class Command(NamedTuple):
    """One `$ command` of a console block, with the output that is promised."""

    command: str
    output: str


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page, from top to bottom."""
    text = page.read_text("utf-8")
    for match in _FENCE.finditer(text):
        lines = [line.removeprefix(match["indent"]) for line in match["text"].splitlines()]
        yield Block(page, text.count("\n", 0, match.start()) + 1, match["language"], "\n".join([*lines, ""]))


def commands(block: Block) -> list[Command]:
    """What a console block runs; a line that ends with a backslash goes on."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    if parts[0].strip():
        message = f"{block.page.name}:{block.line}: a console block begins with `$ `"
        raise ValueError(message)
    found = []
    for part in parts[1:]:
        match = re.match(r"((?:[^\n]*\\\n)*[^\n]*)\n?(.*)", part, re.DOTALL)
        assert match is not None
        found.append(Command(match[1], match[2].strip("\n")))
    return found


def agrees(promised: str, printed: str) -> bool:
    """Whether the output is what was promised.

    `...` alone on a line stands for any lines or none, within a line for any characters; spaces at the ends of lines
    do not matter.
    """
    pattern = "".join(_pattern(line) for line in promised.splitlines())
    text = "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, text) is not None


def _pattern(line: str) -> str:
    if line.strip() == "...":
        return r"(?:[^\n]*\n)*"
    return r"[^\n]*".join(re.escape(each) for each in line.rstrip().split("...")) + r"\n"
