"""Where a line of any script may end: what matters of Unicode's rules (UAX 14) for text that is not set in words between blanks alone.

Languages that are written in words are set by rich, which ends lines at blanks.
"""

import re
import unicodedata
from itertools import pairwise

from rich.cells import cell_len
from rich.text import Text

#: Chinese and Japanese, marks that combine with a letter, joined emoji: text that lines may not end in just anywhere.
_SPECIAL = (
    "[\u0300-\u036f\u0590-\u08ff\u0900-\u109f\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\u2e80-\uabff\uf900-\ufaff\ufe00-\uffef"
    "\U0001f000-\U0003ffff]"
)
#: What may not begin a line: closing brackets and quotation marks, stops, small kana, marks of length and repetition.
_NO_START = frozenset(
    "!%),.:;?]}¢°’”»›‰′″℃…‥‼⁇⁈⁉、。〃々〉》」』】〕〗〙〛〞〟〻ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ・ーヽヾㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！％），．：；？］｝｠｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ〜～—–゠"
)
#: What may not end a line: opening brackets and quotation marks, signs before a number.
_NO_END = frozenset("([{¡¿‘“«‹‚„£¥€$№〈《「『【〔〖〘〚〝﹙﹛﹝＃＄（＠［｛｟｢￡￥￦")
#: What joins its neighbours.
_GLUE = frozenset("\u00a0\u202f\u2060\ufeff\u200d")


def is_special(plain: str) -> bool:
    """Tell whether a text needs more than blanks to know where a line may end."""
    return not plain.isascii() and re.search(_SPECIAL, plain) is not None


def break_lines(text: Text, width: int) -> list[Text]:
    """Return a text as lines of at most `width` columns; a word that is wider is cut between two signs, never before a mark of one."""
    lines: list[Text] = []
    for paragraph in text.split("\n", allow_blank=True):
        lines += paragraph.divide(_ends(paragraph.plain, max(1, width)))
    for line in lines:
        line.rstrip()
    return lines


def _ends(plain: str, width: int) -> list[int]:
    """Return where lines end."""
    ends: list[int] = []
    begun = 0
    for start, end in _pieces(plain):
        if cell_len(plain[begun:end].rstrip()) <= width:
            continue
        if start > begun:
            ends.append(start)
            begun = start
        while cell_len(plain[begun:end].rstrip()) > width:
            begun = _cut(plain, begun, end, width)
            ends.append(begun)
    return ends


def _pieces(plain: str) -> list[tuple[int, int]]:
    """Return what stays together, each with the blanks behind it."""
    cuts = [0, *(at for at in range(1, len(plain)) if _may_break(plain, at)), len(plain)]
    return list(pairwise(cuts))


def _may_break(plain: str, at: int) -> bool:
    """Tell whether a line may end before a sign."""
    before, sign = plain[at - 1], plain[at]
    if sign == " " or sign in _GLUE or before in _GLUE or sign in _NO_START or _is_mark(sign):
        return False
    last = plain[:at].rstrip(" ")[-1:]
    if last in _NO_END:
        return False
    return before == " " or _stands_alone(before) or _stands_alone(sign)


def _stands_alone(sign: str) -> bool:
    """Tell whether lines may end beside a sign, as beside those of Chinese and Japanese; Korean is written in words."""
    if sign in _NO_START or sign in _NO_END:
        return unicodedata.east_asian_width(sign) in "WF"
    return (
        unicodedata.east_asian_width(sign) in "WF"
        and not "\u1100" <= sign <= "\u11ff"
        and not "\uac00" <= sign <= "\ud7ff"
    )


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M" or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _cut(plain: str, begun: int, end: int, width: int) -> int:
    """Return where a piece that is too wide is cut: as late as fits, before no mark, and behind one sign at least."""
    at = begun + 1
    for place in range(begun + 1, end):
        joins = _is_mark(plain[place]) or plain[place] in _GLUE or plain[place - 1] == "\u200d"
        if not joins and at > begun + 1 and cell_len(plain[begun:place]) > width:
            break
        if not joins:
            at = place
            if cell_len(plain[begun:place]) >= width:
                break
    return at
