"""What a passage does: its steps and choices, after checking."""

from collections.abc import Iterator
from typing import Literal, TypeAlias, Union, assert_never, get_args

from siberia_quest.model.expression import Assignable, Effect, Expression, Parts
from siberia_quest.model.kinds import ValueKind
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import Site

#: Line and column (from 1) in the passage's file, so that a problem met in play has a place.
At: TypeAlias = tuple[int, int]
#: How blocks of steps take turns.
BlockHow: TypeAlias = Literal["sequence", "cycle", "shuffle", "once"]
BLOCK_HOWS: tuple[BlockHow, ...] = get_args(BlockHow)
#: How a storylet is drawn from those that qualify.
DealOrder: TypeAlias = Literal["weight", "first", "least_seen"]
DEAL_ORDERS: tuple[DealOrder, ...] = get_args(DealOrder)
Exhibit: TypeAlias = Literal["stats", "journal", "chart", "art"]


class Text(NamedTuple):
    """Prose."""

    parts: Parts
    at: At


class Do(NamedTuple):
    """Effects, in order. `quiet` hides their changes from the player."""

    effects: tuple[Effect, ...]
    quiet: bool
    at: At


class Let(NamedTuple):
    """A local name gets a value."""

    slot: int
    value: Expression
    at: At


class Branch(NamedTuple):
    """`if`/`when`: the first arm whose condition holds; a condition of None always does."""

    arms: tuple[tuple[Expression | None, "Steps"], ...]
    at: At


class Match(NamedTuple):
    """`match`: arms by exact values (one test for each subject, None matches all) or, with `bands`, by lower bound."""

    subjects: tuple[Expression, ...]
    arms: tuple[tuple[tuple[Expression | None, ...], "Steps"], ...]
    otherwise: "Steps"
    bands: bool
    at: At


class Random(NamedTuple):
    """One arm by weight, by chance."""

    arms: tuple[tuple[Expression, "Steps"], ...]
    at: At


class Alternate(NamedTuple):
    """One block of steps by how often this `site` was passed."""

    how: BlockHow
    site: Site
    arms: tuple["Steps", ...]
    at: At


class Check(NamedTuple):
    """Odds in percent, then one of two branches; `shown` tells the player the odds and the result."""

    odds: Expression
    label: Parts
    shown: bool
    success: "Steps"
    failure: "Steps"
    at: At


class Choice(NamedTuple):
    """What an author offers. `members` with `slot` repeats it for each member of a kind, whose id is then the option's."""

    id: str
    text: Parts
    condition: Expression | None
    needs: Expression | None
    locked: Parts
    once: bool
    again: bool
    done: bool
    fallback: bool
    odds: Expression | None
    words: tuple[str, ...]
    hint: Parts
    tags: tuple[str, ...]
    steps: "Steps"
    slot: int
    members: tuple[str, ...]
    at: At


class DealtChoices(NamedTuple):
    """Storylets as choices: up to `show` of those with `tag`."""

    tag: str
    show: int
    by: DealOrder
    condition: Expression | None
    at: At


class Choices(NamedTuple):
    """A list of choices, waiting for a pick. `hub` is `topics`: the list comes back. `key` is its address in the passage."""

    items: tuple[Choice | DealtChoices, ...]
    hub: bool
    key: str
    at: At


class Label(NamedTuple):
    """A place in this passage."""

    name: str
    at: At


class Goto(NamedTuple):
    """Go on elsewhere: in a `passage`, which may be given something, or at a `label` of it ("" is this one). `leaves` drops all calls."""

    passage: str
    label: str
    leaves: bool
    given: tuple[Expression, ...]
    at: At


class Receiver(NamedTuple):
    """What a call puts the value into that the passage brings back, and the kind that it has to be of."""

    target: Assignable
    kind: ValueKind


class Call(NamedTuple):
    """Do a passage and come back to what follows, perhaps with a value. `key` is this step's address in the passage."""

    passage: str
    arguments: tuple[Expression, ...]
    into: Receiver | None
    key: str
    at: At


class Return(NamedTuple):
    """Back to the step after the call, with an answer of a kind it `brings`; None is yes, for who asks."""

    answer: Expression | None
    brings: ValueKind
    at: At


class Deal(NamedTuple):
    """Draw a storylet, do it, come back; `otherwise` when none qualifies."""

    tag: str
    by: DealOrder
    otherwise: "Steps"
    key: str
    at: At


