"""Words and signs of other systems that authors bring along, and what they are called here."""

import re
from types import MappingProxyType

from siberia_quest.model.letters import NAME

_WHEN = "write `when:` with its branches: `- if: …` with `then:` for each, and `- else: …` as the last"
_KEYS = MappingProxyType({
    "theme": "take it out: there is one look for all stories",
    "include": "take it out: every .yaml file in the story's folder is read", "author": "write `by:`", "title": "write `story:`",
    "else if": _WHEN, "elif": _WHEN, "elseif": _WHEN, "elsif": _WHEN, "else_if": _WHEN, "otherwise": "write `else:`",
    "default": "write `else:`", "unless": "write `if: not …`", "switch": "write `match:` with `cases:`",
    "condition": "write `if:`", "requires": "write `needs:`", "require": "write `needs:`",
    "jump": "write `goto:`", "divert": "write `goto:`", "go to": "write `goto:`", "go": "write `goto:`", "link": "write `goto:`",
    "next": "write `goto:`", "target": "write `goto:`", "gosub": "write `call:`", "gosub_scene": "write `call:`",
    "tunnel": "write `call:`", "option": "write `choices:`, and under it `- text: …`", "set": "write `do:`",
    "options": "write `choices:`, and under it `- text: …`", "choice": "write `choices:`, and under it `- text: …`",
    "menu": "write `choices:`, and under it `- text: …`", "effects": "write `do:`", "effect": "write `do:`",
    "description": "write `text:`", "prose": "write `text:`", "content": "write `text:`", "body": "write `text:`",
    "finish": "write `end:`", "ending": "write `end:`", "stop": "write `end: true`", "input": "write `ask:`",
})  # fmt: skip
_GOTO, _BRANCH = (
    "write `goto:` with the name, as a step or behind a choice",
    "write `{if … then … | …}` here, or `if:` as a step",
)
_CHOICE, _DO = "write `choices:`, and under it `- text: …`", "write `do:` as a step"
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
        re.compile(r"</?(?:b|i|em|strong|br|p|u|span|font|a)\b[^<>\n]*>"),
        "write `*so*` or `**so**`; a blank line begins a paragraph",
    ),
    (re.compile(r"\[[^\[\]\n]+\]\((?:https?:|\w+[./#])[^)\n]*\)"), "write the words alone; a story has no links"),
)
_MAYBE = re.compile(r"\[\[|->|<<|\(\w|[$#][{a-z_]|</?\w|^[ \t]*[*+=~]", re.MULTILINE)
_STRUCTURE = re.compile(
    r"^[ \t]*(?:(?:- )?(?:choices|topics|steps|then|else|when)[ \t]*:[ \t]*$|(?:- )?(?:goto|leave|call|end)[ \t]*:[ \t]*\w[\w.]*[ \t]*$"
    r"|do[ \t]*:[ \t]*\w+[ \t]*[-+*]?=|-[ \t]+text[ \t]*:)",
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


def cure_of_sign(text: str) -> str:
    """Return what to write for a sign of another system in a text, "" where there is none."""
    sign = sign_in(text)
    return sign[2] if sign else ""


#: A whole step in which the colon, or the key of an effect, is missing.
_BARE = re.compile(
    rf"(?P<key>goto|label|(?:leave|call|deal|achieve)(?=.*[_.(]))[ ]+(?P<rest>{NAME}(?:\.{NAME})*(?:\([^()]*\))?)[ ]*"
)
_EFFECT = re.compile(rf"(?:(?:do|set)[ ]+)?(?P<rest>{NAME}[ ]*(?:[-+*]=|=(?!=))[ ]*[^=\s][^=\n.!?…]*)")


def bare_step_in(text: str) -> tuple[str, str] | None:
    """Return the key that is missing, or without its colon, in a text that is a whole step, and what belongs behind it."""
    bare = _BARE.fullmatch(text)
    if bare:
        return bare["key"], bare["rest"]
    effect = _EFFECT.fullmatch(text)
    return ("do", effect["rest"].strip()) if effect else None


def key_in(text: str) -> tuple[int, int] | None:
    """Return where a line of a text reads like a key of the language with what belongs to it; None where none does."""
    found = _STRUCTURE.search(text)
    return (found.end() - len(found[0].lstrip()), found.end()) if found else None


def cure_of_key(key: str, known: tuple[str, ...]) -> str:
    """Return what to write for a key of another system, "" where it is of none; `known` are the keys that may stand there."""
    word = " ".join(key.lower().split())
    if word.startswith("if "):
        return f"write `if: {key.split(maxsplit=1)[1]}`, and `then:` with what follows on the next line"
    if word.startswith(("else if ", "elif ", "elseif ")):
        return _WHEN
    fix = _KEYS.get(word, "")
    wanted = re.findall(r"`(\w+):", fix)
    return fix if not wanted or wanted[0] in {*known, "when"} else ""
