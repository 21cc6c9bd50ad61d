"""Random prose with braces: values, conditions, alternatives, phrases and the functions that make words."""

from stories.prose import NO_PROSE, inner_words, quoted, words
from stories.world import NUMBER, YES_NO, World

HOWS = ("sequence", "cycle", "once", "shuffle", "random")


def prose(world: World, depth: int = 2) -> str:
    """A text as it stands in a story: words and braces."""
    dice = world.dice
    pieces = [words(dice)]
    while dice.once_in(2) and len(pieces) < 5:
        pieces.append(braces(world, depth) if dice.below(3) else words(dice))
    if world.is_wrong():
        pieces.append(dice.one_of(NO_PROSE))
    between = dice.one_of((" ", "", "\n\n"))
    return between.join(f"{piece} " if piece.endswith("\\") else piece for piece in map(_settled, pieces))


def _settled(text: str) -> str:
    """A text without the braces of hostile words, which would end a story before it begins."""
    for sign in ("{{", "f'{v}'"):
        text = text.replace(sign, "\\{")
    return text


def inner(world: World, depth: int) -> str:
    """A text within braces, perhaps empty."""
    dice = world.dice
    if depth <= 0 or dice.below(2):
        return dice.one_of(("", inner_words(dice)))
    return f"{inner_words(dice)} {braces(world, depth)}"


def braces(world: World, depth: int) -> str:
    dice = world.dice
    sort = dice.below(8)
    if sort == 1:
        return f"{{{world.value(NUMBER)}:{dice.below(8)}}}"
    if sort == 2:
        arms = [f"if {world.value(YES_NO, 1)} then {inner(world, depth - 1)}" for _ in dice.some(1, 2)]
        return "{" + " | ".join([*arms, inner(world, depth - 1)][: len(arms) + dice.below(2)]) + "}"
    if sort == 3:
        return "{" + dice.one_of(HOWS) + "|" + "|".join(inner(world, depth - 1) for _ in dice.some(1, 3)) + "}"
    if sort == 4 and world.phrases:
        return f"{{{world.call(dice.one_of(world.phrases), 1)}}}"
    if sort == 5:
        return "{" + worded(world) + "}"
    if sort == 6 and world.banded:
        of_kinds = [world.stat_of(kind) for kind in world.stat_kinds if set(world.kinds[kind]) <= set(world.banded)]
        return f"{{band({dice.one_of([*world.banded, *of_kinds])})}}"
    members = [each.name for each in (*world.values, *world.locals) if each.kind.startswith("member ")]
    if sort == 7 and (members or world.stats):
        return f"{{label({dice.one_of([*members, *world.stats])})}}"
    return f"{{{shown(world)}}}"


def shown(world: World) -> str:
    """A value of any kind, as braces show it."""
    dice = world.dice
    named = [each.name for each in (*world.values, *world.locals)]
    if named and dice.below(4):
        name = dice.one_of(named)
        return name[:1].upper() + name[1:] if dice.once_in(8) else name
    return world.value(dice.one_of((NUMBER, YES_NO)), 2)


def worded(world: World) -> str:
    dice = world.dice
    if dice.once_in(3):
        return f"{dice.one_of(('words', 'ordinal'))}({world.value(NUMBER, 1)})"
    if world.phrases and dice.once_in(3):
        return f"cap({world.call(dice.one_of(world.phrases), 1)})"
    if dice.once_in(2):
        return f"{dice.one_of(('cap', 'lower'))}({shown(world)})"
    return f"plural({world.value(NUMBER, 1)}, {quoted(dice)}, 'bears')"
