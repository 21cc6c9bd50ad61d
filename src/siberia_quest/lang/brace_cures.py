"""What people write in the braces of a text, or between their bars, as other systems have it; and what is written here."""

import re
from types import MappingProxyType

from siberia_quest.lang.scope import Scope, nearest
from siberia_quest.lang.syntax import SourceFault
from siberia_quest.model.expression import HOWS
from siberia_quest.model.functions import FUNCTIONS
from siberia_quest.model.letters import NAME

_GUARD = re.compile(r"\s*(?:if\s+)?(?P<test>[^:|{}]*[\w)']):\s+\S")
_STEP = re.compile(r"\s*(?P<key>do|goto|call|let|set|end|deal)\s+\w")
_WORDED = re.compile(r"\s*(?P<word>when|unless|while|not|If|WHEN|IF)\b(?P<test>.*?)\bthen\b", re.DOTALL)
_EITHER = re.compile(r"\s*(?:either\s+)?(?P<one>[^\W\d][\w ]*?)\s*(?:\bor\b|/)\s*(?P<other>[^\W\d][\w ]*?)\s*")
_FORMATTED = re.compile(rf"\s*({NAME}):([^\W\d]\w*)\s*")
_TERNARY = re.compile(r"(?P<test>[^?{}|]+)\?(?P<yes>[^:?{}|]+):(?P<no>[^:?{}|]+)")
_LISTED = re.compile(
    rf"\s*(?:(?P<how>{'|'.join(HOWS)})\s*:)?\s*(?P<words>[^\W\d][\w’' ]*(?:[,;]\s*[^\W\d][\w’' ]*)+)\s*"
)
_OWNED = re.compile(rf"\s*(?P<name>{NAME})(?P<rest>['’]s?)\s*")
_WORD = re.compile(rf"{NAME}(?:['’]\w+)?")
#: Marks of Ren'Py, which stand in braces.
_TAG = re.compile(
    r"\s*(?P<close>/?)(?P<name>b|i|u|s|w|p|nw|fast|color|size|font|cps|alpha|plain|k|rt|rb|space|vspace|image|outlinecolor"
    r"|pause|wait|br|newline|clear|center|else|endif|end|if)"
    r"(?:=[^{}|]*)?\s*"
)
_ASKING = frozenset({"when", "while", "if"})
_ENDINGS = frozenset({"s", "es", "n", "en", "e", "er"})
#: What ink puts before the first of several, and the word that stands for it here.
_INK = MappingProxyType({"&": "cycle", "!": "once", "~": "shuffle", "$": "sequence"})
#: How often something is done: a list of these that begins with `once` is told, and says not how.
_OFTEN = frozenset({
    "twice", "thrice", "two times", "three times", "often", "always", "sometimes", "seldom", "rarely", "never", "many times",
})  # fmt: skip
_LONGEST = 60


def cure_of_guard(piece: str) -> str:
    """Say how to write `condition: words`, as other systems have it, "" where it is not that."""
    found = _GUARD.match(piece)
    return f"write `{{if {found['test'].strip()} then …}}`" if found else ""


def cure_of_first(pieces: list[str]) -> str:
    """Say how to write several parts of which the first says neither `if` nor how they are told."""
    first, *others = (each.strip() for each in pieces)
    if first[:1] in _INK and others:
        return f"write `{{{_INK[first[0]]} | {_join([first[1:].strip(), *others])}}}`"
    if first.endswith("?"):
        return f"write `{{if {first.rstrip(' ?')} then {_join(others)}}}`"
    if re.match(r"\d+\s*%", first):
        return "write `{random | … | …}` for any of them; where one is likelier, write `random:` with weights"
    if first.lower() == "once" and others and others[0].lower() in _OFTEN:
        return f"write `{{sequence | {_join([first, *others])}}}`"
    if first[:3].lower() == "if ":
        return "write `if` in small letters"
    sequence = f"`{{sequence | {_join([first, *others])}}}`"
    several = f"begin with `if … then`; or write {sequence} for one after the other, `{{random | …}}` for any"
    return nearest(first, [*HOWS]) or cure_of_guard(pieces[0]) or several


def _join(words: list[str]) -> str:
    joined = " | ".join(words)
    return joined if len(joined) <= _LONGEST and "{" not in joined else "… | …"


def untold_word(how: str, arms: list[str]) -> tuple[str, str] | None:
    """Return what is said of a word before several parts that was meant to be told, and its cure; None where it says how."""
    words = [each.strip() for each in arms]
    if how == "once" and words[0].lower() in _OFTEN:
        return (
            "`once` says how the others are told, and is not told itself",
            f"write `{{sequence | {_join([how, *words])}}}`",
        )
    if how != "once" and len(words) == 1 and words[0]:
        fix = f"write `{{{how} | {how} | {words[0][:_LONGEST]}}}` if the word is one of them; else take the braces and the word out"
        return f"there is one part alone for `{how}` to choose from", fix
    return None


