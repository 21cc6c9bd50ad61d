"""Which front end fits the two ends of the program; only the one that is used is imported."""

import io
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.console import Console, LineSource, Preferences
from siberia_quest.storage.refusals import why_refused
from siberia_quest.terminal.background import read_background
from siberia_quest.terminal.plain import PlainConsole
from siberia_quest.terminal.signs import teach_fallbacks
from siberia_quest.terminal.terminfo import can_move, has_italics

#: Each asks for plain text, unless it is empty or 0.
_PLAIN_IF_SET = ("SIBERIA_QUEST_PLAIN", "ACCESSIBLE")


def prepare(source: TextIO, *targets: TextIO) -> None:
    """Make all ends take any text: what an encoding lacks is replaced, bytes that are no text are read as `?`."""
    for target in targets:
        if isinstance(target, io.TextIOWrapper):
            target.reconfigure(errors=teach_fallbacks())
    if isinstance(source, io.TextIOWrapper):
        source.reconfigure(errors="replace")


def fits_inline(source: LineSource, target: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether both ends are a terminal that can move its cursor, and nobody asked for plain text."""
    if any(environ.get(name, "") not in {"", "0"} for name in _PLAIN_IF_SET):
        return False
    return source.isatty() and target.isatty() and can_move(environ)


def console_for(
    language: Language,
    source: LineSource,
    target: TextIO,
    preferences: Preferences,
    *,
    plain: bool,
    prompt: str = "",
) -> Console:
    """Return the console that fits; with `plain` the plain one in any case, with the `prompt` that is wished for."""
    if plain or prompt or not fits_inline(source, target, os.environ):
        return PlainConsole(language, source, target, preferences, prompt)
    from siberia_quest.terminal.full.drawn_console import DrawnConsole  # noqa: PLC0415  # plain text never loads rich
    from siberia_quest.terminal.look import Look  # noqa: PLC0415

    look = Look(italics=has_italics(os.environ), background=read_background(os.environ))
    return DrawnConsole(language, source, target, preferences, look)


def columns_of(target: TextIO) -> int:
    """Return how many columns a terminal has, 0 for what is none."""
    if not target.isatty():
        return 0
    if own := _own_columns(target):
        return own
    from shutil import get_terminal_size  # noqa: PLC0415  # it brings three kinds of compression along

    return get_terminal_size().columns


def trust_terminal(target: TextIO) -> None:
    """Let nobody ask the environment for the size of a terminal that knows it: COLUMNS may be that of another."""
    if target.isatty() and _own_columns(target):
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)


def _own_columns(target: TextIO) -> int:
    try:
        return os.get_terminal_size(target.fileno()).columns
    except (OSError, ValueError):
        return 0


def write_line(words: str) -> None:
    """Write one line to stderr, whatever names of files and arguments are in it; where even that cannot be, nothing happens."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{' '.join(clean(words).splitlines())}\n")
        sys.stderr.flush()


def let_go(target: TextIO) -> None:
    """Expect nothing of an output any more: it may be gone, and must not fail again when the program ends."""
    try:
        target.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())


def reason_of(refused: OSError | MemoryError | ModuleNotFoundError, language: Language = SPOKEN) -> str:
    """Return what the system refused, in one line: the name of the file or stream, and why."""
    if isinstance(refused, MemoryError):
        return language.say("no_memory")
    if isinstance(refused, ModuleNotFoundError):  # it was there when the program was installed
        return language.say("part_lost", name=refused.name)
    reason = language.tell(why_refused(refused)) if refused.strerror else str(refused) or type(refused).__name__
    if refused.filename is None:
        return language.say("system_refused", reason=reason)
    name = refused.filename
    return f"{os.fsdecode(name) if isinstance(name, str | bytes | os.PathLike) else name}: {reason}"
