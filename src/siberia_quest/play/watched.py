"""A game whose story is being written: after every save of a file it goes on in the new edition, in the same place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from siberia_quest.engine.status import place_of
from siberia_quest.loading.files import Loaded
from siberia_quest.loading.report import summary
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN, list_names, say
from siberia_quest.play.console import BrokenOff, Console, ConsoleItem, Notice, problem_of
from siberia_quest.play.game import Game
from siberia_quest.play.loop import Loop
from siberia_quest.play.newest_edition import NewestEdition
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.play.playthrough import MovedGame


def errors_in(edition: Loaded, check: str, *, before: bool = False) -> tuple[ConsoleItem, ...]:
    """Return the first error of an edition that has some, and how many more `check` lists. `before` says that no game is begun yet."""
    errors = [each for each in edition.diagnostics if each.severity == "error"]
    heading = say("watch_broken_before" if before else "watch_broken", count=summary(errors))
    first = problem_of(errors[0], edition.lines)._replace(heading=heading)
    return (first, Notice(say("watch_more", count=len(errors) - 1, check=check), "trouble")) if errors[1:] else (first,)


class EditionChange:
    """Brings one game into the editions of its story."""

    def __init__(self, game: Game, altered: Callable[[Story], Story], check: str) -> None:
        """`altered` gives an edition the beginning that was asked for, or raises WrongRequest; `check` lists its problems."""
        self._check = check
        self._game = game
        self._altered = altered
        self._origin = self._made = game.play
        self._stood = 0, game.play.picks

    def take_in(self, edition: Loaded) -> tuple[ConsoleItem, ...]:
        """Go on in an edition, in the same place; return what there is to say where the page does not say it itself.

        One with errors is only told of: the game stays as it is.
        """
        if edition.story is None:
            return errors_in(edition, self._check)
        notes: list[ConsoleItem] = [Notice(say("watch_renewed"), "heading")]
        if edition.diagnostics:
            notes.append(Notice(say("watch_warned", count=summary(edition.diagnostics), check=self._check)))
        story = edition.story
        try:
            story = self._altered(story)
        except WrongRequest as unwise:
            notes.append(Notice(str(unwise), "trouble"))
        return (*notes, *_notes_on(self._renew(story), edition.lines))

    def _renew(self, story: Story) -> MovedGame:
        """Bring over the game as it was after the player's last move, so that what a slip cut away comes back with its place."""
        game = self._game
        if game.play is not self._made or (game.play.turns, game.play.picks) != self._stood:
            self._origin = game.play
        renewed = self._origin.move_to(story)
        self._made, self._stood = renewed.play, (renewed.play.turns, renewed.play.picks)
        game.renew(renewed.play)
        return renewed


def _notes_on(renewed: MovedGame, lines: Mapping[str, Sequence[str]]) -> Iterator[ConsoleItem]:
    play = renewed.play
    if renewed.is_anew:
        yield Notice(say("watch_anew", gone=SPOKEN.tell(renewed.gone)), "trouble")
    elif renewed.back:
        turns = say("turns_one" if renewed.back == 1 else "turns_many", number=renewed.back)
        place = place_of(play.story, play.state)
        key = "watch_back" if place else "watch_back_bare"
        yield Notice(say(key, gone=SPOKEN.tell(renewed.gone), turns=turns, place=place), "trouble")
    if renewed.problem:
        yield problem_of(renewed.problem, lines)
    elif renewed.is_stale:
        yield Notice(say("watch_stale"))
    if renewed.changed:
        names = list_names([say("named", name=name) for name in renewed.changed], "list_and")
        yield Notice(say("watch_changed", names=names))


class WatchedLoop(Loop):
    """Plays one game, and takes in each edition of its story between two lines of the player, or while one is waited for."""

    def __init__(
        self,
        console: Console,
        game: Game,
        lines: Mapping[str, Sequence[str]],
        news: NewestEdition,
        renewing: EditionChange,
    ) -> None:
        """Keep the parts; `renewing` is of the same game."""
        super().__init__(console, game, lines)
        self._news = news
        self._renewing = renewing

    def _ask(self) -> str:
        typed = ""
        while True:
            edition = self._news.take()
            if edition:
                with _without_pauses(self.console):
                    self._take_in(edition)
            try:
                return self.console.ask(self._question()._replace(typed=typed, bell=self._news.bell))
            except BrokenOff as broken_off:
                typed = broken_off.typed

    def _take_in(self, edition: Loaded) -> None:
        self.console.tell(*self._renewing.take_in(edition))
        if edition.story:
            self._lines = edition.lines
            self._meant = None
            self.look(again=True)


@contextmanager
def _without_pauses(console: Console) -> Iterator[None]:
    """Let a page run through while inside: whoever saved a file looks at an editor, and presses no key here."""
    before = console.preferences
    console.preferences = before.switch("pauses", on=False).switch("typewriter", on=False)
    try:
        yield
    finally:
        console.preferences = before
