"""Where a story can go: endings that exist, passages that end without saying what comes next."""

from collections.abc import Collection, Container, Iterator, Mapping
from types import MappingProxyType
from typing import assert_never

from siberia_quest.lang.scope import nearest
from siberia_quest.loading.definite_assignment import find_unset_labels
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.model import steps
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.expression import Comparison, Local, things_in
from siberia_quest.model.kinds import UNKNOWN, ValueKind
from siberia_quest.model.outline import PassageFacts
from siberia_quest.model.steps import At, Step, Steps
from siberia_quest.model.story import Achievement, Ending, Passage


def ways_of(passage: Passage) -> PassageFacts:
    """Return where a passage leads."""
    gotos, calls, endings, achievements, jumps = dict[str, None](), [], [], [], []
    receivers, brings = [], []
    for step in steps.walk(passage.steps):
        match steps.way_of(step):
            case steps.Goto(target, label, leaves, _, at) if target:
                gotos |= {} if leaves else {target: None}
                jumps += [(target, label, at)] if label else []
            case steps.Call(target, _, into, _, at):
                calls.append((target, at))
                receivers += [(target, into.kind, at)] if into else []
            case steps.End(name, at) if name:
                endings.append((name, at))
            case steps.Goto() | steps.Deal() | steps.End() | None:
                if isinstance(step, steps.Achieve):
                    achievements.append((step.name, step.at))
                if isinstance(step, steps.Return):
                    brings.append((step.brings, step.at))
            case other:
                assert_never(other)
    falls = falls_through(passage.steps)
    lists = (tuple(calls), tuple(endings), tuple(achievements), tuple(jumps), tuple(find_unset_labels(passage)))
    return PassageFacts(passage.sites, passage.locals, falls, tuple(gotos), *lists, tuple(receivers), tuple(brings))


def report_waiting(context: ReadingContext, passage: Passage) -> None:
    """Report steps that wait or lead elsewhere, where they stand beside whatever the player picked."""
    for step in steps.walk(passage.steps):
        word = _WAITING.get(type(step))
        if word:
            why = "it is done beside whatever the player picked, which goes on behind it"
            fix = "change a variable here, and ask or go where the story looks at it, as with `if: hunger > 9` and `goto:`"
            span = _span(passage, step.at)
            context.report("SQ514", f"`{word}:` cannot stand in `each_turn:`", span, fix, why)


_WAITING: Mapping[type[Step], str] = MappingProxyType({
    steps.Choices: "choices", steps.Question: "ask", steps.Pause: "pause", steps.Call: "call", steps.Deal: "deal", steps.Goto: "goto",
    steps.Return: "return", steps.End: "end", steps.Label: "label",
})  # fmt: skip


def report_jumps(context: ReadingContext, passages: Mapping[str, Passage], ways: Mapping[str, PassageFacts]) -> None:
    """Report ways to a label of another passage behind which something is read that only the steps before it give a value."""
    for id_, each in ways.items():
        for target, label, at in each.jumps:
            name = dict(ways[target].unset).get(label)
            if name:
                passage = target.rsplit(".", 1)[-1]
                why = f"behind the label `{label}` the passage `{passage}` reads `{name}`, which is given a value only before it"
                fix = f"go to the beginning, with `goto: {passage}`, or use a variable in place of `{name}`"
                said = f"from here `{name}` has no value at the label `{label}`"
                context.report("SQ219", said, _span(passages[id_], at), fix, why)


def report_answers(context: ReadingContext, passages: Mapping[str, Passage], ways: Mapping[str, PassageFacts]) -> None:
    """Report what a passage brings back, where a call wants another kind of value, and where it may bring back none; once each."""
    found: dict[Span, tuple[str, str, str]] = {}
    for id_, each in ways.items():
        for target, kind, at in each.receivers:
            name, file = target.rsplit(".", 1)[-1], passages[id_].file
            why = f"the call of `{name}` in {file}, line {at[0]}, wants {kind.in_words()}"
            for inside in _find_inside(target, ways):
                for span, said, fix in _unfit_answers(passages[inside], ways[inside], kind):
                    found.setdefault(span, (said, fix, why))
    for span, (message, fix, why) in found.items():
        context.report("SQ510", message, span, fix, why)


def _unfit_answers(passage: Passage, ways: PassageFacts, wanted: ValueKind) -> Iterator[tuple[Span, str, str]]:
    """Yield where a passage brings back another kind of value than is wanted, or none: the place, what is said, and its cure."""
    for kind, at in ways.brings:
        if kind != wanted and UNKNOWN not in (kind, wanted):
            said = f"this brings back {kind.in_words()}, and {wanted.in_words()} is wanted"
            yield _span(passage, at), said, "write behind `return:` a value of the kind that is wanted"
    if ways.falls:
        said = f"the passage `{passage.id.rsplit('.', 1)[-1]}` can end without the value that is wanted of it"
        at = passage.steps[-1].at if passage.steps else passage.at
        yield _span(passage, at), said, "finish it with `return:` and the value"


