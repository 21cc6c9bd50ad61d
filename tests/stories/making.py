"""Whole random stories: a head, passages and storylets, now and then a second scene, and what may go wrong with them."""

from stories import declarations
from stories.declarations import Section, declare, heading
from stories.dice import Dice
from stories.open_faults import TITLES_OF_STORYLETS
from stories.prose import HOSTILE
from stories.steps import IDS, Passage, Plot
from stories.telling import prose, prose_without
from stories.world import NUMBER, YES_NO, Call, Value, World
from stories.yaml_text import Tree, written

TALE, OTHER = "tale", "second"
MAIN, ART = "story.yaml", "moon.txt"
#: Words of the language for the wrong place.
_KEYS = (
    "goto", "do", "then", "else", "text", "choices", "for", "if", "match", "cases", "bands", "stat", "start",
    "range", "use", "deal", "call", "params", "storylet", "ask", "check", "success", "random", "once", "topics",
    "fallback", "steps", "label", "passages", "weight", "gotoo", "",
)  # fmt: skip


def draft(dice: Dice) -> dict[str, str]:
    """The files of a whole story, by name; in one of three, something may be wrong."""
    world = World(dice, wrong=dice.once_in(3))
    head = declare(world)
    if dice.once_in(3) and world.stats:
        kinds = head.get("kinds")
        head["kinds"] = {**(kinds if isinstance(kinds, dict) else {}), **declarations.stat_kinds(world)}
    plot = Plot(head)
    planned = plan(world, plot)
    if dice.once_in(3):
        head["menus"] = menus(world, plot)
    scenes: dict[str, Section] = {TALE: {}, OTHER: {}}
    for address, sort in planned.items():
        scene, _, name = address.partition(".")
        scenes[scene][name] = passage(world, plot, address, sort)
    head |= heading(world, plot.gotos[0])
    head["passages"] = scenes[TALE]
    texts = {MAIN: written(head, dice)}
    if scenes[OTHER]:
        texts[f"{OTHER}.yaml"] = written({"scene": "Second", "passages": scenes[OTHER]}, dice)
    if world.wrong and dice.once_in(2):
        texts[MAIN] = spoilt(texts[MAIN], dice)
    return {**texts, ART: "  o\n /|\\\n"}


def plan(world: World, plot: Plot) -> dict[str, str]:
    """The passages there will be, by address, each with its sort: one to go to, one to call, or a storylet."""
    found: dict[str, str] = {}
    for number in world.dice.some(1, 3):
        sort = "plain" if number == 0 else world.dice.one_of(("plain", "called", "storylet"))
        name = f"{OTHER if number and world.dice.once_in(8) else TALE}.{world.name()}"
        found[name] = sort
        if sort == "plain":
            plot.gotos.append(name)
            world.places.append(name)
        elif sort == "called":
            plot.calls.append(Call(name, tuple(each.kind for each in declarations.parameters(world))))
    if "storylet" in found.values():
        plot.tags = ["errand"]
    return found


def menus(world: World, plot: Plot) -> Section:
    """A reusable list of choices; it may be used once in each passage."""
    maker = Passage(world, plot)
    maker.labels = maker.unplaced = []
    maker.ids = [
        *IDS,
        *(member for members in world.kinds.values() for member in members),
        *(f"of_menu_{number}" for number in range(9)),
    ]
    items: list[Tree] = [maker.choice(0), *([{"use": "menu"}] if world.is_wrong() else [])]
    plot.menus.append("menu")
    return {"menu": items}


def passage(world: World, plot: Plot, name: str, sort: str) -> Tree:
    """One passage, its locals and labels its own."""
    dice = world.dice
    maker = Passage(world, plot, name)
    made: Section = {}
    calls = [each for each in plot.calls if each.name == name]
    if calls and calls[0].takes:
        given = {f"given_{number}": kind for number, kind in enumerate(calls[0].takes)}
        made["params"] = {each: kind.removeprefix("member ") for each, kind in given.items()}
        world.locals = [Value(each, kind, changes=True) for each, kind in given.items()]
    if dice.once_in(3):
        made["title"] = prose_without(world, alternatives=TITLES_OF_STORYLETS) if sort == "storylet" else prose(world)
    if sort == "storylet":
        made["storylet"] = storylet(world)
    effect = world.effect() if dice.once_in(3) else ""
    made |= {"do": effect} if effect else {}
    made |= {"text": prose(world)} if dice.below(3) else {}
    steps = maker.block(3) if dice.below(5) else []
    steps += [{"label": each} for each in maker.unplaced]
    maker.unplaced.clear()
    made |= {"steps": steps} if steps else {}
    if dice.below(2):
        made |= maker.choices(2)
    move = maker.move() if sort == "plain" or dice.once_in(3) else {"return": True} if dice.below(6) else {}
    made |= move if isinstance(move, dict) else {}
    world.locals = []
    return made or ["x"]


def storylet(world: World) -> Section:
    dice = world.dice
    made: Section = {"tag": "errand"}
    made |= {"if": world.value(YES_NO, 1)} if dice.once_in(3) else {}
    made |= {"weight": world.value(NUMBER, 1)} if dice.once_in(3) else {}
    made |= {"priority": dice.below(3)} if dice.once_in(3) else {}
    made |= {"once": True} if dice.once_in(4) else {}
    made |= {"cooldown": dice.below(3)} if dice.once_in(4) else {}
    return made | (
        {"needs": world.value(YES_NO, 1), "locked": prose_without(world, alternatives=TITLES_OF_STORYLETS)}
        if dice.once_in(4)
        else {}
    )


def spoilt(text: str, dice: Dice) -> str:
    """A story's text with a mistake of the hand: lines that were swapped, lost, doubled or moved, and words in the wrong place."""
    lines = text.split("\n")
    for _ in dice.some(1, 2):
        at, sort = dice.below(len(lines)), dice.below(7)
        line = lines[at]
        margin, bare = line[: len(line) - len(line.lstrip())], line.lstrip()
        if sort == 0:
            other = dice.below(len(lines))
            lines[at], lines[other] = lines[other], line
        elif sort == 1:
            lines[at] = ""
        elif sort == 2:
            lines.insert(at, line)
        elif sort == 3:
            lines[at] = f"  {line}" if dice.once_in(2) else line[2:]
        elif sort == 4 and ":" in bare:
            lines[at] = f"{margin}{dice.one_of(_KEYS)}:{bare.partition(':')[2]}"
        elif sort == 5:
            lines[at] = f"{margin}{bare.partition(':')[0]}: {dice.one_of(HOSTILE)}"
        else:
            lines[at] = (
                f"{margin}{bare.partition(':')[0]}: {dice.one_of(('[]', '{}', 'null', '[a, [b]]', '{a: 1}', 'x', '-1', '3', 'yes'))}"
            )
    return "\n".join(lines)
