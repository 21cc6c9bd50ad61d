"""Two engines, one truth: the page's engine plays every story as our own does, to the letter, the dice and the counters."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import ROOT
from siberia_quest import Story, load_story
from siberia_quest.engine.runtime import TEMPLATES as PYTHON
from siberia_quest.web.print_javascript import TEMPLATES, constant
from stories.run import files_of
from stories.twins import load
from web.browser_engine import HAS_NODE, BrowserEngine, changed_runtime, differences

EXAMPLES = sorted(
    path for path in (ROOT / "tests" / "language").iterdir() if path.suffix == ".yaml" or (path / "story.yaml").exists()
)
SHIPPED = sorted(path.parent for path in (ROOT / "story").glob("*/story.yaml"))
needs_node = pytest.mark.skipif(not HAS_NODE, reason="needs node, which .ci/run installs")


@pytest.fixture(scope="module")
def engine() -> Iterator[BrowserEngine]:
    with BrowserEngine() as engine:
        yield engine


def story_at(path: Path) -> Story | None:
    return load_story(path).story


def found(engine: BrowserEngine, story: Story, games: int, most: int) -> list[str]:
    engine.take(story)
    return list(differences(engine, story, range(games), most))


@needs_node
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_played_alike_by_both_engines(path: Path, engine: BrowserEngine) -> None:
    story = story_at(path)
    if story is None:
        assert path.name.startswith("errors_")
    else:
        assert found(engine, story, 5, 30) == []


@needs_node
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_story_is_played_alike_by_both_engines(path: Path, engine: BrowserEngine) -> None:
    story = story_at(path)
    assert story
    assert found(engine, story, 2, 150) == []


@needs_node
def test_random_stories_are_played_alike_by_both_engines(engine: BrowserEngine) -> None:
    stories = {seed: load(files_of(seed)).story for seed in range(60)}
    loaded = {seed: story for seed, story in stories.items() if story is not None}
    assert len(loaded) > 30
    assert {seed: bad for seed, story in loaded.items() if (bad := found(engine, story, 2, 15))} == {}


@needs_node
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("numbers.js", "Math.floor(x + 0.5)", "Math.round(x - 0.1)"),
        ("chance.js", "0x4c957f2d", "0x4c957f2f"),
        ("flow.js", "options.filter((_, index)", "options.toReversed().filter((_, index)"),
        ("flow.js", "(this.hidden.get(slot) ?? 0)", "0"),
        ("flow.js", "this.turn + 1 - turn", "this.turn - turn"),
        ("figures.js", "slice(-most)", "slice(0, most)"),
    ],
)
def test_one_changed_rule_of_the_page_is_noticed(file: str, old: str, new: str, tmp_path: Path) -> None:
    with changed_runtime(tmp_path, file, old, new) as engine:
        stories = [story for path in EXAMPLES if (story := story_at(path)) is not None]
        assert any(found(engine, story, 3, 30) for story in stories)


def test_whatever_printed_code_can_call_has_its_javascript() -> None:
    assert set(TEMPLATES) == set(PYTHON)


@pytest.mark.parametrize(
    "text", ["</script>", "<!--", "\u2028", "\u2029", "\\", '"', "`${1}`", "\x00", "]]>", "\ud800"]
)
def test_no_text_of_a_story_can_end_its_constant(text: str) -> None:
    printed = constant(f"a{text}b")
    assert printed[0] == printed[-1] == '"'
    assert not {"<", ">", "&", "\u2028", "\u2029", "\n", "\r", "\x00"} & set(printed)
    assert '"' not in printed[1:-1].replace("\\\\", "").replace('\\"', "")
