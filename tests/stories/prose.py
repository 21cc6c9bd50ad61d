"""Words for random stories: prose that looks like the program's own, and names in many scripts."""

from siberia_quest.model.letters import is_id
from stories.dice import Dice

TAME = (
    "Snow.", "The lamp hisses", "a bear, two bears", "It is late: go on", "“Who?” she asks", "so *very* cold", "a **door**", "x",
    "Nobody - and the wind", "one\ntwo", "one\n\ntwo", "---", "> Beware", "a <>", "<> b", "one\\\ntwo", "50 %", "#1",
)  # fmt: skip
#: What could be taken for code, for a format, for markup, or for a command to the terminal.
HOSTILE = (
    "Press f99(reset), then p12(a) and t3[1].", "f0(w)", "p0(w", "t0[", "f1(v[0])", "s0_s1", "tag0(w)", "given(w)", "stats_0[", "labels_0",
    "v and L and c and out", "v[0]", "L[0]", "c[1] += 1", "out.append(w)", "w.goto('x')", "w.end('')", "return None", "k += 1",
    "pass  …", "def s1(w):\n    return 1", "    indented", "…", "'", '"', '"""', "'''", "');raise SystemExit(1)#", "'), *(1/0,",
    "__import__('os').abort()", "{{", "\\{0\\}", "\\{w\\}", "\\", "\\\\", "\\'", "\\n", "%s %d %(w)s", "$HOME `x`", "f'{v}'", "*", "***",
    "\\*", "\\|", "\\<>", "a\tb", "bell\a", "\x1b[31mred", "\x7f", "\x00", "\u202eturned", "\u200b", "\ufeff", "\u2028", "\x85", "\ue000",
    "\uf8ff", "🐻‍❄️", "e\u0301", "ﬁ", "İ", "[bold]rich[/]", "<b>&amp;", "null", "true", "12", "1e999", "nan", "0x10", "~", "!!x",
    "&a", "? b", "- c", "key: value", "<<: *a", "@deal:x", "#label", "~cycle", "phrase:p", "deal:tag", "go_on", "a" * 400,
)  # fmt: skip
TAME_NAMES = (
    "gold", "hope", "rope", "lamp", "night", "bear", "hall", "yard", "door", "fire", "wolf", "salt", "boat", "coin", "song", "mill",
    "tower", "oven", "bell", "snow", "hut", "pond", "fox", "sled", "axe", "kin", "road", "well", "rye", "tin", "elk", "ash",
)  # fmt: skip
#: Names that generated code, Python or the language use too, and names that are not spelt in English.
STRANGE_NAMES = (
    "v", "c", "w", "k", "f0", "p1", "t2", "f99", "s0_s1", "out", "beats", "before", "given", "a0", "m1", "i1", "visit1", "class", "def",
    "lambda", "none", "self", "len", "print", "exec", "stat", "against", "number", "text", "größe", "épée", "сила",
    "λόγος", "力", "強さ", "힘", "قوة", "כוח", "ª", "ﬁne", "ｆ", "ß1", "x" * 60, "a_1", "x²",
    "пять", "ñandú", "đ", "ŵ",
)  # fmt: skip
#: What cannot be a name, or not everywhere.
NO_NAMES = (
    "min", "pick", "label", "count", "start", "words", "cap", "random", "cycle", "turns", "and", "no", "then", "_low",
    "Big", "2x", "e\u0301", "ก็", "शक्ति", "🐻", "a b", "a.b",
    "a-b", "",
)  # fmt: skip

#: What no text may hold.
NO_PROSE = ("\ud800", "{", "}", "{if", "{|}", "{nobody}", "{if true}", "{cycle|", "{plural(1)}", "{a else b}", "{v[0]}")


#: A letter of every script that a name can be written in: the first of each 128 signs that is one.
LETTERS = tuple(
    filter(
        None,
        (
            next((chr(at) for at in range(block, block + 128) if is_id(chr(at))), "")
            for block in range(0x80, 0x32400, 128)
        ),
    )
)
_SURROGATES = range(0xD800, 0xE000)


def words(dice: Dice) -> str:
    """A few words without braces, now and then hostile ones, or signs of any script or none."""
    sort = dice.below(12)
    return any_signs(dice) if sort == 11 else dice.one_of(HOSTILE if sort > 7 else TAME)


def any_signs(dice: Dice) -> str:
    """A row of any signs that there are, half of them of the first planes' beginnings."""
    found = (dice.below(0x110000 if dice.once_in(2) else 0x3000) for _ in dice.some(1, 8))
    return "".join("x" if each in _SURROGATES or chr(each) in "{}|\\" else chr(each) for each in found)


def any_name(dice: Dice) -> str:
    """A name of letters of any scripts."""
    return "".join(dice.one_of(LETTERS) for _ in dice.some(1, 4))


def inner_words(dice: Dice) -> str:
    """Words that may stand within braces: a bar, a brace or a line of its own would mean something there."""
    found = words(dice)
    return "hm" if any(sign in found for sign in "|{}\n") or found.endswith("\\") else found


def quoted(dice: Dice) -> str:
    """A text within an expression."""
    return "'" + inner_words(dice).replace("'", "''") + "'"
