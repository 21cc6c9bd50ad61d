"""A story that was changed is read again only where it must be, and comes out as if all of it had been read."""

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from siberia_quest import Loaded, load_story
from siberia_quest.loading import reading, yaml_reader

STORIES = Path(__file__).parents[2] / "story"

MAIN = """story: Roads
id: roads
version: 1.0.0
start: inn.door
kinds:
  beast: [wolf, bear]
variables:
  coins: 3
  met: beast
formulas:
  rich: coins > 5
menus:
  rest:
    - text: Sit down
      id: sit
      goto: inn.door
endings:
  home: At home
"""
INN = """scene: The inn
passages:
  door:
    text: The door. {if seen(wood.path.turn_back) then Mud on it.} You have {coins}.
    choices:
      - text: In
        id: in
        goto: fire
      - text: Out
        id: out
        goto: wood
      - use: rest
  fire:
    - call: wood.count(2)
    - "{if rich then Warm|Cold}. {turns_since(wood.path)}"
    - end: home
"""
WOOD = """scene: The wood
passages:
  edge:
    - deal: walk
      else: Nobody.
    - leave: inn.fire
  path:
    storylet: {tag: walk}
    text: Birches.
    choices:
      - text: Back to the inn
        id: turn_back
        do: met = bear
      - text: On
        id: on
        goto: pines
  pines:
    - return: true
  count:
    params: {how_many: number}
    do: coins += how_many
"""
#: Each change of a file, and the files that are read for it; all of them where what everything hangs on has changed.
CHANGES: Mapping[str, tuple[str, str, str, set[str]]] = {
    "words": ("wood.yaml", "Birches.", "Birches and snow.", {"wood.yaml"}),
    "a line more": ("wood.yaml", "scene: The wood\n", "scene: The wood\n# the north\n", {"wood.yaml"}),
    "an effect": ("wood.yaml", "coins += how_many", "coins += 2 * how_many", {"wood.yaml"}),
    "a new passage": ("wood.yaml", "  count:\n", "  pond:\n    - Ice.\n    - return: true\n  count:\n", {"wood.yaml"}),
    "a new choice": ("inn.yaml", "      - use: rest\n", "      - use: rest\n      - text: Sing\n        id: sing\n        goto: fire\n",
                     {"inn.yaml"}),
    "a choice that another scene looks at": ("wood.yaml", "turn_back", "return_home", {"wood.yaml", "inn.yaml"}),
    "a passage that another scene goes to": ("inn.yaml", "fire", "hearth", {"wood.yaml", "inn.yaml"}),
    "a parameter more": ("wood.yaml", "{how_many: number}", "{how_many: number, when: number}", {"wood.yaml", "inn.yaml"}),
    "another first passage": ("wood.yaml", "passages:\n", "passages:\n  glade:\n    goto: edge\n", {"wood.yaml", "inn.yaml"}),
    "a storylet more": ("wood.yaml", "  pines:\n    - return: true\n",
                        "  pines:\n    - return: true\n  owl:\n    storylet: {tag: night}\n    text: Owl.\n", {"wood.yaml"}),
    "a start value": ("story.yaml", "coins: 3", "coins: 4", {"wood.yaml", "inn.yaml"}),
    "a formula's body": ("story.yaml", "coins > 5", "coins > 6", set()),
    "an ending's title": ("story.yaml", "At home", "Home", set()),
    "a menu": ("story.yaml", "Sit down", "Sit", {"wood.yaml", "inn.yaml"}),
    "a member": ("story.yaml", "wolf, bear", "wolf, bear, fox", {"wood.yaml", "inn.yaml"}),
    "nothing that is seen": ("story.yaml", "variables:\n", "variables:   # all of them\n", set()),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIBERIA_QUEST_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose YAML was read."""
    found: list[str] = []
    real = yaml_reader.read_yaml

    def read_yaml(data: bytes | str, file: str) -> object:
        found.append(file)
        return real(data, file)

    monkeypatch.setattr(reading, "read_yaml", read_yaml)
    return found


def roads(folder: Path) -> Path:
    story = folder / "roads"
    story.mkdir()
    for name, text in (("story.yaml", MAIN), ("inn.yaml", INN), ("wood.yaml", WOOD)):
        (story / name).write_text(text, "utf-8")
    return story


def everything(loaded: Loaded) -> dict[str, object]:
    """All there is to a story that was read, in a form that can be compared."""
    story = loaded.story
    told: dict[str, object] = {"diagnostics": loaded.diagnostics, "pictures": loaded.pictures}
    if story is None:
        return told
    parts = {name: getattr(story, name) for name in story.__slots__ if name not in {"memo", "layout", "passages"}}
    layout = story.layout
    found = {id_: story.passages[id_] for id_ in story.passages}
    sites = {id_: story.passages.sites_of(id_) for id_ in story.passages}
    return {**told, **parts, "passages": list(found.items()), "sites": sites,
            "layout": (list(layout.slots.items()), list(layout.records.items()), layout.members)}  # fmt: skip


def is_same(path: Path) -> bool:
    """Whether a story comes out the same with a cache and without: changed, unchanged, and with passages that are not yet made."""
    whole = everything(load_story(path))
    found = [everything(load_story(path, cached=True)) for _ in range(2)]
    story = load_story(path, cached=True).story
    sites = {id_: story.passages.sites_of(id_) for id_ in story.passages} if story else whole.get("sites")
    return found == [whole, whole] and sites == whole.get("sites")


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_reads_only_the_scenes_that_hang_on_it(change: str, tmp_path: Path, read_files: list[str]) -> None:
    story = roads(tmp_path)
    file, old, new, reads = CHANGES[change]
    assert load_story(story, cached=True).diagnostics == ()
    read_files.clear()
    text = (story / file).read_text("utf-8")
    assert old in text
    for each in story.glob("*.yaml") if change.startswith("a passage that") else [story / file]:
        each.write_text(each.read_text("utf-8").replace(old, new), "utf-8")
    load_story(story, cached=True)
    assert {*read_files} == {"story.yaml", *reads}
    assert is_same(story)


def test_a_file_more_and_a_file_less_are_noticed(tmp_path: Path) -> None:
    story = roads(tmp_path)
    load_story(story, cached=True)
    (story / "lake.yaml").write_text("scene: The lake\npassages:\n  shore:\n    goto: inn.door\n", "utf-8")
    assert is_same(story)
    (story / "wood.yaml").rename(story / "forest.yaml")
    assert is_same(story)
    (story / "forest.yaml").unlink()
    assert is_same(story)
    (story / "wood.yaml").write_text(WOOD, "utf-8")
    assert is_same(story)


def test_a_mistake_and_its_cure_lose_nothing_that_was_read(tmp_path: Path, read_files: list[str]) -> None:
    story = roads(tmp_path)
    load_story(story, cached=True)
    (story / "wood.yaml").write_text(WOOD.replace("goto: pines", "goto: piens"), "utf-8")
    assert [each.code for each in load_story(story, cached=True).diagnostics] == ["SQ203"]
    assert is_same(story)
    read_files.clear()
    (story / "wood.yaml").write_text(WOOD.replace("Birches", "Pines"), "utf-8")
    load_story(story, cached=True)
    assert {*read_files} == {"story.yaml", "wood.yaml"}
    assert is_same(story)


def test_a_warning_comes_from_the_cache_too_with_the_line_it_speaks_of(tmp_path: Path) -> None:
    story = roads(tmp_path)
    (story / "wood.yaml").write_text(WOOD.replace("        id: on\n", ""), "utf-8")
    first = load_story(story, cached=True)
    again = load_story(story, cached=True)
    assert [each.code for each in first.diagnostics] == ["SQ217"]
    assert again.diagnostics == first.diagnostics
    assert again.lines["wood.yaml"] == first.lines["wood.yaml"]


@pytest.mark.parametrize(("name", "changes"), [("first_fire", 25), ("siberia_quest", 12)])
def test_stories_with_lines_taken_out_and_doubled_come_out_the_same(name: str, changes: int, tmp_path: Path) -> None:
    story = tmp_path / name
    shutil.copytree(STORIES / name, story)
    chance = random.Random(name)
    files = sorted(story.glob("*.yaml"))
    loaded = 0
    for _ in range(changes):
        file = chance.choice(files)
        lines = before = file.read_text("utf-8").splitlines(keepends=True)
        at = chance.randrange(len(lines))
        lines = [*lines[:at], *([lines[at]] * chance.choice([0, 2])), *lines[at + 1 :]]
        file.write_text("".join(lines), "utf-8")
        whole = load_story(story)
        assert everything(load_story(story, cached=True)) == everything(whole)
        loaded += whole.story is not None
        if whole.story is None or chance.random() < 0.5:
            file.write_text("".join(before), "utf-8")
    assert loaded > changes / 10


def test_a_reader_that_looked_at_nothing_else_would_be_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = roads(tmp_path)
    monkeypatch.setattr("siberia_quest.loading.scene_cache.Outside.answers", lambda *_: "always the same")
    load_story(story, cached=True)
    for each in ("wood.yaml", "story.yaml"):
        (story / each).write_text((story / each).read_text("utf-8").replace("turn_back", "return_home"), "utf-8")
    assert everything(load_story(story, cached=True)) != everything(load_story(story))
