"""What YAML does to prose: each trap with its own words and its cure."""

import re

from siberia_quest.loading.foreign import cure_of_sign
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.loading.yaml_words import put_under, word_problem
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.language_keys import SHAPES

#: Every word of the language that can stand before a colon.
LANGUAGE_KEYS = frozenset(key.name for keys in SHAPES.values() for key in keys)
#: Keys under which an expression stands, and those under which prose does.
CONDITION_KEYS = frozenset({"if", "needs", "when", "match", "weight", "odds", "do", "let"})
EXPRESSION_KEYS = frozenset({*CONDITION_KEYS, "against", "start"})
PROSE_KEYS = frozenset({
    "text", "say", "then", "else", "success", "failure", "happens", "title", "prompt", "hint", "locked", "journal", "note", "about",
})  # fmt: skip
_SPOKEN_KEYS = frozenset(PROSE_KEYS - {"title", "prompt", "note", "about"})
_LONGEST_SPEECH = 80
_UNSEEN = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
#: A line that begins with a space that YAML takes for a letter, or in which one stands behind a dash or colon.
STRANGE_SPACE = re.compile(rf"[ ]*(?:-|\w+:)?[ ]*(?P<at>[{_UNSEEN}]+)")
_SPEECH = re.compile(r"[^\W\d_a-z][^{}\\\n]*[.!?…—,]")
_STUCK_KEY = re.compile(r"(?P<key>[a-z_]+)(?P<colon>[:：])(?P<rest>[^\s:/].*)", re.DOTALL)
_STUCK_DASH = re.compile(r"-[^\W\d]")
_UNPLAIN = re.compile(r": |:$| #|^[-?:,\[\]{}#&*!|>'\"%@`]|^[\d.-]+$|^(?:true|false|null)$")


def trap(code: str, span: Span, *, message: str = "", **names: str) -> Diagnostic:
    """Return what is said of a trap at a place; `names` fill in its words, `message` replaces what it is."""
    words = word_problem(code, **names)
    return Diagnostic(code, message or words.message, span, "error", words.why, words.fix)


# --- what can be told of a single node ---------------------------------------------------------------------------------


def key_trap(key: Scalar) -> Diagnostic | None:
    """Report a name that YAML allows, and that is none."""
    strange = STRANGE_SPACE.match(key.text)
    if strange:
        return _strange_space(key, strange)
    if not key.text and key.style == "plain":
        return trap("SQ116", key.span)
    if key.text == "<<" and key.style == "plain":
        return trap("SQ140", key.span)
    if key.style == "plain" and _STUCK_DASH.match(key.text):
        return trap("SQ122", _first(key.span), rest=f"{key.text[1:]}: …")
    return None


def text_trap(node: Scalar, *, own_line: bool) -> Diagnostic | None:
    """Report a plain text in which a space is missing, so that YAML does not see its structure.

    `own_line` tells that nothing stands before it in its line, and that it is no item of a list.
    """
    if not node.text.isascii() and (strange := STRANGE_SPACE.match(node.text)):
        return _strange_space(node, strange)
    if own_line and _STUCK_DASH.match(node.text):
        return trap("SQ122", _first(node.span), rest=shorten(node.raw.partition("\n")[0][1:]))
    stuck = _STUCK_KEY.match(node.text) if ":" in node.text or "：" in node.text else None
    if stuck and stuck["key"] in LANGUAGE_KEYS:
        return trap(
            "SQ121",
            node.part(stuck.start("colon"), stuck.end("colon")),
            key=stuck["key"],
            rest=shorten(stuck["rest"].partition("\n")[0]),
        )
    return None


def _strange_space(node: Scalar, match: re.Match[str]) -> Diagnostic:
    return trap("SQ143", node.part(match.start("at"), match.end("at")), sign=f"U+{ord(match['at'][0]):04X}")


def hint_at_lost_quotes(node: Scalar, key: str) -> Diagnostic | None:
    """Hint at a text in quotes that reads like speech: YAML takes the quotes away, and nothing else asked for them."""
    if key and key not in _SPOKEN_KEYS:
        return None
    if len(node.text) > _LONGEST_SPEECH or not _SPEECH.fullmatch(node.text) or _UNPLAIN.search(node.text):
        return None
    return trap("SQ124", node.span, put=put_under(key))._replace(severity="hint")


