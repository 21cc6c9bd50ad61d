"""The words that what guides the fuzzing puts in: all that the language declares, and signs of YAML, prose and expressions."""

from siberia_quest.model.functions import FUNCTIONS
from siberia_quest.model.language_keys import SHAPES
from stories.prose import HOSTILE
from stories.telling import HOWS

_SIGNS = (
    "\n- ", "\n  ", ": ", ": |\n  ", "{if ", " then ", " else ", " | ", "{", "}", "\\", "<>", "\n\n", "*", "**", "[",
    "]", ", ", "'", '"', "#", "&a", "*a", "<<: ", "!!int", "---\n", "...\n", "%YAML 1.1\n", "\t", "\r\n", "\r",
    "\u0085", "\u2028", "\ufeff", "\u0000", "\u202e", "e\u0301", "| ", "> ", "? ", " and ", " or ", "not ", " in ",
    " == ", " != ", " <= ", " // ", " += ", " -= ", " = ", "true", "false", "null", "1e9", "0.5", "999999999999999",
    "go_on", "story: x\n", "scene: y\n", "passages:\n", "end: true\n", "_",
)  # fmt: skip


def words() -> list[str]:
    """Every word of the dictionary, each once."""
    keys = {f"{key.name}:" for shape in SHAPES.values() for key in shape}
    return sorted({*keys, *(f"{name}(" for name in FUNCTIONS), *(f"{{{how}|" for how in HOWS), *_SIGNS, *HOSTILE[:30]})


def as_file() -> str:
    """The dictionary as libFuzzer reads it."""
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "replace")[:60]) for word in words())
    return "".join(f'"{each}"\n' for each in escaped)
