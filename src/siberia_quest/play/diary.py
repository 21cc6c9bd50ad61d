"""The transcript that is kept of each game by itself, turn by turn as it was played: also what was taken back stands there."""

from collections.abc import Sequence
from pathlib import Path

from siberia_quest.model.language import Told, compose
from siberia_quest.model.page import Page
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.refusals import why_refused
from siberia_quest.storage.told_games import ToldGame


class Diary:
    """Writes down the games of a sitting, each into its own file. What the disk refuses is told once, and costs no turn."""

    def __init__(self, folder: Path) -> None:
        """Begin with nothing told; `folder` is that of the story's saves."""
        self._folder = folder
        self._games: dict[str, ToldGame] = {}
        self._trouble: Told = ()
        self._has_told = False

    def tell_turn(self, play: Playthrough, before: Page, pick: str) -> None:
        """Write down what was picked on a page, and the page it led to."""
        from siberia_quest.play.plain_view import item_lines, one_line  # noqa: PLC0415  # not before the first page is shown

        words = one_line(next((option.text for option in before.options if option.id == pick), pick))
        language = play.story.language
        self.add(play, f"> {words}", *item_lines(language, play.page.blocks), first=item_lines(language, before.blocks))

    def tell_move(self, play: Playthrough) -> None:
        """Write down that the game was moved to another turn."""
        self.add(play, play.story.language.say("diary_moved", turn=play.turns))

    def add(self, play: Playthrough, *lines: str, first: Sequence[str] = ()) -> None:
        """Write lines down; `first` are those of the page that a new game began with."""
        try:
            game = self._games.get(play.id) or ToldGame(self._folder, play.id)
            self._games[play.id] = game
            told = ["", lines[0], *([""] if lines[1:] else []), *lines[1:]]
            if game.is_new:
                told = [*self._head(play), "", *first, *told]
            game.add("\n".join([*told, ""]))
        except OSError as refused:
            self._trouble = () if self._has_told else compose("diary_failed", why=why_refused(refused))
            self._has_told = True

    def news(self) -> Sequence[Told]:
        """Return once what the disk refused."""
        news, self._trouble = self._trouble, ()
        return (news,) if news else ()

    def _head(self, play: Playthrough) -> Sequence[str]:
        from siberia_quest.play.transcripts import head_of  # noqa: PLC0415

        head = head_of(play)
        return [*head, "", play.story.language.say("diary_late")] if play.turns > 1 else head
