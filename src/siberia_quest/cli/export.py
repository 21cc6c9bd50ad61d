"""`export`: a story as a page for browsers, alone or in an archive with its cover."""

from pathlib import Path
from shlex import quote

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import path_of, sound_story
from siberia_quest.cli.printing import print_record
from siberia_quest.loading.packing import write_archive
from siberia_quest.loading.taking import take_beginning
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.storage.paths import make_room, write_new
from siberia_quest.terminal.front import write_line
from siberia_quest.web.cover import MOST_BYTES, Cover, read_cover
from siberia_quest.web.page_file import make_page


def export(options: Options) -> int:
    """Write a story as a page, if it has no errors; return the exit status. Raises WrongRequest and OSError."""
    story = sound_story(path_of(options.story))
    if story is None:
        write_line(say("web_unwritten"))
        return PROBLEMS
    target = options.out or Path(f"{story.id}.{'zip' if options.zip else 'html'}")
    make_room(target, force=options.force)
    cover = _cover(options.cover) if options.cover else None
    data = make_page(story, cover).encode("utf-8")
    if options.zip:
        beside = {f"cover.{cover.ending}": cover.data} if cover else {}
        data = write_archive({"index.html": data, **beside})
    write_new(target, data, force=options.force)
    if options.form == "json":
        print_record({"path": str(target), "bytes": len(data)})
    write_line(say("web_written", path=quote(clean(str(target))), size=f"{max(1, round(len(data) / 1024)):,}"))
    return FINE


def _cover(path: Path) -> Cover:
    """Return the picture in a file. Raises WrongRequest where it is none, and OSError."""
    data = take_beginning(path, MOST_BYTES + 1)
    cover = read_cover(data)
    if cover is None:
        raise WrongRequest(say("no_cover", path=path, why=say("cover_is_none")))
    if len(data) > MOST_BYTES:
        raise WrongRequest(say("no_cover", path=path, why=say("cover_too_large", most=MOST_BYTES // 1024**2)))
    return cover
