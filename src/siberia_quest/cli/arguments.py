"""The command line, in words: every command with its help and an example."""

import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, TextIO

from siberia_quest.cli.author_arguments import AUTHORS
from siberia_quest.cli.parts import WIDEST, CommandName, add_command, add_force, add_set, add_story
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import say
from siberia_quest.play.play_request import PlayRequest
from siberia_quest.storage.paths import read_path

if TYPE_CHECKING:
    from siberia_quest.cli.parts import Commands


class Options(Namespace):
    """What stood on the command line; each command sets those it has."""

    command: CommandName = "play"
    action: str = "list"
    names: tuple[str, ...] | list[str] = ()
    story: str = ""
    save: str = ""
    saves: str | None = None
    seed: int | None = None
    plain: bool = False
    full: bool = False
    json: bool = False
    version: bool = False
    script: Path | None = None
    record: Path | None = None
    start: str = ""
    before: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    force: bool = False
    prompt: str = ""
    form: str = "text"
    strict: bool = False
    notes: bool = False
    name: str = ""
    code: str = ""
    style: str = ""
    only: str = ""
    games: int | None = None
    jobs: int = 0
    bless: bool = False
    junit: Path | None = None
    states: int = 0
    html: Path | None = None
    check_saves: Path | None = None
    overlay: str = "none"
    scene: str = ""
    csv: Path | None = None
    out: Path | None = None
    dask: str = ""
    zip: bool = False
    web: bool = False
    cover: Path | None = None

    def wishes(self) -> PlayRequest:
        """Return how the game is to be played."""
        front = "json" if self.json else "plain" if self.plain else "full" if self.full else ""
        return PlayRequest(
            front,
            self.save,
            self.seed,
            self.script,
            self.record,
            self.start,
            dict(self.values),
            self.force,
            self.prompt,
        )


class _Parser(ArgumentParser):
    """Writes no more than words, and all of them."""

    def _print_message(self, message: str, file: TextIO | None = None) -> None:  # type: ignore[override]  # it gets nothing else
        (file or sys.stderr).write(clean(message))


def parse(given: Sequence[str]) -> Options:
    """Return what a command line asks for. Wrong usage and --help raise SystemExit, as argparse does."""
    options = make_parser(*given[:1]).parse_args(given, Options())
    options.values = (*options.before, *options.values)
    return options


def make_parser(first: str = "") -> ArgumentParser:
    """Return what reads a command line; each command with its help.

    For a line whose first word is that of a player, only this command is there: the others cost a player 4 ms at each start.
    """
    parser: ArgumentParser = _Parser(
        "siberia-quest",
        description=fill(say("about_all"), WIDEST),
        epilog=say("example", command="siberia-quest --plain"),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="store_true", help=say("option_version"))
    _how_to_play(parser, "before")
    commands = parser.add_subparsers(metavar="COMMAND", title=say("commands_title"))
    players = {"play": _add_play, "continue": _add_continue}
    for add in (
        (players[first],) if first in players else (*players.values(), _add_saves, _add_endings, _add_stories, *AUTHORS)
    ):
        add(commands)
    return parser


def _how_to_play(parser: ArgumentParser, dest: str = "values") -> None:
    # SUPPRESS: what stands before the command is not undone by the command's own defaults.
    add = parser.add_argument
    add("--plain", action="store_true", default=SUPPRESS, help=say("option_plain"))
    add("--full", action="store_true", default=SUPPRESS, help=say("option_full"))
    add("--prompt", metavar="TEXT", default=SUPPRESS, help=say("option_prompt"))
    add("--json", action="store_true", default=SUPPRESS, help=say("option_json_play"))
    add("--saves", metavar="DIR", default=SUPPRESS, help=say("option_saves"))
    add("--seed", metavar="N", type=_seed, default=SUPPRESS, help=say("option_seed"))
    add("--script", metavar="FILE", type=read_path, default=SUPPRESS, help=say("option_script"))
    add("--record", metavar="FILE", type=read_path, default=SUPPRESS, help=say("option_record"))
    add_set(parser, dest)
    add_force(parser)


def _add_play(commands: "Commands") -> None:
    parser = add_command(commands, "play", "siberia-quest play story/first_fire --seed 7")
    add_story(parser)
    _how_to_play(parser)
    parser.add_argument("--from", metavar="PASSAGE", dest="start", default="", help=say("option_from"))


def _add_continue(commands: "Commands") -> None:
    parser = add_command(commands, "continue", "siberia-quest continue")
    add_story(parser)
    parser.add_argument("--save", metavar="NAME", default="", help=say("option_save"))
    _how_to_play(parser)


def _add_saves(commands: "Commands") -> None:
    parser = add_command(commands, "saves", "siberia-quest saves export before-the-summit summit.save")
    actions = ("list", "show", "export", "import", "delete")
    parser.add_argument(
        "action", nargs="?", choices=actions, default="list", metavar="ACTION", help=say("option_action")
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=say("option_names"))
    parser.add_argument("--story", metavar="STORY", default="", help=say("option_story"))
    add_force(parser)
    _list_commands(parser)


def _add_endings(commands: "Commands") -> None:
    parser = add_command(commands, "endings", "siberia-quest endings")
    add_story(parser)
    _list_commands(parser)


def _add_stories(commands: "Commands") -> None:
    parser = add_command(commands, "stories", "siberia-quest stories")
    parser.add_argument("--json", action="store_true", help=say("option_json"))


def _list_commands(parser: ArgumentParser) -> None:
    parser.add_argument("--saves", metavar="DIR", default=SUPPRESS, help=say("option_saves"))
    parser.add_argument("--json", action="store_true", help=say("option_json"))


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise ArgumentTypeError(say("not_a_seed", text=text))
    return int(text)
