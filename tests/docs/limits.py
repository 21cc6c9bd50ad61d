"""What a story, a turn, a save and a pack may come to: one table, from which docs/limits.md is made."""

from typing import NamedTuple

from siberia_quest.engine.flow import DEEPEST_CALLS, MOST_MADE, MOST_OF_A_JOURNAL, MOST_STEPS
from siberia_quest.engine.numbers import LIMIT
from siberia_quest.engine.turns import LONGEST_ANSWER, MOST_TEXT
from siberia_quest.lang.syntax import DEEPEST
from siberia_quest.lang.texts import DEEPEST_BRACES, MOST_BRACES
from siberia_quest.loading.circles import MOST_IN_A_MENU
from siberia_quest.loading.declarations import MOST_LISTED, MOST_OF_A_TEXT
from siberia_quest.loading.playtests import MOST_GAMES, MOST_TIMES
from siberia_quest.loading.reading_context import MOST_MISTAKES
from siberia_quest.loading.taking import LONGEST_LINE, MOST_BYTES, MOST_FILES, MOST_OF_A_SCRIPT
from siberia_quest.loading.work import DEEPEST as DEEPEST_USES
from siberia_quest.loading.work import MOST_IN_A_ROW, MOST_WORK
from siberia_quest.loading.yaml_reader import DEEPEST as DEEPEST_YAML
from siberia_quest.loading.yaml_text import MOST_BYTES as MOST_OF_A_FILE
from siberia_quest.model.page import MOST_JOURNAL
from siberia_quest.storage.cache import MOST_STORIES
from siberia_quest.storage.codec.document import MOST_BYTES as MOST_OF_A_SAVE
from siberia_quest.storage.gate import MOST_ASIDE
from siberia_quest.storage.profile import MOST_BYTES as MOST_OF_A_PROFILE
from siberia_quest.storage.told_games import MOST_OF_A_TRANSCRIPT, MOST_TOLD


class Limit(NamedTuple):
    """What is limited, how many it may be, the diagnostic that tells of it ("" where a line of its own does, or nothing), its test."""

    words: str
    most: int
    code: str
    held_by: str


LIMITS = (
    Limit("bytes of all files of a story, in a folder or packed", MOST_BYTES, "SQ100", "loading/test_walls.py"),
    Limit("bytes of a file of a story", MOST_OF_A_FILE, "SQ117", "loading/test_bytes.py"),
    Limit("files of a story", MOST_FILES, "SQ100", "loading/test_limits_of_stories.py"),
    Limit("levels of YAML in each other", DEEPEST_YAML, "SQ115", "loading/test_sizes.py"),
    Limit("mistakes that are told in one run", MOST_MISTAKES, "SQ805", "loading/test_sizes.py"),
    Limit("levels of an expression", DEEPEST, "SQ302", "loading/test_sizes.py"),
    Limit("braces within braces", DEEPEST_BRACES, "SQ311", "loading/test_sizes.py"),
    Limit("braces in one text", MOST_BRACES, "SQ309", "loading/test_limits_of_stories.py"),
    Limit("a number, either way", LIMIT, "SQ304", "loading/test_limits_of_stories.py"),
    Limit("the `max:` of a text that a story keeps", MOST_OF_A_TEXT, "SQ304", "loading/test_limits_of_stories.py"),
    Limit("the `last:` of a list", MOST_LISTED, "SQ304", "loading/test_limits_of_stories.py"),
    Limit(
        "characters in which a list can be told, with the longest labels",
        MOST_MADE,
        "SQ304",
        "loading/test_limits_of_stories.py",
    ),
    Limit("the `times:` of a pick in a test", MOST_TIMES, "SQ304", "loading/test_limits_of_stories.py"),
    Limit("the `games:` of a target", MOST_GAMES, "SQ304", "loading/test_limits_of_stories.py"),
    Limit("steps of work of a formula or phrase", MOST_WORK, "SQ309", "loading/test_limits_of_stories.py"),
    Limit("formulas or phrases that use each other in a chain", DEEPEST_USES, "SQ309", "loading/test_long_chains.py"),
    Limit("choices of a menu, with those of menus in it", MOST_IN_A_MENU, "SQ227", "loading/test_sizes.py"),
    Limit("steps of loops that wait, one after the other", MOST_IN_A_ROW, "SQ512", "test_problems.py"),
    Limit("steps of flow in a turn", MOST_STEPS, "SQ501", "test_problems.py"),
    Limit("calls within calls", DEEPEST_CALLS, "SQ502", "test_problems.py"),
    Limit("characters that a turn tells", MOST_TEXT, "SQ505", "test_problems.py"),
    Limit("characters that a turn makes, told or not", MOST_MADE, "SQ505", "engine/test_amounts_of_a_turn.py"),
    Limit(
        "lines of a journal; of more, the oldest go, and the journal says so",
        MOST_JOURNAL,
        "",
        "play/test_long_games.py",
    ),
    Limit(
        "characters of a journal, of which the oldest lines go",
        MOST_OF_A_JOURNAL,
        "",
        "engine/test_amounts_of_a_turn.py",
    ),
    Limit("characters of a number that is typed as an answer", LONGEST_ANSWER, "", "engine/test_typed_numbers.py"),
    Limit(
        "characters of a line that is typed; the rest of it is passed over",
        LONGEST_LINE,
        "",
        "cli/test_what_is_given.py",
    ),
    Limit("bytes of a script of picks", MOST_OF_A_SCRIPT, "", "cli/test_what_is_given.py"),
    Limit("bytes of a save", MOST_OF_A_SAVE, "SQ710", "storage/test_saves.py"),
    Limit("bytes of the list of endings", MOST_OF_A_PROFILE, "SQ719", "storage/test_profile.py"),
    Limit("games that are set aside, of which the oldest go", MOST_ASIDE, "", "storage/test_gate.py"),
    Limit("transcripts that are kept by themselves, of a story", MOST_TOLD, "", "play/test_transcripts.py"),
    Limit("bytes of one of them", MOST_OF_A_TRANSCRIPT, "", "play/test_transcripts.py"),
    Limit("stories that are kept in the cache", MOST_STORIES, "", "storage/test_profile_and_cache.py"),
)


def table_of_limits() -> str:
    """Return the limits as a table for the docs."""
    rows = [
        f"| {each.words} | {each.most:,} | {f'[{each.code}](problems/{each.code}.md)' if each.code else ''} | `{each.held_by}` |"
        for each in LIMITS
    ]
    return (
        "\n".join(("| what | at most | what tells of it | its test, in `tests/` |", "|---|---|---|---|", *rows)) + "\n"
    )
