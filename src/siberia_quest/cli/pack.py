"""`pack`: a story in one file, for who shares it."""

import os
import sys
from pathlib import Path
from shlex import quote

from siberia_quest import load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.finding import path_of
from siberia_quest.cli.printing import print_record
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.finding import find_files
from siberia_quest.loading.packing import packed
from siberia_quest.loading.report import render_all
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.wishes import Unwise
from siberia_quest.terminal.front import columns_of
from siberia_quest.tools.checking import find_problems


def pack(options: Options) -> int:
    """Write a story into one file, if it has no errors; return the exit status. Raises Unwise."""
    path = path_of(options.story)
    found, loaded = find_files(path), load_story(path)
    wrong = find_problems(loaded)
    if wrong:
        sys.stderr.write(clean(render_all(wrong, loaded.lines, columns_of(sys.stderr))))
    if loaded.story is None or not isinstance(found, StoryFiles) or any(each.severity == "error" for each in wrong):
        sys.stderr.write(say("not_packed") + "\n")
        return PROBLEMS
    target = options.out or Path(f"{loaded.story.id}.story")
    shown = quote(clean(str(target)))
    data = packed(found)
    try:
        if target.exists() and not (target.is_file() and target.read_bytes().startswith(data[:4])):
            raise Unwise(say("new_is_there", path=shown))
        unfinished = target.with_name(f"{target.name}.unfinished")
        unfinished.write_bytes(data)
        os.replace(unfinished, target)  # noqa: PTH105  # whoever reads it meanwhile has the old one, whole
    except OSError as error:
        raise Unwise(say("not_written", path=shown, reason=error.strerror or str(error))) from None
    if options.form == "json":
        print_record({"path": str(target), "bytes": len(data)})
    sys.stderr.write(say("packed", path=shown, size=f"{max(1, round(len(data) / 1024)):,}") + "\n")
    return FINE
