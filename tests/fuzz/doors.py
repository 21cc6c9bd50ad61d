"""All targets, by name, and what an input may cost."""

import time
from collections.abc import Mapping
from types import MappingProxyType

from fuzz.beside import PACKS, PLAYTESTS
from fuzz.kept import CACHE, PROFILES, SAVES
from fuzz.reading import READING
from fuzz.sitting import LINES
from fuzz.target import Target
from fuzz.wording import EXPRESSIONS, TEXTS

TARGETS: Mapping[str, Target] = MappingProxyType(
    {each.name: each for each in (READING, EXPRESSIONS, TEXTS, SAVES, PROFILES, CACHE, LINES, PLAYTESTS, PACKS)}
)
#: Seconds of processor that an input may take.
MOST_SECONDS = 2.0


class TooSlowError(Exception):
    """An input took too long."""


def send_in(target: Target, data: bytes) -> None:
    """Send an input through a target's door. Raises what it raised, and TooSlowError where it took too long."""
    begun = time.process_time()
    target.door(data[: target.longest])
    if time.process_time() - begun > MOST_SECONDS:
        raise TooSlowError(f"{time.process_time() - begun:.1f} s")
