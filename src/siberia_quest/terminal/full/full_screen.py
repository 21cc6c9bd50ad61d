"""The keys of the full screen, and the terminal it is painted on."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import TextIO

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, Layout, UIContent, Window
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.play.commands import command_words
from siberia_quest.play.console import BrokenOff, EndOfInput, InputRequest, Interrupted, Signalled
from siberia_quest.play.picking import find_command
from siberia_quest.terminal.full.painting import Painter
from siberia_quest.terminal.full.session_log import LeftScreen
from siberia_quest.terminal.full.side_views import SaveBrowser
from siberia_quest.terminal.full.stage import LEAST_HEIGHT, LEAST_WIDTH, Stage
from siberia_quest.terminal.prompt import drop_answers, put_ahead, spell_style
from siberia_quest.terminal.signals import Held, hold_interrupt
from siberia_quest.terminal.theme import Theme

_DIGITS = "123456789"
#: For so long an Enter behind a digit that answered at once is habit, and answers nothing.
_HABIT = 1.0


class StayingOutput(Vt100_Output):
    """A terminal that stays on its alternate screen between two questions: the page would flicker otherwise."""

    stays = False

    def enter_alternate_screen(self) -> None:
        """Take the alternate screen, unless it is taken."""
        if not self.stays:
            super().enter_alternate_screen()

    def quit_alternate_screen(self) -> None:
        """Give the alternate screen back, unless it is needed on."""
        if not self.stays:
            super().quit_alternate_screen()


def open_output(stream: TextIO) -> Output:
    """Return the terminal that a stream writes to."""
    if os.name != "posix":
        return create_output(stream)  # pragma: no cover  # no Windows here to test on
    output = StayingOutput.from_pty(stream, term=os.environ.get("TERM"))
    output.enable_cpr = False
    return output


class _Screen(BufferControl):
    """The whole screen as what shows the line that is typed, so that the editor's keys work on that."""

    def __init__(
        self, buffer: Buffer, paint: Callable[[int, int], UIContent], press: Callable[[MouseEvent], None]
    ) -> None:
        super().__init__(buffer)
        self._paint = paint
        self._press = press

    def create_content(self, width: int, height: int, preview_search: bool = False) -> UIContent:  # noqa: ARG002, FBT001, FBT002  # the interface
        return self._paint(width, height)

    def mouse_handler(self, mouse_event: MouseEvent) -> None:
        self._press(mouse_event)


