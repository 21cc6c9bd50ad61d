"""What a story says of itself for catalogues and pages: what can be so is taken, what cannot is told and left out."""

from pathlib import Path

import pytest

from siberia_quest import load_story
from siberia_quest.loading.imprint import contrast_of
from siberia_quest.web.colours import style_of

QUAY = "passages: {quay: {text: The boat has gone., end: true}}\n"
UUID = "0b5c9c0e-5a0f-4c60-9c5e-2b0e2a7d6f10"


def header_with(lines: str, folder: Path) -> tuple[object, list[str]]:
    """The heading of a story with some lines, and what is wrong with it."""
    path = folder / "a.yaml"
    path.write_text(f"story: The quay\n{lines}\n{QUAY}", "utf-8")
    loaded = load_story(path)
    assert loaded.story
    return loaded.story.header, [f"{each.severity} {each.code} {each.message}" for each in loaded.diagnostics]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (f"ifid: {UUID}", UUID.upper()),
        ("cover: pictures/quay at night.JPG", "pictures/quay at night.JPG"),
        ("licence: CC BY-SA 4.0", "CC BY-SA 4.0"),
        ("language_of_text: zh-Hant-TW", "zh-Hant-TW"),
        ("colours: {paper: '#FFFFFF', ink: '#000000', accent: '#7a3b1e'}", ("#ffffff", "#000000", "#7a3b1e")),
    ],
)
def test_what_can_be_so_is_taken(line: str, value: object, tmp_path: Path) -> None:
    header, wrong = header_with(line, tmp_path)
    assert (getattr(header, line.partition(":")[0]), wrong) == (value, [])


@pytest.mark.parametrize(
    "line",
    [
        "ifid: 123", f"ifid: '{{{UUID}}}'", f"ifid: {UUID}0", "ifid: ''",
        "cover: ../quay.png", "cover: /quay.png", "cover: a/../../quay.png", "cover: quay.gif", "cover: 'C:\\quay.png'", "cover: 'https://x/y.png'",
        "language_of_text: German", "language_of_text: de_DE", "language_of_text: '\"><script>'",
        "colours: {paper: white, ink: '#000000', accent: '#7a3b1e'}", "colours: {paper: '#fff', ink: '#000000', accent: '#7a3b1e'}",
        "colours: {paper: '#ffffff', ink: '#000000'}", "colours: {paper: '#ffffff', ink: '#000000', accent: '#7a3b1e', line: '#ffffff'}",
        "colours: {paper: '#ffffff', ink: '#777777', accent: '#7a3b1e'}", "colours: {paper: '#ffffff', ink: '#000000', accent: '#ffee00'}",
        "colours: {paper: 'url(x)', ink: '#000000', accent: '#7a3b1e'}",
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_told_once_and_left_out(line: str, tmp_path: Path) -> None:
    header, wrong = header_with(line, tmp_path)
    assert [each.partition(" `")[0].split()[:2] for each in wrong] == [["warning", "SQ231"]]
    assert not getattr(header, line.partition(":")[0]) or "line:" in line


@pytest.mark.parametrize(
    "colours", [("#ffffff", "#000000", "#7a3b1e"), ("#101820", "#e8e2d0", "#f2aa4c"), ("#777777", "#000000", "#0a0a0a")]
)
def test_words_that_stand_back_can_be_read_in_a_storys_colours_too(colours: tuple[str, ...]) -> None:
    rule = dict(
        each.strip().split(": ")
        for each in style_of(colours).partition("{")[2].partition("}")[0].split(";")
        if each.strip()
    )
    for behind in ("--paper", "--wash", "--card"):
        least = min(4.5, contrast_of(rule["--ink"], rule[behind]))
        assert contrast_of(rule["--soft"], rule[behind]) >= least - 0.01
    assert rule["color-scheme"] == ("dark" if colours[0] == "#101820" else "light")
    assert style_of(()) == ""
