"""A bug of ours: say so, keep the game and its transcript, and ask for the transcript. The player sees no traceback."""

import errno
import os
import platform
import sys
import time
import traceback
from pathlib import Path

from siberia_quest import __version__
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.play.transcripts import transcript_of
from siberia_quest.storage.refusals import why_refused


def keep_report(bug: BaseException, play: Playthrough | None, folder: Path | None, *, is_kept: bool = True) -> None:
    """Write what happened to a file, and tell the player where it is and what to do with it. Never raises an Exception.

    `folder` is one of the player's own, None where there is none. `is_kept` tells whether the game is saved, as it is but for one that
    was begun to try something.
    """
    saved = "bug_saved" if is_kept else "bug_not_kept"
    spoken = play.story.language if play else SPOKEN
    say = spoken.say
    words = [say("bug_title"), say(saved if play and play.turns else "bug_nothing_lost")]
    try:
        words.append(say("bug_report" if play else "bug_report_bare", path=_write_report(bug, play, folder)))
    except OSError as failed:
        last = traceback.extract_tb(bug.__traceback__)[-1:]
        place = f"{Path(last[0].filename).name}:{last[0].lineno}" if last else "-"
        words.append(say("bug_unwritten", reason=spoken.tell(why_refused(failed)), bug=f"{type(bug).__name__} {place}"))
    try:
        sys.stderr.write("\n" + "\n".join(map(clean, words)) + "\n")
    except (OSError, ValueError):
        return


def _write_report(bug: BaseException, play: Playthrough | None, folder: Path | None) -> Path:
    if folder is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = (
        folder / f"bug-{time.strftime('%Y-%m-%d-%H%M%S')}-{os.urandom(4).hex()}.txt"
    )  # nobody guesses it, and two in a second are two
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8", errors="replace") as opened:  # noqa: PTH123  # it is open already
        opened.write(_report(bug, play))
    return path


def _report(bug: BaseException, play: Playthrough | None) -> str:
    system = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    parts = [f"siberia-quest {__version__}, {system}", "".join(traceback.format_exception(bug))]
    if play:
        parts.append(f"seed: {play.seed}\nsettings: {dict(play.settings or {})}\npicks: {', '.join(play.picks)}")
        parts.append(_tell_game(play))
    return "\n\n".join(parts) + "\n"


def _tell_game(play: Playthrough) -> str:
    """Return the transcript; the bug may be in what writes it."""
    try:
        return transcript_of(play)
    except Exception as again:  # noqa: BLE001  # the picks are there already
        return f"(the story could not be told again: {type(again).__name__})"
