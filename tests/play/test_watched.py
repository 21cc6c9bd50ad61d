"""A game takes in the editions of a story that is being written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from play.sittings import ScriptedConsole
from siberia_quest.loading.files import Loaded
from siberia_quest.loading.find_files import find_files
from siberia_quest.model.story import Story
from siberia_quest.play.console import BrokenOff, ConsoleItem, InputRequest, Preferences
from siberia_quest.play.game import Game
from siberia_quest.play.newest_edition import NewestEdition
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.play.watched import EditionChange, WatchedLoop
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Saves
from siberia_quest.tools.watching import edition_of

STORY = """
story: The hut
id: hut
stats:
  wood: {start: 1, range: [0, 12]}
endings:
  warm: {title: Warm}
passages:
  yard:
    text: Snow. Wood for {wood}.
    choices:
      - text: Split a round
        id: split
        do: wood += 3
        goto: yard
      - text: Go in
        id: go_in
        goto: night
  night:
    text: The stove ticks.
    choices:
      - text: Sleep
        id: sleep
        end: warm
"""
Step = str | Callable[[], None]


class WatchingConsole(ScriptedConsole):
    """Types lines, and does between them what a step does: then the question is broken off with what stood on the line."""

    def __init__(self, *steps: Step) -> None:
        super().__init__([])
        self.steps = list(steps)
        self.on_the_line = "half a wo"
        self.paused: list[bool] = []

    def ask(self, question: InputRequest) -> str:
        while self.steps and callable(step := self.steps[0]):
            self.steps.pop(0)
            step()
            if question.bell and question.bell.is_rung:
                self.asked.append(question)
                raise BrokenOff(self.on_the_line)
        self.typed = [str(self.steps.pop(0))] if self.steps else []
        return super().ask(question)

    def tell(self, *items: ConsoleItem) -> None:
        self.paused.append(self.preferences.pauses)
        super().tell(*items)


class Desk:
    """An author with a game beside the editor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.news = NewestEdition("siberia-quest check hut")
        self.wish: Callable[[Story], Story] = lambda story: story
        edition = self.edition()
        assert edition.story
        saves = Saves(edition.story, folder / "saves")
        self.game = Game(Playthrough.start(edition.story, 7), saves, Profiles(folder / "saves"), lambda: 8)
        self.game.is_kept = False

    def edition(self, *changes: tuple[str, str]) -> Loaded:
        text = STORY
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = self.folder / "hut.yaml"
        path.write_text(text, "utf-8")
        return edition_of(find_files(path))

    def save(self, *changes: tuple[str, str]) -> Callable[[], None]:
        """Return a step that saves the story with changes."""
        return lambda: self.news.tell(self.edition(*changes))

    def play(self, *steps: Step) -> list[str]:
        """Play lines and saves; return what was shown behind the first page."""
        self.console = WatchingConsole(*steps)
        self.status = WatchedLoop(
            self.console, self.game, {}, self.news, EditionChange(self.game, self.wish, self.news.check)
        ).run()
        return self.console.shown[1:]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


BROKEN = ("goto: night", "goto: nigth")
RAIN = ("Snow.", "Rain.")
OPTIONS = "1. Split a round\n2. Go in"


def test_a_sentence_that_was_edited_is_shown_and_the_stat_is_kept(desk: Desk) -> None:
    shown = desk.play("split", desk.save(RAIN))
    assert shown[1] == "The story was saved."
    assert shown[2].startswith("Rain. Wood for 4.")
    assert shown[2].endswith(OPTIONS)
    assert desk.game.state.value("wood") == 4


def test_what_stood_on_the_line_stands_there_again(desk: Desk) -> None:
    desk.play(desk.save(RAIN), "split")
    assert [each.typed for each in desk.console.asked] == ["", "half a wo", ""]


def test_the_first_error_is_shown_and_the_game_goes_on_as_it_was(desk: Desk) -> None:
    shown = desk.play(desk.save(BROKEN), "2", "1")
    assert shown[0].startswith(
        "The story was saved with 1 error. The game goes on as it was before.\nhut.yaml:18:15: error SQ203"
    )
    assert "^^^^^" in shown[0]
    assert "fix: did you mean" in shown[0]
    assert shown[1].startswith("The stove ticks.")
    assert "The end: Warm" in shown[2]


def test_further_errors_are_counted(desk: Desk) -> None:
    shown = desk.play(desk.save(BROKEN, ("goto: yard", "goto: yrad"), ("end: warm", "end: wram")))
    assert "yrad" in shown[0]
    assert "nigth" not in shown[0]
    assert shown[0].endswith("Errors beside this one: 2. siberia-quest check hut lists them.")


def test_a_mended_story_goes_on_where_the_game_is_by_now(desk: Desk) -> None:
    shown = desk.play("1", desk.save(BROKEN, RAIN), "1", desk.save(RAIN), "2")
    assert shown[2].startswith("Snow. Wood for 7.")
    assert shown[4].startswith("Rain. Wood for 7.")


