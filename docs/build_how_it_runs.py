"""Builds docs/how_it_runs.md from docs/how_it_runs/page.md and what the engine makes of the story beside it.

`make docs` runs it; a test builds the page again and compares. On the page, a line of its own may hold:

    {{story}}             the story
    {{parts}}             what the parts of its first passage are
    {{tree NUMBER}}       one of these parts as code
    {{python NAME}}       a function as it is printed, and as a debugger shows it
    {{state}}             the state after the first page
    {{calls PICK}}        which room calls which when a player of the plain front end types something
"""  # noqa: INP001  # a program beside the pages, no package

import linecache
import re
import sys
from collections.abc import Iterator
from inspect import signature
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from siberia_quest import advance, begin, load_story
from siberia_quest.engine.code import Function
from siberia_quest.engine.code_parts import Unmade
from siberia_quest.engine.flow import Point
from siberia_quest.engine.program import program_of
from siberia_quest.model.state import Counts, Layout
from siberia_quest.model.story import Story
from siberia_quest.play.game import Games
from siberia_quest.play.loop import Loop
from siberia_quest.terminal.plain import PlainConsole

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "how_it_runs"
PAGE = ROOT / "docs" / "how_it_runs.md"
_NOTE = "<!-- Made by docs/build_how_it_runs.py from docs/how_it_runs/. Change that. -->\n\n"
_PLACE = re.compile(r"^\{\{(?P<what>\w+) ?(?P<rest>[^{}]*)\}\}$", re.MULTILINE)
_SOURCE = ROOT / "src" / "siberia_quest"
_WIDTH = 110
_SEED = 7


def build() -> str:
    """Return the page."""
    return _NOTE + _PLACE.sub(_fill, (FOLDER / "page.md").read_text("utf-8"))


def load() -> Story:
    """Return the story of the page, as nobody has played it yet."""
    story = load_story(FOLDER / "ferry.yaml").story
    assert story
    return story


def _fill(place: re.Match[str]) -> str:
    what, rest = place["what"], place["rest"]
    match what:
        case "story":
            return _fence("yaml", (FOLDER / "ferry.yaml").read_text("utf-8"))
        case "parts":
            return _fence("text", "\n".join(_list_parts(load())))
        case "tree":
            return _fence("python", _lay_out(_parts(load())[int(rest)]))
        case "python":
            return _fence("python", _print(rest))
        case "state":
            return _fence("python", _lay_out(begin(load(), seed=_SEED).state))
        case "calls":
            return _fence("text", "\n".join(_trace(rest)))
        case _:
            message = f"the page cannot hold {place.group()}"
            raise ValueError(message)


def _fence(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def _parts(story: Story) -> list[object]:
    coder = program_of(story).coder_of(story.header.start)
    coder.code_until(lambda: False)
    return [part.code() if isinstance(part, Unmade) else part for part in coder.parts]


def _list_parts(story: Story) -> Iterator[str]:
    for number, part in enumerate(_parts(story)):
        yield f"p[{number}]  {f'a function: {part.sort}' if isinstance(part, Function) else type(part).__name__}"


def _lay_out(value: object, depth: int = 0) -> str:
    """Return a value as Python would write it, in lines that fit; `...` stands for what is no plain value."""
    if isinstance(value, Counts | Layout):
        return f"{type(value).__name__}(...)"
    inner = _inner(value)
    if not inner or (not isinstance(value, Point) and len(repr(value)) + depth <= _WIDTH):
        return repr(value)
    lines = [f"{'    ' * (depth + 1)}{label}{_lay_out(each, depth + 1)}," for label, each in inner]
    has_name = isinstance(value, Point) or hasattr(value, "_fields")
    first, last = "{}" if isinstance(value, dict) else "()"
    return "\n".join([f"{type(value).__name__ if has_name else ''}{first}", *lines, f"{'    ' * depth}{last}"])


def _inner(value: object) -> list[tuple[str, object]]:
    """Return what a value holds, each with what stands before it."""
    match value:
        case Point():
            return [(f"{name}=", getattr(value, name)) for name in signature(Point).parameters]
        case dict():
            return [(f"{key!r}: ", each) for key, each in value.items()]
        case tuple():
            names = getattr(value, "_fields", None)
            return [(f"{names[at]}=" if names else "", each) for at, each in enumerate(value)]
    return []


def _print(name: str) -> str:
    """Return the lines that a debugger shows for what was printed, once each choice of the first page was picked."""
    story = load()
    first = begin(story, seed=_SEED)
    for option in first.page.options:
        advance(story, first.state, option.id)
    (label,) = [each for each in program_of(story).sources if each.endswith(f" {name}>")]
    return "".join(linecache.getlines(label))


class _Calls:
    """Writes down which room of the house calls which, while a piece of the program runs; values of `model` are left out."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.depths: dict[int, int] = {}

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Take a call or a return, as `sys.setprofile` tells of them."""
        if event == "return":
            self.depths.pop(id(frame), None)
        room = _room_of(frame)
        if event != "call" or room in {"", "model"} or frame.f_code.co_name.startswith("<"):
            return
        caller, before, depth = frame.f_back, "", 0
        while caller is not None and id(caller) not in self.depths:
            before, caller = before or _room_of(caller), caller.f_back
        if caller is not None:
            before, depth = before or _room_of(caller), self.depths[id(caller)] + 1
        if before != room:
            self.depths[id(frame)] = depth
            line = f"{'  ' * depth}{room}: {frame.f_code.co_qualname}"
            self.lines += [line] if line not in self.lines[-1:] else []


def _room_of(frame: FrameType) -> str:
    file = frame.f_code.co_filename
    if file.startswith("<ferry "):
        return "the story"
    path = Path(file)
    return path.relative_to(_SOURCE).parts[0] if path.is_relative_to(_SOURCE) else ""


def _trace(pick: str) -> Iterator[str]:
    story = load()
    with TemporaryDirectory() as folder:
        game = Games(story, Path(folder)).begin({}, seed=_SEED)
        console, calls = PlainConsole(story.language, StringIO(f"{pick}\n"), StringIO()), _Calls()
        loop = Loop(console, game, {})
        sys.setprofile(calls)
        try:
            loop.run(again=True)
        finally:
            sys.setprofile(None)
    asked = next(index for index, line in enumerate(calls.lines) if "ask" in line)
    yield from (calls.lines[0], *calls.lines[asked:])


if __name__ == "__main__":
    PAGE.write_text(build(), "utf-8")
