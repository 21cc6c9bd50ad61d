"""What outlives a game, and stories that were read before."""

import subprocess
import sys
from pathlib import Path

import pytest

from siberia_quest import begin, load_story
from siberia_quest.engine.playthrough import Playthrough
from siberia_quest.storage import cache
from siberia_quest.storage.profile import Profiles

from .stories import STORY, made

FILES = {"lamp.yaml": STORY.encode(), "": b"lamp"}


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
    assert profile.endings("lamp")["dawn"].times == 1
    assert profile.kept("lamp") == {"reels": ("first",)}
    again = Playthrough.start(story, 1, kept=profile.kept("lamp"))
    assert again.state.value("reels") == ("first",)


def test_a_damaged_profile_gives_the_one_before_it_and_says_so(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    profiles.set("theme", "dark")
    profiles.set("theme", "light")
    profiles.path.write_bytes(b"{")
    profile = profiles.read()
    assert profile.settings == {"theme": "dark"}
    assert profile.notices


def test_a_story_from_the_cache_plays_as_the_one_that_was_read(tmp_path: Path) -> None:
    story = made(tmp_path)
    cache.write_cache(FILES, story, "test")
    other = cache.read_cached(FILES, "test")
    assert other is not None
    assert begin(other, 3).page == begin(story, 3).page
    assert {id_: other.passages[id_] for id_ in other.passages} == dict(story.passages)


def test_another_byte_or_another_maker_finds_nothing(tmp_path: Path) -> None:
    cache.write_cache(FILES, made(tmp_path), "test")
    assert cache.read_cached({**FILES, "lamp.yaml": STORY.encode() + b" "}, "test") is None
    assert cache.read_cached(FILES, "newer") is None


def test_a_damaged_or_foreign_cache_is_ignored(tmp_path: Path) -> None:
    cache.write_cache(FILES, made(tmp_path), "test")
    path = next((tmp_path / "cache").glob("*.story"))
    whole = path.read_bytes()
    for strange in (b"", whole[:-1], whole[:70] + b"x" + whole[71:], b"0" * 64, b"\x80\x04cos\nsystem\n"):
        path.write_bytes(strange)
        assert cache.read_cached(FILES, "test") is None
    path.write_bytes(whole)
    assert cache.read_cached(FILES, "test") is not None


def test_only_known_nouns_come_out_of_a_cache() -> None:
    tries: list[list[str | int]] = [["Popen", "ls"], ["Literal"], ["{", "one"], [7]]
    for strange in tries:
        with pytest.raises(ValueError):  # noqa: PT011  # whatever it says, the cache is rebuilt
            cache.unpack([*strange])
    assert cache.unpack(cache.pack(("a", 1, None))) == ("a", 1, None)


def test_a_shipped_story_is_the_same_from_the_cache() -> None:
    path = Path(__file__).parents[2] / "story" / "siberia_quest"
    first = load_story(path, cached=True).story
    second = load_story(path, cached=True).story
    assert first is not None
    assert second is not None
    assert type(second.passages) is cache.Passages
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
