"""Definite assignment: a local name may only be read where every way to that place has given it a value."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias, assert_never

from siberia_quest.model import steps
from siberia_quest.model.expression import Local, things_in
from siberia_quest.model.steps import At, Steps
from siberia_quest.model.story import Passage

#: The slots that have a value at a place, as the bits of a number: thousands of them are copied at once. None where no way leads there.
Known: TypeAlias = int | None


class Unset(NamedTuple):
    """A slot that is read `at` a place to which some way leads without a value."""

    slot: int
    at: At


def unset_reads(block: Steps, parameters: int) -> tuple[Unset, ...]:
    """Return where local names are read without a value, once for each slot; the first `parameters` slots are given by the caller."""
    return _unset_from(block, (1 << parameters) - 1, {})


def _unset_from(block: Steps, known: Known, at_labels: dict[str, Known]) -> tuple[Unset, ...]:
    reader = _AssignmentReader()
    reader.at_labels |= at_labels
    before: dict[str, Known] | None = None
    while before != reader.at_labels:  # the ways to a label can stand below it
        before = dict(reader.at_labels)
        reader.unset.clear()
        reader.block(block, known)
    return tuple(Unset(slot, at) for slot, at in reader.unset.items())


def find_unset_labels(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield each label behind which a local name is read that has no value where one comes from another passage, with that name."""
    labels = (
        [step.name for step in steps.walk(passage.steps) if isinstance(step, steps.Label)] if passage.locals else []
    )
    for label in labels:
        slots = {*_slots(passage.title), *(slot for slot, _ in _unset_from(passage.steps, None, {label: 0}))}
        if slots:
            yield label, passage.locals[min(slots)]


class _AssignmentReader:
    """Follows the steps of one passage; `at_labels` holds what every goto so far brings to a label."""

    def __init__(self) -> None:
        self.at_labels: dict[str, Known] = {}
        self.unset: dict[int, At] = {}

    def block(self, block: Steps, known: Known) -> Known:
        """Follow steps; return what is known behind them."""
        for step in block:
            known = self.step(step, known)
        return known

    def reads(self, thing: object, known: Known, at: At) -> None:
        """Keep what is read without a value."""
        if known is not None:
            for slot in _slots(thing):
                if not known >> slot & 1:
                    self.unset.setdefault(slot, at)

    def step(self, step: steps.Step, known: Known) -> Known:  # noqa: C901  # one case for each step
        """Return the locals that have a value after a step, given those before it; None where nothing follows."""
        match step:
            case steps.Do():
                known = self.effects(step, known)
            case steps.Let():
                self.reads(step.value, known, step.at)
                known = _with(known, step.slot)
            case steps.Label():
                known = _meet((known, self.at_labels.get(step.name)))
            case steps.Goto():
                self.reads(step.given, known, step.at)
                if step.label and not step.passage:
                    self.at_labels[step.label] = _meet((self.at_labels.get(step.label), known))
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
                return _meet((*(self.block(inside, known) for _, inside in step.arms), *rest))
            case steps.Alternate():
                passed = (known,) if step.how == "once" else ()
                return _meet((*(self.block(arm, known) for arm in step.arms), *passed))
            case steps.Check():
                self.reads((step.odds, step.label), known, step.at)
                return _meet((self.block(step.success, known), self.block(step.failure, known)))
            case steps.Deal():
                return _meet((known, self.block(step.otherwise, known)))
            case steps.Question():
                self.reads(step.prompt, known, step.at)
                return _meet((known, self.block(step.left, known)))
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
        return _meet(behind)

    def choices(self, step: steps.Choices, known: Known) -> Known:
        """Follow the branches of a list, again with what those bring back that return to it."""
        while True:
            behind: list[Known] = []
            back: list[Known] = [known]
            for item in step.items:
                if isinstance(item, steps.Choice):
                    out = self.choice(item, known)
                    (back if item.again or (step.hub and not item.done) else behind).append(out)
                else:
                    self.reads(item.condition, known, item.at)
            again = _meet(back)
            if again == known:
                return _meet([*behind, known] if _may_close(step) else behind)
            known = again

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
    return None if known is None else known | 1 << slot


def _meet(ways: Iterable[Known]) -> Known:
    """Return what is known where several ways meet."""
    found: Known = None
    for way in ways:
        found = way if found is None else found if way is None else found & way
    return found


def _may_close(step: steps.Choices) -> bool:
    """Tell whether a list can be passed without a branch of its own."""
    choices = [item for item in step.items if isinstance(item, steps.Choice)]
    if len(choices) < len(step.items) and not step.hub:
        return True
    is_open = any(
        each.fallback or (each.condition is None and each.needs is None and not each.once) for each in choices
    )
    return not is_open
