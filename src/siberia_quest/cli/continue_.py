"""`continue`: the newest game, or the save that is named."""

import sys

from siberia_quest.cli.find_story import folder_of, story_and_lines
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import PROBLEMS
from siberia_quest.play.play_request import PlayRequest
from siberia_quest.storage.slots import Saves
from siberia_quest.terminal.front import write_line
from siberia_quest.terminal.session import play as play_story


def continue_(name: str, wishes: PlayRequest, saves: str | None) -> int:
    """Go on with the newest game, or with the save that is named; return the exit status. Raises WrongRequest."""
    story, lines = story_and_lines(name)
    folder = folder_of(saves)
    latest = None if wishes.resume else Saves(story, folder).latest()
    if latest:
        wishes = wishes._replace(resume=latest)
    if not wishes.resume:
        write_line(say("nothing_to_continue", title=story.title))
        return PROBLEMS
    return play_story(story, folder, wishes, sys.stdin, sys.stdout, lines)
