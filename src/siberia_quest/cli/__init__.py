"""The door: what was asked for on the command line, and what the shell is told at the end."""

import gc
import sys

#: New objects before Python looks for garbage, not 700: nearly all that a story makes stays. With 50,000 `check` was no faster.
NEW_OBJECTS = 7_000


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the exit status.

    0 is fine, 1 problems, 2 wrong usage or what the system refuses, 3 a pick that is refused, 70 our bug, 128 and up a signal.
    """
    given = arguments
    if given is None:  # the process is ours
        given = sys.argv[1:]
        gc.set_threshold(NEW_OBJECTS)
    if given in (["--version"], ["-V"]) and sys.stdout:  # answered before anything else is loaded
        from siberia_quest import __version__  # noqa: PLC0415

        try:
            sys.stdout.write(f"siberia-quest {__version__}\n")
            sys.stdout.flush()
        except OSError:
            pass  # tried again below, where it is told
        else:
            return 0
    try:
        from siberia_quest.cli.running import run  # noqa: PLC0415
    except (ModuleNotFoundError, OSError) as unread:  # nothing that could tell it in other words may be there
        if sys.stderr:
            sys.stderr.write(f"siberia-quest: the program itself cannot be read: {unread}\n")
        return 2
    return run(given)
