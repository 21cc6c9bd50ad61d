"""A turn in progress: what the code made from passages works on."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias, Union

from siberia_quest.engine.chance import shuffled, stepped, unit, varied
from siberia_quest.engine.numbers import clamp, tidy
from siberia_quest.engine.offers import GREYED, NOTHING, Candidate, Offer
from siberia_quest.model.kinds import Value
from siberia_quest.model.page import Ask, Block, CheckResult, JournalLine, Option, StatChange, Title, Unlocked
from siberia_quest.model.sites import passage_record
from siberia_quest.model.state import Frame, State
from siberia_quest.model.steps import At, DealOrder
from siberia_quest.model.story import StatShow

#: Steps of flow without an input before a story counts as caught in a loop, and how deep calls may go.
MOST_STEPS = 1000
DEEPEST_CALLS = 64
NEVER = 10**9

#: A run of steps made into a function; it returns what comes next, or None where the story waits or ended.
Segment: TypeAlias = Callable[["Flow"], Union["Segment", None]]


#: A bound of a stat, worked out anew each time.
Bound: TypeAlias = Callable[["Flow"], Union[int, float]]
#: What a passage waits for, or comes back to.
PointSort: TypeAlias = Literal["choices", "ask", "pause", "call", "deal"]

_NONE_HIDDEN: Mapping[int, int | float] = MappingProxyType({})


class Trouble(Exception):  # noqa: N818  # it is said to the author as a diagnostic
    """The story cannot go on: a code, a message, and what mends it."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        """Keep what is to be said."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


class Picked(NamedTuple):
    """What a pick leads to: its segment, by number, its counter and turn counter (-1: none), and a `for` member's slot."""

    segment: int
    counter: int
    last_visit: int
    local: int
    member: str


class Point:
    """A place where a passage waits or comes back to: its address, what may be picked, and what follows it.

    `frame` is what a state keeps of the place where the passage has no locals. `segments` are those of the passage by number: `after` is
    the number of what follows, `exhausted` of what is done when nothing on offer is open. `offer` makes what is on offer now; `question`
    gives what is asked and the slot the answer goes to. `dealt` are the tags of storylets among the options.
    """

    __slots__ = ("after", "branches", "dealt", "exhausted", "frame", "offer", "question", "segments", "sort")

    def __init__(  # noqa: PLR0913, PLR0917  # all that a place has
        self,
        sort: PointSort,
        frame: Frame,
        segments: Mapping[int, Segment],
        after: int,
        exhausted: int,
        offer: Callable[["Flow"], Offer] | None,
        branches: Mapping[str, Picked],
        question: Callable[["Flow"], tuple[Ask, int]] | None,
        dealt: tuple[str, ...],
    ) -> None:
        """Keep it."""
        self.sort = sort
        self.frame = frame
        self.segments = segments
        self.after = after
        self.exhausted = exhausted
        self.offer = offer
        self.branches = branches
        self.question = question
        self.dealt = dealt


class PassageCode(NamedTuple):
    """A passage made ready: its counters' record and their number, the segment it begins with, its title, its waiting points by address.

    `last_visit` is the place of the turn of its last visit among the counters, 0 for none; `locals` is how many it has.
    """

    id: str
    file: str
    record: int
    counters: int
    last_visit: int
    locals: int
    entry: Segment
    title: Callable[["Flow"], str] | None
    points: Mapping[str, Point]


class StatRule(NamedTuple):
    """How a stat is kept: its bounds now (`bounds` where they are fixed), what its gains strive to, and its bands' names."""

    name: str
    label: str
    low: Bound
    high: Bound
    toward: int | float | None
    band: Callable[[int | float], str]
    show: StatShow
    opposed: tuple[str, ...]
    bounds: tuple[int | float, int | float] | None


class Source(NamedTuple):
    """Printed code: the file of the story it comes from, and the place in that file of each of its lines."""

    file: str
    places: tuple[At, ...]


class Program:
    """What a story was made into, so far. `codes` and `tags` make what is asked for and is not there yet; `sources` by file name."""

    __slots__ = ("achievements", "codes", "deals", "moving", "rules", "slots", "sources", "stats", "tags")

    def __init__(self) -> None:
        """Begin with nothing; `engine.program` fills it."""
        self.codes: Mapping[str, PassageCode] = {}
        self.tags: Mapping[str, Callable[[Flow], list[Candidate]]] = {}
        self.sources: dict[str, Source] = {}
        self.rules: dict[int, StatRule] = {}
        self.slots: dict[str, int] = {}
        self.stats: tuple[int, ...] = ()
        self.moving: tuple[int, ...] = ()
        self.achievements: dict[str, Unlocked] = {}
        self.deals: dict[str, int] = {}

    def last_deal(self, tag: str, passage: str) -> int | None:
        """Return where a storylet counts which deal of a tag dealt it last, None where no cooldown asks for it."""
        raise NotImplementedError


