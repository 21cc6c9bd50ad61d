"""Saves lose nothing: written, read again, damaged, edited, moved."""

import fcntl
import os
import random
import re
from pathlib import Path

import pytest

from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.slots import OpenedSave, Saves, choose_folder, slot_fault
from siberia_quest.storage.writing import PATIENCE, System, put

from .stories import made


def played(folder: Path, picks: str = "trim wait Eve look up trim sing") -> Playthrough:
    play = Playthrough.start(made(folder), seed=3)
    for pick in picks.split():
        play.pick(pick)
    return play


def restored(story: Story, opened: OpenedSave) -> Playthrough:
    assert opened.game is not None
    return Playthrough.restore(story, opened.game)


def test_a_loaded_game_is_the_saved_one_and_goes_on_identically(tmp_path: Path) -> None:
    play = played(tmp_path)
    saves = Saves(play.story, tmp_path)
    assert saves.save(play.make_save(), "one", "before dawn") is None
    other = restored(saves.story, saves.load("one"))
    assert (other.state, other.page, other.picks) == (play.state, play.page, play.picks)
    assert [other.pick(pick) for pick in ("Ida", "sleep")] == [play.pick(pick) for pick in ("Ida", "sleep")]
    assert other.state == play.state


def test_random_games_come_back_from_every_turn(tmp_path: Path) -> None:
    chance = random.Random(5)
    story = made(tmp_path)
    saves = Saves(story, tmp_path)
    play = Playthrough.start(story, seed=9)
    for _ in range(60):
        page = play.page
        pick = "Ola" if page.ask else chance.choice([each.id for each in page.options if each.id != "sleep"])
        play.pick(pick)
        assert saves.autosave(play.make_save()) is None
        loaded = restored(saves.story, saves.load("autosave"))
        assert (loaded.state, loaded.page) == (play.state, play.page)


def test_undo_goes_back_to_the_first_turn_also_after_a_load(tmp_path: Path) -> None:
    play = played(tmp_path)
    pages = [Playthrough.start(play.story, seed=3).page]
    saves = Saves(play.story, tmp_path)
    saves.quick_save(play.make_save())
    loaded = restored(saves.story, saves.load("quick"))
    for _ in range(7):
        assert loaded.undo() is not None
    assert loaded.undo() is None
    assert loaded.page == pages[0]
    assert loaded.redo(7) == play.page
    assert [past.pick for past in loaded.history()] == list(play.picks)
    assert [mark.label for mark in loaded.marks()] == ["On the stairs"]


def test_a_damaged_save_gives_the_one_before_it_and_is_moved_aside_before_the_next(tmp_path: Path) -> None:
    play = played(tmp_path, "trim wait Eve")
    saves = Saves(play.story, tmp_path)
    saves.autosave(play.make_save())
    before = play.state
    play.pick("look")
    saves.autosave(play.make_save())
    path = saves.path("autosave")
    path.write_bytes(path.read_bytes()[:-40])
    opened = saves.load("autosave")
    assert opened.game is not None
    assert restored(saves.story, opened).state == before
    assert "damaged" in SPOKEN.tell(opened.notices[0])
    damaged = path.read_bytes()
    assert saves.autosave(restored(saves.story, opened).make_save()) is None
    assert saves.path("earlier~1").read_bytes() == damaged


