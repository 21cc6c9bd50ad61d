"""Words for keys that authors bring along from other systems, from other shapes and from other languages, and what they are called here."""

import re
from types import MappingProxyType
from unicodedata import combining, normalize

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
    "motion": "take it out: whoever plays chooses that",
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
    "vars": "write `variables:`", "globals": "write `variables:`", "flags": "write `variables:`",
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
    "passage tag": "write `storylet: {tag: …}`, with the tag in it",
    "passage id": "take it out: the passage's name is the key above",
    "step needs": "write `if:`", "step id": "take it out: only a choice has one",
    "step say": "write `text:`",
})  # fmt: skip
#: More words that people try, by what is written here; and of one sort of mapping alone.
_TRIED = MappingProxyType({
    "write `if:`": "only if, only_if, onlyif, show if, show_if, visible if, visible_if, visible, available, available if, enabled,"
        " enabled if, conditions, cond, prerequisite, restriction, when is",
    "write `needs:`": "required, needs if, enable if, unlock if, unlocked",
    "write `if: not …`": "disabled, disable if, disabled if, disabled_if, hide if, hidden if, hide_if, if not, ifnot",
    "write `goto:`": "goes, goes to, leads to, leads_to, leads, to, dest, destination, go_to, then goto, then_goto, next_passage,"
        " passage, follow, redirect, exit to, transition",
    "write `then:`": "response, result, results, outcome, consequence, consequences, reply, reaction",
    "write `do:`": "give, gives, gain, gains, reward, add, remove, lose, loses, take, takes, update, modify, action, actions, on_enter,"
        " onenter, on enter, script, code",
    "write `hint:`": "tooltip, help",
    "take it out: a choice stays unless it says `once: true`, in `topics:` with `reusable: true`": "sticky, permanent, repeatable",
    "write `once: true`": "limit, uses, max uses, one time, one_time, onetime, single use, unique",
    "write `needs: coins >= 3` with what it costs, and `do: coins -= 3`": "cost, costs, price",
    "write `text:` with all that is told": "speaker, who, character, dialogue, dialog, line, narration, narrator, message, intro",
    "write `label:`": "anchor, bookmark, section, knot, stitch",
    "write `show: {art: …, alt: …}`": "background, bg, scene image",
    "write `journal:`": "log, diary", "write `achieve:`": "achievement, unlock",
    "write `check: {stat: …, against: …}`": "roll, test, skill check, skill_check, challenge, dice",
    "write `success:`": "on success, on_success, win, succeed, pass", "write `failure:`": "on failure, on_failure, on_fail, failed",
})  # fmt: skip
_TRIED_IN = MappingProxyType({
    ("choice", "write `done: true` in `topics:`; else `goto:` with the passage"): "exit, back",
    ("choice", "write `words: […]` with what else a player may type"): "keywords, aliases, synonyms, shortcut, key",
    ("variable", "write `start:`"): "is, begin, init", ("stat", "write `start:`"): "is, begin, init, base",
    ("variable", "write `one_of: […]`"): "options, choices, values, enum",
    ("variable", "write `set_of: […]`"): "items, members, contains, list, set, array",
    ("stat", "write `bands:`"): "levels, words, ranks, names", ("stat", "write `label:`"): "name, title, text",
    ("ending", "write `title:`"): "name, label",
})  # fmt: skip
#: Words of other languages than English for those of the language.
_TRANSLATED = MappingProxyType({
    "text": "texto, texte, testo, tekst, teksti", "title": "titel, titre, titulo, titolo, otsikko",
    "choices": "wahl, auswahl, optionen, entscheidungen, opciones, choix, scelte, escolhas, opzioni, valg",
    "goto": "gehe, gehezu, weiter, ziel, ir, aller, vers, vai", "if": "wenn, falls, si, se, hvis, jos",
    "then": "dann, entonces, alors, allora, entao", "else": "sonst, sino, sinon, altrimenti, senao",
    "end": "ende, fin, fine, fim, slut, loppu", "do": "tue, setze, hacer, faire, fai", "needs": "braucht, necesita, requiert",
    "passages": "passagen, pasajes, passaggi, szenen, abschnitte", "variables": "variablen, variabili, variaveis",
    "story": "geschichte, historia, histoire, storia", "stats": "werte, estadisticas, statistiques",
    "endings": "enden, finales, fins, finali", "start": "anfang, inicio, debut, inizio", "once": "einmal", "ask": "frage, pregunta",
    "note": "notiz, nota", "steps": "schritte, pasos, etapes",
})  # fmt: skip
_OTHER_SHARE = re.compile(r"(\d+)[ ]?%?")
_LOOPED = re.compile(rf"for (?:each |every |all )?({NAME}(?: in {NAME})?)")


