"""What lies on a disk, with its seals as they have to be: saves, the profile, the cache of stories."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias, cast
from unittest.mock import patch
from zlib import crc32

import msgspec

from fuzz.reading import TESTS
from fuzz.target import Target
from fuzz.trees import mutate_json, mutate_packed
from siberia_quest import Loaded, Story, load_story
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.document import FORMAT, encode
from siberia_quest.storage.profile import FORMAT as PROFILE
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import OpenedSave, Saves
from storage.forging import Data, Kept, play, write_story
from stories.dice import Dice, seeded
from stories.playing import look, plain
from stories.promises import claim

_Parts: TypeAlias = tuple[dict[str, Data], dict[str, dict[str, Data]]]
_Shape: TypeAlias = tuple[dict[str, object], dict[str, dict[str, object]]]
_SAVES = TESTS / "saves"
_MOST_PICKS = 3


class Room:
    """A folder of its own, with what is made there only once."""

    def __init__(self) -> None:
        self._held = TemporaryDirectory(prefix="fuzz-")  # gone when the program ends
        self.folder = Path(self._held.name)
        self.stories: dict[str, Story] = {}
        self.is_kept = False

    def story(self, name: str) -> Story:
        """A released story by its name; of one that is not there, the first."""
        if not self.stories:
            for path in sorted(_SAVES.glob("*.story")):
                loaded = load_story(path)
                assert loaded.story
                self.stories[loaded.story.id] = loaded.story
        return self.stories.get(name) or next(iter(self.stories.values()))

    def empty(self, name: str) -> Path:
        """An empty folder."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def cache(self) -> tuple[Path, bytes]:
        """A folder with a story that was kept, and what was kept of it."""
        story, clean = self.folder / "ferry", self.folder / "clean"
        if not self.is_kept:
            self.is_kept = True
            write_story(story)
            assert load_kept(story, clean).story
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        shutil.copytree(clean, self.folder / "cache")
        kept = Kept(next((self.folder / "cache").iterdir()))
        return story, msgspec.msgpack.encode([kept.index, kept.scenes])


ROOM = Room()


def load_kept(story: Path, cache: Path) -> Loaded:
    """Read a story that is kept in a folder."""
    with patch.dict(os.environ, SIBERIA_QUEST_CACHE=str(cache)):
        return load_story(story, cached=True)


# --- saves ------------------------------------------------------------------------------------------------------------


def sealed(data: bytes, form: str) -> bytes:
    """The file that JSON is, sealed; bytes that cannot be sealed as they are."""
    try:
        body = json.loads(data)
        return encode(body, form) if isinstance(body, dict) else data
    except (ValueError, RecursionError):
        return data


def open_save(data: bytes) -> None:
    """Open a save, play on, save and open again, undo: whatever it held."""
    try:
        body = json.loads(data)
        name = str(body["story"]["id"])
    except (ValueError, RecursionError, TypeError, KeyError):
        name = ""
    story = ROOM.story(name)
    saves = Saves(story, ROOM.empty("saves"))
    saves.folder.mkdir()
    saves.path("autosave").write_bytes(sealed(data, FORMAT))
    claim(len(saves.list()) == 1, "a save is listed, whatever it holds")
    opened = saves.load("autosave")
    claim(opened.game or (opened.refusal and opened.refusal.message), "a save is opened or refused with a reason")
    saves.others()
    if opened.game:
        go_on(saves, opened, seeded(crc32(data)))


def go_on(saves: Saves, opened: OpenedSave, dice: Dice) -> None:
    """Play some turns of a game that was opened; each is saved, and read back as it was."""
    assert opened.game
    game = Playthrough.restore(saves.story, opened.game)
    saves.begin_another(opened.game)
    for _ in range(_MOST_PICKS):
        look(game.page)
        for each in game.history()[-3:]:
            claim(each.words.isprintable(), "the history holds words", each)
        refused = saves.save(game.make_save(), "second")
        claim(not refused or refused.code == "SQ710", "a game is saved, or said not to read back as it is", refused)
        again = saves.load("second")
        if not refused:
            claim(again.game, "what was saved can be opened", again.refusal, again.ask)
            assert again.game
            claim(
                plain(saves.story, again.game.state) == plain(saves.story, game.state), "what was saved is what is read"
            )
            claim(again.game.picks == game.make_save().picks, "the picks are those that were saved")
        picks = [each.id for each in game.page.options if each.enabled] or (["3"] if game.page.ask else [])
        if not picks:
            break
        _pick(game, dice.one_of(picks))
    game.undo()
    game.redo()
    look(game.page)
    game.marks()


