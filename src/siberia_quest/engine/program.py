"""A story made ready to run: each passage, formula and phrase is coded, printed and compiled when it is first needed."""

import linecache
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import assert_never, cast, overload
from weakref import finalize

from siberia_quest.engine.code import Code, Function, Given, Invoke, Needed, Result
from siberia_quest.engine.code_parts import NONE, PointPlan
from siberia_quest.engine.code_passages import PassageCoder
from siberia_quest.engine.code_storylets import codes_of_storylets
from siberia_quest.engine.code_texts import TextCoder
from siberia_quest.engine.code_values import Numbering, ValueCoder, fixed_bounds
from siberia_quest.engine.flow import Bound, Flow, PassageCode, Point, Program, Segment, Source, StatRule
from siberia_quest.engine.offers import Candidate, FixedOffers, Offer
from siberia_quest.engine.print_python import Printed, name_of_needed, print_function
from siberia_quest.engine.runtime import RUNTIME
from siberia_quest.model.expression import Expression, Shown
from siberia_quest.model.kinds import Value
from siberia_quest.model.page import Ask, Unlocked
from siberia_quest.model.sites import PASSAGE, deal_slot, last_deal_site, last_visit_site, passage_record, phrase_record
from siberia_quest.model.state import Frame
from siberia_quest.model.steps import At
from siberia_quest.model.story import Story, Table

_NOWHERE: At = (1, 1)


def program_of(story: Story) -> "StoryProgram":
    """Return a story's program, made when it is first asked for."""
    made = story.memo.get("program")
    if isinstance(made, StoryProgram):
        return made
    program = StoryProgram(story)
    story.memo["program"] = program
    return program


def points_of(story: Story, passage: str) -> Mapping[str, PointPlan]:
    """Return the points where a passage can wait or come back to, by address."""
    program = program_of(story)
    return PassageCoder(story, program.numbering, story.passages[passage]).all_points()


class SourceLines(Sequence[str]):
    """The lines of printed code, each with its place in the story behind it: what a traceback, a debugger and a profile show."""

    def __init__(self, source: Source, text: str) -> None:
        """Keep the printed text and where it comes from; the lines are made when they are asked for."""
        self._source = source
        self._text = text

    def _lines(self) -> list[str]:
        file, places = self._source
        return [f"{line}  # {file}:{at[0]}\n" for line, at in zip(self._text.splitlines(), places, strict=False)]

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...  # type: ignore[explicit-any]  # a slice of any numbers
    def __getitem__(self, at: int | slice) -> str | list[str]:  # type: ignore[explicit-any]
        """Return a line, or some of them."""
        return self._lines()[at]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._source.places)


class _Codes(dict[str, PassageCode]):
    """Passages by id, made ready when they are first entered."""

    def __init__(self, program: "StoryProgram") -> None:
        super().__init__()
        self.program = program

    def __missing__(self, id_: str) -> PassageCode:
        story = self.program.story
        passage = story.passages[id_]
        coder = PassageCoder(story, self.program.numbering, passage)
        parts = _Parts(self.program, coder)
        since, sites = last_visit_site(PASSAGE), passage.sites
        code = self[id_] = PassageCode(
            id_,
            story.scenes.get(passage.scene, ""),
            passage.file,
            story.layout.records[passage_record(id_)],
            counters=len(sites),
            last_visit=sites.index(since) if since in sites else 0,
            locals=len(passage.locals),
            entry=cast("Segment", parts[0]),
            title=None if coder.title == NONE else cast("Callable[[Flow], str]", parts[coder.title]),
            points=_Points(parts),
        )
        return code


class _Tags(dict[str, Callable[[Flow], list[Candidate]]]):
    """What finds the storylets of a tag that qualify, compiled when it is first asked for."""

    def __init__(self, program: "StoryProgram") -> None:
        super().__init__()
        self.program = program

    def __missing__(self, tag: str) -> Callable[[Flow], list[Candidate]]:
        functions = codes_of_storylets(self.program.story, self.program.numbering, tag)
        made = [self.program.compile(each, f"storylets {tag}", "", _NOWHERE) for each in functions]
        rows = cast("list[Callable[[Flow], list[Candidate]]]", made)
        found = self[tag] = rows[0] if len(rows) == 1 else lambda w: [each for row in rows for each in row(w)]
        return found


