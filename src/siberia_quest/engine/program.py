"""A story made ready to run: names and tables at hand, each passage, formula and phrase compiled when it is first needed."""

import re
from bisect import bisect_right
from collections.abc import Callable

from siberia_quest.engine import numbers
from siberia_quest.engine.compiler import PassageCompiler, PointPlan
from siberia_quest.engine.flow import Code, Flow, Picked, Point, Program, StatRule
from siberia_quest.engine.offers import Candidate, FixedOffers, offer_of
from siberia_quest.engine.views import show_art, show_chart, show_journal, show_stats
from siberia_quest.engine.writer import Writer
from siberia_quest.model.expression import Constant
from siberia_quest.model.kinds import Value
from siberia_quest.model.markup import evened, plain_line
from siberia_quest.model.page import Ask, Beat, Montage, Option, Tune, Unlocked
from siberia_quest.model.sites import PASSAGE, deal_slot, last_deal_site, last_visit_site, passage_record, phrase_record
from siberia_quest.model.state import Frame
from siberia_quest.model.steps import At
from siberia_quest.model.story import Passage, Stat, Story, Table

_NEEDED = re.compile(r"\b([fpt])(\d+)[(\[]")


def program_of(story: Story) -> "StoryProgram":
    """Return a story's program, made when it is first asked for."""
    made = story.memo.get("program")
    if isinstance(made, StoryProgram):
        return made
    program = StoryProgram(story)
    story.memo["program"] = program
    return program


class _Codes(dict[str, Code]):
    """Passages by id, compiled when they are first entered."""

    def __init__(self, program: "StoryProgram") -> None:
        super().__init__()
        self.program = program

    def __missing__(self, passage: str) -> Code:
        code = self[passage] = self.program.passage(passage)
        return code


class _Tags(dict[str, Callable[[Flow], list[Candidate]]]):
    """What finds the storylets of a tag that qualify, compiled when it is first asked for."""

    def __init__(self, program: "StoryProgram") -> None:
        super().__init__()
        self.program = program

    def __missing__(self, tag: str) -> Callable[[Flow], list[Candidate]]:
        found = self[tag] = self.program.storylets(tag)
        return found


