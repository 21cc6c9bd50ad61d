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
    """Play a game by lines, each an option's id or number or an answer; return the exit status.

    `show` is called with the first page and each that follows, `refuse` with a pick that was refused and the reason. It ends with 0
    where the lines or the story do; with `strict` the first pick that is refused ends it with 3, and a mistake in the story with 1.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from siberia_quest import load_story
    >>> from siberia_quest.play.game import Games
    >>> story, told = load_story("story/first_fire").story, []
    >>> with TemporaryDirectory() as folder:
    ...     game = Games(story, Path(folder)).begin({}, seed=7)
    ...     play_lines(game, iter(["dance", "1"]), lambda page: told.append(page.turn), lambda pick, _: told.append(pick), strict=False)
    0
    >>> told
    [0, 'dance', 1]
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
    """Return the id of the option that is meant by its id, or by its number from 1; an answer, or what is no option, stays as it is.

    >>> from siberia_quest import Option, Page
    >>> find_pick("2", Page((), options=(Option("stay", "Stay"), Option("go", "Go"))))
    'go'
    """
    if page.ask or any(option.id == pick for option in page.options):
        return pick
    number = int(pick) if pick.isdecimal() and len(pick) < 5 else 0
    return page.options[number - 1].id if 1 <= number <= len(page.options) else pick
