"""`check`: what is wrong in stories, and the author's notes."""

import sys
from pathlib import Path

from siberia_quest import load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import Lines, path_of, place_problems, raise_unreadable
from siberia_quest.cli.printing import write_json
from siberia_quest.loading.files import Loaded, StoryFiles
from siberia_quest.loading.find_files import files_in, home_of
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.loading.reading import read_story
from siberia_quest.loading.report import as_github, as_json, render_all, summary
from siberia_quest.loading.taking import MOST_BYTES
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.play.catalogue import SPOKEN, say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.terminal.front import columns_of, write_line
from siberia_quest.tools.checking import find_problems
from siberia_quest.tools.checking.old_saves import save_problems

#: The name of the story that comes from standard input.
_INPUT = Path("-")


class _Checked(NamedTuple):
    """What was found: problems, the author's notes, and the lines of the files."""

    found: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    lines: Lines = {}  # noqa: RUF012  # a default that nobody fills

    def added(self, other: "_Checked") -> "_Checked":
        return _Checked((*self.found, *other.found), (*self.notes, *other.notes), {**self.lines, **other.lines})


def check(options: Options) -> int:
    """Print what is wrong in stories, and the author's notes where they are wished for; return the exit status. Raises WrongRequest."""
    checked = _Checked()
    for path in dict.fromkeys(_meant(name) for name in options.names or [""]):
        checked = checked.added(_check(path, options))
    found, notes = checked.found, checked.notes
    if options.form == "json":
        write_json(as_json((*found, *notes)))
    elif options.form == "github":
        sys.stdout.write(clean(as_github(found)))
    elif found:
        sys.stdout.write(clean(render_all(found, checked.lines, columns_of(sys.stdout))))
    if options.form != "text" or not found:
        write_line(summary(found))
    if options.form != "json":
        places = (f"{span.file}:{span.line}:{span.column}: {note.message}" for note in notes for span in [note.span])
        sys.stdout.write("".join(f"{clean(each)}\n" for each in places))
    bad = {"error", "warning"} if options.strict else {"error"}
    return PROBLEMS if any(each.severity in bad for each in found) else FINE


def _meant(name: str) -> Path:
    """Return where the story is that a name means: a scene and a file of tests mean theirs. Raises WrongRequest."""
    if name == str(_INPUT):
        return _INPUT
    path = path_of(name)
    home = home_of(path)
    if home:
        write_line(say("checked_with", path=path, story=home))
    return home or path


def _check(path: Path, options: Options) -> _Checked:
    """Check one story. Raises WrongRequest."""
    loaded = _from_input() if path == _INPUT else load_story(path)
    raise_unreadable(path, loaded.diagnostics)
    found = find_problems(loaded)
    story = loaded.story
    if story and path != _INPUT:
        tests = read_playtests(path, story)
        found, loaded = (*found, *tests.diagnostics), loaded._replace(lines={**loaded.lines, **tests.lines})
    if options.check_saves and story:
        if not options.check_saves.exists():
            raise WrongRequest(say("no_saves_there", path=options.check_saves))
        count, more = save_problems(story, options.check_saves, SPOKEN)
        found = (*found, *more)
        write_line(say("saves_checked", count=count))
    there, lines = place_problems(found, loaded.lines, path)
    notes, _ = place_problems([*map(_note, story.notes)] if story and options.notes else [], {}, path)
    return _Checked(there, notes, lines)


def _from_input() -> Loaded:
    """Read a story from standard input. Raises WrongRequest where it is too large."""
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise WrongRequest(say("input_too_large", most=MOST_BYTES // 1024**2))
    found = files_in(_INPUT, data)
    return read_story(found) if isinstance(found, StoryFiles) else Loaded(None, (found,))


def _note(note: tuple[str, tuple[int, int], str]) -> Diagnostic:
    """Return a note of the author's as programs read it: beside the problems."""
    file, (line, column), text = note
    return Diagnostic("", text, Span(file, line, column, line, column + 1), "note")
