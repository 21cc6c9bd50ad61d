"""The game's loop: show the page, ask, do what was meant. One loop plays on every front end that reads lines."""

from collections.abc import Callable, Mapping, Sequence

from siberia_quest.engine.counting import list_words
from siberia_quest.engine.status import status_of
from siberia_quest.engine.turns import NotOnOffer
from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.model.page import Option, Page
from siberia_quest.model.state import State
from siberia_quest.play.commands import COMMANDS, command_named, names_of_commands
from siberia_quest.play.console import Console, EndOfInput, InputRequest, Interrupted, Notice, problem_of
from siberia_quest.play.exits import FINE, INTERRUPTED, PROBLEMS, REFUSED
from siberia_quest.play.game import Game
from siberia_quest.play.opening import confirm
from siberia_quest.play.phrasing import shorten
from siberia_quest.play.picking import find_named, find_nearest, guess, simplify
from siberia_quest.storage.names import AUTOSAVE

#: What can be chosen once a story has ended; each is a command.
_CLOSING = ("restart", "undo", "endings", "quit")
_LONGEST_ECHO = 40


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
            return page.options
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
        return self._answer(" ".join(clean(typed).split()))

    def _ask(self) -> str:
        return self.console.ask(self._question())

    def _guard(self, do: Callable[[], int | None]) -> int | None:
        try:
            return do()
        except EndOfInput:
            return self.leave()
        except (Interrupted, KeyboardInterrupt):
            return self._interrupt()

    def _question(self) -> InputRequest:
        page, state = self.game.page, self.game.state
        if self._asked and self._asked[0] is page and self._asked[1] is state:  # what was typed came to nothing
            return self._asked[2]
        options = self.options()
        status = status_of(self.game.story, self.game.state) if not page.ending else ()
        names = tuple(names_of_commands(self.game.language))
        request = InputRequest(_prompt(self.game.language, page, options), options, status, names)
        self._asked = page, state, request
        return request

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
        if typed.startswith("/"):
            return self._slash(typed[1:])
        if self.game.page.ask:
            return self._reply(typed, meant)
        option = find_named(typed, self.options())
        if option:
            return self._choose(option)
        if self._strict:
            return self._take(typed)
        command = command_named(self.game.language, typed)
        if command and not (command[1] and guess(typed, self.options())):
            return command[0].run(self, command[1])
        if meant is not None and simplify(typed) in self.game.language.words_of("yes_words"):
            return self._do_meant(meant)
        return self._guess(typed)

    def _reply(self, typed: str, meant: Option | str | None) -> int | None:
        """Answer the page's question; a bare command is asked about once, since it may be the answer."""
        if command_named(self.game.language, typed) and meant != typed and not self._strict:
            self._meant = typed
            self.console.tell(Notice(self.game.say("command_or_answer", name=typed, typed=typed)))
            return None
        return self._take(typed)

    def _slash(self, typed: str) -> int | None:
        command = command_named(self.game.language, typed)
        if command:
            return command[0].run(self, command[1])
        name = typed.split(maxsplit=1)[0] if typed.split() else ""
        near = find_nearest(name, (), names_of_commands(self.game.language))
        if isinstance(near, str):
            self._suggest(near)
            return None
        self.console.tell(Notice(self.game.say("no_such_command", name=shorten(name, _LONGEST_ECHO)), "trouble"))
        return None

    def _guess(self, typed: str) -> int | None:
        options = self.options()
        if not typed:
            return self._take_nothing(options)
        found = guess(typed, options)
        if len(found) == 1:
            return self._choose(found[0])
        if found:
            which = list_words(
                self.game.language, [self.game.say("quoted", text=each.text) for each in found], "list_or"
            )
            self.console.tell(Notice(self.game.say("which_one", which=which)))
            return None
        if typed.isdecimal() and options:
            self.console.tell(
                Notice(self.game.say("no_such_number", number=shorten(typed, 9), last=len(options)), "trouble")
            )
            return None
        near = find_nearest(typed, options, names_of_commands(self.game.language))
        if near is not None:
            self._suggest(near)
            return None
        self.console.tell(Notice(self.game.say("not_understood", typed=shorten(typed, _LONGEST_ECHO)), "trouble"))
        return None

    def _take_nothing(self, options: tuple[Option, ...]) -> int | None:
        """Enter alone takes the only choice there is; it never chooses between two."""
        if len(options) == 1 and options[0].enabled:
            return self._choose(options[0])
        self.console.tell(Notice(self.game.say("choose_please" if options else "nothing_to_choose")))
        return None

    def _suggest(self, meant: Option | str) -> None:
        self._meant = meant
        if isinstance(meant, Option):
            self.console.tell(Notice(self.game.say("did_you_mean", text=meant.text)))
        else:
            self.console.tell(Notice(self.game.say("did_you_mean_command", text=f"/{meant}")))

    def _do_meant(self, meant: Option | str) -> int | None:
        if isinstance(meant, Option):
            return self._choose(meant)
        return COMMANDS[names_of_commands(self.game.language)[meant]].run(self, "")

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
    return language.say("choose", last=len(options)) if options else language.say("type_command")
