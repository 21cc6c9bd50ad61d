"""The keys of the language, each declared once: where it may stand, what stands under it, what it is for, and how it is read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.themes import THEME_NAMES

#: The sorts of mappings an author may write, each with keys of its own.
Shape: TypeAlias = Literal[
    "story", "scene", "step", "passage", "choice", "group", "dealt", "used menu", "stat", "growth", "variable",
    "setting", "table", "pronouns", "phrase", "phrase case", "phrase arm", "phrase turn", "ending", "achievement", "check kind", "check",
    "storylet", "ask", "deal", "dealt choices", "montage", "beat", "branch", "case", "weighted", "music",
    "show", "panel", "entry", "tests", "walkthrough", "play", "again", "expect", "style", "preference", "target",
]  # fmt: skip
#: What stands under a key, as the manual says it.
KeyContent: TypeAlias = Literal[
    "achievements", "bar, number or band", "bar, number, band or hidden", "beats", "branches", "check kind", "checks", "choices",
    "condition", "conditions", "effects", "ending", "endings", "entries", "expectations", "formulas", "id", "ids", "kind",
    "kinds", "limits", "list", "local names", "menu", "names", "number", "odds", "panels", "passage",
    "passages", "phrase", "phrases", "picks", "preferences", "prose", "question", "settings", "share", "shares",
    "stats", "stats, journal, chart or art", "steps", "style", "styles", "tables", "tag", "targets", "text",
    "texts", "toward", "tune", "two numbers", "two words", "value", "values", "variable", "variables",
    "walkthroughs", "weight, first or least_seen", "weights", "words by bound", "yes or no",
]  # fmt: skip


class Nested(NamedTuple):
    """A mapping that may stand under a key: one of a shape, several by the author's own names, or several in a list."""

    how: Literal["one", "by name", "in a list"]
    shape: Shape | Literal["anything"]


class Beside(NamedTuple):
    """A key is read with one of these beside it, and says nothing without."""

    keys: tuple[str, ...]


#: How a key is read: as a step, `in turn`, in the order of these tables; `around` the steps beside it; `alone`, by what reads its
#: shape; or with another key beside it.
KeyReading: TypeAlias = Literal["in turn", "around", "alone"] | Beside


class Key(NamedTuple):
    """A key an author may write. There are no defaults, so that nothing can be left out.

    `under` are the mappings that may stand there, beside something shorter.
    """

    name: str
    holds: KeyContent
    meaning: str
    under: tuple[Nested, ...]
    read: KeyReading


_NAMED = (Nested("by name", "anything"),)
_STEPS, _BY_VALUE = (Nested("in a list", "step"),), (Nested("by name", "step"),)
_WORDS, _TURNS, _WORDS_BY_VALUE = (
    (Nested("one", "phrase"),),
    (Nested("in a list", "phrase turn"),),
    (Nested("by name", "phrase"),),
)
_PASSAGES, _MENUS = (Nested("by name", "passage"),), (Nested("by name", "choice"),)
_ENTRIES = (Nested("one", "entry"), Nested("in a list", "entry"))
_CHOICES = (
    Nested("in a list", "choice"), Nested("in a list", "group"), Nested("in a list", "dealt"), Nested("in a list", "used menu"),
)  # fmt: skip

