"""Run a command, and turn whatever comes of it into an exit status and a sentence."""

import os
import sys
from collections.abc import Sequence

from siberia_quest.play.exits import BROKEN_PIPE, BUG, INTERRUPTED, USAGE
from siberia_quest.play.wishes import Unwise
from siberia_quest.terminal.front import prepare


def run(given: Sequence[str]) -> int:
    """Return the exit status of a command line. No traceback reaches the screen."""
    try:
        _open_ends()
        status = _run(given)
        sys.stdout.flush()
    except Unwise as wish:
        sys.stderr.write(f"siberia-quest: {wish}\n")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing may fail again at the very end
        return BROKEN_PIPE
    except SystemExit as left:  # argparse, after --help or wrong usage
        return left.code if isinstance(left.code, int) else USAGE
    except Exception as bug:  # noqa: BLE001  # a player or author gets a sentence, whatever it is
        _report(bug)
        return BUG
    return status


def _open_ends() -> None:
    """Make the three streams take any text; one that was closed from outside leads nowhere."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  # open until the program ends
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    prepare(sys.stdin, sys.stdout, sys.stderr)


def _run(given: Sequence[str]) -> int:
    """Do what was asked for. To play what lies here is looked at first: it pays for no parser."""
    if not set(given) - {"--plain"}:
        from siberia_quest.cli.play import play  # noqa: PLC0415  # each command pays for its own imports
        from siberia_quest.play.wishes import Wishes  # noqa: PLC0415

        return play("", Wishes("plain" if given else ""), None)
    from siberia_quest.cli.arguments import parse  # noqa: PLC0415
    from siberia_quest.cli.dispatch import dispatch  # noqa: PLC0415

    return dispatch(parse(given))


def _report(bug: Exception) -> None:
    from pathlib import Path  # noqa: PLC0415  # only for a bug
    from tempfile import gettempdir  # noqa: PLC0415

    from siberia_quest.terminal.crash import keep_report  # noqa: PLC0415

    keep_report(bug, None, Path(gettempdir()))
