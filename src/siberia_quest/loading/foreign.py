"""Words and signs of other systems that authors bring along, and what they are called here."""

import re
from types import MappingProxyType

_WHEN = "write `when:` with its branches: `- if: …` with `then:` for each, and `- else: …` as the last"
_KEYS = MappingProxyType({
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


def cure_of_key(key: str, known: tuple[str, ...]) -> str:
    """Return what to write for a key of another system, "" where it is of none; `known` are the keys that may stand there."""
    word = " ".join(key.lower().split())
    if word.startswith("if "):
        return f"write `if: {key.split(maxsplit=1)[1]}`, and `then:` with what follows on the next line"
    if word.startswith(("else if ", "elif ", "elseif ")):
        return _WHEN
    fix = _KEYS.get(word, "")
    wanted = re.findall(r"`(\w+):", fix)
    return fix if wanted and wanted[0] in {*known, "when"} else ""
