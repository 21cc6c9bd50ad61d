"""Run a command, and turn whatever comes of it into an exit status and a sentence."""

import os
import sys
from collections.abc import Sequence

from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import BROKEN_PIPE, BUG, INTERRUPTED, USAGE
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.terminal.front import let_go, prepare, reason_of, trust_terminal, write_line
from siberia_quest.terminal.steady_output import steady


def run(given: Sequence[str]) -> int:
    """Return the exit status of a command line. No traceback reaches the screen."""
    try:
        _open_ends()
        status = _left(given)
        sys.stdout.flush()
    except WrongRequest as wish:
        write_line(f"siberia-quest: {wish}")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        let_go(sys.stdout)
        return BROKEN_PIPE
    except (
        OSError,
        MemoryError,
        ModuleNotFoundError,
    ) as refused:  # a file, a folder or a stream: nobody's mistake here
        write_line(f"siberia-quest: {reason_of(refused)}")
        let_go(sys.stdout)
        return USAGE
    except Exception as bug:  # noqa: BLE001  # a player or author gets a sentence, whatever it is
        if type(bug).__name__ == "BrokenProcessPool":  # its module is not imported for this alone
            write_line(f"siberia-quest: {say('worker_lost')}")
            return USAGE
        _report(bug)
        return BUG
    finally:
        let_go(sys.stderr)
    return status


def _left(given: Sequence[str]) -> int:
    """Return the status a command leaves with, argparse too, after --help or wrong usage."""
    try:
        return _run(given)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else USAGE


def _open_ends() -> None:
    """Make the three streams take any text, and all of it; one that was closed from outside leads nowhere."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  # open until the program ends
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout, sys.stderr = steady(sys.stdout, "standard output"), steady(sys.stderr, "standard error")
    prepare(sys.stdin, sys.stdout, sys.stderr)
    trust_terminal(sys.stdout)


def _run(given: Sequence[str]) -> int:
    """Do what was asked for. To play what lies here is looked at first: it pays for no parser."""
    if not set(given) - {"--plain", "--full"} and len(given) < 2:
        from siberia_quest.cli.play import play  # noqa: PLC0415  # each command pays for its own imports
        from siberia_quest.play.play_request import PlayRequest  # noqa: PLC0415

        return play("", PlayRequest(given[0].removeprefix("--") if given else ""), None)
    from siberia_quest.cli.arguments import parse  # noqa: PLC0415
    from siberia_quest.cli.dispatch import dispatch  # noqa: PLC0415

    return dispatch(parse(given))


def _report(bug: Exception) -> None:
    from siberia_quest.cli.find_story import folder_of  # noqa: PLC0415  # only for a bug
    from siberia_quest.terminal.crash import keep_report  # noqa: PLC0415

    try:
        folder = folder_of(None)
    except OSError:
        folder = None
    keep_report(bug, None, folder)
