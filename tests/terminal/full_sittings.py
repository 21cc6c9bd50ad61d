"""A full screen whose keys a test presses, and what can be looked up on it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from prompt_toolkit.input import PipeInput
from prompt_toolkit.output import DummyOutput

from play.pages import BOARD, LUCK, MOOD, POWER, TEMPER
from siberia_quest.model.page import JournalLine, JournalPanel, Option, Page, Panel, StatChange
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.console import (
    ConsoleItem,
    InputRequest,
    LookUps,
    Preferences,
    Row,
    Rows,
    SavedRow,
    Signalled,
)
from siberia_quest.terminal.full.full_screen import FullScreen
from siberia_quest.terminal.full.session_log import Leaf, SessionLog
from siberia_quest.terminal.full.stage import Stage
from siberia_quest.terminal.signs import UNICODE
from siberia_quest.terminal.theme import DEFAULT

PROSE = " ".join(
    f"Sentence {number} of the long evening says that it is still snowing." for number in range(1, 31)
).replace(". Sentence 1", ".\n\nSentence 1")
NAMES = (
    "The crosscut saw", "The axe and the block", "The sled", "The run past the barns", "The log hoist", "The river",
    "The sack and the belly", "The lantern", "The frozen film reel", "Somebody else’s work", "The quiet miles", "The draft in the wall",
    "The stove and the blanket", "Push harder today", "The wagon press", "The long way round",
)  # fmt: skip
MANY = tuple(Option(f"c{number}", name) for number, name in enumerate(NAMES))
MANY = (*MANY[:2], MANY[2]._replace(odds=2, hint="wind, some power"), *MANY[3:])
FEW = (
    Option("cover", "Cover up", hint="costs little breath"),
    Option("slip", "Slip and answer", odds=62),
    Option("swarm", "Swarm him", enabled=False, reason="Your legs are gone."),
)


class Known(LookUps):
    """What is looked up is always the same; what is done to saves is noted down."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.kept = [
            SavedRow("autosave", "", "The cabin · Day 3", 41, "2026-11-24 02:26", "Snow fills the cut."),
            SavedRow(
                "before-the-river", "Before the river", "The river", 12, "2026-11-23 21:00", "The ice says nothing."
            ),
            SavedRow("old", "", "", 0, "2026-11-01 10:00", "It is damaged.", is_damaged=True),
        ]

    def stats(self) -> tuple[ConsoleItem, ...]:
        return (Panel("", (POWER, TEMPER, LUCK, MOOD)), StatChange("power", "Power", 22, 25.4, "feeble", "wiry"))

    def journal(self) -> tuple[ConsoleItem, ...]:
        return (JournalPanel(tuple(JournalLine(f"Day {day}: sawed.", day * 4, ()) for day in range(1, 40))),)

    def way(self) -> tuple[ConsoleItem, ...]:
        return (Rows("", (Row("Day 1", "The sled · The river"), Row("Day 2", "The lantern · you are here"))),)

    def saves(self) -> Sequence[SavedRow]:
        return [*self.kept]

    def delete_save(self, name: str) -> str:
        self.done.append(f"delete {name}")
        self.kept = [each for each in self.kept if each.name != name]
        return ""

    def rename_save(self, name: str, new: str) -> str:
        self.done.append(f"rename {name} {new}")
        return "It is taken." if new == "taken" else ""


class FullConsole:
    """Plays on the full screen alone, with keys from a pipe."""

    def __init__(self, keys: PipeInput | None = None) -> None:
        self.preferences = Preferences(full=True)
        self.log = SessionLog(SPOKEN, UNICODE, DEFAULT)
        self.stage = Stage(SPOKEN, self.log, UNICODE, DEFAULT)
        self.screen = FullScreen(SPOKEN, self.stage, keys, DummyOutput(), lambda: 0.0) if keys else None

    def show(self, page: Page, place: str, *, again: bool = False) -> None:
        self.log.add(Leaf(page, place, again=again))
        self.stage.show(page, place)

    def tell(self, *items: ConsoleItem) -> None:
        self.log.add(Leaf(items=items))

    def ask(self, question: InputRequest) -> str:
        assert self.screen
        return self.screen.ask(question)

    def held(self) -> AbstractContextManager[None]:
        return nullcontext()

    def hand_over(self, _: Signalled) -> bool:
        return False

    def rows(self, columns: int = 80, rows: int = 24, typed: str = "") -> list[str]:
        """What stands on the screen."""
        return [line.plain.rstrip() for line in self.stage.draw(columns, rows, typed, len(typed)).rows]


def at_page(
    options: Sequence[Option] = FEW, prose: str = "A short evening.", *, has_panel: bool = False, keys: PipeInput | None = None
) -> tuple[FullConsole, InputRequest]:  # fmt: skip
    """A page on the screen, and the question below it."""
    console = FullConsole(keys)
    console.show(Page((prose,), options=tuple(options), panels=(BOARD,) if has_panel else ()), "The cabin · Evening")
    words = f"Choose 1 to {len(options)}:" if options else "What is your name? [Rocky]"
    question = InputRequest(words, tuple(options), others=("help", "stats", "quit"), look_ups=Known())
    console.stage.lay_out(80, 24)
    console.stage.begin(question)
    return console, question
