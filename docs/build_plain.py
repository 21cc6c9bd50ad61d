"""Builds docs/plain.md: a whole game in plain text, and what its words are for.

`make docs` runs it; a test builds the page again and compares.
"""  # noqa: INP001  # a program beside the pages, no package

from collections import Counter
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from siberia_quest import load_story
from siberia_quest.model.page import Option, Page
from siberia_quest.model.story import Story
from siberia_quest.play.console import ConsoleItem, InputRequest, Preferences
from siberia_quest.play.game import Games
from siberia_quest.play.loop import Loop
from siberia_quest.play.opening import announce, choose_settings
from siberia_quest.play.speech import changes_in_words
from siberia_quest.play.told_lists import ToldLists
from siberia_quest.terminal.plain import PlainConsole

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "plain.md"
STORY = ROOT / "story" / "siberia_quest"
#: What words are for, and what that is.
PURPOSES = {
    "prose": "what is told, with titles, checks and the journal",
    "choices": "lists of choices, also those that were asked for with `choices`",
    "prompts": "“Choose 1 to 14:”",
    "changes": "what a turn changed in the stats",
    "status": "the status, and what is new in a panel",
    "commands": "what `stats` and `changes` say, and the program itself",
}
#: The ways of listening that are compared, and how the front end is set for each.
WAYS = {
    "as it is": Preferences(),
    "`changes off`": Preferences(changes=False),
    "`brief off`": Preferences(brief=False),
}
#: What a listener asks for now and then, in turn, at every tenth prompt.
_ASKED = ("choices", "stats", "choices", "changes")
_EVERY = 10
_SEED = 7
_NOTE = "<!-- Made by docs/build_plain.py. Change that. -->\n\n"


class Listener:
    """Types what somebody might who listens: the number of a choice that is open, and a command now and then. Seeded."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.question = InputRequest("")
        self._random = Random(_SEED)  # noqa: S311  # a listener's dice are no secret
        self._typed = 0

    def readline(self, _: int = -1, /) -> str:
        """Return what is typed to the question; at the end the game is left."""
        options = self.question.options
        if any(each.id == "quit" for each in options):
            return "quit\n"
        self._typed += bool(self.question.status)
        if self.question.status and self._typed % _EVERY == 0:
            return f"{_ASKED[self._typed // _EVERY % len(_ASKED)]}\n"
        open_now = [str(number) for number, each in enumerate(options, 1) if each.enabled]
        return f"{self._random.choice(open_now)}\n" if open_now else "\n"

    def isatty(self) -> bool:
        """Tell that this is no terminal."""
        return False

    def fileno(self) -> int:
        """Return no file descriptor. Always raises OSError."""
        raise OSError


class CountingLists(ToldLists):
    """Lists of choices, of which the words are counted."""

    words = 0

    def tell(self, options: Sequence[Option], *, brief: bool) -> list[str]:
        """Return a list of choices as lines."""
        lines = super().tell(options, brief=brief)
        self.words = len(" ".join(lines).split())
        return lines


class CountingConsole(PlainConsole):
    """The plain front end, which also counts what its words are for."""

    def __init__(self, story: Story, listener: Listener, preferences: Preferences) -> None:
        """Begin without a word."""
        self.text = StringIO()
        self.words = Counter[str]()
        self._listener = listener
        self._story = story
        super().__init__(story.language, listener, self.text, preferences)
        self._choices = self._lists = CountingLists(story.language)
        self._in_panels = 0

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        """Show a page: what is neither choices nor changes nor a panel is prose."""
        before = self._count()
        super().show(page, place, again=again)
        told = self._count() - before
        changes = len(changes_in_words(self._story.language, page.changes).split()) if self.preferences.changes else 0
        for purpose, words in (("changes", changes), ("choices", self._choices.words), ("status", self._in_panels)):
            self.words[purpose] += words
            told -= words
        self.words["prose"] += told

    def _new_panels(self, page: Page, *, again: bool) -> list[str]:
        lines = super()._new_panels(page, again=again)
        self._in_panels = len(" ".join(lines).split())
        return lines

    def tell(self, *items: ConsoleItem) -> None:
        """Tell what a command says."""
        before = self._count()
        super().tell(*items)
        self.words["commands"] += self._count() - before

    def ask(self, question: InputRequest) -> str:
        """Ask, after what is new of the status."""
        before = self._count()
        self._listener.question = question
        typed = super().ask(question)
        prompt = len(question.words.split())
        self.words["prompts"] += prompt
        self.words["status"] += self._count() - before - prompt
        return typed

    def _count(self) -> int:
        return len(self.text.getvalue().split())


def play(preferences: Preferences) -> CountingConsole:
    """Play the game to its end."""
    story = load_story(STORY).story
    assert story is not None
    console = CountingConsole(story, Listener(), preferences)
    with TemporaryDirectory() as folder:
        announce(console, story)
        game = Games(story, Path(folder)).begin(choose_settings(console, story, {}), seed=_SEED)
        Loop(console, game, {}).run()
    return console


def build() -> str:
    """Return the page."""
    games = {way: play(preferences).words for way, preferences in WAYS.items()}
    rows = [
        f"| {purpose} | {what} | " + " | ".join(f"{_percent(words, purpose)} %" for words in games.values()) + " |"
        for purpose, what in PURPOSES.items()
    ]
    whole = " | ".join(f"{round(words.total(), -2):,}" for words in games.values())
    head = " | ".join(games)
    table = [f"| | | {head} |", f"|---|---|{'---:|' * len(games)}", *rows, f"| words in all, about | | {whole} |"]
    return _NOTE + _TEXT.replace("{{table}}", "\n".join(table))


def share_of_lists(words: Counter[str]) -> float:
    """Return how many words in a hundred are lists of choices and prompts."""
    return 100 * (words["choices"] + words["prompts"]) / words.total()


def _percent(words: Counter[str], purpose: str) -> int:
    return round(100 * words[purpose] / words.total())


_TEXT = """# Plain text, read aloud

`--plain` is for who listens: screen readers, pipes, logs. It is words and line ends alone, one paragraph a line, and nothing is
drawn, cut or moved.

* A list of choices that was told before is summed up: “The same fourteen choices.” Of a long one only what is new, or told
  otherwise, is told, and what is gone. A hint is told once. `choices` tells all of it again; `settings brief off` tells all of it
  each time.
* In a long list each choice has a letter behind its number, “3 s. The sled”, and keeps it from page to page; where the numbers of a
  list that is summed up moved, that is said.
* What a turn changed is one line: “Power rises to 29 and Folk to 7. Warmth falls to 67, now fair.” `changes` tells by how much, and
  from what; `settings changes off` leaves it at that.
* Of a panel and the status only what is new is told, and nothing twice.
* An output that lacks a sign gets one that it has: `'` for a curly quote, `-` for a dash, `...` for three dots, the bare letter for
  one with an accent, `?` for what has no likeness. So it is with `LANG=C`, with `PYTHONIOENCODING=latin-1` and the like, and with
  any other encoding.
* `--prompt '>'` writes that prompt alone, on a line without an end, wherever something is asked: programs that test interactive
  fiction wait for one.

## What the words of a game are for

One whole game of Siberia Quest, played by the numbers of choices by chance, with a command at every tenth prompt (`choices` twice
as often as others). A test plays it again: lists and prompts are at most a quarter of what is heard.

{{table}}
"""

if __name__ == "__main__":
    PAGE.write_text(build(), "utf-8")
