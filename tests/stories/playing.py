"""Plays a random story with random picks, and says what is wrong with the house where something is."""

import json
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from siberia_quest import Loaded, NotOnOffer, State, Story, Turn, advance, begin
from siberia_quest.engine.status import chart_of, panels_of, stats_of, status_of
from siberia_quest.engine.turns import reopen
from siberia_quest.loading.report import render_all
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.kinds import Value
from siberia_quest.model.page import Page
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.plain_view import page_lines
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.play.transcripts import transcript_of
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import to_plain, values_to_plain
from siberia_quest.storage.codec.values_from_plain import read_kept
from siberia_quest.tools.checking import find_problems
from stories.dice import Dice
from stories.promises import BrokenPromiseError, claim, holds_commands
from stories.tooling import look_everywhere, print_all, use_tools
from stories.twins import load, twin_of

MOST_TURNS = 12
_PAGES = Path(__file__).resolve().parents[2] / "docs" / "problems"
_ANSWERS = (
    "",
    "3",
    "Anna",
    "-1",
    "1e9",
    "nan",
    "inf",
    "1,5",
    "f99(reset)",
    "{x}",
    "\x1b[2J",
    "x" * 300,
    "٣",
    "true",
    "go_on",
    "\ud800",
    "1_0",
)


class Played(NamedTuple):
    """What came of a story: whether it loaded, how many turns were played, and the problems its pages told of."""

    loaded: bool
    turns: int = 0
    problems: tuple[str, ...] = ()


def play(files: Mapping[str, str], dice: Dice) -> Played:
    """Load a story and play a game of it. Raises BrokenPromiseError, or whatever the house raised, where it broke a promise."""
    loaded = load(files)
    return play_loaded(loaded, lambda: twin_of(files, loaded, dice), dice)


def play_loaded(loaded: Loaded, twin: Callable[[], Story | None], dice: Dice) -> Played:
    """Play a game of what was loaded; `twin` gives the story as it is read once more. Raises as `play` does."""
    for each in loaded.diagnostics:
        check_diagnostic(each, loaded)
    claim(render_all(loaded.diagnostics, loaded.lines, 60).isascii() is not None, "diagnostics can be told")
    is_wrong = any(each.severity == "error" for each in loaded.diagnostics)
    claim(is_wrong == (loaded.story is None), "a story loads unless something is wrong with it", loaded.diagnostics)
    if loaded.story is None:
        return Played(loaded=False)
    if dice.once_in(4):
        for each in find_problems(loaded):
            check_diagnostic(each, loaded)
        claim(print_all(loaded.story) >= len(loaded.story.passages), "all code of a story that loads can be printed")
    return Game(loaded.story, twin() or loaded.story, dice).play()


def check_diagnostic(each: Diagnostic, loaded: Loaded) -> None:
    """Hold a diagnostic to what each promises: a place that is there, a message, a page."""
    files = {**{name: [""] for name in loaded.pictures}, **loaded.lines}
    claim(each.span.file in files, "a diagnostic names a file of the story", each)
    claim(
        1 <= each.span.line <= len(files[each.span.file]) + 1 and each.span.column >= 1,
        "a diagnostic's place is there",
        each,
    )
    claim(each.message and (_PAGES / f"{each.code}.md").exists(), "a diagnostic has a message and a page", each)


