"""A player's notes in a save."""

from siberia_quest.model.markup import clean
from siberia_quest.storage.codec.state_to_plain import Plain

#: How many notes a game holds, and how many signs each.
MOST_NOTES, LONGEST_NOTE = 1000, 1000


def notes_from_plain(plain: Plain) -> tuple[tuple[int, str], ...]:
    """Return notes with their turns; what is none is left out."""
    pairs = (
        [each for each in plain[:MOST_NOTES] if isinstance(each, list) and len(each) == 2]
        if isinstance(plain, list)
        else []
    )
    return tuple(
        (turn, clean(words)[:LONGEST_NOTE]) for turn, words in pairs if isinstance(turn, int) and isinstance(words, str)
    )
