"""The profile has the care of a save: sealed, changed under its lock, never written over when it is damaged."""

import errno
import json
import os
import threading
from pathlib import Path

import pytest

from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage import profile
from siberia_quest.storage.codec.document import decode, encode
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.writing import Refusal

from .stories import made

OLD = {"stories": {"lamp": {"endings": {"dawn": {"times": 7, "first": "2020-02-02"}}}}, "settings": {"motion": False}}


def ended(story: Story, profiles: Profiles) -> Refusal | None:
    """Play to the end once, and write it down."""
    play = Playthrough.start(story, 1)
    before = play.state
    play.pick("sleep")
    return profiles.remember(story, before, play.state)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return made(tmp_path)


@pytest.fixture
def profiles(tmp_path: Path) -> Profiles:
    return Profiles(tmp_path)


def times(story: Story, profiles: Profiles) -> int:
    seen = profiles.read().endings(story).get("dawn")
    return seen.times if seen else 0


@pytest.mark.parametrize("strange", [{}, [], 0, True, "x"])
def test_a_title_that_is_none_is_another_story_s(strange: object, tmp_path: Path) -> None:
    story = made(tmp_path)
    data: dict[str, object] = {"stories": {story.id: {"title": strange, "endings": {"dawn": {"times": 3}}}}}
    profiles = Profiles(tmp_path)
    profiles.path.write_bytes(encode(data, profile.FORMAT))  # type: ignore[arg-type]  # what a stranger wrote
    assert profiles.read().endings(story) == {}
    assert profiles.set("motion", value=True) is None


def test_a_profile_from_before_they_were_sealed_is_read_and_goes_on_sealed(story: Story, profiles: Profiles) -> None:
    profiles.path.write_text(json.dumps(OLD, indent=1), "utf-8")
    assert times(story, profiles) == 7
    assert ended(story, profiles) is None
    assert times(story, profiles) == 8
    assert profiles.read().settings == {"motion": False}
    assert "sha256" in json.loads(profiles.path.read_bytes())


