"""Colours and weights by purpose, a table for each theme; `tests/terminal/test_theme.py` works out that each can be read.

Nothing is told by colour alone: words or signs always say it too. Nothing is dim, since what a terminal makes of that is anybody's guess,
and no light grey is left of it on most.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.themes import ThemeName

#: What a terminal's background is, where that is known.
Background: TypeAlias = Literal["dark", "light", ""]
#: How many colours a terminal has: none, its own sixteen, or those that a program mixes.
Colours: TypeAlias = Literal["none", "sixteen", "many"]


class Theme(NamedTuple):
    """A rich style for each purpose.

    `paper` is the background of whole lines and `ink` the colour on it, both "" for those of the terminal; the other styles stand on them.
    """

    paper: str = ""
    ink: str = ""
    title: str = "bold"
    place: str = ""
    prose: str = ""
    quote: str = "italic"
    emphasis: str = "italic"
    strong: str = "bold"
    rule: str = ""
    change: str = ""
    check: str = ""
    number: str = "bold"
    option: str = ""
    odds: str = ""
    locked: str = ""
    bar: str = ""
    faint: str = ""
    note: str = ""
    trouble: str = "bold underline"
    heading: str = "bold"
    echo: str = "bold"
    ending: str = "bold"

    @property
    def ground(self) -> str:
        """The style of a whole line."""
        return " ".join(filter(None, (self.ink, f"on {self.paper}" if self.paper else "")))

    def stand_upright(self) -> "Theme":
        """Return the same for a terminal without italics, which would show them in reverse."""
        upright = {name: style.replace("italic", "").strip() for name, style in self._asdict().items()}
        return Theme(**{**upright, "emphasis": "underline"})


#: Weights alone: whatever the background is, it is the player's own two colours that stand against each other.
DEFAULT = Theme()

#: The terminal's own sixteen colours. Of those on dark cyan is clear in each usual palette, also where bold makes it bright; on light none
#: is but black, which is darker than the usual ink of some.
_OWN: Mapping[Background, Theme] = MappingProxyType({
    "": DEFAULT,
    "dark": DEFAULT._replace(
        change="cyan", number="bold cyan", bar="cyan", note="cyan", echo="bold cyan", check="bright_cyan",
        trouble="bold bright_white underline",
    ),
    "light": DEFAULT._replace(ink="black"),
})  # fmt: skip

#: What a theme becomes where there are no more than sixteen colours: its weights, on the nearest two of them that are clear.
_SIXTEEN: Mapping[ThemeName, Theme] = MappingProxyType({
    "dark": DEFAULT._replace(paper="black", ink="white"), "light": DEFAULT._replace(paper="bright_white", ink="black"),
    "contrast": DEFAULT._replace(paper="black", ink="bright_white"), "vhs": DEFAULT._replace(paper="black", ink="bright_white"),
})  # fmt: skip

#: Each colour is one of the 256 that most terminals have, so that nothing is rounded where there are no more.
_MANY: Mapping[ThemeName, Theme] = MappingProxyType({
    "dark": Theme(
        paper="#1c1c1c", ink="#d0d0d0", title="bold #ffffff", place="#a8a8a8", rule="#a8a8a8", change="#87d7d7", check="#d7afff",
        number="bold #5fd7d7", odds="#a8a8a8", locked="#a8a8a8", bar="#5fd7d7", faint="#a8a8a8", note="#87d7d7", trouble="bold #ffd75f",
        heading="bold #ffffff", echo="bold #5fd7d7", ending="bold #ffffff",
    ),
    "light": Theme(
        paper="#ffffff", ink="#262626", title="bold #000000", place="#585858", rule="#585858", change="#005f87", check="#5f0087",
        number="bold #005f87", odds="#585858", locked="#585858", bar="#005f87", faint="#585858", note="#005f87", trouble="bold #af0000",
        heading="bold #000000", echo="bold #005f87", ending="bold #000000",
    ),
    "contrast": Theme(
        paper="#000000", ink="#ffffff", change="#00ffff", check="#ffafff", number="bold #ffff00", bar="#00ffff", note="#00ffff",
        trouble="bold #ffaf00 underline", echo="bold #ffff00",
    ),
    "vhs": Theme(
        paper="#00005f", ink="#eeeeee", title="bold #ffffff", place="#afafff", rule="#afafff", change="#5fffff", check="#ff87ff",
        number="bold #ffff5f", odds="#afafff", locked="#afafff", bar="#ff87ff", faint="#afafff", note="#5fffff", trouble="bold #ffaf5f",
        heading="bold #5fffff", echo="bold #ffff5f", ending="bold #ff87ff",
    ),
})  # fmt: skip


class Ability(NamedTuple):
    """What a terminal can show, and what it is known to show already."""

    colours: Colours = "sixteen"
    background: Background = ""
    italics: bool = True


def fit_theme(name: ThemeName, ability: Ability) -> Theme:
    """Return a theme as far as a terminal can show it."""
    if ability.colours == "none":
        theme = DEFAULT
    elif name == "terminal":
        theme = _OWN[ability.background]
    else:
        theme = (_MANY if ability.colours == "many" else _SIXTEEN)[name]
    return theme if ability.italics else theme.stand_upright()
