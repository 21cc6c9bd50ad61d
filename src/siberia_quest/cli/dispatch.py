"""Which function does which command."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType

from siberia_quest import __version__
from siberia_quest.cli.arguments import Options

#: The module of this room in which the function of a command stands, which has the command's name.
_HOMES = MappingProxyType({
    "check": "authors", "completion": "completing", "endings": "lists", "explain": "authors", "explore": "exploring", "graph": "graphing",
    "new": "starting",
    "pack": "starting", "saves": "lists", "schema": "authors", "stories": "lists", "test": "testing", "watch": "watching",
    "why": "telling", "words": "telling",
})  # fmt: skip


def dispatch(options: Options) -> int:
    """Do a command; return its exit status. Each command pays for its own imports. Raises Unwise."""
    if options.version:
        sys.stdout.write(f"siberia-quest {__version__}\n")
        return 0
    if options.command in {"play", "continue"}:
        from siberia_quest.cli.plays import go_on, play  # noqa: PLC0415

        return (play if options.command == "play" else go_on)(options.story, options.wishes(), options.saves)
    do: Callable[[Options], int] = getattr(
        import_module(f"siberia_quest.cli.{_HOMES[options.command]}"), options.command
    )
    return do(options)
