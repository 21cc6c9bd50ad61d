"""Transcripts: in three forms, in a file that was asked for, and one kept by itself for each game."""

import os
import re
from pathlib import Path

import pytest

from play.pages import EVERYTHING
from play.sittings import Sitting, story_of
from siberia_quest.model.page import Art, Paragraph, Run, StatChange
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.play.transcripts import FORMS, Passed, TranscriptForm, form_of, transcript_of
from siberia_quest.storage import told_games
from siberia_quest.storage.slots import Saves

PICKS = ("1", "", "Bob", "* the stove is <cold>", "go inside", "quit")


def kept(folder: Path) -> list[str]:
    """Return the transcripts that were kept by themselves."""
    return [path.read_text("utf-8") for path in sorted((folder / "transcripts" / "yard").glob("*.txt"))]


def written(tmp_path: Path, form: TranscriptForm) -> str:
    sitting = Sitting(tmp_path)
    sitting.play(*PICKS)
    return transcript_of(sitting.game.play, form)


def test_markdown_has_titles_picks_emphasis_and_notes(tmp_path: Path) -> None:
    text = written(tmp_path, "markdown")
    for line in (
        "# The yard", "## The log", "**> Split a log**", "> Somebody has to.", "> \\* the stove is \\<cold\\>",
        "\\[pull\\] is no markup, and \\[/b\\] neither.", "*Temper rises to 60. Strength rises to 23, now wiry.*",
    ):  # fmt: skip
        assert f"\n\n{line}\n" in f"\n\n{text}\n", line
    assert "*deep* and **quiet**" in text


def test_html_is_a_whole_page_in_which_nothing_is_a_tag_of_the_players(tmp_path: Path) -> None:
    text = written(tmp_path, "html")
    assert text.startswith('<!doctype html>\n<html lang="en">')
    for line in (
        "<h1>The yard</h1>", "<h2>The log</h2>", '<p class="pick">Split a log</p>', "<blockquote>Somebody has to.</blockquote>",
        '<p class="note">the stove is &lt;cold&gt;</p>',
    ):  # fmt: skip
        assert f"\n{line}\n" in text, line
    assert "<em>deep</em> and <strong>quiet</strong>" in text
    assert "<cold>" not in text
    tags = re.findall(r"</?(\w+)", text.split("<body>")[1])
    assert {tag: tags.count(tag) % 2 for tag in {*tags} - {"br", "hr", "body", "html"}} == dict.fromkeys(
        {*tags} - {"br", "hr", "body", "html"}, 0
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_block_has_its_place_in_every_form(form: TranscriptForm) -> None:
    blocks = (
        *EVERYTHING.blocks,
        Paragraph((Run("see ", "em"), Run("1. *this*\n- and"))),
        Paragraph((), "break"),
        Art("<_>", "a <hut>"),
    )
    text = FORMS[form](Playthrough.start(story_of()), [Passed("Go", blocks, ("cold",), is_cut=True)])
    for words in (
        "The woodpile",
        "Treeline",
        "Breath",
        "Power",
        "Slept",
        "A reel",
        "Knockout",
        "cold",
        "hut",
        "edited",
    ):
        assert words in text, words
    assert not re.search("[\ue000-\uf8ff\x1b]", text)


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.md", "markdown"),
        ("a.txt", "text"),
        ("a", "text"),
        ("a.b.markdown", "markdown"),
        ("html", "text"),
    ],
)
def test_a_file_s_ending_says_the_form(file: str, form: str) -> None:
    assert form_of(file) == form


@pytest.mark.parametrize(("typed", "ending"), [("", ".txt"), ("html", ".html"), ("markdown", ".md"), ("md", ".md")])
def test_a_form_alone_makes_a_file_of_its_own_beside_the_saves(typed: str, ending: str, tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    told = sitting.play("1", f"/transcript {typed}", f"/transcript {typed}")
    paths = [Path(words.removeprefix("Written to ").rstrip(".")) for words in told if words.startswith("Written to ")]
    assert [path.suffix for path in paths] == [ending, ending]
    assert len(set(paths)) == 2


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine")
    told = Sitting(tmp_path).play(f"/transcript {tmp_path / 'mine.html'}")
    assert "there already" in told[0]
    assert (tmp_path / "mine.html").read_text() == "mine"


def test_each_game_has_a_transcript_that_is_kept_by_itself(tmp_path: Path) -> None:
    Sitting(tmp_path).play(*PICKS)
    Sitting(tmp_path).play("2")
    first, second = sorted(kept(tmp_path), key=lambda text: "> Split hairs" in text)
    assert "> Split a log\n\nThe log\n" in first
    assert (
        first.index("Somebody has to.")
        < first.index("> Split a log")
        < first.index("* the stove is <cold>")
        < first.index("> Go inside")
    )
    assert "> Split a log" not in second
    assert "> Split hairs" in second


def test_what_was_taken_back_stays_in_it(tmp_path: Path) -> None:
    Sitting(tmp_path).play("1", "undo", "2", "undo", "redo", "back 0")
    (text,) = kept(tmp_path)
    moves = [line for line in text.splitlines() if line.startswith((">", "("))]
    assert moves == [
        "> Split a log", "(Back at turn 0.)", "> Split hairs", "(Back at turn 0.)", "(Back at turn 1.)", "(Back at turn 0.)",
    ]  # fmt: skip


def test_a_game_that_is_gone_on_with_goes_on_in_its_own(tmp_path: Path) -> None:
    Sitting(tmp_path).play("1")
    saved = Sitting.opened(tmp_path)
    assert saved
    sitting = Sitting(tmp_path)
    sitting.game.play = Playthrough.restore(story_of(), saved)
    sitting.play("")
    (text,) = kept(tmp_path)
    assert text.index("> Split a log") < text.index("> Go on")


def test_a_game_of_which_nothing_was_picked_has_none(tmp_path: Path) -> None:
    Sitting(tmp_path).play("look", "stats")
    assert kept(tmp_path) == []


def test_the_oldest_goes_beyond_the_number_that_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_games, "MOST_TOLD", 3)
    folder = tmp_path / "transcripts" / "yard"
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"2020-01-0{number + 1}-000000-0000000{number}.txt").write_text(f"old {number}")
    Sitting(tmp_path).play("1")
    assert [text for text in kept(tmp_path) if text.startswith("old")] == ["old 1", "old 2"]
    assert len(kept(tmp_path)) == 3


def test_a_transcript_that_is_full_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_games, "MOST_OF_A_TRANSCRIPT", 10)
    Sitting(tmp_path).play("1", "")
    (text,) = kept(tmp_path)
    assert "> Split a log" in text
    assert "> Go on" not in text


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are followed here")
def test_what_the_disk_refuses_is_told_once_and_costs_no_turn(tmp_path: Path) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "yard").write_text("in the way")
    sitting = Sitting(tmp_path)
    told = "\n".join(sitting.play("1", "", "Bob"))
    assert told.count("The transcript that is kept by itself was not written") == 1
    assert len(sitting.game.play.picks) == 3
    assert (tmp_path / "transcripts" / "yard").read_text() == "in the way"


def test_a_line_of_changes_is_one_line_in_every_form() -> None:
    changes = (StatChange("a", "Axe", 1, 2), StatChange("b", "Bow", 1, 2))
    play = Playthrough.start(story_of())
    for form in FORMS.values():
        assert "Axe rises to 2 and Bow to 2." in form(play, [Passed("", changes)])


def test_saves_are_listed_as_before(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    sitting.play("1", "save mine")
    assert sorted(each.name for each in Saves(story_of(), tmp_path).list()) == ["autosave", "mine"]
