"""A sitting at the game: the front end that fits, a game gone on with or begun, and every way out."""

import errno
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from siberia_quest.engine.counting import list_words
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Language
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import say
from siberia_quest.play.console import Console, EndOfInput, Interrupted, Left, LineSource, Notice, Signalled, take_line
from siberia_quest.play.exits import BROKEN_PIPE, BUG, BY_SIGNAL, FINE, INTERRUPTED, PROBLEMS, USAGE
from siberia_quest.play.game import Game, Games, preferences_of
from siberia_quest.play.keeping import about
from siberia_quest.play.loop import Loop
from siberia_quest.play.opening import announce, choose_settings, confirm, goes_on
from siberia_quest.play.play_request import PlayRequest, alter_story, settings_in
from siberia_quest.storage.names import AUTOSAVE
from siberia_quest.storage.paths import make_room, write_new
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import OpenedSave, SaveEntry
from siberia_quest.terminal.front import console_for, let_go, reason_of, write_line
from siberia_quest.terminal.signals import hold_signals, raise_signals, signal_lost_terminal

if TYPE_CHECKING:
    from siberia_quest.play.newest_edition import NewestEdition
    from siberia_quest.play.watched import EditionChange

#: So many saves are offered, one after the other, where the autosave cannot be read.
_MOST_OFFERED = 5


def play(  # noqa: PLR0913, PLR0917  # all that a sitting needs
    story: Story, folder: Path, wishes: PlayRequest, source: LineSource, target: TextIO, lines: Mapping[str, Sequence[str]],
    news: "NewestEdition | None" = None,
) -> int:  # fmt: skip
    """Play a story until the player leaves; return the exit status. Raises WrongRequest.

    `folder` holds the saves, `lines` are those of the story's files, for problems met in play. `news` brings other editions of the story.
    """
    if news is None and not wishes.start and not set(wishes.values) - set(story.settings):
        return _Sitting(story, folder, wishes, source, target).run(lines)
    import shutil  # noqa: PLC0415  # what few games need is imported by those
    import tempfile  # noqa: PLC0415

    changed = alter_story(story, wishes.start, wishes.values)
    aside = Path(tempfile.mkdtemp(prefix="siberia-quest-"))  # such a game is for trying out: it touches no save
    try:
        sitting = _Sitting(changed, aside, wishes, source, target)
        sitting.home = folder
        sitting.games.is_kept = False
        sitting.news = news
        return sitting.run(lines)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


