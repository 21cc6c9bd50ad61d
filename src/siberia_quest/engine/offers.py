"""What the player is offered: options as a list, and as a state keeps them."""

from collections.abc import Sequence

from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Option

#: Before the id of an option that is shown greyed, in `State.offer`.
GREYED = "-"


class Offer:
    """What the player is offered: the options, their ids as a state keeps them (greyed ones marked), and whether one is open."""

    __slots__ = ("ids", "is_open", "options")

    def __init__(self, options: Sequence[Option] = ()) -> None:
        self.options = tuple(options)
        self.ids = tuple([option.id if option.enabled else GREYED + option.id for option in options])
        self.is_open = any(option.enabled for option in options)


NOTHING = Offer()


class FixedOffers:
    """The offers of a list whose options never change, by which of them are shown (a bit each); those that were met are `known`."""

    __slots__ = ("known", "options")

    def __init__(self, *options: Option) -> None:
        self.options = options
        self.known: dict[int, Offer] = {}

    def make(self, shown: int) -> Offer:
        """Make an offer that is met for the first time."""
        offer = self.known[shown] = Offer([each for index, each in enumerate(self.options) if shown >> index & 1])
        return offer


class Candidate(NamedTuple):
    """A storylet that qualifies now."""

    passage: str
    weight: int | float
    priority: int | float
    option: Option
