"""`check` and `explain`, for who writes a story."""

import json
import re
import sys
from collections.abc import Mapping
from typing import TextIO

from siberia_quest import Loaded, load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.finding import path_of
from siberia_quest.cli.places import problems_folder
from siberia_quest.engine.numbers import plural
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.markup import clean
from siberia_quest.terminal.catalogue import say
from siberia_quest.terminal.exits import FINE, PROBLEMS
from siberia_quest.terminal.wishes import Unwise
from siberia_quest.tools.report import render

_CODE = re.compile(r"SQ\d{3}")
_SEVERITIES: Mapping[str, str] = {"error": "error", "warning": "warning", "hint": "notice"}
Record = Mapping[str, str | int]


def check(options: Options) -> int:
    """Print what is wrong in a story, and the author's notes where they are wished for; return the exit status."""
    path = path_of(options.story)
    loaded = load_story(path)
    if options.form == "json":
        sys.stdout.write(json.dumps([_record(each) for each in loaded.diagnostics], indent=2) + "\n")
    elif options.form == "github":
        sys.stdout.write("".join(f"{_annotation(each)}\n" for each in loaded.diagnostics))
    else:
        write_problems(loaded, sys.stdout)
    if options.notes and loaded.story:
        sys.stdout.write(
            "".join(f"{file}:{line}:{column}: {clean(text)}\n" for file, (line, column), text in loaded.story.notes)
        )
    sys.stderr.write(_summary(loaded) + "\n")
    bad = {"error", "warning"} if options.strict else {"error"}
    return PROBLEMS if any(each.severity in bad for each in loaded.diagnostics) else FINE


def write_problems(loaded: Loaded, target: TextIO) -> None:
    """Print diagnostics in words, an empty line between them."""
    target.write(
        "\n\n".join(clean(render(each, loaded.lines)) for each in loaded.diagnostics) + "\n" * bool(loaded.diagnostics)
    )


def explain(code: str) -> int:
    """Print the page about a diagnostic. Raises Unwise for what is no code."""
    code = code.upper()
    page = problems_folder() / f"{code}.md"
    if not _CODE.fullmatch(code) or not page.is_file():
        raise Unwise(say("no_such_code", code=clean(code)))
    sys.stdout.write(page.read_text(encoding="utf-8"))
    return FINE


def _summary(loaded: Loaded) -> str:
    errors = sum(each.severity == "error" for each in loaded.diagnostics)
    others = len(loaded.diagnostics) - errors
    if not loaded.diagnostics:
        return say("check_fine")
    return say(
        "check_found",
        errors=say(plural(errors, "errors_one", "errors_many"), number=errors),
        others=say(plural(others, "warnings_one", "warnings_many"), number=others),
    )


def _record(each: Diagnostic) -> Record:
    span = each.span
    return {
        "code": each.code,
        "severity": each.severity,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": each.message,
        "why": each.why,
        "fix": each.fix,
    }


def _annotation(each: Diagnostic) -> str:
    """Return a diagnostic as a line that GitHub shows beside the code."""
    span = each.span
    place = f"file={_escaped(span.file)},line={span.line},endLine={span.end_line},col={span.column},title={each.code}"
    words = ". ".join(part for part in (each.message, each.why, each.fix and f"fix: {each.fix}") if part)
    return f"::{_SEVERITIES[each.severity]} {place}::{_escaped(words)}"


def _escaped(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\n", "%0A").replace(",", "%2C").replace(":", "%3A")