class ForEach(NamedTuple):
    """`for`: the steps once for each member."""

    slot: int
    members: tuple[str, ...]
    steps: "Steps"
    at: At


class Question(NamedTuple):
    """`ask`: a text or a number from the player into a variable; one that is `optional` can be `left`, and then those steps are done."""

    into: str
    prompt: Parts
    number: bool
    default: str
    longest: int
    low: int | float | None
    high: int | float | None
    optional: bool
    left: "Steps"
    key: str
    at: At


class MontageStep(NamedTuple):
    """`montage`: beats in one or two columns at a tempo in beats a minute. A beat is (condition, left, right)."""

    tempo: Expression
    left: Parts
    right: Parts
    beats: tuple[tuple[Expression | None, Parts, Parts], ...]
    at: At


class Show(NamedTuple):
    """`show`. `names` are a chart's; `art` and `alt` are a picture's text and words."""

    what: Exhibit
    names: tuple[str, ...]
    art: str
    alt: str
    at: At


class Pause(NamedTuple):
    """A page turn; `text` is the single option's."""

    text: Parts
    key: str
    at: At


class Journal(NamedTuple):
    """A line in the journal, kept with the stats as they are."""

    text: Parts
    at: At


class Achieve(NamedTuple):
    """An achievement is unlocked."""

    name: str
    at: At


class Checkpoint(NamedTuple):
    """A place the player can go back to."""

    label: Parts
    at: At


class Music(NamedTuple):
    """A tune at a tempo in beats a minute; tune "" is silence."""

    tune: str
    tempo: Expression
    at: At


class End(NamedTuple):
    """The game ends; `ending` "" just ends."""

    ending: str
    at: At


Step: TypeAlias = Union[
    Text, Do, Let, Branch, Match, Random, Alternate, Check, Choices, Label, Goto, Call, Return, Deal, ForEach,
    Question, MontageStep, Show, Pause, Journal, Achieve, Checkpoint, Music, End,
]  # fmt: skip
Steps: TypeAlias = tuple[Step, ...]
#: Steps that lead elsewhere: to a passage or label, to one of several storylets, or out of the game.
Way: TypeAlias = Union[Goto, Call, Deal, End]


def inner(step: Step) -> tuple[Steps, ...]:  # noqa: PLR0911  # one case for each sort of step
    """Return the blocks of steps inside a step."""
    match step:
        case Branch(arms) | Random(arms):
            return tuple(steps for _, steps in arms)
        case Match():
            return (*(steps for _, steps in step.arms), step.otherwise)
        case Alternate():
            return step.arms
        case Check():
            return step.success, step.failure
        case Deal():
            return (step.otherwise,)
        case Question():
            return (step.left,) if step.optional else ()
        case ForEach():
            return (step.steps,)
        case Choices():
            return tuple(item.steps for item in step.items if isinstance(item, Choice))
        case (
            Text() | Do() | Let() | Label() | Goto() | Call() | Return() | MontageStep() | Show() | Pause()
            | Journal() | Achieve() | Checkpoint() | Music() | End()
        ):  # fmt: skip
            return ()
    assert_never(step)


def way_of(step: Step) -> Way | None:
    """Return a step that leads elsewhere, None for one that does not; what is inside of it may."""
    match step:
        case Goto() | Call() | Deal() | End():
            return step
        case (
            Text() | Do() | Let() | Branch() | Match() | Random() | Alternate() | Check() | Choices() | Label() | Return() | ForEach()
            | Question() | MontageStep() | Show() | Pause() | Journal() | Achieve() | Checkpoint() | Music()
        ):  # fmt: skip
            return None
    assert_never(step)


def prose_in(step: Step) -> tuple[Parts, ...]:
    """Return the texts that a step itself tells a player; what a question asks or an option says is none."""
    match step:
        case Text(parts) | Journal(parts) | Pause(parts):
            return (parts,)
        case MontageStep():
            return tuple(parts for _, left, right in step.beats for parts in (left, right))
        case (
            Do() | Let() | Branch() | Match() | Random() | Alternate() | Check() | Choices() | Label() | Goto() | Call() | Return()
            | Deal() | ForEach() | Question() | Show() | Achieve() | Checkpoint() | Music() | End()
        ):  # fmt: skip
            return ()
    assert_never(step)


def walk(steps: Steps) -> Iterator[Step]:
    """Yield every step, also those inside others."""
    for step in steps:
        yield step
        for block in inner(step):
            yield from walk(block)
