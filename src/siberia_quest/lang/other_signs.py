"""Signs and words of other systems in expressions, and what is written here."""

import re
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import category, normalize

from siberia_quest.model.functions import FUNCTIONS
from siberia_quest.model.letters import NAME

#: Signs that mean something elsewhere, and what to write.
_STRANGE = MappingProxyType({
    ";": "write `,` between changes", "$": "names have no `$` here: write the name alone",
    "@": "names have no `@` here: write the name alone",
    ":": "write `=` to set a value", "?": "write `yes if question else no`, with the value for each", "≥": "write `>=`", "≤": "write `<=`",
    "≠": "write `!=`", "×": "write `*`", "÷": "write `/`", "−": "write `-`, the sign on the keyboard",
    "–": "write `-`, the sign on the keyboard", "—": "write `-`, the sign on the keyboard",
    "[": "a list is not written out here: add and take away with `+=` and `-=`, and ask with `in`",
})  # fmt: skip
#: Words that stand for a sign or word of this language.
MEANT = MappingProxyType({
    "&&": "and", "||": "or", "!": "not", "&": "and", "|": "or", "<>": "!=", "=>": ">=", "=<": "<=",
    "=": "==", "===": "==", "!==": "!=", "is": "==", "eq": "==", "equals": "==", "isnt": "!=",
    "ne": "!=", "neq": "!=", "gt": ">",
    "gte": ">=", "lt": "<", "lte": "<=", "AND": "and", "OR": "or", "NOT": "not", "And": "and", "Or": "or", "Not": "not",
    "mod": "%", "IN": "in", "et": "and", "und": "and", "и": "and", "ou": "or", "oder": "or", "или": "or",
    "और": "and", "या": "or", "且": "and", "和": "and", "或": "or",
})  # fmt: skip
#: What a set or list has in other systems, for `in`; and what does something to one, or to a yes or no.
HOLDS = frozenset({"has", "contains", "includes", "holds"})
_METHOD = re.compile(
    rf"(?P<held>{NAME})\.(?P<word>append|add|push|insert|put|remove|discard|delete|pop)\((?P<one>[^()]*)\)|toggle\((?P<flag>{NAME})\)"
)
#: A change as other systems have it.
_SET = re.compile(
    rf"\s*[<(]{{0,2}}(?:set|let|temp|put)?:?\s*\$(?P<name>{NAME})\s*(?:to|:?=)\s*(?P<value>[^$<>()]+?)\s*[>)]{{0,2}}\s*"
)
#: What a table gives, as other systems write it.
_IN_BRACKETS = re.compile(rf"(?P<table>{NAME})(?P<sign>\[)(?P<of>[^\[\]]+)\]")
_DICE = re.compile(r"[dD](\d+)\Z")
#: Comparisons in plain words, and what is written here; `is` may stand before them.
_IN_WORDS = tuple(
    (re.compile(rf"(?:is\s+|are\s+)?(?:{words})\b\s*"), sign)
    for words, sign in (
        ("at least|no less than|not less than|not below|not under", ">="),
        ("at most|no more than|not more than|up to|not above|not over", "<="),
        ("(?:more|greater|higher|larger|bigger)(?: than)?|above|over|exceeds", ">"),
        ("(?:less|lower|smaller|fewer)(?: than)?|below|under", "<"),
        ("not equal to|does not equal|differs from", "!="),
        ("equal to|the same as|exactly", "=="),
        ("but|plus also", "and"),
        ("plus", "+"),
        ("minus", "-"),
        ("times", "*"),
        ("divided by", "/"),
    )
)
_BETWEEN = re.compile(r"(?:is\s+)?between\s+(?P<low>[\w.]+)\s+and\s+(?P<high>[\w.]+)")
_EMPTY = re.compile(r"is\s+(?P<no>not\s+)?(?P<what>empty|full)\b")
_IN_SEVERAL = re.compile(r"(?P<what>[\w.]+)\s+in\s+\((?P<each>[^()]*)\)")
_NAMED = re.compile(r"(?P<what>[\w.]+)\(\s*\w+\s*=\s*(?P<value>[^,()=]+)")
_CHOSEN = re.compile(r"\s*if\s+(?P<test>.+?)\s+then\s+(?P<yes>.+?)\s+else\s+(?P<no>.+?)\s*")
#: Whoever has something, where a set would be named.
_PEOPLE = frozenset({"he", "she", "they", "it", "i", "you", "we", "player", "the", "hero"})
#: The first word of an effect in plain words: what puts in or adds, and what takes.
_PUTS = frozenset({"get", "gain", "give", "receive", "pick", "obtain", "earn"})
_TAKES = frozenset({"lose", "drop", "take", "remove", "discard", "spend", "pay", "use"})
_STEPS = frozenset(
    {"goto", "call", "leave", "end", "show", "achieve", "journal", "deal", "label", "music", "pause", "text"}
)


