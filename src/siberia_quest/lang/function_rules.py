"""The functions of the language, read: each as its record in `model.functions` says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from siberia_quest.lang.scope import Finder, Meaning, nearest
from siberia_quest.lang.syntax import Name, Number, ParsedCall, Quoted, Syntax
from siberia_quest.model.expression import (
    PLACE_FUNCTIONS,
    Builtin,
    Constant,
    Expression,
    PlaceFunction,
    ValueOf,
    Visits,
    fold_case,
)
from siberia_quest.model.functions import FUNCTIONS, LanguageFunction, Parameter
from siberia_quest.model.kinds import NUMBER, TEXT, UNKNOWN, YES_NO, ValueKind
from siberia_quest.model.sites import label_site, name_of_site, sort_of_site

_NOTHING = Meaning(Constant(0), UNKNOWN)
_PLACES: Mapping[str, PlaceFunction] = MappingProxyType({each: each for each in PLACE_FUNCTIONS})


def apply(finder: Finder, node: ParsedCall, expected: ValueKind | None) -> Meaning:
    """Return the meaning of a function applied to its arguments; mistakes go to the finder."""
    function = FUNCTIONS[node.name]
    if not node.arguments and function.reading not in {"plain", "place"}:
        return finder.fault(
            "SQ305", f"`{node.name}` needs something in its parentheses", node, f"write `{node.name}(…)`"
        )
    if not _is_counted(finder, node, function):
        return Meaning(Constant(0), function.result or UNKNOWN)
    return _read(finder, node, function, expected)


def _read(finder: Finder, node: ParsedCall, function: LanguageFunction, expected: ValueKind | None) -> Meaning:  # noqa: C901, PLR0911  # a line for each reading
    match function.reading:
        case "plain":
            return _plain(finder, node, function)
        case "place":
            return _place(finder, node, function)
        case "percent":
            return _percent(finder, node, function)
        case "band":
            return _band(finder, node)
        case "label":
            return _label(finder, node)
        case "value":
            return _value(finder, node)
        case "start":
            return _start(finder, node)
        case "count":
            return _count(finder, node)
        case "one of":
            return _one_of(finder, node)
        case "pick":
            return _pick(finder, node, expected)
        case "by value":
            return _by_value(finder, node)
        case "bare" | "text" | "sign":
            return finder.fault("SQ202", f"`{node.name}` is no function of expressions", node)
    assert_never(function.reading)


def _is_counted(finder: Finder, node: ParsedCall, function: LanguageFunction) -> bool:
    fewest, most = function.fewest, function.most
    if fewest <= len(node.arguments) <= most:
        return True
    wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
    message = f"`{node.name}` takes {wanted} in its parentheses, and here are {len(node.arguments)}"
    form = next((each for each in function.forms if len(each.parameters) >= fewest), function.forms[0])
    finder.fault("SQ305", message, node, f"write `{node.name}({', '.join(each.name for each in form.parameters)})`")
    return False


def _plain(finder: Finder, node: ParsedCall, function: LanguageFunction) -> Meaning:
    """Read a function that takes what its parameters say: the first form that has room, or the last, which goes on."""
    size = len(node.arguments)
    form = next((each for each in function.forms if size <= len(each.parameters)), function.forms[-1])
    takes = [*form.parameters, *form.parameters[-1:] * (size - len(form.parameters))]
    arguments = tuple(_argument(finder, node.name, *pair) for pair in zip(node.arguments, takes, strict=False))
    return Meaning(Builtin(form.builtin, arguments), function.result or UNKNOWN)


def _argument(finder: Finder, name: str, argument: Syntax, parameter: Parameter) -> Expression:
    meaning = finder.want(argument, NUMBER, f"what `{name}` takes")
    is_small_count = isinstance(argument, Number) and argument.value in range(7)
    if parameter.takes == "decimals" and not is_small_count:
        finder.fault("SQ305", "the number of decimals must be 0 to 6, written out", argument)
    return meaning


def _place(finder: Finder, node: ParsedCall, function: LanguageFunction) -> Meaning:
    argument = node.arguments[0]
    if not isinstance(argument, Name):
        fix = f"write `{node.name}({argument.text})`" if isinstance(argument, Quoted) else "write its name"
        return finder.fault("SQ203", f"`{node.name}` asks for a passage, label or choice", argument, fix)
    found = finder.scope.find_place(argument.name)
    if found is None:
        known = [*(id_.split(".")[-1] for id_ in finder.names.passages.all), *finder.names.passages.all]
        message = f"no passage, label or choice is named `{argument.name}`"
        elsewhere = [id_ for id_ in finder.names.passages.all if id_.endswith(f".{argument.name}")]
        fix = f"write `{elsewhere[0]}`, in another scene" if elsewhere else nearest(argument.name, known)
        return finder.fault("SQ203", message, argument, fix)
    place = finder.names.passages.find(found[0])
    if sort_of_site(found[1]) == "choice" and place and label_site(name_of_site(found[1])) in place.sites:
        fix = "give the choice another `id:`, or rename the label"
        return finder.fault("SQ225", f"both a choice and a label are named `{argument.name}`", argument, fix)
    how = _PLACES[node.name]
    if how == "turns_since":
        finder.scope.common.since.add(found)
    return Meaning(Visits(how, *found), function.result or UNKNOWN)


def _stat_name(finder: Finder, node: Syntax) -> str:
    """Return the name of a stat that stands here bare, "" when something else does."""
    if isinstance(node, Name) and node.name not in finder.scope.locals and node.name in finder.names.stats:
        return node.name
    return ""


def _percent(finder: Finder, node: ParsedCall, function: LanguageFunction) -> Meaning:
    if len(node.arguments) == 1:
        stat = _stat_name(finder, node.arguments[0])
        if stat:
            return Meaning(Builtin("percent", (), (stat,)), NUMBER)
        return finder.fault(
            "SQ305",
            "`percent` with one name asks how far a stat is along its range",
            node,
            "name a stat, or write `percent(part, whole)`",
        )
    return _plain(finder, node, function)


def _band(finder: Finder, node: ParsedCall) -> Meaning:
    stat = _stat_name(finder, node.arguments[0])
    if not stat:
        member = _stat_member(finder, node.arguments[0], "`band` asks for a stat", "name a stat that has `bands:`")
        return Meaning(Builtin("band_of", (member[0],), (member[1],)), TEXT) if member else _NOTHING
    if not finder.names.stats[stat].bands:
        return finder.fault(
            "SQ401", f"the stat `{stat}` has no bands", node.arguments[0], "give it `bands:`, or show its number"
        )
    return Meaning(Builtin("band", (), (stat,)), TEXT)


def _stat_member(finder: Finder, node: Syntax, asks: str, fix: str) -> tuple[Expression, str] | None:
    """Return a member of a kind whose members are stats, with that kind's name; report what is neither, unless it is told already."""
    meaning = finder.find(node)
    kind = finder.names.kinds.get(meaning.kind.of)
    if meaning.kind.base == "member" and kind and kind.are_stats:
        return meaning.expression, kind.name
    if meaning.kind != UNKNOWN:
        finder.fault("SQ305", asks, node, fix)
    return None


