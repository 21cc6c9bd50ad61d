"""What names mean at a place in a story."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Literal, Protocol

from siberia_quest.lang.syntax import ParsedCall, ParsedEffect, SourceFault, Syntax
from siberia_quest.model.expression import Effect, Expression
from siberia_quest.model.kinds import Kind, ValueKind
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import PASSAGE, Site, another_site, choice_site, label_site
from siberia_quest.model.story import Sight

#: Names that a misspelt one is compared with; of more, only those that begin or end like it.
_MANY = 500
#: How many letters may be missing in a misspelt name, or be too many.
_MOST_LETTERS = 3


#: The kind whose members are sets of pronouns: each of its tables is a form, which knows by itself whose it is where there is one person.
PRONOUNS: Literal["pronouns"] = "pronouns"


class Meaning(NamedTuple):
    """An expression and its kind."""

    expression: Expression
    kind: ValueKind


class KnownFormula(NamedTuple):
    """The parameters of a formula, and a way to learn the kind of its value (None while it is being found: a circle)."""

    parameters: tuple[ValueKind, ...]
    kind: Callable[[], ValueKind | None]


class KnownTable(NamedTuple):
    """A table's keys (kinds of members; none: one number, by lower bound) and the kind of its cells."""

    keys: tuple[str, ...]
    kind: ValueKind


class KnownPassage(NamedTuple):
    """A passage, with the sites in it that can be counted."""

    passage: str
    sites: frozenset[Site]


class KnownPassages:
    """The passages of a story, as what stands anywhere in it may ask for them."""

    def __init__(self, places: Mapping[str, KnownPassage]) -> None:
        """Keep the passages by id, in the order in which they are written."""
        self.all = places
        self.firsts: dict[str, str] = {}
        for id_ in places:
            self.firsts.setdefault(id_.partition(".")[0], id_)

    def find(self, id_: str) -> KnownPassage | None:
        """Return a passage by its id, None when there is none."""
        return self.all.get(id_)

    def has(self, id_: str) -> bool:
        """Tell whether a passage is there."""
        return id_ in self.all

    def first_of(self, scene: str) -> str:
        """Return the id of a scene's first passage, "" when there is none."""
        return self.firsts.get(scene, "")


class KnownStat(NamedTuple):
    """A stat's label, its value at the start, its bands by lower bound, and what a player may know of it."""

    label: str
    start: Expression
    bands: tuple[tuple[int | float, str], ...]
    sight: Sight


class KnownVariable(NamedTuple):
    """A variable's kind, and its value at the start."""

    kind: ValueKind
    start: Expression


class Names(NamedTuple):
    """Everything a story declares, by name."""

    stats: Mapping[str, KnownStat]
    variables: Mapping[str, KnownVariable]
    settings: Mapping[str, ValueKind]
    formulas: Mapping[str, KnownFormula]
    tables: Mapping[str, KnownTable]
    phrases: Mapping[str, tuple[ValueKind, ...]]
    kinds: Mapping[str, Kind]
    passages: KnownPassages
    checks: Mapping[str, Expression]
    members: Mapping[str, frozenset[str]]

    def kind_of(self, name: str) -> ValueKind | None:
        """Return the kind of a stat, variable or setting."""
        if name in self.stats:
            return ValueKind("number")
        if name in self.variables:
            return self.variables[name].kind
        return self.settings.get(name)

    def persons(self) -> list[str]:
        """Return the variables and settings that hold somebody's pronouns."""
        held = {**{name: each.kind for name, each in self.variables.items()}, **self.settings}
        return [name for name, kind in held.items() if kind == ValueKind("member", PRONOUNS)]

    def values(self) -> list[str]:
        """Every name that stands for a value."""
        return [*self.stats, *self.variables, *self.settings, *self.formulas, *self.tables, *self.kinds]


class Common:
    """What all scopes of a story share while it is read.

    Expressions and effects that mean the same wherever they stand, by source, kind and chance; and the places (passage, site) of which
    some expression asks for the turn of the last visit.
    """

    def __init__(self) -> None:
        self.meanings: dict[tuple[str, ValueKind | None, bool], Meaning] = {}
        self.effects: dict[str, Effect] = {}
        self.since: set[tuple[str, Site]] = set()


