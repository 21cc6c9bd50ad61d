"""The version of the program, for itself and for its wheel."""

from typing import Final

VERSION: Final = "0.1.0"
