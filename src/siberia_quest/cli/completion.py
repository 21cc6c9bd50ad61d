"""`completion`: what a shell needs to complete the commands and options."""

import sys
from argparse import Action, ArgumentParser
from collections.abc import Iterator

import shtab

from siberia_quest.cli.arguments import Options, make_parser
from siberia_quest.play.exits import FINE
from siberia_quest.storage.paths import read_path

_FOLDERS = frozenset({"saves", "check_saves"})


def completion(options: Options) -> int:
    """Print the completion for a shell; return the exit status."""
    parser = make_parser()
    for action in _actions(parser):
        kind = shtab.DIRECTORY if action.dest in _FOLDERS else shtab.FILE
        if action.dest in {*_FOLDERS, "story"} or action.metavar == "STORY" or action.type is read_path:
            action.complete = kind  # type: ignore[attr-defined]  # where shtab looks
    sys.stdout.write(shtab.complete(parser, shell=options.name) + "\n")
    return FINE


def _actions(parser: ArgumentParser) -> Iterator[Action]:
    """Yield every argument of a parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001  # argparse shows them nowhere else
        yield action
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                yield from _actions(command)
