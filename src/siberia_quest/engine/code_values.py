"""Expressions as code."""

from collections.abc import Mapping
from typing import assert_never

from siberia_quest.engine import code as tree
from siberia_quest.engine.sight import sight_of
from siberia_quest.engine.spacing import Spacing
from siberia_quest.model import expression as nodes
from siberia_quest.model.functions import FORMS
from siberia_quest.model.sites import Site, last_visit_site, passage_record
from siberia_quest.model.steps import Steps
from siberia_quest.model.story import Sight, Stat, Story


class Numbering:
    """The numbers by which code knows what a story declares, and what is known of its words."""

    def __init__(self, story: Story) -> None:
        """Number everything, in the order in which it was written."""
        self.formulas = _number_names(story.formulas)
        self.tables = _number_names(story.tables)
        self.phrases = _number_names(story.phrases)
        self.kinds = _number_names(story.kinds)
        self.spacing = Spacing(story)
        self.bounds_move = any(find_fixed_bounds(stat) is None for stat in story.stats.values())


def _number_names(names: Mapping[str, object]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def find_fixed_bounds(stat: Stat) -> tuple[int | float, int | float] | None:
    """Return a stat's bounds where they are plain numbers, which hold all the time."""
    match stat.low, stat.high:
        case nodes.Constant(int() | float() as low), nodes.Constant(int() | float() as high):
            return low, high
    return None


class ValueCoder:
    """Makes code of the expressions of one passage, formula or phrase.

    `owner` is the name of the record in which its `sites` are counted; `local` is the area where its locals stand, and `steps` are those of
    a passage. Temporaries are numbered through all of it, so that none hides another.
    """

    def __init__(  # all that code hangs on
        self, story: Story, numbering: Numbering, owner: str = "", sites: tuple[Site, ...] = (), local: tree.Area = "locals", *,
        steps: Steps = (),
    ) -> None:  # fmt: skip
        """Begin."""
        self.steps = steps
        self.story = story
        self.numbering = numbering
        self.slots = story.layout.slots
        self.owner = owner
        self.sites = {site: index for index, site in enumerate(sites)}
        self.local: tree.Area = local
        self.temporaries = 0
        self.counted: dict[Site, tree.Temporary] = {}

    def sight(self, expression: nodes.Expression) -> Sight:
        """Return what a player may know of what an expression comes to."""
        return sight_of(self.story, expression, self.steps)

    def temporary(self) -> tree.Temporary:
        """Return a temporary that is nowhere used yet."""
        self.temporaries += 1
        return tree.Temporary(self.temporaries)

    def value_of(self, name: str) -> tree.Load:
        """Return the code of a stat, variable or setting."""
        return tree.Load("values", self.slots[name])

    def of_kind(self, sort: tree.NeedSort, kind: str) -> tree.Needed:
        """Return what is needed of a kind."""
        return tree.Needed(sort, self.numbering.kinds[kind])

    def code(self, expression: nodes.Expression) -> tree.Code:  # noqa: C901, PLR0911  # one case for each noun
        """Return the code of an expression."""
        match expression:
            case nodes.Constant(value):
                return tree.Given(value)
            case nodes.Reference(name):
                return self.value_of(name)
            case nodes.Local(slot):
                return tree.Load(self.local, slot)
            case nodes.PerMember(name, member):
                return tree.Item(self.value_of(name), self.place_of(name, member))
            case nodes.ValueOf(kind, member):
                return tree.Invoke("value", (tree.Whole("values"), self.stat_slot(kind, member)))
            case nodes.Apply(what, name, arguments):
                return self.apply(what, name, self.codes(arguments))
            case nodes.Builtin():
                return self.builtin(expression)
            case nodes.Visits():
                return self.visits(expression)
            case nodes.Operation(operator, operands):
                return tree.Operate(operator, self.codes(operands))
            case nodes.Comparison(first, rest):
                return tree.Compare(self.code(first), tuple((sign, self.code(right)) for sign, right in rest))
            case nodes.Conditional(test, then, otherwise):
                return tree.Select(((self.code(test), self.code(then)),), self.code(otherwise))
            case _:
                assert_never(expression)

    def codes(self, expressions: tuple[nodes.Expression, ...]) -> tuple[tree.Code, ...]:
        """Return the code of each expression."""
        return tuple(self.code(each) for each in expressions)

    def place_of(self, name: str, member: nodes.Expression) -> tree.Code:
        """Return the code of where a `per` variable keeps the number of a member."""
        if isinstance(member, nodes.Constant):
            return tree.Given(self.story.layout.members[name][str(member.value)])
        return tree.Item(self.of_kind("order", self.story.variables[name].kind.of), self.code(member))

    def stat_slot(self, kind: str, member: nodes.Expression) -> tree.Code:
        """Return the code of the slot of the stat that a member names."""
        if isinstance(member, nodes.Constant):
            return tree.Given(self.slots[str(member.value)])
        return tree.Item(self.of_kind("stats", kind), self.code(member))

    def apply(self, what: str, name: str, arguments: tuple[tree.Code, ...]) -> tree.Code:
        """Return the code of a formula or table with its arguments."""
        if what == "formula":
            return tree.Use(tree.Needed("formula", self.numbering.formulas[name]), arguments)
        number = self.numbering.tables[name]
        if not self.story.tables[name].kinds:
            return tree.Use(tree.Needed("bounds", number), arguments)
        return tree.Item(tree.Needed("cells", number), arguments[0] if len(arguments) == 1 else tree.Pack(arguments))

    def builtin(self, node: nodes.Builtin) -> tree.Code:
        """Return the code of a function of the language: with what it is given, or with what a name among it stands for.

        Raises KeyError for what is no function of the language.
        """
        function, _ = FORMS[node.name]
        given = self.codes(node.arguments)
        if function.reading == "by value":
            return self._by_member(node, given)
        match node.name:
            case "percent":
                stat = self.story.stats[node.names[0]]
                given = (self.value_of(stat.name), self.code(stat.low), self.code(stat.high))
            case "band":
                given = (tree.Given(self.slots[node.names[0]]),)
            case "band_of":
                given = (tree.Item(self.of_kind("stats", node.names[0]), given[0]),)
            case "all_of":
                given = (self.of_kind("order", node.names[0]), *given)
            case "label":
                given = (self.of_kind("labels", node.names[0]), given[0])
            case "start":
                members = self.story.kinds[node.names[0]].ids
                starts = tuple(self.code(self.story.stats[member].start) for member in members)
                given = (tree.Pack(starts), tree.Item(self.of_kind("order", node.names[0]), given[0]))
        return tree.Invoke(node.name, given)

    def _by_member(self, node: nodes.Builtin, given: tuple[tree.Code, ...]) -> tree.Code:
        """`highest`, `lowest`, `draw`: over the members of a kind, by what something gives for each."""
        name, kind = node.names
        member = self.temporary()
        value: tree.Code
        if name in self.story.formulas:
            value = self.apply("formula", name, (*given, member))
        elif name in self.story.tables:
            value = self.apply("table", name, (*given, member))
        elif name in self.story.variables:
            value = tree.Item(self.value_of(name), tree.Item(self.of_kind("order", kind), member))
        else:
            value = tree.Item(tree.Whole("values"), tree.Item(self.of_kind("stats", kind), member))
        members = self.story.kinds[kind].ids
        return tree.Invoke(node.name, (tree.Given(members), tree.ByMember(members, member, value)))

    def visits(self, node: nodes.Visits) -> tree.Code:
        """Return the code of how often, or how long ago, a place was visited."""
        site = last_visit_site(node.site) if node.how == "turns_since" else node.site
        is_own = node.passage == self.owner
        at = self.sites[site] if is_own else self.story.passages[node.passage].sites.index(site)
        elsewhere = (tree.Given(self.story.layout.records[passage_record(node.passage)]), tree.Given(at))
        if node.how == "turns_since":
            return tree.Invoke(node.how, elsewhere)
        return tree.Invoke(node.how, (tree.Load("counters", at) if is_own else tree.Invoke("visits_of", elsewhere),))