def _find_inside(target: str, ways: Mapping[str, PassageFacts]) -> list[str]:
    """Return a passage that is called, and those that it goes to within the call."""
    found = [target]
    for id_ in found:
        found += [each for each in ways[id_].gotos if each not in found]
    return found


def report_missing(
    context: ReadingContext,
    passages: Mapping[str, Passage],
    ways: Mapping[str, PassageFacts],
    endings: Mapping[str, Ending],
    achievements: Mapping[str, Achievement],
) -> None:
    """Report endings and achievements that do not exist."""
    for id_, each in ways.items():
        for name, at in each.endings:
            if name not in endings:
                _report_missing(context, passages[id_], at, "ending", name, list(endings))
        for name, at in each.achievements:
            if name not in achievements:
                _report_missing(context, passages[id_], at, "achievement", name, list(achievements))


def report_flow(
    context: ReadingContext,
    passages: Mapping[str, Passage],
    ways: Mapping[str, PassageFacts],
    storylets: Mapping[str, Collection[str]],
) -> None:
    """Report passages that can end without saying what comes next, and calls that can never come back; `storylets` are ids by tag."""
    called = {name for each in ways.values() for name, _ in each.calls}
    dealt = {id_ for ids in storylets.values() for id_ in ids} - called
    inside_calls = _find_reachable({*dealt, *called}, ways, dealt)
    returning = _Returning(passages, ways, storylets)
    for id_, each in ways.items():
        if each.falls and id_ not in inside_calls and not passages[id_].is_each_turn:
            _report_end(context, passages[id_], returning)
    done = _find_coming_back({id_: passages[id_] for id_ in _find_reachable(called, ways)}, ways)
    for id_, each in ways.items():
        for target, at in each.calls:
            if target not in done:
                name = target.split(".")[-1]
                why = "every way on from there leads into another call before it reaches an end, so what follows this call is never told"
                message = f"the call of `{name}` can never come back"
                fix = "let the called passage reach its end, or use `leave:` where nothing needs to come back"
                context.report("SQ507", message, _span(passages[id_], at), fix, why)


class _Returning(Container[str]):
    """The tags of storylets of which one can come back to where it was dealt, each looked at when it is asked for."""

    def __init__(
        self,
        passages: Mapping[str, Passage],
        ways: Mapping[str, PassageFacts],
        storylets: Mapping[str, Collection[str]],
    ) -> None:
        self._passages = passages
        self._ways = ways
        self._storylets = storylets

    def __contains__(self, tag: object) -> bool:
        ids = self._storylets.get(tag, ()) if isinstance(tag, str) else ()
        return any(self._ways[id_].falls or self._returns(id_) for id_ in ids)

    def _returns(self, id_: str) -> bool:
        return any(isinstance(step, steps.Return) for step in steps.walk(self._passages[id_].steps))


def _report_end(context: ReadingContext, passage: Passage, returning: Container[str]) -> None:
    if not falls_through(passage.steps, returning=returning):
        return
    span = _span(passage, passage.steps[-1].at if passage.steps else passage.at)
    if falls_through(passage.steps, exhausted=False, returning=returning):
        message = f"the passage `{passage.id.split('.')[-1]}` can end without saying what comes next"
        context.report(
            "SQ504", message, span, "finish it with `goto:`, `end:` or `choices:`", "the player would be stuck there"
        )
        return
    closing = next((step for step in steps.walk(passage.steps) if _closes_at_once(step)), None)
    if closing:
        span = _span(passage, closing.at)
        why = "if no choice is open, the passage ends without saying what comes next"
        fix = "add a choice that is always open, a `fallback`, or a `goto:` behind the list"
        context.report("SQ506", "every choice here can be closed at the same time", span, fix, why, "warning")


def _closes_at_once(step: Step) -> bool:
    """Tell whether all choices of a list hang on the very same conditions, so that they close together."""
    if not isinstance(step, steps.Choices) or any(map(_differs_by_member, step.items)):
        return False
    tests = {
        (item.condition, item.needs) for item in step.items if isinstance(item, steps.Choice) and not item.fallback
    }
    return (
        len(tests) == 1
        and (None, None) not in tests
        and not any(isinstance(item, steps.DealtChoices) for item in step.items)
    )


def _differs_by_member(item: steps.Choice | steps.DealtChoices) -> bool:
    """Tell whether a choice for each member of a kind hangs on the member: one may be open where another is closed.

    Those for what is in a set close together, where it is empty.
    """
    if not isinstance(item, steps.Choice) or not item.members:
        return False
    one = Local(item.slot)
    parts = tuple(things_in((item.condition, item.needs)))
    is_of_set = any(isinstance(each, Comparison) and each.first == one and each.rest[0][0] == "in" for each in parts)
    return one in parts and not is_of_set


