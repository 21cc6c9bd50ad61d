"""Cuts the power of a disk under a driven game: `python -m torture.power 300`.

The disk is an image of ext4, mounted through a loop device. A cut is a copy of the image at one moment, taken twice until both are alike:
what the system had not written yet is gone. The copy is mounted, as after a cut, and all that was told before must be there.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from siberia_quest.model.story import Story
from torture.driving import Driven, Tally, judge, never_sync, picks_in, report, story_in

SIZE = 12 * 1024 * 1024
_GAME = 8  # cuts for each game


def why_not() -> str:
    """Return why this cannot be done here, "" where it can."""
    if sys.platform != "linux" or os.geteuid():
        return "only root on Linux may mount an image"
    missing = [each for each in ("mkfs.ext4", "mount", "umount") if shutil.which(each) is None]
    if missing:
        return f"{missing[0]} is not there"
    with TemporaryDirectory() as name:
        try:
            with mounted(new_image(Path(name) / "image")):
                return ""
        except subprocess.CalledProcessError:
            return "no image can be mounted here"


def new_image(path: Path) -> Path:
    """Return an image with an empty file system."""
    with path.open("wb") as opened:
        opened.truncate(SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(path)], check=True)
    return path


@contextmanager
def mounted(image: Path) -> Iterator[Path]:
    """Mount an image while inside."""
    place = image.with_suffix(".mounted")
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True, stderr=subprocess.DEVNULL)
    try:
        yield place
    finally:
        for _ in range(100):
            if subprocess.run(["umount", str(place)], check=False, stderr=subprocess.DEVNULL).returncode == 0:
                break
            time.sleep(0.05)


def copy_of_a_moment(image: Path) -> bytes:
    """Return the image as it was at one moment: two copies, one after the other, are alike."""
    first = image.read_bytes()
    while (second := image.read_bytes()) != first:
        first = second
    return first


def cut(
    story: Story, folder: Path, times: int, chance: random.Random, ready: Callable[[], None] = lambda: None
) -> Tally:
    """Cut the power at random moments, half of the time while the game stands still."""
    tally = Tally()
    after = folder / "after"
    while tally.done < times:
        image = new_image(folder / "image")
        with mounted(image) as disk:
            saves = disk / "game"
            saves.mkdir()
            os.sync()
            with Driven(saves, here=folder, ready=ready) as game:
                for _ in range(_GAME):
                    for _ in range(chance.randint(1, 6)):
                        game.pick(chance)
                    game.send(chance)
                    time.sleep(chance.random() * 0.01)
                    stands = bool(chance.randrange(2))
                    if stands:
                        game.signal(signal.SIGSTOP)
                    told, sent = game.told, tuple(game.sent)
                    after.write_bytes(copy_of_a_moment(image))
                    game.signal(signal.SIGCONT)
                    game.read()
                    tally.done += 1
                    with mounted(after) as found:
                        copied = folder / "copied"
                        shutil.rmtree(copied, ignore_errors=True)
                        shutil.copytree(found / "game", copied)
                    judge(
                        tally,
                        f"cut {tally.done}",
                        picks_in(story, copied / "saves"),
                        (*sent, *game.sent[len(sent) :]),
                        told,
                    )
    return tally


def main(times: int) -> int:
    """Cut, and cut where nothing is synced."""
    why = why_not()
    if why:
        sys.stdout.write(f"power cuts: passed over, since {why}\n")
        return 0
    shared = Path("/dev/shm")  # noqa: S108  # the image in memory: only what the system wrote to it is there
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        folder = Path(name)
        story = story_in(folder)
        chance = random.Random(times)
        rows = {"power cuts": cut(story, folder, times, chance)}
        controls = {"power cuts without a sync": cut(story, folder, max(16, times // 3), chance, never_sync)}
    return report(rows, controls=controls)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
