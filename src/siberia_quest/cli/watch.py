"""`watch`: play a story while it is being written."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shlex import quote
from threading import Event, Thread

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import folder_of, path_of
from siberia_quest.loading.files import Loaded
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import SPOKEN, say
from siberia_quest.play.exits import PROBLEMS
from siberia_quest.play.newest_edition import NewestEdition
from siberia_quest.play.plain_view import item_lines
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.play.watched import errors_in
from siberia_quest.terminal.front import write_line
from siberia_quest.terminal.session import play as play_story
from siberia_quest.terminal.signals import hold_signals
from siberia_quest.terminal.steady_lines import SteadyLines
from siberia_quest.tools.watching import CannotWatch, follow


def watch(options: Options) -> int:
    """Play a story, and go on in it after every save of its files; return the exit status. Raises WrongRequest."""
    if find_spec("watchfiles") is None:
        raise WrongRequest(say("no_watchfiles"))
    path = path_of(options.story)
    if options.web and (options.start or options.values or options.seed is not None or options.plain or options.json):
        raise WrongRequest(say("watch_web_alone"))
    with _news_of(path, options.story) as news:
        if options.web:
            from siberia_quest.cli.watch_page import watch_page  # noqa: PLC0415  # nothing else opens that door

            return watch_page(path, news)
        try:
            edition = _first_whole(news)
        except CannotWatch as why:
            raise WrongRequest(say("cannot_watch", path=path, why=why)) from None
        if edition.story is None:
            return PROBLEMS
        write_line(say("watch_begins", title=edition.story.title))
        source = SteadyLines(sys.stdin)  # lines are waited for beside news
        return play_story(edition.story, folder_of(None), options.wishes(), source, sys.stdout, edition.lines, news)


def _first_whole(news: NewestEdition) -> Loaded:
    """Return the first edition without errors; those before are told of. Where nobody types, nobody waits: then it may have errors."""
    while True:
        edition = news.wait()
        if edition.story:
            return edition
        sys.stderr.write("\n".join(item_lines(SPOKEN, errors_in(edition, news.check, before=True))) + "\n")
        if not sys.stdin.isatty():
            return edition
        sys.stderr.write("\n" + say("watch_waits") + "\n\n")


@contextmanager
def _news_of(path: Path, named: str) -> Iterator[NewestEdition]:
    """Lend what brings the editions of a story, from a thread of its own, until one leaves."""
    check = f"siberia-quest check {quote(clean(named))}" if named else "siberia-quest check"
    news, stop = NewestEdition(check), Event()

    def bring() -> None:
        try:
            with hold_signals():  # signals are for the thread that plays
                follow(path, news.tell, stop)
        except Exception as failed:  # noqa: BLE001  # told in the thread that plays
            news.tell(failed)

    thread = Thread(target=bring, daemon=True)
    thread.start()
    try:
        yield news
    finally:
        stop.set()
        thread.join()
        news.bell.close()
