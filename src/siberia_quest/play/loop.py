"""The game's loop: show the page, ask, do what was meant. One loop plays on every front end that reads lines."""

from collections.abc import Callable, Mapping, Sequence

from siberia_quest.engine.status import status_of
from siberia_quest.engine.turns import NotOnOffer
from siberia_quest.model.language import Language
from siberia_quest.model.page import Option, Page
from siberia_quest.model.state import State
from siberia_quest.play.commands import COMMANDS, command_words
from siberia_quest.play.console import Console, EndOfInput, InputRequest, Interrupted, Left, Notice, problem_of
from siberia_quest.play.exits import FINE, INTERRUPTED, PROBLEMS, REFUSED
from siberia_quest.play.game import Game
from siberia_quest.play.look_ups import GameLookUps
from siberia_quest.play.opening import confirm
from siberia_quest.play.picking import (
    CommandLine,
    Intent,
    Letters,
    Perhaps,
    find_command,
    find_exact,
    letter_of,
    read_command,
    read_line,
    simplify,
    tidy_line,
)
from siberia_quest.play.replies import choose_please, reply_to
from siberia_quest.storage.names import AUTOSAVE

#: What can be chosen once a story has ended; each is a command.
_CLOSING = ("restart", "undo", "endings", "quit")


class Loop:
    """Plays one game on a console. With `strict` only exact picks count, and the first that is refused ends it with 3."""

    def __init__(
        self, console: Console, game: Game, lines: Mapping[str, Sequence[str]], *, strict: bool = False
    ) -> None:
        """Keep the parts; `lines` are those of the story's files, for problems met in play."""
        self._lines = lines
        self.console = console
        self.game = game
        self._strict = strict
        self._interrupts = 0
        self._meant: Option | str | None = None
        self._trouble = ""
        self._asked: tuple[Page, State, InputRequest] | None = None
        self._commands = command_words(game.language)
        self._letters = Letters(game.language)

    def run(self, *, again: bool = False) -> int:
        """Play until the player leaves; return the exit status. With `again` the page was shown in an earlier sitting."""
        status = self._guard(lambda: self.look(again=again))
        while status is None:
            status = self._guard(self._turn)
        return status

    def look(self, *, again: bool = False) -> None:
        """Show the page where the game stands."""
        self._show(self.game.page, again=again)

    def _show(self, page: Page, *, again: bool) -> None:
        place = self.game.place
        self._tell_news()
        if page.problem:
            if page.pieces:
                self.console.show(page._replace(options=()), place)
            self.console.tell(problem_of(page.problem, self._lines))
            page, place = Page(()), ""
        self.console.show(page._replace(options=self.options()), place, again=again)
        trouble = self.game.trouble
        if trouble != self._trouble:
            self.console.tell(
                Notice(
                    self.game.say("autosave_failed", reason=trouble) if trouble else self.game.say("autosave_works"),
                    "trouble",
                )
            )
        self._trouble = trouble

    def _tell_news(self) -> None:
        news = self.game.news()
        if news:
            self.console.tell(*map(Notice, news))

    def options(self) -> tuple[Option, ...]:
        """Return what can be chosen now; after the end, what can still be done."""
        page = self.game.page
        if page.options or page.ask or self._strict:
            return page.options if self._strict else self._letters.give(page.options)
        offered = (name for name in _CLOSING if name != "undo" or not self.game.is_barred())
        return tuple(Option(name, self.game.say(f"end_{name}")) for name in offered)

    def confirm(self, words: str) -> bool:
        """Ask a yes-or-no question; anything but yes is no. Raises EndOfInput and Interrupted."""
        return confirm(self.console, self.game.language, words)

    def leave(self, status: int = FINE) -> int:
        """Say goodbye; return the exit status."""
        self.game.settle()
        self._tell_news()
        trouble, seen = self.game.trouble, self.game.seen_in
        if trouble:
            self.console.tell(Notice(self.game.say("left_unsaved", reason=trouble), "trouble"))
        elif seen not in {"", AUTOSAVE}:
            self.console.tell(Notice(self.game.say("left_seen", slot=seen)))
        else:
            is_over = self.game.page.ending is not None
            self.console.tell(
                Notice(self.game.say("left_ended" if is_over else "left" if self.game.is_kept else "left_aside"))
            )
        return status

    def _turn(self) -> int | None:
        typed = self._ask()
        self._interrupts = 0
        line = tidy_line(typed)
        if not line and typed.strip() and not self._strict:  # keys that are no letters: not even Enter alone was meant
            self.console.tell(Notice(choose_please(self.game.language, self.options())))
            return None
        return self._answer(line)

    def _ask(self) -> str:
        return self.console.ask(self._question())

    def _guard(self, do: Callable[[], int | None]) -> int | None:
        try:
            return do()
        except (EndOfInput, Left):
            return self.leave()
        except (Interrupted, KeyboardInterrupt):
            return self._interrupt()

    def _question(self) -> InputRequest:
        page, state = self.game.page, self.game.state
        if self._asked and self._asked[0] is page and self._asked[1] is state:  # what was typed came to nothing
            return self._asked[2]
        options = self.options()
        status = status_of(self.game.story, self.game.state) if not page.ending else ()
        names = tuple(each.called[0] for each in self._commands)
        words = _prompt(self.game.language, page, options)
        request = InputRequest(
            words, options, status, names, behind=self._find_behind, weighty=page.ending is not None,
            look_ups=GameLookUps(self.game),
        )  # fmt: skip
        self._asked = page, state, request
        return request

    def _find_behind(self, called: str) -> Sequence[str]:
        """Return what may follow a command, by what it is called."""
        found = find_command(called, self._commands)
        return COMMANDS[found.name].behind(self) if found else ()

    def _interrupt(self) -> int | None:
        self._interrupts += 1
        if self._interrupts == 1:
            try:
                self.console.tell(Notice(self.game.say("ctrl_c_hint" if self.game.is_kept else "ctrl_c_hint_aside")))
            except (Interrupted, KeyboardInterrupt):  # the second was quick
                self._interrupts += 1
            else:
                return None
        try:
            sure = self.game.say("leave_sure" if self.game.is_kept else "leave_sure_aside")
            return self.leave() if self.confirm(sure) else None
        except EndOfInput:
            return self.leave()
        except (Interrupted, KeyboardInterrupt):
            return self.leave(INTERRUPTED)

    def _answer(self, typed: str) -> int | None:
        meant, self._meant = self._meant, None
        if typed.startswith("* "):  # as testers of such stories do everywhere
            self.console.tell(Notice(self.game.say("noted" if self.game.note(typed[2:]) else "no_more_notes")))
            return None
        if self.game.page.ask:
            return self._reply(typed, meant)
        if self._strict:
            return self._take_exactly(typed)
        if not typed:
            return self._take_nothing(self.options())
        if meant is not None and simplify(typed) in self.game.language.words_of("yes_words"):
            return self._do(meant if isinstance(meant, Option) else find_command(meant, self._commands), typed)
        return self._do(read_line(self.game.language, typed, self.options(), self._commands), typed)

    def _take_exactly(self, typed: str) -> int | None:
        found = find_exact(typed, self.options())
        return self._choose(found) if found else self._take(typed)

    def _reply(self, typed: str, meant: Option | str | None) -> int | None:
        """Answer the page's question; a bare command is asked about once, since it may be the answer."""
        if self._strict:
            return self._take(typed)
        if typed.startswith("/"):
            return self._do(read_command(typed[1:], self._commands), typed)
        if find_command(typed, self._commands) and meant != typed:
            self._meant = typed
            self.console.tell(Notice(self.game.say("command_or_answer", name=typed, typed=typed)))
            return None
        return self._take(typed)

    def _do(self, meaning: Intent, typed: str) -> int | None:
        """Do what a line means, or say what is to be made of it."""
        if isinstance(meaning, Option):
            return self._choose(meaning)
        if isinstance(meaning, CommandLine):
            return COMMANDS[meaning.name].run(self, meaning.rest)
        self._meant = meaning.meant if isinstance(meaning, Perhaps) else None
        names = [each.called[0] for each in self._commands]
        self.console.tell(reply_to(self.game.language, meaning, typed, self.options(), names))
        return None

    def _take_nothing(self, options: tuple[Option, ...]) -> int | None:
        """Enter alone takes the only choice there is; it never chooses between two."""
        if len(options) == 1 and options[0].enabled:
            return self._choose(options[0])
        self.console.tell(Notice(choose_please(self.game.language, self.options())))
        return None

    def _choose(self, option: Option) -> int | None:
        if not self.game.page.options and option.id in COMMANDS and not self._strict:
            return COMMANDS[option.id].run(self, "")
        if option.enabled:
            return self._take(option.id)
        reason = option.reason.rstrip(".")
        words = (
            self.game.say("is_locked", text=option.text, reason=reason)
            if reason
            else self.game.say("is_locked_bare", text=option.text)
        )
        self.console.tell(Notice(words, "trouble"))
        return REFUSED if self._strict else None

    def _take(self, pick: str) -> int | None:
        try:
            page = self.game.take(pick)
        except NotOnOffer as refused:
            self.console.tell(Notice(refused.reason, "trouble"))
            return REFUSED if self._strict else None
        self._show(page, again=False)
        return PROBLEMS if self._strict and page.problem else None


def _prompt(language: Language, page: Page, options: tuple[Option, ...]) -> str:
    if page.ask:
        prompt = page.ask.prompt
        if page.ask.optional:
            return language.say("answer_optional", prompt=prompt)
        return language.say("answer_default", prompt=prompt, default=page.ask.default) if page.ask.default else prompt
    if len(options) == 1 and options[0].enabled:
        return language.say("choose_one")
    if not options:
        return language.say("type_command")
    return language.say("choose_letter" if any(map(letter_of, options)) else "choose", last=len(options))