def _find_coming_back(passages: Mapping[str, Passage], ways: Mapping[str, PassageFacts]) -> set[str]:
    """Return the passages from which a call can come back, or the game can end: the least set that fits itself."""
    leading: dict[str, list[str]] = {}
    for id_ in passages:
        for target in (*ways[id_].gotos, *(name for name, _ in ways[id_].calls)):
            leading.setdefault(target, []).append(id_)
    done: set[str] = set()
    open_ = {*passages}
    while open_:  # those that lead to one which was found may be found now
        found = {id_ for id_ in open_ if _finishes(passages[id_].steps, done)}
        done |= found
        open_ = {id_ for each in found for id_ in leading.get(each, ())} - done
    return done


def _finishes(block: Steps, done: set[str]) -> bool:
    """Tell whether some way through these steps reaches their end, a return, the game's end, or a passage that does."""
    for step in block:
        if isinstance(step, steps.Call) and step.passage not in done:
            return False
        if isinstance(step, steps.Return | steps.End):
            return True
        if isinstance(step, steps.Goto):
            return step.leaves or not step.passage or step.passage in done
        inside = steps.inner(step)
        if inside and any(not falls_through(each) and _finishes(each, done) for each in inside):
            return True
        if not _passes(step, exhausted=True, returning=None):
            return any(_finishes(each, done) for each in inside)
    return True


def _report_missing(context: ReadingContext, passage: Passage, at: At, what: str, name: str, known: list[str]) -> None:
    fix = nearest(name, known) or f"declare it under `{what}s:`"
    context.report("SQ216", f"no {what} is named `{name}`", _span(passage, at, len(name)), fix)


def _span(passage: Passage, at: At, length: int = 1) -> Span:
    return Span(passage.file, at[0], at[1], at[0], at[1] + length)


def _find_reachable(first: Collection[str], ways: Mapping[str, PassageFacts], dealt: Collection[str] = ()) -> set[str]:
    """Return some passages, and all that they go to or call without leaving their calls; a `dealt` storylet goes elsewhere for good."""
    found = {*first}
    waiting = [*first]
    while waiting:
        id_ = waiting.pop()
        here = ways[id_]
        new = {*(() if id_ in dealt else here.gotos), *(name for name, _ in here.calls)} - found
        found |= new
        waiting += new
    return found


def falls_through(block: Steps, *, exhausted: bool = True, returning: Container[str] | None = None) -> bool:
    """Tell whether what stands behind some steps can be reached; with `exhausted`, also where no choice of a list is open.

    `returning` are the tags of storylets of which one comes back from a deal, None where that is not known: then all do.
    """
    passes = True
    for step in block:
        passes = (passes or isinstance(step, steps.Label)) and _passes(
            step, exhausted, returning
        )  # a goto leads to a label
    return passes


def _passes(step: Step, exhausted: bool, returning: Container[str] | None) -> bool:  # noqa: FBT001  # one line for each sort of step
    def passes(block: Steps) -> bool:
        return falls_through(block, exhausted=exhausted, returning=returning)

    match step:
        case steps.Goto() | steps.End() | steps.Return():
            return False
        case steps.Branch(arms):
            return all(condition is not None for condition, _ in arms) or any(passes(each) for _, each in arms)
        case steps.Match():
            blocks = [block for _, block in step.arms]
            complete = step.otherwise or step.bands
            return not complete or any(
                passes(each) for each in (*blocks, *([step.otherwise] if step.otherwise else []))
            )
        case steps.Random(arms):
            return any(passes(each) for _, each in arms)
        case steps.Alternate(how, _, arms):
            return how == "once" or any(passes(each) for each in arms)
        case steps.Check():
            return passes(step.success) or passes(step.failure)
        case steps.Choices():
            return _choices_pass(step, exhausted, returning)
        case (
            steps.Text() | steps.Do() | steps.Let() | steps.Label() | steps.Call() | steps.Deal() | steps.ForEach()
            | steps.Question() | steps.MontageStep() | steps.Show() | steps.Pause() | steps.Journal() | steps.Achieve()
            | steps.Checkpoint() | steps.Music()
        ):  # fmt: skip
            return True
    assert_never(step)


def _choices_pass(step: steps.Choices, exhausted: bool, returning: Container[str] | None) -> bool:  # noqa: FBT001
    choices = [item for item in step.items if isinstance(item, steps.Choice)]
    dealt = [item.tag for item in step.items if isinstance(item, steps.DealtChoices)]
    if not step.hub and any(returning is None or tag in returning for tag in dealt):
        return True
    if any(
        falls_through(each.steps, exhausted=exhausted, returning=returning)
        and not each.again
        and (each.done or not step.hub)
        for each in choices
    ):
        return True
    if any(each.fallback for each in choices) or not exhausted:
        return False
    return not any(each.condition is None and each.needs is None and not each.once for each in choices)
