"""`schema`: the JSON Schema of story files, for editors."""

import sys

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import story_and_lines
from siberia_quest.play.exits import FINE
from siberia_quest.tools.json_schema import as_json as as_schema


def schema(options: Options) -> int:
    """Print the JSON Schema of story files, with the names of a story where one is named; return the exit status. Raises WrongRequest."""
    story = None
    if options.story:
        story, _ = story_and_lines(options.story)
    sys.stdout.write(as_schema(story))
    return FINE
