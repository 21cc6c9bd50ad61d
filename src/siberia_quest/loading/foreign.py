"""Words and signs of other systems that authors bring along, and what they are called here."""

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from siberia_quest.loading.foreign_keys import cure_of_key
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.model.language_keys import NAMES
from siberia_quest.model.letters import NAME

_CHOICE = "write `choices:`, and under it `- text: …`"
_CALLS, _ENDS, _PAUSES = (
    "write `call:` with the name, as a step",
    "write `end: true`, as a step",
    "write `pause:`, as a step",
)
_GOTO, _BRANCH = (
    "write `goto:` with the name, as a step or behind a choice",
    "write `{if … then … | …}` here, or `if:` as a step",
)
_DO, _STAR = "write `do:` as a step", "write `*so*` or `**so**`; a blank line begins a paragraph"
_ROWS = "put a blank line between the lines, or a `\\` at the end of each: else they run together"
#: Signs in prose, each with its cure.
_SIGNS = (
    (re.compile(r"\[\[[^\[\]\n]+\]\]"), "write `choices:`, and under it `- text: …` with `goto:`"),
    (re.compile(r"(?:^|(?<=[ \t]))->[ \t]*(?:END|DONE)[ \t]*$", re.MULTILINE), _ENDS),
    (re.compile(r"^[ \t]*->[ \t]*\w[\w.]*[ \t]*->[ \t]*$", re.MULTILINE), _CALLS),
    (re.compile(r"^[ \t]*->[ \t]*\w[\w.]*[ \t]*$", re.MULTILINE), _GOTO),
    (re.compile(r"[ \t]->[ \t]*\w[\w.]*[ \t]*$", re.MULTILINE), _GOTO),
    (re.compile(r"<<[ \t]*(?:if|else|elseif|endif|/if)\b[^>\n]*>>"), _BRANCH),
    (re.compile(r"<<[ \t]*set\b[^>\n]*>>|\(set:[^)\n]*\)|^[ \t]*~[ \t]*\w+[ \t]*[-+*]?="), _DO),
    (re.compile(r"<<[ \t]*(?:link|button|goto|jump|include)\b[^>\n]*>>|\((?:link|link-goto|goto):[^)\n]*\)"), _GOTO),
    (re.compile(r"\((?:if|else-if|unless):[^)\n]*\)"), _BRANCH),
    (re.compile(r"^[ \t]*\*(?:choice|fake_choice)\b", re.MULTILINE), _CHOICE),
    (re.compile(r"^[ \t]*\*(?:goto|goto_scene)\b", re.MULTILINE), _GOTO),
    (re.compile(r"^[ \t]*\*(?:gosub|gosub_scene)\b", re.MULTILINE), _CALLS),
    (re.compile(r"^[ \t]*\*(?:finish|ending)\b", re.MULTILINE), _ENDS),
    (re.compile(r"^[ \t]*\*page_break\b", re.MULTILINE), _PAUSES),
    (re.compile(r"^[ \t]*\*input_(?:text|number)\b", re.MULTILINE), "write `ask:`, as a step"),
    (
        re.compile(r"^[ \t]*\*(?:comment|line_break|image|label|stat_chart|rand)\b", re.MULTILINE),
        "write `note:`, `label:` or `show:` as a step; a blank line is a break",
    ),
    (re.compile(r"^[ \t]*\*(?:if|elseif|else)\b", re.MULTILINE), _BRANCH),
    (re.compile(r"^[ \t]*\*(?:set|temp|create|rand)\b", re.MULTILINE), _DO),
    (re.compile(r"^[ \t]*[*+][ \t]*\[[^\]\n]+\]", re.MULTILINE), _CHOICE),
    (
        re.compile(r"^[ \t]*={2,3}[ \t]*\w+[ \t]*=*[ \t]*$", re.MULTILINE),
        "write a passage of that name under `passages:`",
    ),
    (re.compile(r"[$#](?=\{)"), "write the braces alone"),
    (re.compile(r"\$[a-z_]\w+"), "write the name in braces, without its `$`"),
    (
        re.compile(
            r"</?(?:b|i|em|strong|br|p|u|s|span|font|a|h[1-6]|hr|div|ul|ol|li|center|small|big|tt|code|pre|sup|sub|table|tr|td|img|blockquote)\b[^<>\n]*>|\[/?(?:b|i|u|em|color|size|url)\b[^\[\]\n]*\]"
        ),
        _STAR,
    ),
    (re.compile(r"\[[^\[\]\n]+\]\((?:https?:|\w+[./#])[^)\n]*\)"), "write the words alone; a story has no links"),
    (
        re.compile(r"<!--|^[ \t]*//(?=\s)|^[ \t]*/\*|(?<=\S)[ \t]+#(?=[ \t]+[^\W\d])", re.MULTILINE),
        "write `note:` as a step; within a text nothing is a note",
    ),
    (
        re.compile(r"^[ \t]*#{1,6}[ \t]+\S.*$", re.MULTILINE),
        "write `**so**`, in a paragraph of its own; a passage has a `title:`",
    ),
    (
        re.compile(r"^[ \t]*(?:\*{3,}|\*[ \t]\*[ \t]\*|_{3,}|={3,}|-{4,}|#)[ \t]*$", re.MULTILINE),
        "write `---`, for a scene break",
    ),
    (re.compile(r"(?:^[ \t]*[-+•*][ \t]+\S.*(?:\n|$)){2,}", re.MULTILINE), _ROWS),
    (re.compile(r"(?:^[ \t]*\d{1,2}[.)][ \t]+\S.*(?:\n|$)){2,}", re.MULTILINE), _ROWS),
    (re.compile(r"(?:^[ \t]*\|.*\|[ \t]*(?:\n|$)){2,}", re.MULTILINE), _ROWS),
    (re.compile(r"(?<![\w{])(?:__(?=\S)[^_\n]+__|_(?=\S)[^_\n]+(?<=\S)_)(?![\w}])|~~[^~\n]+~~"), _STAR),
    (re.compile(r"`[^`\n]+`|^```.*$", re.MULTILINE), _STAR),
    (re.compile(r"(?<![\w=+])(?:==(?=[^\s=])[^=\n{}]+(?<=\S)==|\+\+(?=[^\s+])[^+\n{}]+(?<=\S)\+\+)(?![\w=+])"), _STAR),
    (
        re.compile(
            r"(?<![\w:/])//(?=[^\s/{}])[^/\n{}]+(?<=\S)//(?![\w/])|(?<![\w'])''(?=[^\s'{}])[^'\n{}]+''(?![\w'])"
        ),
        _STAR,
    ),
    (re.compile(r"^[ \t]*(?:>{2,}|<{2,})[ \t]+\S.*$", re.MULTILINE), "write `> ` for a quotation, with one sign"),
    (re.compile(r"\\[nt](?![a-z])"), "a blank line begins a paragraph, and a `\\` at the end of a line ends the line"),
    (re.compile(r"&(?:[a-z]{2,8}|#\d{2,5});"), "write the sign itself"),
    (re.compile(r"\Aif\b[^\n{}]*\bthen\b"), _BRANCH),
    (re.compile(r"\A(?:\+[ \t]+|->[ \t]*\w+[ \t]+)\S[^\n]*"), _CHOICE),
    (re.compile(r"\[\?[ \t]*if\b[^\]\n]*\?\]"), _BRANCH),
    (re.compile(r"\[\+[^\]\n]+\+\]"), "write the name in braces, without its brackets"),
    (
        re.compile(r"\A[a-z]\w*(?:[ \t]+[a-z]\w*)?[ \t]+\"[^\"\n]+\"\Z"),
        "write as prose who speaks: `“Hello,” says Eileen.`",
    ),
)
#: What prose has where a sign of another system may stand.
_SIGNED = re.compile(r"[\[<>$@%｛`~#&\\_|=/*+•(-]|\Aif\b|\d[.)]|''|\A[a-z]\w*[ \t]+(?:[a-z]\w*[ \t]+)?\"")
#: A name as other systems have it in prose.
_HELD = re.compile(
    rf"(?<![\w@])@({NAME})\b|%\(?({NAME})(?:%|\)s)|(?<!\[)\[({NAME})\](?!\()|<({NAME})>|[｛]({NAME})[｝]"
)
_COMPARED = re.compile(rf"(?P<name>{NAME})\s*(?:[<>]=?|[!=]=)\s*\w+")
_BRACES = re.compile(r"\{[^{}]*\}")
_CHANGED = re.compile(rf"(?<![\w{{.])(?P<name>{NAME})[ \t]*(?:[-+*]=[ \t]*[\w'\"]+|\+\+|--(?![-\w]))")
_MAYBE = re.compile(
    r"\A[a-z]\w*[ \t]+(?:[a-z]\w*[ \t]+)?\"|//|''|==|\+\+|^[ \t]*[<>]{2}|\[|->|<<|<!|</?\w|\(\w|[$@%｛`~]|#|&[#\w]|\\[nt]|(?<!\w)_"
    r"|\Aif\b|^[ \t]*(?:[-*+=~|/_•]|\d+[.)])",
    re.MULTILINE,
)
_STRUCTURE = re.compile(
    r"^[ \t]*(?:(?:- )?(?:choices|topics|steps|then|else|when)[ \t]*:[ \t]*$|(?:- )?(?:goto|leave|call|end)[ \t]*:[ \t]*\w[\w.]*[ \t]*$"
    r"|do[ \t]*:[ \t]*\w+[ \t]*[-+*]?=|-[ \t]+text[ \t]*:|(?:- )?[a-z]\w*[ \t]*:[ \t]*[|>][+-]?[ \t]*$"
    r"|(?:once|again|done|reusable|fallback|quiet)[ \t]*:[ \t]*(?:true|false)[ \t]*$"
    r"|(?:- )?(?:if|needs|id|let|match|deal|check)[ \t]*:[ \t]+\S)",
    re.MULTILINE,
)


