"""A turn in progress: what the code made from passages works on."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeAlias, Union, cast

from siberia_quest.engine.chance import Dice
from siberia_quest.engine.numbers import tidy
from siberia_quest.engine.offers import NOTHING, Candidate, Offer
from siberia_quest.engine.play_faults import PlayFault
from siberia_quest.engine.sight import likelihood
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Language
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import MOST_JOURNAL, Ask, Block, CheckResult, JournalLine, StatChange, Title, Unlocked
from siberia_quest.model.state import Frame, JournalEntry, State
from siberia_quest.model.steps import At
from siberia_quest.model.story import Sight, StatShow

#: Steps of flow without an input before a story counts as caught in a loop, and how deep calls may go.
MOST_STEPS = 1000
DEEPEST_CALLS = 64
#: Characters of text that a turn may make, told or not: phrases in phrases, words of choices, lines of the journal.
MOST_MADE = 4 * 1024 * 1024
#: Characters of a journal, where each line counts for a few more: the oldest lines go, so that a game's state does not grow for ever.
MOST_OF_A_JOURNAL = 256 * 1024
_OF_A_LINE = 64
NEVER = 10**9

#: A run of steps made into a function; it returns what comes next, or None where the story waits or ended.
Segment: TypeAlias = Callable[["Flow"], Union["Segment", None]]


#: A bound of a stat, worked out anew each time.
Bound: TypeAlias = Callable[["Flow"], Union[int, float]]
#: What a passage waits for, or comes back to.
PointSort: TypeAlias = Literal["choices", "ask", "pause", "call", "deal"]

_NO_ANSWER: tuple[tuple[str, str], Value] = ("", ""), 0
_NOTHING_HIDDEN: Mapping[int, int | float] = MappingProxyType({})
_NO_BRANCHES: Mapping[str, "Picked"] = MappingProxyType({})


class Picked(NamedTuple):
    """What a pick leads to: its segment, by number, its counter and turn counter (-1: none), and a `for` member's slot."""

    segment: int
    counter: int
    last_visit: int
    local: int
    member: str


class Point:
    """A place where a passage waits or comes back to: what may be picked, and what follows it, by the numbers of the passage's parts.

    `frame` is what a state keeps of the place where the passage has no locals; its address is made of ids. `after` is the segment that
    follows, `exhausted` the one where nothing on offer is open or the question is left; `offers` says what is on offer, `question` what
    is asked and the slot the answer goes to (-1: none). `branches` are what picks lead to, by option; `dealt` are tags of storylets
    among the options.
    """

    __slots__ = ("after", "branches", "dealt", "exhausted", "frame", "offers", "question", "sort")

    def __init__(  # noqa: PLR0913, PLR0917  # all that a place has
        self,
        sort: PointSort,
        frame: Frame,
        after: int,
        exhausted: int = -1,
        offers: int = -1,
        question: int = -1,
        branches: Mapping[str, Picked] = _NO_BRANCHES,
        dealt: tuple[str, ...] = (),
    ) -> None:
        self.sort = sort
        self.frame = frame
        self.after = after
        self.exhausted = exhausted
        self.offers = offers
        self.question = question
        self.branches = branches
        self.dealt = dealt


class PassageCode:
    """A passage made ready: its scene's title, its counters (their record and number), its first segment, its title and its parts.

    `last_visit` is the place of the turn of its last visit among the counters, 0 for none; `locals` is how many it has. `segments`,
    `offers` and `questions` are all of its parts by number: points and code say which is what. `find_point` and `find_label` find what
    was not met yet.
    """

    __slots__ = (
        "counters", "entry", "file", "find_label", "find_point", "id", "last_visit", "locals", "offers", "points", "questions", "record",
        "scene", "segments", "title",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913  # all that a turn asks of a passage
        self,
        id_: str,
        scene: str,
        file: str,
        *,
        record: int,
        counters: int,
        last_visit: int,
        locals_: int,
        entry: Segment,
        title: Callable[["Flow"], str] | None,
        parts: Sequence[object],
        points: Mapping[str, Point],
        find_point: Callable[[str], Point],
        find_label: Callable[[str, tuple[str, ...]], int],
    ) -> None:
        self.id = id_
        self.scene = scene
        self.file = file
        self.record = record
        self.counters = counters
        self.last_visit = last_visit
        self.locals = locals_
        self.entry = entry
        self.title = title
        self.segments = cast("Sequence[Segment]", parts)
        self.offers = cast("Sequence[Callable[[Flow], Offer]]", parts)
        self.questions = cast("Sequence[Callable[[Flow], tuple[Ask, int]]]", parts)
        self.points = points
        self.find_point = find_point
        self.find_label = find_label