class StoryProgram(Program):
    """A program that knows its story, and compiles what is missing."""

    __slots__ = ("story",)

    def __init__(self, story: Story) -> None:
        """Lay out what every passage needs."""
        super().__init__()
        self.story = story
        self.codes = _Codes(self)
        self.tags = _Tags(self)
        self.slots = dict(story.layout.slots)
        self.names = {
            "Ask": Ask, "Beat": Beat, "Montage": Montage, "Option": Option, "Tune": Tune, "band_of": band_of,
            "behind": behind,
            "capital": numbers.capital, "ceil": numbers.ceil, "clamp": numbers.clamp, "cycle_arm": cycle_arm,
            "decimal": numbers.decimal, "evened": evened, "fixed_offers": FixedOffers,
            "floor": numbers.floor, "in_words": numbers.in_words, "listing": numbers.listing,
            "offer_of": offer_of, "once_arm": once_arm, "percent_of": numbers.part_of, "percent": numbers.percent, "plain": plain_line,
            "plural": numbers.plural, "random_arm": random_arm, "replaced": numbers.replaced, "rounded": numbers.rounded,
            "sequence_arm": sequence_arm, "show_art": show_art, "show_chart": show_chart, "show_journal": show_journal,
            "show_stats": show_stats, "shown": numbers.shown, "shuffle_arm": shuffle_arm, "stored": numbers.stored,
            "tidy": numbers.tidy, "whole": numbers.whole, "with_member": numbers.with_member,
            "without_member": numbers.without_member,
        }  # fmt: skip
        for number, kind in enumerate(story.kinds.values()):
            self.names[f"labels_{number}"] = dict(kind.labels)
            self.names[f"order_{number}"] = {member: at for at, member in enumerate(kind.ids)}
            if kind.are_stats:
                self.names[f"stats_{number}"] = {member: self.slots[member] for member in kind.ids}
        for name, stat in story.stats.items():
            writer = Writer(story, "", ())
            low, high = self.given(writer.expression(stat.low)), self.given(writer.expression(stat.high))
            band = _banded(stat.bands)
            self.rules[self.slots[name]] = StatRule(
                name, stat.label, low, high, stat.toward, band, stat.show, stat.opposed, _fixed(stat)
            )
        self.stats = tuple(self.slots[name] for name in story.stats)
        self.moving = tuple(self.slots[name] for name, stat in story.stats.items() if _fixed(stat) is None)
        self.achievements = {name: Unlocked(name, card.title, card.text) for name, card in story.achievements.items()}
        self.deals = {tag: self.slots[deal_slot(tag)] for tag in story.storylets}

    def given(self, source: str) -> Callable[[Flow], int | float]:
        """Compile the source of an expression alone, once."""
        known = self.names.get(source)
        if callable(known):
            return known
        names = self.run(f"def given(w):\n    v = w.v\n    return {source}\n", ((1, 1),) * 3, "")
        given: Callable[[Flow], int | float] = names["given"]  # type: ignore[assignment]  # the source above defines it
        self.names[source] = given
        return given

    def run(self, source: str, places: tuple[At, ...], file: str) -> dict[str, object]:
        """Compile source of our own making and run it; return the names it adds. What it needs is compiled before."""
        for sort, number in set(_NEEDED.findall(source)):
            self.need(sort, int(number))
        label = f"<story {len(self.places)}>"
        self.places[label] = (file, places)
        exec(compile(source, label, "exec"), self.names)  # noqa: S102  # generated from checked trees: see engine.writer
        return self.names

    def need(self, sort: str, number: int) -> None:
        """Compile a formula (`f`), phrase (`p`) or table (`t`) unless it is there."""
        name = f"{sort}{number}"
        if name in self.names:
            return
        self.names[name] = None  # under way: its own source names it
        if sort == "t":
            self.names[name] = _table(list(self.story.tables.values())[number])
            return
        if sort == "f":
            formula = list(self.story.formulas.values())[number]
            writer = Writer(self.story, "", (), "a{}")
            head, body = _head(name, len(formula.parameters)), writer.expression(formula.body)
            self.run(f"{head}    v = w.v\n    return {body}\n", (formula.at,) * 3, formula.file)
            return
        phrase = list(self.story.phrases.values())[number]
        own = phrase_record(phrase.name)
        writer = Writer(self.story, own, phrase.sites, "a{}")
        record = ""
        if phrase.sites:
            record = f"; c = w.record({self.story.layout.records[own]}, {len(phrase.sites)})"
        body = writer.rough_text(phrase.parts)
        self.run(
            f"{_head(name, len(phrase.parameters))}    v = w.v{record}\n    return {body}\n",
            (phrase.at,) * 3,
            phrase.file,
        )

    def passage(self, id_: str) -> Code:
        """Compile a passage."""
        passage = self.story.passages[id_]
        index = self.story.layout.records[passage_record(id_)]
        prefix = f"s{index}_"
        source = PassageCompiler(self.story, passage, prefix).compile()
        names = self.run(source.text, source.places, passage.file)
        last = last_visit_site(PASSAGE)
        since = passage.sites.index(last) if last in passage.sites else 0
        code = Code(id_, index, len(passage.sites), since, len(passage.locals))
        code.entry = names[f"{prefix}s1"]  # type: ignore[assignment]  # a segment, as compiled above
        code.title = names.get(f"{prefix}title")  # type: ignore[assignment]
        for plan in source.points:
            point = _point(id_, plan, names)
            names[plan.name] = point
            code.points[plan.address] = point
        return code

    def storylets(self, tag: str) -> Callable[[Flow], list[Candidate]]:
        """Compile what finds the storylets of a tag that qualify."""
        name = f"tag{list(self.story.storylets).index(tag)}"
        lines, places = [f"def {name}(w):", "    v = w.v; r = []"], [(1, 1), (1, 1)]
        for id_ in self.story.storylets[tag]:
            passage = self.story.passages[id_]
            lines += self._qualification(tag, passage)
            places += [passage.at] * (len(lines) - len(places))
        return self.run("\n".join([*lines, "    return r", ""]), (*places, (1, 1)), "")[name]  # type: ignore[return-value]  # the source above defines it

    def _qualification(self, tag: str, passage: Passage) -> list[str]:
        storylet = passage.storylet
        if storylet is None:
            return []
        writer = Writer(self.story, "", ())
        index = self.story.layout.records[passage_record(passage.id)]
        tests = []
        if storylet.once:
            tests.append(f"w.visits({index}, 0) == 0")
        if storylet.cooldown:
            site = passage.sites.index(last_deal_site(tag))
            self.names[f"{last_deal_site(tag)}:{passage.id}"] = site
            last = f"w.visits({index}, {site})"
            tests.append(f"({last} == 0 or v[{self.slots[deal_slot(tag)]}] - {last} >= {int(storylet.cooldown)})")
        if storylet.condition:
            tests.append(writer.expression(storylet.condition))
        title = f"plain({writer.text(passage.title)})" if passage.title else repr(passage.id)
        needs = writer.expression(storylet.needs) if storylet.needs else "True"
        locked = writer.text(storylet.locked)
        name = passage.id.split(".")[-1]
        option = f"Option({name!r}, {title}, {needs}, '' if {needs} else {locked}, None, (), '', {passage.tags!r})"
        candidate = f"r.append(Candidate({passage.id!r}, {writer.expression(storylet.weight)}, {storylet.priority!r}, {option}))"
        self.names["Candidate"] = Candidate
        return [f"    if {' and '.join(tests) or 'True'}:", f"        {candidate}"]


