"""The manual is made of its chapters and the examples, shows all of them, and leaves no word of the language out."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from house.tree import ROOT
from siberia_quest.model.expression import HOWS
from siberia_quest.model.functions import FUNCTIONS
from siberia_quest.model.language_keys import SHAPES, Shape

#: What stands in the files of a story's tests is told in the guide for authors.
OF_TESTS = {"tests", "walkthrough", "play", "again", "expect", "style", "preference", "target"}


def builder() -> ModuleType:
    """The program that builds the page."""
    spec = importlib.util.spec_from_file_location("build_language", ROOT / "docs" / "build_language.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """What the pages of the manual hold, by the names of their files."""
    return {name: (ROOT / "docs" / name).read_text("utf-8") for name in builder().build()}


@pytest.fixture(scope="module")
def page(pages: dict[str, str]) -> str:
    """All of the manual."""
    return "\n".join(pages.values())


def test_the_pages_are_what_the_chapters_and_the_examples_make(pages: dict[str, str]) -> None:
    assert builder().build() == pages, "run: make docs"


def test_the_three_levels_are_read_in_an_hour(pages: dict[str, str]) -> None:
    module = builder()
    assert sum(module.minutes_to_read(pages[name]) for name in module.TO_READ) <= 60


def test_level_one_shows_no_word_that_only_another_page_explains(pages: dict[str, str]) -> None:
    level = pages["level_one.md"]
    keys = set(
        re.findall(r"^ *(?:- )?([a-z_]+):", "\n".join(re.findall(r"```yaml\n(.*?)```", level, re.DOTALL)), re.MULTILINE)
    )
    prose = re.sub(r"```.*?```", "", level, flags=re.DOTALL)
    explained = {word for code in re.findall(r"`([^`\n]+)`", prose) for word in re.findall(r"[a-z_]+", code)}
    language = {key.name for shape in SHAPES.values() for key in shape}
    assert keys & language <= explained


def test_the_index_leads_from_every_word_to_a_section_that_is_there(pages: dict[str, str]) -> None:
    index = pages["language.md"].partition("## All words")[2]
    words = {key.name for shape, keys in SHAPES.items() if shape not in OF_TESTS for key in keys} | {
        name for name, each in FUNCTIONS.items() if each.reading != "sign"
    }
    assert [word for word in sorted(words) if f"* `{word}`: [" not in index] == []
    for file, anchor in re.findall(r"\]\((\w+\.md)#([^)]*)\)", index):
        titles = re.findall(r"^##+ (.+)$", pages[file], re.MULTILINE)
        assert anchor in {re.sub(r"[^a-z0-9_ -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_example_is_on_the_page_or_linked_from_it(page: str) -> None:
    examples = builder().examples()
    missing = [name for name, each in examples.items() if each.sentence not in page]
    assert not missing
    assert len(examples) >= 90


@pytest.mark.parametrize("shape", SHAPES)
def test_every_word_an_author_may_write_is_on_the_page(shape: Shape, page: str) -> None:
    text = (ROOT / "docs" / "authoring.md").read_text("utf-8") if shape in OF_TESTS else page
    words = set(re.findall(r"`[^`]*`", text) if shape in OF_TESTS else re.findall(r"`\|? ?(\w+)", text))
    words = {word for each in words for word in re.findall(r"\w+", each)}
    assert {key.name for key in SHAPES[shape]} <= words


def test_every_function_and_every_alternative_is_on_the_page(page: str) -> None:
    assert [name for name in FUNCTIONS if f"`{name}(" not in page and f"`{name}`" not in page] == []
    assert [how for how in HOWS if f"{{{how}|" not in page and f"{{{how} |" not in page] == []


def test_every_function_is_used_in_an_example() -> None:
    stories = "\n".join(file.read_text("utf-8") for each in builder().examples().values() for file in each.files)
    assert [
        name
        for name, each in FUNCTIONS.items()
        if each.reading != "sign" and not re.search(rf"\b{name}{'' if each.reading == 'bare' else '[(]'}", stories)
    ] == []


def test_each_chapter_has_a_number_and_they_follow_each_other(page: str) -> None:
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", page, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 10


def test_a_chapter_that_asks_for_what_is_not_there_is_no_page(tmp_path: Path) -> None:
    module = builder()
    (tmp_path / "1.md").write_text("# More examples\n\n{{example no_such_example}}\n", "utf-8")
    module.__dict__["CHAPTERS"] = tmp_path
    with pytest.raises(KeyError, match="no_such_example"):
        module.build()


def test_a_message_counts_the_lines_that_the_page_shows(page: str) -> None:
    story, transcript = re.findall(
        r"```yml\n(story: The missing bridge\n.*?)```\n\n```text\n(.*?)```", page, re.DOTALL
    )[0]
    number = int(re.findall(r"SQ203 \(line (\d+)\)", transcript)[0])
    assert story.splitlines()[number - 1].strip() == "goto: bridges"
