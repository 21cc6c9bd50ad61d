"""Picks from files and into files, and games that begin elsewhere."""

from pathlib import Path

import pytest

from play.sittings import Sitting, story_of
from siberia_quest import load_story
from siberia_quest.engine.turns import begin
from siberia_quest.play.play_request import WrongRequest, alter_story, settings_in
from siberia_quest.play.records import picks_in, write_record


def test_a_script_is_one_pick_a_line(tmp_path: Path) -> None:
    path = tmp_path / "picks"
    path.write_text("# a comment\nsplit\n\n  go_on  \nBob the 2nd\n", encoding="utf-8")
    assert picks_in(path) == ["split", "go_on", "Bob the 2nd"]


def test_a_recorded_game_is_a_walkthrough_and_a_script(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    names = ('Bob "B" \\', "- #: {x}")
    sitting.play("1", "", names[0], "again", "", names[1], "go inside")
    text = write_record(sitting.game.play)
    assert text.startswith(
        "walkthrough: A game of The yard\nseed: 7\nsettings:\n  winter: hard\nplay:\n  - split\n  - go_on\n"
    )
    assert text.endswith("  - inside\nending: warm\n")
    path = tmp_path / "walk.yaml"
    path.write_text(text, encoding="utf-8")
    assert picks_in(path) == ["split", "go_on", names[0], "again", "go_on", names[1], "inside"]


def test_picks_that_were_taken_back_are_not_recorded(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    sitting.play("1", "/undo", "2")
    assert write_record(sitting.game.play).endswith("play:\n  - hairs\n")


def test_a_game_without_a_pick_is_recorded_as_one(tmp_path: Path) -> None:
    text = write_record(Sitting(tmp_path).game.play)
    assert text.endswith("play: []\n")
    (tmp_path / "walk.yaml").write_text(text, encoding="utf-8")
    assert picks_in(tmp_path / "walk.yaml") == []


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_script_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "picks"
    if content:
        path.write_bytes(content)
    with pytest.raises(WrongRequest, match="cannot be read"):
        picks_in(path)


def test_a_game_can_begin_elsewhere_with_other_values() -> None:
    story = alter_story(story_of(), "log", {"strength": "59.5", "hero": "Eve", "day": "3"})
    turn = begin(story)
    assert turn.page.title == "The log"
    assert [turn.state.value(name) for name in ("strength", "hero", "day")] == [59.5, "Eve", 3]


@pytest.mark.parametrize(
    ("text", "held"),
    [("rope", ("rope",)), ("{lamp, rope}", ("rope", "lamp")), ("lamp rope", ("rope", "lamp")), ("{}", ())],
)
def test_a_game_can_begin_with_things_in_a_set(text: str, held: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "bag.yaml"
    path.write_text(
        "story: A bag\nkinds: {saw: [bow, pit]}\nvariables: {bag: {set_of: [rope, lamp]}, cuts: {per: saw}}\n"
        "passages:\n  hut: {text: '{bag} {cuts(pit)}', end: true}\n",
        "utf-8",
    )
    story = load_story(path).story
    assert story
    assert begin(alter_story(story, "", {"bag": text, "cuts": "pit:3"})).state.value("bag") == held
    with pytest.raises(WrongRequest, match="`bag` knows rope or lamp, and no `rop`"):
        alter_story(story, "", {"bag": "rop"})


def test_the_story_itself_stays_as_it_is() -> None:
    story = story_of()
    alter_story(story, "log", {"strength": "50"})
    assert begin(story).state.value("strength") == 20


@pytest.mark.parametrize(
    ("start", "values", "words"),
    [
        ("stoev", {}, "no passage `stoev`. Did you mean `stove`"),
        ("", {"strenght": "5"}, "Did you mean `strength`"),
        ("", {"strength": "strong"}, "`strength` is a number; `strong` is not"),
        ("", {"strength": "inf"}, "is a number"),
        ("xyzzy", {}, "no passage `xyzzy`"),
    ],
)
def test_what_is_not_in_the_story_is_told_with_the_nearest(start: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(WrongRequest, match=words):
        alter_story(story_of(), start, values)


def test_settings_are_taken_from_the_values_and_checked() -> None:
    assert settings_in(story_of(), {"winter": "mild", "strength": "1"}) == {"winter": "mild"}
    with pytest.raises(WrongRequest, match="`winter` is one of mild or hard, not `warm`"):
        settings_in(story_of(), {"winter": "warm"})