def refuse_sign(source: str, at: int) -> tuple[str, str, int]:
    """Return what is said of a sign that no expression has, its cure, and where it ends."""
    sign = source[at]
    if sign == "?" and not source[at + 1 :].strip():
        return "`?` is not needed here", "take it out", at + 1
    if sign in "$:" and (setting := _SET.fullmatch(source)):
        return f"`{sign}` means nothing here", f"write `{setting['name']} = {setting['value']}`", at + 1
    if sign in "'\"":
        return "this quote is never closed", f"add a {sign} where the text ends", len(source)
    if sign in "‘’“”„«»‹›「」『』":
        return f"curly quotes {sign} are for prose", "put texts in straight quotes: 'like this'", at + 1
    plain = normalize("NFKC", sign)
    if plain != sign and plain in "<>=+-*/%(),!&|":
        fix = f"write `{plain}`, the sign on the keyboard"
    elif sign == "[" and source[:at].rstrip().endswith(" in"):
        fix = "write `one_of(…)`, with what is asked about first and then each it may be"
    elif sign == "[" and (row := _IN_BRACKETS.search(source)) and row.start("sign") == at:
        fix = f"write `{row['table']}({row['of']})`"
    elif category(sign) == "Cf":
        return f"a sign that cannot be seen (U+{ord(sign):04X}) stands here", "delete it: type the name anew", at + 1
    else:
        fix = _STRANGE.get(sign, "take it out, or check what was meant")
    return f"`{sign}` means nothing here", fix, at + 1


_BANDS = "write `bands:` in place of `cases:`, with the lower bound of each; or `when:` with `- if: …` for each"
#: What is said of a word or sign where a value should stand, and its cure.
_OUT_OF_PLACE = MappingProxyType({
    "if": ("`if` cannot begin here", "write `if:` as a key of its own, with `then:` below it"),
    "~": ("`~` is not a sign of this language", "take it out"),
    "==": ("`==` is not needed here", "write the value alone"),
})  # fmt: skip


#: The same where something stands behind what was read.
_BEHIND = MappingProxyType({
    "then": ("`then` does not belong to the condition", "write `then:` on the next line, with what follows"),
    ")": ("this `)` closes nothing", "take it out, or open it with `(`"),
    "(": ("a note in parentheses cannot stand here", "take it out; a note is set off by ` # `"),
})  # fmt: skip


class Surroundings(NamedTuple):
    """A word of an expression at which reading stopped, with those around it, and where it stands."""

    before: str
    here: str
    behind: str
    at: int


def refuse_rest(source: str, around: Surroundings) -> tuple[str, str]:
    """Return what is said of what stands behind an expression that was read to its end, and its cure."""
    before, here = around.before, around.here
    if foreign := _refuse_foreign(source, around):
        return foreign
    if here == ",":
        return "one comma too many", _without_comma(source, around)
    if here == "not":
        return "`not` cannot stand here", f"write `{before} != {around.behind}`"
    if before in FUNCTIONS and here.isidentifier():
        return f"`{before}` needs parentheses", f"write `{before}({here})`"
    if before.isalpha() and before[:1].isupper() and here[:1].isupper():
        return f"did not expect `{here}` here", f"put the whole in quotes: `'{before} {here}'`"
    if here not in _BEHIND and before.replace(".", "", 1).isdigit() and here[:1].isalpha():
        return f"`{here}` stands behind a number", f"write `{before}` alone"
    fix = "an operator such as `and`, `+` or `==` may be missing before it"
    return _BEHIND.get(here, (f"did not expect `{here}` here", fix))


