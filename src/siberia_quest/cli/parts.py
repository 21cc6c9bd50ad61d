"""What the parsers of all commands are made of."""

from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from textwrap import fill
from typing import TYPE_CHECKING, Literal, TypeAlias

from siberia_quest.play.catalogue import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Commands = _SubParsersAction[ArgumentParser]


#: Every command; `dispatch` does each.
CommandName: TypeAlias = Literal[
    "play", "continue", "saves", "endings", "stories", "new", "watch", "check", "test", "explore", "graph", "words", "why", "pack",
    "export", "schema", "explain", "completion",
]  # fmt: skip
#: Columns of the words above the options, which argparse leaves as they are, for the sake of the example.
WIDEST = 78


def add_command(commands: "Commands", name: CommandName, example: str) -> ArgumentParser:
    """Add a command with its help and an example."""
    parser = commands.add_parser(
        name,
        help=say(f"about_{name}"),
        description=fill(say(f"about_{name}"), WIDEST),
        epilog=say("example", command=example),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(command=name)
    return parser


def add_story(parser: ArgumentParser) -> None:
    """Let a command name a story."""
    parser.add_argument("story", nargs="?", default="", metavar="STORY", help=say("option_story"))


class AddedPair(Action):
    """Keeps each `NAME=VALUE`, also where the option is given again, before a command and behind it."""

    def __call__(self, _: ArgumentParser, namespace: Namespace, values: object, __: str | None = None) -> None:
        setattr(namespace, self.dest, (*getattr(namespace, self.dest, ()), values))


def add_set(parser: ArgumentParser, dest: str = "values") -> None:
    """Let a command begin with other values."""
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        dest=dest,
        type=pair_of,
        action=AddedPair,
        default=SUPPRESS,
        help=say("option_set"),
    )


def add_force(parser: ArgumentParser) -> None:
    """Let a command write over a file that is there."""
    parser.add_argument("--force", action="store_true", default=SUPPRESS, help=say("option_force"))


def pair_of(text: str) -> tuple[str, str]:
    """Return the name and the value of `name=value`. Raises ArgumentTypeError."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise ArgumentTypeError(say("not_a_pair", text=text))
    return name.strip(), value.strip()
