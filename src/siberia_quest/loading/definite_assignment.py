"""Definite assignment: a local name may only be read where every way to that place has given it a value.

A passage is followed once, whatever leads back or forth in it: it falls into stretches, which begin where ways meet, and what is known at
the beginning of each follows from the ways into it.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeAlias, assert_never

from siberia_quest.model import steps
from siberia_quest.model.expression import Local, things_in
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import At, Steps
from siberia_quest.model.story import Passage

#: Slots as the bits of a number: thousands of them are copied at once.
Slots: TypeAlias = int
#: A place on a way: its stretch by number, and what was given a value since the stretch began. None where no way leads.
Known: TypeAlias = tuple[int, Slots] | None


class Unset(NamedTuple):
    """A slot that is read `at` a place to which some way leads without a value."""

    slot: int
    at: At


def unset_reads(block: Steps, parameters: int) -> tuple[Unset, ...]:
    """Return where local names are read without a value, once for each slot; the first `parameters` slots are given by the caller."""
    reader = _AssignmentReader(block)
    given = reader.find_given((1 << parameters) - 1)
    found: dict[int, At] = {}
    for (stretch, slot), at in reader.read.items():
        known = given[stretch]
        if known is not None and not known >> slot & 1:
            found.setdefault(slot, at)
    return tuple(Unset(slot, at) for slot, at in found.items())


def find_unset_labels(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield each label behind which a local name is read that has no value where one comes from another passage, with that name."""
    reader = _AssignmentReader(passage.steps if passage.locals else ())
    if reader.labels:
        wanted, titled = reader.find_wanted(), sum(1 << slot for slot in {*_slots(passage.title)})
        for label, stretch in reader.labels.items():
            slots = wanted[stretch] | titled
            if slots:
                yield label, passage.locals[(slots & -slots).bit_length() - 1]


