"""What a story declares: kinds, settings, stats, variables, formulas, tables, endings."""

# long: each section of a story has its reader here, and they look at each other.

import re
from collections.abc import Iterator
from difflib import get_close_matches

from siberia_quest.engine.flow import MOST_MADE
from siberia_quest.lang.scope import (
    PRONOUNS,
    KnownFormula,
    KnownPassages,
    KnownStat,
    KnownTable,
    KnownVariable,
    Names,
    Scope,
    nearest,
)
from siberia_quest.lang.syntax import find_word
from siberia_quest.loading.circles import order_of
from siberia_quest.loading.pronouns import read_pronouns
from siberia_quest.loading.reading_context import ReadingContext, SceneFile, start_of
from siberia_quest.loading.text_values import PAIR
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.expression import Constant, Expression, Reference
from siberia_quest.model.kinds import NUMBER, TEXT, UNKNOWN, YES_NO, Base, Kind, Value, ValueKind
from siberia_quest.model.language_keys import NAMES
from siberia_quest.model.letters import NAME_SIGN, is_id
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.story import STAT_SHOWS, Formula, Phrase, Setting, Stat, Table, Variable

_SIGNATURE = re.compile(rf"(?P<name>{NAME_SIGN}+)\s*(?:\((?P<parameters>[^()]*)\))?\s*\Z")
_SHARE = re.compile(r"(\d+)\s*(?:/|of|out of|von|de)\s*(\d+)")
LONGEST_TEXT = 200
LONGEST_ANSWER = 30
LONGEST_LIST = 100
#: The most that an author may have a text or a list hold; what it begins with may be more.
MOST_OF_A_TEXT = 64 * 1024
MOST_LISTED = 10_000
#: Kinds of values as other systems have them.
_KIND_WORDS = (
    (frozenset({"int", "integer", "float", "decimal", "num", "numeric", "real"}), "number"),
    (frozenset({"str", "string", "words", "char"}), "text"), (frozenset({"bool", "boolean", "flag", "yesno"}), "yes_no"),
)  # fmt: skip
#: What a variable may hold of a kind, by the key that says so.
_BASES: tuple[tuple[str, Base], ...] = (("one_of", "member"), ("set_of", "set"), ("list_of", "list"), ("per", "per"))


class Signature(NamedTuple):
    """A name with parameters, as in `odds(difficulty)`."""

    name: str
    parameters: tuple[tuple[str, ValueKind], ...]


