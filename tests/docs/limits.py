"""What a story, a turn, a save and a pack may come to: one table, from which docs/limits.md is made."""

from typing import NamedTuple

from siberia_quest.engine.flow import DEEPEST_CALLS, MOST_MADE, MOST_STEPS
from siberia_quest.engine.numbers import LIMIT
from siberia_quest.engine.turns import LONGEST_ANSWER, MOST_TEXT
from siberia_quest.lang.syntax import DEEPEST
from siberia_quest.lang.texts import DEEPEST_BRACES
from siberia_quest.loading.circles import MOST_IN_A_MENU
from siberia_quest.loading.reading_context import MOST_MISTAKES
from siberia_quest.loading.taking import MOST_BYTES, MOST_FILES
from siberia_quest.loading.work import DEEPEST as DEEPEST_USES
from siberia_quest.loading.work import MOST_IN_A_ROW, MOST_WORK
from siberia_quest.model.page import MOST_JOURNAL
from siberia_quest.storage.cache import MOST_STORIES


class Limit(NamedTuple):
    """The words for what is limited, how many it may be, and the diagnostic that tells of it ("" where nothing needs to)."""

    words: str
    most: int
    code: str


LIMITS = (
    Limit("bytes of all files of a story, in a folder or packed", MOST_BYTES, "SQ100"),
    Limit("files of a story", MOST_FILES, "SQ100"),
    Limit("mistakes that are told in one run", MOST_MISTAKES, "SQ805"),
    Limit("levels of an expression", DEEPEST, "SQ302"),
    Limit("braces within braces", DEEPEST_BRACES, "SQ311"),
    Limit("a number, either way", LIMIT, "SQ304"),
    Limit("steps of work of a formula or phrase", MOST_WORK, "SQ309"),
    Limit("formulas or phrases that use each other in a chain", DEEPEST_USES, "SQ309"),
    Limit("choices of a menu, with those of menus in it", MOST_IN_A_MENU, "SQ227"),
    Limit("steps of loops that wait, one after the other", MOST_IN_A_ROW, "SQ512"),
    Limit("steps of flow in a turn", MOST_STEPS, "SQ501"),
    Limit("calls within calls", DEEPEST_CALLS, "SQ502"),
    Limit("characters that a turn tells", MOST_TEXT, "SQ505"),
    Limit("characters that a turn makes, told or not", MOST_MADE, "SQ505"),
    Limit("lines of a journal; of more, the oldest go, and the journal says so", MOST_JOURNAL, ""),
    Limit("characters of a number that is typed as an answer", LONGEST_ANSWER, ""),
    Limit("stories that are kept in the cache", MOST_STORIES, ""),
)


def table_of_limits() -> str:
    """Return the limits as a table for the docs."""
    rows = [
        f"| {each.words} | {each.most:,} | {f'[{each.code}](problems/{each.code}.md)' if each.code else ''} |"
        for each in LIMITS
    ]
    return "\n".join(("| what | at most | what tells of it |", "|---|---|---|", *rows)) + "\n"
