"""The colours of terminals that are in wide use, and how clear one colour is on another."""

from typing import NamedTuple


class Palette(NamedTuple):
    """A terminal as it comes: its name, its background and usual ink, and its sixteen colours."""

    name: str
    paper: str
    ink: str
    sixteen: str


_XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
_SOLARIZED = (
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)
_CAMPBELL = (
    "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
)
_TANGO = (
    "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec"
)
_APPLE = (
    "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5"
)
_DRACULA = (
    "21222c ff5555 50fa7b f1fa8c bd93f9 ff79c6 8be9fd f8f8f2 6272a4 ff6e6e 69ff94 ffffa5 d6acff ff92df a4ffff ffffff"
)
_VGA = "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
_ONE_HALF = (
    "383a42 e45649 50a14f c18401 0184bc a626a4 0997b3 fafafa 4f525e e06c75 98c379 e5c07b 61afef c678dd 56b5c1 ffffff"
)
DARK = (
    Palette("xterm, black", "000000", "e5e5e5", _XTERM),
    Palette("Windows, Campbell", "0c0c0c", "cccccc", _CAMPBELL),
    Palette("Ubuntu, Tango", "300a24", "ffffff", _TANGO),
    Palette("Solarized dark", "002b36", "839496", _SOLARIZED),
    Palette("Dracula", "282a36", "f8f8f2", _DRACULA),
    Palette("Linux console", "000000", "aaaaaa", _VGA),
)
LIGHT = (
    Palette("xterm, white", "ffffff", "000000", _XTERM),
    Palette("Solarized light", "fdf6e3", "657b83", _SOLARIZED),
    Palette("macOS, Basic", "ffffff", "000000", _APPLE),
    Palette("One Half Light", "fafafa", "383a42", _ONE_HALF),
)
_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def colour_in(palette: Palette, name: str) -> str:
    """Return a colour of a palette, or one that is mixed, as six hex digits."""
    if name.startswith("#"):
        return name[1:]
    at = _NAMES.index(name.removeprefix("bright_"))
    return palette.sixteen.split()[at + 8 if name.startswith("bright_") else at]


def contrast(one: str, other: str) -> float:
    """Return how clear one colour is on another, from 1 to 21: Web Content Accessibility Guidelines 2.2, "contrast ratio"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the "relative luminance" of the same guidelines."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
