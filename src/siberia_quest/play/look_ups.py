"""What a front end may look up of a game while it asks: stats, journal, the way so far, and the saves."""

from collections.abc import Sequence

from siberia_quest.engine.status import chapter_of, chart_of, journal_of, stats_of
from siberia_quest.model.page import Panel
from siberia_quest.play.console import ConsoleItem, Notice, Row, Rows, SavedRow
from siberia_quest.play.game import Game
from siberia_quest.play.keeping import date_of, slot_of


class GameLookUps:
    """Looks up in one game, as it is at that moment."""

    def __init__(self, game: Game) -> None:
        """Keep the game."""
        self._game = game

    def stats(self) -> tuple[ConsoleItem, ...]:
        """Return the stats, and what the last turn changed."""
        rows = stats_of(self._game.story, self._game.state)
        return (Panel("", rows), *self._game.page.changes) if rows else (Notice(self._game.say("no_stats")),)

    def journal(self) -> tuple[ConsoleItem, ...]:
        """Return the journal, and how the stats went over its lines."""
        journal = journal_of(self._game.story, self._game.state)
        return (journal, chart_of(self._game.story, self._game.state)) if len(journal.lines) > 1 else (journal,)

    def way(self) -> tuple[ConsoleItem, ...]:
        """Return the chapters of the story's map or the places so far, each with what was done there."""
        has_map, found = bool(self._game.story.header.map), list[tuple[str, list[str]]]()
        for past in self._game.history():
            where = past.chapter if has_map else past.place
            if not found or found[-1][0] != where:
                found.append((where, []))
            if past.words and past.words not in found[-1][1]:
                found[-1][1].append(past.words)
        here = chapter_of(self._game.story, self._game.state) if has_map else self._game.place
        if not found or found[-1][0] != here:
            found.append((here, []))
        found[-1][1].append(self._game.say("you_are_here"))
        return (Rows("", tuple(Row(where or "–", " · ".join(done)) for where, done in found)),)

    def saves(self) -> Sequence[SavedRow]:
        """Return the saved games of this story, newest first."""
        language = self._game.language
        return [
            SavedRow(
                each.name, each.label if each.label != each.name else "", each.place, each.turn, date_of(each),
                language.tell(each.fault) if each.fault else each.preview, is_damaged=bool(each.fault),
            )
            for each in self._game.slots()
        ]  # fmt: skip

    def delete_save(self, name: str) -> str:
        """Delete a save; return why it cannot be, or "" where it was."""
        refused = self._game.saves.delete(name)
        return self._game.language.tell(refused.message) if refused else ""

    def rename_save(self, name: str, new: str) -> str:
        """Give a save another name; return why it cannot have that, or "" where it has."""
        refused = self._game.saves.rename(name, slot_of(new))
        return self._game.language.tell(refused.message) if refused else ""