def _label(finder: Finder, node: ParsedCall) -> Meaning:
    stat = _stat_name(finder, node.arguments[0])
    if stat:
        return Meaning(Constant(finder.names.stats[stat].label), TEXT)
    meaning = finder.find(node.arguments[0])
    if meaning.kind.base == "member":
        return Meaning(Builtin("label", (meaning.expression,), (meaning.kind.of,)), TEXT)
    if meaning.kind.base == "unknown":
        return meaning
    fix = "name one, as in `label(strength)`"
    return finder.fault("SQ305", "`label` asks for a stat or a member of a kind", node.arguments[0], fix)


def _value(finder: Finder, node: ParsedCall) -> Meaning:
    stat = _stat_name(finder, node.arguments[0])
    if stat:
        return finder.find(node.arguments[0])
    asks, fix = "`value` asks for a member that names a stat", "give the kind members that are stats"
    member = _stat_member(finder, node.arguments[0], asks, fix)
    return Meaning(ValueOf(member[1], member[0]), NUMBER) if member else _NOTHING


def _start(finder: Finder, node: ParsedCall) -> Meaning:
    argument = node.arguments[0]
    if isinstance(argument, Name) and argument.name not in finder.scope.locals:
        if argument.name in finder.names.stats:
            return Meaning(finder.names.stats[argument.name].start, NUMBER)
        if argument.name in finder.names.variables:
            kind, start = finder.names.variables[argument.name]
            return Meaning(start, kind)
    member = _stat_member(
        finder, argument, "`start` asks for a stat or a variable", "name one, as in `start(strength)`"
    )
    return Meaning(Builtin("start", (member[0],), (member[1],)), NUMBER) if member else _NOTHING


