"""Lines that a player or a program sends: picks, answers and commands, through every front end that takes lines."""

import io
import json
from collections.abc import Iterator

from fuzz.kept import ROOM
from fuzz.target import Target
from siberia_quest import Story, load_story
from siberia_quest.play.commands import COMMANDS
from siberia_quest.play.exits import FINE, PROBLEMS, REFUSED
from siberia_quest.play.game import Games
from siberia_quest.play.loop import Loop
from siberia_quest.play.records import picks_in
from siberia_quest.terminal.json_lines import play_as_json
from siberia_quest.terminal.plain import PlainConsole
from storage.forging import write_story
from stories.promises import claim, holds_commands


def _story() -> Story:
    if "lines" not in ROOM.stories:
        folder = ROOM.empty("lines")
        folder.rmdir()
        write_story(folder)
        loaded = load_story(folder)
        assert loaded.story
        ROOM.stories["lines"] = loaded.story
    return ROOM.stories["lines"]


def send(data: bytes) -> None:
    """Play with lines; the first byte says by which front end, and whether the first refusal ends it."""
    ROOM.story("")
    way, text = data[0] if data else 0, data[1:].decode("utf-8", "replace")
    game = Games(_story(), ROOM.empty("sitting")).begin({}, seed=way)
    target = io.StringIO()
    if way % 4 == 3:
        path = ROOM.folder / "script"
        path.write_text(text, "utf-8")
        text = "\n".join(picks_in(path))
    strict = way % 4 >= 2
    source = io.StringIO(_at_home(text), newline=None)
    if way % 2:
        status = play_as_json(game, iter(source), target, strict=strict)
        for line in target.getvalue().splitlines():
            claim(isinstance(json.loads(line), dict) and line.isascii(), "a line back is JSON in ASCII", line)
    else:
        status = Loop(PlainConsole(_story().language, source, target), game, {}, strict=strict).run()
        claim(not holds_commands(target.getvalue()), "a page holds no command to a terminal", target.getvalue())
    claim(status in {FINE, REFUSED, PROBLEMS}, "the status is one of three", status)


def _at_home(text: str) -> str:
    """The lines, of which none writes a transcript to a path of its own."""
    return "\n".join("transcript" if "transcript" in line.casefold() else line for line in text.splitlines())


def sent() -> Iterator[bytes]:
    """A game, and every command."""
    games = [
        "query",
        "Ann",
        "2",
        "row",
        "1",
        "go on",
        "look",
        "1",
        "hitch",
        "undo",
        "redo",
        "/undo 3",
        "/back",
        "/back 2",
        "y",
    ]
    for way in range(4):
        yield bytes([way]) + "\n".join(games).encode()
    commands = [
        *(f"/{name}" for name in COMMANDS),
        "/save a",
        "/load a",
        "y",
        "/quick load",
        "* a note",
        "/help undo",
        "/save глава 1",
        "/settings motion off",
    ]
    yield b"\0" + "\n".join(commands).encode()
    yield b"\0" + "\n".join(f"query\n{each}" for each in commands).encode()
    yield b'\3walkthrough: x\nplay:\n  - query\n  - "Ann \\" x"\n  - row\n'


LINES = Target("lines", send, sent, ("play", "terminal", "storage"), longest=2000)
