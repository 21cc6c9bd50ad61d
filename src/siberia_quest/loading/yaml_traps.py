"""What YAML does to prose: each trap with its own message and its cure."""

import re

from siberia_quest.loading.tree import Mapping, Scalar, Sequence
from siberia_quest.model.diagnostic import Diagnostic, Span

_PUT = "put the prose under `|`"
_QUOTE = "put it in quotes, or under `|`"
_LONGEST_SPEECH = 80
_BEGIN = r"^(?P<before>\s*(?:- )*(?:[\w ]+: )?\s*)"

#: Line patterns, tried in order where libyaml stopped: code, pattern (the mistake begins at group `at`), message, why, fix.
_TRAPS = (
    ("SQ102", r"^\s*\t+|^(?: *)(?P<at>\t)", "a tab indents this line", "YAML indents with spaces only", "replace the tab with spaces"),
    ("SQ103", _BEGIN + r"(?P<at>\"[^\"]*\")\s*[^\s#,\]}:]", "the prose goes on behind a closed quote", "a line that begins with a quote ends with it, for YAML", _PUT),
    ("SQ103", _BEGIN + r"(?P<at>'[^']*')\s*[^\s#,\]}:]", "the text goes on behind a closed quote", "a line that begins with a quote ends with it, for YAML", "put the whole of it in double quotes, or the prose under `|`"),
    ("SQ104", _BEGIN + r"(?P<at>')[^']*$", "this quote is never closed", "an apostrophe at the beginning opens a quotation, for YAML", _PUT),
    ("SQ104", _BEGIN + r"(?P<at>\")[^\"]*$", "this quote is never closed", "a quote at the beginning of a text must end with it", _PUT),
    ("SQ105", _BEGIN + r"(?P<at>\*)", "a star at the beginning is an alias to YAML", "so emphasis cannot open a plain line", _PUT),
    ("SQ106", _BEGIN + r"(?P<at>\{)", "a brace at the beginning opens a mapping for YAML", "so a text cannot begin with a value in braces", _QUOTE),
    ("SQ107", _BEGIN + r"(?P<at>\[)", "a bracket at the beginning opens a list for YAML", "so a text cannot begin with one", _QUOTE),
    ("SQ108", _BEGIN + r"(?P<at>[@`%])", "no text can begin with this sign in YAML", "YAML keeps `@`, `%` and the backtick for itself", _QUOTE),
    ("SQ109", _BEGIN + r"(?P<at>!)", "a word that begins with `!` is a tag to YAML", "`!` does not mean “not” here", "write `not` for a condition, or put the prose under `|`"),
    ("SQ110", _BEGIN + r"\"(?:[^\"\\]|\\[\\\"nt/ ])*(?P<at>\\[^\\\"nt/ ])", "this backslash means nothing between double quotes", "YAML reads backslashes there before the story does", "put the prose under `|`, where a backslash stays itself"),
    ("SQ128", _BEGIN + r"(?P<at>[>|])[ \t]+[^\s#\d+-]", "words stand behind this sign", "`>` and `|` open a block, and its words begin on the next line", "put the words under `|`; `> ` opens a quotation there"),
    ("SQ120", r"^\s*(?:- )?[\w ]+: [^'\"|>\[{#]*?(?P<at>:)(?: |$)", "a second colon in this line", "YAML takes what stands before a colon and a space for a key", _PUT),
    ("SQ121", r"^\s*(?P<at>\w+):[^\s:/]", "a space is missing behind the colon", "", "write `key: value`"),
    ("SQ122", r"^\s*(?P<at>-)\w", "a space is missing behind the dash", "", "write `- ` before each item of a list"),
)  # fmt: skip


