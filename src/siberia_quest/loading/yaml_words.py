"""What is said of each problem with YAML: what it is, why it matters, what mends it."""

import re
from collections.abc import Collection
from types import MappingProxyType

from siberia_quest.model.named_tuple import NamedTuple


class ProblemWords(NamedTuple):
    """What is said of a problem. Braces are filled in where it is found."""

    message: str
    why: str = ""
    fix: str = ""


_TEXT = """
SQ101 YAML cannot read on from here
  why: a sign or a space does not fit the way in which story files are written
  fix: check the signs and the indentation here and in the line above
SQ102 a tab indents this line{more}
  why: YAML counts the spaces before a line, and nobody can tell how many a tab is worth
  fix: replace each tab with spaces; most editors can do it for the whole file
SQ103 the text goes on behind the closing quote
  why: a text that begins with a quote ends at the closing one, so the rest would be lost
  fix: {put}, with its quotes
SQ104 this quote is never closed
  why: a text that begins with a {quote} goes on to the next one, over as many lines as that takes
  fix: close it at the end of the text, or {put}
SQ105 a star at the beginning
  why: at the beginning of a text YAML takes `*` for the name of something written elsewhere
  fix: {put}
SQ106 a brace at the beginning
  why: YAML takes what begins with `{{` for a list of names and values, not for prose
  fix: {put}; or put it in double quotes
SQ107 a bracket at the beginning
  why: YAML takes what begins with `[` for a list, not for prose
  fix: {put}; or put it in double quotes
SQ108 {sign} at the beginning
  why: YAML keeps this sign for itself; no text can begin with it
  fix: {put}; or put it in double quotes
SQ109 `!` at the beginning
  why: YAML takes a word that begins with `!` for a note to itself, and drops it
  fix: {put}; or put it in double quotes
SQ110 `{escape}` means nothing between double quotes
  why: between double quotes YAML reads the backslashes before the story does
  fix: {put}; there a backslash stays what it is; or write the backslash twice
SQ111 `{key}` stands here twice
  why: the first stands in line {line}, and only one of them can count
  fix: take one of them out, or rename it
SQ112 `{sign}` is a way to use a part of a file twice, and stories have none
  why: whoever reads a scene should see all of it in its place
  fix: write the words out, or give them a name under `phrases:`
SQ113 `{sign}` is a note to YAML, and stories have none
  why: what you write means what it says, without such a note
  fix: take it out
SQ114 this line cuts the file in two
  why: `---` or `...` at the very beginning of a line ends the file for YAML, and what follows would be lost
  fix: take the line out; if it is a break in the prose, indent it like the prose around it
SQ115 this stands more than 40 levels deep
  why: no story needs that, and it would be hard to read
  fix: put the inner part into a passage of its own
SQ116 a name is missing before the colon
  why: what stands before a colon says what the rest is for
  fix: write the name before it; if it belongs to prose, {put}
SQ117 this file is larger than 16 MiB
  why: that is about ten long novels in one file
  fix: split it into scenes
SQ118 this file is not saved as UTF-8
  why: UTF-8 is the usual way to save letters; saved in another way, this one cannot be told from others
  fix: save the file again in your editor, with UTF-8 chosen as “encoding” in the window for saving
SQ119 a sign that nobody can see stands here
  why: such signs come along when text is copied from elsewhere; this one is called {sign}
  fix: delete it, or type this line again
SQ120 a second colon in this text
  why: YAML takes what stands before a colon and a space for a name, not for prose
  fix: {put}
SQ121 a space is missing behind the colon
  why: without it YAML takes the whole for one word
  fix: write `{key}: {rest}`
SQ122 a space is missing behind the dash
  why: without it the dash does not begin an item of a list
  fix: write `- {rest}`
SQ123 the text stops at `#`
  why: YAML takes a `#` behind a space for the beginning of a note, and drops the rest of the line
  fix: {put}; a note is set off by ` # `
SQ124 these quotes will not be shown
  why: YAML takes quotes around a whole text for its own
  fix: for words spoken aloud use “curly quotes”, or {put}; else leave the quotes out
SQ125 the colon makes something else of this line of prose
  why: YAML takes `{key}` for the name of something, so the line would not be told
  fix: {put}
SQ126 two dashes at the beginning
  why: YAML reads the second dash as a list within the list
  fix: take one out; if the words are spoken, begin them with `–`, or {put}
SQ127 `{sign}` splits what stands in these {brackets}
  why: within {brackets} on one line, a comma, a colon or another bracket ends what stands before it
  fix: write it on lines of its own, without the {brackets}; or put the text in double quotes
SQ128 words stand behind `{sign}`
  why: `{sign}` only announces a text, and its words begin on the next line
  fix: {put}; there `> ` at the beginning makes a quotation
SQ129 the colon at the end makes something else of this line of prose
  why: YAML takes `{key}` for the name of something, so the line would not be told
  fix: {put}
SQ130 a question mark at the beginning
  why: YAML takes `? ` for the beginning of a name, not of prose
  fix: {put}; or put it in double quotes
SQ131 `!` does not mean “not” here
  why: YAML takes a word that begins with `!` for a note to itself, and drops it
  fix: write `{instead}`
SQ132 the condition goes on behind the closing quote
  why: what begins with a quote ends at the closing one, so the rest would be lost
  fix: {instead}
SQ133 an apostrophe at the beginning
  why: YAML takes it for a quote, and looks for the one that closes it
  fix: {put}; or begin with a curly apostrophe: ’
SQ134 `&` at the beginning
  why: YAML takes a word behind `&` for a name it gives to what follows, and drops it
  fix: {put}; or put it in double quotes
SQ135 this line is indented too far
  why: so far to the right it would belong to the text above it, as prose
  fix: put it in the same column as {neighbour}
SQ136 this line is indented like none above
  why: the lines above begin in {columns}, this one in column {here}
  fix: move it to the column of the lines it belongs to
SQ137 a colon is missing behind `{key}`
  why: the colon is what tells such a word from prose
  fix: write `{key}: {rest}`
SQ138 {found} stands among {others}
  why: in one column all lines begin with `- `, or none does
  fix: {cure}
SQ139 this line of prose stands too far left
  why: the lines of a text are indented more than the name above them, and not less than its first line
  fix: move it to the right, under the rest of the text
SQ140 `<<` is a way to copy lines, and stories have none
  why: whoever reads a scene should see all of it in its place
  fix: write the lines out
SQ141 this number is too large
  why: the largest that a story can count with is 1,000,000,000,000,000
  fix: write a smaller one; a number in prose can stand in words, or in double quotes
SQ147 this file has the marks of an unfinished merge
  why: a tool that joins two versions of a file left both here, between lines of `<`, `=` and `>`
  fix: keep what is right of both, and delete the lines with the marks
SQ142 a quote within the quotes ends the text
  why: YAML reads to the next {quote}, and the text goes on behind it
  fix: {put}; or use “curly” quotes and apostrophes
SQ143 this space is not an ordinary one
  why: YAML takes it for a letter; such spaces come along when text is copied from elsewhere, and this one is called {sign}
  fix: delete it and type a space
SQ144 `{sign}` is never closed
  why: what it opens goes on to the next `{close}`
  fix: close it with `{close}`; if it belongs to prose, {put}
SQ145 a line that begins with `%` is a note to YAML
  why: it would not be told, and stories have no use for it
  fix: take the line out; if it is prose, {put}
SQ146 a dash behind a name
  why: YAML takes `- ` for an item of a list, and a list begins on a line of its own
  fix: {put}; a list begins on the next line
SQ148 this sign is not the one of the structure
  why: signs of other keyboards, and those that programs for writing put in, look alike; YAML knows its own alone
  fix: write `{sign}`, in all such places
"""


