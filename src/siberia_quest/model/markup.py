"""Marks inside prose, and the one function that cleans what is shown.

Prose travels as a string in which emphasis and breaks are single private-use characters. They cannot come from outside:
`clean` takes them, and everything a terminal could take for a command, out of every text that a story or player brings.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

EM_ON, EM_OFF = "\ue001", "\ue002"
STRONG_ON, STRONG_OFF = "\ue003", "\ue004"
QUOTE = "\ue005"
BREAK = "\ue006"
NEWLINE = "\ue007"
GLUE = "\ue008"

RunStyle: TypeAlias = Literal["", "em", "strong", "em strong"]
#: What a paragraph is; a `break` stands between two scenes.
ParagraphKind: TypeAlias = Literal["prose", "quote", "break"]

_MARKS = re.compile("[\ue001-\ue008]")
_INVISIBLE = re.compile("[\ue001-\ue006\ue008]")
_SPACES = re.compile("[ \t\n]{2,}|[\t\n]")
_GLUED = re.compile(
    "(?:(?<!\\s)\\s+)?\ue008\\s*"
)  # blanks are tried from their first alone, so that a million of them cost no more
_STYLES = re.compile("([\ue001-\ue004])")
# C0 and C1 controls but for tab and newline, bidirectional overrides and isolates, tags, surrogates, our own marks, BOM.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """Take out everything that could act on a screen or pass for our own marks: control, bidirectional and private characters."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub("", text)


def escape(text: str) -> str:
    r"""Return JSON with all that `clean` takes out written as its escapes, so that programs lose nothing.

    >>> print(escaped('"a\x9bb"'))
    "a\u009bb"
    """
    return _UNSAFE.sub(_units, text)


def _units(found: "re.Match[str]") -> str:
    written = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{written[index : index + 4]}" for index in range(0, len(written), 4))


def is_plain_line(text: str) -> bool:
    """Tell whether a text is one line with single spaces, blank at no edge, and without marks (which are not printable)."""
    return text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "


def evened(text: str) -> str:
    """Return a text with single spaces and paragraphs without blank edges, two line ends between them."""
    if "\n" not in text:  # most are one paragraph
        text = text.strip()
        return _SPACES.sub(" ", text) if "  " in text or "\t" in text else text
    tidied = (piece.strip() for piece in text.split("\n\n"))
    return "\n\n".join([_SPACES.sub(" ", piece) for piece in tidied if piece])


def _join(prose: list[str]) -> list[str]:
    text = "\n\n".join(prose)
    if GLUE in text:
        text = _GLUED.sub(_glue, text)
    return [piece for piece in evened(text).split("\n\n") if piece]


def _glue(match: "re.Match[str]") -> str:
    return " " if " " in match.group() else ""


def plain_paragraphs(prose: list[str]) -> list[str]:
    """Return the paragraphs of marked prose as plain text; scene breaks are left out."""
    paragraphs = _join(prose)
    whole = "".join(paragraphs)
    if whole.isascii() or not _MARKS.search(whole):
        return paragraphs
    plain = [_INVISIBLE.sub("", piece).replace(NEWLINE, "\n").strip() for piece in paragraphs]
    return [piece for piece in plain if piece]


def even_paragraphs(prose: Sequence[str]) -> Iterable[str]:
    """Do the same for prose that is even, as a turn's is: without marks it need only be split. Raises TypeError where it is no text."""
    text = "\n".join(prose)
    return filter(None, text.split("\n")) if text.isascii() else plain_paragraphs([*prose])


def plain_line(text: str) -> str:
    """Return an even text without its marks, paragraphs as lines."""
    if text.isascii() or not _MARKS.search(text):
        return text.replace("\n\n", "\n")
    return "\n".join(plain_paragraphs([text]))


def paragraphs_of(prose: list[str]) -> list[tuple[list[tuple[str, RunStyle]], ParagraphKind]]:
    """Return the paragraphs of marked prose, each as runs of (text, style), and its kind."""
    return [_runs(piece) for piece in _join(prose)]


def _runs(piece: str) -> tuple[list[tuple[str, RunStyle]], ParagraphKind]:
    if piece == BREAK:
        return [], "break"
    kind: ParagraphKind = "quote" if piece.startswith(QUOTE) else "prose"
    em = strong = 0
    runs: list[tuple[str, RunStyle]] = []
    for part in _STYLES.split(piece.replace(QUOTE, "").replace(BREAK, "")):
        em += (part == EM_ON) - (part == EM_OFF)
        strong += (part == STRONG_ON) - (part == STRONG_OFF)
        text = _INVISIBLE.sub("", part).replace(NEWLINE, "\n")
        if text:
            both: RunStyle = "em strong" if em > 0 else "strong"
            runs.append((text, both if strong > 0 else "em" if em > 0 else ""))
    return runs, kind