class Flow:
    """The state of a game taken apart for one turn, and what the turn says."""

    __slots__ = (
        "L", "achieved", "c", "chance", "changed", "checkpoint", "checkpoints", "code", "counts", "ending", "frames", "frozen",
        "hidden", "journal", "layout", "left", "offered", "out", "program", "seed", "title", "turn", "v", "waiting",
    )  # fmt: skip

    def __init__(self, program: Program, state: State) -> None:
        """Take a state apart. `v` are its values, `L` the locals and `c` the counters of the passage the flow is in."""
        (
            self.chance, self.seed, self.turn, values, self.counts, frames, self.frozen, self.journal, self.achieved,
            self.checkpoints, _, self.layout,
        ) = state  # fmt: skip
        self.program = program
        self.v: list[Value] = [*values]
        self.frames = [*frames]
        self.changed: dict[int, list[int]] = {}
        self.hidden: Mapping[int, int | float] = _NONE_HIDDEN
        self.out: list[Block | str] = []
        self.offered = NOTHING
        self.left = MOST_STEPS
        self.ending: str | None = None
        self.checkpoint: str | None = None
        self.title = ""
        self.waiting: Point | None = None
        self.code: PassageCode
        self.L: list[Value]
        self.c: list[int]

    # --- moving about -------------------------------------------------------------------------------------------------

    def record(self, index: int, size: int) -> list[int]:
        """Return the counters of a passage or phrase, to be read and changed."""
        counters = self.changed.get(index)
        if counters is None:
            known = self.counts.get(index)
            counters = self.changed[index] = [*known] if known else [0] * size
        return counters

    def spend(self) -> None:
        """Count a step of flow. Raises Trouble in a loop without an end."""
        self.left -= 1
        if self.left < 0:
            raise Trouble("SQ501", "the story goes round and round here without asking the player anything",
                          "put a choice into the loop, or a condition that ends it")  # fmt: skip

    def goto(self, passage: str) -> Segment:
        """Enter a passage."""
        self.left -= 1
        if self.left < 0:
            self.spend()
        code = self.code = self.program.codes[passage]
        counters = self.c = self.record(code.record, code.counters)
        counters[0] += 1
        if code.last_visit:
            counters[code.last_visit] = self.turn + 1
        self.L = [0] * code.locals
        return code.entry

    def entitle(self) -> None:
        """Show the title of the passage that was entered."""
        if self.code.title:
            self.title = self.code.title(self)
            self.out.append(Title(self.title))

    def call(self, passage: str, arguments: tuple[Value, ...], address: str) -> Segment:
        """Enter a passage from which the flow comes back to `address`."""
        if len(self.frames) >= DEEPEST_CALLS:
            raise Trouble(
                "SQ502",
                f"calls nest more than {DEEPEST_CALLS} deep here",
                "use `goto` where nothing needs to come back",
            )
        self.frames.append(Frame(self.code.id, address, tuple(self.L)))
        entry = self.goto(passage)
        self.L[: len(arguments)] = arguments
        return entry

    def leave(self, passage: str) -> Segment:
        """Enter a passage and forget all calls."""
        self.frames.clear()
        return self.goto(passage)

    def resume(self, frame: Frame) -> Point:
        """Stand again where a frame says."""
        passage, at, locals_ = frame
        code = self.code = self.program.codes[passage]
        self.c = self.record(code.record, code.counters)
        self.L = [*locals_]
        return code.points[at]

    def back(self) -> Segment:
        """Return from a call."""
        if not self.frames:
            raise Trouble("SQ503", "nothing called this passage, so there is no way back", "use `goto:` or `end:`")
        self.left -= 1
        if self.left < 0:
            self.spend()
        point = self.resume(self.frames.pop())
        return point.segments[point.after]

    def finish(self) -> Segment:
        """Reach the end of a passage."""
        if not self.frames:
            message = f"the passage `{self.code.id}` ends without saying what comes next"
            raise Trouble("SQ504", message, "finish it with `goto:`, `end:` or `choices:`")
        return self.back()

    def end(self, ending: str) -> None:
        """End the game."""
        self.ending = ending
        self.frames.clear()

    def offer(self, point: Point) -> Segment | None:
        """Offer choices, or go on where none is open."""
        self.left -= 1
        if self.left < 0:
            self.spend()
        if point.offer:
            offer = point.offer(self)
            if offer.is_open:
                self.offered = offer
                self.waiting = point
                return None
        return point.segments[point.exhausted]

    def wait(self, point: Point) -> None:
        """Wait for an answer or a page turn."""
        if point.offer:
            self.offered = point.offer(self)
        self.waiting = point

    # --- chance -------------------------------------------------------------------------------------------------------

    def unit(self) -> float:
        """Draw a number in [0, 1)."""
        self.chance = stepped(self.chance)
        return unit(self.chance)

    def happens(self, percent: float) -> bool:
        """Tell whether something with a chance in percent happens."""
        return self.unit() * 100 < percent

    def roll(self, low: float, high: float) -> int | float:
        """Draw a whole number from low to high."""
        if high < low:
            raise Trouble("SQ402", f"a roll from {low} to {high} has nothing to give", "put the smaller number first")
        return tidy(low + int(self.unit() * (high - low + 1)))

    def between(self, low: float, high: float) -> int | float:
        """Draw a number from low to high."""
        return tidy(low + self.unit() * (high - low))

    def pick(self, things: tuple[Value, ...]) -> Value:
        """Draw one of several things, all alike."""
        if not things:
            raise Trouble("SQ403", "there is nothing here to pick from", "make sure the set or list is not empty")
        return things[int(self.unit() * len(things))]

    def weigh(self, weights: list[int | float]) -> int:
        """Draw the place of one of several weights."""
        heights = [max(0, weight) for weight in weights]
        total = sum(heights)
        if not total > 0:
            raise Trouble(
                "SQ404", "all weights are zero here, so nothing can be drawn", "give at least one of them a weight"
            )
        rest = self.unit() * total
        for at, height in enumerate(heights):
            rest -= height
            if rest < 0:
                return at
        return max(at for at, height in enumerate(heights) if height)

    def draw(self, members: tuple[str, ...], weights: list[int | float]) -> str:
        """Draw a member by weight."""
        return members[self.weigh(weights)]

    def check(self, at: At, odds: float, label: str, shown: bool) -> bool:  # noqa: ARG002, FBT001  # tools ask which check it is
        """Make the check that stands at a place of the passage's file, and keep its result for the page."""
        passed = self.happens(odds)
        if shown:
            self.out.append(CheckResult(label, odds, passed))
        return passed

    def variety(self, place: int, visit: int, weights: tuple[int | float, ...]) -> int:
        """Return which arm of a random text a visit shows; the generator of the game is not touched."""
        rest = varied(self.seed, place, visit) / 2**64 * sum(weights)
        for at, weight in enumerate(weights):
            rest -= weight
            if rest < 0:
                return at
        return 0

    def shuffled(self, place: int, visit: int, size: int) -> int:
        """Return which arm of a shuffle a visit shows; the generator of the game is not touched."""
        return shuffled(self.seed, place, visit, size)

    # --- looking back -------------------------------------------------------------------------------------------------

    def visits(self, index: int, site: int) -> int:
        """Return a counter of any passage."""
        counters = self.changed.get(index) or self.counts.get(index)
        return counters[site] if counters else 0

    def since(self, index: int, site: int) -> int:
        """Return how many turns ago a place was last visited, 10^9 if never."""
        turn = self.visits(index, site)
        return self.turn + 1 - turn if turn else NEVER

    # --- changing -----------------------------------------------------------------------------------------------------

    def keep(self, slot: int, value: float) -> None:
        """Store a stat's new value within its range."""
        rule = self.program.rules[slot]
        value = tidy(value)
        low, high = rule.bounds or (rule.low(self), rule.high(self))
        self.v[slot] = value if low <= value <= high else tidy(clamp(value, low, high))

    def gain(self, slot: int, change: float) -> None:
        """Change a stat; a gain grows smaller the nearer the stat is to what it strives to."""
        rule = self.program.rules[slot]
        if not change and rule.bounds:
            return  # as most cells of a table of gains: nothing changes, and no bound has moved either
        now = self.v[slot]
        assert isinstance(now, int | float)  # stats are numbers
        if rule.toward is not None and change > 0:
            change = change * max(0, rule.toward - now) / rule.toward
        self.keep(slot, now + change)

    def move(self, slot: int, operator: str, value: float) -> None:
        """Change the stat that a member names."""
        if operator == "+=":
            self.gain(slot, value)
        elif operator == "-=":
            self.gain(slot, -value)
        elif operator == "=":
            self.keep(slot, value)
        else:
            now = self.v[slot]
            assert isinstance(now, int | float)
            self.keep(slot, now * value)

    def settle(self) -> None:
        """Bring stats whose bounds can move back into their range."""
        for slot in self.program.moving:
            now = self.v[slot]
            assert isinstance(now, int | float)
            self.keep(slot, now)

    def band(self, slot: int) -> str:
        """Return the name of the band a stat is in."""
        value = self.v[slot]
        return self.program.rules[slot].band(value) if isinstance(value, int | float) else ""

    def hide(self, before: list[Value]) -> None:
        """Keep what changed since `before` from the player."""
        for slot in self.program.stats:
            old, new = before[slot], self.v[slot]
            if old != new and isinstance(old, int | float) and isinstance(new, int | float):
                self.hidden = {**self.hidden, slot: self.hidden.get(slot, 0) + new - old}

    # --- telling ------------------------------------------------------------------------------------------------------

    def note(self, text: str) -> None:
        """Write a line into the journal."""
        stats = tuple(x for x in (self.v[slot] for slot in self.program.stats) if isinstance(x, int | float))
        line = JournalLine(text, self.turn, stats)
        self.journal = (*self.journal, line)
        self.out.append(line)

    def achieve(self, name: str) -> None:
        """Unlock an achievement, once."""
        if name not in self.achieved:
            self.achieved = (*self.achieved, name)
            self.out.append(self.program.achievements[name])

    def mark(self, label: str) -> None:
        """Pass a checkpoint."""
        self.checkpoints += 1
        self.checkpoint = label

    # --- storylets ----------------------------------------------------------------------------------------------------

    def qualified(self, tag: str) -> list[Candidate]:
        """Return the storylets of a tag that qualify, those of the highest priority."""
        candidates = self.program.tags[tag](self)
        highest = max((candidate.priority for candidate in candidates), default=0)
        return [candidate for candidate in candidates if candidate.priority == highest]

    def deal(self, tag: str, by: DealOrder, address: str, otherwise: Segment) -> Segment | None:
        """Draw a storylet and enter it; it comes back to `address`. A deal counts, for `cooldown`, also where none qualifies."""
        candidates = [candidate for candidate in self.qualified(tag) if candidate.option.enabled]
        if not candidates:
            self.count_deal(tag)
            return otherwise
        return self.enter_storylet(candidates[self._drawn(candidates, by)].passage, tag, address)

    def count_deal(self, tag: str) -> int:
        """Count a deal of a tag and return its number."""
        slot = self.program.deals[tag]
        number = int(str(self.v[slot])) + 1
        self.v[slot] = number
        return number

    def enter_storylet(self, passage: str, tag: str, address: str) -> Segment:
        """Enter a storylet that was dealt for a tag, and count the deal."""
        entry = self.call(passage, (), address)
        number = self.count_deal(tag)
        last = self.program.last_deal(tag, passage)
        if last is not None:
            self.c[last] = number
        return entry

    def _drawn(self, candidates: list[Candidate], by: DealOrder) -> int:
        if by == "weight":
            return self.weigh([candidate.weight for candidate in candidates])
        if by == "least_seen":
            visits = [
                self.visits(self.layout.records[passage_record(candidate.passage)], 0) for candidate in candidates
            ]
            return visits.index(min(visits))
        return 0

    def deal_options(self, options: list[Option], tag: str, show: int, by: DealOrder) -> None:
        """Put up to `show` storylets among the options; what was dealt for this list already stays."""
        taken = {option.id for option in options}
        if self.frozen:
            known = {
                each.option.id: each.option for each in self.program.tags[tag](self) if each.option.id not in taken
            }
            shown = [id_.removeprefix(GREYED) for id_ in self.frozen]
            options += [known[id_] for id_ in shown if id_ in known]
            return
        candidates = [each for each in self.program.tags[tag](self) if each.option.id not in taken]
        candidates.sort(key=lambda each: -each.priority)
        dealt = 0
        while candidates and dealt < show:
            highest = [each for each in candidates if each.priority == candidates[0].priority]
            candidate = highest[self._drawn(highest, by)]
            candidates.remove(candidate)
            options.append(candidate.option)
            dealt += 1

    # --- the end of a turn --------------------------------------------------------------------------------------------

    def changes(self, before: tuple[Value, ...]) -> tuple[StatChange, ...]:
        """Return what the turn changed in visible stats, net."""
        found = []
        now = self.v
        for slot in [slot for slot in self.program.stats if before[slot] != now[slot]]:
            old, new = before[slot], now[slot]
            if not isinstance(old, int | float) or not isinstance(new, int | float):
                continue
            rule = self.program.rules[slot]
            old += self.hidden.get(slot, 0)
            if rule.show != "hidden" and old != new:
                found.append(StatChange(rule.name, rule.label, tidy(old), new, rule.band(old), rule.band(new)))
        return tuple(found)

    def state(self) -> State:
        """Put the state of the game together again after the turn."""
        frames = self.frames
        waiting = self.waiting
        if waiting is not None and self.ending is None:
            frames.append(Frame(*waiting.frame[:2], tuple(self.L)) if self.L else waiting.frame)
        values = (
            self.chance, self.seed, self.turn, tuple(self.v), self.counts.with_records(self.changed), tuple(frames),
            self.offered.ids, self.journal, self.achieved, self.checkpoints, self.ending, self.layout,
        )  # fmt: skip
        return tuple.__new__(State, values)  # what State(…) does, in half the time