class FullScreen:
    """Asks on the whole screen. `source` and `target` are for tests; else the terminal itself."""

    def __init__(
        self,
        language: Language,
        stage: Stage,
        source: Input | None = None,
        target: Output | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the editor and its keys, once for all questions."""
        self.stage = stage
        self.has_mouse = False
        self._clock = clock
        self._language = language
        self._pasted: list[str] = []
        self._digit_at = -_HABIT
        self._is_open = False
        self._painter = Painter()
        self._output = target or open_output(sys.stdout)
        self._buffer = Buffer(history=InMemoryHistory(), multiline=False)
        self._buffer.on_text_changed += lambda _: self._filter()
        self._screen = _Screen(self._buffer, self._paint, self._press)
        self._app: Application[str] = Application(
            layout=Layout(Window(self._screen, wrap_lines=False, style="class:ground")),
            key_bindings=self._bindings(),
            full_screen=True,
            mouse_support=Condition(lambda: self.has_mouse),
            input=drop_answers(source or create_input()),
            output=self._output,
            include_default_pygments_style=False,
        )
        self._app.ttimeoutlen = 0.05

    @property
    def line(self) -> str:
        """What is typed on the line."""
        return self._buffer.text

    def wear(self, theme: Theme) -> None:
        """Take on a theme."""
        self.stage.wear(theme)
        self._app.style = Style.from_dict({"ground": spell_style(theme.ground)})

    def put_ahead(self, typed: bytes) -> None:
        """Take what was typed before there was a screen."""
        put_ahead(self._app.input, typed)

    # --- asking -------------------------------------------------------------------------------------------------------

    def fits(self) -> bool:
        """Tell whether the terminal has room."""
        rows, columns = self._output.get_size()
        return columns >= LEAST_WIDTH and rows >= LEAST_HEIGHT

    def open(self) -> None:
        """Take the alternate screen, unless it is taken."""
        if not self._is_open:
            self._is_open = True
            self._output.enter_alternate_screen()
            self._output.erase_screen()
            self._output.flush()
        self._stay(on=True)

    def close(self) -> None:
        """Give the alternate screen back."""
        self._stay(on=False)
        if self._is_open:
            self._is_open = False
            self._output.quit_alternate_screen()
            self._output.flush()

    def _stay(self, *, on: bool) -> None:
        if isinstance(self._output, StayingOutput):
            self._output.stays = on

    def _suspend(self, event: KeyPressEvent) -> None:
        """Stop, as any program does, on the ordinary screen."""
        self.close()
        event.app.suspend_to_background()

    def ask(self, question: InputRequest) -> str:
        """Return a line.

        Raises LeftScreen, EndOfInput, Interrupted, BrokenOff, Signalled, OSError, EOFError.
        """
        if self._pasted and not question.weighty:
            return self._pasted.pop(0)
        rows, columns = self._output.get_size()
        self.stage.lay_out(columns, rows)
        self.stage.begin(question)
        self._buffer.document = Document(question.typed + (self._take_ahead() if question.weighty else ""))
        bell = question.bell
        with bell.listen(self._break_off) if bell else nullcontext(), hold_interrupt() as interrupted:
            line = self._app.run(pre_run=partial(self._look_once, interrupted))
        if interrupted.came:
            raise Interrupted
        return line

    def _take_ahead(self) -> str:
        """Return what was typed before the question was seen, for its line: no Enter among it answers. Other keys stay where they were."""
        pasted, self._pasted = " ".join(self._pasted), []
        keys = [*get_typeahead(self._app.input), *self._app.input.read_keys()]
        store_typeahead(self._app.input, [each for each in keys if len(each.key) > 1 and each.key != Keys.ControlM])
        return pasted + "".join(each.data for each in keys if len(each.key) == 1 and each.data.isprintable())

    def has_more(self) -> bool:
        """Tell whether lines were pasted or keys typed that no question has read yet."""
        ahead = get_typeahead(self._app.input)
        store_typeahead(self._app.input, ahead)
        return bool(self._pasted or ahead)

    def hand_over(self, gone: Signalled) -> bool:
        """Let a signal end the question that waits; tell whether one waits."""
        return self._end(lambda: gone)

    def _look_once(self, interrupted: Held) -> None:
        if interrupted.came:
            self._end(Interrupted)
        elif self.stage.question.bell and self.stage.question.bell.is_rung:
            self._break_off()

    def _break_off(self) -> None:
        self._end(lambda: BrokenOff(self._buffer.text))

    def _end(self, with_what: Callable[[], BaseException]) -> bool:
        """End the question that waits, from whichever thread; tell whether one waits."""
        app, loop = self._app, self._app.loop
        if not app.is_running or loop is None:
            return False

        def leave() -> None:
            if app.is_running and app.future is not None and not app.future.done():
                app.exit(exception=with_what())

        loop.call_soon_threadsafe(leave)
        return True

    def _paint(self, width: int, height: int) -> UIContent:
        if width < LEAST_WIDTH or height < LEAST_HEIGHT:
            self._leave(wanted=False)
            return UIContent(lambda _: [], line_count=1, cursor_position=Point(0, 0))
        frame = self.stage.draw(width, height, self._buffer.text, self._buffer.cursor_position)
        painted = [[*self._painter.paint(line), ("", " ")] for line in frame.rows]  # where the cursor may stand
        return UIContent(
            lambda at: painted[at], line_count=len(painted), cursor_position=Point(frame.column, frame.row)
        )

    def _leave(self, *, wanted: bool) -> None:
        left = LeftScreen(self._buffer.text, wanted=wanted)
        self._end(lambda: left)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _bindings(self) -> KeyBindings:
        keys, stage = KeyBindings(), self.stage
        is_empty = Condition(lambda: not self._buffer.text)
        in_saves = Condition(lambda: isinstance(stage.view, SaveBrowser))
        in_view = Condition(lambda: stage.view is not None) & ~in_saves
        is_asked = Condition(lambda: isinstance(stage.view, SaveBrowser) and stage.view.mode == "delete")
        in_list = in_saves & Condition(lambda: isinstance(stage.view, SaveBrowser) and stage.view.mode == "list")
        is_sought = Condition(lambda: bool(stage.sought)) & is_empty
        takes_digit = is_empty & Condition(
            lambda: stage.question.at_once and len(stage.question.options) <= len(_DIGITS)
        )
        has_more = Condition(lambda: stage.reader.count_below() > 0 and stage.view is None)
        for key, rows, columns in (("up", -1, 0), ("down", 1, 0), ("left", 0, -1), ("right", 0, 1)):
            keys.add(key, filter=is_empty | in_saves)(lambda _, rows=rows, columns=columns: stage.step(rows, columns))
        keys.add("pageup")(lambda _: stage.turn_page(-1))
        keys.add("pagedown")(lambda _: stage.turn_page(1))
        keys.add(" ", filter=is_empty & (has_more | in_view))(lambda _: stage.turn_page(1))
        keys.add("home", filter=is_empty)(lambda _: stage.reader.scroll(-(10**6)))
        keys.add("end", filter=is_empty)(lambda _: stage.reader.show_new())
        keys.add("tab")(self._tab)
        keys.add("f1")(lambda event: event.app.exit(result="/help"))
        keys.add("f2", filter=~in_saves)(lambda _: stage.look_up("full_journal"))
        keys.add("f2", filter=in_list)(self._begin_rename)
        keys.add("f3")(lambda _: stage.look_up("full_way"))
        keys.add("f5")(self._browse)
        keys.add("delete", filter=in_list)(lambda _: self._ask_to_delete())
        keys.add("escape", eager=True)(lambda _: self._escape())
        keys.add("enter")(self._enter)
        keys.add("n", filter=is_sought & ~in_saves)(lambda _: stage.find(stage.sought))
        keys.add("N", filter=is_sought & ~in_saves)(lambda _: stage.find(stage.sought, back=True))
        keys.add("<any>", filter=is_asked)(self._answer_delete)
        keys.add("<any>", filter=in_view)(lambda _: None)
        keys.add("q", filter=in_view)(lambda _: stage.close())
        keys.add("c-c")(self._interrupt)
        keys.add("c-d")(lambda event: event.app.exit(exception=EndOfInput()))
        keys.add("c-l")(lambda event: event.app.renderer.clear())
        keys.add("c-z")(self._suspend)
        keys.add("<bracketed-paste>")(self._paste)
        for digit in _DIGITS:
            keys.add(digit, filter=takes_digit & Condition(lambda: stage.view is None))(self._digit)
        return keys

    def _tab(self, _: KeyPressEvent) -> None:
        """Complete the word that is typed, or look the stats up."""
        if not self._buffer.text:
            self.stage.look_up("full_stats")
            return
        from siberia_quest.terminal.prompt import complete  # noqa: PLC0415  # one rule of completion for both

        self._buffer.document = Document(complete(self._buffer.text, self.stage.question))

    def _filter(self) -> None:
        if isinstance(self.stage.view, SaveBrowser):
            self.stage.view.filter(self._buffer.text)

    def _browse(self, _: KeyPressEvent) -> None:
        self.stage.browse_saves()
        self._buffer.document = Document("")

    def _begin_rename(self, _: KeyPressEvent) -> None:
        if isinstance(self.stage.view, SaveBrowser) and self.stage.view.chosen:
            self.stage.view.begin("rename")
            self._buffer.document = Document(self.stage.view.chosen.name)

    def _ask_to_delete(self) -> None:
        if isinstance(self.stage.view, SaveBrowser):
            self.stage.view.begin("delete")

    def _answer_delete(self, event: KeyPressEvent) -> None:
        if isinstance(self.stage.view, SaveBrowser):
            if event.data.casefold() in self._language.words_of("yes_words"):
                self.stage.view.delete()
            else:
                self.stage.view.begin("list")

    def _escape(self) -> None:
        """Close what is open, clear the line, or go back to the page that scrolls."""
        if self.stage.close() or self._buffer.text:
            self._buffer.document = Document("")
        else:
            self._leave(wanted=True)

    def _interrupt(self, event: KeyPressEvent) -> None:
        if self.stage.close() or self._buffer.text:
            self._buffer.document = Document("")
        else:
            event.app.exit(exception=Interrupted())

    def _digit(self, event: KeyPressEvent) -> None:
        if int(event.data) <= len(self.stage.question.options):
            self._digit_at = self._clock()
            event.app.exit(result=event.data)
        else:
            self._buffer.insert_text(event.data)

    def _enter(self, event: KeyPressEvent) -> None:
        typed, stage = self._buffer.text, self.stage
        if isinstance(stage.view, SaveBrowser):
            self._enter_saves(event, stage.view, typed)
        elif stage.view:
            stage.close()
        elif typed.startswith("/") and self._finds(typed[1:].strip()):
            self._buffer.document = Document("")
        elif not typed and self._clock() - self._digit_at < _HABIT:
            self._digit_at = -_HABIT
        else:
            self._buffer.append_to_history()
            event.app.exit(result=typed or stage.answer)

    def _finds(self, words: str) -> bool:
        """Look for words that are no command in what was told; tell whether they are none."""
        if not words or find_command(words, command_words(self._language)):
            return not words
        self.stage.find(words, first=True)
        return True

    def _enter_saves(self, event: KeyPressEvent, browser: SaveBrowser, typed: str) -> None:
        if browser.mode == "rename":
            self._buffer.document = Document(browser.sought)
            browser.rename(clean(typed))
        elif browser.mode == "delete":
            browser.begin("list")
        elif browser.chosen:
            event.app.exit(result=f"/load {browser.chosen.name}")

    def _paste(self, event: KeyPressEvent) -> None:
        """Take each line that is pasted as a line that was typed; what stands behind the last one stays on the line."""
        first, *others = event.data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._buffer.insert_text(clean(first).replace("\t", " "))
        if others and self.stage.view is None:
            self._pasted += [line for line in map(clean, others) if line.strip()]
            event.app.exit(result=self._buffer.text)

    def _press(self, event: MouseEvent) -> None:
        """Scroll, or take the choice that was clicked on."""
        if event.event_type == MouseEventType.SCROLL_UP:
            self.stage.reader.scroll(-3)
        elif event.event_type == MouseEventType.SCROLL_DOWN:
            self.stage.reader.scroll(3)
        elif event.event_type == MouseEventType.MOUSE_UP and self.stage.click(event.position.x, event.position.y):
            self._app.exit(result=self.stage.answer)
