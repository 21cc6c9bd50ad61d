"""Nothing is written over but an earlier turn of the very game: what decides to write, scene by scene."""

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage import gate
from siberia_quest.storage.codec.document import decode, encode
from siberia_quest.storage.gate import MOST_ASIDE, Gate
from siberia_quest.storage.names import folder_of
from siberia_quest.storage.slots import Saves, list_stories
from siberia_quest.storage.writing import Refusal, System

from .stories import made

EVENING = ("trim", "wait", "Eve", "look", "up", "trim", "sing")


class Window:
    """One sitting at a story: a game, saved by itself after each turn."""

    def __init__(self, story: Story, folder: Path, seed: int = 3) -> None:
        self.saves = Saves(story, folder)
        self.play = Playthrough.start(story, seed)
        self.told: list[str] = []

    def save(self) -> Refusal | None:
        refused = self.saves.autosave(self.play.make_save())
        self.told += map(SPOKEN.tell, self.saves.news())
        return refused

    def pick(self, *picks: str) -> "Window":
        for pick in picks:
            self.play.pick(pick)
            assert self.save() is None
        return self

    def load(self, name: str) -> "Window":
        """Go on with a save, as `continue` does; nothing is written before the next turn."""
        opened = self.saves.load(name)
        assert opened.game is not None, opened.refusal
        self.play = Playthrough.restore(self.saves.story, opened.game)
        self.saves.begin_another(opened.game)
        return self


