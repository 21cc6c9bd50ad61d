"""Chance as plain numbers: a generator whose state is an integer, and the variety of texts, which hangs on nothing but place and visit."""

from siberia_quest.engine.numbers import tidy
from siberia_quest.engine.play_faults import PlayFault
from siberia_quest.model.kinds import Value

MASK = (1 << 64) - 1


def mix(number: int) -> int:
    """Scatter a number over 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    number = (number + 0x9E3779B97F4A7C15) & MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & MASK
    return number ^ (number >> 31)


def step_chance(chance: int) -> int:
    """Return the generator's next state (the linear congruential step of PCG; O'Neill 2014)."""
    return (chance * 6364136223846793005 + 1442695040888963407) & MASK


def unit(chance: int) -> float:
    """Return the number in [0, 1) that belongs to a state (PCG's XSH RR output, 32 bits)."""
    word = ((chance ^ (chance >> 18)) >> 27) & 0xFFFFFFFF
    turn = chance >> 59
    return (((word >> turn) | (word << (32 - turn))) & 0xFFFFFFFF) / 4294967296.0


def vary(seed: int, place: int, visit: int) -> int:
    """Return a 64-bit number that hangs on the seed, a place in the story and how often it was passed."""
    return mix(mix(mix(seed & MASK) ^ place) + visit)


def shuffled(seed: int, place: int, visit: int, size: int) -> int:
    """Return which of `size` items the `visit`-th visit shows: all of them in one order, then all in another (Fisher and Yates)."""
    whole, at = divmod(visit, size)
    order = list(range(size))
    number = vary(seed, place, whole)
    for last in range(size - 1, 0, -1):
        number = mix(number)
        other = number % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order[at]


class Dice:
    """What the dice of one turn decide: `chance` is the generator's state, `seed` what variety in words hangs on."""

    __slots__ = ("chance", "seed")

    chance: int
    seed: int

    def unit(self) -> float:
        """Draw a number in [0, 1)."""
        self.chance = step_chance(self.chance)
        return unit(self.chance)

    def happens(self, percent: float) -> bool:
        """Tell whether something with a chance in percent happens."""
        return self.unit() * 100 < percent

    def roll(self, low: float, high: float) -> int | float:
        """Draw a whole number from low to high."""
        if high < low:
            raise PlayFault(
                "SQ402", f"a roll from {tidy(low)} to {tidy(high)} has nothing to give", "put the smaller number first"
            )
        return tidy(low + int(self.unit() * (high - low + 1)))

    def between(self, low: float, high: float) -> int | float:
        """Draw a number from low to high."""
        return tidy(low + self.unit() * (high - low))

    def pick(self, things: tuple[Value, ...]) -> Value:
        """Draw one of several things, all alike."""
        if not things:
            raise PlayFault("SQ403", "there is nothing here to pick from", "make sure the set or list is not empty")
        return things[int(self.unit() * len(things))]

    def weigh(self, weights: list[int | float]) -> int:
        """Draw the place of one of several weights."""
        heights = [max(0, weight) for weight in weights]
        total = sum(heights)
        if not total > 0:
            raise PlayFault(
                "SQ404", "all weights are zero here, so nothing can be drawn", "give at least one of them a weight"
            )
        rest = self.unit() * total
        for index, height in enumerate(heights):
            rest -= height
            if rest < 0:
                return index
        return max(index for index, height in enumerate(heights) if height)

    def draw(self, members: tuple[str, ...], weights: list[int | float]) -> str:
        """Draw a member by weight."""
        return members[self.weigh(weights)]

    def variety(self, place: int, visit: int, weights: tuple[int | float, ...]) -> int:
        """Return which arm of a random text a visit shows; the generator of the game is not touched."""
        rest = vary(self.seed, place, visit) / 2**64 * sum(weights)
        for index, weight in enumerate(weights):
            rest -= weight
            if rest < 0:
                return index
        return 0

    def shuffled(self, place: int, visit: int, size: int) -> int:
        """Return which arm of a shuffle a visit shows; the generator of the game is not touched."""
        return shuffled(self.seed, place, visit, size)
