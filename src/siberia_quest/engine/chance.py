"""Chance as plain numbers: a generator whose state is an integer, and the variety of texts, which hangs on nothing but place and visit."""

MASK = (1 << 64) - 1


def mixed(number: int) -> int:
    """Scatter a number over 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    number = (number + 0x9E3779B97F4A7C15) & MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & MASK
    return number ^ (number >> 31)


def stepped(chance: int) -> int:
    """Return the generator's next state (the linear congruential step of PCG; O'Neill 2014)."""
    return (chance * 6364136223846793005 + 1442695040888963407) & MASK


def unit(chance: int) -> float:
    """Return the number in [0, 1) that belongs to a state (PCG's XSH RR output, 32 bits)."""
    word = ((chance ^ (chance >> 18)) >> 27) & 0xFFFFFFFF
    turn = chance >> 59
    return (((word >> turn) | (word << (32 - turn))) & 0xFFFFFFFF) / 4294967296.0


def varied(seed: int, place: int, visit: int) -> int:
    """Return a 64-bit number that hangs on the seed, a place in the story and how often it was passed."""
    return mixed(mixed(mixed(seed & MASK) ^ place) + visit)


def shuffled(seed: int, place: int, visit: int, size: int) -> int:
    """Return which of `size` items the `visit`-th visit shows: all of them in one order, then all in another (Fisher and Yates)."""
    whole, at = divmod(visit, size)
    order = list(range(size))
    number = varied(seed, place, whole)
    for last in range(size - 1, 0, -1):
        number = mixed(number)
        other = number % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order[at]