def fault_in_braces(source: str, start: int, scope: Scope) -> SourceFault | None:
    """Return what is wrong in braces that hold no expression; `start` is where they begin in the text."""
    end = start + len(source)
    if source.startswith("{"):
        fix = f"write `{{{source.strip('{} ')}}}`"
        return SourceFault("SQ301", "one pair of braces is enough", start, end, fix=fix)
    if step := _STEP.match(source):
        fix = f"write `{step['key']}:` as a step of its own, outside the text"
        return SourceFault("SQ301", f"`{step['key']}` is no part of a text", start, end, fix=fix)
    if source.startswith("%"):
        fix = "write `{if … then … | …}`, with the words inside the braces"
        return SourceFault("SQ315", f"`{{{source}}}` is a sign of another system", start, end, fix=fix)
    if cure := _cure_of_question(source):
        return SourceFault("SQ312", "it is not said when this part is told", start, end, fix=cure)
    if cure := _cure_of_several(source, scope):
        return SourceFault("SQ312", "it is not said which of these is told", start, end, fix=cure)
    return _fault_of_name(source, start, scope) or _fault_in_words(source, start, scope)


def _cure_of_question(source: str) -> str:
    """Say how to write a question with its words as other systems have it, "" where it is none."""
    if worded := _WORDED.match(source):
        test = worded["test"].strip()
        return f"write `{{if {test if worded['word'].lower() in _ASKING else f'not {test}'} then …}}`"
    if ternary := _TERNARY.fullmatch(source):
        test, yes, no = (each.strip() for each in ternary.groups())
        return f"write `{{if {test} then {yes} | {no}}}`"
    return "" if _LISTED.fullmatch(source) else cure_of_guard(source)


def _cure_of_several(source: str, scope: Scope) -> str:
    """Say how to write several words of which one is told, "" where there are none."""
    if listed := _LISTED.fullmatch(source):
        words = [each.strip() for each in re.split("[,;]", listed["words"])]
        return f"write `{{{listed['how'] or 'random'} | {_join(words)}}}`"
    if (either := _EITHER.fullmatch(source)) and not any(_is_known(scope, each) for each in re.findall(r"\w+", source)):
        return f"write `{{random | {either['one']} | {either['other']}}}`"
    return ""


def _fault_of_name(source: str, start: int, scope: Scope) -> SourceFault | None:
    """Return what is wrong with a name in braces that has something of other systems behind it, None where it has nothing."""
    end = start + len(source)
    if formatted := _FORMATTED.fullmatch(source):
        fix = f"write `{{{formatted[1]}}}` alone; `cap(…)` and `lower(…)` change its letters, and `:2` gives decimals"
        return SourceFault("SQ301", f"`:{formatted[2]}` means nothing here", start, end, fix=fix)
    owned = _OWNED.fullmatch(source)
    if owned and (_is_known(scope, owned["name"]) or owned["rest"] != "'"):
        fix = f"write `{{{owned['name']}}}{owned['rest']}`, with the ending outside"
        return SourceFault("SQ301", "braces hold the name alone", start, end, fix=fix)
    return None


def fault_of_tag(source: str, start: int, before: str, scope: Scope) -> SourceFault | None:
    """Return what is wrong with braces that hold a mark of another system, or the ending of a word; None where they hold neither.

    `start` is where they begin in the text, `before` what stands right before them.
    """
    name, end, tag = source.strip(), start + len(source), _TAG.fullmatch(source)
    if (tag is None and name not in _ENDINGS) or _is_known(scope, name):
        return None
    if name in _ENDINGS and before[-2:-1].isalpha():
        word = re.findall(r"\w+", before[:-1])[-1]
        fix = f"write `{{plural(n, '{word}', '{word}{name}')}}`, with what is counted for `n`"
        return SourceFault("SQ201", f"`{{{name}}}` is no ending by itself", start, end, fix=fix)
    if tag and tag["name"] in {"else", "endif", "end", "if"}:
        fix = "write `{if … then … | …}`, with the words inside the braces"
        return SourceFault("SQ315", f"`{{{name}}}` is a sign of another system", start, end, fix=fix)
    if tag:
        is_style = tag["name"] in {"b", "i", "u", "s"}
        fix = (
            "write `*so*` or `**so**` around the words"
            if is_style
            else "take it out: whoever plays chooses how it looks and how fast it comes"
        )
        return SourceFault("SQ315", f"`{{{name}}}` is a sign of another system", start, end, fix=fix)
    return None


def is_closing(source: str) -> bool:
    """Tell whether braces hold what closes a mark of another system, which is told where it opens."""
    tag = _TAG.fullmatch(source)
    return source.startswith("%") or (
        tag is not None and (bool(tag["close"]) or tag["name"] in {"else", "endif", "end"})
    )


def _fault_in_words(source: str, start: int, scope: Scope) -> SourceFault | None:
    """Return what is wrong with words in braces that are no expression, None where they are something else."""
    words = source.split()
    if (
        len(words) < 2
        or not all(_WORD.fullmatch(each) for each in words)
        or {"if", "and", "or", "in", "not"} & {*words}
    ):
        return None
    known = [*dict.fromkeys(each for each in words if _is_known(scope, each))]
    joined = "_".join(words)
    if _is_known(scope, joined):
        known = [joined]
    fix = "take the braces out, or write `\\{` for the sign itself; braces hold a name, or `if … then …`"
    if len(known) == 1:
        fix = f"write `{{{known[0]}}}`, the name alone"
    return SourceFault("SQ207", f"`{' '.join(words)}` cannot be a name", start, start + len(source), fix=fix)


def _is_known(scope: Scope, name: str) -> bool:
    names = scope.names
    is_declared = any(name in each for each in (names.formulas, names.tables, names.kinds, names.phrases))
    return is_declared or name in scope.locals or name in FUNCTIONS or names.kind_of(name) is not None
