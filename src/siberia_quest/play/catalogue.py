"""What the command line and the tools of authors say. A player's sentences come from the story's own `Language`."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from siberia_quest.engine.counting import list_words
from siberia_quest.loading.sentences import ENGLISH, TOOLS, read_language, read_sentences
from siberia_quest.model.language import Language

#: What the interface speaks where no story says what.
SPOKEN: Language = read_language(ENGLISH, {})
SENTENCES: Mapping[str, str] = MappingProxyType({**SPOKEN.sentences, **read_sentences(TOOLS)})


def say(key: str, **parts: object) -> str:
    """Return a sentence with its parts filled in. Raises KeyError for an unknown key or a missing part."""
    return SENTENCES[key].format(**parts)


def words_of(key: str) -> frozenset[str]:
    """Return the words that may be typed for one thing, such as yes."""
    return frozenset(SENTENCES[key].split())


def list_names(names: Iterable[str], how: str = "list_or") -> str:
    """Return names in words: `a, b or c`."""
    return list_words(SPOKEN, list(names), how)
