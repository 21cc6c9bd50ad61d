"""`graph`, for who writes a story."""

import gc
import sys
from pathlib import Path
from types import MappingProxyType

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import names_from_here, path_of, story_and_lines
from siberia_quest.cli.printing import progress
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import list_names, say
from siberia_quest.play.exits import FINE
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.storage.paths import make_room, write_new
from siberia_quest.terminal.front import write_line
from siberia_quest.tools.mapping.dot import overview, with_key, write_scene_map, write_whole_map
from siberia_quest.tools.mapping.links import StoryMap, map_of
from siberia_quest.tools.mapping.map_page import MOST_AT_ONCE, as_html
from siberia_quest.tools.mapping.reach import reach_of
from siberia_quest.tools.mapping.svg_files import NoPicture, draw_file
from siberia_quest.tools.mapping.text_maps import as_json, as_mermaid, as_outline
from siberia_quest.tools.playing.workers import workers

_BY_ENDING = MappingProxyType({
    ".svg": "svg", ".png": "png", ".html": "html", ".htm": "html", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid",
    ".json": "json", ".txt": "text",
})  # fmt: skip
_GAMES = 200
#: From so many passages on, games are played where they are asked for alone: each passage takes a millisecond to get ready.
_LARGE = 1000


def graph(options: Options) -> int:
    """Print a story's map, or write it into a file; return the exit status. Raises WrongRequest."""
    sort = options.form or (_sort_of(options.out) if options.out else "text")
    if options.out is None and sort in {"png", "html"}:
        raise WrongRequest(say("graph_needs_file", sort=sort))
    if options.out:
        make_room(options.out, force=options.force)
    was_on = gc.isenabled()
    gc.disable()  # all that is made here stays until the end: in a large story, looking for garbage doubles the time
    try:
        return _graph(options, sort)
    finally:
        if was_on:
            gc.enable()


def _sort_of(out: Path) -> str:
    """Return the sort of map that a file's ending asks for. Raises WrongRequest where it asks for none there is."""
    sort = _BY_ENDING.get(out.suffix.lower())
    if sort is None:
        raise WrongRequest(say("no_sort", path=out, known=list_names([*_BY_ENDING])))
    return sort


def _graph(options: Options, sort: str) -> int:
    story, _ = story_and_lines(options.story)
    known = dict.fromkeys(passage.scene for passage in story.passages.values())
    if options.scene and options.scene not in known:
        raise WrongRequest(say("no_scene", name=options.scene, known=", ".join(known)))
    games, reach = _games(options, sort, len(story.passages)), None
    if games:
        with workers(options.jobs, games * 2) as executor, progress(say("games_played")) as tell:
            reach = reach_of(path_of(options.story), games, options.seed or 0, executor, tell)
    drawn = map_of(story, reach, names_from_here(path_of(options.story)))
    try:
        data = _make_file(drawn, sort, options)
    except NoPicture as none:
        raise WrongRequest(say("no_graphviz") if none.is_missing else say("no_picture", why=none)) from None
    if options.out is None:
        sys.stdout.write(clean(data.decode("utf-8")))
        return FINE
    write_new(options.out, data, force=options.force)
    write_line(say("graph_written", path=options.out))
    return FINE


def _games(options: Options, sort: str, passages: int) -> int:
    if options.games is not None:
        return options.games
    return _GAMES if options.overlay == "reach" or (sort == "html" and passages < _LARGE) else 0


def _make_file(drawn: StoryMap, sort: str, options: Options) -> bytes:
    """Return the map as a file of some sort. Raises NoPicture."""
    match sort:
        case "html":
            return as_html(drawn, options.scene, options.overlay, options.jobs).encode()
        case "json":
            return as_json(drawn, options.scene).encode()
        case "text":
            return as_outline(drawn, options.scene).encode()
        case "mermaid":
            return as_mermaid(drawn, options.scene).encode()
    if options.scene:
        source = write_scene_map(drawn, options.scene, options.overlay)
    elif len(drawn.boxes) > MOST_AT_ONCE:
        source = overview(drawn)
    else:
        source = write_whole_map(drawn, options.overlay)
    source = with_key(source, options.overlay)
    return source.encode() if sort == "dot" else draw_file(source, sort)