class _AssignmentReader:
    """Follows the steps of one passage.

    `labels` has the stretch that begins at each label, `read` where a stretch first reads a slot that it has not given.
    """

    def __init__(self, block: Steps) -> None:
        self.labels: dict[str, int] = {}
        self.read: dict[tuple[int, int], At] = {}
        self._ways: list[list[tuple[int, Slots]]] = [[]]  # into each stretch, the first of which begins the passage
        self.block(block, (0, 0))

    # --- what follows from the ways ---------------------------------------------------------------------------------------

    def find_given(self, at_first: Slots) -> list[Slots | None]:
        """Return what has a value at the beginning of each stretch, None where no way leads; `at_first` has one in the first."""
        behind: list[list[tuple[int, Slots]]] = [[] for _ in self._ways]
        for stretch, ways in enumerate(self._ways):
            for before, given in ways:
                behind[before].append((stretch, given))
        found: list[Slots | None] = [at_first, *(None for _ in self._ways[1:])]
        queue = deque([0])
        while queue:
            before = queue.popleft()
            for stretch, given in behind[before]:
                now, known = (found[before] or 0) | given, found[stretch]
                if known is None or known & now != known:
                    found[stretch] = now if known is None else known & now
                    queue.append(stretch)
        return found

    def find_wanted(self) -> list[Slots]:
        """Return what is read behind the beginning of each stretch, on some way, without a value from there on."""
        found = [0] * len(self._ways)
        for stretch, slot in self.read:
            found[stretch] |= 1 << slot
        queue = deque(reversed(range(len(found))))
        while queue:
            stretch = queue.popleft()
            for before, given in self._ways[stretch]:
                now = found[before] | found[stretch] & ~given
                if now != found[before]:
                    found[before] = now
                    queue.append(before)
        return found

    def begin(self, ways: Iterable[Known]) -> Known:
        """Begin a stretch where ways meet."""
        self._ways.append([way for way in ways if way])
        return len(self._ways) - 1, 0

    def lead(self, way: Known, to: Known) -> None:
        """Lead a way to the beginning of a stretch that is there."""
        if way and to:
            self._ways[to[0]].append(way)

    def label(self, name: str, way: Known) -> Known:
        """Lead a way to a label, above or below; return the place there."""
        if name not in self.labels:
            self.labels[name] = len(self._ways)
            self._ways.append([])
        self.lead(way, (self.labels[name], 0))
        return self.labels[name], 0

    def meet(self, ways: Iterable[Known]) -> Known:
        """Return what is known where several ways meet."""
        found = [*{way: None for way in ways if way}]
        if len({stretch for stretch, _ in found}) > 1:
            return self.begin(found)
        if not found:
            return None
        given = found[0][1]
        for _, other in found:
            given &= other
        return found[0][0], given

    # --- the steps --------------------------------------------------------------------------------------------------------

    def block(self, block: Steps, known: Known) -> Known:
        """Follow steps; return what is known behind them."""
        for step in block:
            known = self.step(step, known)
        return known

    def reads(self, thing: object, known: Known, at: At) -> None:
        """Keep what is read without a value."""
        if known is not None:
            stretch, given = known
            for slot in _slots(thing):
                if not given >> slot & 1:
                    self.read.setdefault((stretch, slot), at)

    def step(self, step: steps.Step, known: Known) -> Known:  # noqa: C901  # one case for each step
        """Return the locals that have a value after a step, given those before it; None where nothing follows."""
        match step:
            case steps.Do():
                known = self.effects(step, known)
            case steps.Let():
                self.reads(step.value, known, step.at)
                known = _with(known, step.slot)
            case steps.Label():
                known = self.label(step.name, known)
            case steps.Goto():
                self.reads(step.given, known, step.at)
                if step.label and not step.passage:
                    self.label(step.label, known)
                known = None
            case steps.Call():
                self.reads(step.arguments, known, step.at)
                known = _receive(step, known)
            case steps.Return() | steps.End():
                self.reads(step, known, step.at)
                known = None
            case steps.ForEach():
                known = self.block(step.steps, _with(known, step.slot))
            case steps.Choices():
                known = self.choices(step, known)
            case (
                steps.Branch() | steps.Random() | steps.Match() | steps.Alternate() | steps.Check()
                | steps.Deal() | steps.Question()
            ):  # fmt: skip
                known = self.branches(step, known)
            case (
                steps.Text() | steps.MontageStep() | steps.Show() | steps.Pause()
                | steps.Journal() | steps.Achieve() | steps.Checkpoint() | steps.Music()
            ):  # fmt: skip
                self.reads(step, known, step.at)
            case _:
                assert_never(step)
        return known

    def branches(
        self,
        step: steps.Branch | steps.Random | steps.Match | steps.Alternate | steps.Check | steps.Deal | steps.Question,
        known: Known,
    ) -> Known:
        """Follow a step of which one branch is done."""
        match step:
            case steps.Branch() | steps.Random():
                return self.arms(step, known)
            case steps.Match():
                self.reads((step.subjects, tuple(tests for tests, _ in step.arms)), known, step.at)
                rest = (self.block(step.otherwise, known),) if step.otherwise or not step.bands else ()
                return self.meet((*(self.block(inside, known) for _, inside in step.arms), *rest))
            case steps.Alternate():
                passed = (known,) if step.how == "once" else ()
                return self.meet((*(self.block(arm, known) for arm in step.arms), *passed))
            case steps.Check():
                self.reads((step.odds, step.label), known, step.at)
                return self.meet((self.block(step.success, known), self.block(step.failure, known)))
            case steps.Deal():
                return self.meet((known, self.block(step.otherwise, known)))
            case steps.Question():
                self.reads(step.prompt, known, step.at)
                return self.meet((known, self.block(step.left, known)))
        assert_never(step)

    def effects(self, step: steps.Do, known: Known) -> Known:
        """Follow effects, each of which sees the last; `=` gives a local name a value, every other sign needs one."""
        for effect in step.effects:
            self.reads(effect.value, known, effect.at)
            if isinstance(effect.target, Local) and effect.operator == "=":
                known = _with(known, effect.target.slot)
            else:
                self.reads(effect.target, known, effect.at)
        return known

    def arms(self, step: steps.Branch | steps.Random, known: Known) -> Known:
        """Follow branches of which one is taken, or none where the last has a condition too."""
        behind: list[Known] = []
        for test, inside in step.arms:
            self.reads(test, known, step.at)
            behind.append(self.block(inside, known))
        if isinstance(step, steps.Branch) and all(test is not None for test, _ in step.arms):
            behind.append(known)
        return self.meet(behind)

    def choices(self, step: steps.Choices, known: Known) -> Known:
        """Follow the branches of a list, some of which may lead back to it."""
        behind: list[Known] = []
        comes_back = [
            isinstance(item, steps.Choice) and (item.again or (step.hub and not item.done)) for item in step.items
        ]
        if any(comes_back):
            known = self.begin([known])
        for item, is_back in zip(step.items, comes_back, strict=True):
            if isinstance(item, steps.Choice):
                out = self.choice(item, known)
                if is_back:
                    self.lead(out, known)
                else:
                    behind.append(out)
            else:
                self.reads(item.condition, known, item.at)
        return self.meet([*behind, known] if _may_close(step) else behind)

    def choice(self, item: steps.Choice, known: Known) -> Known:
        """Report what a choice reads too early; return the locals that have a value after its branch."""
        inside = known if item.slot < 0 else _with(known, item.slot)
        shown = (item.text, item.condition, item.needs, item.locked, item.odds, item.hint)
        self.reads(shown, inside, item.at)
        return self.block(item.steps, inside)


def _slots(thing: object) -> Iterator[int]:
    """Yield the slots that are read in an expression or a text."""
    return (part.slot for part in things_in(thing) if isinstance(part, Local))


def _receive(step: steps.Call, known: Known) -> Known:
    """Return the locals that have a value behind a call: what it brings back may go into one."""
    target = step.into.target if step.into else None
    return _with(known, target.slot) if isinstance(target, Local) else known


def _with(known: Known, slot: int) -> Known:
    return None if known is None else (known[0], known[1] | 1 << slot)


def _may_close(step: steps.Choices) -> bool:
    """Tell whether a list can be passed without a branch of its own."""
    choices = [item for item in step.items if isinstance(item, steps.Choice)]
    if len(choices) < len(step.items) and not step.hub:
        return True
    is_open = any(
        each.fallback or (each.condition is None and each.needs is None and not each.once) for each in choices
    )
    return not is_open
