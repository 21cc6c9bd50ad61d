"""What a story says of itself for catalogues and pages: its number, its cover, its licence, the language of its text, its colours."""

import re
from collections.abc import Mapping as Pairs
from types import MappingProxyType

from siberia_quest.lang.scope import nearest
from siberia_quest.lang.syntax import find_word
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Mapping
from siberia_quest.model.story import COLOURS
from siberia_quest.model.themes import THEME_NAMES, ThemeName

#: How something is written, what that is called, and what mends it.
_FORMS: Pairs[str, tuple[re.Pattern[str], str, str]] = MappingProxyType(
    {
        "ifid": (
            re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
            "IFID",
            "take the line out, and `siberia-quest export web` makes one",
        ),
        "cover": (
            re.compile(r"(?!.*\.\.(?:/|$))[^/\\:][^\\:]*\.(?:png|jpg|jpeg)", re.IGNORECASE),
            "picture in the story's folder",
            "put a PNG or JPEG beside the story, and write its name: `cover: cover.png`",
        ),
        "language_of_text": (
            re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
            "tag of a language",
            "write a short one: `en`, `de`, `fr`, `pt-BR`",
        ),
    }
)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
#: How much lighter one of two colours must be than the other, for words of the usual size to be read: as the Web's guidelines have it.
_LEAST_CONTRAST = 4.5
_WITHOUT = "the story's page would go without it"


def read_publishing(context: ReadingContext, header: Mapping) -> dict[str, str]:
    """Read what a story's catalogues and pages say of it; what cannot be so is told, and left out."""
    found = {"licence": context.text(header.get("licence"), "`licence`")}
    for name, (pattern, what, fix) in _FORMS.items():
        node = header.get(name)
        text = context.text(node, f"`{name}`")
        if node is not None and not pattern.fullmatch(text):
            context.report("SQ231", f"`{text}` is no {what}", node.span, fix, _WITHOUT, "warning")
            text = ""
        found[name] = text
    return {**found, "ifid": found["ifid"].upper()}


def read_colours(context: ReadingContext, header: Mapping) -> tuple[str, ...]:
    """Read the colours of a story's page, by the names of `COLOURS`; none where one cannot be, or words could not be read."""
    node = header.get("colours")
    given = {}
    for key, value in context.mapping(node, "`colours:`").pairs:
        text = context.text(value, f"`{key.text}`")
        if key.text not in COLOURS:
            fix = nearest(key.text, [*COLOURS]) or f"write {', '.join(f'`{name}:`' for name in COLOURS)}"
            context.report("SQ231", f"`{key.text}` is no colour of a page", key.span, fix, _WITHOUT, "warning")
        elif not _COLOUR.fullmatch(text):
            fix = 'write six digits from 0 to f behind a #, in quotes: `"#1d2630"`'
            context.report("SQ231", f"`{text}` is no colour", value.span, fix, _WITHOUT, "warning")
        else:
            given[key.text] = text.lower()
    if node is None or set(given) != set(COLOURS):
        if node is not None and len(given) == len(context.mapping(node, "`colours:`").pairs):
            fix = f"write all of them: {', '.join(f'`{name}:`' for name in COLOURS)}"
            context.report("SQ231", "colours are missing here", node.span, fix, _WITHOUT, "warning")
        return ()
    paper, ink, accent = (given[name] for name in COLOURS)
    for name, colour in (("ink", ink), ("accent", accent)):
        if contrast_of(colour, paper) < _LEAST_CONTRAST:
            said = f"words in the colour of `{name}:` could hardly be read on that of `paper:`"
            fix = f"make one lighter or darker: their contrast is {contrast_of(colour, paper):.1f}, and {_LEAST_CONTRAST} is needed"
            context.report("SQ231", said, node.span, fix, _WITHOUT, "warning")
            return ()
    return paper, ink, accent


def contrast_of(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21.

    >>> contrast_of("#ffffff", "#000000")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def read_theme(context: ReadingContext, header: Mapping) -> ThemeName:
    """Return how the story looks in a terminal until the player chooses."""
    node = header.get("theme")
    name = context.text(node, "`theme`")
    known = find_word(name, THEME_NAMES)
    if node is not None and known is None:
        fix = nearest(name, list(THEME_NAMES)) or f"write one of these: {', '.join(THEME_NAMES)}; or take it out"
        why = "these are all there are; a page in a browser can have colours of its own, under `colours:`"
        context.report("SQ232", f"there is no look named `{name}`", node.span, fix, why)
    return known or THEME_NAMES[0]
