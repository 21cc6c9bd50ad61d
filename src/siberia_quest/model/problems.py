"""Every problem an author or player can meet: one code, one page in docs/problems. Codes are never used again."""

from typing import NamedTuple


class Problem(NamedTuple):
    """A code and what it means in a few words."""

    code: str
    title: str


STORY_PROBLEMS = (
    Problem("SQ201", "a name nobody declared"),
    Problem("SQ202", "no such formula, table or function"),
    Problem("SQ203", "no such passage"),
    Problem("SQ204", "no such kind, member or menu"),
    Problem("SQ205", "a key that means nothing here"),
    Problem("SQ206", "something else was expected here"),
    Problem("SQ207", "a name that cannot be one"),
    Problem("SQ208", "a name that is taken"),
    Problem("SQ209", "a kind without members"),
    Problem("SQ210", "a table with holes"),
    Problem("SQ211", "something is missing here"),
    Problem("SQ212", "a picture without file or words"),
    Problem("SQ213", "a storylet without a tag, or a tag without storylets"),
    Problem("SQ214", "a choice without words"),
    Problem("SQ215", "a file that is no story or scene"),
    Problem("SQ216", "no such ending or achievement"),
    Problem("SQ217", "a choice without an id in a story that is out"),
    Problem("SQ301", "an expression that cannot be read"),
    Problem("SQ302", "an expression that nests too deep"),
    Problem("SQ303", "kinds of values that do not fit"),
    Problem("SQ304", "a number that is too large"),
    Problem("SQ305", "the wrong number of things in parentheses"),
    Problem("SQ306", "chance where there is none"),
    Problem("SQ307", "a formula that needs itself"),
    Problem("SQ308", "something that cannot be changed"),
    Problem("SQ309", "too much work"),
    Problem("SQ310", "braces that do not match"),
    Problem("SQ311", "braces that nest too deep"),
    Problem("SQ312", "a part in braces without a condition"),
    Problem("SQ401", "a stat without bands"),
    Problem("SQ402", "numbers in the wrong order"),
    Problem("SQ403", "nothing to pick from"),
    Problem("SQ404", "all weights are zero"),
    Problem("SQ405", "a division by zero"),
    Problem("SQ406", "a number grew too large"),
    Problem("SQ407", "a check that does not say what is tested"),
    Problem("SQ501", "a loop without a question"),
    Problem("SQ502", "calls that nest too deep"),
    Problem("SQ503", "no way back"),
    Problem("SQ504", "a passage that ends in nothing"),
    Problem("SQ505", "more text than a turn can hold"),
    Problem("SQ506", "choices that can all be closed"),
    Problem("SQ507", "a call that never comes back"),
)

#: Problems with saves, which no story can show.
SAVE_PROBLEMS = (
    Problem("SQ701", "no space left for a save"),
    Problem("SQ702", "the folder of saves cannot be written to"),
    Problem("SQ703", "another program holds the folder of saves"),
    Problem("SQ704", "the disk refused a save"),
    Problem("SQ705", "a save cannot be read"),
    Problem("SQ706", "this is no save"),
    Problem("SQ707", "a save of a newer program"),
    Problem("SQ708", "a damaged save"),
    Problem("SQ709", "a name that no slot can have"),
    Problem("SQ710", "a game that does not read back"),
    Problem("SQ711", "no such save"),
    Problem("SQ712", "a save of another story"),
    Problem("SQ713", "no place left to go back to"),
    Problem("SQ714", "a save whose place is gone"),
    Problem("SQ715", "a save of the story as it was"),
)

#: Problems with YAML itself.
YAML_PROBLEMS = (
    Problem("SQ101", "a place where YAML cannot read on"),
    Problem("SQ102", "a tab at the beginning of a line"),
    Problem("SQ103", "prose behind a closing quote"),
    Problem("SQ104", "a quote that is never closed"),
    Problem("SQ105", "a star at the beginning"),
    Problem("SQ106", "a brace at the beginning"),
    Problem("SQ107", "a bracket at the beginning"),
    Problem("SQ108", "a sign that YAML keeps for itself"),
    Problem("SQ109", "an exclamation mark at the beginning"),
    Problem("SQ110", "a backslash between double quotes"),
    Problem("SQ111", "a name that stands twice"),
    Problem("SQ112", "a reference"),
    Problem("SQ113", "a tag"),
    Problem("SQ114", "a second document"),
    Problem("SQ115", "more than 40 levels"),
    Problem("SQ116", "a colon without a name"),
    Problem("SQ118", "a file that is not UTF-8"),
    Problem("SQ119", "a sign that nobody can see"),
    Problem("SQ120", "a second colon"),
    Problem("SQ121", "a space missing behind a colon"),
    Problem("SQ122", "a space missing behind a dash"),
    Problem("SQ123", "a text that stops at #"),
    Problem("SQ124", "quotes that will not be shown"),
    Problem("SQ125", "a colon in a line of prose"),
    Problem("SQ126", "two dashes"),
    Problem("SQ127", "a comma that splits"),
    Problem("SQ128", "words behind | or >"),
    Problem("SQ129", "a colon at the end of a line of prose"),
    Problem("SQ130", "a question mark at the beginning"),
    Problem("SQ131", "an exclamation mark for “not”"),
    Problem("SQ132", "a condition that begins with a quote"),
    Problem("SQ133", "an apostrophe at the beginning"),
    Problem("SQ134", "an ampersand at the beginning"),
    Problem("SQ135", "a line indented too far"),
    Problem("SQ136", "a line indented like none above"),
    Problem("SQ137", "a colon missing behind a key"),
    Problem("SQ138", "an item among names, or a name among items"),
    Problem("SQ139", "prose too far left"),
    Problem("SQ140", "a way to copy"),
    Problem("SQ141", "a number that is too large to read"),
    Problem("SQ142", "a quote within quotes"),
    Problem("SQ143", "a space that is no ordinary one"),
    Problem("SQ144", "a bracket or brace that is never closed"),
    Problem("SQ145", "a line that begins with %"),
    Problem("SQ146", "a dash behind a name"),
)

#: Problems with files beside or instead of a story, which no single file can show.
FILE_PROBLEMS = (
    Problem("SQ100", "a story that is not there"),
    Problem("SQ117", "a file that is too large"),
    Problem("SQ612", "a picture that is never shown"),
    Problem("SQ801", "a file that holds no tests"),
    Problem("SQ802", "a test names what the story does not have"),
    Problem("SQ803", "a packed story that cannot be read"),
)


#: Findings: what is wrong with a story that can be played all the same.
FINDINGS = (
    Problem("SQ601", "a passage nothing leads to"),
    Problem("SQ602", "something declared and never used"),
    Problem("SQ603", "an ending or achievement out of reach"),
    Problem("SQ604", "something changed and never read"),
    Problem("SQ605", "storylets nobody deals"),
    Problem("SQ606", "steps that are never reached"),
    Problem("SQ607", "a loop that never asks"),
    Problem("SQ608", "two choices with the same words"),
    Problem("SQ609", "two choices that lead to the very same"),
    Problem("SQ610", "a condition that is settled"),
    Problem("SQ611", "a check nobody can fail, or pass"),
    Problem("SQ613", "a change beyond what a stat can hold"),
    Problem("SQ614", "a choice that changes nothing"),
    Problem("SQ615", "prose that is told only once"),
    Problem("SQ616", "a label that is too wide"),
)