def sign_in(text: str) -> tuple[int, int, str] | None:
    """Return where a sign of another system stands in prose, and what to write instead; None where there is none."""
    if _MAYBE.search(text) is None:
        return None
    for sign, fix in _SIGNS:
        if found := sign.search(text):
            begin = found.end() - len(found[0].lstrip())
            return begin, found.end(), fix
    return None


def name_in(text: str, is_told: Callable[[str], bool]) -> tuple[int, int, str] | None:
    """Return where a name of the story stands between signs of another system, and what to write; None where none does."""
    for found in _HELD.finditer(text):
        name = next(filter(None, found.groups()), "")
        if is_told(name):
            return found.start(), found.end(), f"write `{{{name}}}`"
    return None


def change_in(text: str, is_told: Callable[[str], bool]) -> tuple[int, int, str] | None:
    """Return where a text changes a value of the story, as in `coins += 1`, and what to write; None where it does not."""
    if "=" not in text and "++" not in text and "--" not in text:
        return None
    outside = _BRACES.sub(lambda braces: "#" * len(braces[0]), text)
    for found in _CHANGED.finditer(outside):
        if is_told(found["name"]):
            return (
                found.start(),
                found.end(),
                "write `do:` with what changes, and `text:` with the words, each on a line of its own",
            )
    return None