class _Sitting:
    """One sitting: from the first question to the exit status."""

    def __init__(self, story: Story, folder: Path, wishes: PlayRequest, source: LineSource, target: TextIO) -> None:
        self._story = story
        self._wishes = wishes
        self._source = _script(wishes.script) if wishes.script else source
        self._target = target
        self._at_terminal = target.isatty()  # one that is gone says no
        self.home = folder  # a report of a bug outlives the game, and the player's preferences were there before it
        self.news: NewestEdition | None = None
        self.games = Games(story, folder, hold_signals)
        self._settings = settings_in(story, wishes.values)
        self._console: Console | None = None
        self._game: Game | None = None

    def run(self, lines: Mapping[str, Sequence[str]]) -> int:
        """Play, and see to every way out."""
        record = self._wishes.record
        if record:
            make_room(record, force=self._wishes.force)  # told now, and not behind a long game
        status = BUG
        try:
            with raise_signals(self._hand_over):
                status = self._play(lines)
        except Signalled as gone:
            let_go(self._target)
            status = BY_SIGNAL + gone.number
        except BrokenPipeError:
            let_go(self._target)
            status = BROKEN_PIPE
        except (Interrupted, KeyboardInterrupt):
            status = INTERRUPTED
        except EndOfInput:
            status = FINE
        except Left:
            if self._console:
                self._console.tell(Notice(self._story.language.say("left_ended")))
            status = FINE
        except (OSError, ModuleNotFoundError) as refused:  # the output, or the disk: nobody's mistake here
            let_go(self._target)
            status = self._tell_refusal(refused)
        except Exception as bug:  # noqa: BLE001  # whatever it is, the player gets a sentence and keeps the game
            from siberia_quest.terminal.crash import keep_report  # noqa: PLC0415

            let_go(self._target)
            game = self._game
            keep_report(bug, game.play if game else None, self.home, is_kept=game is None or game.is_kept)
        return self._record() or status

    def _tell_refusal(self, refused: OSError | ModuleNotFoundError) -> int:
        """Tell what the system refused and return the status; a terminal that is gone says so by an error of its own."""
        if self._at_terminal and isinstance(refused, OSError) and refused.errno == errno.EIO:
            return BY_SIGNAL + signal_lost_terminal().number
        reason = reason_of(refused, self._story.language)
        write_line(f"siberia-quest: {self._story.language.say('output_lost', reason=reason) if self._game else reason}")
        return USAGE

    def _hand_over(self, gone: Signalled) -> bool:
        return self._console is not None and self._console.hand_over(gone)

    def _play(self, lines: Mapping[str, Sequence[str]]) -> int:
        if self._wishes.front == "json":
            return self._play_lines()
        plain = self._wishes.front == "plain" or self._wishes.script is not None
        preferences = preferences_of(Profiles(self.home))
        preferences = preferences._replace(theme=preferences.theme or self._story.header.theme)
        if self._wishes.front == "full":
            preferences = preferences.switch("full", on=True)
        self._console = console_for(
            self._story.language, self._source, self._target, preferences, plain=plain,
            prompt=self._wishes.prompt,
        )  # fmt: skip
        with self._console.held():
            self._game = self._resume(self._console) if self._wishes.resume else self._new_or_earlier(self._console)
            if self._game is None:
                return PROBLEMS
            if not self._source.isatty():
                self._game.herald = _tell_apart
            return self._loop(self._console, self._game, lines).run(again=self._game.play.turns > 0)

    def _loop(self, console: Console, game: Game, lines: Mapping[str, Sequence[str]]) -> Loop:
        if self.news is None:
            return Loop(console, game, lines, strict=self._wishes.script is not None)
        from siberia_quest.play.watched import WatchedLoop  # noqa: PLC0415  # few games are watched

        return WatchedLoop(console, game, lines, self.news, self._make_edition_change(game, self.news))

    def _make_edition_change(self, game: Game, news: "NewestEdition") -> "EditionChange":
        from siberia_quest.play.watched import EditionChange  # noqa: PLC0415

        return EditionChange(
            game, lambda story: alter_story(story, self._wishes.start, self._wishes.values), news.check
        )

    def _play_lines(self) -> int:
        from siberia_quest.terminal.json_lines import play_as_json  # noqa: PLC0415  # only programs pay for it

        self._game = self._resume(None) if self._wishes.resume else self.games.begin(self._settings, self._wishes.seed)
        if self._game is None:
            return PROBLEMS
        self._game.herald = _tell_apart
        return play_as_json(self._game, self._lines(self._game), self._target, strict=self._wishes.script is not None)

    def _lines(self, game: Game) -> Iterator[str]:
        """Yield lines as they come, the last one too where no newline ends it."""
        if self.news:
            from siberia_quest.terminal.steady_lines import SteadyLines, read_watched_lines  # noqa: PLC0415

            if isinstance(self._source, SteadyLines):
                yield from read_watched_lines(
                    self._source, self._target, game, self.news, self._make_edition_change(game, self.news)
                )
        while line := take_line(self._source.readline):
            yield line

    def _new_or_earlier(self, console: Console) -> Game:
        """Go on with the game that is under way if the player wants that, else begin a new one and keep the other."""
        earlier, is_typed = self.games.under_way(), self._source.isatty()
        announce(console, self._story)
        is_first = is_typed and not earlier and not self.games.saves.others()
        chosen: Mapping[str, Value] | None = None if self._wishes.script is None else self._settings
        while chosen is None:
            may_go_on = earlier and earlier.game and self._may_go_on(earlier)
            if earlier and earlier.game and may_go_on and goes_on(console, self._story, earlier.game):
                console.tell(*(Notice(self._story.language.tell(each)) for each in earlier.notices))
                return self.games.go_on(earlier.game)
            chosen = choose_settings(
                console, self._story, self._settings, from_pipe=not is_typed, has_before=bool(may_go_on)
            )
        if is_first:
            console.tell(Notice(self._story.language.say("first_run")))
        return self.games.begin(chosen, self._wishes.seed)

    def _may_go_on(self, earlier: OpenedSave) -> bool:
        """Tell whether to offer the earlier game: to a player who asked for nothing that only a new one has."""
        return self._source.isatty() and not earlier.ask and self._wishes.seed is None and not self._settings

    def _resume(self, console: Console | None) -> Game | None:
        """Go on with the save that was wished for, or with what the player takes instead of an autosave that cannot be gone on with."""
        name, language = self._wishes.resume, self._story.language
        while name:
            opened = self.games.saves.load(name)
            if opened.game and (not opened.ask or (console and confirm(console, language, language.tell(opened.ask)))):
                for each in opened.notices:
                    self._say(console, language.tell(each))
                return self.games.go_on(opened.game, name)
            self._say(console, language.tell(opened.refusal.message if opened.refusal else opened.ask))
            name = self._instead(console, name)
        return None

    def _instead(self, console: Console | None, name: str) -> str:
        """Return the save to go on with where the autosave cannot be read: one that the player agrees to, "" for none."""
        others = self.games.saves.others() if name == AUTOSAVE else ()
        if console is None:
            if others:
                self._say(
                    console,
                    self._story.language.say(
                        "continue_others",
                        names=list_words(self._story.language, [each.name for each in others]),
                        slot=others[0].name,
                    ),
                )
            return ""
        return next(
            (
                each.name
                for each in others[:_MOST_OFFERED]
                if confirm(console, self._story.language, _offer_line(self._story.language, each))
            ),
            "",
        )

    def _say(self, console: Console | None, words: str) -> None:
        if console:
            console.tell(Notice(words))
        else:
            write_line(words)

    def _record(self) -> int:
        """Write the walkthrough that was wished for; return an exit status where that failed."""
        if self._wishes.record is None or self._game is None:
            return 0
        from siberia_quest.play.records import write_record  # noqa: PLC0415

        try:
            aside = (
                say("record_altered") if self._wishes.start or set(self._wishes.values) - set(self._settings) else ""
            )
            text = f"# {aside}\n" if aside else ""
            write_new(self._wishes.record, (text + write_record(self._game.play)).encode(), force=self._wishes.force)
        except OSError as failed:
            write_line(f"siberia-quest: {reason_of(failed, self._story.language)}")
            return USAGE
        if aside:
            write_line(f"{self._wishes.record}: {aside}")
        return 0


def _tell_apart(told: Sequence[str]) -> None:
    for line in told:
        write_line(line)


def _offer_line(language: Language, saved: SaveEntry) -> str:
    return language.say(
        "continue_instead", slot=saved.name, about=about(language, saved._replace(preview="")).rstrip(".")
    )


def _script(path: Path) -> LineSource:
    from siberia_quest.play.records import picks_in  # noqa: PLC0415

    return io.StringIO("\n".join([*picks_in(path), ""]))
