"""`new`: a small story to begin with."""

import os
from pathlib import Path
from shlex import quote

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.printing import print_record
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.storage.paths import read_path
from siberia_quest.terminal.front import write_line
from siberia_quest.tools.starting import new_story, title_of


def new(options: Options) -> int:
    """Write a small story into a new folder; return the exit status. Raises WrongRequest, with nothing written over."""
    folder = read_path(options.name)
    shown = quote(clean(str(folder)))
    files = new_story(title_of(Path(os.path.realpath(folder)).name))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WrongRequest(say("new_is_there", path=shown))
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WrongRequest(say("not_written", path=shown, reason=error.strerror or str(error))) from None
    if options.form == "json":
        print_record({"path": str(folder), "files": list(files)})
    write_line(say("new_written", path=shown))
    return FINE