def find_dropped(span: Span, key: str) -> Diagnostic:
    """Report a text whose rest, behind ` #`, YAML has dropped in silence. `key` is what it stands under, "" in a list."""
    return trap("SQ123", span, put=put_under(key)) if not key or key in PROSE_KEYS else trap("SQ123", span)


def tag_trap(place: Span, tag: str, text: str, key: str) -> tuple[Diagnostic, str]:
    """Report a `!` before a value; return also what was meant. `text` is the value as it is written, `key` what it stands under."""
    if key in CONDITION_KEYS:
        instead = "not " + text.removeprefix("!").strip()
        return trap("SQ131", place, instead=shorten(instead)), instead
    if tag.startswith(("!!", "tag:")):
        return trap("SQ113", place, sign=shorten(text.split(maxsplit=1)[0])), text.partition(" ")[2]
    return trap("SQ109", _first(place)), text


# --- what only the reader of a story can tell --------------------------------------------------------------------------


def prose_as_mapping(node: Mapping) -> Diagnostic | None:
    """Report a line of prose with a colon that YAML read as a name with a value; None when it looks like something else.

    For a place where prose or a step is expected and something with names stands. Prose is what has a name that cannot be one.
    """
    key, value = node.pairs[0] if node.pairs else (None, None)
    if key is None:
        return None
    if node.flow:
        is_names = not _is_prose(key.text) and not any(is_nothing(each) for _, each in node.pairs)
        return None if is_names else trap("SQ106", _first(node.span))
    if len(node.pairs) > 1 and not _is_prose(key.text):
        return None
    end = key.span._replace(column=key.span.end_column, end_column=key.span.end_column + 1)
    if value is not None and is_nothing(value):
        put = put_under("")
        if key.text.isidentifier() and key.text.islower():
            put = f"write `label: {key.text}` for a place that `goto:` leads to; for prose {put}"
        return trap("SQ129", end, key=shorten(key.text), put=put)
    found = trap("SQ125", end, key=shorten(key.text), put=put_under(""))
    cure = cure_of_sign(f"{key.text}: {value.text if isinstance(value, Scalar) else ''}")
    return found._replace(fix=cure) if cure else found


def _is_prose(text: str) -> bool:
    return " " in text or not text[:1].islower()


def split_by_comma(node: Mapping) -> Diagnostic | None:
    """Report something in braces that a comma has split: behind a name with a value comes one with nothing to it."""
    if not node.flow or not node.pairs or is_nothing(node.pairs[0][1]):
        return None
    for key, value in node.pairs:
        if is_nothing(value):
            return trap("SQ127", key.span, sign=",", brackets="braces")
    return None


def list_as_prose(node: Sequence) -> Diagnostic:
    """Report a list where prose or a step was meant."""
    found = trap("SQ107" if node.flow else "SQ126", _first(node.span))
    is_link = node.flow and len(node.items) == 1 and isinstance(node.items[0], Sequence) and node.items[0].flow
    return found._replace(fix=cure_of_sign("[[…]]")) if is_link else found


def split_list(node: Sequence) -> Diagnostic | None:
    """Report a list in brackets of which a comma has split an item: a parenthesis opens in one and closes in the next."""
    for item in node.items if node.flow else ():
        if isinstance(item, Scalar) and item.style == "plain" and item.text.count("(") != item.text.count(")"):
            return trap("SQ127", item.span, sign=",", brackets="brackets")
    return None


def is_nothing(node: Node) -> bool:
    """Tell whether nothing was written where a node stands."""
    return isinstance(node, Scalar) and node.style == "plain" and not node.text


def is_empty(node: Node) -> bool:
    """Tell whether nothing was written where a node stands, or brackets or braces with nothing in them."""
    is_bare = (isinstance(node, Sequence) and not node.items) or (isinstance(node, Mapping) and not node.pairs)
    return is_bare or is_nothing(node)


def _first(span: Span) -> Span:
    return Span(span.file, span.line, span.column, span.line, span.column + 1)


def shorten(text: str, most: int = 40) -> str:
    """Return the beginning of a text, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
