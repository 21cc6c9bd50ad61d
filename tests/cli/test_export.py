"""`export web`: what is written where, what goes into it, and what it does to the author's own file."""

import struct
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from cli.shell import siberia_quest
from siberia_quest import load_story
from siberia_quest.tools.ifid import add_ifid, make_ifid

IFID = "3F4A5D0E-7B0B-4F7B-8E0E-0F4C9B6E2D11"
QUAY = "story: The quay\npassages:\n  quay: {text: The boat has gone., end: true}\n"
WHOLE = f"""story: The quay & <more>
id: quay
ifid: {IFID.lower()}
by: Anna "Boat" Lindqvist
about: An hour too late.
cover: quay.png
licence: CC BY 4.0
language_of_text: en-GB
passages:
  quay: {{text: The boat has gone., end: true}}
"""
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 630, 500) + b"\x08\x02\x00\x00\x00"


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    folder = tmp_path / "quay"
    folder.mkdir()
    (folder / "story.yaml").write_text(WHOLE, "utf-8")
    (folder / "quay.png").write_bytes(PNG)
    return folder


def test_a_page_says_in_its_head_what_the_story_says_of_itself(quay: Path, tmp_path: Path) -> None:
    told = siberia_quest("export", "web", quay, here=tmp_path)
    assert (told.status, told.out, told.err.count("\n")) == (0, "", 1)
    page = (tmp_path / "quay.html").read_text("utf-8")
    head = page.partition("<style>")[0]
    assert '<html lang="en-GB">' in head
    assert "<title>The quay &amp; &lt;more&gt;</title>" in head
    assert '<meta name="author" content="Anna &quot;Boat&quot; Lindqvist">' in head
    assert f'property="ifiction:ifid" content="{IFID}"' in head
    assert '<meta name="dcterms.license" content="CC BY 4.0">' in head
    assert "data:image/png;base64," in page
    assert "http-equiv" in head.partition("<title>")[0]
    assert "https://" not in page
    assert page.count("<script>") == 1


def test_an_archive_has_the_page_and_the_cover_and_the_record_lies_beside_it(quay: Path, tmp_path: Path) -> None:
    assert siberia_quest("export", "web", quay, "--zip", here=tmp_path).status == 0
    with ZipFile(tmp_path / "quay.zip") as archive:
        assert archive.namelist() == ["index.html", "cover.png"]
        assert archive.read("cover.png") == PNG
    record = ET.parse(tmp_path / "quay.iFiction").getroot()  # noqa: S314  # our own
    told = {each.tag.partition("}")[2]: each.text for each in record.iter()}
    assert told["ifid"] == IFID
    assert (told["title"], told["author"], told["language"]) == ("The quay & <more>", 'Anna "Boat" Lindqvist', "en-GB")
    assert (told["width"], told["height"]) == ("630", "500")


