"""A story made ready to run: each passage, formula and phrase is coded, printed and compiled when it is first needed."""

import linecache
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from types import CellType, CodeType, FunctionType
from typing import TypeAlias, assert_never, cast, overload
from weakref import finalize

from siberia_quest.engine.code import Function, Given, Invoke, Needed, Result
from siberia_quest.engine.code_panels import PanelCode, code_of_panel, codes_of_items
from siberia_quest.engine.code_parts import NONE
from siberia_quest.engine.code_passages import PassageCoder
from siberia_quest.engine.code_storylets import codes_of_storylets
from siberia_quest.engine.code_texts import TextCoder
from siberia_quest.engine.code_values import Numbering, ValueCoder, find_fixed_bounds
from siberia_quest.engine.flow import Bound, Flow, PassageCode, Point, Program, Segment, Source, StatRule
from siberia_quest.engine.offers import Candidate
from siberia_quest.engine.print_python import Printed, print_function
from siberia_quest.engine.runtime import RUNTIME
from siberia_quest.model.expression import Expression
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Figure, Unlocked
from siberia_quest.model.sites import PASSAGE, deal_slot, last_deal_site, last_visit_site, passage_record, phrase_record
from siberia_quest.model.steps import At
from siberia_quest.model.story import ShownItem, Story, Table

#: Makes something of the status or a panel; None where it is not shown now.
MakeFigure: TypeAlias = Callable[[Flow], Figure | None]
_NOWHERE: At = (1, 1)
_NAMES = re.compile(r"'(k)([0-9]+)'|\b(n)([0-9]+)\b")
_CONSTANT = re.compile(r"'(k[0-9]+)'")


def program_of(story: Story) -> "StoryProgram":
    """Return a story's program, made when it is first asked for."""
    made = story.memo.get("program")
    if isinstance(made, StoryProgram):
        return made
    program = StoryProgram(story)
    story.memo["program"] = program
    return program


def points_of(story: Story, passage: str) -> Mapping[str, Point]:
    """Return the points where a passage can wait or come back to, by address."""
    coder = program_of(story).coder_of(passage)
    coder.code_until(lambda: False)
    return coder.points


class SourceLines(Sequence[str]):
    """The lines of a printed function, each with its place in the story behind it: what a traceback, a debugger and a profile show."""

    def __init__(self, owner: str, source: Source, printed: Printed) -> None:
        """Keep what was printed and what of; the lines are made when they are asked for."""
        self._owner = owner
        self._file = source.file
        self._printed = printed

    def _stands_for(self, name: "re.Match[str]") -> str:
        if name[1]:
            return repr(self._printed.constants[int(name[2])])
        return name_of_needed(self._printed.needs[int(name[4])])

    def _lines(self) -> list[str]:
        lines = _NAMES.sub(self._stands_for, self._printed.shape).splitlines()
        lines[:2] = [f"# {self._owner}", lines[1].replace("made", self._printed.name, 1)]
        return [f"{line[4:]}  # {self._file}:{at[0]}\n" for line, at in zip(lines, self._printed.places, strict=False)]

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...  # type: ignore[explicit-any]  # a slice of any numbers
    def __getitem__(self, at: int | slice) -> str | list[str]:  # type: ignore[explicit-any]
        return self._lines()[at]

    def __len__(self) -> int:
        return len(self._printed.places)


class _Shape(NamedTuple):
    """Compiled code that many functions share: where in its constants each of a function's own belongs, and the needs in its order.

    Without `places` the function's constants come as arguments: Python works out some expressions of constants when it compiles them.
    """

    code: CodeType
    places: tuple[int, ...]
    needs: tuple[int, ...]


