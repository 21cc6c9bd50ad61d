"""How the player wants the game shown."""

from typing import NamedTuple


class Preferences(NamedTuple):
    """Switches of the front end. `motion` times montages, `pauses` stops long pages, `typewriter` shows prose letter by letter."""

    motion: bool = True
    pauses: bool = True
    typewriter: bool = False

    def switched(self, name: str, *, on: bool) -> "Preferences":
        """Return preferences with one switch set. Raises ValueError for a name there is none of."""
        return self._replace(**{name: on})