def test_no_flipped_bit_and_no_cut_of_a_profile_is_believed(story: Story, profiles: Profiles) -> None:
    assert ended(story, profiles) is None
    whole, found = profiles.path.read_bytes(), profiles.read().data
    for index in range(len(whole) * 8):
        profiles.path.write_bytes(
            whole[: index // 8] + bytes([whole[index // 8] ^ (1 << index % 8)]) + whole[index // 8 + 1 :]
        )
        read = profiles.read()
        assert read.notices or read.data == found, index
        assert read.data in ({}, found), index
    for length in range(len(whole) - 1):
        profiles.path.write_bytes(whole[:length])
        assert profiles.read().notices, length


def test_without_the_seal_many_flipped_bits_are_believed(story: Story, profiles: Profiles) -> None:
    """The control: the same flips, read as profiles were before they were sealed."""
    assert ended(story, profiles) is None
    whole, found = profiles.path.read_bytes(), profiles.read().data
    believed = 0
    for index in range(len(whole) * 8):
        flipped = whole[: index // 8] + bytes([whole[index // 8] ^ (1 << index % 8)]) + whole[index // 8 + 1 :]
        try:
            believed += json.loads(flipped) != found
        except ValueError:
            continue
    assert believed > 200


def test_windows_that_write_at_the_same_time_lose_nothing_of_each_other_s(profiles: Profiles) -> None:
    def write(window: int) -> None:
        mine = Profiles(profiles.path.parent)
        for number in range(12):
            while mine.set(f"{window}_{number}", value=True):  # the others were quicker
                pass

    threads = [threading.Thread(target=write, args=(window,)) for window in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(profiles.read().settings) == 48


def test_what_was_read_before_the_lock_would_lose_what_came_in_between(profiles: Profiles) -> None:
    """The control: read, let another window write, and write what was read."""
    assert profiles.set("one", value=True) is None
    read = profiles.read().data
    assert Profiles(profiles.path.parent).set("two", value=True) is None
    profiles.path.write_bytes(encode({**read, "settings": {"one": True, "three": True}}, profile.FORMAT))
    assert "two" not in profiles.read().settings


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 300, b'{"stories": [], "else": 1}', b"[" * 5000])
def test_a_damaged_profile_with_nothing_before_it_is_set_aside(damage: bytes, story: Story, profiles: Profiles) -> None:
    profiles.path.write_bytes(damage)
    assert profiles.read().notices
    assert profiles.path.read_bytes() == damage
    assert ended(story, profiles) is None
    assert profiles.path.with_name("profile.damaged-1").read_bytes() == damage
    assert times(story, profiles) == 1
    assert tuple(map(SPOKEN.tell, profiles.news())) == (
        "The list of endings is damaged; it begins anew.",
        "What is damaged of the list of endings is kept as profile.damaged-1.",
    )
    assert profiles.news() == ()


def test_a_damaged_profile_goes_on_from_the_one_before_it_and_both_are_kept(story: Story, profiles: Profiles) -> None:
    for _ in range(3):
        assert ended(story, profiles) is None
    damaged = profiles.path.read_bytes()[:-9]
    profiles.path.write_bytes(damaged)
    assert ended(story, profiles) is None
    assert times(story, profiles) == 3
    assert profiles.path.with_name("profile.damaged-1").read_bytes() == damaged


def test_two_damaged_generations_are_both_set_aside(story: Story, profiles: Profiles) -> None:
    previous = profiles.path.with_suffix(".previous")
    profiles.path.write_bytes(b"one")
    previous.write_bytes(b"two")
    for _ in range(2):
        assert ended(story, profiles) is None
    assert sorted(each.read_bytes() for each in profiles.path.parent.glob("profile.damaged-*")) == [b"one", b"two"]
    assert times(story, profiles) == 2


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_a_profile_that_cannot_be_read_for_now_is_not_written_over(
    number: int, story: Story, profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(9):
        assert ended(story, profiles) is None
    real = os.open

    def fails(path: Path, *given: int) -> int:
        if str(path).endswith("profile.json"):
            raise OSError(number, os.strerror(number))
        return real(path, *given)

    monkeypatch.setattr(os, "open", fails)
    said = ended(story, profiles)
    monkeypatch.undo()
    assert said is not None
    assert said.code == "SQ716"
    assert ended(story, profiles) is None
    assert times(story, profiles) == 10
    assert not list(profiles.path.parent.glob("*damaged*"))


def test_a_profile_of_a_newer_program_is_left_alone(story: Story, profiles: Profiles) -> None:
    assert ended(story, profiles) is None
    newer = profiles.path.read_bytes().replace(b'"schema":1', b'"schema":2')
    profiles.path.write_bytes(newer)
    said = ended(story, profiles)
    assert said is not None
    assert said.code == "SQ707"
    assert profiles.path.read_bytes() == newer


def test_half_a_sign_crashes_no_ending(story: Story, profiles: Profiles) -> None:
    profiles.path.write_text(json.dumps({**OLD, "settings": {"theme": "\ud800"}}), "ascii")
    assert profiles.set("other", "\udfff") is None
    assert ended(story, profiles) is None
    assert profiles.read().settings == {"theme": "?", "other": "?"}
    assert times(story, profiles) == 8


def test_a_profile_that_would_be_too_large_to_be_read_is_not_written(
    profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert profiles.set("one", value=True) is None
    before = profiles.path.read_bytes()
    monkeypatch.setattr(profile, "MOST_BYTES", 400)
    said = profiles.set("two", "long " * 100)
    assert said is not None
    assert said.code == "SQ719"
    assert profiles.path.read_bytes() == before


def test_numbers_and_texts_of_a_profile_are_bounded(story: Story, profiles: Profiles) -> None:
    strange = {"endings": {"dawn": {"times": -5, "first": "x" * 9999}}, "kept": {"reels": 7}, "achieved": "all"}
    profiles.path.write_text(json.dumps({"stories": {"lamp": strange}}), "utf-8")
    seen = profiles.read().endings(story)["dawn"]
    assert (seen.times, len(seen.first)) == (1, 10)
    assert profiles.read().find_achieved(story) == ()
    assert profiles.set("long", "x" * 10**6) is None
    assert len(str(profiles.read().settings["long"])) == profile._LONGEST


def test_two_stories_with_one_id_have_a_gallery_each(tmp_path: Path, story: Story, profiles: Profiles) -> None:
    (tmp_path / "other").mkdir()
    other = made(tmp_path / "other", ("story: The lamp", "story: A lantern"))
    assert ended(story, profiles) is None
    assert times(other, profiles) == 0
    assert ended(other, profiles) is None
    assert (times(story, profiles), times(other, profiles)) == (1, 1)
    assert ended(story, profiles) is None
    assert (times(story, profiles), times(other, profiles)) == (2, 1)


def test_a_new_title_by_the_same_author_keeps_its_gallery(tmp_path: Path, profiles: Profiles) -> None:
    assert ended(made(tmp_path, ("story: The lamp", "story: The lamp\nby: Ida")), profiles) is None
    assert times(made(tmp_path, ("story: The lamp", "story: The Lamp, revised\nby: Ida")), profiles) == 1


def test_what_is_sealed_reads_back_as_it_is(profiles: Profiles) -> None:
    assert profiles.set("one", 1) is None
    read = decode(profiles.path.read_bytes(), profile.FORMAT)
    assert not isinstance(read, Refusal)
    assert read.data["settings"] == {"one": 1}
