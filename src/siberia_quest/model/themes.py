"""The looks of the terminal that a player may choose, and a story may name."""

from typing import Literal, TypeAlias

#: `terminal` has the sixteen colours of the player's own terminal, and no background of its own; all others bring theirs.
ThemeName: TypeAlias = Literal["terminal", "dark", "light", "contrast", "vhs"]
THEME_NAMES: tuple[ThemeName, ...] = ("terminal", "dark", "light", "contrast", "vhs")
