"""Whole random stories: a head, passages and storylets, now and then a second scene, and what may go wrong with them."""

from siberia_quest.model.language_keys import SHAPES
from stories import declarations
from stories.declarations import Section, declare, heading
from stories.dice import Dice
from stories.prose import HOSTILE
from stories.steps import IDS, Passage, Plot
from stories.telling import prose
from stories.world import NUMBER, TEXT, YES_NO, Call, Value, World
from stories.yaml_text import Tree, written

TALE, OTHER = "tale", "second"
#: What a scene may declare as a story does.
SCENE_KEYS = tuple(key.name for key in SHAPES["scene"] if key.name not in {"scene", "passages"})
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
        made = declarations.stat_kinds(world)
        head["kinds"] = {**(kinds if isinstance(kinds, dict) else {}), **made}
        of, known = next(iter(made)), head.get("variables")
        head["variables"] = {**(known if isinstance(known, dict) else {}), "held": of}
        world.values.append(Value("held", f"member {of}", changes=True))
    plot = Plot(head)
    planned = plan(world, plot)
    if dice.once_in(3):
        head["menus"] = menus(world, plot)
    scenes: dict[str, Section] = {TALE: {}, OTHER: {}}
    of_scene: Section = {}
    if any(address.startswith(f"{OTHER}.") for address in planned):
        of_scene = {key: head.pop(key) for key in SCENE_KEYS if key in head and dice.once_in(3)}
    for address, sort in planned.items():
        scene, _, name = address.partition(".")
        scenes[scene][name] = passage(world, plot, address, sort)
    if dice.once_in(6):
        maker = Passage(world, plot)
        maker.labels = maker.unplaced = []
        head["each_turn"] = [
            maker.do(1),
            {"if": world.value(YES_NO, 1), "then": [prose(world), maker.do(0)]},
            maker.show(0),
        ]
    head |= heading(world, plot.gotos[0])
    head["passages"] = scenes[TALE]
    texts = {MAIN: written(head, dice)}
    if scenes[OTHER]:
        texts[f"{OTHER}.yaml"] = written({"scene": "Second", **of_scene, "passages": scenes[OTHER]}, dice)
    if world.wrong and dice.once_in(2):
        name = dice.one_of([*texts])
        texts[name] = spoilt(texts[name], dice)
    return {**texts, ART: "  o\n /|\\\n"}


def plan(world: World, plot: Plot) -> dict[str, str]:
    """The passages there will be, by address, each with its sort: one to go to, one to call, or a storylet."""
    found: dict[str, str] = {}
    for number in world.dice.some(1, 3):
        sort = "plain" if number == 0 else world.dice.one_of(("plain", "called", "storylet"))
        name = f"{OTHER if number and world.dice.once_in(8) else TALE}.{world.name()}"
        found[name] = sort
        plot.labels[name] = [f"l{number}" for number in world.dice.some(0, 2)]
        if sort == "plain":
            plot.gotos.append(name)
            world.places.append(name)
        if sort == "called" or (sort == "storylet" and world.dice.once_in(4)):
            given = declarations.parameters(world) if sort == "called" else ()
            kinds = (*(each.kind for each in given), *([TEXT] if given and world.dice.once_in(4) else []))
            plot.calls.append(Call(name, kinds))
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
    made |= {"title": prose(world)} if dice.once_in(3) else {}
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
    made |= maker.inlined(2, *made, "if") if dice.once_in(3) else {}
    made |= {"tags": ["kind", "bold"]} if dice.once_in(8) else {}
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
    return made | ({"needs": world.value(YES_NO, 1), "locked": prose(world)} if dice.once_in(4) else {})


def spoilt(text: str, dice: Dice) -> str:
    """A story's text with mistakes of the hand."""
    lines = text.split("\n")
    for _ in dice.some(1, 3):
        at = dice.below(len(lines))
        lines[at : at + 1] = dice.one_of(_MISTAKES)(lines, at, dice)
    return "\n".join(lines)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lost(_: list[str], __: int, ___: Dice) -> list[str]:
    return []


def _doubled(lines: list[str], at: int, _: Dice) -> list[str]:
    return [lines[at], lines[at]]


def _swapped(lines: list[str], at: int, dice: Dice) -> list[str]:
    other = dice.below(len(lines))
    here, lines[other] = lines[other], lines[at]
    return [here]


def _moved(lines: list[str], at: int, dice: Dice) -> list[str]:
    return [f"  {lines[at]}" if dice.once_in(2) else lines[at][2:]]


def _misnamed(lines: list[str], at: int, dice: Dice) -> list[str]:
    """Another word of the language stands before the colon."""
    start, colon, rest = lines[at].partition(":")
    dash = "- " if start.lstrip().startswith("- ") else ""
    return [f"{' ' * _margin(start)}{dash}{dice.one_of(_KEYS)}{colon or ':'}{rest}"]


def _misvalued(lines: list[str], at: int, dice: Dice) -> list[str]:
    """Something else stands behind the colon."""
    strange = ("[]", "{}", "null", "[a, [b]]", "{a: 1}", "x", "-1", "3", "0.5", "yes", "true", *HOSTILE)
    return [f"{lines[at].partition(':')[0]}: {dice.one_of(strange)}"]


def _misplaced(lines: list[str], at: int, dice: Dice) -> list[str]:
    """Something from elsewhere stands here, with all that is under it."""
    start = dice.below(len(lines))
    end = start + 1
    while end < len(lines) and _margin(lines[end]) > _margin(lines[start]):
        end += 1
    margin = _margin(lines[at]) - _margin(lines[start])
    return [lines[at], *(f"{' ' * margin}{line}" if margin > 0 else line[-margin:] for line in lines[start:end])]


_MISTAKES = (_lost, _doubled, _swapped, _moved, _misnamed, _misvalued, _misplaced, _misplaced)
