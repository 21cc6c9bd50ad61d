"""Plain text for screen readers, pipes and logs: lines are only ever appended, and nothing but words is written."""

from contextlib import AbstractContextManager, nullcontext
from typing import TextIO

from siberia_quest.loading.taking import LONGEST_LINE
from siberia_quest.model.language import Language
from siberia_quest.model.page import Page, Title
from siberia_quest.play import console
from siberia_quest.play.exits import BY_SIGNAL, INTERRUPTED
from siberia_quest.play.picking import simplify
from siberia_quest.play.plain_view import Said, board_lines, item_lines, one_line, sentences_of
from siberia_quest.play.told_lists import ToldLists
from siberia_quest.terminal.drawing import status_words


class PlainConsole:
    """Reads lines and writes lines. It never reads ahead of what it asked for, and never echoes."""

    def __init__(
        self,
        language: Language,
        source: console.LineSource,
        target: TextIO,
        preferences: console.Preferences = console.Preferences(),  # noqa: B008  # it cannot change
        prompt: str = "",
    ) -> None:
        """Keep the streams. `source` may be a script; a terminal leaves the cursor behind the prompt.

        With a `prompt` this alone is written where a choice is asked for, without a line end, for programs that wait for it.
        """
        self.preferences = preferences._replace(motion=False, pauses=False)
        self._prompt = prompt
        self._is_asking = False
        self._lists = ToldLists(language)
        self._language = language
        self._source = source
        self._target = target
        self._at_terminal = source.isatty() and target.isatty()
        self._begun = False
        self._status: tuple[str, ...] = ()
        self._panels: frozenset[Said] = frozenset()
        self._heard = ""

    def show(self, page: Page, place: str, *, again: bool = False) -> None:  # nothing is drawn anew
        """Write a page; where it has no title of its own and is shown again, say where one is."""
        has_title = any(isinstance(piece, Title) for piece in page.pieces)
        changes = page.changes if self.preferences.changes or again else ()
        told = item_lines(self._language, page._replace(changes=changes).blocks)
        if again and place and not has_title:
            told = [one_line(place), "", *told] if told else [one_line(place)]
        is_brief = self.preferences.brief and page.turn > 0 and not again
        choices = self._lists.tell(page.options, brief=is_brief)
        for part in (self._new_panels(page, again=again), choices):
            told += ["", *part] if told and part else part
        self._write(told)

    def _new_panels(self, page: Page, *, again: bool) -> list[str]:
        """Return what the panels say that they did not say on the page before; all of it where it is asked for again."""
        before: frozenset[Said] = frozenset() if again else self._panels
        self._panels = frozenset(said for board in page.panels for said in sentences_of(self._language, board))
        titles = [page.title, *(board.title for board in page.panels)]
        self._heard = f" {simplify(' '.join([*titles, *(said for _, _, said in self._panels)]))} "
        return [line for board in page.panels for line in board_lines(self._language, board, before)]

    def tell(self, *items: console.ConsoleItem) -> None:
        """Write what the program has to say."""
        self._write(item_lines(self._language, items))

    def ask(self, question: console.InputRequest) -> str:
        """Return the next line. The last one of a pipe counts though no newline ends it."""
        self._tell_status(question)
        self._write_prompt(question)
        try:
            line = self._line(question)
        except console.BrokenOff:
            self._target.write("\n" if self._at_terminal else "")
            raise
        except KeyboardInterrupt:
            if not self._at_terminal:  # nobody is there to be asked again
                raise console.Signalled(INTERRUPTED - BY_SIGNAL) from None
            self._target.write("\n")
            raise console.Interrupted from None
        except (OSError, ValueError):
            raise console.EndOfInput from None
        if not line:
            self._target.write("\n" if self._at_terminal else "")
            raise console.EndOfInput
        return line.lstrip("\ufeff").rstrip("\r\n")  # some programs put that mark before a text

    def _write_prompt(self, question: console.InputRequest) -> None:
        words = one_line(question.words)
        if not self._prompt:
            self._target.write(f"{words} " if self._at_terminal else f"{words}\n")
        else:
            self._write([] if question.options else [words])
            self._target.write(f"\n{self._prompt}" if self._is_asking else self._prompt)
            self._is_asking = not self._at_terminal
        self._target.flush()

    def _line(self, question: console.InputRequest) -> str:
        if question.bell:
            from siberia_quest.terminal.steady_lines import SteadyLines  # noqa: PLC0415  # few games are watched

            if isinstance(self._source, SteadyLines):
                self._source.wait(question.bell, LONGEST_LINE)
        return console.take_line(self._source.readline)

    def _tell_status(self, question: console.InputRequest) -> None:
        """Tell what of the status is new and stands in no title or panel; stats are told where they change."""
        if not question.status:
            return
        status = tuple(status_words(entry) for entry in question.status if entry.row is None)
        new = [
            words
            for words in status
            if words and words not in self._status and f" {simplify(words)} " not in self._heard
        ]
        self._status = status
        if new:
            self._write([self._language.say("sentence", words=", ".join(new))])

    def held(self) -> AbstractContextManager[None]:
        """Hold nothing: a plain terminal is used as it is."""
        return nullcontext()

    def hand_over(self, _: console.Signalled) -> bool:
        """Return False: a signal may be raised wherever a line is read or written."""
        return False

    def _write(self, lines: list[str]) -> None:
        if not lines:
            return
        self._target.write(("\n" if self._begun else "") + "\n".join(lines) + "\n")
        self._target.flush()
        self._begun = True
        self._is_asking = False
