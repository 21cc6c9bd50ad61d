"""Signals that ask the program to go: the terminal is put right on the way out, and the game is saved already."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from siberia_quest.play.console import Signalled

_NAMES = ("SIGTERM", "SIGHUP", "SIGQUIT")


def signal_lost_terminal() -> Signalled:
    """Return what to raise where the terminal is gone though no signal said so."""
    return Signalled(int(getattr(signal, "SIGHUP", 1)))


@contextmanager
def hold_signals() -> Iterator[None]:
    """Let no signal in between while inside: it comes right after."""
    if sys.platform == "win32":  # pragma: no cover  # its signals cannot be held back
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Held:
    """Whether Ctrl-C was pressed meanwhile."""

    came = False


@contextmanager
def hold_interrupt() -> Iterator[Held]:
    """Keep a Ctrl-C as a note while inside: what is only just being made ready would fall over it."""
    held = Held()

    def receive(_: int, __: FrameType | None) -> None:
        held.came = True

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield held  # it is ignored, or somebody else's
        return
    signal.signal(signal.SIGINT, receive)
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def raise_signals(hand_over: Callable[[Signalled], bool] = lambda _: False) -> Iterator[None]:
    """Turn signals into `Signalled` while inside.

    `hand_over` is asked first: it returns True where it sees to the exception itself, as a running event loop must.
    """

    def receive(number: int, _: FrameType | None) -> None:
        gone = Signalled(number)
        if not hand_over(gone):
            raise gone

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    # A signal that is ignored from outside, as SIGHUP under nohup, stays ignored.
    before = {number: signal.getsignal(number) for number in numbers}
    taken = [number for number in numbers if before[number] is not signal.SIG_IGN]
    for number in taken:
        signal.signal(number, receive)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])
