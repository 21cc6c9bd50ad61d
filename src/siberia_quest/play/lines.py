"""The game for other programs: one pick a line, and for each a page, in whatever form the front end writes."""

from collections.abc import Callable, Iterator

from siberia_quest.engine.turns import NotOnOffer
from siberia_quest.model.markup import clean
from siberia_quest.model.page import Page
from siberia_quest.play.exits import FINE, PROBLEMS, REFUSED
from siberia_quest.play.game import Game


def play_lines(
    game: Game, lines: Iterator[str], show: Callable[[Page], None], refuse: Callable[[str, str], None], *, strict: bool
) -> int:
    """Play a game by lines; return the exit status. With `strict` the first pick that is refused ends it with 3.

    `show` writes a page, `refuse` a pick that was refused and why.
    """
    show(game.page)
    for line in lines:
        if game.page.ending and not strict:
            break
        pick = clean(line).strip()
        try:
            page = game.take(find_pick(pick, game.page))
        except NotOnOffer as refused:
            refuse(pick, refused.reason)
            if strict:
                return REFUSED
            continue
        show(page)
        if strict and page.problem:
            return PROBLEMS
        if game.page.ending and not strict:
            break
    return FINE


def find_pick(pick: str, page: Page) -> str:
    """Return the id of the option that is meant by its id or its number; an answer to a question stays as it is."""
    if page.ask or any(option.id == pick for option in page.options):
        return pick
    number = int(pick) if pick.isdecimal() and len(pick) < 5 else 0
    return page.options[number - 1].id if 1 <= number <= len(page.options) else pick
