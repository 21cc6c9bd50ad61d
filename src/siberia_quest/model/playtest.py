"""The tests of a story: walkthroughs, styles of playing, and targets that many games must meet."""

from collections.abc import Mapping
from typing import Literal, TypeAlias, Union, get_args

from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.expression import Expression
from siberia_quest.model.kinds import Value
from siberia_quest.model.named_tuple import NamedTuple

#: What a `pick:` may name instead of an option: the enabled one with the best or the worst odds.
OddsPick: TypeAlias = Literal["best_odds", "worst_odds"]
BY_ODDS: tuple[OddsPick, ...] = get_args(OddsPick)


class Pick(NamedTuple):
    """Pick an option, or answer a question, so many `times`, or `until` a condition holds (as `said`), so many times at most."""

    id: str
    times: int
    span: Span
    until: Expression | None = None
    said: str = ""


class Expect(NamedTuple):
    """What must be so here: words on the page, a passage, an option on offer or not, and a condition; "" and None ask nothing."""

    text: str
    at: str
    offers: str
    lacks: str
    where: Expression | None
    said: str
    span: Span


Play: TypeAlias = Union[Pick, Expect]


class Walkthrough(NamedTuple):
    """One game with given picks. `ending` is None where none is asked for, "" where the story must just stop."""

    name: str
    seed: int
    settings: Mapping[str, Value]
    play: tuple[Play, ...]
    ending: str | None
    span: Span


class Preference(NamedTuple):
    """Options that a style likes more: by id or tag (or BY_ODDS), with a weight, while a condition holds."""

    condition: Expression | None
    pick: str
    weight: float


class Style(NamedTuple):
    """How a kind of player picks.

    `first` is tried in order: the first preference that holds and is on offer decides. `prefer` are weights of ids and tags (1 for what
    is not named), `avoid` is picked only where nothing else is open, `always` gives a passage's pick, `answers` a question's answer:
    its words, or for a number what an expression comes to.
    """

    name: str
    first: tuple[Preference, ...] = ()
    prefer: tuple[Preference, ...] = ()
    avoid: tuple[str, ...] = ()
    always: Mapping[str, str] = {}  # a default that nobody fills
    answers: Mapping[str, str | Expression] = {}
    settings: Mapping[str, Value] = {}


#: The style that picks among all that is open, each alike.
RANDOM = Style("random")


class Limits(NamedTuple):
    """From `low` to `high`, both meant with it; `written` is what the author wrote."""

    low: float
    high: float
    written: str


class Target(NamedTuple):
    """What games of a style must come to: shares in percent, lengths in picks, stats at the end (the median of each)."""

    style: str
    games: int
    seed: int
    settings: Mapping[str, Value]
    endings: Mapping[str, Limits]
    reached: Mapping[str, Limits]
    stats: Mapping[str, Limits]
    length: Mapping[str, Limits]
    wins: Limits | None
    span: Span


class Playtests(NamedTuple):
    """All tests of a story, what is wrong with their files, and the lines of these."""

    walkthroughs: tuple[Walkthrough, ...]
    styles: Mapping[str, Style]
    targets: tuple[Target, ...]
    wins: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: dict[str, list[str]]
