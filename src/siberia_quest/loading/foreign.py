"""Words and signs of other systems that authors bring along, and what they are called here."""

import re
from collections.abc import Callable
from types import MappingProxyType

from siberia_quest.loading.tree import Mapping, Node, Scalar
from siberia_quest.model.language_keys import IN_WORDS, NAMES, Shape
from siberia_quest.model.letters import NAME

#: A key that as many sorts of mappings have is not said to belong to one.
_HOMES = 3

_WHEN = "write `when:` with its branches: `- if: …` with `then:` for each, and `- else: …` as the last"
_CHOICE = "write `choices:`, and under it `- text: …`"
_LOOP = "write `label:` before it, and `goto:` that label behind it, under an `if:`"
_RANGE = "write `range: [0, 100]` with both bounds"
_SHOWN = "only a stat has it: declare this under `stats:`"
_KEYS = MappingProxyType({
    "theme": "take it out: there is one look for all stories", "motion": "take it out: whoever plays chooses that",
    "include": "take it out: every .yaml file in the story's folder is read", "author": "write `by:`",
    "else if": _WHEN, "elif": _WHEN, "elseif": _WHEN, "elsif": _WHEN, "else_if": _WHEN, "otherwise": "write `else:`",
    "default": "write `else:`", "unless": "write `if: not …`", "switch": "write `match:` with `cases:`",
    "condition": "write `if:`", "requires": "write `needs:`", "require": "write `needs:`", "while": _LOOP, "until": _LOOP, "repeat": _LOOP,
    "loop": _LOOP, "foreach": "write `for:` with a kind", "each": "write `for:` with a kind",
    "jump": "write `goto:`", "divert": "write `goto:`", "go to": "write `goto:`", "go": "write `goto:`", "link": "write `goto:`",
    "next": "write `goto:`", "target": "write `goto:`", "gosub": "write `call:`", "gosub_scene": "write `call:`",
    "tunnel": "write `call:`", "option": _CHOICE, "set": "write `do:`", "options": _CHOICE, "choice": _CHOICE, "menu": _CHOICE,
    "effects": "write `do:`", "effect": "write `do:`", "change": "write `do:`", "changes": "write `do:`",
    "description": "write `text:`", "prose": "write `text:`", "content": "write `text:`", "body": "write `text:`",
    "print": "write `text:`", "show_text": "write `text:`", "paragraph": "write `text:`", "hub": "write `topics:`",
    "finish": "write `end:`", "ending": "write `end:`", "stop": "write `end: true`", "input": "write `ask:`", "draw": "write `deal:`",
    "image": "write `show: {art: …, alt: …}`", "picture": "write `show: {art: …, alt: …}`", "img": "write `show: {art: …, alt: …}`",
    "sound": "write `music:`", "audio": "write `music:`",
    "play": "write `music:`", "wait": "write `pause:`", "clear": "write `pause:` for a page turn",
    "page_break": "write `pause:`", "comment": "write `note:`", "todo": "write `note:`", "var": "write `variables:`",
    "on-arrival": "write `do:`", "view-if": "write `if:`", "choose-if": "write `needs:`",
    "unavailable-subtitle": "write `locked:`", "subtitle": "write `hint:`",
    "max-visits": "write `once: true`", "temp": "write `let:`", "local": "write `let:`",
    "initial": "write `start:`", "value": "write `start:`", "image_file": "write `art:`",
})  # fmt: skip
#: The same for keys that mean something else in one shape than in another, by shape and key.
_IN_SHAPE = MappingProxyType({
    **{f"choice {key}": "write `text:` for what the player reads" for key in ("title", "name", "label", "choice", "option", "caption")},
    **{f"{shape} {key}": _RANGE for shape in ("stat", "variable") for key in ("min", "max", "minimum", "maximum", "low", "high")},
    **{f"variable {key}": _SHOWN for key in ("range", "min", "bands", "label", "show", "growth", "opposed")},
    **{f"stat {key}": "write `show: hidden`" for key in ("hidden", "visible", "secret")},
    **{f"{shape} default": "write `start:`" for shape in ("stat", "variable", "setting")},
    **{f"{shape} type": "take it out: the kind follows from what it starts with" for shape in ("stat", "variable")},
    **{f"setting {key}": "write `one_of:`" for key in ("options", "choices", "values")},
    **{f"scene {key}": "move it to the story's own file; what it declares is known everywhere"
           for key in ("stats", "endings", "achievements", "checks")},
    "story title": "write `story:`", "story name": "write `story:`", "scene name": "write `scene:`",
    "scene story": "write `scene:`, since this is not the story's own file", "scene title": "write `scene:`",
    "variable max": "only a text has it: write `text:` with what it starts with, or declare a stat with `range:`",
    "check difficulty": "write `against:`", "check value": "write `against:`", "check dc": "write `against:`",
    "check chance": "write `odds:`",
    "ask question": "write `prompt:`", "ask text": "write `prompt:`", "ask variable": "write `into:`", "ask var": "write `into:`",
    "ask or": "write it beside `ask:`, not among what belongs to it",
    "walkthrough picks": "write `play:`",
    "walkthrough steps": "write `play:`", "ask name": "write `into:`",
    "ask min": "write `range:`, with both bounds", "music speed": "write `tempo:`",
    "music file": "write `tune:`", "deal cooldown": "write it under `storylet:`",
    "passage name": "take it out, or write `title:` for the player: the passage's name is the key above",
    "passage id": "take it out: the passage's name is the key above",
    "step needs": "write `if:`", "step id": "take it out: only a choice has one",
    "step say": "write `text:`",
})  # fmt: skip
_GOTO, _BRANCH = (
    "write `goto:` with the name, as a step or behind a choice",
    "write `{if … then … | …}` here, or `if:` as a step",
)
_DO, _STAR = "write `do:` as a step", "write `*so*` or `**so**`; a blank line begins a paragraph"
_ROWS = "put a blank line between the lines, or a `\\` at the end of each: else they run together"
#: Signs in prose, each with its cure.
_SIGNS = (
    (re.compile(r"\[\[[^\[\]\n]+\]\]"), "write `choices:`, and under it `- text: …` with `goto:`"),
    (re.compile(r"^[ \t]*->[ \t]*\w[\w.]*[ \t]*$", re.MULTILINE), _GOTO),
    (re.compile(r"[ \t]->[ \t]*\w[\w.]*[ \t]*$", re.MULTILINE), _GOTO),
    (re.compile(r"<<[ \t]*(?:if|else|elseif|endif|/if)\b[^>\n]*>>"), _BRANCH),
    (re.compile(r"<<[ \t]*set\b[^>\n]*>>|\(set:[^)\n]*\)|^[ \t]*~[ \t]*\w+[ \t]*[-+*]?="), _DO),
    (re.compile(r"<<[ \t]*(?:link|button|goto|jump|include)\b[^>\n]*>>|\((?:link|link-goto|goto):[^)\n]*\)"), _GOTO),
    (re.compile(r"\((?:if|else-if|unless):[^)\n]*\)"), _BRANCH),
    (re.compile(r"^[ \t]*\*(?:choice|fake_choice)\b", re.MULTILINE), _CHOICE),
    (re.compile(r"^[ \t]*\*(?:goto|goto_scene|finish|page_break|gosub)\b", re.MULTILINE), _GOTO),
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
            r"</?(?:b|i|em|strong|br|p|u|span|font|a|h[1-6]|hr|div|ul|li)\b[^<>\n]*>|\[/?(?:b|i|u|em|color|size|url)\b[^\[\]\n]*\]"
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
    (re.compile(r"\\[nt](?![a-z])"), "a blank line begins a paragraph, and a `\\` at the end of a line ends the line"),
    (re.compile(r"&(?:[a-z]{2,8}|#\d{2,5});"), "write the sign itself"),
    (re.compile(r"\Aif\b[^\n{}]*\bthen\b"), _BRANCH),
    (re.compile(r"\A(?:\+[ \t]+|->[ \t]*\w+[ \t]+)\S[^\n]*"), _CHOICE),
    (re.compile(r"\[\?[ \t]*if\b[^\]\n]*\?\]"), _BRANCH),
    (re.compile(r"\[\+[^\]\n]+\+\]"), "write the name in braces, without its brackets"),
    (re.compile(r"\A[a-z]\w*[ \t]+\"[^\"\n]+\"\Z"), "write as prose who speaks: `“Hello,” says Eileen.`"),
)
#: A name as other systems have it in prose.
_HELD = re.compile(
    rf"(?<![\w@])@({NAME})\b|%\(?({NAME})(?:%|\)s)|(?<!\[)\[({NAME})\](?!\()|<({NAME})>|[｛]({NAME})[｝]"
)
_MAYBE = re.compile(
    r"\A[a-z]\w*[ \t]+\"|\[|->|<<|<!|</?\w|\(\w|[$@%｛`~]|#|&[#\w]|\\[nt]|(?<!\w)_|\Aif\b|^[ \t]*(?:[-*+=~|/_•]|\d+[.)])",
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


def cure_of_sign(text: str) -> str:
    """Return what to write for a sign of another system in a text, "" where there is none."""
    sign = sign_in(text)
    return sign[2] if sign else ""


#: A whole step in which the colon, or the key of an effect, is missing.
_BARE = re.compile(rf"(?P<key>[a-z]+(?: to)?)[ ]+(?P<rest>(?P<name>{NAME}(?:\.{NAME})*)(?:\([^()]*\))?)[ ]*")
_EFFECT = re.compile(rf"(?:(?:do|set)[ ]+)?(?P<rest>{NAME}[ ]*(?:[-+*]=|=(?!=))[ ]*[^=\s][^=\n.!?…]*)")
_CALLED = re.compile(r"(?:leave|call|deal|achieve) .*[_.(].*")
#: Keys that say all by themselves.
_ALONE = MappingProxyType({
    "end": "end: true", "stop": "end: true", "finish": "end: true", "quit": "end: true", "return": "return: true", "pause": "pause: true",
})  # fmt: skip


def bare_step_in(text: str, known: tuple[str, ...], is_name: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return what is written, and what to write, where a text is a whole step without its colon or its key.

    `known` are the keys of a step, `is_name` tells whether a word is a name of the story.
    """
    if text in _ALONE or text in known:
        return text, _ALONE.get(text, f"{text}: …")
    bare = _BARE.fullmatch(text)
    if bare and (is_name(bare["name"]) or bare["key"] in {"goto", "label"} or _CALLED.fullmatch(text)):
        key = (
            bare["key"] if bare["key"] in known else next(iter(re.findall(r"`(\w+):", _KEYS.get(bare["key"], ""))), "")
        )
        if key:
            return bare["key"], f"{key}: {bare['rest']}"
    effect = _EFFECT.fullmatch(text)
    return ("", f"do: {effect['rest'].strip()}") if effect else None


def key_in(text: str) -> tuple[int, int] | None:
    """Return where a line of a text reads like a key of the language with what belongs to it; None where none does."""
    found = _STRUCTURE.search(text)
    return (found.end() - len(found[0].lstrip()), found.end()) if found else None


def cure_of_key(key: str, known: tuple[str, ...], shape: Shape | None = None) -> str:
    """Say what to write for a key that a shape does not have: one of another system, or of another shape; "" where nobody can tell.

    `known` are the keys that may stand there.
    """
    word = " ".join(key.lower().split())
    if word in known:
        return f"did you mean `{word}`?"
    if shape == "weighted" and (share := re.fullmatch(r"(\d+)[ ]?%?", word)):
        return f"write `- weight: {share[1]}`, and `then:` with what follows below it"
    if word.startswith("if "):
        return f"write `if: {key.split(maxsplit=1)[1]}`, and `then:` with what follows on the next line"
    if word.startswith(("else if ", "elif ", "elseif ")):
        return _WHEN
    if shape and (fix := _IN_SHAPE.get(f"{shape} {word}", "")):
        return fix
    fix = _KEYS.get(word, "")
    wanted = re.findall(r"`(\w+):", fix)
    return fix if not wanted or wanted[0] in {*known, "when"} else ""


def home_of_key(key: str) -> str:
    """Say where a key of the language belongs that stands in a mapping of another sort, "" where it is none, or of too many."""
    homes = [*dict.fromkeys(IN_WORDS[shape] for shape, names in NAMES.items() if key in names)]
    return f"it belongs to {' or '.join(homes)}: move it there, or take it out" if 0 < len(homes) <= _HOMES else ""


#: What is written where one value stands instead of several with their names.
_INSTEAD = MappingProxyType({
    "`storylet`": "write `storylet: {{tag: {}}}`", "`expect`": "write `expect: {{text: {}}}`",
    "`passages:`": "write the name of each passage with a colon, and what belongs to it below, indented",
})  # fmt: skip


def cure_of_mapping(node: Node, what: str) -> str:
    """Say how to write names with values where something else stands; `what` names the place."""
    if what.startswith("the setting"):
        return "write `{ask: …, one_of: […]}`, with the question and what can be chosen"
    fix = _INSTEAD.get(what, "write `name: value`, one to a line")
    return fix.format(node.text if isinstance(node, Scalar) and isinstance(node.value, str) else "…")


def cure_of_list(node: Node) -> str:
    """Say how to write a list where something else stands: by another dash, or choices by their words alone."""
    key, under = node.pairs[0] if isinstance(node, Mapping) and node.pairs else (node, node)
    if not isinstance(key, Scalar) or not isinstance(under, Scalar):
        return "begin each item with `- `"
    if key.text[:1] in set("–—−•"):
        return f"begin each item with `- `, the sign on the keyboard, and not with `{key.text[0]}`"
    if key is not under and key.text not in NAMES["choice"] and " " in key.text:
        return f"write `- text: {key.text}`, and `goto: {under.text}` below it"
    return "begin each item with `- `"
