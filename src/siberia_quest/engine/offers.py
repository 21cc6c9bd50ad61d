"""What the player is offered: options as a list, and as a state keeps them."""

from collections.abc import Sequence
from typing import NamedTuple

from siberia_quest.model.page import Option

#: Before the id of an option that is shown greyed, in `State.offer`.
GREYED = "-"


class Offer(NamedTuple):
    """What the player is offered: the options, their ids as a state keeps them (greyed ones marked), and whether one is open."""

    options: tuple[Option, ...]
    ids: tuple[str, ...]
    is_open: bool


NOTHING = Offer((), (), is_open=False)


def offer_of(options: Sequence[Option]) -> Offer:
    """Return the offer of some options."""
    ids = tuple([option.id if option.enabled else GREYED + option.id for option in options])
    return Offer(tuple(options), ids, any(option.enabled for option in options))


class FixedOffers(dict[int, Offer]):
    """The offers of a list whose options never change, by which of them are shown (a bit each); made when first met."""

    def __init__(self, *options: Option) -> None:
        super().__init__()
        self.options = options

    def __missing__(self, shown: int) -> Offer:
        offer = self[shown] = offer_of([each for index, each in enumerate(self.options) if shown >> index & 1])
        return offer


class Candidate(NamedTuple):
    """A storylet that qualifies now."""

    passage: str
    weight: int | float
    priority: int | float
    option: Option
