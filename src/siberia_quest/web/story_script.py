"""A whole story as a script: what it declares as data, and its passages, formulas and phrases as functions."""

from collections.abc import Callable, Collection, Iterable, Iterator

from siberia_quest.engine.code import Code, Function, Given, Invoke, Result
from siberia_quest.engine.code_panels import code_of_panel, codes_of_items
from siberia_quest.engine.code_parts import PassagePart, Unmade
from siberia_quest.engine.code_passages import PassageCoder
from siberia_quest.engine.code_storylets import codes_of_storylets
from siberia_quest.engine.code_texts import TextCoder
from siberia_quest.engine.code_values import Numbering, ValueCoder, find_fixed_bounds
from siberia_quest.engine.flow import Flow, Point
from siberia_quest.engine.offers import FixedOffers
from siberia_quest.model.expression import Expression
from siberia_quest.model.kinds import ValueKind
from siberia_quest.model.page import Option
from siberia_quest.model.sites import PASSAGE, deal_slot, last_deal_site, last_visit_site, passage_record, phrase_record
from siberia_quest.model.steps import At
from siberia_quest.model.story import Passage, Phrase, ShownItem, SidePanel, Stat, Story, Table
from siberia_quest.web.print_javascript import NumberedPlaces, constant, print_function

_NOWHERE: At = (1, 1)
#: The sentences that the runtime says itself.
_SENTENCES = frozenset({
    "has_ended", "not_open", "not_on_offer", "write_something", "too_long", "write_number", "write_number_from", "number_from", "minus",
    "plural_one", "list_nothing", "list_comma", "list_and", "decimal_sign",
})  # fmt: skip


def print_story(story: Story, said: Collection[str] = (), about: Iterable[str] = ()) -> str:
    """Return a story as the body of a JavaScript function: it uses the names of the runtime and returns what `Story` takes.

    `said` are the keys of what the page around it says, and `about` are further lines of what is returned.
    """
    return "\n".join(_StoryScript(story, {*_SENTENCES, *said}).print(about)) + "\n"


