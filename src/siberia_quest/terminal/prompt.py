"""The input line: keys, history, completion. The only module that knows prompt_toolkit; it is loaded after the first text."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from select import select
from textwrap import wrap
from time import monotonic

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.input.typeahead import get_typeahead, store_typeahead
from prompt_toolkit.input.vt100 import Vt100Input
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from siberia_quest.model.markup import clean
from siberia_quest.play.console import BrokenOff, EndOfInput, InputRequest, Interrupted, Signalled
from siberia_quest.play.picking import simplify
from siberia_quest.terminal.background import LATE
from siberia_quest.terminal.drawing import fit_status
from siberia_quest.terminal.signals import Held, hold_interrupt
from siberia_quest.terminal.signs import ASCII, Signs, in_ascii
from siberia_quest.terminal.theme import Theme

#: A screen of so many rows has room for an empty line above the prompt.
_TALL = 14
_DIGITS = "0123456789"
_WEIGHTS = frozenset({"bold", "italic", "underline"})
#: So many seconds an Enter still belongs to the digit that answered at once.
_SWALLOWED = 1.0
#: So many seconds what a key sends may be on its way; Esc by itself is known by them.
_SENDING = 0.1
#: More of a paste is none that a player meant.
_LONGEST_PASTE = 2000


class Redraw(Exception):  # noqa: N818  # Ctrl-L
    """The page is to be printed again; `typed` stands on the line and shall stay there."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class Prompt:
    """Asks at the bottom of the scrollback. `source` and `target` are for tests; else the terminal itself."""

    def __init__(self, signs: Signs, theme: Theme, source: Input | None = None, target: Output | None = None) -> None:
        """Make the line editor, once for all questions."""
        self._signs = signs
        self._question = InputRequest("")
        self._pasted: list[str] = []
        self._held: list[KeyPress] = []
        self._is_early = False
        self._swallows_until = 0.0
        self._session: PromptSession[str] = PromptSession(
            message=self._message,
            placeholder=self._placeholder,
            enable_suspend=True,
            reserve_space_for_menu=0,
            erase_when_done=True,
            include_default_pygments_style=False,
            key_bindings=self._bindings(),
            history=InMemoryHistory(),
            style=_style(theme),
            interrupt_exception=Interrupted,
            eof_exception=EndOfInput,
            input=drop_answers(source or create_input()),
            output=target or _quiet_output(),
        )
        self._session.app.timeoutlen = self._session.app.ttimeoutlen = _SENDING

    def wear(self, theme: Theme) -> None:
        """Take on a theme."""
        self._session.style = _style(theme)
        for window in self._session.layout.find_all_windows():
            window.style = window.style or "class:ground"  # whole lines, also where nothing stands

    def put_ahead(self, typed: bytes) -> None:
        """Take what was typed before there was a prompt, for the next question."""
        put_ahead(self._session.input, typed)

    def ask(self, question: InputRequest, again: Callable[[], None]) -> str:
        """Return a line; `again` prints the page once more.

        Raises EndOfInput, Interrupted, BrokenOff, Signalled, OSError, EOFError.
        """
        typed, bell = question.typed, question.bell
        if self._pasted and not question.weighty:
            return self._pasted.pop(0)
        if question.weighty:
            typed += self._pasted.pop(0) if self._pasted else ""
            self._hold_back()
        self._is_early = self._is_early or bool(typed)
        self._question = question
        while True:
            try:
                with bell.listen(self._break_off) if bell else nullcontext(), hold_interrupt() as interrupted:
                    line = self._session.prompt(default=typed, pre_run=partial(self._look_once, interrupted))
                if interrupted.came:  # on the way out
                    raise Interrupted
            except Redraw as redraw:
                typed = redraw.typed
                again()
            else:
                store_typeahead(self._session.input, self._held)
                self._held, self._is_early = [], False
                return line

    def _hold_back(self) -> None:
        """Let what was typed before this question was seen stand on the line: the Enter behind it does not count, and the rest waits."""
        source = self._session.input
        ahead = get_typeahead(source)
        while select([source.fileno()], [], [], 0)[0]:
            more = source.read_keys()
            if not more:
                break
            ahead += more
        ahead += source.flush_keys()
        enter = next((at for at, each in enumerate(ahead) if each.key in {Keys.ControlM, Keys.ControlJ}), len(ahead))
        if enter < len(ahead):
            self._swallows_until = 0
        store_typeahead(source, ahead[:enter])
        self._held = ahead[enter + 1 :]
        self._is_early = bool(ahead[:enter])

    def has_more(self) -> bool:
        """Tell whether lines were pasted or keys typed that no question has read yet."""
        ahead = get_typeahead(self._session.input)
        store_typeahead(self._session.input, ahead)
        is_late = all(each.key in {Keys.ControlM, Keys.ControlJ} for each in ahead) and self._swallows_until
        return bool(self._pasted or (ahead and not is_late))

    def hand_over(self, gone: Signalled) -> bool:
        """Let a signal end the question that waits, so that the terminal is put right; tell whether one waits."""
        return self._end(lambda: gone)

    def _look_once(self, interrupted: Held) -> None:
        """Look once at what came before anybody listened: a Ctrl-C, a bell that was rung."""
        if interrupted.came:
            self._end(Interrupted)
        elif self._question.bell and self._question.bell.is_rung:
            self._break_off()

    def _break_off(self) -> None:
        self._end(lambda: BrokenOff(self._session.default_buffer.text))

    def _end(self, with_what: Callable[[], BaseException]) -> bool:
        """End the question that waits, from whichever thread; tell whether one waits."""
        app, loop = self._session.app, self._session.app.loop
        if not app.is_running or loop is None:
            return False

        def leave() -> None:
            if app.is_running and app.future is not None and not app.future.done():
                app.exit(exception=with_what())

        loop.call_soon_threadsafe(leave)
        return True

    def _message(self) -> StyleAndTextTuples:
        rows, width = self._session.output.get_size()
        lines: StyleAndTextTuples = [("", "\n")] if rows >= _TALL else []
        status = fit_status(self._question.status, width - 1, self._signs, get_cwidth)
        if status:
            lines.append(("class:status", f"{self._plain(status)}\n"))
        if not self._question.options:
            words = wrap(self._plain(self._question.words), max(1, width - 1))  # the editor would cut them
            is_short = len(words) == 1 and get_cwidth(words[0]) <= width // 2
            lines.append(("class:question", "\n".join(words) + (" " if is_short else "\n")))
        return [*lines, ("class:prompt", f"{self._signs.prompt} ")]

    def _placeholder(self) -> StyleAndTextTuples:
        words = self._plain(self._question.words).rstrip(":") if self._question.options else ""
        fits = get_cwidth(words) < self._session.output.get_size().columns - 3
        return [("class:placeholder", words if fits else "")]

    def _plain(self, words: str) -> str:
        return in_ascii(clean(words)) if self._signs is ASCII else clean(words)

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        has_options = Condition(lambda: bool(self._question.options))
        takes_digit = Condition(
            lambda: (
                self._question.at_once
                and not self._is_early
                and len(self._question.options) < len(_DIGITS)
                and not get_app().current_buffer.text
            )
        )
        swallows = Condition(lambda: monotonic() < self._swallows_until and not get_app().current_buffer.text)
        keys.add("up", filter=has_options)(lambda event: self._step(event, -1))
        keys.add("down", filter=has_options)(lambda event: self._step(event, 1))
        keys.add("tab")(self._complete)
        keys.add("enter", filter=swallows)(self._swallow)
        keys.add("c-d")(lambda event: event.app.exit(exception=EndOfInput()))
        keys.add("c-l")(lambda event: event.app.exit(exception=Redraw(event.current_buffer.text)))
        keys.add("<bracketed-paste>")(self._paste)
        for digit in (*_DIGITS, "-"):
            keys.add("escape", digit)(self._type)
        for digit in _DIGITS:
            keys.add(digit, filter=takes_digit)(self._digit)
            keys.add("escape", digit, filter=takes_digit)(self._digit)
        return keys

    def _step(self, event: KeyPressEvent, by: int) -> None:
        """Put the next choice that is open on the line, so that Enter takes it."""
        lines = [
            f"{number}. {clean(each.text)}" for number, each in enumerate(self._question.options, 1) if each.enabled
        ]
        if not lines:
            return
        buffer = event.current_buffer
        at = lines.index(buffer.text) + by if buffer.text in lines else min(by, 0)
        buffer.document = Document(lines[at % len(lines)])

    def _complete(self, event: KeyPressEvent) -> None:
        """Put the only word that fits on the line, or all that those which fit have in common; then show them."""
        buffer = event.current_buffer
        typed = buffer.document.text_before_cursor
        words = _find_fitting(typed, self._question)
        common = _find_shared(words)
        if len(common) > len(typed) or len(words) == 1:
            buffer.document = Document(common)
        elif words:
            lines = _in_columns(words, self._session.output.get_size().columns - 1)
            run_in_terminal(lambda: self._tell("\n".join(["", *map(self._plain, lines), ""])))

    def _tell(self, words: str) -> None:
        self._session.output.write(words)
        self._session.output.flush()

    def _paste(self, event: KeyPressEvent) -> None:
        """Take each line that is pasted as a line that was typed; what stands behind the last one stays on the line."""
        data = event.data[:_LONGEST_PASTE]
        first, *others = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        event.current_buffer.insert_text(clean(first).replace("\t", " "))
        if not others:
            return
        self._pasted += [line for line in map(clean, others) if line.strip()]
        event.current_buffer.validate_and_handle()

    def _type(self, event: KeyPressEvent) -> None:
        """Type a digit behind Esc, which is no key of its own here."""
        event.current_buffer.insert_text(event.key_sequence[-1].data)

    def _swallow(self, _: KeyPressEvent) -> None:
        """Take the Enter that belongs to a digit."""
        self._swallows_until = 0

    def _digit(self, event: KeyPressEvent) -> None:
        digit = event.key_sequence[-1].data
        event.current_buffer.insert_text(digit)
        if 1 <= int(digit) <= len(self._question.options):
            self._swallows_until = monotonic() + _SWALLOWED
            event.current_buffer.validate_and_handle()


