"""How the game looks now: a theme, as far as the terminal can show it."""

from rich.color import Color
from rich.console import COLOR_SYSTEMS, Console

from siberia_quest.model.themes import ThemeName
from siberia_quest.terminal.theme import Ability, Background, Theme, fit_theme


class Look:
    """Knows what the terminal can show; what is chosen may change in play."""

    def __init__(self, *, italics: bool = True, background: Background = "") -> None:
        """Keep what is known before anything is drawn."""
        self._ability = Ability("none", background, italics)
        self._system: str | None = None

    def meet(self, console: Console) -> None:
        """Learn how many colours there are."""
        system = self._system = None if console.no_color else console.color_system
        self._ability = self._ability._replace(
            colours="none" if system is None else "many" if system in {"256", "truecolor"} else "sixteen"
        )

    @property
    def is_curious(self) -> bool:
        """Whether it matters what the background is, and nobody said so."""
        return self._ability.colours != "none" and not self._ability.background

    def learn(self, background: Background) -> None:
        """Take note of what the background is."""
        self._ability = self._ability._replace(background=background)

    def clear_line(self, paper: str) -> str:
        """Return what gives the rest of a line a background; no spaces are written, so that none are copied."""
        system = COLOR_SYSTEMS[self._system or "standard"]
        return f"\x1b[{';'.join(Color.parse(paper).downgrade(system).get_ansi_codes(foreground=False))}m\x1b[K\x1b[0m"

    def theme(self, chosen: ThemeName | None) -> Theme:
        """Return the theme in play, where one is chosen."""
        return fit_theme(chosen or "terminal", self._ability)
