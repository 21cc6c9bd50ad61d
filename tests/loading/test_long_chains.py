"""Formulas and phrases that use one another in long chains are read and worked out, or are told as too much work."""

from pathlib import Path

import pytest

from siberia_quest import Loaded, begin, load_story


def read(text: str, folder: Path) -> Loaded:
    (folder / "chain.yaml").write_text(f"story: The chain\n{text}", "utf-8")
    return load_story(folder / "chain.yaml")


def chain(length: int, *, is_reversed: bool = False) -> str:
    lines = [f"  link_{index}(x): link_{index + 1}(x) + 1" for index in range(length - 1)]
    lines.append(f"  link_{length - 1}(x): x")
    written = "\n".join(reversed(lines) if is_reversed else lines)
    return f"formulas:\n{written}\npassages:\n  mill: {{text: '{{link_0(2)}}', end: true}}\n"


def song(length: int) -> str:
    lines = [f"  verse_{index}: 'la {{verse_{index + 1}}}'" for index in range(length - 1)]
    written = "\n".join([*lines, f"  verse_{length - 1}: la"])
    return f"phrases:\n{written}\npassages:\n  mill: {{text: '{{verse_0}}', end: true}}\n"


@pytest.mark.parametrize("length", [1, 90, 200])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_chain_of_formulas_is_worked_out_in_either_order(length: int, is_reversed: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a parameter of the test
    story = read(chain(length, is_reversed=is_reversed), tmp_path).story
    assert story
    assert begin(story).page.paragraphs == (str(length + 1),)


@pytest.mark.parametrize("length", [1, 90, 200])
def test_a_chain_of_phrases_is_told(length: int, tmp_path: Path) -> None:
    story = read(song(length), tmp_path).story
    assert story
    assert begin(story).page.paragraphs == (" ".join(["la"] * length),)


@pytest.mark.parametrize("text", [chain(201), chain(3000), song(201), song(3000)])
def test_a_chain_that_is_too_long_is_told_once_where_it_becomes_so(text: str, tmp_path: Path) -> None:
    (found,) = read(text, tmp_path).diagnostics
    assert found.code == "SQ309"
    assert "more than 200" in found.why