class _StoryScript:
    """Prints one story."""

    def __init__(self, story: Story, said: Collection[str]) -> None:
        self.story = story
        self.said = said
        self.numbering = Numbering(story)
        self.places = NumberedPlaces()
        self.slots = story.layout.slots

    def print(self, about: Iterable[str]) -> Iterator[str]:
        story = self.story
        if story.files:
            self.places.number(story.files[0], _NOWHERE)
        for number, kind in enumerate(story.kinds.values()):
            yield f"const labels_{number} = new Map({constant(kind.labels)});"
            yield f"const order_{number} = new Map({constant(tuple((id_, at) for at, id_ in enumerate(kind.ids)))});"
            if kind.are_stats:
                yield f"const stats_{number} = new Map({constant(tuple((id_, self.slots[id_]) for id_ in kind.ids))});"
        for number, table in enumerate(story.tables.values()):
            yield _table(number, table)
        for number, formula in enumerate(story.formulas.values()):
            body = ValueCoder(story, self.numbering, local="arguments").code(formula.body)
            function = Function("formula", number, len(formula.parameters), None, (Result(body, formula.at),))
            yield f"const formula_{number} = {print_function(function, self.places.within(formula.file))};"
        for number, phrase in enumerate(story.phrases.values()):
            function = self.phrase(number, phrase)
            yield f"const phrase_{number} = {print_function(function, self.places.within(phrase.file))};"
        passages = [self.passage(story.passages[id_]) for id_ in story.passages]
        yield "return {"
        yield from self.declarations()
        yield from about
        yield from ("passages: new Map([", *(f"{each}," for each in passages), "]),")
        yield f"tags: new Map([{', '.join(map(self.tag, story.storylets))}]),"
        yield f"places: {constant(tuple(self.places.numbers))},"
        yield "};"

    def declarations(self) -> Iterator[str]:
        story = self.story
        yield f"id: {constant(story.header.id)}, title: {constant(story.header.title)}, start: {constant(story.header.start)},"
        yield f"slots: {len(self.slots)}, names: {constant(tuple(self.slots))},"
        settings = (
            f"{{name: {constant(each.name)}, slot: {self.slots[each.name]}, prompt: {constant(each.prompt)}, "
            f"kind: {self.kind(each.kind, each.longest, 0)}, options: {constant(each.options)}, start: {constant(each.start)}}}"
            for each in story.settings.values()
        )
        yield f"settings: [{', '.join(settings)}],"
        variables = (
            f"{{name: {constant(each.name)}, slot: {self.slots[each.name]}, start: {self.value(each.start)}, "
            f"keep: {constant(each.keep)}, kind: {self.kind(each.kind, each.longest, each.last)}}}"
            for each in story.variables.values()
        )
        yield f"variables: [{', '.join(variables)}],"
        yield f"stats: [{', '.join(f'[{self.slots[name]}, {self.stat(stat)}]' for name, stat in story.stats.items())}],"
        achievements = (
            f"[{constant(id_)}, {{type: 'Unlocked', id: {constant(id_)}, title: {constant(each.title)}, text: {constant(each.text)}}}]"
            for id_, each in story.achievements.items()
        )
        yield f"achievements: new Map([{', '.join(achievements)}]),"
        endings = (
            f"[{constant(id_)}, {{type: 'EndingBlock', id: {constant(each.id)}, title: {constant(each.title)}, "
            f"text: {constant(each.text)}, rank: {constant(each.rank)}}}]"
            for id_, each in story.endings.items()
        )
        yield f"endings: new Map([{', '.join(endings)}]),"
        yield f"deals: new Map({constant(tuple((tag, self.slots[deal_slot(tag)]) for tag in story.storylets))}),"
        last = tuple(
            (f"{tag} {id_}", sites.index(last_deal_site(tag)))
            for tag, ids in story.storylets.items()
            for id_ in ids
            if last_deal_site(tag) in (sites := story.passages.sites_of(id_))
        )
        yield f"lastDeals: new Map({constant(last)}),"
        yield f"eachTurn: {constant(story.each_turn)},"
        yield f"status: {self.figures(story.status, codes_of_items(story, self.numbering, story.status))},"
        yield f"panels: [{', '.join(map(self.panel, story.panels))}],"
        undo = story.header.undo
        yield f"undo: {'null' if undo is None else self.value(undo)},"
        language = story.language
        sentences = tuple((key, sentence) for key, sentence in language.sentences.items() if key in self.said)
        numbers, ordinals = (constant(tuple(map(tuple, rules))) for rules in (language.numbers, language.ordinals))
        yield f"language: {{sentences: new Map({constant(sentences)}), numbers: {numbers}, ordinals: {ordinals}}},"

    def value(self, expression: Expression) -> str:
        """Return a function of a turn in progress that gives a value."""
        body = Result(ValueCoder(self.story, self.numbering).code(expression), _NOWHERE)
        return print_function(Function("value", 0, 0, None, (body,)))

    def kind(self, kind: ValueKind, longest: int, last: int) -> str:
        members = self.story.kinds[kind.of].ids if kind.of in self.story.kinds else ()
        return f"{{base: {constant(kind.base)}, members: {constant(members)}, longest: {longest}, last: {last}}}"

    def stat(self, stat: Stat) -> str:
        return (
            f"{{name: {constant(stat.name)}, label: {constant(stat.label)}, start: {self.value(stat.start)}, low: {self.value(stat.low)}, "
            f"high: {self.value(stat.high)}, toward: {constant(stat.toward)}, band: bandsOf({constant(stat.bands)}), "
            f"show: {constant(stat.show)}, sight: {constant(stat.sight)}, opposed: {constant(stat.opposed)}, "
            f"moves: {constant(find_fixed_bounds(stat) is None)}}}"
        )

    def phrase(self, number: int, phrase: Phrase) -> Function:
        record, size = phrase_record(phrase.name), len(phrase.parameters)
        text = TextCoder(self.story, self.numbering, record, phrase.sites, "arguments").rough_text(phrase.parts)
        counters: Code | None = None
        if phrase.sites:
            counters = Invoke("record", (Given(self.story.layout.records[record]), Given(len(phrase.sites))))
        return Function("phrase", number, size, counters, (Result(Invoke("made", (text,)), phrase.at),))

    def tag(self, tag: str) -> str:
        rows = (print_function(each) for each in codes_of_storylets(self.story, self.numbering, tag))
        return f"[{constant(tag)}, {{passages: {constant(self.story.storylets[tag])}, qualified: [{', '.join(rows)}]}}]"

    def panel(self, panel: SidePanel) -> str:
        code = code_of_panel(self.story, self.numbering, panel)
        condition = print_function(code.conditions[0]) if code.conditions else "null"
        items = (panel.beside, panel.left, panel.right, panel.below)
        sides = ", ".join(map(self.figures, items, code.sides))
        return f"{{id: {constant(code.id)}, condition: {condition}, title: {print_function(code.title)}, sides: [{sides}]}}"

    @staticmethod
    def figures(items: tuple[ShownItem, ...], functions: tuple[Function, ...]) -> str:
        return "[{}]".format(
            ", ".join(
                f"{{name: {constant(item.name)}, label: {constant(item.plain_label)}, make: {print_function(function)}}}"
                for item, function in zip(items, functions, strict=True)
            )
        )

    # --- passages -----------------------------------------------------------------------------------------------------

    def passage(self, passage: Passage) -> str:
        coder = PassageCoder(self.story, self.numbering, passage, _make_nothing)
        coder.code_until(lambda: False)  # now that all are met, all are numbered
        parts = (f"p[{number}] = {self.part(part, passage)};" for number, part in enumerate(coder.parts))
        made = "\n".join(parts)
        points = (f"[{constant(address)}, {_point(point)}]" for address, point in coder.points.items())
        since, sites = last_visit_site(PASSAGE), passage.sites
        labels = tuple((name, number) for (name, members), number in coder.labels.items() if not members)
        return (
            f"[{constant(passage.id)}, {{id: {constant(passage.id)}, scene: {constant(self.story.scenes.get(passage.scene, ''))}, "
            f"place: {self.places.number(passage.file, passage.at)}, record: {self.story.layout.records[passage_record(passage.id)]}, "
            f"counters: {len(sites)}, lastVisit: {sites.index(since) if since in sites else 0}, locals: {len(passage.locals)}, "
            f"title: {coder.title}, labels: new Map({constant(labels)}), "
            f"points: new Map([{', '.join(points)}]), make: (p, points) => {{\n{made}\n}}}}]"
        )

    def part(self, part: PassagePart, passage: Passage) -> str:
        match part:
            case Unmade():
                return print_function(part.code(), self.places.within(passage.file))
            case FixedOffers():
                return f"new FixedOffers([{', '.join(map(_option, part.options))}])"
            case Point():
                return f"points.get({constant(part.frame.address)})"
            case _:
                raise TypeError(part)


def _point(point: Point) -> str:
    branches = (
        f"[{constant(option)}, {{segment: {picked.segment}, counter: {picked.counter}, lastVisit: {picked.last_visit}, "
        f"local: {picked.local}, member: {constant(picked.member)}}}]"
        for option, picked in point.branches.items()
    )
    return (
        f"{{sort: {constant(point.sort)}, passage: {constant(point.frame.passage)}, address: {constant(point.frame.address)}, "
        f"after: {point.after}, exhausted: {point.exhausted}, offers: {point.offers}, question: {point.question}, "
        f"branches: new Map([{', '.join(branches)}]), dealt: {constant(point.dealt)}}}"
    )


def _make_nothing(function: Function) -> Callable[[Flow], object]:
    """Make no function run: this printer only reads the code."""
    raise TypeError(function)


def _option(option: Option) -> str:
    return f"option({', '.join(map(constant, option))})"


def _table(number: int, table: Table) -> str:
    if table.kinds:
        keys = (str(key) for key in table.keys)
        return f"const cells_{number} = new Map({constant(tuple(zip(keys, table.values, strict=True)))});"
    bounds = tuple(float(key) for key in table.keys)
    return f"const bounds_{number} = byBounds({constant(bounds)}, {constant(table.values)});"
