"""Numbers as people type them: with signs between the thousands, a comma or a point for decimals, and digits of any script."""

import re
from types import MappingProxyType
from unicodedata import normalize

from siberia_quest.engine.numbers import tidy
from siberia_quest.engine.play_faults import TooLarge

#: Signs of other scripts and keyboards: minus, the Arabic marks of decimals and thousands, apostrophes.
_AS_USUAL = MappingProxyType(
    str.maketrans({"−": "-", "–": "-", "٫": ".", "٬": ",", "，": ",", "、": ",", "。": ".", "’": "'", "ʼ": "'"})
)
_THOUSANDS = re.compile(r"([-+]?[1-9]\d{0,2})(?:,\d{3})+(?:\.\d+)?|[-+]?[1-9]\d{0,2}(?:[ '_]\d{3})+(?:[.,]\d+)?")
_BY_POINTS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?")
#: One thousand in some countries, one in others: nobody types three noughts behind a one.
_UNCLEAR = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.0{3,}|,0{4,})")


def number_in(text: str) -> int | float | None:
    """Return the number that somebody typed, None where it is none, or may be two.

    >>> number_in("1,000"), number_in("12 500,5"), number_in("1,5"), number_in("１０００"), number_in("1.000")
    (1000, 12500.5, 1.5, 1000, None)
    """
    plain = " ".join(normalize("NFKC", text).translate(_AS_USUAL).split())
    if _UNCLEAR.fullmatch(plain):
        return None
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[ '_]|,(?=\d{3}(?:\D|$))", "", plain)
    elif _BY_POINTS.fullmatch(plain):
        plain = plain.replace(".", "")
    try:
        return tidy(float(plain.replace(",", ".")))
    except (ValueError, TooLarge):
        return None
