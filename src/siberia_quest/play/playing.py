"""The loop, as the commands see it."""

from typing import Protocol

from siberia_quest.play.console import Console
from siberia_quest.play.game import Game


class Playing(Protocol):
    """A game that is played on a console."""

    console: Console
    game: Game

    def look(self, *, again: bool = False) -> None:
        """Show the page where the game stands."""

    def confirm(self, words: str) -> bool:
        """Ask a yes-or-no question; anything but yes is no."""

    def leave(self, status: int = 0) -> int:
        """Say goodbye; return the exit status."""
