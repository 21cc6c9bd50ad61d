"""Which words of the language stand in random stories that load, and which of those are come to when they are played."""

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple, TypeAlias

import pytest

from siberia_quest import Loaded, Story, Turn, advance, begin
from siberia_quest.engine.program import program_of
from siberia_quest.loading.declarations import Declarations
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Mapping, Scalar
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.expression import Alternatives, Builtin, TextCall, Visits, things_in
from siberia_quest.model.functions import FORMS
from siberia_quest.model.language_keys import SHAPES, Shape
from siberia_quest.model.steps import Step, walk
from siberia_quest.model.story import Table
from stories import playing

Place: TypeAlias = tuple[str, int, int]
_OWNER = re.compile(r"<\w+ (formula|phrase) (\S+) ")


def _is_among(first: Span, last: Span, places: list[Place]) -> bool:
    """Tell whether one of some places, in order, lies between two spans of a file."""
    at = bisect_left(places, (first.file, first.line, first.column))
    return at < len(places) and places[at] <= (last.file, last.end_line, last.end_column)


#: Files of tests are no part of a story.
_OF_TESTS = frozenset({"tests", "walkthrough", "play", "again", "expect", "style", "preference", "target"})
#: A condition for a whole passage is told as a mistake.
_NOWHERE = frozenset({("passage", "if")})
#: Steps that do nothing, so that no printed code stands for them.
_STILL = frozenset({"note", "quiet"})
#: `value(…)` becomes a noun of its own.
_CALLED = frozenset({name if name != "value" else "ValueOf" for name in FORMS})


class Seen(NamedTuple):
    """Words of the language that were come to: keys by shape in stories that loaded; steps' keys and functions in play."""

    loaded: frozenset[tuple[str, str]] = frozenset()
    played: frozenset[str] = frozenset()

    def __or__(self, other: "Seen") -> "Seen":
        """Join what was seen."""
        return Seen(self.loaded | other.loaded, self.played | other.played)

    def lacking(self) -> list[str]:
        """Say which words of the language were not come to."""
        declared = {(shape, key.name) for shape, keys in SHAPES.items() if shape not in _OF_TESTS for key in keys}
        steps = {key.name for key in SHAPES["step"]} - _STILL
        unread = [f"`{key}` in {shape}" for shape, key in sorted(declared - self.loaded - _NOWHERE)]
        return [*unread, *(f"`{each}` in play" for each in sorted((steps | _CALLED) - self.played))]


class Watch:
    """Notes what is come to while stories are read and played."""

    def __init__(self) -> None:
        self.loaded: set[tuple[str, str]] = set()
        self.played: set[str] = set()
        self._read: list[tuple[Mapping, Shape]] = []
        self._lines: set[tuple[str, int]] = set()

    @property
    def seen(self) -> Seen:
        """What was come to so far."""
        return Seen(frozenset(self.loaded), frozenset(self.played))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Watch stories that are read and played meanwhile."""
        keys, by_members, play_loaded = ReadingContext.keys, Declarations.by_members, playing.play_loaded

        def watched_keys(context: ReadingContext, node: Mapping, shape: Shape, more: tuple[str, ...] = ()) -> bool:
            self._read.append((node, shape))
            return keys(context, node, shape, more)

        def watched_table(reader: Declarations, name: str, node: Mapping, rows: Scalar) -> Table:
            self._read.append((node, "table"))
            return by_members(reader, name, node, rows)

        def watched_play(loaded: Loaded, *rest: object) -> playing.Played:
            read = [*self._read]
            self._lines.clear()
            try:
                return play_loaded(loaded, *rest)  # type: ignore[arg-type]  # given on as they came
            finally:
                self._read.clear()
                if loaded.story:
                    self._gather(loaded.story, read)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ReadingContext, "keys", watched_keys)
            patch.setattr(Declarations, "by_members", watched_table)
            patch.setattr(playing, "play_loaded", watched_play)
            patch.setattr(playing, "advance", self._traced(advance))
            patch.setattr(playing, "begin", self._traced(begin))
            yield

    def _traced(self, do: Callable[..., Turn]) -> Callable[..., Turn]:  # type: ignore[explicit-any]  # begin or advance
        """What does the same, and notes each line of printed code that is run."""

        def trace(frame: FrameType, event: str, _: object) -> object:
            if event == "line":
                self._lines.add((frame.f_code.co_filename, frame.f_lineno))
            return trace if frame.f_code.co_filename.startswith("<") else None

        def traced(*given: object) -> Turn:
            before = sys.gettrace()
            sys.settrace(trace)  # type: ignore[arg-type]  # it returns itself
            try:
                return do(*given)
            finally:
                sys.settrace(before)

        return traced

    def _gather(self, story: Story, read: list[tuple[Mapping, Shape]]) -> None:
        found = {(shape, key.text) for node, shape in read for key, _ in node.pairs}
        self.loaded |= found
        sources = program_of(story).sources
        run = {
            (source.file, *source.places[line - 1])
            for label, line in self._lines
            if (source := sources.get(label))
            and line <= len(source.places)  # the twin numbers some of its code otherwise
        }
        places = sorted(run)
        self.played |= {
            key.text
            for node, shape in read
            for key, under in node.pairs
            if shape == "step" and _is_among(key.span, under.span, places)
        }
        for passage in story.passages.values():
            for step in walk(passage.steps):
                if (passage.file, *getattr(step, "at", (0, 0))) in run:
                    self._note(step)
        for label, _ in self._lines:
            owner = _OWNER.match(label)
            if owner:
                named = story.formulas if owner[1] == "formula" else story.phrases
                self._note(named[owner[2]])

    def _note(self, thing: Step | object) -> None:
        self.played.add(type(thing).__name__)
        for each in things_in(thing):
            self.played.add(type(each).__name__)
            if isinstance(each, Builtin | TextCall):
                self.played.add(each.name)
            elif isinstance(each, Visits | Alternatives):
                self.played.add(each.how)