def _compile(shape: str, constants: int) -> _Shape:
    """Compile a shape: source of our own making, in which nothing of a story stands (see engine.print_python)."""
    code = _inner_code(shape)
    at = dict(zip(code.co_consts, count()))  # thousands of them are looked for
    names = [f"k{number}" for number in range(constants)]
    places = tuple([at[name] for name in names if name in at])
    if len(places) < constants:
        code = _inner_code(_CONSTANT.sub(r"\1", shape).replace(", p):", f", p, {', '.join(names)}):", 1))
        places = ()
    return _Shape(code, places, tuple([int(name[1:]) for name in code.co_freevars]))


def _inner_code(shape: str) -> CodeType:
    outer: CodeType = compile(shape, "<shape>", "exec").co_consts[0]
    return next(each for each in outer.co_consts if isinstance(each, CodeType))


class PanelParts(NamedTuple):
    """What makes a panel: whether it is shown (None: always), its title, and the figures of each side."""

    condition: Callable[[Flow], Value] | None
    title: Callable[[Flow], Value]
    sides: tuple[tuple[MakeFigure, ...], ...]


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


class StoryProgram(Program):
    """A program that knows its story, and makes what is missing.

    `names` is all that printed code can say; what it needs of the story comes in `cells`, which are filled before it runs.
    """

    __slots__ = (
        "__weakref__", "cells", "formulas", "kinds", "known", "made", "names", "numbering", "phrases", "shapes", "shown_lines", "story",
        "tables",
    )  # fmt: skip

    def __init__(self, story: Story) -> None:
        super().__init__(story.language)
        self.story = story
        self.numbering = Numbering(story)
        self.formulas = tuple(story.formulas.values())
        self.phrases = tuple(story.phrases.values())
        self.tables = tuple(story.tables.values())
        self.kinds = tuple(story.kinds.values())
        self.names: dict[str, object] = {"__builtins__": dict(RUNTIME)}
        self.shapes: dict[str, _Shape] = {}
        self.cells: dict[Needed, CellType] = {}
        self.made: set[Needed] = set()
        self.shown_lines: dict[str, object] = {}
        finalize(self, _forget, self.shown_lines)
        self.known: dict[str, object] = {}
        self.tags = _Tags(self)
        self.slots = dict(story.layout.slots)
        for name, stat in story.stats.items():
            low, high = cast("Bound", self.compile_value(stat.low)), cast("Bound", self.compile_value(stat.high))
            band, bounds = _make_bands(stat.bands), find_fixed_bounds(stat)
            rule = StatRule(name, stat.label, low, high, stat.toward, band, stat.show, stat.sight, stat.opposed, bounds)
            self.rules[self.slots[name]] = rule
        self.stats = tuple(self.slots[name] for name in story.stats)
        self.moving = tuple(self.slots[name] for name, stat in story.stats.items() if find_fixed_bounds(stat) is None)
        self.achievements = {name: Unlocked(name, card.title, card.text) for name, card in story.achievements.items()}
        self.each_turn = story.each_turn
        self.deals = {tag: self.slots[deal_slot(tag)] for tag in story.storylets}

    def compile_value(self, expression: Expression) -> Callable[[Flow], Value]:
        """Return what works out an expression of the story's names, compiled once."""
        key = repr(expression)  # equal things can differ in kind, as 1 and yes do
        if key not in self.known:
            body = (Result(TextCoder(self.story, self.numbering).code(expression), _NOWHERE),)
            self.known[key] = self.compile(Function("value", len(self.known), 0, None, body), "value", "", _NOWHERE)
        return cast("Callable[[Flow], Value]", self.known[key])

    @property
    def status(self) -> tuple[MakeFigure, ...]:
        """What makes the figures of the status."""
        return self._figures("status", self.story.status)

    @property
    def map(self) -> tuple[MakeFigure, ...]:
        """What makes the figure that the map is divided by."""
        return self._figures("map", self.story.header.map)

    def _figures(self, key: str, items: tuple[ShownItem, ...]) -> tuple[MakeFigure, ...]:
        if key not in self.known:
            codes = codes_of_items(self.story, self.numbering, items)
            self.known[key] = tuple([self._compile_shown(each) for each in codes])
        return cast("tuple[MakeFigure, ...]", self.known[key])

    @property
    def panels(self) -> tuple[PanelParts, ...]:
        """What makes the story's panels."""
        if "panels" not in self.known:
            codes = [code_of_panel(self.story, self.numbering, panel) for panel in self.story.panels]
            self.known["panels"] = tuple(map(self._make_panel, codes))
        return cast("tuple[PanelParts, ...]", self.known["panels"])

    def _make_panel(self, code: PanelCode) -> PanelParts:
        title, *conditions = [self._compile_shown(each) for each in (code.title, *code.conditions)]
        sides = tuple(
            cast("tuple[MakeFigure, ...]", tuple([self._compile_shown(each) for each in side])) for side in code.sides
        )
        return PanelParts(conditions[0] if conditions else None, title, sides)

    def _compile_shown(self, function: Function) -> FunctionType:
        return self.compile(function, "panel", "", _NOWHERE)

    def coder_of(self, passage: str) -> PassageCoder:
        """Return what codes a passage, from its beginning."""
        known = self.story.passages[passage]

        def make(function: Function) -> FunctionType:
            return self.compile(function, passage, known.file, known.at, coder.parts)

        coder = PassageCoder(self.story, self.numbering, known, make)
        return coder

    def make_ready(self, passage: str) -> PassageCode:
        """Make a passage ready that is entered for the first time."""
        story, coder = self.story, self.coder_of(passage)
        known, since = coder.passage, last_visit_site(PASSAGE)
        code = self.codes[passage] = PassageCode(
            passage,
            story.scenes.get(known.scene, ""),
            known.file,
            record=story.layout.records[passage_record(passage)],
            counters=len(known.sites),
            last_visit=known.sites.index(since) if since in known.sites else 0,
            locals_=len(known.locals),
            entry=cast("Segment", coder.make(0)),
            title=None if coder.title == NONE else cast("Callable[[Flow], str]", coder.make(coder.title)),
            parts=coder.parts,
            points=coder.points,
            find_point=coder.find_point,
            find_label=coder.label,
        )
        return code

    def last_deal(self, tag: str, passage: str) -> int | None:
        """Return where a storylet counts which deal of a tag dealt it last, None where no cooldown asks for it."""
        sites = self.story.passages.sites_of(passage)
        site = last_deal_site(tag)
        return sites.index(site) if site in sites else None

    # --- from code to functions ---------------------------------------------------------------------------------------

    def compile(self, function: Function, owner: str, file: str, at: At, parts: Sequence[object] = ()) -> FunctionType:
        """Return a function of our own making, with all it needs. `owner`, `file` and `at` say what it was made of."""
        printed = print_function(function, at)
        for needed in printed.needs:
            self._make(needed)
        return self._function(printed, owner, file, parts)

    def code_of_formula(self, number: int) -> Function:
        """Return the code of a formula."""
        formula = self.formulas[number]
        body = ValueCoder(self.story, self.numbering, local="arguments").code(formula.body)
        return Function("formula", number, len(formula.parameters), None, (Result(body, formula.at),))

    def code_of_phrase(self, number: int) -> Function:
        """Return the code of a phrase."""
        phrase = self.phrases[number]
        record = phrase_record(phrase.name)
        text = TextCoder(self.story, self.numbering, record, phrase.sites, "arguments").rough_text(phrase.parts)
        counters = None
        if phrase.sites:
            counters = Invoke("record", (Given(self.story.layout.records[record]), Given(len(phrase.sites))))
        result = (Result(Invoke("made", (text,)), phrase.at),)
        return Function("phrase", number, len(phrase.parameters), counters, result)

    def shape_of(self, printed: Printed) -> _Shape:
        """Return a printed function's shape, compiled once for all that are alike. Raises what Python raises where it cannot."""
        shape = self.shapes.get(printed.shape)
        if shape is None:
            shape = self.shapes[printed.shape] = _compile(printed.shape, len(printed.constants))
        return shape

    def _function(self, printed: Printed, owner: str, file: str, parts: Sequence[object] = ()) -> FunctionType:
        """Return a printed function; its lines go to where tracebacks and debuggers look for lines."""
        label = f"<{self.story.id} {owner} {printed.name}>"
        source = self.sources[label] = Source(file, printed.places)
        entry = (len(printed.shape), None, SourceLines(owner, source, printed), label)
        linecache.cache[label] = self.shown_lines[label] = entry  # type: ignore[assignment]  # any sequence of lines will do
        code, places, numbers = self.shape_of(printed)
        constants = [*code.co_consts]
        for place, constant in zip(places, printed.constants, strict=False):
            constants[place] = constant
        own = code.replace(co_filename=label, co_name=printed.name, co_consts=tuple(constants))
        given = (parts,) if places else (parts, *printed.constants)
        return FunctionType(
            own, self.names, printed.name, given, tuple([self._cell(printed.needs[at]) for at in numbers])
        )

    def _cell(self, needed: Needed) -> CellType:
        if needed not in self.cells:
            self.cells[needed] = CellType()
        return self.cells[needed]

    def _make(self, needed: Needed) -> None:
        """Make something of the story, and all that it needs in turn: from a list, so that no chain of formulas is too long."""
        waiting = [needed]
        while waiting:
            each = waiting.pop()
            if each not in self.made:
                self.made.add(each)
                thing, needs = self._thing(each)
                self._cell(each).cell_contents = thing
                waiting += needs

    def _thing(self, needed: Needed) -> tuple[object, Iterable[Needed]]:
        """Return something of the story, and what it needs. Functions find each other in their cells when they are called."""
        match needed.sort:
            case "formula":
                formula = self.formulas[needed.number]
                printed = print_function(self.code_of_formula(needed.number), formula.at)
                return self._function(printed, f"formula {formula.name}", formula.file), printed.needs
            case "phrase":
                phrase = self.phrases[needed.number]
                printed = print_function(self.code_of_phrase(needed.number), phrase.at)
                return self._function(printed, f"phrase {phrase.name}", phrase.file), printed.needs
            case "bounds" | "cells":
                return _table(self.tables[needed.number]), ()
            case "labels":
                return dict(self.kinds[needed.number].labels), ()
            case "order":
                return {member: index for index, member in enumerate(self.kinds[needed.number].ids)}, ()
            case "stats":
                return {member: self.slots[member] for member in self.kinds[needed.number].ids}, ()
            case _:
                assert_never(needed.sort)


def name_of_needed(needed: Needed) -> str:
    """Return what printed lines call something of the story."""
    return f"{needed.sort}_{needed.number}"


def _forget(lines: Mapping[str, object]) -> None:
    """Take printed lines from the cache of lines, but for those that another program's took the place of."""
    for label, entry in lines.items():
        if linecache.cache.get(label) is entry:
            del linecache.cache[label]


def _table(table: Table) -> "Callable[[int | float], Value] | dict[Value | tuple[str, ...], Value]":
    if table.kinds:
        keys = [tuple(str(key).split(" ")) if len(table.kinds) > 1 else str(key) for key in table.keys]
        return dict(zip(keys, table.values, strict=True))
    bounds = [float(key) for key in table.keys]
    values = table.values
    return lambda x: values[max(0, bisect_right(bounds, x) - 1)]


def _make_bands(bands: tuple[tuple[int | float, str], ...]) -> Callable[[int | float], str]:
    bounds = [low for low, _ in bands]
    words = [word for _, word in bands]
    if not words:
        return lambda _: ""
    return lambda x: words[max(0, bisect_right(bounds, x) - 1)]
