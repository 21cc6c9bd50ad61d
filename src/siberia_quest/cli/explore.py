"""`explore`, for who writes a story."""

import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import names_from_here, path_of, playtests_of, story_and_lines
from siberia_quest.cli.printing import progress
from siberia_quest.model.markup import clean, escape
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.play_request import WrongRequest, only_settings_in
from siberia_quest.storage.paths import make_room, write_new
from siberia_quest.tools.exploring.exact import MOST_STATES
from siberia_quest.tools.exploring.exploration import Wanted, name_files
from siberia_quest.tools.exploring.exploration import explore as explore_story
from siberia_quest.tools.exploring.exploration_report import as_csv, as_json, as_text
from siberia_quest.tools.exploring.report_page import as_html
from siberia_quest.tools.playing.workers import workers


def explore(options: Options) -> int:
    """Explore a story and print what was found; return the exit status. Raises WrongRequest."""
    path = path_of(options.story)
    for file in filter(None, (options.html, options.csv)):
        make_room(file, force=options.force)  # told now, and not behind thousands of games
    story, _ = story_and_lines(options.story)
    tests = playtests_of(path, story)
    styles = dict(tests.styles)
    if options.style:
        if options.style not in styles:
            raise WrongRequest(say("no_style", name=options.style, known=", ".join(styles)))
        styles = {options.style: styles[options.style]}
    wanted = Wanted(
        options.games or 1000,
        options.seed or 0,
        only_settings_in(story, dict(options.values)),
        most_states=options.states or MOST_STATES,
    )
    with (
        _executor(options, wanted.games * (len(styles) + 1)) as executor,
        progress(say("states_followed")) as states,
        progress(say("games_played")) as games,
    ):
        found = explore_story(path, story, styles, wanted, executor, games, states)
    found = name_files(found, names_from_here(path))
    if options.html:
        write_new(options.html, as_html(found).encode(), force=options.force)
    if options.csv:
        write_new(options.csv, as_csv(found).encode(), force=options.force)
    named = f" {options.story}" if options.story else ""
    sys.stdout.write(
        escape(as_json(found)) if options.form == "json" else clean(as_text(found, f"siberia-quest test{named}"))
    )
    return (
        PROBLEMS if found.problems or found.exact.loops or any(each.endless for each in found.styles.values()) else FINE
    )


@contextmanager
def _executor(options: Options, games: int) -> Iterator[Executor | None]:
    """Lend what does the work: processes here, or a Dask cluster. Raises WrongRequest where there is none."""
    if not options.dask:
        with workers(options.jobs, games) as executor:
            yield executor
        return
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ImportError:
        raise WrongRequest(say("no_dask")) from None
    try:
        client = Client(options.dask, timeout="10s")
    except (OSError, ValueError) as error:
        raise WrongRequest(say("no_cluster", address=options.dask, why=str(error))) from None
    with client:
        yield client.get_executor()
