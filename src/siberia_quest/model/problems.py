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
)
