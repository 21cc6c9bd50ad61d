"""The command line of who writes a story: every command with its help and an example."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from typing import TYPE_CHECKING

from siberia_quest.cli.parts import add_command, add_force, add_set, add_story
from siberia_quest.play.catalogue import say
from siberia_quest.storage.paths import read_path

if TYPE_CHECKING:
    from siberia_quest.cli.parts import Commands

_MOST_DIGITS = 9


def _add_new(commands: "Commands") -> None:
    parser = add_command(commands, "new", "siberia-quest new my_story")
    parser.add_argument("name", metavar="NAME", help=say("option_new_name"))
    _print_json(parser)


def _add_check(commands: "Commands") -> None:
    parser = add_command(commands, "check", "siberia-quest check story/first_fire --format github")
    parser.add_argument("names", nargs="*", default=[], metavar="STORY", help=say("option_check_stories"))
    parser.add_argument(
        "--format", choices=("text", "json", "github"), dest="form", default="text", help=say("option_format")
    )
    parser.add_argument("--json", action="store_const", const="json", dest="form", help=say("option_json"))
    parser.add_argument("--strict", action="store_true", help=say("option_strict"))
    parser.add_argument("--notes", action="store_true", help=say("option_notes"))
    parser.add_argument("--saves", metavar="DIR", dest="check_saves", type=read_path, help=say("option_check_saves"))


def _add_explain(commands: "Commands") -> None:
    parser = add_command(commands, "explain", "siberia-quest explain SQ201")
    parser.add_argument("code", metavar="CODE", help=say("option_code"))
    _print_json(parser)


def _add_test(commands: "Commands") -> None:
    parser = add_command(commands, "test", "siberia-quest test story/first_fire --only patient")
    add_story(parser)
    add = parser.add_argument
    add("--only", metavar="WORDS", default="", help=say("option_only"))
    add("--games", metavar="N", type=number_of, default=SUPPRESS, help=say("option_games"))
    add("--jobs", metavar="N", type=number_of, default=0, help=say("option_jobs"))
    add("--style", metavar="STYLE", default="", help=say("option_style"))
    add("--seed", metavar="N", type=number_of, default=SUPPRESS, help=say("option_seed"))
    add_set(parser)
    add("--bless", action="store_true", help=say("option_bless"))
    add("--junit", metavar="FILE", type=read_path, help=say("option_junit"))
    add_force(parser)
    _print_json(parser)


def _add_explore(commands: "Commands") -> None:
    parser = add_command(commands, "explore", "siberia-quest explore story/night_train --html report.html")
    add_story(parser)
    add = parser.add_argument
    add("--games", metavar="N", type=number_of, default=SUPPRESS, help=say("option_games_each"))
    add("--seed", metavar="N", type=number_of, default=SUPPRESS, help=say("option_seed_first"))
    add("--style", metavar="STYLE", default="", help=say("option_style_alone"))
    add("--states", metavar="N", type=number_of, default=0, help=say("option_states"))
    add_set(parser)
    add("--jobs", metavar="N", type=number_of, default=0, help=say("option_jobs"))
    add("--dask", metavar="ADDRESS", default="", help=say("option_dask"))
    add("--html", metavar="FILE", type=read_path, help=say("option_html"))
    add("--csv", metavar="FILE", type=read_path, help=say("option_csv"))
    add_force(parser)
    _print_json(parser)


def _add_words(commands: "Commands") -> None:
    parser = add_command(commands, "words", "siberia-quest words story/night_train")
    add_story(parser)
    add = parser.add_argument
    add("--games", metavar="N", type=number_of, default=SUPPRESS, help=say("option_games_read"))
    add("--seed", metavar="N", type=number_of, default=SUPPRESS, help=say("option_seed_first"))
    _print_json(parser)


def _add_why(commands: "Commands") -> None:
    parser = add_command(commands, "why", "siberia-quest why my_story walk --set wounds=cut,ribs --set trained.saw=3")
    add_story(parser)
    parser.add_argument("name", metavar="PLACE", help=say("option_why_place"))
    add = parser.add_argument
    add("--save", metavar="NAME", default="", help=say("option_why_save"))
    add("--saves", metavar="DIR", default=SUPPRESS, help=say("option_saves"))
    add("--seed", metavar="N", type=number_of, default=SUPPRESS, help=say("option_seed"))
    add("--script", metavar="FILE", type=read_path, default=SUPPRESS, help=say("option_script"))
    add("--from", metavar="PASSAGE", dest="start", default="", help=say("option_why_from"))
    add_set(parser)
    _print_json(parser)


def _add_pack(commands: "Commands") -> None:
    parser = add_command(commands, "pack", "siberia-quest pack my_story --out my_story.story")
    add_story(parser)
    parser.add_argument("--out", metavar="FILE", type=read_path, help=say("option_out"))
    add_force(parser)
    _print_json(parser)


def _add_export(commands: "Commands") -> None:
    parser = add_command(commands, "export", "siberia-quest export web my_story --zip --cover cover.png")
    parser.add_argument("name", choices=("web",), metavar="FORM", help=say("option_export_form"))
    add_story(parser)
    add = parser.add_argument
    add("--out", metavar="FILE", type=read_path, help=say("option_export_out"))
    add("--zip", action="store_true", help=say("option_zip"))
    add("--cover", metavar="PICTURE", type=read_path, help=say("option_cover"))
    add_force(parser)
    _print_json(parser)


def _add_graph(commands: "Commands") -> None:
    parser = add_command(commands, "graph", "siberia-quest graph my_story --out map.html")
    add_story(parser)
    forms = ("text", "dot", "mermaid", "svg", "png", "html", "json")
    add = parser.add_argument
    add("--out", metavar="FILE", type=read_path, help=say("option_graph_out"))
    add_force(parser)
    add("--format", choices=forms, dest="form", default="", help=say("option_graph_format"))
    add("--json", action="store_const", const="json", dest="form", help=say("option_json"))
    add("--scene", metavar="SCENE", default="", help=say("option_scene"))
    add("--overlay", choices=("none", "words", "reach"), default="none", help=say("option_overlay"))
    add("--games", metavar="N", type=number_of, default=SUPPRESS, help=say("option_games_graph"))
    add("--seed", metavar="N", type=number_of, default=SUPPRESS, help=say("option_seed_first"))
    add("--jobs", metavar="N", type=number_of, default=0, help=say("option_jobs"))


def _add_watch(commands: "Commands") -> None:
    parser = add_command(commands, "watch", "siberia-quest watch my_story --from night --set wood=6")
    add_story(parser)
    add = parser.add_argument
    add("--from", metavar="PASSAGE", dest="start", default="", help=say("option_why_from"))
    add_set(parser)
    add("--seed", metavar="N", type=number_of, default=SUPPRESS, help=say("option_seed"))
    add("--plain", action="store_true", default=SUPPRESS, help=say("option_plain"))
    add("--web", action="store_true", help=say("option_watch_web"))
    add("--json", action="store_true", default=SUPPRESS, help=say("option_json_watch"))


def _add_schema(commands: "Commands") -> None:
    parser = add_command(commands, "schema", "siberia-quest schema my_story > my_story/story.schema.json")
    parser.add_argument("story", nargs="?", default="", metavar="STORY", help=say("option_schema_story"))


def _add_completion(commands: "Commands") -> None:
    parser = add_command(commands, "completion", "source <(siberia-quest completion bash)")
    parser.add_argument("name", choices=("bash", "zsh", "fish"), metavar="SHELL", help=say("option_shell"))


def _print_json(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_const", const="json", dest="form", default="text", help=say("option_json")
    )


def number_of(text: str) -> int:
    """Return a whole number, 0 or more. Raises ArgumentTypeError."""
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise ArgumentTypeError(say("no_count", given=text))
    return int(text)


#: What adds each command, in the order of the help.
AUTHORS = (
    _add_new,
    _add_watch,
    _add_check,
    _add_test,
    _add_explore,
    _add_graph,
    _add_words,
    _add_why,
    _add_pack,
    _add_export,
    _add_schema,
    _add_explain,
    _add_completion,
)
