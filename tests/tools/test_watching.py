"""What is told of a story while its files are saved."""

import os
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

import pytest

from siberia_quest.loading.files import Loaded
from siberia_quest.tools.watching import CannotWatch, follow

PATIENCE = 20  # seconds until a test is given up
STORY = "story: The hut\npassages:\n  yard:\n    text: Snow.\n    goto: {goal}\n"
SCENE = "scene: Night\npassages:\n  dark:\n    text: {text}\n    end: true\n"


class Told:
    """The editions that are told of a story, from a thread of its own."""

    def __init__(self, path: Path) -> None:
        """Begin to follow it."""
        self._told: SimpleQueue[Loaded] = SimpleQueue()
        self._stop = Event()
        self._thread = Thread(target=follow, args=(path, self._told.put, self._stop))
        self._thread.start()

    def next(self) -> Loaded:
        """Return the next edition that is told of."""
        return self._told.get(timeout=PATIENCE)

    def until(self, words: str) -> Loaded:
        """Return the first edition that has words in one of its files; a slow save may be told of in two parts."""
        while True:
            edition = self.next()
            if holds(edition, words):
                return edition

    def end(self) -> None:
        """Follow it no more."""
        self._stop.set()
        self._thread.join()


def holds(edition: Loaded, words: str) -> bool:
    return any(words in line for lines in edition.lines.values() for line in lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hut"
    folder.mkdir()
    (folder / "story.yaml").write_text(STORY.format(goal="night.dark"))
    (folder / "night.yaml").write_text(SCENE.format(text="Dark."))
    return folder


@pytest.fixture
def told(folder: Path) -> Iterator[Told]:
    told = Told(folder)
    assert told.next().story
    yield told
    told.end()


def test_a_saved_file_is_told_of(told: Told, folder: Path) -> None:
    (folder / "night.yaml").write_text(SCENE.format(text="Black."))
    edition = told.until("Black.")
    assert edition.story
    assert edition.diagnostics == ()


def test_a_file_that_is_put_in_the_place_of_another_is_told_of(told: Told, folder: Path) -> None:
    for text in ("Black.", "Blacker."):
        (folder / ".night.yaml.new").write_text(SCENE.format(text=text))
        os.replace(folder / ".night.yaml.new", folder / "night.yaml")  # noqa: PTH105  # as editors do
        assert told.until(text).story


def test_errors_are_told_and_so_is_that_they_are_mended(told: Told, folder: Path) -> None:
    (folder / "story.yaml").write_text(STORY.format(goal="nowhere"))
    broken = told.until("nowhere")
    assert broken.story is None
    assert [each.code for each in broken.diagnostics] == ["SQ203"]
    (folder / "story.yaml").write_text(STORY.format(goal="night.dark"))
    assert told.until("night.dark").story


def test_warnings_of_check_are_told_too(told: Told, folder: Path) -> None:
    (folder / "story.yaml").write_text(STORY.format(goal="night.dark") + "  attic:\n    text: Dust.\n    end: true\n")
    edition = told.until("Dust.")
    assert edition.story
    assert [each.severity for each in edition.diagnostics] == ["warning"]


def test_a_new_scene_and_one_that_is_deleted_are_told_of(told: Told, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "day.yaml").write_text(SCENE.replace("dark", "noon").format(text="Noon."))
    assert "day.noon" in (told.until("Noon.").story or pytest.fail("no story")).passages
    (folder / "night.yaml").unlink()
    edition = told.next()
    while "night.yaml" in edition.lines:
        edition = told.next()
    assert edition.story is None


def test_tests_hidden_files_and_saves_without_a_change_are_not_told_of(told: Told, folder: Path) -> None:
    (folder / "tests").mkdir()
    (folder / "tests" / "evening.yaml").write_text("walkthrough: One\n")
    (folder / ".night.yaml.swp").write_text("anything")
    (folder / "notes.md").write_text("anything")
    os.utime(folder / "story.yaml")
    (folder / "night.yaml").write_text(SCENE.format(text="Black."))
    seen = [told.next()]
    while not holds(seen[-1], "Black."):  # it may be read between being emptied and being written
        seen.append(told.next())
    assert not any(holds(each, "Dark.") for each in seen)


def test_notice_of_a_change_without_another_byte_is_not_passed_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watch(*_: Path, stop_event: Event, **__: object) -> Iterator[None]:
        yield from (None for _ in range(3) if not stop_event.is_set())

    monkeypatch.setattr("watchfiles.watch", watch)
    told = list[Loaded]()
    follow(folder, told.append, Event())
    assert len(told) == 1


def test_a_single_file_is_followed_through_being_replaced(tmp_path: Path) -> None:
    path = tmp_path / "lamp.yaml"
    path.write_text("story: The lamp\npassages:\n  start:\n    text: Lit.\n    end: true\n")
    told = Told(path)
    assert told.next().story
    for text in ("Out.", "Lit again."):
        (tmp_path / "new").write_text(path.read_text().replace("Lit.", text).replace("Out.", text))
        os.replace(tmp_path / "new", path)  # noqa: PTH105
        assert told.until(text).story
    told.end()


def test_what_goes_wrong_where_it_is_told_comes_out_and_ends_the_watch(folder: Path) -> None:
    def fail(_: Loaded) -> None:
        raise KeyError("nobody listens")

    with pytest.raises(KeyError):
        follow(folder, fail, Event())


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CannotWatch):
        follow(tmp_path / "nowhere" / "lamp.yaml", lambda _: None, Event())


@pytest.mark.parametrize("is_scene", [False, True])
def test_a_link_is_followed_to_where_its_file_lies(is_scene: bool, tmp_path: Path) -> None:  # noqa: FBT001
    shelf = tmp_path / "hut" / "shelf"  # a scene's link stays within the story's folder: that is a wall
    shelf.mkdir(parents=True)
    real = shelf / "night.text"
    if is_scene:
        (tmp_path / "hut" / "story.yaml").write_text(STORY.format(goal="night.dark"), "utf-8")
        text, followed = SCENE, tmp_path / "hut"
    else:
        text, followed = (
            "story: Night\npassages:\n  dark:\n    text: {text}\n    end: true\n",
            tmp_path / "hut" / "night.yaml",
        )
    real.write_text(text.format(text="Stars."), "utf-8")
    (tmp_path / "hut" / "night.yaml").symlink_to("shelf/night.text")
    told = Told(followed)
    try:
        first = told.next()
        assert first.story
        real.write_text(text.format(text="Clouds came."), "utf-8")
        later = told.next()
        assert later.story
        assert later.story.header.wording != first.story.header.wording
    finally:
        told.end()