def test_warnings_are_counted_in_a_line(desk: Desk) -> None:
    shown = desk.play(desk.save(("  night:", "  attic:\n    text: Dust.\n    end: warm\n  night:")))
    assert shown[0] == "The story was saved.\nNot quite clean: 1 warning. siberia-quest check hut lists them."


def test_many_saves_before_anybody_looks_are_one(desk: Desk) -> None:
    for words in ("Hail.", "Fog.", "Sleet."):
        desk.save(("Snow.", words))()
    shown = desk.play("1")
    assert [each.split(".")[0] for each in shown] == ["The story was saved", "Sleet", "Sleet", "Goodbye"]


def test_a_save_while_a_yes_or_no_is_waited_for_waits_too(desk: Desk) -> None:
    shown = desk.play("1", "restart", desk.save(RAIN), "no")
    assert shown[1] == "The story was saved."
    assert [each.words for each in desk.console.asked][2].startswith("Begin anew?")
    assert shown[2].startswith("Rain. Wood for 4.")


def test_a_place_that_is_cut_away_sends_back_and_comes_back_with_it(desk: Desk) -> None:
    cut = ("  night:\n", "  nicht:\n"), ("goto: night", "goto: nicht")
    shown = desk.play("1", "2", desk.save(*cut), desk.save(("stove ticks", "stove is out")))
    assert shown[2].endswith("Gone: the place `hut.night` is not in the story any more. The game went back one turn.")
    assert shown[3].startswith("Snow. Wood for 4.")
    assert shown[5].startswith("The stove is out.")
    assert desk.game.play.picks == ("split", "go_in")


def test_a_place_that_comes_back_after_a_move_does_not_undo_the_move(desk: Desk) -> None:
    cut = ("  night:\n", "  nicht:\n"), ("goto: night", "goto: nicht")
    desk.play("2", desk.save(*cut), "split", desk.save())
    assert desk.game.play.picks == ("split",)


def test_without_a_place_left_the_game_begins_anew(desk: Desk) -> None:
    shown = desk.play(desk.save(("  yard:", "  court:"), ("goto: yard", "goto: court")))
    assert shown[0].endswith("and no earlier place is left. The game begins anew.")
    assert shown[1].startswith("Snow. Wood for 1.")


def test_undo_goes_back_in_the_new_edition(desk: Desk) -> None:
    shown = desk.play("1", "1", desk.save(RAIN), "undo 2")
    assert shown[4] == "Taken back: 2 turns."
    assert shown[5].startswith("Rain. Wood for 1.")


def test_what_the_last_choice_does_otherwise_is_said(desk: Desk) -> None:
    shown = desk.play("1", desk.save(("wood += 3", "wood += 5")))
    assert shown[1].endswith("The last choice does something else now, and was made again. Changed: `wood`.")
    assert shown[2].startswith("Snow. Wood for 6.")


def test_a_last_choice_that_leads_elsewhere_is_said(desk: Desk) -> None:
    shown = desk.play("2", desk.save(("goto: night", "goto: yard"), ("ticks", "hums")))
    assert shown[1].endswith("so this is the old text. /undo and choose again to see.")
    assert shown[2] == "The stove ticks.\n\n1. Sleep"


def test_a_mistake_that_only_play_can_tell_has_its_place_in_the_new_edition(desk: Desk) -> None:
    shown = desk.play("2", desk.save(("The stove ticks.", "'{1 / (wood - wood)}'")))
    assert "hut.yaml:20" in shown[1]
    assert "SQ405" in shown[1]
    assert shown[2] == "The stove ticks.\n\n1. Sleep"


def test_a_beginning_that_was_wished_for_and_is_gone_is_said_and_the_game_goes_on(desk: Desk) -> None:
    def refuse(_: Story) -> Story:
        raise WrongRequest("The story has no passage `attic`.")

    desk.wish = refuse
    shown = desk.play("1", desk.save(RAIN))
    assert shown[1] == "The story was saved.\nThe story has no passage `attic`."
    assert shown[2].startswith("Rain. Wood for 4.")


def test_a_new_edition_does_not_stop_at_the_height_of_the_screen(desk: Desk) -> None:
    desk.play(desk.save(RAIN), "stats")
    assert desk.console.paused[0] is False
    assert desk.console.preferences == Preferences()
    assert desk.console.paused[1] is True


def test_leaving_does_not_promise_a_save(desk: Desk) -> None:
    shown = desk.play("1", "\x03", "\x03", "yes")
    assert shown[1] == "Press Ctrl-C again to leave. This game is not kept."
    assert [each.words for each in desk.console.asked][-1] == "Leave? This game is not kept. Yes or no?"
    assert shown[-1] == "Goodbye. This game was for trying out, and is not kept."


def test_what_goes_wrong_with_watching_is_not_kept_quiet(desk: Desk) -> None:
    desk.news.tell(RuntimeError("out of ears"))
    with pytest.raises(RuntimeError):
        desk.play("1")