def _pick(game: Playthrough, pick: str) -> None:
    from siberia_quest import NotOnOffer  # noqa: PLC0415

    try:
        game.pick(pick)
    except NotOnOffer as refused:
        claim(refused.reason, "a refusal says why")


def saved() -> Iterator[bytes]:
    """The saves of released versions, without their seals, as far as they are short."""
    for path in sorted(_SAVES.glob("*.save")):
        body = json.loads(path.read_bytes())
        body.pop("sha256")
        data = json.dumps(body).encode()
        if len(data) < SAVES.longest:
            yield data


# --- the profile ------------------------------------------------------------------------------------------------------


def open_profile(data: bytes) -> None:
    """Read a profile, begin a game with it, and change it; what is damaged is set aside, and then it can be changed."""
    folder = ROOM.empty("profile")
    profiles = Profiles(folder)
    profiles.path.write_bytes(sealed(data, PROFILE))
    for name in ("keep_across_games", "first_fire"):
        story = ROOM.story(name)
        profile = profiles.read()
        endings, achieved, kept = profile.endings(story), profile.find_achieved(story), profile.find_kept(story)
        claim(
            all(each.times > 0 for each in endings.values()), "an ending that was seen was seen once or more", endings
        )
        play_ = Playthrough.start(story, 1, {}, kept)
        look(play_.page)
        refused = profiles.remember(story, None, play_.state)
        if refused:
            claim(refused.code in {"SQ707", "SQ710", "SQ719"}, "a refusal is one of those that are known", refused)
            continue
        after = profiles.read()
        claim(set(endings) <= set(after.endings(story)), "what was found stays", endings, after)
        claim(set(achieved) <= set(after.find_achieved(story)), "what was unlocked stays", achieved, after)
    claim(isinstance(profiles.read().settings, dict), "the settings can be read")
    if profiles.set("motion", value=True) is None:
        claim(profiles.read().settings.get("motion") is True, "a setting is kept")
    profiles.news()


def profiled() -> Iterator[bytes]:
    """The profile of a released version, and small ones."""
    body = json.loads((_SAVES / "profile.json").read_bytes())
    body.pop("sha256", None)
    yield json.dumps(body).encode()
    for story in ("keep_across_games", "first_fire"):
        about = {
            "endings": {"dawn": {"times": 2, "first": "2026-01-02"}},
            "achieved": ["first"],
            "kept": {"colour": "red"},
            "title": "x",
        }
        yield json.dumps({"stories": {story: about}, "settings": {"motion": True}}).encode()


# --- the cache --------------------------------------------------------------------------------------------------------


def recall(data: bytes) -> None:
    """Load and play a story whose cache holds this: nothing of it runs, and the story is there."""
    story, _ = ROOM.cache()
    kept = Kept(next((ROOM.folder / "cache").iterdir()))
    try:
        kept.index, kept.scenes = cast("_Parts", msgspec.msgpack.decode(data, type=_Shape))
        kept.write()
    except (msgspec.MsgspecError, KeyError, ValueError, TypeError, RecursionError, OverflowError):
        (kept.folder / "index").write_bytes(data)
    loaded = load_kept(story, ROOM.folder / "cache")
    claim(loaded.story, "the story is there, whatever the cache holds", loaded.diagnostics)
    assert loaded.story
    play(loaded.story, crc32(data) % 1000)
    claim(not (ROOM.folder / "mark").exists(), "nothing that was kept runs")


def recalled() -> Iterator[bytes]:
    """What is kept of a story in which most words of the language stand."""
    yield ROOM.cache()[1]


SAVES = Target("saves", open_save, saved, ("storage",), mutate_json, 20_000)
PROFILES = Target("profiles", open_profile, profiled, ("storage",), mutate_json, 8_000)
CACHE = Target("cache", recall, recalled, ("storage",), mutate_packed, 60_000)
