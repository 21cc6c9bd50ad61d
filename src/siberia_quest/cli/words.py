"""`words`: how many words a story has, and how many a player reads."""

import sys

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import story_and_lines
from siberia_quest.cli.printing import progress
from siberia_quest.model.markup import clean, escape
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE
from siberia_quest.tools import word_count as counting


def words(options: Options) -> int:
    """Print how many words a story has, and how many a player reads; return the exit status. Raises WrongRequest."""
    story, _ = story_and_lines(options.story)
    games = counting.GAMES if options.games is None else options.games
    with progress(say("games_played")) as tell:
        counted = counting.count_words(story, games, options.seed or 0, tell)
    sys.stdout.write(escape(counting.as_json(counted)) if options.form == "json" else clean(counting.as_text(counted)))
    return FINE