class Game:
    """One game of a story; `twin` is the same story, read by itself, into which saves are restored."""

    def __init__(self, story: Story, twin: Story, dice: Dice) -> None:
        self.story = story
        self.twin = twin
        self.dice = dice
        self.problems: list[str] = []

    def play(self) -> Played:
        seed = self.dice.below(1000)
        settings = self.settings()
        game = Playthrough.start(self.story, seed, settings)
        turn = begin(self.story, seed, settings)
        same(turn, Turn(game.state, game.page), "the same beginning")
        turns = 0
        while self.goes_on(turn) and turns < MOST_TURNS:
            turn = self.turn(turn, game)
            turns += 1
        self.refuse(turn.state, "nonsense")
        match self.dice.below(8):
            case 0:
                use_tools(self.story, turn.state, self.dice)
            case 1:
                self.go_all_the_way_back(game)
            case 2 if not turn.page.problem:
                self.go_on_from_a_save(game)
            case 3:
                self.begin_with_what_was_kept(turn.state)
        return Played(loaded=True, turns=turns, problems=tuple(self.problems))

    def settings(self) -> dict[str, Value]:
        """Some of the settings as a player may choose them, or something that is none of the choices."""
        found: dict[str, Value] = {}
        for name, each in self.story.settings.items():
            if self.dice.once_in(2):
                found[name] = (
                    self.dice.one_of((7, 0.5))
                    if each.kind.base == "number"
                    else self.dice.one_of((each.start, "x", "\x1b[2J"))
                )
        return found

    def goes_on(self, turn: Turn) -> bool:
        """Look at a page and what stands beside it; tell whether there is something to pick."""
        look(turn.page)
        if self.dice.once_in(4):
            look_everywhere(self.story, turn.state, turn.page)
        told = [each for each in self.story.status if getattr(self.story.stats.get(each.name), "show", "") != "hidden"]
        claim(len(status_of(self.story, turn.state)) <= len(told), "the status can be told")
        claim(len(panels_of(self.story, turn.state)) <= len(self.story.panels), "panels can be shown")
        claim(len(stats_of(self.story, turn.state)) <= len(self.story.stats), "stats can be told")
        claim(len(chart_of(self.story, turn.state).series) <= len(self.story.stats), "a chart can be drawn")
        problem = turn.page.problem
        if problem:
            claim(
                problem.message and problem.span.file in self.story.files, "a problem on a page has its place", problem
            )
            self.problems.append(problem.code)
        elif turn.page.ending is None:
            claim(
                turn.page.ask or any(option.enabled for option in turn.page.options),
                "a game that has not ended can go on",
            )
        return not problem and turn.page.ending is None

    def turn(self, turn: Turn, game: Playthrough) -> Turn:
        """Play a turn in three ways that come out the same: straight, saved and restored, undone and picked again."""
        restored = self.restored(turn)
        pick = self.pick(turn)
        after = advance(self.story, turn.state, pick)
        same(after, advance(self.twin, restored, pick), "a restored game goes on the same")
        page = game.pick(pick)
        if not page.problem and not game.is_barred(game.turns - 1):
            claim(
                game.undo() is not None and plain(self.story, game.state) == plain(self.story, turn.state),
                "undo goes back a turn",
            )
            page = game.pick(pick)
        same(after, Turn(game.state, page), "undone and picked again comes out the same")
        return after

    def go_all_the_way_back(self, game: Playthrough) -> None:
        """Undo every turn, and do them again."""
        before, turns = plain(self.story, game.state), game.turns
        claim(len(game.history()) == turns and len(game.marks()) <= turns + 1, "the history has each turn")
        while game.undo() is not None:
            pass
        claim(game.turns == 0 or game.is_barred(game.turns - 1), "undo goes back as far as a story lets one")
        while game.redo() is not None:
            pass
        claim((game.turns, plain(self.story, game.state)) == (turns, before), "redo comes forward to the same")

    def go_on_from_a_save(self, game: Playthrough) -> None:
        """Take what a save keeps of a game for a new one: its turns are played again when they are asked for."""
        saved = game.make_save()
        again = Playthrough.restore(self.twin, saved._replace(state=self.restored(Turn(game.state, game.page))))
        claim((again.page, again.turns) == (game.page, game.turns), "a game that was saved stands where it stood")
        claim(transcript_of(again) == transcript_of(game), "both tell the same story so far")
        claim(again.history() == game.history() and again.marks() == game.marks(), "both have the same history")
        turn = self.dice.below(game.turns + 1)
        claim(
            (game.back_to(turn), plain(self.story, game.state)) == (again.back_to(turn), plain(self.twin, again.state)),
            "both go back alike",
        )

    def begin_with_what_was_kept(self, state: State) -> None:
        """Begin another game with what this one kept, and with what cannot have been kept."""
        slots = self.story.layout.slots
        kept = {name: state.values[slots[name]] for name, each in self.story.variables.items() if each.keep}
        turn = begin(self.story, 3, {}, kept)
        claim(
            turn.page.problem or turn.state.frames or turn.state.ending is not None, "a game with what was kept begins"
        )
        if not turn.page.problem and kept and not turn.state.turn:
            same(
                turn,
                begin(self.twin, 3, {}, read_kept(self.twin, values_to_plain(self.story, kept))),
                "what was kept is kept on a disk",
            )
        values: tuple[Value, ...] = (0, 1e300, True, "x", "\x1b[2J", (), ("x", "y"), -1)
        strange = self.dice.one_of(values)
        look(begin(self.story, 3, {}, dict.fromkeys(kept, strange)).page)

    def restored(self, turn: Turn) -> State:
        """What a save of this turn is restored to."""
        saved = plain(self.story, turn.state)
        found = from_plain(self.twin, json.loads(saved))
        claim(
            found.state is not None and (found.notes, found.gone, found.aside) == ((), (), {}),
            "a save is restored whole",
            found,
            saved,
        )
        assert found.state is not None
        claim(
            plain(self.twin, found.state) == saved,
            "what was saved is what is restored",
            saved,
            plain(self.twin, found.state),
        )
        again = reopen(self.twin, found.state).page
        shown = (turn.page.options, turn.page.ask, turn.page.ending)
        claim((again.options, again.ask, again.ending) == shown, "a restored page offers the same", again, turn.page)
        return found.state

    def pick(self, turn: Turn) -> str:
        """An option that is open, or an answer that is taken; whatever is refused on the way changes nothing."""
        for option in turn.page.options:
            if not option.enabled:
                self.refuse(turn.state, option.id)
        open_ = [option.id for option in turn.page.options if option.enabled]
        if not open_:
            return self.answer(turn)
        self.refuse(turn.state, self.dice.one_of(("", "nonsense", "-up", "f99(reset)", "\ud800")))
        return self.dice.one_of(open_)

    def answer(self, turn: Turn) -> str:
        for tried in (
            self.dice.one_of(_ANSWERS),
            "Bo",
            "1",
            "0",
            "5",
            str(turn.page.ask.low) if turn.page.ask else "",
            "100",
        ):
            try:
                advance(self.story, turn.state, tried)
            except NotOnOffer:
                continue
            return tried
        claim(
            turn.page.ask and (turn.page.ask.longest < 1 or turn.page.ask.number),
            "a question can be answered",
            turn.page,
        )
        raise StuckError

    def refuse(self, state: State, pick: str) -> None:
        try:
            advance(self.story, state, pick)
        except NotOnOffer as refused:
            claim(refused.reason, "a refusal says why")
        else:
            claim(state.offer == (), "what is not on offer is refused", pick)


class StuckError(Exception):
    """A question that nothing answers."""


def plain(story: Story, state: State) -> str:
    """What a save holds of a state, as text."""
    return json.dumps(to_plain(story, state))


def same(one: Turn, other: Turn, promise: str) -> None:
    claim(one.state[:4] == other.state[:4] and one.state[5:-1] == other.state[5:-1], promise, one.state, other.state)
    claim([*one.state.counts.items()] == [*other.state.counts.items()], promise, one.state.counts, other.state.counts)
    claim(one.page == other.page and look(one.page) == look(other.page), promise, one.page, other.page)


def look(page: Page) -> str:
    """A page in plain text, which holds no command to a terminal."""
    text = "\n".join(page_lines(SPOKEN, page))
    claim(not holds_commands(text), "a page holds no command to a terminal", text)
    return text


def place_of(error: BaseException) -> str:
    """What went wrong and where, alike for all failures of a kind: what a smaller story must still show."""
    if isinstance(error, BrokenPromiseError):
        return f"Broken: {str(error).split(': ')[0]}"
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "siberia_quest" in each.filename]
    last = frames[-1] if frames else None
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}" if last else type(error).__name__
