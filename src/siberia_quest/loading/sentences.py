"""The sentences of the interface as they lie on disk: a file for each language, a sentence on each line."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from siberia_quest.model.language import Language, NumberRule

#: What the command line says, in every language of a story.
TOOLS = "tools"
ENGLISH = "en"
_FOLDER = Path(__file__).parents[1] / "languages"
_ENDING = ".txt"


def list_languages() -> tuple[str, ...]:
    """Return the names of the languages there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob(f"*{_ENDING}") if path.stem != TOOLS))


def read_sentences(name: str) -> dict[str, str]:
    """Return the sentences of a file by key. A line is a key, a colon and a sentence; one that begins with `#` is a comment."""
    found: dict[str, str] = {}
    for line in (_FOLDER / f"{name}{_ENDING}").read_text("utf-8").splitlines():
        key, colon, sentence = line.partition(": ")
        if colon and key[0] != "#":
            found[key] = sentence.replace("\\n", "\n")
    return found


def read_language(name: str, own: Mapping[str, str]) -> Language:
    """Return a language, with a story's own sentences in the place of some."""
    sentences = {**read_sentences(name), **own}
    return Language(name, sentences, _rules(sentences, "number_"), _rules(sentences, "ordinal_"))


def _rules(sentences: Mapping[str, str], begin: str) -> tuple[NumberRule, ...]:
    found: Iterable[NumberRule] = (
        NumberRule(int(key.removeprefix(begin)), words)
        for key, words in sentences.items()
        if key.startswith(begin) and key[len(begin) :].isdecimal()
    )
    return tuple(sorted(found))
