"""What is fuzzed: a door by which bytes come in, what is known to go through it, and how to make another input of one."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

#: Sends bytes through a door. Raises whatever the house raised, or BrokenPromiseError where it broke a promise.
Door: TypeAlias = Callable[[bytes], None]
#: Makes another input of one, of at most so many bytes, from a seed.
Mutate: TypeAlias = Callable[[bytes, int, int], bytes]


class Target(NamedTuple):
    """A target. `rooms` are those whose code guides the fuzzing.

    Without `mutate`, what guides it changes bytes and puts in words of the dictionary.
    """

    name: str
    door: Door
    seeds: Callable[[], Iterator[bytes]]
    rooms: tuple[str, ...]
    mutate: Mutate | None = None
    longest: int = 4096