def _head(name: str, parameters: int) -> str:
    return f"def {name}({', '.join(['w', *(f'a{number}' for number in range(parameters))])}):\n"


def _fixed(stat: Stat) -> tuple[int | float, int | float] | None:
    """Return a stat's bounds where they are plain numbers, which hold all the time."""
    match stat.low, stat.high:
        case Constant(int() | float() as low), Constant(int() | float() as high):
            return low, high
    return None


def _point(passage: str, plan: PointPlan, names: dict[str, object]) -> Point:
    branches = {
        each.id: Picked(names[each.segment], each.site, each.since, each.slot, each.member)  # type: ignore[arg-type]
        for each in plan.branches
    }
    return Point(
        plan.sort, Frame(passage, plan.address), names[plan.after], names.get(plan.exhausted), names.get(plan.options), branches,  # type: ignore[arg-type]
        names.get(plan.store), plan.dealt,  # type: ignore[arg-type]
    )  # fmt: skip


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


# What generated code calls beside the functions of `engine.numbers`: which arm of alternatives a visit shows.


def sequence_arm(c: list[int], at: int, size: int) -> int:
    """Return the next arm, at last always the last."""
    visit = c[at]
    c[at] = visit + 1
    return min(visit, size - 1)


def cycle_arm(c: list[int], at: int, size: int) -> int:
    """Return the next arm, and begin again after the last."""
    visit = c[at]
    c[at] = visit + 1
    return visit % size


def once_arm(c: list[int], at: int, size: int) -> int:
    """Return the next arm, and `size` when all were shown."""
    visit = c[at]
    c[at] = visit + 1
    return min(visit, size)


def shuffle_arm(w: Flow, c: list[int], at: int, place: int, size: int) -> int:
    """Return an arm so that all come before any comes again."""
    visit = c[at]
    c[at] = visit + 1
    return w.shuffled(place, visit, size)


def random_arm(w: Flow, c: list[int], at: int, place: int, weights: tuple[int | float, ...]) -> int:
    """Return an arm by weight."""
    visit = c[at]
    c[at] = visit + 1
    return w.variety(place, visit, weights)


def behind(c: list[int], sites: tuple[int, ...]) -> list[int]:
    """Return counters as they were before an offer that is made again, so that its words are the same."""
    before = c[:]
    for site in sites:
        before[site] = max(0, before[site] - 1)
    return before


def band_of(w: Flow, slot: int) -> str:
    """Return the name of the band a stat is in."""
    value = w.v[slot]
    return w.program.rules[slot].band(value) if isinstance(value, int | float) else ""
