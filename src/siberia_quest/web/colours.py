"""A story's own colours for its page: what is between them is mixed of them, so that all words can be read."""

from collections.abc import Mapping

from siberia_quest.loading.imprint import contrast_of

#: Of words that stand back, in parts of a hundred: the first share of ink with which they can be read on all that is behind words.
_SHARES = range(60, 101, 4)
_LEAST_CONTRAST = 4.5


def style_of(colours: tuple[str, ...]) -> str:
    """Return the rule for a page in a story's colours, "" for none."""
    if not colours:
        return ""
    paper, ink, accent = colours
    wash, is_dark = mix(ink, paper, 6), contrast_of(paper, "#000000") < contrast_of(ink, "#000000")
    soft = next((each for each in (mix(ink, paper, share) for share in _SHARES) if _can_be_read(each, wash)), ink)
    told: Mapping[str, str] = {
        "color-scheme": "dark" if is_dark else "light",
        "--paper": paper,
        "--ink": ink,
        "--accent": accent,
        "--soft": soft,
        "--line": mix(ink, paper, 18),
        "--wash": wash,
        "--card": mix(ink, paper, 2),
    }
    return f':root[data-theme="story"] {{ {" ".join(f"{name}: {value};" for name, value in told.items())} }}\n'


def mix(one: str, other: str, share: int) -> str:
    """Return a colour with so many parts of a hundred of one, the rest of another.

    >>> mix("#ffffff", "#000000", 50)
    '#808080'
    """
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round((first * share + second * (100 - share)) / 100):02x}" for first, second in pairs)


def _can_be_read(colour: str, behind: str) -> bool:
    return contrast_of(colour, behind) >= _LEAST_CONTRAST
