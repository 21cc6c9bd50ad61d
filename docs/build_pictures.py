"""Makes docs/pictures/first_screen.svg, a real page of the game through the real inline view: python docs/build_pictures.py."""

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from siberia_quest import begin, load_story
from siberia_quest.engine.game import advance
from siberia_quest.engine.status import place_of, status_of
from siberia_quest.terminal.rich_view import RichView

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "first_screen.svg"
WIDTH = 80
PICKS = ("walk_once_around_the_cabin", "light_stove")
#: A dark room with a stove in it.
NIGHT = TerminalTheme(
    (24, 26, 31),
    (222, 219, 210),
    [
        (40, 44, 52),
        (224, 108, 117),
        (152, 195, 121),
        (229, 192, 123),
        (97, 175, 239),
        (198, 120, 221),
        (86, 182, 194),
        (190, 190, 190),
    ],
    [
        (92, 99, 112),
        (224, 108, 117),
        (152, 195, 121),
        (229, 192, 123),
        (97, 175, 239),
        (198, 120, 221),
        (86, 182, 194),
        (255, 255, 255),
    ],
)
_REMOTE_FONT = re.compile(r"@font-face\s*\{\{.*?\}\}\s*", re.DOTALL)


def lines() -> list[Text]:
    """Return what the screen shows after a few picks."""
    story = load_story(ROOT / "story" / "siberia_quest").story
    if story is None:
        message = "the story does not load"
        raise SystemExit(message)
    turn = begin(story, seed=7)
    view = RichView(WIDTH)
    shown = view.page(turn.page, place_of(story, turn.state))
    for pick in PICKS[:1]:
        turn = advance(story, turn.state, pick)
        shown += [Text(), Text("› Walk once around the cabin", view.theme.echo), Text()]
        shown += view.page(turn.page, place_of(story, turn.state))
    status = " · ".join(f"{entry.label} {entry.text}" for entry in status_of(story, turn.state))
    return [*shown, Text(), Text(status, view.theme.faint), Text("› 1", view.theme.echo)]


def picture() -> str:
    """Return the picture as SVG that asks nothing of any network."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    for line in lines():
        console.print(line)
    template = _REMOTE_FONT.sub("", CONSOLE_SVG_FORMAT).replace("Fira Code", "DejaVu Sans Mono")
    return console.export_svg(title="siberia-quest", theme=NIGHT, code_format=template, unique_id="first-screen")


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), "utf-8")
