"""Signs beyond ASCII, and what stands for them where a terminal cannot write them."""

import codecs
import unicodedata
from types import MappingProxyType

from siberia_quest.model.named_tuple import NamedTuple

#: The name of the error handler that `teach_fallbacks` registers with Python's codecs.
FALLBACK = "siberia_quest_fallback"

_SPELLED = MappingProxyType(
    {
        "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": ">",
        "–": "-", "—": "--", "−": "-", "‐": "-", "‑": "-", "…": "...", "•": "*", "·": "-", "→": "->", "←": "<-",
        "×": "x", "÷": "/", "½": "1/2", "¼": "1/4", "¾": "3/4", "°": " degrees", "€": "EUR", "£": "GBP", "©": "(c)",
        "█": "#", "▓": "#", "▒": "+", "░": ".", "│": "|", "─": "-", "═": "=", "║": "|", "┌": "+", "┐": "+", "└": "+",
        "┘": "+", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": "", "\u200d": "", "\ufe0f": "",
    }
)  # fmt: skip


class Signs(NamedTuple):
    """The signs that bars, charts and lists are drawn with. `spark` goes from lowest to highest."""

    full: str
    empty: str
    marker: str
    spark: str
    dot: str
    arrow: str
    rule: str
    prompt: str


UNICODE = Signs("█", "░", "█", "▁▂▃▄▅▆▇█", "·", "→", "─", "›")
ASCII = Signs("#", ".", "|", "_.-=+*%#", "-", "->", "-", ">")


def signs_for(encoding: str | None) -> Signs:
    """Return the signs that an output of this encoding can show."""
    try:
        "".join(UNICODE).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def spell_sign(sign: str) -> str:
    """Return what stands for a sign in ASCII: a likeness, the bare letter of an accented one, or a question mark."""
    known = _SPELLED.get(sign)
    if known is not None:
        return known
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return bare or ("" if unicodedata.combining(sign) else "?")


def in_ascii(text: str) -> str:
    """Return a text with every sign beyond ASCII replaced."""
    return text if text.isascii() else "".join(sign if sign.isascii() else spell_sign(sign) for sign in text)


def teach_fallbacks() -> str:
    """Register the error handler that writes `'` for a curly quote; return its name, for `reconfigure(errors=…)`."""
    codecs.register_error(FALLBACK, _replace)
    return FALLBACK


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return in_ascii(error.object[error.start : error.end]), error.end
