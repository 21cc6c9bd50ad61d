"""Flips every bit and cuts at every byte of a save and of a list of endings; puts strange things in their place.

`python -m torture.bits 1`: the number says that every so many bits are tried.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from siberia_quest.model.story import Story
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Saves
from torture.driving import Tally, report, story_in


def damaged(whole: bytes, step: int, chance: random.Random) -> Iterator[bytes]:
    """Return what becomes of a file: with each bit flipped, cut at each byte, and overwritten or lengthened by chance."""
    for at in range(0, len(whole) * 8, step):
        yield whole[: at // 8] + bytes([whole[at // 8] ^ 1 << at % 8]) + whole[at // 8 + 1 :]
    yield from (whole[:size] for size in range(0, len(whole) - 1, step))
    for _ in range(len(whole) // step):
        at, size = chance.randrange(len(whole)), chance.randrange(1, 64)
        yield whole[:at] + chance.randbytes(size) + whole[at + size :]
        yield whole[:at] + bytes(size) + whole[at + size :]
    yield from (b"", bytes(4096), bytes(len(whole)), whole + b"x", whole * 2, whole[::-1])


def try_all(path: Path, is_whole: Callable[[], bool], step: int) -> Tally:
    """Put each of them in a file's place: none may be taken for the whole one."""
    tally, whole = Tally(), path.read_bytes()
    assert is_whole()
    for made in damaged(whole, step, random.Random(step)):
        if made == whole:
            continue
        path.write_bytes(made)
        tally.done += 1
        if is_whole():
            tally.lose(f"{tally.done}: believed")
    path.write_bytes(whole)
    assert is_whole()
    return tally


def strange(path: Path, is_whole: Callable[[], bool]) -> Tally:
    """Put what is no file, or too much of one, in a file's place: none hangs, none is believed."""
    tally, whole = Tally(), path.with_suffix(".kept")
    path.rename(whole)

    def huge() -> None:
        with path.open("wb") as opened:
            opened.truncate(1 << 33)

    makers: dict[str, Callable[[], None]] = {
        "a folder": path.mkdir, "a pipe": lambda: os.mkfifo(path), "a link": lambda: path.symlink_to(whole.name),
        "a link to itself": lambda: path.symlink_to(path.name), "a link to a device": lambda: path.symlink_to("/dev/zero"),
        "a file of 8 GiB": huge, "a file without rights": lambda: path.touch(0),
    }  # fmt: skip
    for name, make in makers.items():
        make()
        tally.done += 1
        if is_whole():
            tally.lose(f"{name}: believed")
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    whole.rename(path)
    return tally


def checks(story: Story, folder: Path) -> dict[str, tuple[Path, Callable[[], bool]]]:
    """Write a save and a list of endings; return each with what tells whether it is believed as it was."""
    play = Playthrough.start(story, 3)
    for pick in "trim wait Eve look up trim sing Ida".split():
        play.pick(pick)
    before = play.state
    play.pick("sleep")
    saves, profiles = Saves(story, folder), Profiles(folder)
    assert saves.save(play.make_save(), "one") is None
    assert profiles.remember(story, before, play.state) is None
    return {
        "a save": (saves.path("one"), lambda: not saves.list()[0].fault and saves.load("one").game is not None),
        "a list of endings": (profiles.path, lambda: bool(Profiles(folder).read().endings(story))),
    }


def main(step: int) -> int:
    """Try all, and a tenth of it without the seal."""
    rows, controls = {}, {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        story = story_in(folder)
        for what, (path, is_whole) in checks(story, folder / "saves").items():
            rows[f"{what}, damaged"] = try_all(path, is_whole, step)
            rows[f"strange things in the place of {what}"] = strange(path, is_whole)
            # a seal that fits whatever is there
            with patch("siberia_quest.storage.codec.document._checksum", _Any()):
                controls[f"{what} without its seal"] = try_all(path, is_whole, step * 2)
    return report(rows, controls=controls)


class _Any:
    """What is the same as anything."""

    def __call__(self, _: object) -> "_Any":
        return self

    def __eq__(self, _: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