def cure_of_key(key: str, known: tuple[str, ...], shape: Shape | None = None) -> str:
    """Say what to write for a key that a shape does not have: one of another system, or of another shape; "" where nobody can tell.

    `known` are the keys that may stand there.
    """
    word = " ".join(key.lower().split())
    if word in known:
        return f"did you mean `{word}`?"
    if fix := _cure_of_phrase(key, word, shape):
        return fix
    fix = (_IN_SHAPE.get(f"{shape} {word}", "") or _find_tried(word, shape)) if shape else ""
    if fix:
        return fix
    fix = _KEYS.get(word, "") or _find_tried(word, None)
    wanted = re.findall(r"`(\w+):", fix)
    return fix if not wanted or wanted[0] in {*known, "when"} else ""


def _find_tried(word: str, shape: Shape | None) -> str:
    """Return the cure of a word that people try, in a shape alone or, where that is None, everywhere; "" where there is none."""
    if shape is None:
        return next((cure for cure, words in _TRIED.items() if word in words.split(", ")), "")
    return next(
        (cure for (owner, cure), words in _TRIED_IN.items() if owner == shape and word in words.split(", ")), ""
    )


def _cure_of_phrase(key: str, word: str, shape: Shape | None) -> str:
    """Return the cure of a key that holds more than its own word, such as a condition, "" where it is its word alone."""
    first, _, rest = key.partition(" ")
    below = "and `then:` with what follows on the next line"
    if shape == "weighted" and (share := _OTHER_SHARE.fullmatch(word)):
        return f"write `- weight: {share[1]}`, and `then:` with what follows below it"
    if shape == "branch" and word in {"else if", "elif", "elseif", "elsif", "else_if"}:
        return "write `- if:`: within `when:` the first that holds is taken"
    if word.startswith(("else if ", "elif ", "elseif ")):
        return _WHEN
    if loop := _LOOPED.fullmatch(word):
        return f"write `for: {loop[1]}`, {below}"
    if shape == "branch" and first.lower() != "if" and re.search(r"[<>=]|\b(?:and|or|not|in)\b", word):
        return f"write `if: {key}`, {below}"
    return _cure_of_first(first, rest, word, shape) if rest else ""


def _cure_of_first(first: str, rest: str, word: str, shape: Shape | None) -> str:
    """Return the cure of a key by its first word, "" where that says nothing."""
    below = "and `then:` with what follows on the next line"
    match first.lower():
        case "if":
            return _KEYS.get(word, "") or _find_tried(word, None) or f"write `if: {rest}`, {below}"
        case "unless":
            return f"write `if: not {rest}`, {below}"
        case "while" | "until" | "repeat" | "loop":
            return _LOOP
        case "ask" | "goto" | "call" | "end" if shape == "step":
            return f"write `{first}: {rest}`"
        case _:
            return ""


def cure_of_other_language(key: str, known: tuple[str, ...]) -> str:
    """Say what a key in another language than English was meant for, "" where it is none."""
    plain = "".join(each for each in normalize("NFD", key.lower()) if not combining(each))
    if meant := next(
        (word for word, others in _TRANSLATED.items() if word in known and plain in others.split(", ")), ""
    ):
        return f"write `{meant}:`; the words before colons are English"
    if key.isascii() or not any(each.isalpha() and not each.isascii() for each in key):
        return ""
    some = ", ".join(
        f"`{each}:`" for each in ("title", "text", "choices", "goto", "if", "start", "passages") if each in known
    )
    return "the words before colons are English" + (f", as {some}" if some else "")


def home_of_key(key: str) -> str:
    """Say where a key of the language belongs that stands in a mapping of another sort, "" where it is none, or of too many."""
    homes = [*dict.fromkeys(IN_WORDS[shape] for shape, names in NAMES.items() if key in names)]
    return f"it belongs to {' or '.join(homes)}: move it there, or take it out" if 0 < len(homes) <= _HOMES else ""