class _Parts(dict[int, object]):
    """The parts of a passage by number, each made when it is first asked for; to its printed code they are `p`."""

    def __init__(self, program: "StoryProgram", coder: PassageCoder) -> None:
        super().__init__()
        self.program = program
        self.coder = coder
        self.names: dict[str, object] = {"__builtins__": program.runtime, "p": self}

    def __missing__(self, number: int) -> object:
        passage, coded = self.coder.passage, self.coder.take(number)
        made: object
        match coded:
            case Function():
                made = self.program.compile(coded, passage.id, passage.file, passage.at, self.names)
            case PointPlan():
                made = self._point(coded)
            case FixedOffers():
                made = coded
            case _:
                assert_never(coded)
        self[number] = made
        return made

    def _point(self, plan: PointPlan) -> Point:
        branches = {each.option: each.picked for each in plan.branches}
        offers = None if plan.offers == NONE else cast("Callable[[Flow], Offer]", self[plan.offers])
        question = None if plan.question == NONE else cast("Callable[[Flow], tuple[Ask, int]]", self[plan.question])
        frame, segments = Frame(self.coder.passage.id, plan.address), cast("Mapping[int, Segment]", self)
        return Point(plan.sort, frame, segments, plan.after, plan.exhausted, offers, branches, question, plan.dealt)


class _Points(dict[str, Point]):
    """The waiting points of a passage by address, each made when it is first asked for."""

    def __init__(self, parts: _Parts) -> None:
        super().__init__()
        self.parts = parts

    def __missing__(self, address: str) -> Point:
        number = self.parts.coder.point_at(address)
        if number == NONE:
            raise KeyError(address)
        point = self[address] = cast("Point", self.parts[number])
        return point


