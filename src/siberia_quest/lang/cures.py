"""What a name, a function or a value that does not fit was meant for: what a person would say who knows the story's names."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from siberia_quest.lang.scope import Names, nearest
from siberia_quest.lang.syntax import Name, Number, ParsedCall, Quoted, Syntax
from siberia_quest.model.expression import Builtin, Constant, Expression
from siberia_quest.model.functions import APPLIED
from siberia_quest.model.kinds import NUMBER, TEXT, YES_NO, ValueKind

#: Functions of other systems, and what is written here; `{0}` is what stands in their parentheses.
_FUNCTIONS = MappingProxyType({
    **dict.fromkeys(("random", "randint", "rand", "rnd", "dice", "d", "RANDOM"), "write `roll(1, 6)`, with the lowest and the highest"),
    **dict.fromkeys(("visited", "has_visited", "been", "has_seen", "TURNS"), "write `seen({0})`"),
    **dict.fromkeys(("len", "length", "size", "LIST_COUNT", "amount"), "write `count({0})`"),
    **dict.fromkeys(("either", "choose", "choice", "one"), "write `pick({0})`"),
    **dict.fromkeys(("int", "floor", "trunc", "INT", "FLOOR"), "write `floor({0})`"),
    **dict.fromkeys(("ceiling", "CEILING"), "write `ceil({0})`"),
    **dict.fromkeys(("mean", "average", "avg"), "add them, and divide by how many they are"),
    **dict.fromkeys(("any", "some"), "write `{0} != {{}}`"),
    **dict.fromkeys(("not_", "isnt"), "write `not {0}`"),
})  # fmt: skip
_LETTERS = MappingProxyType({
    **dict.fromkeys(("lower", "toLowerCase", "lowercase", "casefold"), "lower"),
    **dict.fromkeys(("upper", "toUpperCase", "uppercase", "capitalize", "title", "toUpperFirst", "upperfirst"), "cap"),
})  # fmt: skip
_HOLDS = frozenset({"has", "contains", "includes", "holds", "index", "find"})
#: Words that people write for a value, by what is wanted.
_FLAGS = MappingProxyType({**dict.fromkeys(("on", "always", "True", "TRUE", "Yes"), "true"),
                           **dict.fromkeys(("off", "never", "False", "FALSE", "No"), "false")})  # fmt: skip
_NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PRONOUN_WORDS = frozenset({
    "she", "he", "they", "her", "him", "them", "his", "hers", "their", "theirs", "herself", "himself", "themself", "themselves",
})  # fmt: skip
_OF_PRONOUNS = "declare the forms under `pronouns:`, and say of whom; or write the word without braces"
_ASKED, _EMPTIED = "write `ask:` as a step, which asks the player", "to empty it write `= {}` behind its name"
_COMMON = MappingProxyType({
    **dict.fromkeys(("turn", "turn_count", "round"), "write `turns`"),
    **dict.fromkeys(("once", "first_time", "first_visit", "firsttime"),
                    "write `visits(…) == 1` with the passage; a choice that is there once has `once: true`"),
})  # fmt: skip
#: What other systems put behind a name and a dot to have its value.
_PLAIN_PARTS = frozenset({"value", "val", "amount", "current", "number", "text", "name"})
_NOTHING = frozenset({"null", "none", "None", "nil", "undefined", "NULL", "nothing"})
#: How like another a name must be to be taken for it and for nothing new.
_CLOSE = 0.75
#: How many members of a kind are listed.
_LISTED = 8
#: Letters of other scripts that look like those of a to z.
_ALIKE: Mapping[int, str] = MappingProxyType(
    dict(
        zip(
            map(
                ord,
                "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u043a\u0458\u0455\u04bb\u0501\u051b\u051d\u0261"
                "\u03bf\u03b1\u03bd\u03b9\u03ba\u03c1\u03c4\u03c5\u03c7\u03c2",
            ),
            "aeopcyxikjshdqwgoavikptuxs",
            strict=True,
        )
    )
)


def cure_of_name(names: Names, near: list[str], name: str, expected: ValueKind | None) -> str:
    """Say what a name that nobody declared was meant for; `near` are those that are known here alone."""
    if fix := _cure_of_common_word(names, name, expected) or _cure_of_place(names, name, expected):
        return fix
    for stat, known in names.stats.items():
        if begins := [bound for bound, word in known.bands if word == name]:
            return f"write `band({stat}) == '{name}'` to ask, or its number: `{name}` begins at {begins[0]}"
    if not near and (owner := _holder_of(names, name)):
        return f"write the question again: `{owner} == {name}`"
    looks = name.lower().translate(_ALIKE)
    if looks != name.lower() and looks in {*near, *names.values()}:
        return f"did you mean `{looks}`? Some of these letters only look like it"
    if fix := _cure_of_part(names, name):
        return fix
    if found := nearest(name, [*near, *names.values(), *names.phrases]):
        is_far = not get_close_matches(name, [*near, *names.values(), *names.phrases], 1, _CLOSE)
        return (
            f"{found[:-1]}, or declare it under `variables:`"
            if is_far and (expected is None or expected.base != "member")
            else found
        )
    return _cure_by_kind(names, name, expected)


def _cure_of_part(names: Names, name: str) -> str:
    """Say what a name with a dot was meant for, "" where it is none that is known."""
    owner, _, held = name.rpartition(".")
    if held in _PLAIN_PARTS and names.kind_of(owner.lower()):
        return f"write `{owner.lower()}` alone"
    if owner in names.tables:
        return f"write `{owner}({held})`"
    holder = next(
        (
            name
            for name, each in names.variables.items()
            if each.kind.base == "set" and held in names.members[each.kind.of]
        ),
        "",
    )
    if owner and holder:
        return f"write `{held} in {holder}`"
    return f"write `{held}({owner})`" if owner in names.persons() else ""


def _cure_of_common_word(names: Names, name: str, expected: ValueKind | None) -> str:
    """Say what a word that people write in every story was meant for, "" where it is none of them."""
    if name in _NOTHING:
        is_text = expected == TEXT
        return "write `''` for a text without words" if is_text else "write `false`, or `0`: there is always some value"
    if name.lower() in _PRONOUN_WORDS:
        return _OF_PRONOUNS
    if name in _FLAGS and (expected is None or expected == YES_NO):
        return f"write `{_FLAGS[name]}`"
    if name in _NUMERALS and expected == NUMBER:
        return f"write `{_NUMERALS.index(name)}`"
    if name in {"random", "any", "chance"} and expected:
        some = ", ".join(names.kinds[expected.of].ids[:3]) if expected.base == "member" else ""
        return f"write `pick({some})`" if some else "write `roll(1, 6)`, with the lowest and the highest"
    is_asked = expected == TEXT and name in {"input", "ask", "prompt"}
    is_emptied = expected is not None and expected.base == "member" and name in {"all", "everything"}
    return _ASKED if is_asked else _EMPTIED if is_emptied else _COMMON.get(name, "")


def _cure_of_place(names: Names, name: str, expected: ValueKind | None) -> str:
    """Say what to write where a passage's name stands for a value, "" where it is none's."""
    if not any(id_ == name or id_.endswith(f".{name}") for id_ in names.passages.all):
        return ""
    if expected == YES_NO:
        return f"`{name}` is a passage: write `seen({name})` to ask whether it was visited"
    return f"`{name}` is a passage: write `call: {name}` as a step, with `into:` for the value that it returns"


def _cure_by_kind(names: Names, name: str, expected: ValueKind | None) -> str:
    if expected and expected.base == "member":
        members = names.kinds[expected.of].ids
        return f"write one of {', '.join(f'`{each}`' for each in members[:_LISTED])}{' …' if len(members) > _LISTED else ''}"
    if expected == TEXT:
        return f"put it in quotes: `'{name}'`"
    if expected == NUMBER:
        return "write a number, or declare it under `stats:` or `variables:`"
    return "declare it under `stats:` or `variables:`, or put it in quotes if it is a text"


def _holder_of(names: Names, member: str) -> str:
    """Return the first variable or setting that can be a member, "" when none can."""
    kinds = [(name, each.kind) for name, each in names.variables.items()] + [*names.settings.items()]
    return next((name for name, kind in kinds if kind.base == "member" and member in names.members[kind.of]), "")


def cure_of_function(names: Names, node: ParsedCall) -> str:
    """Say what a function that there is not was meant for."""
    held, _, word = node.name.rpartition(".")
    given = ", ".join(each.name for each in node.arguments if isinstance(each, Name)) or "…"
    if word in _HOLDS:
        return f"write `{given} in {held or '…'}`"
    if names.kind_of(held) and word in _LETTERS:
        return f"write `{_LETTERS[word]}({held})`, in the braces of a text"
    if fix := _FUNCTIONS.get(node.name, "") or (_FUNCTIONS.get(word, "") if names.kind_of(held) else ""):
        given = held or given
        return fix.format(given)
    return nearest(node.name, [*names.formulas, *names.tables, *APPLIED])


def cure_of_value(names: Names, node: Syntax, found: ValueKind, wanted: ValueKind) -> str:
    """Say how to write a value of one kind where another is wanted, "" where nobody can tell."""
    if isinstance(node, Quoted):
        return _cure_of_quoted(names, node.text, wanted)
    if wanted != YES_NO:
        return ""
    if isinstance(node, Number):
        return (
            f"write `{'true' if node.value else 'false'}`"
            if node.value in {0, 1}
            else "compare it with something, as in `coins > 3`"
        )
    if not isinstance(node, Name):
        return ""
    if found.base in {"set", "list"}:
        return f"write `{node.name} != {{}}` to ask whether anything is in it"
    return {
        NUMBER: f"compare it: `{node.name} > 0`",
        TEXT: f"for yes or no, declare it with `true` or `false`; to ask a text, compare it: `{node.name} != ''`",
    }.get(found, "")


def _cure_of_quoted(names: Names, text: str, wanted: ValueKind) -> str:
    members = names.kinds[wanted.of].ids if wanted.base == "member" else ()
    if wanted == NUMBER and not any(each.isdigit() for each in text) and text.partition("(")[0] not in names.values():
        return "write a number in digits, without quotes"
    if text in members or (wanted == YES_NO and text in {"true", "false", "yes", "no"}):
        return f"write `{text}`, without quotes"
    if wanted == NUMBER and (text.replace(".", "", 1).isdigit() or text.partition("(")[0] in names.values()):
        return f"write `{text}`, without quotes"
    return nearest(text, list(members))


def cure_of_held(name: str, member: str) -> str:
    """Say how to declare what shall hold several things, and is a text."""
    return f"to hold several things, declare it as `{name}: {{set_of: [{member}, …]}}`"


def find_missing_band(names: Names, left: Expression, right: Expression) -> str:
    """Return what to write where a stat's band is compared with a word that it never has, "" where all is well."""
    if isinstance(right, Builtin):
        left, right = right, left
    if not isinstance(left, Builtin) or left.name != "band" or not isinstance(right, Constant):
        return ""
    words = [word for _, word in names.stats[left.names[0]].bands]
    if right.value in words:
        return ""
    return nearest(str(right.value), words) or f"its bands are {', '.join(f'`{word}`' for word in words)}"
