"""What `watch --web` does: the page of a story beside its editor, in a browser of this machine."""

import sys
from pathlib import Path

from siberia_quest.loading.files import Loaded
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import SPOKEN, say
from siberia_quest.play.exits import FINE
from siberia_quest.play.newest_edition import NewestEdition
from siberia_quest.play.plain_view import item_lines
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.play.watched import errors_in
from siberia_quest.terminal.front import write_line
from siberia_quest.tools.watching import CannotWatch
from siberia_quest.web.page_file import make_page
from siberia_quest.web.serving import Newest, serve


def watch_page(path: Path, news: NewestEdition) -> int:
    """Show each edition of a story in a page until the command is broken off; return the exit status. Raises WrongRequest."""
    newest = Newest()
    try:
        with serve(newest) as address:
            is_told = False
            while True:
                _show(newest, news.wait(), news.check)
                if not is_told and newest.edition.page:
                    write_line(say("watch_web", address=address))
                    is_told = True
    except KeyboardInterrupt:
        return FINE
    except CannotWatch as why:
        raise WrongRequest(say("cannot_watch", path=path, why=why)) from None


def _show(newest: Newest, edition: Loaded, check: str) -> None:
    if edition.story:
        newest.show(make_page(edition.story, edition=newest.edition.number + 1))
        write_line(say("watch_web_shown", number=newest.edition.number))
        return
    words = clean("\n".join(item_lines(SPOKEN, errors_in(edition, check, before=not newest.edition.page))))
    sys.stderr.write(f"{words}\n")
    newest.show("", words)
