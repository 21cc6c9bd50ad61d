"""A front end of another kind: fragments of a page, written by what knows nothing of a terminal."""

from html import escape
from pathlib import Path

from play.sittings import YARD, story_of
from siberia_quest.model.page import Option, Page
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.game import Games
from siberia_quest.play.phrasing import remark_on
from siberia_quest.play.requests import Declined, Moved, find_pick, pick


class Fragments:
    """Writes each page as paragraphs and buttons."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self.written: list[str] = []

    def show(self, page: Page) -> None:
        """Write a page."""
        told = [f"<p>{escape(each)}</p>" for each in page.paragraphs]
        buttons = [
            f'<button name="{each.id}">{escape(each.text)} {remark_on(SPOKEN, each)}</button>' for each in page.options
        ]
        self.written.append("".join([*told, *buttons]))

    def refuse(self, picked: str, reason: str) -> None:
        """Write why a pick was refused."""
        self.written.append(f"<p class=refused>{escape(picked)}: {escape(reason)}</p>")


def test_a_front_end_of_fragments_plays_a_game_and_comes_back_to_it(tmp_path: Path) -> None:
    games, page = Games(story_of(YARD), tmp_path), Fragments()
    first = games.begin({}, seed=7)
    page.show(first.page)
    for picked in ("split", "nothing"):
        reply = pick(first, picked)
        if isinstance(reply, Moved):
            page.show(reply.page)
        elif isinstance(reply, Declined):
            page.refuse(picked, reply.reason)
    assert [each[:10] for each in page.written] == ["<p>Snow li", "<button na", "<p class=r"]
    assert '<button name="anvil">' in page.written[0]
    earlier = games.under_way()
    assert earlier
    assert earlier.game
    assert games.go_on(earlier.game).page == first.page


def test_where_nothing_was_picked_no_game_is_under_way(tmp_path: Path) -> None:
    games = Games(story_of(YARD), tmp_path)
    games.begin({})
    assert games.under_way() is None


def test_an_id_wins_over_a_number() -> None:
    page = Page((), options=(Option("2", "Two"), Option("b", "Other")))
    assert [find_pick(each, page) for each in ("2", "1", "3", "x")] == ["2", "2", "3", "x"]
