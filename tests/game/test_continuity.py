"""No line remembers what has not happened."""

from collections import Counter

import pytest

from game.continuity import TABLE, broken_in, callbacks_of, story_read


@pytest.mark.parametrize("style", ["random", "balanced"])
def test_what_a_line_takes_for_granted_is_so_where_it_is_told(style: str) -> None:
    story = story_read()
    callbacks, told = callbacks_of(story, TABLE.read_text("utf-8")), Counter[str]()
    broken = [each for seed in range(7) for each in broken_in(story, callbacks, style, seed, told)]
    assert not broken, "\n".join(["", *broken])
    assert len(told) > len(callbacks) // 3


def test_a_line_out_of_place_is_found() -> None:
    story = story_read()
    callbacks = callbacks_of(story, "The stove | day > 90\n")
    assert list(broken_in(story, callbacks, "random", 1, Counter()))