class Declarations:
    """Reads everything that is declared, from all files; `names` is what expressions may then use."""

    def __init__(self, context: ReadingContext, header: Mapping, scenes: list[SceneFile]) -> None:
        self.context = context
        self.header = header
        self.scenes = scenes
        self.kinds: dict[str, Kind] = {}
        self.settings: dict[str, Setting] = {}
        self.stats: dict[str, Stat] = {}
        self.variables: dict[str, Variable] = {}
        self.formulas: dict[str, Formula] = {}
        self.tables: dict[str, Table] = {}
        self.phrases: dict[str, Phrase] = {}
        self.taken: dict[str, Scalar] = {}
        self.formula_nodes: dict[str, tuple[Signature, Scalar, Node, SceneFile]] = {}
        self.phrase_nodes: dict[str, tuple[Signature, Scalar, Node, SceneFile]] = {}
        self.under_way: set[str] = set()
        self.late_bounds: list[tuple[str, Node]] = []
        self.ranges: dict[str, Span] = {}

    def each(self, section: str) -> Iterator[tuple[Scalar, Node, SceneFile]]:
        """Yield what stands under a section of every file."""
        for scene in self.scenes:
            for key, node in self.context.mapping(scene.root.get(section), f"`{section}:`").pairs:
                yield key, node, scene

    def take(self, key: Scalar, name: str, what: str) -> bool:
        """Claim a name for something; tell whether it was free."""
        self.context.id(key._replace(text=name), what)
        if name in {"and", "or", "not", "if", "else", "in", "true", "false", "yes", "no", "turns", "then", "_"}:
            self.context.report("SQ208", f"`{name}` is a word of the language", key.span, "choose another name")
            return False
        other = self.taken.get(name)
        if other:
            why = f"it is declared in {other.span.file}, line {other.span.line}"
            self.context.report("SQ208", f"the name `{name}` is taken", key.span, "choose another name", why)
            return False
        self.taken[name] = key
        return True

    # --- kinds --------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read all declarations but phrases, and make the names."""
        stat_keys = [key.text for key, _, _ in self.each("stats")]
        for key, node, _ in self.each("kinds"):
            if self.take(key, key.text, "a kind"):
                self.kinds[key.text] = self.members(key.text, node, stat_keys)
        self.read_pronouns()
        self.read_settings()
        self.context.names = self.names()
        self.read_variables()
        self.context.names = self.names()
        self.read_stats()
        self.context.names = self.names()
        self.read_tables()
        for section, found in (("formulas", self.formula_nodes), ("phrases", self.phrase_nodes)):
            for key, node, scene in self.each(section):
                signature = self.signature(key, node if section == "phrases" else None)
                if signature and self.take(key, signature.name, f"one of `{section}:`"):
                    found[signature.name] = (signature, key, node, scene)
        self.context.names = self.names()

    def names(self) -> Names:
        """Return the names as far as they are known."""
        return Names(
            stats={name: KnownStat(stat.label, stat.start, stat.bands, stat.sight) for name, stat in self.stats.items()},
            variables={name: KnownVariable(each.kind, each.start) for name, each in self.variables.items()},
            settings={name: each.kind for name, each in self.settings.items()},
            formulas={name: self.describe_formula(name) for name in self.formula_nodes},
            tables={name: KnownTable(table.kinds, table.kind) for name, table in self.tables.items()},
            phrases={name: tuple(kind for _, kind in each[0].parameters) for name, each in self.phrase_nodes.items()},
            kinds=self.kinds, passages=KnownPassages({}), checks={},
            members={name: frozenset(each.ids) for name, each in self.kinds.items()},
        )  # fmt: skip

    def members(self, name: str, node: Node, stats: list[str]) -> Kind:
        """Read a kind's members: a list of ids, or ids with labels."""
        labels: dict[str, str] = {}
        if isinstance(node, Mapping):
            labels = {
                self.context.id(key, "a member"): self.context.text(label, "a label") or key.text
                for key, label in node.pairs
            }
        else:
            if isinstance(node, Scalar) and node.text:
                self.context.report(
                    "SQ206", f"the kind `{name}` needs a list", node.span, f"write `{name}: [{node.text}]`"
                )
                node = Sequence(
                    tuple(node._replace(text=each, value=each) for each in re.split(r"[,\s]+", node.text) if each),
                    node.span,
                )
            for item in self.context.sequence(node, f"the kind `{name}`"):
                if isinstance(item, Scalar):
                    if item.text in labels:
                        self.context.report(
                            "SQ208", f"`{item.text}` stands twice in the kind `{name}`", item.span, "keep one of them"
                        )
                    labels[self.context.id(item, "a member")] = item.text.replace("_", " ").strip()
        named = [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []
        self.context.lose(*named)
        are_stats = bool(labels) and all(member in stats for member in labels)
        if not labels:
            fix = "write the members without dashes, each with its label: `cod: Cod`" if named else "name at least one"
            self.context.report("SQ209", f"the kind `{name}` has no members", node.span, fix)
            labels = {"_": "_"}  # so that nothing else stumbles over it
        return Kind(name, tuple(labels.items()), are_stats)

    def read_pronouns(self) -> None:
        """Read the sets of pronouns: a kind, and a table for each form."""
        node = self.header.get(PRONOUNS)
        found = read_pronouns(self.context, node) if node else None
        if found is None:
            return
        self.take(next(key for key, _ in self.header.pairs if key.text == PRONOUNS), PRONOUNS, "a kind")
        self.kinds[PRONOUNS] = found.kind
        for key, table in found.forms:
            if self.take(key, table.name, "a form of pronouns"):
                self.tables[table.name] = table

    def kind_named(self, owner: str, node: Node) -> str:
        """Return the name of a kind, or make one for members that are listed on the spot."""
        if isinstance(node, Scalar):
            if node.text not in self.kinds:
                fix = nearest(node.text, list(self.kinds)) or "declare it under `kinds:`, or list its members here"
                members = [
                    each
                    for each in re.split(r"[,|/\s]+|\\bor\\b", node.text)
                    if each and each not in {"or", "and", "oder"}
                ]
                if len(members) > 1:
                    fix = f"write `[{', '.join(members)}]`, in brackets"
                self.context.report("SQ204", f"no kind is named `{node.text}`", node.span, fix)
                self.context.lose(node)
                if near := get_close_matches(node.text, list(self.kinds), 1, 0.6):
                    return near[0]  # as it was meant
                self.kinds[node.text] = Kind(node.text, (("_", "_"),))
            return node.text
        items = node.items if isinstance(node, Sequence) else ()
        named = [item.text for item in items if isinstance(item, Scalar) and item.text in self.kinds]
        if named and len(named) == len(items):
            fix = f"write the kind alone: `{named[0]}`"
            if len(named) > 1:
                fix = "put their members together in one kind under `kinds:`, or declare a variable for each"
            why = "in a list the members themselves are named, so that nothing of these kinds could be in it"
            self.context.report("SQ204", f"`{named[0]}` is a kind, and no member of one", node.span, fix, why)
            return named[0]
        self.kinds[owner] = self.members(owner, node, [])
        return owner

    # --- settings, stats and variables --------------------------------------------------------------------------------

    def read_settings(self) -> None:
        """Read what is asked when a game begins."""
        for key, node in self.context.mapping(self.header.get("settings"), "`settings:`").pairs:
            if not self.take(key, key.text, "a setting"):
                continue
            given = self.context.read_shape(node, "setting", f"the setting `{key.text}`")
            self.settings[key.text] = self.read_setting(key.text, given)

    def read_setting(self, name: str, node: Mapping) -> Setting:
        """Read a setting."""
        prompt = self.context.text(node.get("ask"), "`ask`") or name
        text, number, choices = node.get("text"), node.get("number"), node.get("one_of")
        longest = LONGEST_ANSWER
        if text is not None:
            words = self.context.text(text, "`text`")
            return Setting(name, prompt, TEXT, (), words, self.most(node, "max", longest, len(words), MOST_OF_A_TEXT))
        if number is not None:
            return Setting(name, prompt, NUMBER, (), self.context.number(number, "`number`"), longest)
        if choices is None:
            said = f"the setting `{name}` needs `one_of:`, `text:` or `number:`"
            if not any(
                each.code in {"SQ205", "SQ206"}
                and each.span[:1] == node.span[:1]
                and node.span.line <= each.span.line <= node.span.end_line
                for each in self.context.problems[-2:]
            ):
                self.context.report("SQ206", said, node.span, "say what can be chosen")
            return Setting(name, prompt, YES_NO, (), value_of(node.get("start")), longest)
        kind = self.kind_named(name, choices)
        options = self.kinds[kind].labels
        start = self.context.text(node.get("start"), "`start`") or options[0][0]
        if start not in self.kinds[kind].ids:
            where, fix = (node.get("start") or node).span, nearest(start, list(self.kinds[kind].ids))
            fix = fix or f"write one of {', '.join(f'`{each}`' for each in self.kinds[kind].ids)}"
            self.context.report("SQ204", f"`{start}` is none of the choices", where, fix)
        return Setting(name, prompt, ValueKind("member", kind), options, start, longest)

    def most(self, node: Mapping, key: str, default: int, held: int, limit: int) -> int:
        """Return the most that something can hold, its `max:` or `last:`; that is at least 1, and the `held` it begins with."""
        fewest = max(1, held)
        most = self.context.amount(node.get(key), f"`{key}`", max(default, fewest), max(limit, fewest))
        if most < fewest:
            where, fix = (node.get(key) or node).span, f"write `{key}: {fewest}` or more"
            self.context.report("SQ402", f"this begins with more than its `{key}:`", where, fix)
        return most

    def read_stats(self) -> None:
        """Read the stats."""
        scope = self.context.scope()
        for key, node, _ in self.each("stats"):
            if not self.take(key, key.text, "a stat"):
                continue
            if isinstance(node, Scalar):
                share = _SHARE.fullmatch(node.text)
                if share:
                    fix = f"write `{key.text}: {{start: {share[1]}, range: [0, {share[2]}]}}`"
                    self.context.report("SQ206", "a stat starts with one number", node.span, fix)
                start = Constant(int(share[1])) if share else self.context.quantity(node, scope, "a stat")
                self.stats[key.text] = Stat(
                    key.text, make_label(key.text), start, Constant(0), Constant(100), (), "number", None, ()
                )
                continue
            given = self.context.read_shape(node, "stat", f"the stat `{key.text}`")
            self.stats[key.text] = self.stat(key.text, given, scope)

    def stat(self, name: str, node: Mapping, scope: Scope) -> Stat:
        """Read a stat: its start, range, bands and how it is shown. Bounds that are formulas are read later."""
        start = self.context.quantity(node.get("start"), scope, "`start`")
        given = node.get("range") or node
        written = node.get("range")
        pair = self.context.pair(written, "`range`") if isinstance(written, Scalar) else None
        bounds = self.context.sequence(None if pair else written, "`range`")
        low: Expression = Constant(0)
        high: Expression = Constant(100)
        if len(bounds) == 2:  # low and high
            low, high = (Constant(value_of(bound)) if _is_number(bound) else self.late(name, bound) for bound in bounds)
        elif pair:
            low, high = map(Constant, pair)
        elif written is not None:
            self.context.pair(written, "`range`")
        self.ranges[name] = given.span
        ends = [each for each in (low, start, high) if isinstance(each, Constant)]
        if len(ends) == 3 and _less(ends[0].value, ends[2].value) and not _within(*ends):  # all of them are known
            where = (node.get("start") or node).span
            fix = "say its `range:`; without one it is 0 to 100"
            if bounds:
                fix = "start it between {} and {}".format(*map(value_of, bounds))
            self.context.report("SQ402", f"`{name}` starts outside its range", where, fix)
        bands = self.bands(node.get("bands"))
        growth = self.context.read_shape(node.get("growth"), "growth").get("toward")
        toward = self.context.number(growth, "`toward`", 1) if growth is not None else None
        opposed = self.context.words(node.get("opposed"), "`opposed`")
        if node.get("opposed") is not None and len(opposed) != 2:
            span, fix = (node.get("opposed") or node).span, "write `opposed: [Calm, Fury]`"
            self.context.report("SQ206", "`opposed` names both ends", span, fix)
        word = self.context.text(node.get("show"), "`show`")
        show = find_word(word, STAT_SHOWS)
        if word and show is None:
            fix = nearest(word, [*STAT_SHOWS]) or "write bar, number, band or hidden"
            fix = "write `show: hidden`" if word in {"none", "false", "no", "never"} else fix
            self.context.report("SQ402", f"`show: {word}` is unknown", (node.get("show") or node).span, fix)
        if show == "band" and not bands and node.get("bands") is None:
            where, fix = (node.get("show") or node).span, "add `bands:` with words, or write `show: hidden`"
            why = "its number is not shown, and there is no word to show instead"
            self.context.report("SQ401", f"`{name}` is shown by band and has no bands", where, fix, why)
        self.report_bands(node.get("bands"), bands, high)
        label = self.context.text(node.get("label"), "`label`") or make_label(name)
        return Stat(
            name, label, start, low, high, bands, show or "number", toward or None, opposed if len(opposed) == 2 else ()
        )

    def report_bands(self, node: Node | None, bands: tuple[tuple[int | float, str], ...], high: Expression) -> None:
        """Report bands that a stat never comes to."""
        if node is None or not isinstance(high, Constant) or not isinstance(high.value, int | float):
            return
        for bound, word in bands:
            if bound > high.value:
                said, why = (
                    f"the stat never comes to the band `{word}`",
                    f"it begins at {bound}, and the highest value is {high.value}",
                )
                self.context.report(
                    "SQ402", said, node.span, "change the bound, or the stat's `range:`", why, "warning"
                )

    def late(self, name: str, node: Node) -> Expression:
        """Keep a bound that is a formula until everything is declared; return what stands for it till then."""
        self.late_bounds.append((name, node))
        return Reference(f"bound {len(self.late_bounds) - 1}")

    def finish_bounds(self) -> None:
        """Read the bounds that are formulas."""
        scope = self.context.scope()
        found = {
            Reference(f"bound {index}"): self.context.quantity(node, scope, "a bound")
            for index, (_, node) in enumerate(self.late_bounds)
        }
        for name, stat in self.stats.items():
            low = found.get(stat.low, stat.low) if isinstance(stat.low, Reference) else stat.low
            high = found.get(stat.high, stat.high) if isinstance(stat.high, Reference) else stat.high
            self.stats[name] = stat._replace(low=low, high=high)
            if isinstance(low, Constant) and isinstance(high, Constant) and not _less(low.value, high.value):
                said, fix = "the lower bound is not below the upper one", "write the smaller number first"
                self.context.report("SQ402", said, self.ranges[name], fix)

    def bands(self, node: Node | None) -> tuple[tuple[int | float, str], ...]:
        """Read words by lower bound."""
        pairs = self.context.mapping(node, "`bands`").pairs
        if isinstance(node, Sequence):
            return ((0, "…"),)  # told already, so nothing else says that there are none
        if wrong := next(((key, word) for key, word in pairs if not _is_number(key)), None):
            self.report_bound(*wrong)
            return ((0, "…"),)
        found = [(self.context.number(key, "a lower bound"), self.context.text(word, "a band")) for key, word in pairs]
        if found != sorted(found, key=lambda band: band[0]):
            where = node.span if node else self.header.span
            self.context.report("SQ402", "the bands are not in order", where, "begin with the lowest bound")
        return tuple(sorted(found, key=lambda band: band[0]))

    def report_bound(self, key: Scalar, word: Node) -> None:
        """Report a band that does not begin with a number: a range, or the word first."""
        pair = PAIR.match(key.text)
        fix = "write before each the number from which it holds, as in `{0: low, 50: high}`"
        if pair and isinstance(word, Scalar):
            fix = f"write where it begins, alone: `{pair[1]}: {word.text}`"
        elif isinstance(word, Scalar) and isinstance(word.value, int | float):
            fix = f"write the number first: `{word.text}: {key.text}`"
        self.context.report("SQ206", "a lower bound is a number", key.span, fix)

    def read_variables(self) -> None:
        """Read the variables."""
        for key, node, scene in self.each("variables"):
            if self.take(key, key.text, "a variable"):
                found = self.variables[key.text] = self.variable(key.text, node, self.context.scope(scene.id))
                self.context.longest[key.text] = found.longest

    def variable(self, name: str, node: Node, scope: Scope) -> Variable:
        """Read a variable: a value, or what it may hold."""
        if several := members_of(node):
            said, fix = f"`{name}` is said to be several things", f"write `{name}: {several}`"
            self.context.report("SQ206", said, node.span, fix)
            self.context.lose(node, Scalar(name, name, node.span, "plain"))
            return Variable(name, UNKNOWN, Constant(0), 0, 0, keep=False)
        return self.read_mapped(name, node, scope) if isinstance(node, Mapping) else self.read_plain(name, node)

    def read_mapped(self, name: str, node: Mapping, scope: Scope) -> Variable:
        """Read a variable that is a mapping; one in which nothing stands is told."""
        if self.context.keys(node, "variable") and node.pairs:
            return self.read_typed(name, node, scope)
        self.context.lose(node)
        if not node.pairs:
            fix = "write what it starts with, or what it holds: `{set_of: [rope, lamp]}`"
            self.context.report("SQ211", f"nothing stands under `{name}:`", node.span, fix)
        return Variable(name, UNKNOWN, Constant(0), 0, 0, keep=False)

    def read_plain(self, name: str, node: Scalar | Sequence) -> Variable:
        """Read a variable that is a value alone."""
        if isinstance(node, Sequence):
            members = ", ".join(item.text for item in node.items if isinstance(item, Scalar)) or "rope, lamp"
            self.context.report(
                "SQ206", f"`{name}` is a list", node.span, f"write `{name}: {{set_of: [{members}]}}`, or `list_of`"
            )
            self.context.lose(node, Scalar(name, name, node.span, "plain"))
            return Variable(name, UNKNOWN, Constant(0), 0, 0, keep=False)
        if node.value is None:
            fix = f'write what it starts with: `{name}: 0`, `{name}: false` or `{name}: ""`'
            self.context.report("SQ211", f"nothing stands under `{name}:`", node.span, fix)
            return Variable(name, UNKNOWN, Constant(0), 0, 0, keep=False)
        if isinstance(node.value, bool):
            return Variable(name, YES_NO, Constant(value=bool(node.value)), 0, 0, keep=False)
        if isinstance(node.value, int | float):
            return Variable(name, NUMBER, Constant(node.value), 0, 0, keep=False)
        if node.style == "plain" and node.text in self.kinds:
            return Variable(
                name, ValueKind("member", node.text), Constant(self.kinds[node.text].ids[0]), 0, 0, keep=False
            )
        return Variable(name, TEXT, Constant(clean(node.text)), max(LONGEST_TEXT, len(node.text)), 0, keep=False)

    def read_typed(self, name: str, node: Mapping, scope: Scope) -> Variable:
        """Read a variable that says what it may hold."""
        keep = self.context.flag(node.get("keep"), "`keep`")
        start = node.get("start")
        if (text := node.get("text")) is not None:
            words = self.context.text(text, "`text`")
            return Variable(
                name, TEXT, Constant(words), self.most(node, "max", LONGEST_TEXT, len(words), MOST_OF_A_TEXT), 0, keep
            )
        for word, base in _BASES:
            of = node.get(word)
            if of is not None:
                kind = ValueKind(base, self.kind_named(name, of))
                held = self.start_of(kind, start, scope)
                newest = len(held.value) if isinstance(held, Constant) and isinstance(held.value, tuple) else 0
                last = self.most(node, "last", LONGEST_LIST, newest if base == "list" else 0, MOST_LISTED)
                if base == "list":
                    self.bound_list(name, last, kind, node)
                return Variable(name, kind, held, 0, last, keep)
        value = value_of(start)
        if isinstance(value, str):
            return Variable(name, TEXT, Constant(value), max(LONGEST_TEXT, len(value)), 0, keep)
        return Variable(name, YES_NO if isinstance(value, bool) else NUMBER, Constant(value), 0, 0, keep)

    def bound_list(self, name: str, last: int, kind: ValueKind, node: Mapping) -> None:
        """Report a list that would be told in more words than a turn may make."""
        longest = max(len(label) for _, label in self.kinds[kind.of].labels)
        if last * longest > MOST_MADE:
            why = f"it may hold {last:,} of `{kind.of}`, of which the longest is told in {longest:,} characters"
            fix = f"give `{kind.of}` shorter labels, or write `last: {MOST_MADE // longest}`"
            fix = fix if longest <= MOST_MADE else f"give `{kind.of}` shorter labels"
            self.context.report("SQ304", f"`{name}` can become too long to be told", node.span, fix, why)

    def start_of(self, kind: ValueKind, node: Node | None, scope: Scope) -> Expression:
        """Read the start value of a variable that holds members."""
        members = self.kinds[kind.of].ids
        if kind.base == "per":
            return Constant(tuple(self.context.number(node, "`start`") for _ in members))
        if kind.base == "member":
            return (
                self.context.expression(node, Scope(self.names(), scope.scene), kind, "`start`")[0]
                if node
                else Constant(members[0])
            )
        chosen = self.context.words(node, "`start`") if node is not None else ()
        known, listed = frozenset(members), frozenset(chosen)
        for word in chosen:
            if word not in known:
                self.context.report(
                    "SQ204",
                    f"`{word}` is none of `{kind.of}`",
                    (node or self.header).span,
                    nearest(word, list(members)),
                )
        return Constant(tuple(member for member in members if member in listed) if kind.base == "set" else chosen)

    # --- formulas, tables and phrases ---------------------------------------------------------------------------------

    def signature(self, key: Scalar, node: Node | None) -> Signature | None:
        """Read a name with parameters; those of a phrase stand in its parentheses, or with their kinds under `params:`."""
        match = _SIGNATURE.match(key.text)
        if match is None:
            self.context.report(
                "SQ207", f"`{key.text}` cannot be a name with parameters", key.span, "write `name(first, second):`"
            )
            return None
        words = [word.strip() for word in (match.group("parameters") or "").split(",") if word.strip()]
        given = node.get("params") if isinstance(node, Mapping) else None
        kinds = dict(self.parameters(given))
        for word, _ in given.pairs if words and isinstance(given, Mapping) else ():
            if word.text not in words:
                fix = nearest(word.text, words) or "write it there too, or name all of them under `params:` alone"
                self.context.report("SQ201", f"`{word.text}` does not stand in the parentheses", word.span, fix)
        names = words or [*kinds]
        return Signature(
            match.group("name"), tuple((word, kinds.get(word) or self.parameter_kind(word)) for word in names)
        )

    def parameters(self, node: Node | None) -> Iterator[tuple[str, ValueKind]]:
        """Yield what stands under `params:`, names with their kinds."""
        if isinstance(node, Mapping):
            for key, kind in node.pairs:
                word = self.context.id(key, "a parameter")
                yield word, self.parameter_kind(word, self.context.text(kind, "a kind"), kind)
        elif node is not None:
            for word in self.context.words(node, "`params`"):
                yield word, self.parameter_kind(word)

    def parameter_kind(self, name: str, given: str = "", where: Node | None = None) -> ValueKind:
        """Return a parameter's kind: that of its name, else a number, unless it says."""
        known = {"number": NUMBER, "text": TEXT, "yes_no": YES_NO}
        if given in known:
            return known[given]
        word = given or name
        if given and given not in self.kinds and where is not None:
            of = next((right for words, right in _KIND_WORDS if given.lower() in words), "")
            of = of or (
                "number"
                if given.lstrip("-").replace(".", "", 1).isdigit()
                else "yes_no"
                if given in {"true", "false", "yes", "no"}
                else ""
            )
            fix = f"write `{of}`" if of else ""
            fix = (
                fix
                or nearest(given, [*self.kinds, *known])
                or "declare it under `kinds:`, or write number, text or yes_no"
            )
            self.context.report("SQ204", f"no kind is named `{given}`", where.span, fix)
        return ValueKind("member", word) if word in self.kinds else NUMBER

    def describe_formula(self, name: str) -> KnownFormula:
        """Return what expressions need to know of a formula; its body is read when its kind is first asked for."""
        signature = self.formula_nodes[name][0]
        return KnownFormula(tuple(kind for _, kind in signature.parameters), lambda: self.formula_kind(name))

    def formula_kind(self, name: str) -> ValueKind | None:
        """Return the kind of a formula's value, None while it is being found."""
        if name in self.formulas:
            return self.formulas[name].kind
        if name in self.under_way:
            return None
        self.under_way.add(name)
        signature, key, node, scene = self.formula_nodes[name]
        scope = self.context.scope(scene.id)
        for parameter, kind in signature.parameters:
            scope.add_local(parameter, kind)
        body, found = self.context.expression(node, scope, None, "a formula")
        kinds = tuple(kind for _, kind in signature.parameters)
        self.formulas[name] = Formula(name, kinds, body, found, scene.file, start_of(key))
        return found

    def finish_formulas(self) -> None:
        """Read every formula, each behind those it uses, so that no chain of them is too long to be followed."""
        nodes = {name: node for name, (_, _, node, _) in self.formula_nodes.items()}
        for name in order_of({name: node.text if isinstance(node, Scalar) else "" for name, node in nodes.items()}):
            self.formula_kind(name)
        self.formulas = {name: self.formulas[name] for name in self.formula_nodes}

    def read_tables(self) -> None:
        """Read the tables."""
        for key, node, _ in self.each("tables"):
            if not self.take(key, key.text, "a table"):
                continue
            given = self.context.mapping(node, f"the table `{key.text}`")
            rows = given.get("rows")
            members = self.kinds[rows.text].ids if isinstance(rows, Scalar) and rows.text in self.kinds else ()
            own = {*members, *NAMES["table"]}
            if any(self.context.misspelt(word, "table") for word, _ in given.pairs if word.text not in own):
                self.tables[key.text] = Table(key.text, (), (0,), (0,), UNKNOWN)
                continue
            self.tables[key.text] = (
                self.by_members(key.text, given, rows) if isinstance(rows, Scalar) else self.by_bounds(key.text, given)
            )

    def by_bounds(self, name: str, node: Mapping) -> Table:
        """Read a table by lower bound."""
        keys, cells = [], []
        if wrong := next(((key, cell) for key, cell in node.pairs if not _is_number(key)), None):
            self.report_bound(*wrong)
            return Table(name, (), (0,), (0,), UNKNOWN)
        for key, cell in node.pairs:
            keys.append(self.context.number(key, "a lower bound"))
            cells.append((value_of(cell), cell))
        if keys != sorted(keys):
            self.context.report("SQ402", "the bounds are not in order", node.span, "begin with the lowest")
        values, kind = self.cells(cells) if cells else ((0,), NUMBER)
        return Table(name, (), tuple(keys) or (0,), values, kind)

    def by_members(self, name: str, node: Mapping, rows: Scalar) -> Table:
        """Read a table with a row for each member of a kind, and perhaps columns."""
        kind, columns = self.kind_named(name, rows), node.get("columns")
        second = self.kind_named(name, columns) if isinstance(columns, Scalar) else ""
        keys: list[str] = []
        cells: list[tuple[Value, Node]] = []
        wanted = set(self.kinds[kind].ids)
        for key, row in node.pairs:
            if key.text in NAMES["table"] and key.text not in wanted:
                continue
            if key.text not in wanted:
                self.context.report(
                    "SQ204",
                    f"`{key.text}` is none of `{kind}`",
                    key.span,
                    nearest(key.text, list(self.kinds[kind].ids)),
                )
                continue
            wanted.discard(key.text)
            if not second:
                keys.append(key.text)
                cells.append((value_of(row), row))
                continue
            items, over = self.context.sequence(row, f"the row `{key.text}`"), self.kinds[second].ids
            if len(items) != len(over):
                self.context.report(
                    "SQ210",
                    f"the row `{key.text}` has {len(items)} cells, and `{second}` has {len(over)} members",
                    row.span,
                    f"one for each: {', '.join(over)}",
                )
            for column, item in zip(over, items, strict=False):
                keys.append(f"{key.text} {column}")
                cells.append((value_of(item), item))
        if wanted:
            missing = ", ".join(member for member in self.kinds[kind].ids if member in wanted)
            self.context.report(
                "SQ210",
                f"the table `{name}` has no row for {missing}",
                node.span,
                f"every member of `{kind}` must stand there",
            )
        values, cell_kind = self.cells(cells)
        return Table(name, (kind, second) if second else (kind,), tuple(keys), values, cell_kind)

    def cells(self, cells: list[tuple[Value, Node]]) -> tuple[tuple[Value, ...], ValueKind]:
        """Return the cells' values and their one kind."""
        values = tuple(value for value, _ in cells)
        if all(isinstance(value, str) for value in values):
            owners = [kind.name for kind in self.kinds.values() if all(value in kind.ids for value in values)]
            return values, ValueKind("member", owners[0]) if owners and values else TEXT
        if all(isinstance(value, bool) for value in values):
            return values, YES_NO
        for value, node in cells:
            if isinstance(value, str | bool | tuple):
                self.context.report("SQ303", "the other cells of this table are numbers", node.span, "write a number")
        return tuple(value if isinstance(value, int | float) else 0 for value in values), NUMBER


def members_of(node: Node) -> str:
    """Return how to declare what holds one of several, or some of them, where these are written out as values; "" where they are not."""
    if isinstance(node, Scalar):
        parts = [each.strip() for each in node.text.split("|")] if node.style == "plain" else []
        return f"{{one_of: [{', '.join(parts)}]}}" if len(parts) > 1 and all(map(is_id, parts)) else ""
    pairs = node.pairs if isinstance(node, Mapping) else ()
    are_flags = bool(pairs) and all(isinstance(under, Scalar) and isinstance(under.value, bool) for _, under in pairs)
    names = [key.text for key, _ in pairs]
    return f"{{set_of: [{', '.join(names)}]}}" if are_flags and not {*names} & {*NAMES["variable"]} else ""


def value_of(node: Node | None) -> Value:
    """Return a scalar's value; what cannot be one is 0."""
    if isinstance(node, Scalar) and node.value is not None:
        return clean(node.text) if isinstance(node.value, str) else node.value
    return 0


def _is_number(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.value, int | float) and not isinstance(node.value, bool)


def make_label(name: str) -> str:
    """Return a name as a label."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _less(low: Value, high: Value) -> bool:
    return isinstance(low, int | float) and isinstance(high, int | float) and low < high


def _within(*bounds: Expression) -> bool:
    numbers = [each.value for each in bounds if isinstance(each, Constant) and isinstance(each.value, int | float)]
    return numbers == sorted(numbers)
