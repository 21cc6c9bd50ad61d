"""What a German game tells of its saves: damaged ones, another story's, a disk that refuses, an edited story, two windows."""

import errno
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import pytest

from play.sittings import Sitting, story_of
from siberia_quest.loading.sentences import read_language, read_sentences
from siberia_quest.storage.refusals import why_refused
from siberia_quest.storage.writing import refusal
from siberia_quest.terminal.front import reason_of

LIGHTHOUSE = Path(__file__).with_name("lighthouse.yaml")
GERMAN, ENGLISH = read_language("de", {}), read_language("en", {})
#: What stands between the places of the English sentences, where it is three words or more.
PIECES = frozenset(
    piece.strip()
    for key, words in read_sentences("en").items()
    for piece in re.split(r"\{\w+\}", words)
    if len(piece.split()) > 2 and not key.startswith(("number_", "ordinal_", "typed_"))
)


class Scene(Protocol):
    """Plays in a folder, with changes to the story, and returns what was told."""

    def __call__(self, folder: Path, *changes: tuple[str, str]) -> str: ...


def english_in(told: str) -> set[str]:
    return {piece for piece in PIECES if piece in told}


def lighthouse(folder: Path, *changes: tuple[str, str]) -> Path:
    text = LIGHTHOUSE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    path = folder / "leuchtturm.yaml"
    path.write_text(text, "utf-8")
    return path


def saved(folder: Path, *changes: tuple[str, str]) -> Sitting:
    sitting = Sitting(folder / "saves", story_of(lighthouse(folder, *changes)))
    sitting.play("lauschen", "/save Anna", "/save autosave", f"/save {'x' * 90}", "\x03", "\x03")
    return sitting


def typed_in(folder: Path, *changes: tuple[str, str], typed: tuple[str, ...] = ("/load Anna", "no")) -> str:
    sitting = Sitting(folder / "saves", story_of(lighthouse(folder, *changes)))
    shown = sitting.play(*typed)
    return "\n".join([*shown, *(each.words for each in sitting.console.asked)])


def damaged(folder: Path, *changes: tuple[str, str]) -> str:
    path = saved(folder, *changes).game.folder() / "anna.save"
    path.write_bytes(path.read_bytes()[:-40])
    return typed_in(folder, *changes, typed=("/load Anna", "/saves", "/save autosave", "yes"))


def damaged_twice(folder: Path, *changes: tuple[str, str]) -> str:
    sitting = saved(folder, *changes)
    sitting.play("/save Anna", "yes")
    path = sitting.game.folder() / "anna.save"
    path.write_bytes(b"{}")
    (sitting.game.folder().parent / "profile.json").write_bytes(b"{")
    return typed_in(folder, *changes, typed=("/load Anna", "/save autosave", "lauschen"))


def of_another(folder: Path, *changes: tuple[str, str]) -> str:
    saved(folder, *changes)
    return typed_in(
        folder, *changes, ("story: Der Leuchtturm", "story: Der Hafen\nid: leuchtturm"), ("by: Frau", "by: Herr")
    )


def edited(folder: Path, *changes: tuple[str, str]) -> str:
    saved(folder, *changes)
    return typed_in(folder, *changes, ("  oben:\n", "  dach:\n"), ("goto: oben", "goto: dach"))


def refused(folder: Path, *changes: tuple[str, str]) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "saves").touch()
    return typed_in(folder, *changes, typed=("lauschen", "/save Anna", "\x03", "\x03"))


def two_windows(folder: Path, *changes: tuple[str, str]) -> str:
    first = saved(folder, *changes)
    second = typed_in(folder, *changes, typed=("lauschen", "Bo"))
    return "\n".join([second, *first.play("Anna", "/saves")])


SCENES: Mapping[str, tuple[Scene, tuple[str, ...]]] = MappingProxyType({
    "damaged": (damaged, ("Dieser Spielstand ist beschädigt.", "speichert das Spiel von selbst")),
    "damaged twice": (damaged_twice, ("Der letzte Stand lässt sich nicht lesen", "Was von der Liste der Enden beschädigt ist, liegt")),
    "of another": (of_another, ("mit derselben Kennung: Der Leuchtturm. Trotzdem hier laden?",)),
    "edited": (edited, ("Die Geschichte wurde geändert: den Ort „leuchtturm.oben“ gibt es darin nicht mehr. Willst du",)),
    "refused": (refused, ("Das Spiel konnte nicht gespeichert werden: In ", "Das Spiel ist NICHT gespeichert: In ")),
    "two windows": (two_windows, ("In einem anderen Fenster ging es",)),
})  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_what_a_german_game_tells_of_its_saves_is_german(scene: str, tmp_path: Path) -> None:
    play, expected = SCENES[scene]
    told = play(tmp_path)
    assert english_in(told) == set()
    assert [words for words in expected if words not in told] == [], told


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_is_found_to_be_english_in_a_story_without_a_language(scene: str, tmp_path: Path) -> None:
    assert english_in(SCENES[scene][0](tmp_path, ("language: de\n", "")))


CODES = sorted(key.removeprefix("errno_") for key in read_sentences("de") if key.startswith("errno_"))


@pytest.mark.parametrize("code", CODES)
def test_what_the_system_says_is_german_in_a_german_game_and_its_own_elsewhere(code: str) -> None:
    number = int(getattr(errno, code))
    error = OSError(number, os.strerror(number), "here")
    assert ENGLISH.tell(why_refused(error)) == os.strerror(number)
    for told in (GERMAN.tell(refusal(error, Path("here")).message), reason_of(error, GERMAN)):
        assert os.strerror(number) not in told
        assert english_in(told) == set()
    assert reason_of(error) == f"here: {os.strerror(number)}"


def test_every_reason_that_a_language_words_is_one_of_the_systems() -> None:
    assert CODES
    assert set(CODES) <= set(errno.errorcode.values())