_STEP = (
    Key("note", "text", "the author's reminder; never shown", (), "around"),
    Key("label", "id", "a place in this passage", (), "in turn"),
    Key("checkpoint", "prose", "a place the player can go back to", (), "in turn"),
    Key("music", "tune", "a tune and its tempo, or `none`", (Nested("one", "music"),), "in turn"),
    Key("do", "effects", "changes, in order", (), "in turn"),
    Key("quiet", "yes or no", "hides what this step's `do` changes", (), Beside(("do",))),
    Key("let", "local names", "names for values, to the end of the passage", (), "in turn"),
    Key("text", "prose", "what is told", (), "in turn"),
    Key("show", "stats, journal, chart or art", "something beside the prose", (Nested("one", "show"),), "in turn"),
    Key("montage", "beats", "images cut to a tempo", (Nested("one", "montage"),), "in turn"),
    Key("journal", "prose", "a line in the journal, with the stats as they are", (), "in turn"),
    Key("achieve", "id", "unlocks an achievement", (), "in turn"),
    Key("ask", "question", "a text or number from the player", (Nested("one", "ask"),), "in turn"),
    Key("or", "steps", "what follows when the player answers nothing", _STEPS, Beside(("ask",))),
    Key("call", "passage", "do a passage and come back", (), "in turn"),
    Key("into", "variable", "where the value goes that the call returns", (), Beside(("call",))),
    Key("deal", "tag", "draw a storylet, do it and come back", (Nested("one", "deal"),), "in turn"),
    Key("check", "odds", "a check, with `success:` and `failure:`", (Nested("one", "check"),), "in turn"),
    Key("success", "steps", "what follows when the check succeeds", _STEPS, Beside(("check",))),
    Key("failure", "steps", "what follows when it fails", _STEPS, Beside(("check",))),
    Key("happens", "steps", "what follows when bad luck strikes", _STEPS, Beside(("check",))),
    Key("if", "condition", "only when this holds", (), "around"),
    Key("when", "branches", "the first branch that holds", (Nested("in a list", "branch"),), "in turn"),
    Key("match", "value", "by value (`cases:`) or by lower bound (`bands:`)", (), "in turn"),
    Key("cases", "branches", "what to do for each value", (*_BY_VALUE, Nested("in a list", "case")), Beside(("match",))),
    Key("bands", "branches", "what to do from each lower bound on", _BY_VALUE, Beside(("match",))),
    Key("random", "branches", "one by weight", (Nested("in a list", "weighted"),), "in turn"),
    Key("sequence", "list", "one after the other, then always the last", (), "in turn"),
    Key("cycle", "list", "one after the other, then again from the first", (), "in turn"),
    Key("shuffle", "list", "all in a new order, before any comes again", (), "in turn"),
    Key("once", "list", "one after the other, then nothing", (), "in turn"),
    Key("for", "kind", "once for each member of a kind", (), "around"),
    Key("choices", "choices", "what the player may do", _CHOICES, "in turn"),
    Key("topics", "choices", "a hub: each once, and the list comes back", _CHOICES, "in turn"),
    Key("steps", "steps", "more steps", _STEPS, "in turn"),
    Key("then", "steps", "what follows", _STEPS, "in turn"),
    Key("else", "steps", "what follows otherwise", _STEPS, Beside(("if", "check", "match", "deal"))),
    Key("pause", "prose", "a page turn", (), "in turn"),
    Key("goto", "passage", "go on there", (), "in turn"),
    Key("leave", "passage", "go on there and drop all calls", (), "in turn"),
    Key("end", "ending", "the game ends", (), "in turn"),
    Key("return", "value", "back to the call, with `true` or a value", (), "in turn"),
)  # fmt: skip  # a record reads as a row
_PHRASE = (
    Key("text", "prose", "what is told", (), "alone"),
    Key("match", "value", "by value (`cases:`) or by lower bound (`bands:`)", (), "alone"),
    Key("cases", "phrases", "the words for each value", (*_WORDS_BY_VALUE, Nested("in a list", "phrase case")), Beside(("match",))),
    Key("bands", "phrases", "the words from each lower bound on", _WORDS_BY_VALUE, Beside(("match",))),
    Key("else", "phrase", "the words otherwise", _WORDS, Beside(("match",))),
    Key("random", "phrases", "one by weight", (Nested("in a list", "phrase arm"),), "alone"),
    Key("sequence", "phrases", "one after the other, then always the last", _TURNS, "alone"),
    Key("cycle", "phrases", "one after the other, then again from the first", _TURNS, "alone"),
    Key("shuffle", "phrases", "all in a new order, before any comes again", _TURNS, "alone"),
    Key("once", "phrases", "one after the other, then nothing", _TURNS, "alone"),
)  # fmt: skip


def _with_steps(*own: Key) -> tuple[Key, ...]:
    """Return a shape's keys, with those of a step where a branch may be a step itself."""
    known = {key.name for key in own}
    return own + tuple(key for key in _STEP if key.name not in known)


