"""`check`: what is wrong in a story, and the author's notes."""

import sys

from siberia_quest import load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.finding import path_of
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.loading.report import as_github, as_json, render_all, summary
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.wishes import Unwise
from siberia_quest.terminal.front import columns_of
from siberia_quest.tools.checking import find_problems
from siberia_quest.tools.checking.saves import save_problems


def check(options: Options) -> int:
    """Print what is wrong in a story, and the author's notes where they are wished for; return the exit status. Raises Unwise."""
    path = path_of(options.story)
    loaded = load_story(path)
    found = find_problems(loaded)
    if loaded.story:
        tests = read_playtests(path, loaded.story)
        found, loaded = (*found, *tests.diagnostics), loaded._replace(lines={**loaded.lines, **tests.lines})
    if options.check_saves and loaded.story:
        if not options.check_saves.exists():
            raise Unwise(say("no_saves_there", path=options.check_saves))
        count, more = save_problems(loaded.story, options.check_saves)
        found = (*found, *more)
        sys.stderr.write(say("saves_checked", count=count) + "\n")
    notes = loaded.story.notes if options.notes and loaded.story else ()
    if options.form == "json":
        sys.stdout.write(as_json((*found, *map(_note, notes))))
    elif options.form == "github":
        sys.stdout.write(as_github(found))
    elif found:
        sys.stdout.write(clean(render_all(found, loaded.lines, columns_of(sys.stdout))))
    if options.form != "text" or not found:
        sys.stderr.write(f"{summary(found)}\n")
    if options.form != "json":
        sys.stdout.write("".join(f"{file}:{line}:{column}: {clean(text)}\n" for file, (line, column), text in notes))
    bad = {"error", "warning"} if options.strict else {"error"}
    return PROBLEMS if any(each.severity in bad for each in found) else FINE


def _note(note: tuple[str, tuple[int, int], str]) -> Diagnostic:
    """Return a note of the author's as programs read it: beside the problems."""
    file, (line, column), text = note
    return Diagnostic("", text, Span(file, line, column, line, column + 1), "note")
