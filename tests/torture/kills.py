"""Kills a driven game at random moments, and asks it to go with every signal there is: `python -m torture.kills 1000 200`.

A turn is told when its page was read; all that was told must be there.
"""

import os
import pty
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from siberia_quest.model.story import Story
from torture.driving import Driven, Tally, be_a_beginner, judge, picks_in, report, story_in, typed_for

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def kill(
    story: Story, folder: Path, times: int, chance: random.Random, ready: Callable[[], None] = lambda: None
) -> Tally:
    """Kill games at random moments, most of them in the turn that was just picked."""
    tally, usual = Tally(), 0.002
    for number in range(times):
        saves = folder / f"game-{number}"
        saves.mkdir()
        with Driven(saves, ready=ready) as game:
            for _ in range(chance.randint(0, 15)):
                game.pick(chance)
            began = time.monotonic()
            game.pick(chance)
            usual = 0.8 * usual + 0.2 * min(time.monotonic() - began, 0.05)
            game.send(chance)
            time.sleep(chance.random() * usual * 1.5)
            game.end(signal.SIGKILL)
        tally.done += 1
        judge(tally, f"game {number}", picks_in(story, saves / "saves"), game.sent, game.told)
    return tally


def ask_to_go(story: Story, folder: Path, times: int, chance: random.Random) -> Tally:
    """Send signals at random moments, often twice."""
    tally = Tally()
    errors = folder / "stderr"
    for number in range(times):
        saves = folder / f"asked-{number}"
        saves.mkdir()
        asked = SIGNALS[number % len(SIGNALS)]
        with Driven(saves) as game:
            for _ in range(chance.randint(0, 6)):
                game.pick(chance)
            game.send(chance)
            time.sleep(chance.random() * 0.004)
            game.signal(asked)
            if chance.randrange(2):
                time.sleep(chance.random() * 0.002)
                with suppress(ProcessLookupError):
                    game.signal(chance.choice(SIGNALS))
            status = game.end()
        tally.done += 1
        judge(tally, f"{asked.name} {number}", picks_in(story, saves / "saves"), game.sent, game.told)
        if status not in {0, *(128 + each for each in SIGNALS), *(-each for each in SIGNALS)}:
            tally.lose(f"{asked.name} {number}: left with {status}")
    if errors.exists() and "Traceback" in errors.read_text("utf-8", "replace"):
        tally.lose("a traceback was told")
    return tally


def hang_up(story: Story, folder: Path, times: int, chance: random.Random) -> Tally:
    """Close the terminal of a game at random moments."""
    tally = Tally()
    for number in range(times):
        saves = folder / f"hung-{number}"
        saves.mkdir()
        child, terminal = pty.fork()
        if not child:
            os.environ.update(HOME=str(saves), SIBERIA_QUEST_SAVES=str(saves / "saves"), TERM="dumb")
            os.chdir(folder)
            os.execv(sys.executable, [sys.executable, "-m", "siberia_quest", "play", "lamp.yaml", "--plain"])  # noqa: S606
        told = b""
        sent = ("look", "up", "look", "up")
        pages = chance.randint(1, len(sent))
        for each in range(pages):
            while told.count(b"Choose") <= each:
                told += os.read(terminal, 4096)
            os.write(terminal, typed_for(sent[each : each + 1]).encode())
        time.sleep(chance.random() * 0.005)
        os.close(terminal)
        _, status = os.waitpid(child, 0)
        tally.done += 1
        judge(tally, f"hang-up {number}", picks_in(story, saves / "saves"), sent, pages - 1)
        if os.waitstatus_to_exitcode(status) not in {0, 2, 129, -1}:
            tally.lose(f"hang-up {number}: left with {os.waitstatus_to_exitcode(status)}")
    return tally


def main(kills: int, signals: int) -> int:
    """Kill, ask, hang up; then kill games that write like a beginner."""
    chance = random.Random(kills)
    with TemporaryDirectory() as name:
        folder = Path(name)
        story = story_in(folder)
        rows = {
            "SIGKILL": kill(story, folder, kills, chance),
            "SIGINT, SIGTERM, SIGHUP, SIGQUIT, often twice": ask_to_go(story, folder, signals, chance),
            "terminals closed": hang_up(story, folder, max(1, signals // 10), chance),
        }
        beginner = folder / "beginner"
        beginner.mkdir()
        without = kill(story_in(beginner), beginner, max(24, kills // 5), chance, be_a_beginner)
    return report(rows, controls={"SIGKILL of games that are written in place": without})


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given) if len(given) == 2 else main(1000, 200))