@pytest.mark.parametrize("step", [97, 331])
def test_no_flipped_bit_and_no_truncation_is_taken_for_a_save(tmp_path: Path, step: int) -> None:
    play = played(tmp_path)
    saves = Saves(play.story, tmp_path)
    saves.save(play.make_save(), "one")
    path = saves.path("one")
    whole = path.read_bytes()
    assert not saves.list()[0].fault
    for index in range(0, len(whole) * 8, step):
        path.write_bytes(whole[: index // 8] + bytes([whole[index // 8] ^ (1 << index % 8)]) + whole[index // 8 + 1 :])
        assert saves.list()[0].fault, index
    for length in range(0, len(whole) - 1, step):
        path.write_bytes(whole[:length])
        assert saves.list()[0].fault, length


def test_what_is_no_file_is_no_save(tmp_path: Path) -> None:
    play = played(tmp_path)
    saves = Saves(play.story, tmp_path)
    saves.folder.mkdir()
    saves.path("folder").mkdir()
    os.mkfifo(saves.path("pipe"))
    saves.path("link").symlink_to(tmp_path / "lamp.yaml")
    saves.path("empty").touch()
    saves.path("zeros").write_bytes(bytes(4096))
    for name in ("folder", "pipe", "link", "empty", "zeros", "nothing"):
        opened = saves.load(name)
        assert opened.game is None
        assert opened.refusal is not None, name


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    play = played(tmp_path)
    saves = Saves(play.story, tmp_path)
    saves.save(play.make_save(), "one")
    path = saves.path("one")
    newer = path.read_bytes().replace(b'"schema":1', b'"schema":2')
    path.write_bytes(newer)
    opened = saves.load("one")
    assert opened.refusal is not None
    assert opened.refusal.code == "SQ707"
    assert path.read_bytes() == newer


def test_a_save_of_another_story_is_refused(tmp_path: Path) -> None:
    play = played(tmp_path)
    Saves(play.story, tmp_path).save(play.make_save(), "one")
    other = Saves(made(tmp_path, ("id: lamp", "id: candle")), tmp_path)
    assert Saves(play.story, tmp_path).export("one", tmp_path / "out.save") is None
    refused = other.bring(tmp_path / "out.save", "mine")
    assert refused is not None
    assert refused.code == "SQ712"


def test_a_step_put_into_the_story_does_not_move_the_player(tmp_path: Path) -> None:
    play = played(tmp_path, "trim")
    Saves(play.story, tmp_path).autosave(play.make_save())
    edited = made(
        tmp_path,
        ("          - You trim it.\n", "          - You trim it.\n          - pause: true\n          - And again.\n"),
    )
    opened = Saves(edited, tmp_path).load("autosave")
    assert opened.game is not None
    assert [option.id for option in restored(edited, opened).page.options] == ["wait", "sing"]
    assert restored(edited, opened).pick("wait").ask is not None


def test_a_new_stat_takes_its_start_and_a_removed_variable_comes_back(tmp_path: Path) -> None:
    play = played(tmp_path, "trim wait Eve")
    Saves(play.story, tmp_path).autosave(play.make_save())
    shorter = made(
        tmp_path, ("  nights: 0\n", "  wicks: 7\n"), ("nights += 1", "wicks += 1"), ("night {nights}", "night {wicks}")
    )
    saves = Saves(shorter, tmp_path)
    opened = saves.load("autosave")
    assert opened.game is not None
    assert restored(saves.story, opened).state.value("wicks") == 7
    saves.autosave(opened.game)
    back = restored(made(tmp_path), Saves(made(tmp_path), tmp_path).load("autosave"))
    assert back.state.value("nights") == 1


def test_a_place_that_is_gone_leads_back_to_the_last_that_is_not_and_asks_first(tmp_path: Path) -> None:
    play = played(tmp_path, "trim wait Eve look")
    Saves(play.story, tmp_path).autosave(play.make_save())
    edited = made(
        tmp_path, ("  stairs:\n    checkpoint", "  ladder:\n    checkpoint"), ("goto: stairs", "goto: ladder")
    )
    saves = Saves(edited, tmp_path)
    opened = saves.load("autosave")
    assert opened.game is not None
    assert "not in the story any more" in SPOKEN.tell(opened.ask)
    assert restored(saves.story, opened).turns == 3
    assert [option.id for option in restored(saves.story, opened).page.options] == ["trim", "look", "sleep"]
    before = saves.path("autosave").read_bytes()
    assert saves.autosave(restored(saves.story, opened).make_save()) is None
    assert saves.path("earlier~1").read_bytes() == before


def test_a_renamed_passage_is_followed(tmp_path: Path) -> None:
    play = played(tmp_path, "look")
    Saves(play.story, tmp_path).autosave(play.make_save())
    edited = made(
        tmp_path,
        ("  stairs:\n    checkpoint", "  ladder:\n    checkpoint"),
        ("goto: stairs", "goto: ladder"),
        ("endings:", "renames: {lamp.stairs: lamp.ladder}\nendings:"),
    )
    opened = Saves(edited, tmp_path).load("autosave")
    assert opened.game is not None
    assert not opened.ask
    assert restored(edited, opened).state.frames[-1].passage == "lamp.ladder"


@pytest.mark.parametrize(
    "name", ["A", "../x", "con", "com1", "a" * 41, "-x", "a b", ".x", "глава 1", "第一章", "!!!", "x\\y"]
)
def test_a_save_may_be_called_anything_and_its_file_has_a_plain_name(tmp_path: Path, name: str) -> None:
    play = played(tmp_path)
    saves = Saves(play.story, tmp_path)
    assert saves.save(play.make_save(), name, name) is None
    (path,) = saves.folder.glob("*.save")
    assert re.fullmatch("[a-z0-9~_-]+[.]save", path.name)
    (listed,) = saves.list()
    assert not listed.fault
    assert saves.load(listed.name).game
    assert saves.load(name).game


@pytest.mark.parametrize("name", ["", "  ", "\x1b[2J", "a" * 81])
def test_what_cannot_be_seen_or_is_endless_is_no_name(name: str) -> None:
    assert slot_fault(name)
    assert not slot_fault("before-dawn_2")


def test_the_folder_is_chosen_in_order(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "saves").mkdir(parents=True)
    (checkout / "saves" / "README.md").touch()
    (checkout / "src" / "siberia_quest").mkdir(parents=True)
    environ = {"SIBERIA_QUEST_SAVES": str(tmp_path / "mine")}
    assert choose_folder("given", environ, checkout) == Path("given")
    assert choose_folder(None, environ, checkout) == tmp_path / "mine"
    assert choose_folder(None, {}, checkout / "src") == checkout / "saves"
    assert choose_folder(None, {}, tmp_path).name == "saves"


# --- the recipe -------------------------------------------------------------------------------------------------------


class Failing:
    """Calls of the system of which the n-th fails."""

    def __init__(self, failing: int, error: OSError) -> None:
        self.left = failing
        self.error = error

    def system(self) -> System:
        real = System()

        def open_(path: str, flags: int, mode: int) -> int:
            self.count()
            return os.open(path, flags, mode)

        def write(handle: int, data: bytes) -> int:
            self.count()
            return os.write(handle, data[:100])

        def fsync(handle: int) -> None:
            self.count()
            os.fsync(handle)

        def link(source: str, target: str) -> None:
            self.count()
            os.link(source, target)

        def replace(source: str, target: str) -> None:
            self.count()
            os.replace(source, target)  # noqa: PTH105  # as the recipe does

        return real._replace(open=open_, write=write, fsync=fsync, link=link, replace=replace)

    def count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise self.error


@pytest.mark.parametrize("number", [28, 5, 30])
def test_whatever_call_fails_the_old_or_the_new_file_is_there_and_no_litter(tmp_path: Path, number: int) -> None:
    path = tmp_path / "one.save"
    refused = 0
    for failing in range(1, 40):
        path.write_bytes(b"old")
        said = put(
            path,
            b"new" * 200,
            previous=tmp_path / "one.previous",
            system=Failing(failing, OSError(number, "failed")).system(),
        )
        refused += said is not None
        assert path.read_bytes() in {b"old", b"new" * 200}
        assert said is not None or path.read_bytes() == b"new" * 200
        assert not list(tmp_path.glob(".writing-*"))
    assert 10 < refused < 39


def test_a_naive_write_loses_the_file_where_the_recipe_does_not(tmp_path: Path) -> None:
    """The control: the same failure, written as a beginner would, leaves neither the old nor the new."""
    path = tmp_path / "one.save"
    path.write_bytes(b"old")
    system = Failing(2, OSError(28, "full")).system()
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
    system.write(handle, b"new" * 200)
    with pytest.raises(OSError, match="full"):
        system.write(handle, b"new" * 200)
    os.close(handle)
    assert path.read_bytes() not in {b"old", b"new" * 200}


def test_a_locked_folder_is_waited_for_and_then_said(tmp_path: Path) -> None:
    waited: list[float] = []
    handle = os.open(tmp_path / ".lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    said = put(tmp_path / "one.save", b"new", system=System(sleep=waited.append))
    os.close(handle)
    assert said is not None
    assert said.code == "SQ703"
    assert sum(waited) == pytest.approx(PATIENCE)
    assert put(tmp_path / "one.save", b"new") is None


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = put(tmp_path / "file" / "one.save", b"new")
    assert said is not None
    assert str(tmp_path / "file") in SPOKEN.tell(said.message)


def test_a_save_that_would_be_too_large_to_be_read_again_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = played(tmp_path)
    saves = Saves(play.story, tmp_path)
    assert saves.autosave(play.make_save()) is None
    before = saves.path("autosave").read_bytes()
    monkeypatch.setattr("siberia_quest.storage.codec.document.MOST_BYTES", 500)
    refused = saves.autosave(play.make_save())
    assert refused is not None
    assert refused.code == "SQ710"
    assert saves.path("autosave").read_bytes() == before