def _refuse_foreign(source: str, around: Surroundings) -> tuple[str, str] | None:
    """Return what is said of a word or sign of other systems, and what stands for it here."""
    before, here, behind, at = around
    said = f"`{here}` is not a word of this language"
    if here in HOLDS:
        return said, _cure_of_having(before or "…", behind or "…")
    if worded := _refuse_words(source, before, at):
        return worded
    if here in {"**", "^"}:
        return said, f"write `{before} * {before}`"
    if here in MEANT:
        return said, f"write `{'!=' if here == 'is' and behind == 'not' else MEANT[here]}`"
    if (dice := _DICE.match(here)) and before.isdigit():
        one = f"roll(1, {dice[1]})"
        fix = f"write `{one}`" if before == "1" else f"write `{before} * {one}`, or one for each"
        return "dice are not written so", fix
    return None


def _without_comma(source: str, around: Surroundings) -> str:
    """Say how to write a number with a comma in it, or how to do without the comma."""
    before, _, behind, at = around
    is_number = source[:at].endswith(before) and source[at + 1 :].startswith(behind)
    if is_number and before.isdigit() and behind.isdigit():
        return f"write `{before}{'' if len(behind) == 3 else '.'}{behind}`"
    return "write `and` or `or` between two questions; what belongs to a name stands in parentheses"


def refuse_missing(source: str, around: Surroundings) -> tuple[str, str]:
    """Return what is said where a value is missing before something, and its cure."""
    before, here, at = around.before, around.here, around.at
    count = source[at + 1 :].split()
    if not here:
        return "something is missing at the end", "finish the expression, or take out the last sign"
    if before == here == "+":
        return "`++` is not a sign of this language", "write `+= 1` behind the name alone"
    if here == "+" and before == "=" and count:
        return "`+` is not needed here", f"write `= {count[0]}` to set it, or `+= {count[0]}` to add"
    if here in {"+", "-"} and not before and len(count) == 2 and count[0].isdigit():
        return f"the name stands first: `{count[1]}`", f"write `{count[1]} {here}= {count[0]}`"
    if here in {"<", ">", "<=", ">="} and not before:
        return f"nothing stands before `{here}`", _BANDS
    if here in MEANT:
        return f"`{here}` is not a word of this language", f"write `{MEANT[here]}`"
    if chosen := _CHOSEN.fullmatch(source):
        return "`if` stands between the two values", f"write `{chosen['yes']} if {chosen['test']} else {chosen['no']}`"
    said = f"a name or a number is missing before `{here}`", "check what stands around it"
    return _OUT_OF_PLACE.get(here, said)


def cure_of_missing(source: str, sign: str, at: int) -> str:
    """Say what to write where a sign is missing at a place."""
    if sign == "else":
        then = source[:at].partition("=")[2].partition(" if ")[0].strip() or "5"
        return f"add `else` with what it is otherwise, as in `{then} if … else 0`; or put the step under `if:`"
    if sign == ")" and source[at : at + 1] == "=" and (named := _NAMED.search(source)):
        return f"write `{named['what']}({named['value'].strip()})`: what is given has no name there"
    if sign == ")" and (several := _IN_SEVERAL.search(source)):
        return f"write `one_of({several['what']}, {several['each']})`"
    return f"add `{sign}`"


def _refuse_words(source: str, before: str, at: int) -> tuple[str, str] | None:
    """Return what is said of a question in plain words that goes on at a place, and its cure; None where there is none."""
    words = source[at:]
    if between := _BETWEEN.match(words):
        return "`between` is not a word of this language", f"write `{between['low']} <= {before} <= {between['high']}`"
    if empty := _EMPTY.match(words):
        fix = (
            f"write `{before} {'!=' if empty['no'] else '=='} {{}}`"
            if empty["what"] == "empty"
            else "count what is in it, as in `count(…) > 5`"
        )
        return f"`{empty[0]}` is not written so here", fix
    for pattern, sign in _IN_WORDS:
        if found := pattern.match(words):
            return f"`{found[0].strip()}` is not written in words here", f"write `{sign}`"
    return None


