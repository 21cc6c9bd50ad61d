"""A cache that was forged, with every hash as it has to be, runs nothing and stops nothing."""

import os
import random
import shutil
from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.engine import code_effects, print_python
from siberia_quest.model.expression import Effect
from siberia_quest.storage import nouns
from siberia_quest.storage.nouns import Packed, Unpacking

from .forging import Kept, Place, hostile, play, put, write_story

#: How many forgeries are made at random; `make torture` asks for more.
FORGERIES = int(os.environ.get("FORGERIES", "60"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIBERIA_QUEST_CACHE", str(tmp_path / "cache"))
    write_story(tmp_path / "ferry")
    loaded = load_story(tmp_path / "ferry", cached=True)
    assert loaded.story, loaded.diagnostics
    shutil.copytree(tmp_path / "cache", tmp_path / "clean")
    return tmp_path


def command_of(folder: Path) -> str:
    """Return Python that leaves a mark, by the one name that all printed code has."""
    return f"w.goto.__globals__['__builtins__']['open']({str(folder / 'mark')!r}, 'w').close()"


def forged(folder: Path) -> Kept:
    """Return the cache as it was, to be forged."""
    shutil.rmtree(folder / "cache")
    shutil.copytree(folder / "clean", folder / "cache")
    return Kept(next((folder / "cache").iterdir()))


def told(folder: Path, seed: int) -> bool:
    """Load the story from the cache and play it; return whether a problem stopped it."""
    loaded = load_story(folder / "ferry", cached=True)
    assert loaded.story
    return play(loaded.story, seed)


def words_of(kept: Kept) -> dict[str, Place]:
    """Return a place of each field of each noun that holds a word: operators, functions, ways to take turns, names, sites."""
    found: dict[str, Place] = {}
    for name, place in kept.places():
        inside, key = place
        if isinstance(inside[key], str) and not name.endswith(" 0"):  # type: ignore[index]  # a list's is a number
            found.setdefault(name, place)
    return found


def test_python_in_the_place_of_any_word_of_any_noun_never_runs(folder: Path) -> None:
    command = command_of(folder)
    names = [name for name in words_of(forged(folder)) if name[0].isupper()]
    assert {"Effect 2", "Operation 1", "Builtin 1", "Alternatives 1", "Alternatives 2", "PerMember 1"} <= set(names)
    for number, name in enumerate(names):
        kept = forged(folder)
        put(words_of(kept)[name], command if number % 2 else f"+ ({command} or 0) +")
        kept.write()
        told(folder, number)
        assert not (folder / "mark").exists(), name


def test_forgeries_made_at_random_neither_run_nor_raise(folder: Path) -> None:
    for seed in range(FORGERIES):
        dice = random.Random(seed)
        kept = forged(folder)
        places = kept.places()
        name = dice.choice(sorted({name for name, _ in places}))
        place = dice.choice([place for each, place in places if each == name])
        put(place, hostile(dice, command_of(folder), places))
        kept.write()
        told(folder, seed)
        assert not (folder / "mark").exists(), (seed, name)


def test_a_word_outside_its_closed_set_has_the_passage_read_from_its_file(folder: Path) -> None:
    kept = forged(folder)
    put(words_of(kept)["Effect 2"], "**=")
    kept.write()
    assert not told(folder, 1)
    assert not [*folder.glob("cache/*/index")]


def test_what_is_of_its_kinds_but_does_not_fit_is_told_and_then_read_anew(folder: Path) -> None:
    kept = forged(folder)
    assert isinstance(kept.index["passages"], dict)
    for place in [place for name, place in kept.places() if name == "Variable 1"]:
        put(place, "nobody")
    kept.write()
    assert told(folder, 1)
    assert not told(folder, 1)


@pytest.mark.parametrize(
    "strange", ["text", 1.5, True, ["Popen", "ls"], ["Local"], ["Local", "0"], ["Local", 0, 0], ["", 1], [7], []]
)
def test_only_known_nouns_with_fields_of_their_kinds_are_unpacked(strange: Packed) -> None:
    unpacking = Unpacking()
    within: list[Packed] = [strange, ["Effect", ["Local", 0], "=", strange, ["", 1, 1]]]
    for each in within:
        with pytest.raises(ValueError, match=r"^$"):
            unpacking.unpack(each, Effect)


class _AsItStands(dict[str, str]):
    """A printer's table of operators in which every word stands for itself."""

    def __missing__(self, word: str) -> str:
        return word


def test_a_printer_that_puts_an_operator_into_source_as_it_stands_would_run_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = forged(folder)
    for place in [place for name, place in kept.places() if name == "Effect 2"]:
        put(place, f"+ ({command_of(folder)} or 0) +")
    kept.write()
    monkeypatch.setattr(nouns, "_word", lambda _, packed: packed)
    monkeypatch.setattr(code_effects, "_operator", lambda sign: sign)
    monkeypatch.setattr(print_python, "_OPERATORS", _AsItStands())
    told(folder, 1)
    assert (folder / "mark").exists()
