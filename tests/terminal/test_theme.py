"""Each theme can be read, on whatever terminal it is shown."""

import io
import os
import re
from pathlib import Path

import pytest
from prompt_toolkit.styles import Style
from rich.color import Color, ColorSystem
from rich.console import Console

from play.pages import EVERYTHING
from siberia_quest.model.themes import THEME_NAMES, ThemeName
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.terminal.background import LATE, ask_background, hear, read_background
from siberia_quest.terminal.look import Look
from siberia_quest.terminal.prompt import spell_style
from siberia_quest.terminal.rich_view import RichView
from siberia_quest.terminal.theme import Ability, Background, Colours, Theme, fit_theme
from terminal.palettes import DARK, LIGHT, Palette, colour_in, contrast

ENOUGH, PLENTY = 4.5, 7.0
SCREENS = Path(__file__).parent / "themes"
COLOURS: tuple[Colours, ...] = ("none", "sixteen", "many")
EACH_THEME = pytest.mark.parametrize("name", THEME_NAMES)


def colours_of(style: str) -> list[str]:
    """The colours of a style; one that is bold may come out bright."""
    words = [word for word in style.split() if word not in {"bold", "italic", "underline"}]
    bright = [f"bright_{word}" for word in words if "bold" in style and word.isalpha()]
    return words + bright


def unclear(theme: Theme, palette: Palette, least: float) -> list[str]:
    """The styles of a theme that are not clear on a terminal, with how clear they are."""
    paper = colour_in(palette, theme.paper) if theme.paper else palette.paper
    pairs = {name: colours_of(style) for name, style in theme._asdict().items() if name != "paper"}
    found = [(name, colour, contrast(colour_in(palette, colour), paper)) for name, of in pairs.items() for colour in of]
    return [f"{palette.name}: {name} {colour} {clear:.1f}" for name, colour, clear in found if clear < least]


@EACH_THEME
@pytest.mark.parametrize("colours", COLOURS)
def test_every_colour_is_clear_on_its_ground_in_all_usual_palettes(name: ThemeName, colours: Colours) -> None:
    least = PLENTY if name == "contrast" else ENOUGH
    grounds: dict[Background, tuple[Palette, ...]] = {"dark": DARK, "light": LIGHT, "": DARK + LIGHT}
    for background, palettes in grounds.items():
        theme = fit_theme(name, Ability(colours, background))
        assert [line for palette in palettes for line in unclear(theme, palette, least)] == []


@pytest.mark.parametrize("style", ["yellow", "cyan", "bold cyan", "#afafaf"])
def test_a_style_that_is_pale_on_white_is_found_out(style: str) -> None:
    assert unclear(Theme(note=style), LIGHT[0], ENOUGH)


def test_a_bold_colour_that_a_terminal_makes_bright_is_found_out() -> None:
    assert unclear(Theme(note="green"), DARK[3], ENOUGH) == []
    assert unclear(Theme(note="bold green"), DARK[3], ENOUGH)


def test_the_contrasts_are_those_of_the_guidelines() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("ff0000", "ff0000") == 1


@EACH_THEME
def test_a_theme_that_brings_its_ground_brings_its_ink(name: ThemeName) -> None:
    for colours in COLOURS:
        theme = fit_theme(name, Ability(colours))
        assert bool(theme.paper) == bool(theme.ink)


def round_colour(found: re.Match[str]) -> str:
    """The nearest of 256 colours."""
    return Color.parse(found[0]).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


@EACH_THEME
def test_every_colour_is_as_clear_where_there_are_but_256(name: ThemeName) -> None:
    rounded = Theme(*(re.sub("#[0-9a-f]{6}", round_colour, style) for style in fit_theme(name, Ability("many"))))
    assert unclear(rounded, DARK[0], PLENTY if name == "contrast" else ENOUGH) == []


@EACH_THEME
def test_nothing_is_dim_and_nothing_slants_where_that_is_shown_in_reverse(name: ThemeName) -> None:
    for colours in COLOURS:
        for italics in (True, False):
            styles = {word for style in fit_theme(name, Ability(colours, "dark", italics)) for word in style.split()}
            assert "dim" not in styles
            assert ("italic" in styles) == italics


@EACH_THEME
def test_without_colours_there_are_none(name: ThemeName) -> None:
    assert all(not colours_of(style) for style in fit_theme(name, Ability("none", "dark")))