def _cure_of_having(before: str, held: str) -> str:
    """Return what to write where somebody `has` something: a set that holds it, or what is true or not."""
    if before in _PEOPLE:
        return f"write `{held}` alone if that is true or not, else `{held} in …` with the set that may hold it"
    return f"write `{held} in {before}`"


def refuse_change(name: str, sign: str, behind: str) -> tuple[str, str]:
    """Return what is said of something that changes nothing, and its cure: what stands first, then a sign, and what follows it."""
    if found := _refuse_words_of_change(name, sign, behind):
        return found
    if sign in {"+", "-"} and behind:
        return _refuse_sum(name, sign, behind)
    if sign == "==":
        return "`==` asks, it does not change anything", f"write `{name} = …` to set a value"
    if sign == "%" and behind in {"+", "-"}:
        fix = f"write `{name} {behind}= …`; `growth:` makes a stat grow ever more slowly"
        return f"`%{behind}` is not a sign of this language", fix
    if sign in {"/=", "*", "/", "%"}:
        return f"`{sign}` changes nothing", f"write `{name} = {name} {sign[0]} …`"
    if method := _METHOD.fullmatch(name):
        return "this is not how it is changed", f"write `{_as_change(method)}`"
    return "this changes nothing", "write what changes, such as `strength += 3`"


def _refuse_sum(name: str, sign: str, behind: str) -> tuple[str, str]:
    """Return what is said of a sum that is not put anywhere, and its cure."""
    if behind == sign:
        return f"`{sign}{sign}` is not a sign of this language", f"write `{name} {sign}= 1`"
    if behind == "=":
        return f"`{sign} =` has a space within", f"write `{name} {sign}= …`"
    return f"`{sign}` alone changes nothing", f"write `{name} {sign}= {behind}`"


def _as_change(method: re.Match[str]) -> str:
    """Return a change for what other systems do to a list or a flag."""
    if method["flag"]:
        return f"{method['flag']} = not {method['flag']}"
    does = "-=" if method["word"] in {"remove", "discard", "delete", "pop"} else "+="
    return f"{method['held']} {does} {method['one'].strip(chr(39) + chr(34)) or '…'}"


def _refuse_words_of_change(name: str, sign: str, behind: str) -> tuple[str, str] | None:
    """Return what is said of a change in plain words, and its cure; None where it is written in signs."""
    if name in _STEPS and sign:
        return f"`{name}` is a step of its own, and changes nothing", f"write `{name}: {sign}` as a key beside `do:`"
    if sign in {"up", "down", "by"}:
        return "this is not how it is changed", f"write `{name} {'-=' if sign == 'down' else '+='} {behind or 1}`"
    if name in {"inc", "dec", "increment", "decrement"} and sign:
        return "this is not how it is changed", f"write `{sign} {'-=' if name[0] == 'd' else '+='} 1`"
    if sign in {"to", "is", "be", "becomes"}:
        return f"`{sign}` is not a word of this language", f"write `{name} = …` to set a value"
    if sign and behind in {"", "from", "to", "into", "in"} and name in {*_PUTS, *_TAKES}:
        fix = f"write `… {'+=' if name in _PUTS else '-='} {sign}`, with the set or list that holds it"
        return f"`{name}` is not a word of this language", fix
    if name in {"set", "let", "temp", "var", "add", "increase", "decrease", "put", *_PUTS, *_TAKES}:
        value = "…" if behind in {"", "to", "=", "be", "as"} else behind
        is_set = name in {"set", "let", "temp", "var"} and sign.isidentifier()
        fix = f"write `{sign} = {value}`" if is_set else "write what changes first, as in `strength += 3`"
        return f"`{name}` is not a word of this language", fix
    if behind in {"+=", "-=", "*=", "="} and sign.isidentifier():
        return f"`{name} {sign}` cannot be a name", f"write `{name}_{sign}`, and declare it so"
    return None
