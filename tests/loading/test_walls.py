"""What is read of a story is its own: regular files of a size that a story may have, from within its folder."""

import os
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from siberia_quest import load_story
from siberia_quest.loading.taking import MOST_BYTES, take_file

STORY = "story: A wall\npassages:\n  gate:\n    text: Closed.\n    end: true\n"
SCENE = "scene: Beyond\npassages:\n  field:\n    end: true\n"


def folder_of(path: Path) -> Path:
    story = path / "wall"
    story.mkdir()
    (story / "story.yaml").write_text(STORY, "utf-8")
    return story


def said(path: Path) -> str:
    """Return what the one problem of a story says, "" where there is none."""
    found = load_story(path)
    assert (found.story is None) == bool(found.diagnostics)
    return found.diagnostics[0].message if found.diagnostics else ""


@pytest.mark.parametrize("name", ["beyond.yaml", "secret.txt", "story.yaml"])
def test_a_link_that_leads_out_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    story = folder_of(tmp_path)
    (tmp_path / "elsewhere").write_text(SCENE if name == "beyond.yaml" else STORY, "utf-8")
    (story / name).unlink(missing_ok=True)
    (story / name).symlink_to(tmp_path / "elsewhere")
    assert "leads out" in said(story)


def test_a_link_within_the_folder_is_as_good_as_a_file(tmp_path: Path) -> None:
    story = folder_of(tmp_path)
    (story / "drafts").mkdir()
    (story / "drafts" / "one").write_text(SCENE, "utf-8")
    (story / "beyond.yaml").symlink_to(story / "drafts" / "one")
    loaded = load_story(story).story
    assert loaded
    assert "beyond.field" in loaded.passages


def test_a_file_that_is_mostly_hole_is_not_read(tmp_path: Path) -> None:
    story = folder_of(tmp_path)
    for path in (tmp_path / "huge.yaml", story / "huge.yaml", story / "huge.txt"):
        with path.open("wb") as file:
            file.truncate(8 * 1024**3)
    assert "MiB" in said(tmp_path / "huge.yaml")
    assert "MiB" in said(story)


def test_what_has_no_size_and_no_end_is_read_no_further_than_a_story_may_be(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert take_file(path, 5) == b"12345"
    with pytest.raises(OSError, match="MiB"):
        take_file(path, 4)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_or_a_pipe_is_no_story(tmp_path: Path) -> None:
    assert said(Path("/dev/zero"))
    os.mkfifo(tmp_path / "pipe.yaml")
    assert said(tmp_path / "pipe.yaml")
    story = folder_of(tmp_path)
    os.mkfifo(story / "pipe.yaml")
    assert said(story) == ""
    with pytest.raises(OSError, match="device"):
        take_file(Path("/dev/zero"))


def archive(method: int, **entries: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", method) as made:
        for name, data in entries.items():
            made.writestr(name.replace("__", "/") + ".yaml", data)
    return written.getvalue()


@pytest.mark.parametrize("method", [ZIP_LZMA, ZIP_BZIP2])
def test_an_archive_that_unpacks_at_once_is_refused_unopened(method: int, tmp_path: Path) -> None:
    (tmp_path / "bomb.sq").write_bytes(archive(method, wall__story=STORY.encode(), wall__much=b"\n" * 10_000_000))
    assert "packed in a way" in said(tmp_path / "bomb.sq")


def test_an_archive_is_unpacked_no_further_than_a_story_may_be(tmp_path: Path) -> None:
    data = archive(ZIP_DEFLATED, wall__story=STORY.encode(), wall__much=b"\n" * (MOST_BYTES + 1))
    assert len(data) < 200_000
    (tmp_path / "bomb.sq").write_bytes(data)
    assert "too large" in said(tmp_path / "bomb.sq")


def test_an_archive_with_an_entry_without_a_name_is_told(tmp_path: Path) -> None:
    whole = archive(ZIP_STORED, wall__story=STORY.encode(), q=b"")
    (tmp_path / "odd.sq").write_bytes(whole.replace(b"q.yaml", b"\0.yaml"))
    assert "no name" in said(tmp_path / "odd.sq")


@pytest.mark.skipif(os.name != "posix", reason="names are text here")
def test_an_archive_in_which_one_file_stands_twice_is_told(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "hut.zip", "w") as archive:
        archive.writestr("hut/story.yaml", "story: Hut\npassages:\n  hut:\n    end: true\n")
        archive.writestr("hut/./story.yaml", "story: Another\npassages:\n  hut:\n    end: true\n")
    assert [(each.code, each.message) for each in load_story(tmp_path / "hut.zip").diagnostics] == [
        ("SQ803", "`hut/./story.yaml` stands twice in this pack")
    ]


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    story = folder_of(tmp_path)
    try:
        Path(os.fsdecode(os.fsencode(story) + b"/\xff.yaml")).write_text(SCENE, "utf-8")
    except OSError:
        pytest.skip("this disk takes no such names")
    assert "no text" in said(story)
    assert load_story(story).diagnostics[0].span.file.isprintable()
