"""Signs and words of other systems in expressions, and what is written here."""

import re
from types import MappingProxyType
from unicodedata import category, normalize

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
#: What a table gives, as other systems write it.
_IN_BRACKETS = re.compile(rf"(?P<table>{NAME})(?P<sign>\[)(?P<of>[^\[\]]+)\]")
DICE = re.compile(r"[dD](\d+)\Z")


def refuse_sign(source: str, at: int) -> tuple[str, str, int]:
    """Return what is said of a sign that no expression has, its cure, and where it ends."""
    sign = source[at]
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


def refuse_change(name: str, sign: str, behind: str) -> tuple[str, str]:
    """Return what is said of something that changes nothing, and its cure: what stands first, then a sign, and what follows it."""
    if sign == "==":
        return "`==` asks, it does not change anything", f"write `{name} = …` to set a value"
    if sign in {"+", "-"} and behind == sign:
        return f"`{sign}{sign}` is not a sign of this language", f"write `{name} {sign}= 1`"
    if sign == "%" and behind in {"+", "-"}:
        return (
            f"`%{behind}` is not a sign of this language",
            f"write `{name} {behind}= …`; `growth:` makes a stat grow ever more slowly",
        )
    if sign in {"/=", "*", "/", "%"}:
        return f"`{sign}` changes nothing", f"write `{name} = {name} {sign[0]} …`"
    if method := _METHOD.fullmatch(name):
        does = "-=" if method["word"] in {"remove", "discard", "delete", "pop"} else "+="
        cure = (
            f"{method['flag']} = not {method['flag']}"
            if method["flag"]
            else f"{method['held']} {does} {method['one'] or '…'}"
        )
        return "this is not how it is changed", f"write `{cure}`"
    if sign in {"to", "is", "be", "becomes"}:
        return f"`{sign}` is not a word of this language", f"write `{name} = …` to set a value"
    if name in {"set", "let", "temp", "var", "add", "increase", "decrease", "put"}:
        return f"`{name}` is not a word of this language", "write what changes first, as in `strength += 3`"
    return "this changes nothing", "write what changes, such as `strength += 3`"
