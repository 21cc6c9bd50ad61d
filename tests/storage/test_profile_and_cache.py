"""What outlives a game, and stories that were read before."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from siberia_quest import begin, load_story
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage import cache
from siberia_quest.storage.profile import Profiles

from .stories import STORY, made


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIBERIA_QUEST_CACHE", str(tmp_path / "cache"))


def test_endings_and_kept_variables_outlive_a_game(tmp_path: Path) -> None:
    story = made(tmp_path)
    profiles = Profiles(tmp_path)
    play = Playthrough.start(story, 1)
    for pick in ("trim", "sing", "Bo", "sleep"):
        before = play.state
        play.pick(pick)
        assert profiles.remember(story, before, play.state) is None
    profile = profiles.read()
    assert profile.endings(story)["dawn"].times == 1
    assert profile.find_kept(story) == {"reels": ("first",)}
    again = Playthrough.start(story, 1, kept=profile.find_kept(story))
    assert again.state.value("reels") == ("first",)


def test_a_damaged_profile_gives_the_one_before_it_and_says_so(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    profiles.set("theme", "dark")
    profiles.set("theme", "light")
    profiles.path.write_bytes(b"{")
    profile = profiles.read()
    assert profile.settings == {"theme": "dark"}
    assert profile.notices


def kept(folder: Path) -> Path:
    """Keep a story with a scene of its own in the cache; return the cache's folder."""
    story = folder / "lamp"
    story.mkdir()
    (story / "story.yaml").write_text(STORY.replace("story: ", "start: lamp.tower\nstory: ", 1), "utf-8")
    (story / "cellar.yaml").write_text(
        "scene: The cellar\npassages:\n  steps:\n    - Dark.\n    - goto: lamp.tower\n", "utf-8"
    )
    assert load_story(story, cached=True).story
    return next((folder / "cache").iterdir())


def test_a_story_from_the_cache_plays_as_the_one_that_was_read() -> None:
    path = Path(__file__).parents[2] / "story" / "first_fire"
    story = load_story(path).story
    load_story(path, cached=True)
    files = found(path)
    other = cache.recall(path, files, "test").story
    assert other is None
    assert story
    cache.keep(path, files, story, (), {}, "test")
    other = cache.recall(path, files, "test").story
    assert other is not None
    assert begin(other, 3).page == begin(story, 3).page
    assert {id_: other.passages[id_] for id_ in other.passages} == dict(story.passages)


def found(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.glob("*.yaml")}


def test_another_byte_or_another_maker_finds_nothing(tmp_path: Path) -> None:
    path, files = tmp_path / "lamp.yaml", {"lamp.yaml": STORY.encode()}
    cache.keep(path, files, made(tmp_path), (), {}, "test")
    assert cache.recall(path, files, "test").story is not None
    assert cache.recall(path, {"lamp.yaml": STORY.encode() + b" "}, "test").story is None
    assert cache.recall(path, files, "newer").story is None
    assert cache.recall(tmp_path / "other.yaml", files, "test").story is None


@pytest.mark.parametrize("which", ["index", "*.scene"])
def test_a_damaged_or_foreign_cache_is_ignored_and_made_again(which: str, tmp_path: Path) -> None:
    (path,) = kept(tmp_path).glob(which)
    whole = path.read_bytes()
    strange = [
        b"",
        whole[:-1],
        whole[:70] + b"x" + whole[71:],
        b"0" * 64,
        b"\x80\x04cos\nsystem\n",
        hashed(b"\x80"),
        hashed(b"\xc1"),
    ]
    for data in strange:
        path.write_bytes(data)
        again = load_story(tmp_path / "lamp", cached=True)
        assert again.story
        assert "cellar.steps" in again.story.passages
        assert path.read_bytes() == whole
    path.unlink()
    path.mkdir()
    assert load_story(tmp_path / "lamp", cached=True).story


def hashed(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + data


def test_the_cache_keeps_no_more_than_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = kept(tmp_path)
    for number in range(3):
        (tmp_path / "lamp" / "cellar.yaml").write_text(
            f"scene: The cellar\npassages:\n  steps:\n    - Dark {number}.\n    - goto: lamp.tower\n", "utf-8"
        )
        assert load_story(tmp_path / "lamp", cached=True).story
    assert len([*folder.glob("*.scene")]) == 1
    monkeypatch.setattr(cache, "MOST_STORIES", 2)
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_text(STORY, "utf-8")
        load_story(tmp_path / f"{number}.yaml", cached=True)
    assert len([*(tmp_path / "cache").glob("*/index")]) == 2
    assert len([*(tmp_path / "cache").iterdir()]) == 2


def test_nothing_in_the_cache_s_folder_is_touched_that_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_STORIES", 1)
    foreign = tmp_path / "cache" / ".git" / "index"
    foreign.parent.mkdir(parents=True)
    foreign.write_bytes(b"somebody else's")
    os.utime(foreign, (1, 1))  # the oldest of all
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_text(STORY, "utf-8")
        load_story(tmp_path / f"{number}.yaml", cached=True)
    assert foreign.read_bytes() == b"somebody else's"
    assert len([*(tmp_path / "cache").glob("*/index")]) == 2


def test_a_shipped_story_is_the_same_from_the_cache() -> None:
    path = Path(__file__).parents[2] / "story" / "siberia_quest"
    first = load_story(path, cached=True).story
    second = load_story(path, cached=True).story
    assert first is not None
    assert second is not None
    assert begin(first, 5).page == begin(second, 5).page


def test_a_story_that_did_not_change_is_started_without_reading_its_yaml(tmp_path: Path) -> None:
    code = (
        "import sys; from siberia_quest import begin, load_story\n"
        "story = load_story(sys.argv[1], cached=True).story\n"
        "print(len(begin(story).page.options), 'yaml' in sys.modules)"
    )
    path = str(Path(__file__).parents[2] / "story" / "siberia_quest")
    said = [
        subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert said == ["4 True\n", "4 False\n"], tmp_path