def _count(finder: Finder, node: ParsedCall) -> Meaning:
    held = finder.find(node.arguments[0])
    if held.kind.base not in {"set", "list", "unknown"}:
        return finder.fault("SQ303", "`count` counts what is in a set or a list", node.arguments[0])
    if len(node.arguments) == 1:
        return Meaning(Builtin("count", (held.expression,)), NUMBER)
    member = finder.want(
        node.arguments[1], ValueKind("member", held.kind.of) if held.kind.of else held.kind, "what is counted"
    )
    return Meaning(Builtin("count_of", (held.expression, member)), NUMBER)


def _one_of(finder: Finder, node: ParsedCall) -> Meaning:
    first = finder.find(node.arguments[0])
    rest = tuple(finder.want(argument, first.kind, "each of these") for argument in node.arguments[1:])
    several = (first.expression, *rest)
    return Meaning(Builtin("one_of", tuple(map(fold_case, several)) if first.kind == TEXT else several), YES_NO)


def _pick(finder: Finder, node: ParsedCall, expected: ValueKind | None) -> Meaning:
    first = node.arguments[0]
    if len(node.arguments) == 1:
        if isinstance(first, Name) and first.name in finder.names.kinds and first.name not in finder.scope.locals:
            ids = finder.names.kinds[first.name].ids
            return Meaning(Builtin("pick", tuple(Constant(id_) for id_ in ids)), ValueKind("member", first.name))
        held = finder.find(first)
        if held.kind.base in {"set", "list"}:
            return Meaning(Builtin("pick_from", (held.expression,)), ValueKind("member", held.kind.of))
        return finder.fault(
            "SQ305", "`pick` with one name picks from a kind, a set or a list", node, "name several, as in `pick(3, 5)`"
        )
    meaning = finder.find(first, expected)
    rest = tuple(finder.want(argument, meaning.kind, "each of these") for argument in node.arguments[1:])
    return Meaning(Builtin("pick", (meaning.expression, *rest)), meaning.kind)


def _by_value(finder: Finder, node: ParsedCall) -> Meaning:
    """`highest(f)`, `lowest(f)`, `draw(f)`: a member by what f gives for it; f's last key runs, the others are given."""
    first, given = node.arguments[0], node.arguments[1:]
    name = first.name if isinstance(first, Name) else ""
    keys = _keys(finder, name)
    if not keys or keys[-1].base != "member" or len(keys) != len(given) + 1:
        fix = "name a formula with one parameter of a kind, a table by rows, or a kind whose members are stats"
        return finder.fault(
            "SQ305", f"`{node.name}` asks for something with a number for each member of a kind", first, fix
        )
    arguments = tuple(
        finder.want(argument, key, f"what `{name}` takes") for argument, key in zip(given, keys, strict=False)
    )
    if name in finder.names.formulas and finder.names.formulas[name].kind() is None:
        return finder.fault("SQ307", f"the formula `{name}` needs itself to be worked out", first)
    return Meaning(Builtin(node.name, arguments, (name, keys[-1].of)), keys[-1])


def _keys(finder: Finder, name: str) -> tuple[ValueKind, ...]:
    names = finder.names
    if name in names.formulas:
        return names.formulas[name].parameters
    if name in names.tables:
        return tuple(ValueKind("member", key) for key in names.tables[name].keys)
    kind = names.kind_of(name)
    if kind is not None and kind.base == "per":
        return (ValueKind("member", kind.of),)
    if name in names.kinds and names.kinds[name].are_stats:
        return (ValueKind("member", name),)
    return ()
