"""Lines of rich's styled text as prompt_toolkit draws them."""

from prompt_toolkit.formatted_text import StyleAndTextTuples
from rich.color import Color, ColorType
from rich.console import Console
from rich.style import Style
from rich.text import Text

_SIXTEEN = (
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "gray",
    "brightblack", "brightred", "brightgreen", "brightyellow", "brightblue", "brightmagenta", "brightcyan", "white",
)  # fmt: skip


class Painter:
    """Turns lines into fragments; what a style is called there is worked out once."""

    def __init__(self) -> None:
        """Begin without a style."""
        self._console = Console(color_system=None, markup=False, highlight=False, emoji=False)
        self._spelled: dict[str, str] = {}

    def paint(self, line: Text) -> StyleAndTextTuples:
        """Return a line as fragments."""
        return [(self._spell(segment.style), segment.text) for segment in line.render(self._console) if segment.text]

    def _spell(self, style: Style | None) -> str:
        if not style:
            return ""
        key = str(style)
        if key not in self._spelled:
            words = [
                word
                for word, is_on in (
                    ("bold", style.bold), ("dim", style.dim), ("italic", style.italic), ("underline", style.underline),
                    ("reverse", style.reverse),
                )
                if is_on
            ]  # fmt: skip
            words += [f"fg:{_spell_colour(style.color)}"] if style.color else []
            words += [f"bg:{_spell_colour(style.bgcolor)}"] if style.bgcolor else []
            self._spelled[key] = " ".join(words)
        return self._spelled[key]


def _spell_colour(colour: Color) -> str:
    if colour.type is ColorType.DEFAULT:
        return "default"
    if colour.number is not None and colour.number < len(_SIXTEEN):
        return f"ansi{_SIXTEEN[colour.number]}"
    return colour.get_truecolor().hex
