"""A save gets another name, and never that of another save."""

from pathlib import Path

from play.sittings import Sitting


def test_a_save_is_renamed_and_no_other_is_written_over(tmp_path: Path) -> None:
    game = Sitting(tmp_path).game
    assert game.save("one", "") is None
    assert game.save("two", "") is None
    before = game.saves.path("two").read_bytes()
    assert game.saves.rename("one", "two")
    assert game.saves.path("two").read_bytes() == before
    assert game.saves.rename("one", "three") is None
    assert {each.name for each in game.slots()} == {"autosave", "three", "two"}
    assert game.open("three").game
    assert game.saves.rename("gone", "four")
    assert game.saves.rename("two", " ")
