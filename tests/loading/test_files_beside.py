"""Files that are not what their place or name promises: told in one message that says what to do."""

from pathlib import Path

import pytest

from cli.shell import siberia_quest
from siberia_quest import load_story

STORY = "story: The pier\npassages:\n  pier: {text: Fog., goto: boat.deck}\n"
SCENE = "scene: The boat\npassages:\n  deck: {text: Off., end: true}\n"


def test_a_scene_that_is_checked_alone_is_told_its_story(tmp_path: Path) -> None:
    (tmp_path / "acts").mkdir()
    (tmp_path / "story.yaml").write_text(STORY, "utf-8")
    (tmp_path / "acts" / "boat.yaml").write_text(SCENE, "utf-8")
    (found,) = load_story(tmp_path / "acts" / "boat.yaml").diagnostics
    assert (found.code, found.fix) == ("SQ215", f"name its story instead: `{tmp_path}`")
    assert load_story(tmp_path).diagnostics == ()


def test_a_scene_without_a_story_is_told_where_stories_begin(tmp_path: Path) -> None:
    (tmp_path / "boat.yaml").write_text(SCENE, "utf-8")
    (found,) = load_story(tmp_path / "boat.yaml").diagnostics
    assert "`story.yaml`" in found.fix


def test_a_scene_with_the_other_ending_is_told_and_nothing_that_follows_of_it(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY, "utf-8")
    (tmp_path / "boat.yml").write_text(SCENE, "utf-8")
    (found,) = load_story(tmp_path).diagnostics
    assert (found.code, found.fix) == ("SQ149", "rename it to `boat.yaml`")


def test_a_file_of_another_program_with_that_ending_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text("story: The pier\npassages:\n  pier: {text: Fog., end: true}\n", "utf-8")
    (tmp_path / "build.yml").write_text("steps: [pack]\n", "utf-8")
    assert load_story(tmp_path).diagnostics == ()


def test_a_story_with_the_other_ending_is_told(tmp_path: Path) -> None:
    (tmp_path / "story.yml").write_text(STORY, "utf-8")
    (found,) = load_story(tmp_path).diagnostics
    assert found.fix == "rename `story.yml` to `story.yaml`"


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> theirs", "||||||| base"])
def test_the_marks_of_a_merge_are_all_that_is_said_of_a_file(mark: str, tmp_path: Path) -> None:
    (tmp_path / "pier.yaml").write_text(f"story: The pier\npassages:\n  pier:\n{mark}\n    txt: Fog.\n", "utf-8")
    (found,) = load_story(tmp_path / "pier.yaml").diagnostics
    assert (found.code, found.span.line) == ("SQ147", 4)


def test_broken_tests_are_told_by_check_too(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "story.yaml").write_text("story: The pier\npassages:\n  pier: {text: Fog., end: true}\n", "utf-8")
    (tmp_path / "tests" / "all.yaml").write_text("walkthrough: It ends\nplay: []\nending: rescue\n", "utf-8")
    left = siberia_quest("check", here=tmp_path)
    assert (left.status, "tests/all.yaml:3:9: error SQ802" in left.out) == (1, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docker-compose.yaml", "services:\n  web: {image: stove}\n"),
        ("mkdocs.yaml", "site_name: Pier\nnav: [a]\n"),
        ("playbook.yaml", "- hosts: all\n  tasks: []\n"),
        ("node_modules/deep/boat.yaml", "scene: Boat\nnonsense: 1\n"),
        (".github/boat.yaml", "scene: Boat\nnonsense: 1\n"),
    ],
)
def test_yaml_of_other_programs_is_left_out(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text("story: The pier\npassages:\n  pier: {text: Fog., end: true}\n", "utf-8")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, "utf-8")
    loaded = load_story(tmp_path)
    assert (loaded.diagnostics, loaded.story is not None) == ((), True)


@pytest.mark.parametrize("text", ["", "# later\n", "passages:\n  a: {text: A., end: true}\n", "boat\n"])
def test_a_file_that_may_be_meant_as_a_scene_is_not_left_out(text: str, tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text("story: The pier\npassages:\n  pier: {text: Fog., end: true}\n", "utf-8")
    (tmp_path / "boat.yaml").write_text(text, "utf-8")
    assert {each.span.file for each in load_story(tmp_path).diagnostics} == {"boat.yaml"}
