"""The picks of a game written down as a test, and picks read back."""

import re
from pathlib import Path

from siberia_quest.loading.taking import MOST_OF_A_SCRIPT, take_file
from siberia_quest.play.catalogue import say
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.play.playthrough import Playthrough

_LISTED = re.compile(r"\s*- (.*)")
_PLAY = re.compile(r"play:\s*(?:\[\])?\s*")
_PLAIN = re.compile(r"[\w][\w .-]*")


def picks_in(path: Path) -> list[str]:
    """Return the picks of a script: one a line, or those under `play:` of a recorded game. Raises WrongRequest."""
    try:
        lines = take_file(path, MOST_OF_A_SCRIPT, of="a script", most=MOST_OF_A_SCRIPT).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as failed:
        reason = failed.strerror if isinstance(failed, OSError) else say("not_text")
        raise WrongRequest(say("bad_script", path=path, reason=reason)) from None
    if any(_PLAY.fullmatch(line) for line in lines):
        return [_bare(found[1]) for found in map(_LISTED.fullmatch, _under_play(lines)) if found]
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def write_record(play: Playthrough) -> str:
    """Return a game as a walkthrough: seed, settings, picks, and how it ended."""
    lines = [
        f"walkthrough: {_quote(play.story.language.say('recorded_as', title=play.story.title))}",
        f"seed: {play.seed}",
    ]
    settings = {name: play.state.value(name) for name in play.story.settings}
    if settings:
        lines += ["settings:", *(f"  {name}: {_quote(_spell(value))}" for name, value in settings.items())]
    lines += ["play:" if play.picks else "play: []", *(f"  - {_quote(pick)}" for pick in play.picks)]
    if play.page.ending and play.page.ending.id:
        lines.append(f"ending: {play.page.ending.id}")
    return "\n".join(lines) + "\n"


def _under_play(lines: list[str]) -> list[str]:
    begin = next(index for index, line in enumerate(lines) if _PLAY.fullmatch(line)) + 1
    end = next(
        (index for index, line in enumerate(lines[begin:], begin) if line and not line[0].isspace() and line[0] != "-"),
        len(lines),
    )
    return lines[begin:end]


def _spell(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _quote(text: str) -> str:
    """Return a text as YAML takes it without surprise: bare where it is plain, else in double quotes."""
    if _PLAIN.fullmatch(text) and not text.endswith(" "):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _bare(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text
