"""Expressions, effects and prose: each in its place in a story in which everything there is has a name.

The places lie in `frames/`, with HERE for what stands there, and so do words to begin with.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from rich.cells import cell_len

from fuzz.reading import TESTS, read
from fuzz.target import Target
from play.pages import is_unsafe
from siberia_quest import begin
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.reading import read_story
from siberia_quest.terminal.json_lines import fields_of
from siberia_quest.terminal.rich_view import RichView
from siberia_quest.tools.transcript import view
from stories.promises import claim
from stories.prose import HOSTILE
from stories.yaml_text import quoted_scalar

_FRAMES = Path(__file__).parent / "frames"


class Frames:
    """Stories with a place for a text; the first byte of an input says which."""

    def __init__(self, name: str) -> None:
        head = (_FRAMES / "head.yaml").read_text("utf-8")
        self.stories = [head + path.read_text("utf-8") for path in sorted((_FRAMES / name).iterdir())]
        self.words = [str(json.loads(line)) for line in (_FRAMES / f"{name}.jsonl").read_text("utf-8").splitlines()]

    def story(self, data: bytes) -> bytes:
        """The story with a text in its place."""
        place, text = (data[0] if data else 0) % len(self.stories), data[1:].decode("utf-8", "replace")
        return self.stories[place].replace("HERE", quoted_scalar(text)).encode()

    def in_each(self, text: str) -> Iterator[bytes]:
        """The input for a text in each place."""
        yield from (bytes([place]) + text.encode("utf-8", "replace") for place in range(len(self.stories)))


ASKED, TOLD = Frames("asked"), Frames("told")


def ask(data: bytes) -> None:
    """Read and play a story with an expression or effect."""
    read(ASKED.story(data))


def tell(data: bytes) -> None:
    """Read and play a story with a text. Look at its first page in every view."""
    story = TOLD.story(data)
    read(story)
    loaded = read_story(StoryFiles("tale", "story.yaml", {"story.yaml": story}))
    if loaded.story is None:
        return
    turn = begin(loaded.story, 1)
    json.dumps(fields_of(turn.page))
    for width in (20, 80):
        for line in RichView(loaded.story.language, width).page(turn.page, "Cabin"):
            claim(cell_len(line.plain) <= width, "no line is wider than the screen", line.plain)
            claim(not any(map(is_unsafe, line.plain)), "no line holds a command to a terminal", line.plain)
    claim(not any(is_unsafe(sign) for sign in view(turn.page) if sign != "\n"), "a transcript holds no commands")


def asked() -> Iterator[bytes]:
    """Expressions and effects of all sorts."""
    for text in ASKED.words:
        yield from ASKED.in_each(text)


def told() -> Iterator[bytes]:
    """Prose with all that may stand in braces, and hostile words."""
    for text in (*TOLD.words, *HOSTILE):
        yield from TOLD.in_each(text)
    for path in sorted((TESTS / "language").glob("*.yaml")):
        for line in path.read_text("utf-8").splitlines():
            if "{" in line and ": {" not in line and '"' not in line and len(line) < 200:
                yield b"\0" + line.strip(" -").encode()


EXPRESSIONS = Target("expressions", ask, asked, ("lang", "engine"), longest=400)
TEXTS = Target("texts", tell, told, ("lang", "engine", "model", "terminal"), longest=600)
