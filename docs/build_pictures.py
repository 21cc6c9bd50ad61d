"""Draw the picture of the README: the first screens of the real game, through the real view of the terminal.

python docs/build_pictures.py
"""

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from siberia_quest import Page, State, Story, advance, begin, load_story
from siberia_quest.engine.status import place_of, status_of
from siberia_quest.loading.sentences import ENGLISH, read_language
from siberia_quest.terminal.drawing import fit_status
from siberia_quest.terminal.rich_view import RichView, make_styled
from siberia_quest.terminal.signs import UNICODE
from siberia_quest.terminal.theme import DEFAULT

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "first_screen.svg"
WIDTH = 76
SEED = 4
#: What is chosen on the way; the last page waits at its prompt.
PICKS = 1
#: What rich puts in for letters from the network, and the address of its makers.
_ELSEWHERE = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)
_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def screens(story: Story) -> list[Text]:
    """The first pages of a game, each with what was chosen on it, as lines of a terminal."""
    view = RichView(read_language(ENGLISH, {}), WIDTH)
    turn = begin(story, SEED)
    lines = view.page(turn.page, place_of(story, turn.state))
    for _ in range(PICKS):
        pick = next(option for option in turn.page.options if option.enabled)
        lines += [
            Text(),
            make_styled(f"{UNICODE.prompt} ", DEFAULT.faint) + make_styled(pick.text, DEFAULT.echo),
            Text(),
        ]
        turn = advance(story, turn.state, pick.id)
        lines += view.page(turn.page, place_of(story, turn.state))
    return [*lines, Text(), *prompt(story, turn.state, turn.page)]


def prompt(story: Story, state: State, page: Page) -> list[Text]:
    """The prompt as it waits: the status, then what can be chosen."""
    status = Text(fit_status(status_of(story, state), WIDTH, UNICODE), DEFAULT.place)
    words = Text(f"Choose 1 to {len(page.options)}", DEFAULT.faint)
    return [status, make_styled(f"{UNICODE.prompt} ", DEFAULT.echo) + words]


def svg(lines: list[Text]) -> str:
    """Lines of a terminal as a picture that asks no network for its letters."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in lines:
        console.print(line, soft_wrap=True, markup=False, highlight=False)
    drawn = _ELSEWHERE.sub("", console.export_svg(title="siberia-quest"))
    return re.sub(r"font-family: [^;]+;", f"font-family: {_FONTS};", drawn)


def main() -> None:
    """Write the picture."""
    loaded = load_story(ROOT / "story" / "siberia_quest")
    if loaded.story is None:
        raise SystemExit("the story has errors: run siberia-quest check")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg(screens(loaded.story)), encoding="utf-8")


if __name__ == "__main__":
    main()