def trap_at(line: str, span: Span, sign: str) -> Diagnostic | None:
    """Return what the author ran into in a line that YAML cannot read, None when it is no known trap."""
    for code, pattern, message, why, fix in _TRAPS:
        match = re.search(pattern, line)
        if match is None:
            continue
        at = match.start("at") if match.group("at") is not None else match.start()
        if sign and (at >= len(line) or line[at] != sign):
            continue
        if code == "SQ107" and _closed(line[at:], "[", "]"):
            continue
        if code == "SQ106" and _closed(line[at:], "{", "}") and not line[at:].rstrip().endswith("}"):
            pass
        elif code == "SQ106" and not sign and _closed(line[at:], "{", "}"):
            continue
        return Diagnostic(code, message, Span(span.file, span.line, at + 1, span.line, at + 2), "error", why, fix)
    return None


def _closed(text: str, opening: str, closing: str) -> bool:
    return text.count(opening) == text.count(closing) and text.rstrip().endswith(closing)


def hidden_comment(line: str, node: Scalar) -> list[Diagnostic]:
    """Report ` #` directly before a letter or digit behind plain prose: YAML drops the rest in silence."""
    rest = line[node.span.end_column - 1 :]
    match = re.match(r"\s+#(?=\w)", rest)
    if match is None or not node.text:
        return []
    column = node.span.end_column + match.end() - 1
    place = Span(node.span.file, node.span.end_line, column, node.span.end_line, column + 1)
    why = "YAML takes ` #` for the beginning of a comment and drops the rest of the line"
    return [
        Diagnostic(
            "SQ123",
            "the text stops at `#`",
            place,
            "error",
            why,
            "put the prose under `|`, or set a comment off as ` # `",
        )
    ]


def lost_quotes(line: str, node: Scalar) -> list[Diagnostic]:
    """Hint at a text in double quotes that reads like speech: YAML takes the quotes away."""
    before = line[: node.span.column - 1].strip()
    speech = re.fullmatch(r"[A-Z“][^{}\\]*[.!?…]", node.text)
    if not speech or len(node.text) > _LONGEST_SPEECH or not re.fullmatch(r"(?:- )?(?:text|then|else|say):|-", before):
        return []
    why = "YAML reads them as its own"
    fix = "use “curly quotes”, or put the prose under `|`"
    return [Diagnostic("SQ124", "these quotes will not be shown", node.span, "hint", why, fix)]


def prose_as_mapping(node: Mapping) -> Diagnostic | None:
    """Report a line of prose with a colon that YAML read as a key with a value; None when it looks like something else."""
    key, _ = node.pairs[0] if node.pairs else (None, None)
    if key is None or len(node.pairs) > 1:
        return None
    if node.flow:
        return Diagnostic(
            "SQ106",
            "a brace at the beginning opens a mapping for YAML",
            node.span,
            "error",
            "so a text cannot begin with a value in braces",
            _QUOTE,
        )
    why = f"YAML takes `{key.text}:` for a key"
    return Diagnostic("SQ125", "a colon makes something else of this line of prose", key.span, "error", why, _PUT)


def split_by_comma(node: Mapping) -> Diagnostic | None:
    """Report a mapping in braces on one line that a comma has split: one of its keys has nothing under it."""
    if not node.flow:
        return None
    for key, value in node.pairs:
        if isinstance(value, Scalar) and value.value is None and not value.text:
            why = "within `{…}` on one line a comma begins the next key"
            fix = "write it on lines of its own, without the braces"
            return Diagnostic("SQ127", "a comma splits what stands in these braces", key.span, "error", why, fix)
    return None


def list_as_prose(node: Sequence) -> Diagnostic:
    """Report a list where prose or a step was meant."""
    if node.flow:
        why = "so a text cannot begin with one"
        return Diagnostic("SQ107", "a bracket at the beginning opens a list for YAML", node.span, "error", why, _QUOTE)
    why = "YAML reads the second dash as a list within the list"
    return Diagnostic(
        "SQ126",
        "two dashes stand here",
        node.span,
        "error",
        why,
        "take one out; a spoken line can begin with `–`, or stand under `|`",
    )