def test_no_colour_is_asked_for_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    look = Look(background="dark")
    look.meet(Console(file=io.StringIO(), force_terminal=True, color_system="truecolor"))
    assert look.theme("vhs") == Theme()
    assert not look.is_curious


@EACH_THEME
def test_the_prompt_spells_every_style(name: ThemeName) -> None:
    for ability in (Ability("sixteen", "dark"), Ability("sixteen", "light"), Ability("many")):
        theme = fit_theme(name, ability)
        Style.from_dict(
            {"x": spell_style(theme.ground), **{f"x{at}": spell_style(each) for at, each in enumerate(theme)}}
        )
    assert spell_style("bold bright_white on black") == "bold ansiwhite bg:ansiblack"
    assert spell_style("white") == "ansigray"


@EACH_THEME
def test_a_screen_looks_like_this(name: ThemeName, request: pytest.FixtureRequest) -> None:
    theme = fit_theme(name, Ability("many", "dark"))
    lines = RichView(SPOKEN, 40, theme=theme).page(EVERYTHING, "Cabin · The woodpile")
    drawn = "\n".join([f"ground: {theme.ground}", *(line.markup for line in lines), ""])
    kept = SCREENS / f"{name}.txt"
    if request.config.getoption("--bless"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(drawn, "utf-8")
    assert drawn == kept.read_text("utf-8")


# --- the background ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "background"),
    [
        ({"COLORFGBG": "15;0"}, "dark"), ({"COLORFGBG": "0;15"}, "light"), ({"COLORFGBG": "0;default;7"}, "light"),
        ({"COLORFGBG": "7;8"}, "dark"), ({"COLORFGBG": "15;default"}, ""), ({"COLORFGBG": "15;²"}, ""),
        ({"COLORFGBG": "0;99999999"}, ""), ({}, ""), ({"TERM": "linux"}, "dark"),
    ],
)  # fmt: skip
def test_the_environment_may_know_the_background(environ: dict[str, str], background: str) -> None:
    assert read_background(environ) == background


@pytest.mark.parametrize(
    ("answer", "background", "typed"),
    [
        (b"\x1b]11;rgb:0000/2b2b/3636\x1b\\\x1b[?62;22c", "dark", b""),
        (b"\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?1;2c", "light", b""),
        (b"\x1b]11;rgba:ff/f0/f0/ff\x07\x1b[?c", "light", b""),
        (b"ab\x1b]11;rgb:00/00/00\x07c\n\x1b[?1;2cd", "dark", b"abc\nd"),
        (b"\x1b[A3\n\x1b[?1;2c", "", b"\x1b[A3\n"),
        (b"\x1b]11;what\x07", "", b""),
        (b"", "", b""),
    ],
)
def test_an_answer_is_told_from_what_was_typed(answer: bytes, background: str, typed: bytes) -> None:
    assert hear(answer) == (background, typed)


class Answering(io.StringIO):
    """A terminal's output: what is asked is answered behind some keys that were pressed."""

    def __init__(self, master: int) -> None:
        """Keep the other end."""
        super().__init__()
        self.master = master

    def flush(self) -> None:
        """Answer."""
        os.write(self.master, b"\x1b]11;rgb:ff/ff/ff\x1b\\2\r\x1b[?1;2c\n")


def test_a_terminal_that_answers_is_asked_once_and_typed_keys_are_kept() -> None:
    master, slave = os.openpty()
    try:
        asked = Answering(master)
        assert ask_background(slave, asked, 5) == ("light", b"2\n\n")
        assert asked.getvalue() == "\x1b]11;?\x07\x1b[c"
    finally:
        os.close(master)
        os.close(slave)


def test_a_terminal_at_which_somebody_types_is_left_alone() -> None:
    out, into = os.pipe()
    try:
        os.write(into, b"3\n")
        asked = io.StringIO()
        assert ask_background(out, asked) == ("", b"")
        assert not asked.getvalue()
        assert os.read(out, 9) == b"3\n"
    finally:
        os.close(out)
        os.close(into)


def test_a_terminal_that_says_nothing_is_not_waited_for() -> None:
    out, into = os.pipe()
    try:
        assert ask_background(out, io.StringIO(), 0) == ("", b"")
    finally:
        os.close(out)
        os.close(into)


def test_an_answer_that_comes_late_is_no_key() -> None:
    assert LATE.sub("", "2\x1b]11;rgb:ff/ff/ff\x1b\\\x1b[?62;4c\r") == "2\r"
    assert LATE.sub("", "\x1b[A\x1b[200~x\x1b") == "\x1b[A\x1b[200~x\x1b"
