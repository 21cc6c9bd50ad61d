"""Games of many turns: what is held and written of them is bounded, and every turn can still be gone back to."""

import random
from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.model.page import JournalLine, JournalPanel
from siberia_quest.model.state import State
from siberia_quest.play import playthrough
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.plain_view import _journal as lines_of
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec import pick_log
from siberia_quest.storage.codec.document import decode, encode
from siberia_quest.storage.codec.pick_log import PickLog, pack_row, picks_from_plain, unpack_row
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import Plain, difference, earlier, to_plain
from siberia_quest.storage.slots import Refusal, Saves
from storage.stories import made

TURNS = 90


@pytest.fixture
def short_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the log packed by tens, and twenty turns held."""
    monkeypatch.setattr(pick_log, "ROW", 10)
    monkeypatch.setattr(playthrough, "ROW", 10)
    monkeypatch.setattr(playthrough, "HELD", 20)


def picked(play: Playthrough, chance: random.Random, turns: int = TURNS) -> Playthrough:
    for _ in range(turns):
        page = play.page
        play.pick(
            chance.choice(["Ola", "Bo"]) if page.ask else chance.choice([o.id for o in page.options if o.id != "sleep"])
        )
    return play


def held(play: Playthrough) -> int:
    return sum(each is not None for each in play._moments)


def test_a_row_holds_any_picks_and_gives_back_the_very_same(monkeypatch: pytest.MonkeyPatch) -> None:
    picks = ["look", 'a "quoted" answer', "back\\slash", "сторож", "", "look", "\U0001f600", "up\n", "[", "#"]
    monkeypatch.setattr(pick_log, "ROW", len(picks))
    assert unpack_row(pack_row(picks)) == tuple(picks)


def test_a_row_of_a_thousand_different_picks_comes_back() -> None:
    picks = [f"pick {number}" for number in range(pick_log.ROW)]
    assert unpack_row(pack_row(picks)) == tuple(picks)


@pytest.mark.parametrize("row", ["", "AAAA", "no base64!", pack_row(["look"] * 3)])
def test_what_is_no_row_is_left_out_and_the_latest_picks_stay(row: str) -> None:
    log = picks_from_plain([row], ["up", "look"])
    assert (len(log), tuple(log)) == (2, ("up", "look"))


def test_rows_that_unpack_to_more_than_a_save_may_have_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Plain] = [pack_row(["look"] * 999 + ["a" * 100_000]) for _ in range(5)]
    assert len(picks_from_plain(rows, ["up"])) == 5001
    monkeypatch.setattr(pick_log, "MOST_UNPACKED", 400_000)
    assert tuple(picks_from_plain(rows, ["up"])) == ("up",)


def test_one_log_begins_with_another_whatever_is_packed_of_them() -> None:
    picks = [("look", "up")[number % 2] for number in range(2500)]
    packed = PickLog([pack_row(picks[:1000]), pack_row(picks[1000:2000])], picks[2000:])
    assert packed == PickLog(rest=picks)
    assert packed[-1] == picks[-1]
    assert PickLog(rest=picks[:1200]).begins(packed)
    assert not PickLog(rest=[*picks[:1200], "trim"]).begins(packed)
    assert not packed.begins(PickLog(rest=picks[:1200]))


@pytest.mark.usefixtures("short_rows")
def test_a_long_game_goes_back_to_every_turn_as_a_short_one_does(tmp_path: Path) -> None:
    story = made(tmp_path)
    play = picked(Playthrough.start(story, 4), random.Random(2))
    assert held(play) < 35
    pages, picks = [], play.picks
    whole = Playthrough.start(story, 4)
    pages = [whole.page, *(whole.pick(each) for each in picks)]
    for turn in (*range(TURNS, -1, -1), 3, 88, 41, TURNS):
        assert play.back_to(turn) == pages[turn]
    with pytest.MonkeyPatch.context() as every:
        every.setattr(playthrough, "HELD", 10**9)
        again = Playthrough.start(story, 4)
        for each in picks:
            again.pick(each)
    assert held(again) == TURNS + 1
    assert (play.history(), play.marks()) == (again.history(), again.marks())


@pytest.mark.usefixtures("short_rows")
def test_a_long_game_comes_back_from_a_save_with_all_its_turns(tmp_path: Path) -> None:
    story = made(tmp_path)
    saves, chance = Saves(story, tmp_path / "saves"), random.Random(7)
    play = Playthrough.start(story, 4)
    for number in range(60):
        picked(play, chance, 1)
        if number % 7 == 6:
            play.undo(chance.randint(1, 6))
        assert saves.autosave(play.make_save()) is None
        found = saves.load("autosave").game
        assert found is not None
        assert (tuple(found.picks), found.state) == (play.picks, play.state)
    assert saves.news() == ()
    written = decode(saves.path("autosave").read_bytes())
    assert not isinstance(written, Refusal)
    assert isinstance(log := written.data["log"], list)
    assert (len(log), len(play.picks) // 10) == (play.turns // 10, play.turns // 10)
    last = saves.load("autosave").game
    assert last is not None
    loaded = Playthrough.restore(story, last)
    assert loaded.history() == play.history()
    assert held(loaded) < 30
    picked(loaded, chance, 30)
    assert loaded.back_to(0) == Playthrough.start(story, 4).page
    assert loaded.redo(90) is not None


@pytest.mark.usefixtures("short_rows")
def test_rows_are_packed_once_and_anew_where_another_way_was_taken(tmp_path: Path) -> None:
    play = picked(Playthrough.start(made(tmp_path), 4), random.Random(2), 35)
    first = play.make_save().picks
    assert [len(first.rows), len(first.rest)] == [3, 5]
    play.undo(17)
    assert play.make_save().picks.rows == first.rows[:1]
    play.undo(3)
    picked(play, random.Random(9), 12)
    other = play.make_save().picks
    assert other.rows[0] == first.rows[0]
    assert tuple(other) == play.picks


def test_a_save_grows_by_a_byte_or_less_for_a_turn_of_a_long_game(tmp_path: Path) -> None:
    """Without rows, each turn adds the id that was picked."""
    story = made(tmp_path)
    play, sizes = Playthrough.start(story, 4), []
    for _ in range(3):
        picked(play, random.Random(5), 1000)
        sizes.append(len(encode(Saves(story, tmp_path)._data(play.make_save(), ""))))
    assert sizes[2] - sizes[1] < 1000 < sizes[2] - len(encode({"picks": list(play.picks[1000:])})) + 15_000


def panel_of(state: State) -> JournalPanel:
    return JournalPanel(tuple(JournalLine(*each) for each in state.journal))


LOG = """
story: A log
id: log
stats: {fuel: {start: 9, range: [0, 99]}}
passages:
  bridge:
    text: The bridge.
    choices: [{text: Write, id: write, then: [{journal: "{fuel} tons."}], do: fuel += 1, goto: galley}]
  galley:
    text: The galley.
    choices: [{text: Write, id: write, then: [{journal: "{fuel} tons, and soup."}], do: fuel += 1, goto: bridge}]
"""


def test_a_full_journal_keeps_its_last_lines_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("engine.flow", "model.page"):
        monkeypatch.setattr(f"siberia_quest.{room}.MOST_JOURNAL", 5)
    (tmp_path / "log.yaml").write_text(LOG, "utf-8")
    story = load_story(tmp_path / "log.yaml").story
    assert story is not None
    play, saves, states = Playthrough.start(story, 1), Saves(story, tmp_path), []
    for _ in range(12):
        play.pick("write")
        states.append(play.state)
        assert saves.autosave(play.make_save()) is None
        found = saves.load("autosave").game
        assert found is not None
        assert found.state == play.state
    assert [line.turn for line in play.state.journal] == [8, 9, 10, 11, 12]
    told = lines_of(SPOKEN, panel_of(play.state))
    assert (told[0], len(told)) == ("Only the last 5 lines are kept.", 6)
    assert "Only" not in lines_of(SPOKEN, panel_of(states[3]))[0]
    for older in states[7:11]:
        plain = earlier(to_plain(story, play.state), difference(story, play.state, older))
        assert plain is not None
        left = from_plain(story, plain, None).state
        assert left is not None
        assert left.journal == tuple(line for line in older.journal if line.turn >= 8)