def question_in(text: str, is_told: Callable[[str], bool]) -> tuple[int, int, str] | None:
    """Return where a text is nothing but a question about a value, and what to write; None where it is something else."""
    found = _COMPARED.fullmatch(text.strip())
    if not found or not is_told(found["name"]):
        return None
    return 0, len(text.rstrip()), "write the words that the player reads; a condition stands under `if:` or `needs:`"


def signs_in(text: str, is_told: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Yield where signs of other systems stand in prose, and what to write; of those that are mended alike, and of one line, the first."""
    fixes: set[str] = set()
    while sign := _find_sign(text, is_told):
        begin, end, fix = sign
        if fix in fixes:
            return
        yield sign
        fixes.add(fix)
        begin, end = text.rfind("\n", 0, begin) + 1, text.find("\n", end - 1)
        end = len(text) if end < 0 else end
        text = text[:begin] + "." * (end - begin) + text[end:]


def _find_sign(text: str, is_told: Callable[[str], bool]) -> tuple[int, int, str] | None:
    """Return where a sign of another system stands in prose, and what to write; None where there is none."""
    if text.isalnum() or not _SIGNED.search(text):
        return None
    return name_in(text, is_told) or sign_in(text) or change_in(text, is_told) or question_in(text, is_told)


def cure_of_sign(text: str) -> str:
    """Return what to write for a sign of another system in a text, "" where there is none."""
    sign = sign_in(text)
    return sign[2] if sign else ""


#: A whole step in which the colon, or the key of an effect, is missing.
_BARE = re.compile(rf"(?P<key>[a-z]+(?: to)?)[ ]+(?P<rest>(?P<name>{NAME}(?:\.{NAME})*)(?:\([^()]*\))?)[ ]*[.;]?[ ]*")
_EFFECT = re.compile(rf"(?:(?:do|set|\$|~|let)[ ]+)?(?P<rest>{NAME}[ ]*(?:[-+*]=|=(?!=))[ ]*[^=\s][^=\n.!?…]*)")
_CONDITIONAL = re.compile(rf"(?P<key>goto|call|end|leave) (?P<to>{NAME}(?:\.{NAME})*) (?:if|when) (?P<test>[^.!?…]+)")
_TOLD = re.compile(r"(text|say) ([^\W\d_a-z].*)")
_CALLED = re.compile(r"(?:leave|call|deal|achieve) .*[_.(].*")
#: Keys that say all by themselves.
_ALONE = MappingProxyType({
    "end": "end: true", "stop": "end: true", "finish": "end: true", "quit": "end: true", "return": "return: true", "pause": "pause: true",
})  # fmt: skip

_ENDED = re.compile(rf"[*-]{{0,2}}(?:the )?({'|'.join(_ALONE)})(?: of story| game)?[.:!]?", re.IGNORECASE)


def bare_step_in(text: str, known: tuple[str, ...], is_name: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return what is written, and what to write, where a text is a whole step without its colon or its key.

    `known` are the keys of a step, `is_name` tells whether a word is a name of the story.
    """
    alone = _ENDED.fullmatch(text)
    if alone or text in known:
        return text, _ALONE[alone[1].lower()] if alone else f"{text}: …"
    bare = _BARE.fullmatch(text)
    if bare and (is_name(bare["name"]) or bare["key"] in {"goto", "label"} or _CALLED.fullmatch(text)):
        key = (
            bare["key"]
            if bare["key"] in known
            else next(iter(re.findall(r"`(\w+):", cure_of_key(bare["key"], known))), "")
        )
        if key:
            return bare["key"], f"{key}: {bare['rest']}"
    if (way := _CONDITIONAL.fullmatch(text)) and is_name(way["to"]):
        return way["key"], f"{way['key']}: {way['to']}` below `if: {way['test']}"
    if told := _TOLD.fullmatch(text):
        return told[1], f"text: {told[2]}"
    effect = _EFFECT.fullmatch(text)
    return ("", f"do: {effect['rest'].strip()}") if effect else None


def key_in(text: str) -> tuple[int, int] | None:
    """Return where a line of a text reads like a key of the language with what belongs to it; None where none does."""
    found = _STRUCTURE.search(text)
    return (found.end() - len(found[0].lstrip()), found.end()) if found else None


#: What is written where one value stands instead of several with their names.
_INSTEAD = MappingProxyType({
    "`storylet`": "write `storylet: {{tag: {}}}`", "`expect`": "write `expect: {{text: {}}}`",
    "`passages:`": "write the name of each passage with a colon, and what belongs to it below, indented",
})  # fmt: skip


def cure_of_mapping(node: Node, what: str) -> str:
    """Say how to write names with values where something else stands; `what` names the place."""
    items = node.items if isinstance(node, Sequence) else ()
    words = [each.text for each in items if isinstance(each, Scalar)]
    if words and (fix := _cure_of_words(words, what)):
        return fix
    if items and isinstance(first := items[0], Mapping) and first.pairs:
        return f"take the dashes out: `{first.pairs[0][0].text}:` in a line of its own, and the others below it"
    if what.startswith("the setting"):
        return "write `{ask: …, one_of: […]}`, with the question and what can be chosen"
    fix = _INSTEAD.get(what, "write `name: value`, one to a line")
    return fix.format(node.text if isinstance(node, Scalar) and isinstance(node.value, str) else "…")


def _cure_of_words(words: list[str], what: str) -> str:
    """Say how to write a list of words where names with values are wanted, "" where nobody can tell."""
    first, last = words[0], words[-1]
    before = "write before each the number from which it holds"
    if what == "`bands`":
        return f"{before}: `{{0: {first}, 50: {last}}}`"
    if what.startswith("the table"):
        return f"{before}: `{{0: {first}, 5: {last}}}`"
    if what == "`deal`":
        return f"write `deal: {first}`, without the brackets"
    if what.endswith(":`"):
        return f"write each with a colon and without its dash, as in `{first}: …`"
    if len(words) == 2 and what == "`check`":
        return f"write `{{stat: {first}, against: {last}}}`"
    is_range = len(words) == 2 and what.startswith("the stat")
    return f"write `{{start: {first}, range: [{first}, {last}]}}`" if is_range else ""


def cure_of_list(node: Node, what: str = "") -> str:
    """Say how to write a list where something else stands: by another dash, or choices by their words alone; `what` names the place."""
    if what in {"`choices`", "`topics`"} and isinstance(node, Scalar):
        return "write `- text: …` for each, in lines of their own below it"
    if isinstance(node, Scalar) and "|" in node.text:
        return "write `- ` and the words of each, in lines of their own below it"
    return _cure_of_names(node, what)


def _cure_of_names(node: Node, what: str) -> str:
    """Say how to write names with values where a list is wanted."""
    key, under = node.pairs[0] if isinstance(node, Mapping) and node.pairs else (node, node)
    is_choice = what in {"`choices`", "`topics`"} and isinstance(key, Scalar) and key.text not in NAMES["choice"]
    if is_choice and isinstance(key, Scalar) and isinstance(under, Mapping):
        word = "id" if under.get("text") is not None else "text"
        return f"write `- {word}: {key.text}`, and what belongs to it below, in the column of `{word}:`"
    if not isinstance(key, Scalar) or not isinstance(under, Scalar):
        return "begin each item with `- `"
    if key.text[:1] in set("–—−•"):
        return f"begin each item with `- `, the sign on the keyboard, and not with `{key.text[0]}`"
    if what == "`when`":
        is_named = key is not under and key.text not in NAMES["branch"]
        return f"write `- if: {key.text}` and `then:` below it, for each" if is_named else "begin each item with `- `"
    if what == "`random`" and key is not under:
        return "begin each item with `- `; where one is likelier, `- weight: 2` with `then:` below it"
    if key is not under and is_choice and under.text:
        return f"write `- text: {key.text}`, and `goto: {under.text}` below it"
    return "begin each item with `- `"
