"""`check`, `schema` and `explain`, for who writes a story."""

import json
import re
import sys

from siberia_quest import load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.finding import path_of, story_and_lines
from siberia_quest.cli.places import problems_folder
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.markup import clean
from siberia_quest.terminal.catalogue import say
from siberia_quest.terminal.exits import FINE, PROBLEMS
from siberia_quest.terminal.front import columns_of
from siberia_quest.terminal.wishes import Unwise
from siberia_quest.tools.checking import find_problems
from siberia_quest.tools.checking.saves import save_problems
from siberia_quest.tools.report import as_github, as_json, render_all, summary
from siberia_quest.tools.schema import as_json as as_schema

_CODE = re.compile(r"SQ\d{3}")


def check(options: Options) -> int:
    """Print what is wrong in a story, and the author's notes where they are wished for; return the exit status. Raises Unwise."""
    loaded = load_story(path_of(options.story))
    found = find_problems(loaded)
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


def schema(options: Options) -> int:
    """Print the JSON Schema of story files, with the names of a story where one is named; return the exit status. Raises Unwise."""
    story = None
    if options.story:
        story, _ = story_and_lines(options.story)
        if story is None:
            return PROBLEMS
    sys.stdout.write(as_schema(story))
    return FINE


def explain(options: Options) -> int:
    """Print the page about a diagnostic; return the exit status. Raises Unwise for what is no code."""
    code = options.code.upper()
    page = problems_folder() / f"{code}.md"
    if not _CODE.fullmatch(code) or not page.is_file():
        raise Unwise(say("no_such_code", code=clean(code)))
    text = page.read_text(encoding="utf-8")
    if options.form == "json":
        title = text.partition("\n")[0].removeprefix(f"# {code}: ")
        text = json.dumps({"code": code, "title": title, "page": text}, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.write(text)
    return FINE