class StatRule(NamedTuple):
    """How a stat is kept: its bounds now (`bounds` where they are fixed), what its gains strive to, its bands' names, and its sight."""

    name: str
    label: str
    low: Bound
    high: Bound
    toward: int | float | None
    band: Callable[[int | float], str]
    show: StatShow
    sight: Sight
    opposed: tuple[str, ...]
    bounds: tuple[int | float, int | float] | None


class Source(NamedTuple):
    """Printed code: the file of the story it comes from, and the place in that file of each of its lines."""

    file: str
    places: tuple[At, ...]


class Program:
    """What a story was made into, so far: `codes` are passages made ready. `tags` make what is not there yet; `sources` by file name."""

    __slots__ = (
        "achievements", "codes", "deals", "each_turn", "language", "moving", "rules", "slots", "sources", "stats", "tags",
    )  # fmt: skip

    def __init__(self, language: Language) -> None:
        self.language = language
        self.codes: dict[str, PassageCode] = {}
        self.tags: Mapping[str, Callable[[Flow], list[Candidate]]] = {}
        self.sources: dict[str, Source] = {}
        self.rules: dict[int, StatRule] = {}
        self.slots: dict[str, int] = {}
        self.stats: tuple[int, ...] = ()
        self.moving: tuple[int, ...] = ()
        self.achievements: dict[str, Unlocked] = {}
        self.deals: dict[str, int] = {}
        self.each_turn = ""

    def line_of(self, entry: JournalEntry) -> JournalLine:
        """Return what a player may see of a line of the journal."""
        rules = [self.rules[slot] for slot in self.stats]
        seen = [
            value if rule.sight == "open" else rule.band(value)
            for rule, value in zip(rules, entry.stats, strict=False)
            if rule.sight != "hidden"
        ]
        return JournalLine(entry.text, entry.turn, tuple(seen))

    def make_ready(self, passage: str) -> PassageCode:
        """Make a passage ready that is entered for the first time."""
        raise NotImplementedError

    def find_point(self, frame: Frame) -> Point:
        """Return the waiting point where a frame stands. Raises KeyError where there is none."""
        code = self.codes.get(frame.passage) or self.make_ready(frame.passage)
        return code.points.get(frame.address) or code.find_point(frame.address)

    def last_deal(self, tag: str, passage: str) -> int | None:
        """Return where a storylet counts which deal of a tag dealt it last, None where no cooldown asks for it."""
        raise NotImplementedError


def _fit_journal(lines: tuple[JournalEntry, ...]) -> tuple[JournalEntry, ...]:
    """Return the last lines of a journal, as many as there is room for, at least one."""
    left = sum([len(each.text) + _OF_A_LINE for each in lines]) - MOST_OF_A_JOURNAL
    first = 0
    while left > 0 and first < len(lines) - 1:
        left -= len(lines[first].text) + _OF_A_LINE
        first += 1
    return lines[first:]