def _find_fitting(typed: str, question: InputRequest) -> list[str]:
    """Return what may be meant: choices that are open, commands behind a slash or where no choice begins so, and what follows these."""
    plain, slash = simplify(typed), "/" if typed.startswith("/") else ""
    words = [clean(each.text) for each in question.options if each.enabled and simplify(each.text).startswith(plain)]
    if not typed or (words and not slash):
        return words
    name, blank, rest = typed.partition(" ")
    if blank:
        behind = map(clean, question.behind(name.removeprefix("/")))
        return [f"{name} {each}" for each in behind if each.casefold().startswith(rest.casefold())]
    found = [slash + each for each in question.others if (slash + each).startswith(typed.casefold())]
    return [f"{typed} "] if found == [typed] and question.behind(name.removeprefix("/")) else found


def _in_columns(words: list[str], width: int) -> list[str]:
    """Return words in as many columns as fit, read from top to bottom."""
    wide = max(map(get_cwidth, words)) + 2
    rows = -(-len(words) // max(1, (width + 2) // wide))
    return [
        "".join(word + " " * (wide - get_cwidth(word)) for word in words[row::rows]).rstrip() for row in range(rows)
    ]


def _find_shared(words: list[str]) -> str:
    """Return what all words begin with, letter by letter."""
    shared = words[0] if words else ""
    while not all(word.startswith(shared) for word in words):
        shared = shared[:-1]
    return shared


def complete(typed: str, question: InputRequest) -> str:
    """Return what was typed with all that follows from it: the only word that fits, or what those which fit have in common."""
    words = _find_fitting(typed, question)
    common = _find_shared(words)
    return common if len(common) > len(typed) or len(words) == 1 else typed


def _quiet_output() -> Output:
    """Return the terminal without cursor-position reports: nothing here needs them, and late answers land in the shell."""
    output = create_output()
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False
    return output


class _OwnParser(Vt100Parser):
    """Reads keys, and passes over a late answer about the terminal's colours."""

    def feed(self, data: str) -> None:
        super().feed(LATE.sub("", data))


def put_ahead(source: Input, typed: bytes) -> None:
    """Let an editor find what was typed before it was there."""
    keys: list[KeyPress] = []
    parser = Vt100Parser(keys.append)
    parser.feed(typed.decode("utf-8", "replace"))
    parser.flush()
    store_typeahead(source, keys)


def drop_answers(source: Input) -> Input:
    """Let an editor pass over what its terminal answers late."""
    if isinstance(source, Vt100Input):
        source.vt100_parser = _OwnParser(source.vt100_parser.feed_key_callback)
    return source


def _style(theme: Theme) -> Style:
    """Return the prompt's styles; they follow the theme's words, which rich and prompt_toolkit spell alike but for colours."""
    ground = spell_style(theme.ground)
    return Style.from_dict(
        {
            "": ground,
            "ground": ground,
            "status": spell_style(theme.place),
            "question": spell_style(theme.heading),
            "prompt": spell_style(theme.echo),
            "placeholder": spell_style(theme.faint),
        }
    )


def spell_style(style: str) -> str:
    """Return a style of rich's as prompt_toolkit spells it: its `bright_white` is `ansiwhite`, and a ground is `bg:`."""
    before, _, paper = style.partition("on ")
    ground = [f"bg:{_spell_colour(paper)}"] if paper else []
    return " ".join([*(word if word in _WEIGHTS else _spell_colour(word) for word in before.split()), *ground])


def _spell_colour(colour: str) -> str:
    own = {"white": "gray", "bright_white": "white", "bright_black": "brightblack"}
    return colour if colour.startswith("#") else f"ansi{own.get(colour, colour.replace('_', ''))}"