class Scope:
    """What is known where an expression or a text stands: the story's names, the scene and passage, the local names.

    It is filled while a passage is read: `locals` grows with each `let`, `sites` with each thing that is counted.
    """

    def __init__(self, names: Names, scene: str, passage: str = "", common: Common | None = None) -> None:
        """Begin a passage (`passage` is its id), or a formula or phrase of a scene; `common` is shared by all that have these names."""
        self.names = names
        self.common = common or Common()
        self.scene = scene
        self.passage = passage
        self.locals: dict[str, tuple[int, ValueKind]] = {}
        self.slots: list[str] = []
        self.sites: dict[Site, int] = {}  # with the last number that was given to one of this name
        self.faults: list[SourceFault] = []
        self.assignable: set[str] = set()

    def is_common(self, source: str) -> bool:
        """Tell whether a source means the same in every scope: it has no places in it, and no local name can stand for another."""
        return not self.locals and "(" not in source

    def add_local(self, name: str, kind: ValueKind) -> int:
        """Give a local name a slot and return it; the same name and kind again shares its slot."""
        known = self.locals.get(name)
        if known and known[1] == kind:
            return known[0]
        self.slots.append(name)
        self.locals[name] = (len(self.slots) - 1, kind)
        return len(self.slots) - 1

    def add_site(self, site: Site) -> Site:
        """Make a site unique in its passage, keep it and return it."""
        unique, times = site, self.sites.get(site, 1)
        while unique in self.sites:
            times += 1
            unique = another_site(site, times)
        self.sites |= {site: times, unique: self.sites.get(unique, 1)}
        return unique

    def find_place(self, text: str) -> tuple[str, Site] | None:
        """Find a passage, label or choice by its address or a tail of it; return (passage id, site)."""
        parts = text.split(".")
        for passage, rest in self._readings(parts):
            place = self.names.passages.find(passage)
            if place is None or len(rest) > 1:
                continue
            if not rest:
                return passage, PASSAGE
            for site in (choice_site(rest[0]), label_site(rest[0])):
                if site in place.sites:
                    return passage, site
        return None

    def _readings(self, parts: list[str]) -> list[tuple[str, list[str]]]:
        readings = [(self.passage, parts)] if len(parts) == 1 else []
        readings.append((f"{self.scene}.{parts[0]}", parts[1:]))
        if len(parts) > 1:
            readings.append((f"{parts[0]}.{parts[1]}", parts[2:]))
        elif first := self.names.passages.first_of(parts[0]):
            readings.append((first, []))
        return readings


class Finder(Protocol):
    """What the rules of functions need of the resolver."""

    scope: Scope
    names: Names
    faults: list[SourceFault]

    def fault(self, code: str, message: str, node: Syntax | ParsedEffect, fix: str = "", why: str = "") -> Meaning:
        """Keep a mistake and return a meaning that makes no further ones."""

    def find(self, node: Syntax, expected: ValueKind | None = None) -> Meaning:
        """Return what a node means."""

    def want(self, node: Syntax, kind: ValueKind, what: str) -> Expression:
        """Return what a node means, and report it unless it is of a kind."""

    def kind_of_set(self, node: Syntax) -> ValueKind | None:
        """Return the kind of set that a node is by its names, None where it is none."""

    def arguments(self, node: ParsedCall, kinds: tuple[ValueKind, ...]) -> tuple[Expression, ...]:
        """Return the arguments' meanings."""


def nearest(word: str, known: list[str]) -> str:
    """Say which known names are near a misspelt one, as a fix; "" when none is."""
    if len(known) > _MANY:  # each that is compared costs, and a story may have thousands
        ends = word[:1], word[-1:]
        known = [each for each in known if each[:1] == ends[0] or each[-1:] == ends[1]]
        known = [each for each in known if abs(len(each) - len(word)) <= 2][:_MANY]
    known = [each for each in dict.fromkeys(known) if _may_be_meant(word, each)]
    close = get_close_matches(word, known, 3, 0.6)
    if not close:
        return ""
    return "did you mean " + " or ".join(f"`{name}`" for name in close) + "?"


def _may_be_meant(word: str, known: str) -> bool:
    """Tell whether a name is no longer and no shorter than a misspelt one can be, or a part of it."""
    shorter, longer = sorted((word, known), key=len)
    is_part = longer.startswith(shorter) or (len(shorter) > 2 and shorter in longer)
    return is_part or len(longer) - len(shorter) <= min(_MOST_LETTERS, len(shorter) - 1)