class Flow(Dice):
    """The state of a game taken apart for one turn, and what the turn says."""

    __slots__ = (
        "achieved", "answer", "blocks", "changed", "characters", "checkpoint", "checkpoints", "code", "counters", "counts",
        "ending", "frames", "frozen", "here", "hidden", "journal", "layout", "left", "locals", "offered", "program", "title",
        "turn", "values", "waiting",
    )  # fmt: skip

    def __init__(
        self, program: Program, state: State
    ) -> None:  # all at once: a call of Dice's costs a turn's hundredth
        """Take a state apart. `values` are by slot; `locals`, `counters` and `here`, its title as told, are of the present passage."""
        (
            self.chance, self.seed, self.turn, values, self.counts, frames, self.frozen, self.journal, self.achieved,
            self.checkpoints, _, self.layout,
        ) = state  # fmt: skip
        self.program = program
        self.values: list[Value] = [*values]
        self.frames = [*frames]
        self.changed: dict[int, list[int]] = {}
        self.hidden: Mapping[int, int | float] = _NOTHING_HIDDEN
        self.blocks: list[Block | str] = []
        self.offered = NOTHING
        self.left = MOST_STEPS
        self.characters = 0
        self.answer = _NO_ANSWER
        self.ending: str | None = None
        self.checkpoint: str | None = None
        self.title = ""
        self.here = ""
        self.waiting: Point | None = None
        self.code: PassageCode
        self.locals: list[Value]
        self.counters: list[int]

    # --- moving about -------------------------------------------------------------------------------------------------

    def record(self, index: int, size: int) -> list[int]:
        """Return the counters of a passage or phrase, to be read and changed."""
        counters = self.changed.get(index)
        if counters is None:
            known = self.counts.get(index)
            counters = self.changed[index] = [*known] if known else [0] * size
        return counters

    def spend(self) -> None:
        """Count a step of flow. Raises PlayFault in a loop without an end."""
        self.left -= 1
        if self.left < 0:
            raise PlayFault("SQ501", "the story goes round and round here without asking the player anything",
                          "put a choice into the loop, or a condition that ends it")  # fmt: skip

    def goto(self, passage: str) -> Segment:
        """Enter a passage: count the visit, begin with fresh locals, and return its first segment."""
        self.left -= 1
        if self.left < 0:
            self.spend()
        code = self.code = self.program.codes.get(passage) or self.program.make_ready(passage)
        counters = self.counters = self.record(code.record, code.counters)
        counters[0] += 1
        if code.last_visit:
            counters[code.last_visit] = self.turn + 1
        self.locals = [0] * code.locals
        self.here = ""
        return code.entry

    def give(self, arguments: tuple[Value, ...], entry: Segment) -> Segment:
        """Give the passage that was just entered what it takes, and return its first segment."""
        self.locals[: len(arguments)] = arguments
        return entry

    def at_label(self, label: str) -> Segment:
        """Go on at a label of the passage that was just entered, and not at its beginning; its title is shown."""
        self.entitle()
        return self.code.segments[self.code.find_label(label, ())]

    def entitle(self) -> None:
        """Show the title of the passage that was entered."""
        if self.code.title:
            self.title = self.here = " ".join(self.code.title(self).split())
            self.blocks.append(Title(self.title))

    def call(self, passage: str, arguments: tuple[Value, ...], address: str) -> Segment:
        """Enter a passage from which the flow comes back to `address`."""
        if len(self.frames) >= DEEPEST_CALLS:
            raise PlayFault(
                "SQ502",
                f"more than {DEEPEST_CALLS} calls wait here, each inside the one before",
                "let the called passage reach its end, or use `leave:` where nothing needs to come back",
            )
        self.frames.append(Frame(self.code.id, address, tuple(self.locals), self.here))
        return self.give(arguments, self.goto(passage))

    def depart(self, passage: str) -> Segment:
        """Enter a passage from a storylet, for good: where it was dealt is not come back to. One that was called stays in its call."""
        if self.frames and self.program.find_point(self.frames[-1]).sort != "call":
            self.frames.pop()
        return self.goto(passage)

    def leave(self, passage: str) -> Segment:
        """Enter a passage and forget all calls."""
        self.frames.clear()
        return self.goto(passage)

    def resume(self, frame: Frame) -> Point:
        """Stand again where a frame says."""
        passage, at, locals_, self.here = frame
        code = self.code = self.program.codes.get(passage) or self.program.make_ready(passage)
        self.counters = self.record(code.record, code.counters)
        self.locals = [*locals_]
        return code.points.get(at) or code.find_point(at)

    def back(self) -> Segment:
        """Return from a call."""
        if not self.frames:
            raise PlayFault("SQ503", "nothing called this passage, so there is no way back", "use `goto:` or `end:`")
        self.left -= 1
        if self.left < 0:
            self.spend()
        self.answer = _NO_ANSWER
        point = self.resume(self.frames.pop())
        return self.code.segments[point.after]

    def bring_back(self, kind: tuple[str, str], answer: Value) -> Segment:
        """Return from a call with a value of a kind."""
        segment = self.back()
        self.answer = kind, answer
        return segment

    def do_aside(self, passage: str) -> None:
        """Do the steps of a passage that neither waits nor leads anywhere, and stand again where the flow stood."""
        stood = self.code, self.locals, self.counters, self.here
        segment: Segment | None = self.goto(passage)
        while segment is not None:
            segment = segment(self)
        self.code, self.locals, self.counters, self.here = stood

    def finish(self) -> Segment:
        """Reach the end of a passage."""
        if not self.frames:
            message = f"the passage `{self.code.id}` ends without saying what comes next"
            raise PlayFault("SQ504", message, "finish it with `goto:`, `end:` or `choices:`")
        return self.back()

    def end(self, ending: str) -> None:
        """End the game."""
        self.ending = ending
        self.frames.clear()

    def offer(self, point: Point) -> Segment | None:
        """Offer choices, or go on where none is open."""
        if point.offers >= 0:
            offer = self.code.offers[point.offers](self)
            if offer.is_open:
                self.offered = offer
                self.waiting = point
                return None
        self.spend()
        return self.code.segments[point.exhausted]

    def wait(self, point: Point) -> None:
        """Wait for an answer or a page turn."""
        if point.offers >= 0:
            self.offered = self.code.offers[point.offers](self)
        self.waiting = point

    # --- looking back -------------------------------------------------------------------------------------------------

    def visits(self, index: int, site: int) -> int:
        """Return a counter of any passage."""
        counters = self.changed.get(index) or self.counts.get(index)
        return counters[site] if counters else 0

    def since(self, index: int, site: int) -> int:
        """Return how many turns ago a place was last visited, 10^9 if never."""
        turn = self.visits(index, site)
        return self.turn + 1 - turn if turn else NEVER

    def check(self, at: At, odds: float, label: str, sight: Sight) -> bool:  # noqa: ARG002  # tools ask which check it is
        """Make the check that stands at a place of the passage's file, and keep what may be seen of it for the page."""
        passed = self.happens(odds)
        if sight != "hidden":
            self.blocks.append(CheckResult(label, odds if sight == "open" else likelihood(odds), passed))
        return passed

    # --- telling ------------------------------------------------------------------------------------------------------

    def count_text(self, text: str) -> str:
        """Count a text that was made, told or not, and return it. Raises PlayFault before a turn has made more than memory is for."""
        self.characters += len(text)
        if self.characters > MOST_MADE:
            raise _too_much()
        return text

    def count_lines(self, lines: int) -> None:
        """Count lines of what is shown whole, as a screen's of 80 characters; the first in a turn may be as long as it is."""
        if self.characters > MOST_MADE:
            raise _too_much()
        self.characters += lines * 80

    def note(self, text: str) -> None:
        """Write a line into the journal."""
        stats = tuple(x for x in (self.values[slot] for slot in self.program.stats) if isinstance(x, int | float))
        entry = JournalEntry(self.count_text(text), self.turn, stats)
        self.journal = _fit_journal((*self.journal[-MOST_JOURNAL + 1 :], entry))
        self.blocks.append(self.program.line_of(entry))

    def achieve(self, name: str) -> None:
        """Unlock an achievement, once."""
        if name not in self.achieved:
            self.achieved = (*self.achieved, name)
            self.blocks.append(self.program.achievements[name])

    def mark(self, label: str) -> None:
        """Pass a checkpoint, whose label the page then has."""
        self.checkpoints += 1
        self.checkpoint = label

    # --- the end of a turn --------------------------------------------------------------------------------------------

    def changes(self, before: tuple[Value, ...]) -> tuple[StatChange, ...]:
        """Return what the turn changed in visible stats, net."""
        found = []
        now = self.values
        for slot in [slot for slot in self.program.stats if before[slot] != now[slot]]:
            old, new = before[slot], now[slot]
            if not isinstance(old, int | float) or not isinstance(new, int | float):
                continue
            rule = self.program.rules[slot]
            old += self.hidden.get(slot, 0)
            if old == new or rule.sight == "hidden":
                continue
            words = rule.band(old), rule.band(new)
            if rule.sight == "open":
                found.append(StatChange(rule.name, rule.label, tidy(old), new, *words))
            elif words[0] != words[1]:
                found.append(StatChange(rule.name, rule.label, None, None, *words))
        return tuple(found)

    def state(self) -> State:
        """Put the state of the game together again after the turn."""
        frames = self.frames
        waiting = self.waiting
        if waiting is not None and self.ending is None:
            if self.locals or self.here:
                frames.append(Frame(*waiting.frame[:2], tuple(self.locals), self.here))
            else:
                frames.append(waiting.frame)
        values = (
            self.chance, self.seed, self.turn, tuple(self.values), self.counts.with_records(self.changed), tuple(frames),
            self.offered.ids, self.journal, self.achieved, self.checkpoints, self.ending, self.layout,
        )  # fmt: skip
        return tuple.__new__(State, values)  # what State(…) does, in half the time


def _too_much() -> PlayFault:
    return PlayFault("SQ505", "this turn makes more than 4 MiB of text", "ask the player something in between")
