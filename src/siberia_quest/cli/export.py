"""`export`: a story as a page for browsers, alone or in an archive with its cover."""

import os
from pathlib import Path
from shlex import quote

from siberia_quest import load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import path_of, sound_story
from siberia_quest.cli.printing import print_record
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.find_files import files_at
from siberia_quest.loading.packing import write_archive
from siberia_quest.loading.reading import read_story
from siberia_quest.loading.taking import take_file, take_inside
from siberia_quest.model.markup import clean
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.storage.paths import make_room, write_new
from siberia_quest.terminal.front import write_line
from siberia_quest.tools.checking.publishing import list_lacking
from siberia_quest.tools.ifid import add_ifid, make_ifid
from siberia_quest.web.cover import MOST_BYTES, Cover, read_cover
from siberia_quest.web.ifiction import write_record
from siberia_quest.web.page_file import make_page

_RECORD = ".iFiction"


def export(options: Options) -> int:
    """Write a story as a page, if it has no errors; return the exit status. Raises WrongRequest and OSError."""
    path = path_of(options.story)
    story = sound_story(path)
    if story is None:
        write_line(say("web_unwritten"))
        return PROBLEMS
    target = options.out or Path(f"{story.id}.{'zip' if options.zip else 'html'}")
    record = target.with_suffix(_RECORD)
    for each in (target, record) if options.zip else (target,):
        make_room(each, force=options.force)
    cover = _cover(options.cover, path, story)
    story = _with_ifid(path, story)
    written = {target: make_page(story, cover).encode("utf-8")}
    if options.zip:
        beside = {f"cover.{cover.ending}": cover.data} if cover else {}
        written = {target: write_archive({"index.html": written[target], **beside})}
        if story.header.ifid:
            written[record] = write_record(story.header, story.language.name, cover).encode("utf-8")
    for each, data in written.items():
        write_new(each, data, force=options.force)
        if options.form == "json":
            print_record({"path": str(each), "bytes": len(data)})
        write_line(say("web_written", path=_shown(each), size=f"{max(1, round(len(data) / 1024)):,}"))
    _tell_what_is_lacking(story, cover)
    return FINE


def _shown(path: Path) -> str:
    return quote(clean(str(path)))


def _tell_what_is_lacking(story: Story, cover: Cover | None) -> None:
    lacking = [name for name in list_lacking(story.header) if name != "cover" or cover is None]
    if lacking:
        write_line(say("web_lacks", keys=", ".join(f"{name}:" for name in lacking)))


def _cover(given: Path | None, path: Path, story: Story) -> Cover | None:
    """Return the cover that was given, or that of the story, None where there is none. Raises WrongRequest, and OSError."""
    name = story.header.cover
    is_packed = path.is_file() and path.suffix != ".yaml"
    if given is None and (not name or is_packed):
        return None
    folder = path if path.is_dir() else path.parent
    shown = given or folder / name
    data = (
        take_file(given, MOST_BYTES, of="a cover", most=MOST_BYTES)
        if given
        else take_inside(folder, name, MOST_BYTES, of="a cover", most=MOST_BYTES)
    )
    cover = read_cover(data)
    if cover is None:
        raise WrongRequest(say("no_cover", path=shown, why=say("cover_is_none")))
    return cover


def _with_ifid(path: Path, story: Story) -> Story:
    """Return a story with an IFID: one that has none is given one, in its file, where that can be done safely."""
    if story.header.ifid:
        return story
    ifid, file = make_ifid(), path / "story.yaml" if path.is_dir() else path
    if _write_ifid(path, file, ifid, story):
        write_line(say("ifid_added", path=_shown(file), ifid=ifid))
        return load_story(path).story or story
    write_line(say("ifid_not_added", ifid=ifid))
    return story


def _write_ifid(path: Path, file: Path, ifid: str, story: Story) -> bool:
    """Write an IFID into a story's file, if it is then the same story with it; tell whether it is there."""
    try:
        found = files_at(path)
        if not isinstance(found, StoryFiles) or file.suffix != ".yaml" or not os.access(file, os.W_OK):
            return False
        text = add_ifid(found.files[found.main], ifid)
        if text is None:
            return False
        again = read_story(found._replace(files={**found.files, found.main: text})).story
        if again is None or again.header.ifid != ifid or again.header.structure != story.header.structure:
            return False
        mode = file.stat().st_mode
        write_new(file, text, force=True)
        file.chmod(mode)
    except OSError:
        return False
    return True
