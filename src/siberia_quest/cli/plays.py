"""`play` and `continue`."""

import os
import sys
from pathlib import Path

from siberia_quest.cli.finding import story_and_lines
from siberia_quest.storage.slots import Saves, choose_folder
from siberia_quest.terminal.catalogue import say
from siberia_quest.terminal.exits import PROBLEMS
from siberia_quest.terminal.session import play as play_story
from siberia_quest.terminal.wishes import Wishes


def folder_of(given: str | None) -> Path:
    """Return the folder of all saves."""
    return choose_folder(given, os.environ, Path())


def play(name: str, wishes: Wishes, saves: str | None) -> int:
    """Play a story; return the exit status. Raises Unwise."""
    story, lines = story_and_lines(name)
    if story is None:
        return PROBLEMS
    return play_story(story, folder_of(saves), wishes, sys.stdin, sys.stdout, lines)


def go_on(name: str, wishes: Wishes, saves: str | None) -> int:
    """Go on with the newest game, or with the save that is named; return the exit status. Raises Unwise."""
    story, lines = story_and_lines(name)
    if story is None:
        return PROBLEMS
    folder = folder_of(saves)
    latest = None if wishes.resume else Saves(story, folder).latest()
    if latest:
        wishes = wishes._replace(resume=latest.name)
    if not wishes.resume:
        sys.stderr.write(say("nothing_to_continue", title=story.title) + "\n")
        return PROBLEMS
    return play_story(story, folder, wishes, sys.stdin, sys.stdout, lines)
