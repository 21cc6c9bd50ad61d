"""A real save of every released format loads for ever, and its game goes on as it did then."""

import json
import shutil
from pathlib import Path
from zlib import crc32

import pytest

from siberia_quest import load_story
from siberia_quest.model.story import Story
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.state_to_plain import to_plain
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import OpenedSave, Saves

FOLDER = Path(__file__).parents[1] / "saves"
SAVES = sorted(FOLDER.glob("*.save"))


def read(name: str) -> Story:
    story = load_story(FOLDER / f"{name}.story").story
    assert story
    return story


def opened(path: Path, folder: Path) -> tuple[Story, OpenedSave]:
    """The save of a release, in the folder of a player of today."""
    story = read(path.name.split(".")[0])
    saves = Saves(story, folder)
    saves.folder.mkdir()
    shutil.copy(path, saves.path("old"))
    return story, saves.load("old")


@pytest.mark.parametrize("path", SAVES, ids=lambda path: path.stem)
def test_a_save_of_an_earlier_release_goes_on_as_it_did_then(path: Path, tmp_path: Path) -> None:
    story, found = opened(path, tmp_path)
    assert (found.ask, found.refusal, found.notices) == ((), None, ())
    assert found.game
    play, record = Playthrough.restore(story, found.game), json.loads(path.with_suffix(".json").read_text("utf-8"))
    for pick, then in zip(record["picks"], record["pages"], strict=True):
        page = play.pick(pick)
        options = [[each.id, each.text, each.enabled] for each in page.options]
        told = [list(page.paragraphs), options, page.ask and page.ask.prompt, page.ending and page.ending.title]
        assert [*told, crc32(json.dumps(to_plain(story, play.state)["values"]).encode())] == then
    assert not play.can_redo


@pytest.mark.parametrize("path", SAVES, ids=lambda path: path.stem)
def test_a_save_of_an_earlier_release_is_the_same_once_it_is_saved_again(path: Path, tmp_path: Path) -> None:
    story, found = opened(path, tmp_path)
    assert found.game
    saves = Saves(story, tmp_path)
    assert saves.save(found.game, "new") is None
    again = saves.load("new").game
    assert again
    assert (again.state, again.page, again.picks) == (found.game.state, found.game.page, found.game.picks)


def test_a_profile_of_an_earlier_release_is_read(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "profile.json", tmp_path)
    profile = Profiles(tmp_path).read()
    assert profile.notices == ()
    assert profile.endings(read("night_train"))["together"].times == 1
    assert profile.find_kept(read("keep_across_games")) == {"opened": ("red",), "visits_made": 2}


def test_every_kind_of_place_is_among_the_kept_saves() -> None:
    """What a game can wait at, called or dealt or at its end: each was saved once."""
    places = {
        place
        for path in SAVES
        for frame in json.loads(path.read_bytes())["state"]["frames"]
        for place in (frame["at"],)
    }
    for sort in ("choices(", "ask(", "pause", "call(", "deal(", "topics(", "@"):
        assert any(sort in each for each in places), sort
    assert any(json.loads(path.read_bytes())["state"]["ending"] for path in SAVES)
    assert any(json.loads(path.read_bytes())["kept"] for path in SAVES)