def _read(text: str) -> dict[str, ProblemWords]:
    found: dict[str, ProblemWords] = {}
    joined = text.replace("\n       ", " ").strip()
    for block in joined.split("\nSQ"):
        lines = block.removeprefix("SQ").splitlines()
        code, _, message = lines[0].partition(" ")
        said = {line[2:5]: line[7:] for line in lines[1:]}
        found[f"SQ{code}"] = ProblemWords(message, said.get("why", ""), said.get("fix", ""))
    return found


#: The words of each problem, by its code. `{put}` is the cure of most.
WORDS = MappingProxyType(_read(_TEXT))
PUT = "put the prose under `|`"
#: The cure of a name among items, and of an item among names, where nobody can tell which of the two was meant.
USUAL_CURE = "indent it if it belongs to the line above, or make it like its neighbours"


def put_under(key: str) -> str:
    """Say how to put prose under `|`: behind a name, or behind the dash of an item when there is none."""
    return (
        f"write `{key}: |` and the prose under it, indented" if key else "write `- |` and the prose under it, indented"
    )


#: Words under which names stand, each without a dash.
NAMED_BELOW = frozenset({
    "passages", "stats", "variables", "endings", "kinds", "formulas", "tables", "phrases", "settings", "menus", "achievements", "cases",
    "bands", "checks", "pronouns",
})  # fmt: skip
_TWO_IN_LINE = re.compile(r"(?P<words>.*?\S)(?:[,;]\s*|\s+)(?P<key>[a-z_]+):\s+(?P<rest>\S.*)")


def cure_of_two_keys(key: str, value: str, known: Collection[str]) -> str:
    """Say how to write a text behind which another word of the language stands in the same line, "" where none does."""
    found = _TWO_IN_LINE.fullmatch(value)
    if not found or found["key"] not in known or found["key"] == key:
        return ""
    if not re.search(r"[,;]\s*\Z", value[: found.start("key")]) and found["key"] not in {"goto", "needs", "end"}:
        return ""
    return f"write `{found['key']}: {found['rest']}` on the next line, in the column of `{key}:`"


_THEN_BEHIND = re.compile(r"([^:]+?):\s+\S")


def cure_of_expression(key: str, value: str) -> str:
    """Say what to write for an expression that YAML cannot read."""
    if value.startswith("@"):
        return f"write `{key}: {value[1:].strip()}`: names have no `@` here"
    if key in {"if", "needs"} and "?" not in value and (asked := _THEN_BEHIND.match(value)):
        return f"write `{key}: {asked[1]}`, and `then:` with what follows on the next line"
    if value.startswith("(set"):
        return "write the change alone, as in `do: coins = 3`"
    if "?" in value:
        return "write `a if question else b`, with the value for yes before the `if`"
    return (
        f"write `=` to set a value, as in `{key}: {value.replace(':', ' =', 1)}`"
        if key in {"do", "let"}
        else "take the colon out"
    )


class _Names(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return PUT if name == "put" else USUAL_CURE if name == "cure" else ""


def word_problem(code: str, **names: str) -> ProblemWords:
    """Return what is said of a problem, filled in with names from the place where it was found."""
    given = _Names(names)
    return ProblemWords(*(text.format_map(given) for text in WORDS[code]))
