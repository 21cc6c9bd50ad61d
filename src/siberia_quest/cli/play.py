"""`play`: a story from its beginning."""

import sys

from siberia_quest.cli.find_story import folder_of, story_and_lines
from siberia_quest.play.play_request import PlayRequest
from siberia_quest.terminal.session import play as play_story


def play(name: str, wishes: PlayRequest, saves: str | None) -> int:
    """Play a story; return the exit status. Raises WrongRequest."""
    story, lines = story_and_lines(name)
    return play_story(story, folder_of(saves), wishes, sys.stdin, sys.stdout, lines)
