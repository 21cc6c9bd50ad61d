"""GLOSSARY.md has each word once; the words of the code are words of the code, and the nouns of `model` are all there."""

import ast
import re
from pathlib import Path

import pytest

from house.tree import PACKAGE, ROOT

TEXT = (ROOT / "GLOSSARY.md").read_text("utf-8")
OF_CODE = TEXT.partition("## What the code speaks of")[2]


def words_of(text: str) -> list[str]:
    """The words that are explained."""
    return re.findall(r"^\*\*([^*]+)\*\*: ", text, re.MULTILINE)


def nouns_of(source: str) -> set[str]:
    """The public classes and type aliases of a module."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and "TypeAlias" in ast.dump(node):
            found.add(node.target.id)
    return {name for name in found if not name.startswith("_")}


def unexplained(source: str, glossary: str) -> list[str]:
    """Nouns of a module that a glossary does not have."""
    return sorted(nouns_of(source) - set(re.findall(r"`(\w+)`", glossary)))


def test_a_word_is_explained_once_among_those_of_authors_and_once_among_those_of_the_code() -> None:
    for part in (TEXT.partition("## What the code speaks of")[0], OF_CODE):
        words = words_of(part)
        assert len(words) > 20
        assert len(words) == len(set(words))


@pytest.mark.parametrize("word", words_of(OF_CODE))
def test_a_word_of_the_code_is_used_in_the_code(word: str) -> None:
    used = re.compile(rf"\b_?{re.escape(word).replace(chr(92) + ' ', '[ _]')}s?\b", re.IGNORECASE)
    assert any(used.search(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("*.py")), ids=lambda path: path.stem)
def test_the_nouns_of_the_model_are_in_the_glossary(path: Path) -> None:
    assert unexplained(path.read_text("utf-8"), OF_CODE) == []


def test_a_noun_that_nobody_explains_is_found() -> None:
    assert unexplained('class Lamp:\n    "A lamp."\nLight: TypeAlias = int\nclass _Wick: ...', "`Lamp`") == ["Light"]


def test_nothing_but_nouns_stands_in_code_style_among_the_words_of_the_code() -> None:
    known = {name for path in (PACKAGE / "model").glob("*.py") for name in nouns_of(path.read_text("utf-8"))}
    assert sorted(each for each in set(re.findall(r"`([A-Z]\w+)`", OF_CODE)) - known) == []