def test_the_same_story_gives_the_same_bytes(quay: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        assert siberia_quest("export", "web", quay, "--zip", "--out", name, here=tmp_path).status == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_nothing_is_written_over_unasked_and_nothing_half(quay: Path, tmp_path: Path) -> None:
    (tmp_path / "quay.iFiction").write_text("mine", "utf-8")
    refused = siberia_quest("export", "web", quay, "--zip", here=tmp_path)
    assert refused.status == 2
    assert "quay.iFiction: there already, and kept" in refused.err
    assert {each.name for each in tmp_path.iterdir()} == {"quay", "quay.iFiction"}
    assert siberia_quest("export", "web", quay, "--zip", "--force", here=tmp_path).status == 0


@pytest.mark.parametrize(
    ("data", "why"), [(b"GIF89a", "it is no PNG and no JPEG"), (PNG + bytes(5 * 1024 * 1024), "a cover may hold 4 MiB")]
)
def test_a_cover_that_cannot_be_one_is_told(data: bytes, why: str, quay: Path, tmp_path: Path) -> None:
    (tmp_path / "other.png").write_bytes(data)
    refused = siberia_quest("export", "web", quay, "--cover", "other.png", here=tmp_path)
    assert refused.status == 2
    assert why in refused.err
    (quay / "quay.png").write_bytes(data)
    assert why in siberia_quest("export", "web", quay, here=tmp_path).err
    (quay / "quay.png").unlink()
    (quay / "quay.png").symlink_to(tmp_path / "other.png")
    assert "leads out of the story's folder" in siberia_quest("export", "web", quay, here=tmp_path).err
    assert {each.name for each in tmp_path.iterdir()} == {"quay", "other.png"}


def test_a_story_with_errors_says_why_it_is_not_exported(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(QUAY.replace("end: true", "goto: sea"), "utf-8")
    told = siberia_quest("export", "web", "a.yaml", here=tmp_path)
    assert told.status == 1
    assert "no passage named `sea`" in told.err
    assert "Nothing was exported" in told.err
    assert {each.name for each in tmp_path.iterdir()} == {"a.yaml"}


def test_what_publishing_lacks_is_told_by_export_and_by_check_of_who_means_to_publish(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"ifid: {IFID}\nlicence: free\n{QUAY}", "utf-8")
    (tmp_path / "b.yaml").write_text(f"ifid: {IFID}\n{QUAY}", "utf-8")
    for name in ("a", "b"):
        assert "it lacks by:, about:, cover:" in siberia_quest("export", "web", f"{name}.yaml", here=tmp_path).err
    assert (
        "hint SQ622: to be published the story lacks `by:`, `about:`, `cover:`"
        in siberia_quest("check", "a.yaml", here=tmp_path).out
    )
    assert "SQ622" not in siberia_quest("check", "b.yaml", here=tmp_path).out


# --- the IFID ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        QUAY,
        "# mine\n\n" + QUAY.replace("story: The quay", "story: 'The quay'   # the old one\nid: quay   # leave it"),
        QUAY.replace("\n", "\r\n"),
        QUAY.replace("story: The quay", "id: quay\nby: >\n  Anna\n  Lindqvist\nstory: >-\n  The\n  quay"),
        "\ufeff" + QUAY,
        "---\n" + QUAY,
    ],
)
def test_the_first_export_adds_an_ifid_and_changes_nothing_else_of_the_file(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode())
    path.chmod(0o640)
    assert "a.yaml has a new line" in siberia_quest("export", "web", "a.yaml", here=tmp_path).err
    lines = path.read_bytes().decode().splitlines(keepends=True)
    (added,) = [line for line in lines if line.startswith(("ifid: ", "\ufeffifid: "))]
    assert "".join(line for line in lines if line != added) in {text, text.removeprefix("\ufeff")}
    assert path.stat().st_mode & 0o777 == 0o640
    story = load_story(path).story
    assert story
    assert len(story.header.ifid) == 36
    again = path.read_bytes()
    assert "new line" not in siberia_quest("export", "web", "a.yaml", "--force", here=tmp_path).err
    assert path.read_bytes() == again


@pytest.mark.parametrize(
    "text",
    [
        "{story: The quay, passages: {quay: {text: Gone., end: true}}}\n",
        '"story": The quay\npassages: {quay: {text: Gone., end: true}}\n',
    ],
)
def test_a_file_without_a_sure_place_for_an_ifid_stays_and_its_author_is_told_the_line(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    told = siberia_quest("export", "web", "a.yaml", here=tmp_path)
    assert told.status == 0
    assert "Put this line beside its title: ifid: " in told.err
    assert (tmp_path / "a.yaml").read_text("utf-8") == text


def test_a_packed_story_is_exported_and_stays_as_it_is(quay: Path, tmp_path: Path) -> None:
    assert siberia_quest("pack", quay, here=tmp_path).status == 0
    packed = (tmp_path / "quay.story").read_bytes()
    assert siberia_quest("export", "web", "quay.story", here=tmp_path).status == 0
    assert (tmp_path / "quay.story").read_bytes() == packed


def test_no_two_ifids_are_alike_and_a_line_goes_behind_an_id() -> None:
    assert len({make_ifid() for _ in range(100)}) == 100
    assert add_ifid(b"story: A\nid: a\nby: B\n", "X") == b"story: A\nid: a\nifid: X\nby: B\n"
