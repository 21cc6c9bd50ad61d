"""Expressions and texts as Python source.

Generated code holds nothing an author wrote but literals, which go through `repr`; every name becomes the number of its slot.
Within a generated function `w` is the flow, `v` its values, `L` its locals and `c` its counters.
"""

from zlib import crc32

from siberia_quest.engine.spacing import is_even
from siberia_quest.model.expression import (
    Alternatives,
    Apply,
    Builtin,
    Choose,
    Comparison,
    Conditional,
    Constant,
    Expression,
    How,
    Local,
    Operation,
    Parts,
    PerMember,
    PhraseCall,
    Piece,
    Shown,
    ValueOf,
    Variable,
    Visits,
    Worded,
)  # fmt: skip
from siberia_quest.model.functions import FORMS
from siberia_quest.model.sites import Site, last_visit_site, passage_record
from siberia_quest.model.story import Story

_OPERATORS = frozenset({"+", "-", "*", "/", "//", "%", "and", "or"})
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "not in"})


class Writer:
    """Writes the source of expressions and texts of one passage, formula or phrase.

    `sites` maps what is counted here to its place in `c`; `record` is where `c` comes from, "" where there is none.
    `local` names the locals: `L[{}]` in passages, `a{}` in formulas and phrases.
    """

    def __init__(self, story: Story, owner: str, sites: tuple[Site, ...], local: str = "L[{}]") -> None:
        """Begin."""
        self.story = story
        self.slots = story.layout.slots
        self.owner = owner
        self.sites = {site: at for at, site in enumerate(sites)}
        self.local = local
        self.temporaries = 0
        self.counted: dict[Site, str] = {}

    def slot(self, name: str) -> str:
        """Return where a stat, variable or setting is kept."""
        return f"v[{self.slots[name]}]"

    def expression(self, node: Expression) -> str:  # noqa: C901, PLR0911  # one case for each node
        """Return an expression's source, in parentheses where it needs them."""
        match node:
            case Constant(value):
                return f"({value!r})" if isinstance(value, int | float) and value < 0 else repr(value)
            case Variable(name):
                return self.slot(name)
            case Local(slot):
                return self.local.format(int(slot))
            case PerMember(name, member):
                return f"{self.slot(name)}[{self._place(name, member)}]"
            case ValueOf(kind, member):
                return FORMS["value"][1].python.format(slot=self.stat_slot(kind, member))
            case Apply():
                return self._applied(node)
            case Builtin():
                return self._builtin(node)
            case Visits():
                return self._visits(node)
            case Operation(operator, operands):
                return self._operation(operator, operands)
            case Comparison(first, rest):
                pairs = "".join(f" {_known(sign, _COMPARISONS)} {self.expression(right)}" for sign, right in rest)
                return f"({self.expression(first)}{pairs})"
            case Conditional(test, then, otherwise):
                return f"({self.expression(then)} if {self.expression(test)} else {self.expression(otherwise)})"

    def _operation(self, operator: str, operands: tuple[Expression, ...]) -> str:
        sources = [self.expression(operand) for operand in operands]
        if len(sources) == 1:
            return f"(not {sources[0]})" if operator == "not" else f"(-{sources[0]})"
        return f"({f' {_known(operator, _OPERATORS)} '.join(sources)})"

    def _place(self, name: str, member: Expression) -> str:
        if isinstance(member, Constant):
            return str(int(self.story.layout.members[name][str(member.value)]))
        kind = self.story.variables[name].kind.of
        return f"order_{self._kind(kind)}[{self.expression(member)}]"

    def _kind(self, kind: str) -> int:
        return list(self.story.kinds).index(kind)

    def stat_slot(self, kind: str, member: Expression) -> str:
        """Return the source of the slot of the stat that a member names."""
        if isinstance(member, Constant):
            return str(self.slots[str(member.value)])
        return f"stats_{self._kind(kind)}[{self.expression(member)}]"

    def _applied(self, node: Apply) -> str:
        arguments = [self.expression(argument) for argument in node.arguments]
        return self._application(node.what, node.name, arguments)

    def _application(self, what: str, name: str, arguments: list[str]) -> str:
        if what == "formula":
            return f"f{list(self.story.formulas).index(name)}({', '.join(['w', *arguments])})"
        number = list(self.story.tables).index(name)
        if not self.story.tables[name].kinds:
            return f"t{number}({arguments[0]})"
        return f"t{number}[{', '.join(arguments)}]"

    def _builtin(self, node: Builtin) -> str:
        function, form = FORMS[node.name]
        if function.reading == "by value":
            return self._by_value(node)
        given = [self.expression(argument) for argument in node.arguments]
        return form.python.format(
            *given, all=", ".join(given), rest=", ".join(given[1:]), **self._needs(node, form.python)
        )

    def _needs(self, node: Builtin, template: str) -> dict[str, str]:
        """Return what a function's template takes from the story by the name in `names`."""
        if not node.names:
            return {}
        if node.name in {"percent", "band"}:
            stat = self.story.stats[node.names[0]]
            low, high = self.expression(stat.low), self.expression(stat.high)
            return {"stat": self.slot(stat.name), "slot": str(self.slots[stat.name]), "low": low, "high": high}
        kind = self._kind(node.names[0])
        needs = {"stats": f"stats_{kind}", "labels": f"labels_{kind}"}
        if "{starts}" in template:
            members = self.story.kinds[node.names[0]].ids
            starts = (f"{member!r}: {self.expression(self.story.stats[member].start)}" for member in members)
            needs["starts"] = f"{{{', '.join(starts)}}}"
        return needs

    def _by_value(self, node: Builtin) -> str:
        """`highest`, `lowest`, `draw`: over the members of a kind, by what something gives for each."""
        given = [self.expression(argument) for argument in node.arguments]
        name, kind = node.names
        members = repr(self.story.kinds[kind].ids)
        self.temporaries += 1
        each = f"m{self.temporaries}"
        if name in self.story.formulas:
            value = self._application("formula", name, [*given, each])
        elif name in self.story.tables:
            value = self._application("table", name, [*given, each])
        elif name in self.story.variables:
            value = f"{self.slot(name)}[order_{self._kind(kind)}[{each}]]"
        else:
            value = f"v[stats_{self._kind(kind)}[{each}]]"
        return FORMS[node.name][1].python.format(members=members, each=each, value=value)

    def _visits(self, node: Visits) -> str:
        site = last_visit_site(node.site) if node.how == "turns_since" else node.site
        own = node.passage == self.owner
        at = self.sites[site] if own else self.story.passages[node.passage].sites.index(site)
        index = self.story.layout.records[passage_record(node.passage)]
        count = f"c[{at}]" if own else f"w.visits({index}, {at})"
        return FORMS[node.how][1].python.format(count=count, record=index, at=at)

    # --- texts --------------------------------------------------------------------------------------------------------

    def text(self, parts: Parts) -> str:
        """Return the source of a text, with single spaces."""
        source = self.rough_text(parts)
        return source if is_even(self.story, parts) else f"evened({source})"

    def rough_text(self, parts: Parts) -> str:
        """Return the source of a text as it comes, for use within another."""
        pieces = [self._part(part) for part in parts]
        if not pieces:
            return "''"
        if len(pieces) == 1:
            return pieces[0]
        return f"''.join(({', '.join(pieces)}))"

    def _part(self, part: Piece) -> str:
        match part:
            case str():
                return repr(part)
            case Shown():
                return self.shown(part)
            case Choose(arms):
                source = "''"
                for condition, words in reversed(arms):
                    text = self.rough_text(words)
                    source = text if condition is None else f"({text} if {self.expression(condition)} else {source})"
                return source
            case Alternatives():
                return self._alternatives(part)
            case Worded(name, arguments):
                return self._worded(name, arguments)
            case PhraseCall():
                return self._phrase(part)

    def _phrase(self, part: PhraseCall) -> str:
        number = list(self.story.phrases).index(part.name)
        return f"p{number}({', '.join(['w', *(self.expression(each) for each in part.arguments)])})"

    def _worded(self, name: str, arguments: tuple[Shown | PhraseCall | Worded, ...]) -> str:
        form = FORMS[name][1]
        given = [
            self.expression(each.value) if isinstance(each, Shown) and parameter.takes == "number" else self._part(each)
            for each, parameter in zip(arguments, form.parameters, strict=True)
        ]
        return form.python.format(*given)

    def shown(self, part: Shown) -> str:
        """Return the source of a value as a text shows it."""
        value = self.expression(part.value)
        match part.kind.base:
            case "number":
                return f"shown({value})" if part.decimals is None else f"decimal({value}, {int(part.decimals)})"
            case "yes_no":
                return f"('yes' if {value} else 'no')"
            case "member":
                return f"labels_{self._kind(part.kind.of)}[{value}]"
            case "set" | "list":
                return f"listing({value}, labels_{self._kind(part.kind.of)})"
        return value

    def count(self, parts: Parts) -> list[str]:
        """Return lines that count a visit of the alternatives a text always shows, before it is made: no call is needed for them."""
        lines = []
        for part in parts:
            if isinstance(part, Alternatives) and part.how in {"sequence", "cycle", "once"}:
                at, name = self.sites[part.site], f"visit{self.sites[part.site]}"
                self.counted[part.site] = name
                lines.append(f"{name} = c[{at}]; c[{at}] = {name} + 1")
        return lines

    def _alternatives(self, part: Alternatives) -> str:
        arms = [self.rough_text(arm) for arm in part.arms]
        at = self.arm(part.how, part.site, len(arms), part.weights)
        if part.how == "once":
            arms.append("''")
        if all(all(isinstance(piece, str) for piece in arm) for arm in part.arms):
            return f"({', '.join(arms)},)[{at}]"
        self.temporaries += 1
        name = f"i{self.temporaries}"
        source = arms[-1]
        for number in range(len(arms) - 2, 0, -1):
            source = f"({arms[number]} if {name} == {number} else {source})"
        if len(arms) == 1:
            return f"({arms[0]}, {at})[0]"
        return f"({arms[0]} if ({name} := {at}) == 0 else {source})"

    def arm(self, how: How, site: Site, size: int, weights: tuple[int | float, ...] = ()) -> str:
        """Return the source of which arm this visit shows; it counts the visit."""
        at = self.sites[site]
        if site in self.counted:
            visit, last = self.counted[site], size - (how == "sequence")
            return f"{visit} % {size}" if how == "cycle" else f"({visit} if {visit} < {last} else {last})"
        place = crc32(f"{self.owner}{site}".encode())
        if how in {"shuffle", "random"}:
            given = size if how == "shuffle" else repr(tuple(weights) or (1,) * size)
            return f"{how}_arm(w, c, {at}, {place}, {given})"
        return f"{how}_arm(c, {at}, {size})"


def _known(sign: str, signs: frozenset[str]) -> str:
    """Return a sign, which must be one of the language's: nothing else may enter the source."""
    if sign not in signs:
        raise KeyError(sign)
    return sign
