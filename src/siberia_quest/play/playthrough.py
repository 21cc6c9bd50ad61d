"""A game as it is played: its turns, with a way back to each of them."""

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from siberia_quest.engine.status import can_be_undone, chapter_of, place_of
from siberia_quest.engine.turns import NotOnOffer, Turn, advance, begin, reopen
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Told
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Page
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.storage.codec.identities import first_names
from siberia_quest.storage.codec.notes import LONGEST_NOTE, MOST_NOTES
from siberia_quest.storage.codec.pick_log import ROW, PickLog, pack_row
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import to_plain
from siberia_quest.storage.slots import MOST_ENTRIES, Carried, SavedGame

#: So many turns back are held; of those before them every thousandth, from which the others are played again.
HELD = 5000


class Past(NamedTuple):
    """A turn of the history: its number and place, and what was picked there, in words and as an id; `chapter` is its part of the map."""

    turn: int
    place: str
    words: str
    pick: str
    chapter: str = ""


class PassedCheckpoint(NamedTuple):
    """A checkpoint: the turn in which it was passed, its label, and where it was."""

    turn: int
    label: str
    place: str


class _Moment(NamedTuple):
    """What is kept of a turn. States share most of what they hold; pages are made again when one goes back."""

    state: State
    words: str
    checkpoint: str | None


class MovedGame(NamedTuple):
    """A game that goes on in another edition of its story.

    `back` is how many turns it went back, since what is `gone` is not in the story now; without a place left it begins anew.
    `is_stale` says that the page has its old text, since the last pick leads elsewhere now, or meets a `problem`.
    `changed` names the values that the last pick leaves otherwise than it did.
    """

    play: "Playthrough"
    back: int = 0
    gone: Told = ()
    is_stale: bool = False
    changed: tuple[str, ...] = ()
    problem: Diagnostic | None = None
    is_anew: bool = False


