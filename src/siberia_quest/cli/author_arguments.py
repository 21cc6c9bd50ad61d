"""The command line of who writes a story: every command with its help and an example."""

from typing import TYPE_CHECKING

from siberia_quest.cli.parts import add_command, add_story
from siberia_quest.terminal.catalogue import say

if TYPE_CHECKING:
    from siberia_quest.cli.parts import Commands


def _add_check(commands: "Commands") -> None:
    parser = add_command(commands, "check", "siberia-quest check story/first_fire --format github")
    add_story(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "github"), dest="form", default="text", help=say("option_format")
    )
    parser.add_argument("--json", action="store_const", const="json", dest="form", help=say("option_json"))
    parser.add_argument("--strict", action="store_true", help=say("option_strict"))
    parser.add_argument("--notes", action="store_true", help=say("option_notes"))


def _add_explain(commands: "Commands") -> None:
    parser = add_command(commands, "explain", "siberia-quest explain SQ201")
    parser.add_argument("code", metavar="CODE", help=say("option_code"))


#: What adds each command, in the order of the help.
AUTHORS = (_add_check, _add_explain)