def loadable(story: Story, folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the picks of each game that can be loaded, by the name of its save."""
    saves = Saves(story, folder)
    opened = {each.name: saves.load(each.name).game for each in saves.list()}
    return {name: tuple(game.picks) for name, game in opened.items() if game is not None}


def longest(story: Story, folder: Path, seed: int) -> str:
    """Return the save with the most turns of the game with a seed."""
    saves = Saves(story, folder)
    found = [
        (len(game.picks), each.name)
        for each in saves.list()
        if (game := saves.load(each.name).game) and game.seed == seed
    ]
    return max(found)[1]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return made(tmp_path)


@pytest.fixture
def evening(story: Story, tmp_path: Path) -> Window:
    """A game of seven turns, saved by itself."""
    return Window(story, tmp_path).pick(*EVENING)


def test_a_new_game_leaves_the_one_before_it_to_be_played_on(story: Story, tmp_path: Path, evening: Window) -> None:
    other = Window(story, tmp_path, seed=4)
    assert other.save() is None
    assert loadable(story, tmp_path) == {"autosave": (), "earlier~1": EVENING}
    assert other.told == ["The earlier game is kept as earlier~1."]
    on = Window(story, tmp_path).load("earlier~1").pick("Bo")
    assert on.play.picks == (*EVENING, "Bo")
    assert evening.play.id == on.play.id


def test_every_game_that_a_new_one_takes_the_place_of_is_kept(story: Story, tmp_path: Path) -> None:
    for seed, picks in enumerate((("trim",), ("look", "up"), ("trim", "wait"), ("sleep",))):
        Window(story, tmp_path, seed).pick(*picks)
    kept = loadable(story, tmp_path)
    assert sorted(kept.values()) == [("look", "up"), ("sleep",), ("trim",), ("trim", "wait")]


def test_a_game_in_which_nothing_was_picked_yet_makes_way(story: Story, tmp_path: Path) -> None:
    for seed in range(3):
        assert Window(story, tmp_path, seed).save() is None
    assert loadable(story, tmp_path) == {"autosave": ()}


def test_a_game_follows_itself_through_turns_undo_and_another_way(
    story: Story, tmp_path: Path, evening: Window
) -> None:
    evening.play.undo(4)
    assert evening.save() is None
    evening.pick("trim", "sing")
    assert loadable(story, tmp_path) == {"autosave": (*EVENING[:3], "trim", "sing")}
    assert evening.told == []


def test_what_is_taken_back_in_a_game_that_another_window_may_have_open_is_kept(
    story: Story, tmp_path: Path, evening: Window
) -> None:
    assert evening.play.picks == EVENING
    on = Window(story, tmp_path).load("autosave")
    on.play.undo(2)
    assert on.save() is None
    on.pick("trim")
    assert loadable(story, tmp_path) == {"autosave": (*EVENING[:-2], "trim"), "earlier~1": EVENING}
    assert on.told == ["The earlier game is kept as earlier~1."]


def strange(how: str, path: Path) -> None:
    """Put something else in a save's place."""
    whole = path.read_bytes()
    path.unlink()
    if how == "a flipped byte":
        path.write_bytes(whole[:99] + bytes([whole[99] ^ 4]) + whole[100:])
    elif how == "a cut":
        path.write_bytes(whole[:200])
    elif how == "nothing":
        path.touch()
    elif how == "zeros":
        path.write_bytes(bytes(4096))
    elif how == "a newer format":
        path.write_bytes(whole.replace(b'"schema":1', b'"schema":2'))
    elif how == "a pipe":
        os.mkfifo(path)
    elif how == "a folder":
        path.mkdir()
    elif how == "a link":
        (path.parent / "elsewhere").write_bytes(whole)
        path.symlink_to("elsewhere")


STRANGE = ("a flipped byte", "a cut", "nothing", "zeros", "a newer format", "a pipe", "a folder", "a link", "no file")


@pytest.mark.parametrize("how", STRANGE)
def test_what_cannot_be_read_is_moved_aside_with_the_one_before_it(
    how: str, story: Story, tmp_path: Path, evening: Window
) -> None:
    path = evening.saves.path("autosave")
    before = path.with_suffix(".previous").read_bytes()
    strange(how, path)
    lay = None if how == "no file" else os.lstat(path).st_ino
    assert Window(story, tmp_path, seed=4).save() is None
    aside = evening.saves.path("earlier~1")
    if lay is not None:
        assert os.lstat(aside).st_ino == lay
        aside = aside.with_suffix(".previous")
    assert aside.read_bytes() == before
    other = Window(story, tmp_path).saves.load("earlier~1")
    assert other.game is not None
    assert other.game.picks == EVENING[:-1]
    assert loadable(story, tmp_path)["autosave"] == ()


@pytest.mark.parametrize("how", STRANGE)
def test_what_cannot_be_read_is_moved_aside_also_while_one_plays(how: str, evening: Window) -> None:
    strange(how, evening.saves.path("autosave"))
    evening.pick("Bo")
    opened = evening.saves.load("autosave")
    assert opened.game is not None
    assert opened.game.picks == (*EVENING, "Bo")


@pytest.mark.parametrize("how", STRANGE)
def test_to_look_at_a_game_changes_nothing_on_the_disk(how: str, story: Story, tmp_path: Path, evening: Window) -> None:
    strange(how, evening.saves.path("autosave"))
    before = {each.name: os.lstat(each) for each in evening.saves.folder.iterdir()}
    opened = Saves(story, tmp_path).load("autosave")
    assert opened.game is not None
    assert opened.game.picks == EVENING[:-1]
    assert opened.notices or "newer version" in SPOKEN.tell(opened.ask)
    kept = ("st_ino", "st_size", "st_mtime_ns")
    after = {each.name: os.lstat(each) for each in evening.saves.folder.iterdir()}
    assert [[getattr(told, name) for name in kept] for told in after.values()] == [
        [getattr(told, name) for name in kept] for told in before.values()
    ]


def test_an_older_save_of_the_same_game_does_not_cost_its_later_turns(
    story: Story, tmp_path: Path, evening: Window
) -> None:
    early = Window(story, tmp_path)
    early.play = Playthrough.restore(story, evening.play.make_save())
    early.play.undo(4)
    assert early.saves.save(early.play.make_save(), "early") is None
    assert Window(story, tmp_path).load("early").pick("look").told == ["The earlier game is kept as earlier~1."]
    assert loadable(story, tmp_path) == {
        "autosave": (*early.play.picks, "look"),
        "early": early.play.picks,
        "earlier~1": EVENING,
    }


def test_the_second_of_two_windows_keeps_its_game_beside_and_says_so_once(
    story: Story, tmp_path: Path, evening: Window
) -> None:
    first, second = (Window(story, tmp_path).load("autosave") for _ in range(2))
    first.pick("Bo")
    second.pick("Al")
    for turn in range(3):
        first.pick(("trim", "wait", "Cy")[turn])
        second.pick(("look", "up", "trim")[turn])
    assert loadable(story, tmp_path) == {
        "autosave": (*EVENING, "Bo", "trim", "wait", "Cy"),
        "earlier~1": (*EVENING, "Al", "look", "up", "trim"),
    }
    assert first.told == []
    assert second.told == [
        "Another window went on from here, and its game is in autosave. This one is kept beside it, as earlier~1."
    ]
    assert evening.told == []


def test_a_new_game_in_a_second_window_leaves_both_to_go_on(story: Story, tmp_path: Path, evening: Window) -> None:
    other = Window(story, tmp_path, seed=8).pick("look")
    for turn in ("Bo", "trim", "wait"):
        evening.pick(turn)
        other.pick("up" if other.play.picks[-1] == "look" else "look")
    kept = loadable(story, tmp_path)
    assert (*EVENING, "Bo", "trim", "wait") in kept.values()
    assert ("look", "up", "look", "up") in kept.values()
    assert len(kept) == 3


def test_where_nothing_can_be_moved_aside_nothing_is_written(
    story: Story, tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    other = Window(story, tmp_path, seed=4)
    monkeypatch.setattr(Path, "rename", refuses)
    monkeypatch.setattr(os, "link", refuses)
    for pick in ("trim", "wait"):
        other.play.pick(pick)
        refused = other.save()
        assert refused is not None
        assert refused.code == "SQ717"
        assert "autosave.save" in SPOKEN.tell(refused.message)
    assert loadable(story, tmp_path) == {"autosave": EVENING}
    monkeypatch.undo()
    other.pick("Ida")
    assert loadable(story, tmp_path) == {"autosave": ("trim", "wait", "Ida"), "earlier~1": EVENING}
    assert evening.play.picks == EVENING


def test_a_disk_too_full_for_the_new_game_leaves_the_old_one_in_its_place(
    story: Story, tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    other = Window(story, tmp_path, seed=4)
    monkeypatch.setattr("siberia_quest.storage.writing._write", full)
    refused = other.save()
    assert refused is not None
    assert refused.code == "SQ701"
    assert loadable(story, tmp_path) == {"autosave": EVENING}
    assert evening.play.picks == EVENING


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_a_read_that_fails_for_now_is_no_damage(
    number: int, story: Story, tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = Window(story, tmp_path).load("autosave")
    names = sorted(each.name for each in on.saves.folder.iterdir())
    real = os.open

    def fails(path: Path, *given: int) -> int:
        if str(path).endswith((".save", ".previous")):
            raise OSError(number, os.strerror(number))
        return real(path, *given)

    on.play.pick("Bo")
    on.saves.begin_another()  # it has not seen the file in this sitting
    monkeypatch.setattr(os, "open", fails)
    opened, refused = on.saves.load("autosave"), on.save()
    monkeypatch.undo()
    assert opened.game is None
    assert opened.refusal is not None
    assert refused is not None
    assert (opened.refusal.code, refused.code) == ("SQ716", "SQ716")
    assert sorted(each.name for each in on.saves.folder.iterdir()) == names
    on.pick("trim")
    assert loadable(story, tmp_path) == {"autosave": (*EVENING, "Bo", "trim")}
    assert evening.told == on.told == []


def test_the_save_after_each_turn_is_gone_on_with_whatever_the_clock_says(
    story: Story, tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert evening.saves.save(evening.play.make_save(), "old") is None
    monkeypatch.setattr("time.gmtime", lambda *_: (2001, 1, 1, 0, 0, 0, 0, 1, 0))
    evening.pick("Bo")
    assert evening.saves.list()[0].name == "old"
    assert Saves(story, tmp_path).latest() == "autosave"


def test_a_file_brought_in_as_the_autosave_moves_the_game_there_aside(
    story: Story, tmp_path: Path, evening: Window
) -> None:
    other = Window(story, tmp_path / "other", seed=9).pick("look")
    assert other.saves.export("autosave", tmp_path / "autosave.save") is None
    assert evening.saves.bring(tmp_path / "autosave.save", "autosave") is None
    assert loadable(story, tmp_path) == {"autosave": ("look",), "earlier~1": EVENING}
    evening.pick("Bo")
    assert sorted(loadable(story, tmp_path).values()) == sorted([("look",), EVENING, (*EVENING, "Bo")])


def test_a_game_is_moved_aside_also_where_the_disk_knows_no_links(
    story: Story, tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("siberia_quest.storage.gate.os.link", refuses)
    Window(story, tmp_path, seed=4).pick("look")
    assert loadable(story, tmp_path) == {"autosave": ("look",), "earlier~1": evening.play.picks}


def test_whoever_reads_while_a_game_takes_the_place_of_another_finds_one_of_them(
    story: Story, tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, ...] | None] = []

    def read() -> None:
        game = Saves(story, tmp_path).load("autosave").game
        seen.append(tuple(game.picks) if game else None)

    def watched(source: str, target: str) -> None:
        read()
        os.replace(source, target)  # noqa: PTH105  # as the recipe does
        read()

    monkeypatch.setattr(gate, "System", lambda lacks: System(lacks=lacks, replace=watched))
    Window(story, tmp_path, seed=4).save()
    assert seen == [EVENING, ()]
    assert evening.play.picks == EVENING


def test_a_disk_that_refuses_the_last_step_again_and_again_leaves_one_copy_aside(
    story: Story, tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    other = Window(story, tmp_path, seed=4)
    with monkeypatch.context() as patched:
        patched.setattr(gate, "System", lambda lacks: System(lacks=lacks, replace=refuses))
        assert [other.save() is None for _ in range(3)] == [False] * 3
    assert loadable(story, tmp_path) == {"autosave": EVENING, "earlier~1": EVENING}
    other.pick("look")
    assert loadable(story, tmp_path) == {"autosave": ("look",), "earlier~1": evening.play.picks}


def test_a_quick_save_of_another_game_is_kept_aside(story: Story, tmp_path: Path, evening: Window) -> None:
    assert evening.saves.quick_save(evening.play.make_save()) is None
    other = Window(story, tmp_path, seed=4).pick("look")
    assert other.saves.quick_save(other.play.make_save()) is None
    other.play.undo()
    assert other.saves.quick_save(other.play.make_save()) is None
    assert sorted(loadable(story, tmp_path).values()) == sorted([("look",), (), EVENING, EVENING])


def test_saves_from_before_games_had_ids_are_followed(story: Story, tmp_path: Path, evening: Window) -> None:
    path = evening.saves.path("autosave")
    read = decode(path.read_bytes())
    assert not isinstance(read, Refusal)
    old = {key: value for key, value in read.data.items() if key != "game"}
    about = old["story"]
    assert isinstance(about, dict)
    path.with_suffix(".previous").unlink()
    path.write_bytes(encode({**old, "story": {key: about[key] for key in ("id", "version", "structure", "wording")}}))
    assert Window(story, tmp_path).load("autosave").pick("Bo", "trim").told == []
    assert loadable(story, tmp_path) == {"autosave": (*EVENING, "Bo", "trim")}


def test_a_game_keeps_its_id_through_undo_loading_and_export(story: Story, tmp_path: Path, evening: Window) -> None:
    id_ = evening.play.id
    evening.play.undo(2)
    evening.save()
    assert evening.saves.export("autosave", tmp_path / "out.save") is None
    other = Saves(story, tmp_path / "elsewhere")
    assert other.bring(tmp_path / "out.save", "mine") is None
    opened = other.load("mine").game
    assert opened is not None
    assert (opened.id, Playthrough.restore(story, opened).id) == (id_, id_)
    assert Playthrough.start(story, 3).id != id_


# --- another story ------------------------------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path: Path, story: Story) -> Story:
    """A story with the same id, by somebody else."""
    assert story.id == "lamp"
    (tmp_path / "other").mkdir()
    return made(
        tmp_path / "other",
        ("story: The lamp", "story: A lantern\nby: Ida"),
        ("    text: Two hundred steps.", "    text: Many steps.\n    do: nights += 1"),
    )


def test_another_story_with_the_same_id_costs_no_game(
    story: Story, other: Story, tmp_path: Path, evening: Window
) -> None:
    strangers = Window(other, tmp_path, seed=4).pick("look")
    assert strangers.told == ["The earlier game is kept as earlier~1."]
    opened = Saves(other, tmp_path).load("earlier~1")
    assert "belongs to another story" in SPOKEN.tell(opened.ask)
    assert {each.title for each in strangers.saves.list()} == {"The lamp", "A lantern"}
    assert Window(story, tmp_path).load("earlier~1").pick("Bo").told == ["The earlier game is kept as earlier~2."]
    assert loadable(story, tmp_path)["autosave"] == (*EVENING, "Bo")
    assert evening.play.picks == EVENING


def test_a_game_of_another_story_that_is_played_on_is_a_game_of_its_own(
    story: Story, other: Story, tmp_path: Path, evening: Window
) -> None:
    on = Window(other, tmp_path).load("autosave").pick("Bo")
    assert on.play.id != evening.play.id
    assert loadable(story, tmp_path)["earlier~1"] == EVENING


def test_a_new_title_or_a_new_author_alone_is_the_same_story(tmp_path: Path, evening: Window) -> None:
    assert evening.play.picks == EVENING
    assert not Saves(made(tmp_path, ("story: The lamp", "story: The lamp\nby: Ida")), tmp_path).load("autosave").ask
    one, two = (made(tmp_path, ("story: The lamp", f"story: {title}\nby: Ida")) for title in ("Oil", "Oil, revised"))
    Window(one, tmp_path / "revised").pick("look")
    assert not Saves(two, tmp_path / "revised").load("autosave").ask


# --- what is kept, and how much of it -------------------------------------------------------------------------------------


def test_the_oldest_goes_only_beyond_the_number_and_that_is_told_before(story: Story, tmp_path: Path) -> None:
    told: list[list[str]] = []
    for seed in range(MOST_ASIDE + 2):
        window = Window(story, tmp_path, seed).pick("look", "up")
        told.append(window.told)
    assert all(len(lines) == 1 for lines in told[1:MOST_ASIDE])
    assert "the next takes the place of earlier~1." in told[MOST_ASIDE][1]
    assert "earlier~1 is gone" in told[MOST_ASIDE + 1][1]
    kept = loadable(story, tmp_path)
    assert len(kept) == MOST_ASIDE + 1
    assert "earlier~1" not in kept
    assert "earlier~2" in kept


def test_to_go_from_one_game_to_another_and_back_costs_no_third(story: Story, tmp_path: Path, evening: Window) -> None:
    Window(story, tmp_path, seed=4).pick("look")
    Window(story, tmp_path, seed=5).pick("look")
    back = ("up", "look")
    for turn in range(MOST_ASIDE + 5):
        other = Window(story, tmp_path).load(longest(story, tmp_path, 4 + turn % 2))
        other.pick(back[other.play.turns % 2 - 1])
    assert EVENING in loadable(story, tmp_path).values()
    assert evening.play.picks == EVENING


def test_what_was_set_aside_is_bounded_in_bytes_too(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "MOST_ASIDE_BYTES", 3 * 4096)
    for seed in range(12):
        Window(story, tmp_path, seed).pick("look", "up")
    folder = tmp_path / "lamp"
    assert 0 < sum(each.stat().st_size for each in folder.glob("earlier~*")) <= 3 * 4096


def test_what_was_set_aside_is_listed_with_its_place_and_date(story: Story, tmp_path: Path, evening: Window) -> None:
    path = evening.saves.path("autosave")
    path.write_bytes(b"\0" * 100)
    Window(story, tmp_path, seed=4).pick("trim")
    Window(story, tmp_path, seed=5).pick("look")
    listed = {each.name: each for each in Saves(story, tmp_path).list()}
    assert set(listed) == {"autosave", "earlier~1", "earlier~2"}
    assert listed["earlier~2"].place == "The tower"
    assert listed["earlier~2"].date
    assert SPOKEN.tell(listed["earlier~1"].fault).endswith("The one before it is left.")
    assert listed["earlier~1"].date


def test_an_update_finds_the_earlier_places_of_a_game_that_was_gone_on_with(tmp_path: Path, evening: Window) -> None:
    """The entries of a save go on into those that follow it, so that there is a place to go back to."""
    picks = ("Bo", "look", "up", "look")
    evening.pick(*picks)
    on = Window(made(tmp_path), tmp_path).load("autosave")
    assert on.save() is None
    edited = made(
        tmp_path, ("  stairs:\n    checkpoint", "  ladder:\n    checkpoint"), ("goto: stairs", "goto: ladder")
    )
    opened = Saves(edited, tmp_path).load("autosave")
    assert "Go back 1 turns" in SPOKEN.tell(opened.ask)
    assert opened.game is not None
    assert opened.game.picks == (*EVENING, *picks[:-1])


def test_nothing_is_exported_over_a_file_unasked_and_nothing_else_is_left_there(
    tmp_path: Path, evening: Window
) -> None:
    out = tmp_path / "out" / "x"
    assert evening.saves.export("autosave", out) is None
    assert [each.name for each in out.parent.iterdir()] == ["x"]
    out.write_bytes(b"mine")
    refused = evening.saves.export("autosave", out)
    assert refused is not None
    assert refused.code == "SQ718"
    assert out.read_bytes() == b"mine"
    assert evening.saves.export("autosave", out, is_forced=True) is None
    assert out.read_bytes() == evening.saves.path("autosave").read_bytes()
    os.mkfifo(tmp_path / "pipe")
    assert evening.saves.export("autosave", tmp_path / "pipe", is_forced=True) is not None
    assert (tmp_path / "pipe").is_fifo()


# --- all of it, by chance -------------------------------------------------------------------------------------------------


class Evening:
    """Windows on one folder that do whatever comes, and what each of them was told is saved."""

    def __init__(self, story: Story, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.story, self.folder = story, folder
        self.windows = [Window(story, folder, seed)]
        self.promised: dict[int, tuple[str, tuple[str, ...]]] = {}
        self.past: list[tuple[str, tuple[str, ...]]] = []

    def move(self) -> None:
        doing: Callable[[], None] = self.chance.choice(
            (self.turn, self.turn, self.turn, self.turn, self.undo, self.load, self.anew, self.another, self.damage)
        )
        doing()

    def turn(self) -> None:
        at = self.chance.randrange(len(self.windows))
        play = self.windows[at].play
        page = play.page
        if page.ending:
            return
        play.pick("Ola" if page.ask else self.chance.choice([each.id for each in page.options if each.enabled]))
        self.saved(at)

    def saved(self, at: int) -> None:
        if self.windows[at].save() is None:
            self.promised[at] = self.windows[at].play.id, self.windows[at].play.picks

    def undo(self) -> None:
        at = self.chance.randrange(len(self.windows))
        play = self.windows[at].play
        if play.undo(self.chance.randint(1, 3)):
            self.past = [each for each in self.past if not (each[0] == play.id and each[1][: play.turns] == play.picks)]
            self.saved(at)

    def load(self) -> None:
        names = list(loadable(self.story, self.folder))
        if names:
            at = self.chance.randrange(len(self.windows))
            self.leave(at)
            self.windows[at].load(self.chance.choice(names))

    def anew(self) -> None:
        at = self.chance.randrange(len(self.windows))
        self.leave(at)
        self.windows[at].play = Playthrough.start(self.story, self.chance.randrange(99))
        self.windows[at].saves.begin_another()
        self.saved(at)

    def another(self) -> None:
        if len(self.windows) < 3:
            self.windows.append(Window(self.story, self.folder, self.chance.randrange(99)))
            self.saved(len(self.windows) - 1)

    def damage(self) -> None:
        """Put something strange in the autosave's place; the turn before it is what is left of that game."""
        path = self.windows[0].saves.path("autosave")
        if not path.is_file() or path.stat().st_size < 200 or not self.chance.randrange(3):
            return
        before = self.lost()
        strange(self.chance.choice(STRANGE), path)
        gone = [each for each in self.lost() if each not in before]
        self.past = [each for each in self.past if each not in gone]
        self.promised = {at: each for at, each in self.promised.items() if each not in gone}

    def leave(self, at: int) -> None:
        if at in self.promised:
            self.past.append(self.promised.pop(at))

    def lost(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return what was told to be saved, and cannot be loaded with all its turns."""
        saves = Saves(self.story, self.folder)
        games = [game for each in saves.list() if (game := saves.load(each.name).game)]
        return [
            (id_, picks)
            for id_, picks in [*self.past, *self.promised.values()]
            if picks and not any(game.id == id_ and game.picks[: len(picks)] == picks for game in games)
        ]


def lost_by_chance(story: Story, folder: Path, evenings: int) -> int:
    lost = 0
    for seed in range(evenings):
        evening = Evening(story, folder / str(seed), seed)
        for _ in range(25):
            evening.move()
        lost += len(evening.lost())
    return lost


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MOST_ASIDE", 1000)


@pytest.mark.usefixtures("roomy")
def test_whatever_windows_do_nothing_that_was_saved_is_lost(story: Story, tmp_path: Path) -> None:
    assert lost_by_chance(story, tmp_path, 20) == 0


@pytest.mark.usefixtures("roomy")
def test_without_the_gate_the_same_evenings_lose_games(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same evenings, written as a program would that does not look."""
    monkeypatch.setattr(Gate, "_clear", lambda *_: True)
    monkeypatch.setattr(Gate, "_can_follow", lambda *_: True)
    monkeypatch.setattr(Window, "save", _save_anyhow)
    assert lost_by_chance(story, tmp_path, 20) > 20


def _save_anyhow(window: Window) -> Refusal | None:
    """Save where a folder or a pipe may be in the way."""
    path = window.saves.path("autosave")
    for each in (path, path.with_suffix(".previous")):
        if each.is_dir():
            each.rmdir()
    return window.saves.autosave(window.play.make_save())


def test_stories_are_listed_whatever_their_ids(tmp_path: Path) -> None:
    for id_ in ("сторож", "l" * 60, "守夜人", "м" * 300):
        path = tmp_path / "here"
        path.mkdir(exist_ok=True)
        window = Window(made(path, ("id: lamp", f"id: {id_}")), tmp_path / "saves").pick("look")
        assert window.play.story.id == id_
    listed = dict(list_stories(tmp_path / "saves"))
    assert {name: [each.turn for each in saves] for name, saves in listed.items()} == {
        "сторож": [1],
        "l" * 60: [1],
        "守夜人": [1],
        folder_of("м" * 300): [1],
    }


def test_a_playing_time_and_a_seed_beyond_all_bounds_break_no_list(evening: Window) -> None:
    read = decode(evening.saves.path("autosave").read_bytes())
    assert not isinstance(read, Refusal)
    meta = read.data["meta"]
    assert isinstance(meta, dict)
    evening.saves.path("long").write_bytes(encode({**read.data, "meta": {**meta, "seconds": 1e308}}))
    evening.saves.path("seed").write_bytes(encode({**read.data, "seed": "9" * 5000}))
    listed = {each.name: each for each in evening.saves.list()}
    assert listed["long"].seconds < 1e10
    assert evening.saves.load("long").game is not None
    refused = evening.saves.load("seed").refusal
    assert refused is not None
    assert refused.code == "SQ708"


def test_a_folder_of_saves_that_cannot_be_read_is_told_of(
    tmp_path: Path, evening: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuses)
    (told,) = evening.saves.list()
    assert SPOKEN.tell(told.fault) == f"{evening.saves.folder} cannot be read: Permission denied."
    assert SPOKEN.tell(list_stories(tmp_path)[0][1][0].fault).startswith(f"{tmp_path} cannot be read")
