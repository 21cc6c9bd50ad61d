"""A story's own file as any bytes: read, checked, and played where it loads."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from fuzz.target import Target
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.reading import read_story
from stories.dice import seeded
from stories.playing import StuckError, play_loaded

TESTS = Path(__file__).resolve().parents[1]
LONGEST = 2500


def read(data: bytes) -> None:
    """Read a story and play it with picks that hang on its bytes."""
    files = {"story.yaml": data, "moon.txt": b" o\n"}

    loaded = read_story(StoryFiles("tale", "story.yaml", files))
    try:
        play_loaded(loaded, lambda: loaded.story, seeded(crc32(data)))
    except StuckError:  # a question for numbers between others than those that are tried
        return


def seeds() -> Iterator[bytes]:
    """The examples of the manual and of the problems, as far as they are short."""
    for folder in ("language", "problems", "defects", "loading/every_mapping"):
        for path in sorted((TESTS / folder).rglob("*.yaml")):
            data = path.read_bytes()
            if len(data) <= LONGEST:
                yield data


READING = Target("stories", read, seeds, ("loading", "lang"), longest=LONGEST)
