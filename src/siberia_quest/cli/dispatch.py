"""Which function does which command."""

import sys
from typing import assert_never

from siberia_quest import __version__
from siberia_quest.cli.arguments import Options


def dispatch(options: Options) -> int:  # noqa: C901, PLR0912  # long: a row for each command
    """Do a command; return its exit status. Each pays for its own imports. Raises WrongRequest."""
    if options.version:
        sys.stdout.write(f"siberia-quest {__version__}\n")
        return 0
    match options.command:
        case "play":
            from siberia_quest.cli.play import play  # noqa: PLC0415

            return play(options.story, options.wishes(), options.saves)
        case "continue":
            from siberia_quest.cli.continue_ import continue_  # noqa: PLC0415

            return continue_(options.story, options.wishes(), options.saves)
        case "saves":
            from siberia_quest.cli.saves import saves as do  # noqa: PLC0415
        case "endings":
            from siberia_quest.cli.endings import endings as do  # noqa: PLC0415
        case "stories":
            from siberia_quest.cli.stories import stories as do  # noqa: PLC0415
        case "new":
            from siberia_quest.cli.new import new as do  # noqa: PLC0415
        case "watch":
            from siberia_quest.cli.watch import watch as do  # noqa: PLC0415
        case "check":
            from siberia_quest.cli.check import check as do  # noqa: PLC0415
        case "test":
            from siberia_quest.cli.test import test as do  # noqa: PLC0415
        case "explore":
            from siberia_quest.cli.explore import explore as do  # noqa: PLC0415
        case "graph":
            from siberia_quest.cli.graph import graph as do  # noqa: PLC0415
        case "words":
            from siberia_quest.cli.words import words as do  # noqa: PLC0415
        case "why":
            from siberia_quest.cli.why import why as do  # noqa: PLC0415
        case "pack":
            from siberia_quest.cli.pack import pack as do  # noqa: PLC0415
        case "export":
            from siberia_quest.cli.export import export as do  # noqa: PLC0415
        case "schema":
            from siberia_quest.cli.schema import schema as do  # noqa: PLC0415
        case "explain":
            from siberia_quest.cli.explain import explain as do  # noqa: PLC0415
        case "completion":
            from siberia_quest.cli.completion import completion as do  # noqa: PLC0415
        case _:
            assert_never(options.command)
    return do(options)
