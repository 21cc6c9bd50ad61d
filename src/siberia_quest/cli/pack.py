"""`pack`: a story in one file, for who shares it."""

from pathlib import Path
from shlex import quote

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import path_of, sound_story
from siberia_quest.cli.printing import print_record
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.find_files import files_at
from siberia_quest.loading.packing import pack_files
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.storage.paths import write_new
from siberia_quest.terminal.front import write_line


def pack(options: Options) -> int:
    """Write a story into one file, if it has no errors; return the exit status. Raises WrongRequest and OSError."""
    path = path_of(options.story)
    found, story = files_at(path), sound_story(path)
    if story is None or not isinstance(found, StoryFiles):
        write_line(say("not_packed"))
        return PROBLEMS
    target = options.out or Path(f"{story.id}.story")
    data = pack_files(found)
    write_new(target, data, force=options.force)
    if options.form == "json":
        print_record({"path": str(target), "bytes": len(data)})
    write_line(say("packed", path=quote(clean(str(target))), size=f"{max(1, round(len(data) / 1024)):,}"))
    return FINE