#: The keys that may stand in each sort of mapping.
SHAPES: Mapping[Shape, tuple[Key, ...]] = MappingProxyType(
    {
        "story": (
            Key("story", "text", "the title", (), "alone"),
            Key("id", "id", "names the saves", (), "alone"),
            Key("by", "text", "who wrote it", (), "alone"),
            Key("version", "text", "the author's own version", (), "alone"),
            Key("language", "text", "what the interface speaks: en or de", (), "alone"),
            Key("theme", "text", f"how it looks in a terminal until the player chooses: {', '.join(THEME_NAMES)}", (), "alone"),
            Key("sentences", "texts", "sentences of the interface in other words", _NAMED, "alone"),
            Key("start", "passage", "where a new game begins", (), "alone"),
            Key("about", "text", "one line for the list of stories", (), "alone"),
            Key("ifid", "text", "a number that names the story in the world's catalogues; `export` makes one", (), "alone"),
            Key("cover", "text", "a picture in the story's folder, for its page", (), "alone"),
            Key("licence", "text", "under which others may use the story", (), "alone"),
            Key("language_of_text", "text", "in which the prose is written, such as `fr` or `pt-BR`", (), "alone"),
            Key("colours", "texts", "of the story's page: `paper`, `ink` and `accent`", _NAMED, "alone"),
            Key("settings", "settings", "asked when a new game begins", (Nested("by name", "setting"),), "alone"),
            Key("stats", "stats", "numbers with a range that the player sees", (Nested("by name", "stat"),), "alone"),
            Key("variables", "variables", "everything else the story keeps", (Nested("by name", "variable"),), "alone"),
            Key("formulas", "formulas", "expressions with a name", _NAMED, "alone"),
            Key("tables", "tables", "values by bound, or by members of kinds", (Nested("by name", "table"),), "alone"),
            Key("phrases", "phrases", "reusable prose", (Nested("by name", "phrase"),), "alone"),
            Key("menus", "choices", "reusable lists of choices", _MENUS, "alone"),
            Key("kinds", "kinds", "lists of things, with labels", _NAMED, "alone"),
            Key("pronouns", "kinds", "sets of pronouns, each with the same forms", (Nested("by name", "pronouns"),), "alone"),
            Key("checks", "checks", "kinds of checks", (Nested("by name", "check kind"),), "alone"),
            Key("endings", "endings", "how it can end", (Nested("by name", "ending"),), "alone"),
            Key("achievements", "achievements", "what can be unlocked", (Nested("by name", "achievement"),), "alone"),
            Key("renames", "ids", "old id: new id, so that old saves still load", _NAMED, "alone"),
            Key("undo", "condition", "while this fails, nothing can be taken back", (), "alone"),
            Key("each_turn", "steps", "done once a turn, before what was picked; it neither asks nor leads anywhere", _STEPS, "alone"),
            Key("status", "entries", "what the prompt shows", _ENTRIES, "alone"),
            Key("panels", "panels", "what is shown beside the prose, and when", (Nested("by name", "panel"),), "alone"),
            Key("map", "value", "what the map of the way so far is divided by, in place of its places", (Nested("one", "entry"),), "alone"),
            Key("content_notes", "text", "shown before a new game", (), "alone"),
            Key("passages", "passages", "what `goto` leads to", _PASSAGES, "alone"),
        ),
        "scene": (
            Key("scene", "text", "the title", (), "alone"),
            Key("stats", "stats", "numbers with a range that the player sees", (Nested("by name", "stat"),), "alone"),
            Key("variables", "variables", "everything else the story keeps", (Nested("by name", "variable"),), "alone"),
            Key("formulas", "formulas", "expressions with a name", _NAMED, "alone"),
            Key("tables", "tables", "values by bound, or by members of kinds", (Nested("by name", "table"),), "alone"),
            Key("phrases", "phrases", "reusable prose", (Nested("by name", "phrase"),), "alone"),
            Key("menus", "choices", "reusable lists of choices", _MENUS, "alone"),
            Key("kinds", "kinds", "lists of things, with labels", _NAMED, "alone"),
            Key("endings", "endings", "how it can end", (Nested("by name", "ending"),), "alone"),
            Key("achievements", "achievements", "what can be unlocked", (Nested("by name", "achievement"),), "alone"),
            Key("passages", "passages", "what `goto` leads to", _PASSAGES, "alone"),
        ),
        "step": _STEP,
        "passage": (
            *_STEP,
            Key("title", "prose", "for the status line", (), "alone"),
            Key("params", "kinds", "what a call gives it", _NAMED, "alone"),
            Key("storylet", "conditions", "when it can be dealt", (Nested("one", "storylet"),), "alone"),
            Key("tags", "ids", "for storylets and tests", (), "alone"),
        ),
        "choice": _with_steps(
            Key("text", "prose", "what the player reads", (), "alone"),
            Key("id", "id", "names the choice in saves and tests", (), "alone"),
            Key("if", "condition", "hidden unless this holds", (), "alone"),
            Key("needs", "condition", "greyed unless this holds", (), "alone"),
            Key("locked", "prose", "why it is greyed", (), Beside(("needs",))),
            Key("once", "yes or no", "gone after it was picked", (), "alone"),
            Key("reusable", "yes or no", "in `topics`, stays after it was picked", (), "alone"),
            Key("again", "yes or no", "the list is offered again after its branch", (), "alone"),
            Key("done", "yes or no", "in `topics`, ends the list", (), "alone"),
            Key("fallback", "yes or no", "taken by itself when nothing else is open", (), "alone"),
            Key("say", "prose", "told when it is picked; `true` tells its own words", (), "alone"),
            Key("tags", "ids", "for tests", (), "alone"),
            Key("words", "texts", "what else a player may type", (), "alone"),
            Key("hint", "prose", "a hint for the player", (), "alone"),
            Key("for", "kind", "one choice for each member", (), "alone"),
            Key("else", "steps", "what follows otherwise", _STEPS, Beside(("check", "match", "deal"))),
            Key("choices", "choices", "a list that follows", _CHOICES, "in turn"),
        ),
        "group": (
            Key("if", "condition", "hidden unless this holds", (), "alone"),
            Key("choices", "choices", "choices under one `if:`", _CHOICES, "alone"),
            Key("note", "text", "the author's reminder; never shown", (), "alone"),
        ),
        "dealt": (
            Key("if", "condition", "hidden unless this holds", (), "alone"),
            Key("deal", "tag", "storylets as choices", (Nested("one", "dealt choices"),), "alone"),
            Key("note", "text", "the author's reminder; never shown", (), "alone"),
        ),
        "used menu": (
            Key("if", "condition", "hidden unless this holds", (), "alone"),
            Key("use", "menu", "a list of `menus:`", (), "alone"),
            Key("note", "text", "the author's reminder; never shown", (), "alone"),
        ),
        "stat": (
            Key("start", "number", "its value when a game begins", (), "alone"),
            Key("range", "two numbers", "its bounds", (), "alone"),
            Key("bands", "words by bound", "what its values are called", _NAMED, "alone"),
            Key("label", "text", "what the player sees", (), "alone"),
            Key("show", "bar, number, band or hidden", "how it is shown", (), "alone"),
            Key("growth", "toward", "gains shrink toward this number", (Nested("one", "growth"),), "alone"),
            Key("opposed", "two words", "the names of both ends", (), "alone"),
        ),
        "growth": (
            Key("toward", "number", "gains shrink toward this number", (), "alone"),
        ),
        "variable": (
            Key("start", "value", "its value when a game begins", (), "alone"),
            Key("text", "text", "a text", (), "alone"),
            Key("max", "number", "how many characters at most", (), Beside(("text",))),
            Key("one_of", "kind", "one member of a kind", _NAMED, "alone"),
            Key("set_of", "kind", "a set of members", _NAMED, "alone"),
            Key("list_of", "kind", "a list of members", _NAMED, "alone"),
            Key("last", "number", "how many of the newest are kept", (), Beside(("list_of",))),
            Key("per", "kind", "a number for each member", _NAMED, "alone"),
            Key("keep", "yes or no", "kept across games", (), "alone"),
        ),
        "setting": (
            Key("ask", "text", "the question", (), "alone"),
            Key("one_of", "kind", "what can be chosen", _NAMED, "alone"),
            Key("text", "text", "a text the player writes, with this default", (), "alone"),
            Key("number", "number", "a number the player writes, with this default", (), "alone"),
            Key("max", "number", "how many characters at most", (), Beside(("text",))),
            Key("start", "value", "the default", (), "alone"),
        ),
        "table": (
            Key("rows", "kind", "its rows are the members of this kind", (), "alone"),
            Key("columns", "kind", "and its columns the members of this one", (), Beside(("rows",))),
        ),
        "pronouns": (Key("label", "text", "what the player reads where they are chosen", (), "alone"),),
        "phrase": (Key("params", "kinds", "what it is given in parentheses, and of which kinds", _NAMED, "alone"), *_PHRASE),
        "phrase case": (
            Key("on", "values", "one for each thing that is matched", (), "alone"),
            Key("then", "phrase", "the words", _WORDS, "alone"),
            *_PHRASE,
        ),
        "phrase arm": (
            Key("weight", "number", "how often, beside the others", (), "alone"),
            Key("then", "phrase", "the words", _WORDS, "alone"),
            *_PHRASE,
        ),
        "phrase turn": (Key("then", "phrase", "the words", _WORDS, "alone"), *_PHRASE),
        "ending": (
            Key("title", "text", "its name", (), "alone"),
            Key("rank", "number", "smaller ones stand first in the gallery", (), "alone"),
            Key("text", "prose", "told when it is reached", (), "alone"),
            Key("hint", "text", "shown while it is unseen", (), "alone"),
        ),
        "achievement": (
            Key("title", "text", "its name", (), "alone"),
            Key("text", "prose", "told when it is reached", (), "alone"),
            Key("hint", "text", "shown while it is unseen", (), "alone"),
        ),
        "check kind": (
            Key("odds", "number", "in percent, from `stat` and `against`", (), "alone"),
            Key("limits", "two numbers", "the odds stay between them", (), "alone"),
        ),
        "check": (
            Key("stat", "number", "what is tested", (), "alone"),
            Key("against", "number", "how hard it is", (), Beside(("stat",))),
            Key("kind", "check kind", "how odds come of both", (), Beside(("stat",))),
            Key("odds", "number", "the odds themselves, in percent", (), "alone"),
            Key("label", "prose", "what is tested, for the player", (), "alone"),
            Key("show", "yes or no", "whether the player sees it", (), "alone"),
        ),
        "storylet": (
            Key("tag", "ids", "what it can be dealt for", (), "alone"),
            Key("if", "condition", "when it qualifies", (), "alone"),
            Key("weight", "number", "how often, beside the others", (), "alone"),
            Key("priority", "number", "higher ones first", (), "alone"),
            Key("once", "yes or no", "only once in a game", (), "alone"),
            Key("cooldown", "number", "how many deals of its tag must lie between", (), "alone"),
            Key("needs", "condition", "greyed as a choice unless this holds", (), "alone"),
            Key("locked", "prose", "why it is greyed", (), Beside(("needs",))),
        ),
        "ask": (
            Key("into", "variable", "where the answer goes", (), "alone"),
            Key("prompt", "prose", "the question", (), "alone"),
            Key("default", "text", "the answer when the player just presses Enter", (), "alone"),
            Key("max", "number", "how many characters at most", (), "alone"),
            Key("range", "two numbers", "the bounds of a number", (), "alone"),
        ),
        "deal": (
            Key("tag", "tag", "which storylets", (), "alone"),
            Key("by", "weight, first or least_seen", "how one is drawn", (), "alone"),
        ),
        "dealt choices": (
            Key("tag", "tag", "which storylets", (), "alone"),
            Key("by", "weight, first or least_seen", "how one is drawn", (), "alone"),
            Key("show", "number", "how many, as choices", (), "alone"),
        ),
        "montage": (
            Key("tempo", "number", "beats a minute", (), "alone"),
            Key("left", "text", "the left column's heading", (), "alone"),
            Key("right", "text", "the right column's heading", (), "alone"),
            Key("beats", "beats", "what is seen", (Nested("in a list", "beat"),), "alone"),
        ),
        "beat": (
            Key("if", "condition", "only when this holds", (), "alone"),
            Key("left", "prose", "on the left", (), "alone"),
            Key("right", "prose", "on the right", (), "alone"),
            Key("text", "prose", "across", (), "alone"),
        ),
        "branch": _with_steps(
            Key("if", "condition", "when it is taken", (), "alone"),
            Key("else", "steps", "what follows when no other branch holds", _STEPS, "alone"),
            Key("then", "steps", "what follows", _STEPS, "in turn"),
        ),
        "case": _with_steps(
            Key("on", "values", "one for each thing that is matched", (), "alone"),
            Key("then", "steps", "what follows", _STEPS, "in turn"),
        ),
        "weighted": _with_steps(
            Key("weight", "number", "how often, beside the others", (), "alone"),
            Key("then", "steps", "what follows", _STEPS, "in turn"),
        ),
        "music": (
            Key("tune", "text", "the tune", (), "alone"),
            Key("tempo", "number", "beats a minute", (), Beside(("tune",))),
        ),
        "show": (
            Key("chart", "names", "stats over the journal's lines", (), "alone"),
            Key("art", "text", "a picture made of characters", (), "alone"),
            Key("alt", "text", "words that say what it shows", (), Beside(("art",))),
        ),
        "panel": (
            Key("if", "condition", "when it is shown", (), "alone"),
            Key("title", "prose", "its heading", (), "alone"),
            Key("beside", "entries", "what stands in the line of its title", _ENTRIES, "alone"),
            Key("left", "entries", "what stands on the left, line by line", _ENTRIES, "alone"),
            Key("right", "entries", "what stands on the right", _ENTRIES, "alone"),
            Key("below", "entries", "what stands under both", _ENTRIES, "alone"),
            Key("note", "text", "the author's reminder; never shown", (), "alone"),
        ),
        "entry": (
            Key("if", "condition", "when it is shown", (), "alone"),
            Key("value", "value", "a stat, a variable, a formula or an expression", (), "alone"),
            Key("text", "prose", "words, in the place of the value's number or band", (), "alone"),
            Key("label", "prose", "what stands before it", (), "alone"),
            Key("show", "bar, number or band", "how the value is shown", (), Beside(("value",))),
            Key("range", "two numbers", "the ends of a bar of what is no stat", (), Beside(("value",))),
            Key("journal", "number", "so many of the journal's last lines", (), "alone"),
            Key("note", "text", "the author's reminder; never shown", (), "alone"),
        ),
        "tests": (
            Key("walkthrough", "text", "what this game shows, in one sentence", (), "alone"),
            Key("walkthroughs", "walkthroughs", "several of them", (Nested("in a list", "walkthrough"),), "alone"),
            Key("styles", "styles", "how kinds of players pick", (Nested("by name", "style"),), "alone"),
            Key("targets", "targets", "what many games of a style must come to", (Nested("in a list", "target"),), "alone"),
            Key("wins", "ids", "which endings are won games", (), "alone"),
        ),
        "walkthrough": (
            Key("walkthrough", "text", "what this game shows, in one sentence", (), "alone"),
            Key("seed", "number", "decides all chance", (), "alone"),
            Key("settings", "settings", "what was chosen before the game", _NAMED, "alone"),
            Key("play", "picks", "ids of options, answers, and what is expected in between", (Nested("in a list", "play"),), "alone"),
            Key("ending", "ending", "how it must end", (), "alone"),
        ),
        "play": (
            Key("again", "picks", "an option picked several times", (Nested("one", "again"),), "alone"),
            Key("expect", "expectations", "what must be so", (Nested("one", "expect"),), "alone"),
        ),
        "again": (
            Key("pick", "id", "an option, or an answer", (), "alone"),
            Key("times", "number", "how often; with `until:` how often at most", (), Beside(("pick",))),
            Key("until", "condition", "as often as it takes for this to hold", (), Beside(("pick",))),
        ),
        "expect": (
            Key("text", "text", "words that stand on this page", (), "alone"),
            Key("at", "passage", "where the game waits", (), "alone"),
            Key("offers", "id", "an option that is open", (), "alone"),
            Key("lacks", "id", "an option that is not open", (), "alone"),
            Key("where", "condition", "what must hold", (), "alone"),
        ),
        "style": (
            Key("like", "style", "a style above, whose rules are tried after its own", (), "alone"),
            Key("first", "preferences", "the first of them that holds and is open decides", (Nested("in a list", "preference"),), "alone"),
            Key(
                "prefer", "weights", "options and tags that are picked more often, or as `first`",
                (*_NAMED, Nested("in a list", "preference")), "alone",
            ),
            Key("avoid", "ids", "options and tags picked only where nothing else is open", (), "alone"),
            Key("always", "picks", "a passage and what is picked there", _NAMED, "alone"),
            Key("answers", "texts", "a variable and what is answered where it is asked for", _NAMED, "alone"),
            Key("settings", "settings", "what was chosen before the game", _NAMED, "alone"),
        ),
        "preference": (
            Key("if", "condition", "only while this holds", (), "alone"),
            Key("pick", "id", "an option, a tag, `best_odds` or `worst_odds`", (), "alone"),
        ),
        "target": (
            Key("style", "style", "who plays; `random` picks anything", (), "alone"),
            Key("games", "number", "how many", (), "alone"),
            Key("seed", "number", "the first game's; each further one adds 1", (), "alone"),
            Key("settings", "settings", "what was chosen before the games", _NAMED, "alone"),
            Key("endings", "shares", "how often each ending comes", _NAMED, "alone"),
            Key("reached", "shares", "how often each passage is reached", _NAMED, "alone"),
            Key("stats", "limits", "the median of each stat at the end", _NAMED, "alone"),
            Key("length", "limits", "how many picks a game has: `median`, `shortest`, `longest`", _NAMED, "alone"),
            Key("wins", "share", "how often an ending of `wins:` comes", (), "alone"),
        ),
    }
)  # fmt: skip
#: What a mapping of each shape is called in messages.
IN_WORDS: Mapping[Shape, str] = MappingProxyType({
    "story": "a story", "scene": "a scene", "step": "a step", "passage": "a passage", "choice": "a choice",
    "group": "a group of choices", "dealt": "a deal in a list of choices",
    "used menu": "a menu in a list of choices", "stat": "a stat", "growth": "`growth`", "variable": "a variable",
    "setting": "a setting", "table": "a table", "pronouns": "a set of pronouns", "phrase": "a phrase", "phrase case": "a case",
    "phrase arm": "an entry of `random`", "phrase turn": "an alternative", "ending": "one of `endings:`",
    "achievement": "one of `achievements:`", "check kind": "a kind of check", "check": "a check",
    "storylet": "a storylet", "ask": "`ask`", "deal": "`deal`", "dealt choices": "`deal`", "montage": "`montage`",
    "beat": "a beat", "branch": "a branch of `when`", "case": "a case",
    "weighted": "an entry of `random`", "music": "`music`", "show": "`show`", "panel": "a panel", "entry": "an entry",
    "tests": "a file of tests", "walkthrough": "a walkthrough", "play": "a step of a walkthrough",
    "again": "`again`", "expect": "`expect`", "style": "a style", "preference": "a preference",
    "target": "a target",
})  # fmt: skip
#: The names of their keys, in order.
NAMES: Mapping[Shape, tuple[str, ...]] = MappingProxyType(
    {shape: tuple(key.name for key in keys) for shape, keys in SHAPES.items()}
)
#: Keys that say nothing without one of others beside them.
BESIDE: Mapping[Shape, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {shape: {key.name: key.read.keys for key in keys if isinstance(key.read, Beside)} for shape, keys in SHAPES.items()}
)
#: Shapes in which the author's own names stand beside the keys.
OPEN: frozenset[Shape] = frozenset({"table", "pronouns"})


def read_in_turn(shape: Shape) -> tuple[str, ...]:
    """Return the keys of a shape that are read as steps, in the order in which they are done."""
    return tuple(key.name for key in SHAPES[shape] if key.read == "in turn")