class StoryProgram(Program):
    """A program that knows its story, and makes what is missing. `names` are what formulas, phrases and the like can say."""

    __slots__ = (
        "__weakref__",
        "formulas",
        "kinds",
        "known",
        "names",
        "numbering",
        "phrases",
        "runtime",
        "story",
        "tables",
    )

    def __init__(self, story: Story) -> None:
        """Lay out what every passage needs."""
        super().__init__()
        self.story = story
        self.numbering = Numbering(story)
        self.formulas = tuple(story.formulas.values())
        self.phrases = tuple(story.phrases.values())
        self.tables = tuple(story.tables.values())
        self.kinds = tuple(story.kinds.values())
        self.runtime = dict(RUNTIME)
        self.names: dict[str, object] = {"__builtins__": self.runtime}
        self.known: dict[str, object] = {}
        self.codes = _Codes(self)
        self.tags = _Tags(self)
        self.slots = dict(story.layout.slots)
        for name, stat in story.stats.items():
            low, high = cast("Bound", self.given(stat.low)), cast("Bound", self.given(stat.high))
            band, bounds = _banded(stat.bands), fixed_bounds(stat)
            rule = StatRule(name, stat.label, low, high, stat.toward, band, stat.show, stat.opposed, bounds)
            self.rules[self.slots[name]] = rule
        self.stats = tuple(self.slots[name] for name in story.stats)
        self.moving = tuple(self.slots[name] for name, stat in story.stats.items() if fixed_bounds(stat) is None)
        self.achievements = {name: Unlocked(name, card.title, card.text) for name, card in story.achievements.items()}
        self.deals = {tag: self.slots[deal_slot(tag)] for tag in story.storylets}

    def given(self, expression: Expression) -> Callable[[Flow], Value]:
        """Return what works out an expression of the story's names, compiled once."""
        return cast("Callable[[Flow], Value]", self._once(expression, lambda coder: coder.code(expression)))

    def shown(self, value: Shown) -> Callable[[Flow], str]:
        """Return what makes words of a value as a text does, compiled once."""
        return cast("Callable[[Flow], str]", self._once(value, lambda coder: coder.shown(value)))

    def _once(self, thing: Expression | Shown, code: Callable[[TextCoder], Code]) -> object:
        key = repr(thing)  # equal things can differ in kind, as 1 and yes do
        if key not in self.known:
            body = (Result(code(TextCoder(self.story, self.numbering)), _NOWHERE),)
            self.known[key] = self.compile(Function("value", len(self.known), 0, None, body), "value", "", _NOWHERE)
        return self.known[key]

    def last_deal(self, tag: str, passage: str) -> int | None:
        """Return where a storylet counts which deal of a tag dealt it last, None where no cooldown asks for it."""
        sites = self.story.passages.sites_of(passage)
        site = last_deal_site(tag)
        return sites.index(site) if site in sites else None

    # --- from code to functions ---------------------------------------------------------------------------------------

    def compile(
        self, function: Function, owner: str, file: str, at: At, names: dict[str, object] | None = None
    ) -> object:
        """Return a function of our own making, compiled with all it needs. `owner`, `file` and `at` say what it was made of."""
        printed = print_function(function, at)
        names = self.names if names is None else names
        for needed in printed.needs:
            self._make(needed)
            names[name_of_needed(needed)] = self.names[name_of_needed(needed)]
        self._run(printed, owner, file, names)
        return names.pop(printed.name)

    def _run(self, printed: Printed, owner: str, file: str, names: dict[str, object]) -> None:
        """Add a printed function to names, and its lines to what tracebacks and debuggers show."""
        label = f"<{self.story.id} {owner} {printed.name}>"
        source = self.sources[label] = Source(file, printed.places)
        entry = (len(printed.text), None, SourceLines(source, printed.text), label)
        linecache.cache[label] = entry  # type: ignore[assignment]  # any sequence of lines will do
        finalize(self, _forget, label, entry)
        exec(compile(printed.text, label, "exec"), names)  # noqa: S102  # printed from closed sets: see engine.print_python

    def _make(self, needed: Needed) -> None:
        """Make something of the story, and all that it needs in turn: from a list, so that no chain of formulas is too long."""
        waiting = [needed]
        while waiting:
            each = waiting.pop()
            if name_of_needed(each) not in self.names:
                waiting += self._made(each)

    def _made(self, needed: Needed) -> Iterable[Needed]:
        """Make something of the story; return what it needs. Functions find each other when they are called."""
        name = name_of_needed(needed)
        match needed.sort:
            case "formula":
                formula = self.formulas[needed.number]
                body = ValueCoder(self.story, self.numbering, local="arguments").code(formula.body)
                function = Function(
                    "formula", needed.number, len(formula.parameters), None, (Result(body, formula.at),)
                )
                return self._function(function, f"formula {formula.name}", formula.file, formula.at)
            case "phrase":
                phrase = self.phrases[needed.number]
                record = phrase_record(phrase.name)
                text = TextCoder(self.story, self.numbering, record, phrase.sites, "arguments").rough_text(phrase.parts)
                counters = None
                if phrase.sites:
                    counters = Invoke("record", (Given(self.story.layout.records[record]), Given(len(phrase.sites))))
                function = Function(
                    "phrase", needed.number, len(phrase.parameters), counters, (Result(text, phrase.at),)
                )
                return self._function(function, f"phrase {phrase.name}", phrase.file, phrase.at)
            case "bounds" | "cells":
                self.names[name] = _table(self.tables[needed.number])
            case "labels":
                self.names[name] = dict(self.kinds[needed.number].labels)
            case "order":
                self.names[name] = {member: at for at, member in enumerate(self.kinds[needed.number].ids)}
            case "stats":
                self.names[name] = {member: self.slots[member] for member in self.kinds[needed.number].ids}
            case _:
                assert_never(needed.sort)
        return ()

    def _function(self, function: Function, owner: str, file: str, at: At) -> Iterable[Needed]:
        printed = print_function(function, at)
        self._run(printed, owner, file, self.names)
        return printed.needs


def _forget(label: str, entry: object) -> None:
    """Take printed lines from the cache of lines, unless others took their place."""
    if linecache.cache.get(label) is entry:
        del linecache.cache[label]


def _table(table: Table) -> "Callable[[int | float], Value] | dict[Value | tuple[str, ...], Value]":
    if table.kinds:
        keys = [tuple(str(key).split(" ")) if len(table.kinds) > 1 else str(key) for key in table.keys]
        return dict(zip(keys, table.values, strict=True))
    bounds = [float(key) for key in table.keys]
    values = table.values
    return lambda x: values[max(0, bisect_right(bounds, x) - 1)]


def _banded(bands: tuple[tuple[int | float, str], ...]) -> Callable[[int | float], str]:
    bounds = [low for low, _ in bands]
    words = [word for _, word in bands]
    if not words:
        return lambda _: ""
    return lambda x: words[max(0, bisect_right(bounds, x) - 1)]