class Playthrough:
    """One game of one story, from its first turn or from a save. Every move is its own: no file, no clock."""

    def __init__(self, story: Story, seed: int, settings: Mapping[str, Value], kept: Mapping[str, Value]) -> None:
        """Begin without a turn; use `start` or `restore`."""
        self.story = story
        self.seed = seed
        self.settings = dict(settings)
        self.kept = dict(kept)
        self.seconds = 0.0
        self.page = Page(())
        self.notes: tuple[tuple[int, str], ...] = ()
        self.id = os.urandom(8).hex()  # no part of the game: it tells this one from any other on a disk
        self._rest: Carried | None = None
        self._picks: list[str] = []
        self._rows: list[str] = []  # the same, packed by the thousand as a save has them, as far as one was made
        self._moments: list[_Moment | None] = []
        self._at = self._first = 0  # where the game stands, and the first moment that was not played again
        self._whole = True

    @classmethod
    def start(
        cls,
        story: Story,
        seed: int = 0,
        settings: Mapping[str, Value] | None = None,
        kept: Mapping[str, Value] | None = None,
    ) -> "Playthrough":
        """Begin a new game with what the player chose; `kept` are values of earlier games."""
        play = cls(story, seed, settings or {}, kept or {})
        turn = begin(story, seed, settings, kept)
        play._moments = [_Moment(turn.state, "", turn.page.checkpoint)]
        play.page = turn.page
        return play

    @classmethod
    def restore(cls, story: Story, saved: SavedGame) -> "Playthrough":
        """Go on from a save; what lay before is played again when it is asked for."""
        play = cls(story, saved.seed, saved.settings, saved.kept)
        play._picks = list(saved.picks)
        checkpoint = saved.page.checkpoint if saved.page else None
        play._moments = [None] * len(saved.picks) + [_Moment(saved.state, "", checkpoint)]
        play._rows = list(saved.picks.rows)
        play._at = play._first = len(saved.picks)
        play._whole = not saved.picks
        play.seconds = saved.seconds
        play.notes = saved.notes
        play.id = saved.id or play.id
        play._rest = saved.carried
        play.page = saved.page if saved.page is not None else reopen(story, saved.state).page
        return play

    def make_save(self) -> SavedGame:
        """Return what a save keeps of the game as it stands."""
        carried = self._rest
        if carried and self._moments[0] is not None:  # all turns are known, so that entries are found among them
            carried = carried._replace(entries=())
        return SavedGame(
            self.seed, self.settings, self.kept, self._log(), self.state, self.page, self.seconds, self._entries(), self.id, carried,
            notes=self.notes,
        )  # fmt: skip

    def _log(self) -> PickLog:
        """Return the picks up to here as a save has them: what was packed once is not packed again."""
        full = self._at // ROW
        for row in range(len(self._rows), full):
            self._rows.append(pack_row(self._picks[row * ROW : (row + 1) * ROW]))
        return PickLog(self._rows[:full], self._picks[full * ROW : self._at])

    def note(self, words: str) -> bool:
        """Write something down where the game stands, for the transcript; tell whether there was room."""
        if len(self.notes) >= MOST_NOTES:
            return False
        self.notes = (*self.notes, (self._at, words[:LONGEST_NOTE]))
        return True

    @property
    def state(self) -> State:
        """The state of the game now."""
        moment = self._moments[self._at]
        assert moment is not None  # where the game stands is always held
        return moment.state

    @property
    def turns(self) -> int:
        """How many picks were made up to here."""
        return self._at

    @property
    def picks(self) -> tuple[str, ...]:
        """The picks up to here, by id."""
        return tuple(self._picks[: self._at])

    @property
    def can_undo(self) -> bool:
        """Whether there is a turn before this one that can be gone back to."""
        return self._at > 0 and self._hold(self._at - 1)

    def is_barred(self, turn: int) -> bool:
        """Tell whether a turn lies behind, and the story lets nobody go back there: its `undo:` failed then or since."""
        if self.story.header.undo is None or not 0 <= turn < self._at:
            return False
        since = islice(self._each_moment(), turn, None)
        return not all(can_be_undone(self.story, each.state) for each in since if each)

    @property
    def can_redo(self) -> bool:
        """Whether a turn was undone that can be done again."""
        return self._at < len(self._picks)

    def pick(self, answer: str, seconds: float = 0.0) -> Page:
        """Go on with an option's id or an answer; `seconds` of playing are added up.

        Raises NotOnOffer when it is neither. Where the story cannot go on, the page has its `problem` and the game stays where it is.
        """
        turn = advance(self.story, self.state, answer)
        self.seconds += seconds
        if turn.page.problem:
            return turn.page
        words = next((option.text for option in self.page.options if option.id == answer), answer)
        del self._picks[self._at :]
        del self._moments[self._at + 1 :]
        del self._rows[self._at // ROW :]
        self._picks.append(answer)
        self._moments.append(_Moment(turn.state, words, turn.page.checkpoint))
        self._at += 1
        old = self._at - HELD
        if old > 0 and old % ROW and old != self._first:
            self._moments[old] = None
        self.page = turn.page
        return turn.page

    def undo(self, times: int = 1) -> Page | None:
        """Go back, as far as the story lets one; None when that is not possible."""
        if times <= 0 or not self.can_undo:
            return None
        while times > 1 and self.is_barred(self._at - times):
            times -= 1
        return self.back_to(self._at - times)

    def redo(self, times: int = 1) -> Page | None:
        """Do again what was undone, None when there is nothing."""
        return self.back_to(min(self._at + times, len(self._picks))) if times > 0 and self.can_redo else None

    def back_to(self, turn: int) -> Page | None:
        """Go to just after the pick with a number (0: the beginning), forward or back; None when it cannot be reached, or must not be."""
        if not 0 <= turn <= len(self._picks):
            return None
        if not self._hold(turn):
            return None
        if self.is_barred(turn):
            return None
        if turn and self._whole:
            self._hold(turn - 1)
        shown = self._show_turn(turn)
        if shown is None:
            return None
        self._at = turn
        self.page = shown
        return shown

    def _show_turn(self, turn: int) -> Page | None:
        """Return the page of a turn as it was: made again from the state before it."""
        moment = self._moments[turn]
        assert moment is not None  # the caller made sure
        if turn == 0:
            return begin(self.story, self.seed, self.settings, self.kept).page
        before = self._moments[turn - 1]
        if before is None:
            return reopen(self.story, moment.state).page
        try:
            again = _pick_again(self.story, before.state, self._picks[turn - 1])
        except NotOnOffer:
            return reopen(self.story, moment.state).page
        return again.page

    def _hold(self, turn: int) -> bool:
        """Have the moment after a turn, played again from the last before it that is held; tell whether it can be had."""
        if self._moments[turn] is None:
            self._replay()
            start = next((at for at in range(turn, -1, -1) if self._moments[at] is not None), turn)
            for number, moment in self._play_again(start, turn):
                self._moments[number] = moment
        return self._moments[turn] is not None

    def _replay(self) -> None:
        """Play the picks of a save again from the beginning, once, and hold what leads to the very same place."""
        if self._whole:
            return
        self._whole = True
        found: list[_Moment | None] = []
        last = None
        for number, moment in self._play_again(-1, self._first):
            found.append(moment if number > self._first - HELD or number % ROW == 0 else None)
            last = moment
        now = self._moments[self._first]
        if now and last and len(found) == self._first + 1 and last.state == now.state:
            self._moments[: self._first + 1] = found

    def _play_again(self, start: int, stop: int) -> Iterator[tuple[int, _Moment]]:
        """Play the picks from one turn to another again, from the beginning where the first is -1, as far as that can be done."""
        held = self._moments[start] if start >= 0 else None
        if held:
            turn = reopen(self.story, held.state)
        elif start < 0:
            turn = begin(self.story, self.seed, self.settings, self.kept)
            yield 0, _Moment(turn.state, "", turn.page.checkpoint)
        else:
            return
        for number in range(max(start, 0) + 1, stop + 1):
            pick = self._picks[number - 1]
            after = self._after(turn, pick)
            if after is None:
                return
            words = next((option.text for option in turn.page.options if option.id == pick), pick)
            turn = after
            yield number, _Moment(turn.state, words, turn.page.checkpoint)

    def _each_moment(self) -> Iterator[_Moment | None]:
        """Yield the moments up to here; those that are not held are played again, and not held then either."""
        self._replay()
        number = 0
        while number <= self._at:
            if self._moments[number] is None and number and self._moments[number - 1]:
                stop = next(at for at in range(number, self._at + 1) if self._moments[at])
                again = [moment for _, moment in self._play_again(number - 1, stop - 1)]
                yield from again
                number += len(again)
                if number == stop:
                    continue
            yield self._moments[number]
            number += 1

    def _after(self, turn: Turn, pick: str) -> Turn | None:
        try:
            after = _pick_again(self.story, turn.state, pick)
        except NotOnOffer:
            return None
        return None if after.page.problem else after

    def move_to(self, story: Story) -> MovedGame:
        """Return this game in another edition of its story; this one stays as it is.

        Every turn is restored as a save is. The last pick is made again from the turn before it, so that the page has its new text;
        where that leads elsewhere the game stays in its place, with the old text.
        """
        self._replay()
        found = [from_plain(story, to_plain(self.story, each.state)) if each else None for each in self._moments]
        states = [reopen(story, each.state).state if each and each.state else None for each in found]
        now = found[self._at]
        gone = now.gone if now else ()
        for turn in range(self._at, -1, -1):
            landed = self._land(story, states, turn)
            if landed:
                return landed._replace(back=self._at - turn, gone=gone)
        return MovedGame(Playthrough.start(story, self.seed, self.settings, self.kept), self._at, gone, is_anew=True)

    def _land(self, story: Story, states: Sequence[State | None], turn: int) -> MovedGame | None:
        """Return the game as it stands after a turn in another edition, None where that place is not there."""
        moment, now = self._moments[turn], states[turn]
        again = self._make_again(story, states, turn)
        where = now or (moment.state if moment else None)
        if again and where and not again.page.problem and _stands(again.state) == _stands(where):
            changed = tuple(
                name for name in (*story.stats, *story.variables) if now and _differs(name, now, again.state)
            )
            return MovedGame(self._carry_over(story, states, turn, again), changed=changed)
        if now is None:
            return None
        old, page = self.page if turn == self._at else self._show_turn(turn), reopen(story, now).page
        if old:
            page = page._replace(pieces=old.pieces, changes=old.changes, title=old.title, checkpoint=old.checkpoint)
        problem = page.problem or (again.page.problem if again else None)
        play = self._carry_over(story, states, turn, Turn(now, page._replace(problem=None)))
        return MovedGame(play, is_stale=True, problem=problem)

    def _make_again(self, story: Story, states: Sequence[State | None], turn: int) -> Turn | None:
        """Make the pick of a turn again in another edition; None where it is not on offer there."""
        if turn == 0:
            return begin(story, self.seed, self.settings, self.kept)
        before = states[turn - 1]
        try:
            return _pick_again(story, before, self._picks[turn - 1]) if before else None
        except NotOnOffer:
            return None

    def _carry_over(self, story: Story, states: Sequence[State | None], turn: int, landed: Turn) -> "Playthrough":
        """Return a game of another edition that stands after a turn; what was undone is carried on where nothing was lost."""
        play = Playthrough(story, self.seed, self.settings, self.kept)
        last = len(self._picks) if turn == self._at else turn
        play._picks = self._picks[:last]
        play._moments = [
            _Moment(state, moment.words, moment.checkpoint) if state and moment else None
            for state, moment in zip(states[: last + 1], self._moments, strict=False)
        ]
        words = moment.words if (moment := self._moments[turn]) else ""
        play._moments[turn] = _Moment(landed.state, words, landed.page.checkpoint)
        play._at = turn
        play.id = self.id
        play.seconds = self.seconds
        play.notes = self.notes
        play.page = landed.page
        return play

    def history(self) -> tuple[Past, ...]:
        """Return the turns up to here, oldest first; the n-th is what the n-th pick was, and where."""
        past, before = [], None
        for number, moment in enumerate(self._each_moment()):
            if number:
                place = place_of(self.story, before.state) if before else ""
                pick = self._picks[number - 1]
                chapter = chapter_of(self.story, before.state) if before else ""
                past.append(Past(number, place, (moment.words if moment else "") or pick, pick, chapter))
            before = moment
        return tuple(past)

    def marks(self) -> tuple[PassedCheckpoint, ...]:
        """Return the checkpoints passed up to here."""
        return tuple(
            PassedCheckpoint(number, moment.checkpoint, place_of(self.story, moment.state))
            for number, moment in enumerate(self._each_moment())
            if moment and moment.checkpoint is not None
        )

    def _entries(self) -> tuple[tuple[int, State], ...]:
        found: list[tuple[int, State]] = []
        last = self.state.frames[-1].passage if self.state.frames else ""
        for number in range(self._at - 1, -1, -1):
            moment = self._moments[number]
            if moment is None or len(found) == MOST_ENTRIES:
                break
            passage = moment.state.frames[-1].passage if moment.state.frames else ""
            if passage and passage != last:
                found.append((number, moment.state))
                last = passage
        return tuple(found)


def _pick_again(story: Story, state: State, pick: str) -> Turn:
    """Make a pick of the log again, by the name that its choice has now. Raises NotOnOffer."""
    spell = first_names(story.renames)
    alike = [each for each in state.offer if spell(each) == spell(pick)]
    return advance(story, state, alike[0] if pick not in state.offer and len(alike) == 1 else pick)


def _stands(state: State) -> tuple[tuple[str, ...], str | None]:
    """Return where a state stands: its passages, and its ending."""
    return tuple(frame.passage for frame in state.frames), state.ending


def _differs(name: str, one: State, other: State) -> bool:
    return one.value(name) != other.value(name)
