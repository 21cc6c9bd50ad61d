"""Random steps: everything that may stand in a passage, nested in one another."""

from collections.abc import Callable, Mapping

from stories.declarations import Section, matched
from stories.prose import words
from stories.telling import prose
from stories.world import NUMBER, YES_NO, Call, Value, World
from stories.yaml_text import Tree

BY = ("weight", "first", "least_seen")
IDS = ("up", "go_on", "f0", "v", "класс", "sí", "label", "true_")


class Plot:
    """What passages know of each other and of the story's head, while they are made."""

    def __init__(self, head: Section) -> None:
        self.gotos: list[str] = []
        self.calls: list[Call] = []
        self.labels: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self.menus: list[str] = []
        self.endings: list[str] = ["true", *(("dawn", "dusk") if "endings" in head else ())]
        self.achievements = ("first", "second") if "achievements" in head else ()
        self.checks = ("narrow", "sure", "broad", *(("steady",) if "checks" in head else ()))


class Passage:
    """Makes the steps of one passage. `labels` are those that must still be placed, `ids` those of its choices."""

    def __init__(self, world: World, plot: Plot, address: str = "") -> None:
        self.world = world
        self.plot = plot
        #: Passages that lie ahead, so that going there without asking the player ends at some time.
        self.ahead = plot.gotos[plot.gotos.index(address) + 1 :] if address in plot.gotos else plot.gotos[1:]
        self.dice = world.dice
        self.ids: list[str] = []
        self.labels = plot.labels.get(address, [])
        self.unplaced = list(self.labels)
        self.menus = list(plot.menus)
        self.loops = 0
        self.picked = 0
        self.is_hub = False
        self.size = 6

    def block(self, depth: int, *, ends: bool = False) -> list[Tree]:
        """A list of steps. What is `let` inside is forgotten behind it, unless things go wrong."""
        known = len(self.world.locals)
        made: list[Tree] = [self.step(depth) for _ in self.dice.some(1, 2)]
        if ends or self.dice.once_in(5):
            made.append(self.move())
        if not self.world.is_wrong():
            del self.world.locals[known:]
        return made

    def branch(self, depth: int) -> Tree:
        """What may stand under `then`: a text, one step, or a list."""
        self.size -= 1
        if depth <= 0 or self.size < 0 or self.dice.below(2):
            return prose(self.world) or "x"
        return self.block(depth) if self.dice.below(3) else self.step(depth)

    def step(self, depth: int) -> Tree:
        self.size -= 1
        if self.unplaced and (not self.loops or self.world.is_wrong()) and self.dice.once_in(3):
            return {"label": self.unplaced.pop()}
        if depth <= 0 or self.size < 0 or self.dice.once_in(4):
            return prose(self.world) or "x"
        return self.dice.one_of(_STEPS)(self, depth - 1)

    def arm(self, depth: int, head: Section) -> Section:
        """A branch with its head: what follows stands under `then`, or beside the head as a step's own keys."""
        if depth > 0 and self.dice.once_in(2):
            own = self.inlined(depth, *head, "if", "else")
            if own:
                return {**head, **own}
        return {**head, "then": self.branch(depth)}

    def inlined(self, depth: int, *taken: str) -> Section:
        """The keys of a step, for a mapping that has some already; none where they cannot stand there."""
        self.size -= 1
        sort = self.dice.below(6)
        if sort == 5 and self.unplaced and not self.loops:
            made: Tree = {"label": self.unplaced.pop()}
        elif sort > 2:
            made = self.together(depth) if sort == 3 else self.move()
        else:
            made = self.dice.one_of(_STEPS)(self, depth - 1)
        return dict(made) if isinstance(made, Mapping) and not set(made) & set(taken) else {}

    # --- steps --------------------------------------------------------------------------------------------------------

    def do(self, _: int) -> Tree:
        effects = [effect for effect in (self.world.effect() for _ in self.dice.some(1, 3)) if effect]
        if not effects:
            return "Nothing changes."
        quiet: Section = {"quiet": True} if self.dice.once_in(4) else {}
        return {"do": ", ".join(effects) if self.dice.once_in(2) else list(effects), **quiet}

    def let(self, _: int) -> Tree:
        self.world.chance = True
        held = [
            each
            for each in (*self.world.values, *self.world.locals)
            if each.kind[:4] in {"memb", "text", "set ", "list"}
        ]
        kind = self.dice.one_of((NUMBER, YES_NO))
        value = self.world.value(kind, 2)
        self.world.chance = False
        if held and self.dice.once_in(2):
            value, kind, _ = self.dice.one_of(held)
        name = self.dice.one_of(("z", "zz", "ŝ"))
        known = [each for each in self.world.locals if each.name == name]
        if known and known[0].kind != kind:
            return "Nothing is let."
        self.world.locals.append(Value(name, kind, changes=True))
        return {"let": f"{name} = {value}"}

    def condition(self) -> str:
        self.world.chance = True
        made = self.world.value(YES_NO, 2)
        self.world.chance = False
        return made

    def if_(self, depth: int) -> Tree:
        otherwise: Section = {"else": self.branch(depth)} if self.dice.once_in(2) else {}
        step = self.together(depth) if self.dice.once_in(4) else {"then": self.branch(depth)}
        return {"if": self.condition(), **step, **otherwise}

    def when(self, depth: int) -> Tree:
        arms: list[Tree] = [self.arm(depth, {"if": self.condition()}) for _ in self.dice.some(1, 2)]
        return {"when": [*arms, *([{"else": self.branch(depth)}] if self.dice.once_in(2) else [])]}

    def match(self, depth: int) -> Tree:
        return matched(self.world, lambda: self.branch(depth), lambda: self.arm(depth, {}))

    def random(self, depth: int) -> Tree:
        arms: list[Tree] = [self.arm(depth, {"weight": self.world.value(NUMBER, 1)}) for _ in self.dice.some(1, 3)]
        return {"random": [*arms, self.branch(depth)]}

    def alternate(self, depth: int) -> Tree:
        return {
            self.dice.one_of(("sequence", "cycle", "shuffle", "once")): [
                self.branch(depth) for _ in self.dice.some(1, 3)
            ]
        }

    def check(self, depth: int) -> Tree:
        return {"check": self.odds(), **self.outcomes(depth)}

    def odds(self) -> Section:
        dice, world = self.dice, self.world
        given: Section = {"odds": world.value(NUMBER, 1)}
        if dice.below(3) == 0 and world.stats:
            given = {
                "stat": dice.one_of(world.stats),
                "against": world.value(NUMBER, 1),
                "kind": dice.one_of(self.plot.checks),
            }
        given |= {"label": prose(world)} if dice.once_in(4) else {}
        return given | ({"show": False} if dice.once_in(4) else {})

    def outcomes(self, depth: int) -> Section:
        if self.dice.once_in(4):
            return {"happens": self.branch(depth), "else": self.branch(depth)}
        return {"success": self.branch(depth), **({"failure": self.branch(depth)} if self.dice.below(3) else {})}

    def loop(self, depth: int) -> Tree:
        """`for`: within it the kind's name is the current member."""
        free = [kind for kind in self.world.kinds if not self.world.is_local(kind)]
        if not free:
            return "For nobody."
        kind = self.dice.one_of(free)
        self.world.locals.append(Value(kind, f"member {kind}", changes=False))
        self.loops += 1
        then = self.together(depth) if self.dice.once_in(4) else {"then": self.branch(depth)}
        self.loops -= 1
        self.world.locals = [each for each in self.world.locals if each.name != kind]
        held = [each.name for each in self.world.values if each.kind == f"set {kind}"]
        return {"for": f"{kind} in {self.dice.one_of(held)}" if held and self.dice.once_in(2) else kind, **then}

    def ask(self, depth: int) -> Tree:
        dice = self.dice
        into = [each for each in self.world.values if each.changes and each.kind in {NUMBER, "text"}]
        if not into:
            return "Nobody asks."
        value = dice.one_of(into)
        given: Section = {"into": value.name, "prompt": prose(self.world)}
        if dice.once_in(4):
            return {"ask": given, "or": self.branch(depth)}
        if value.kind == NUMBER:
            given |= {"range": [dice.below(3), 1 + dice.below(20)]} if dice.once_in(2) else {}
            return {"ask": given | ({"default": "3"} if dice.once_in(2) else {})}
        return {"ask": given | ({"default": words(dice), "max": dice.below(30)} if dice.once_in(2) else {})}

    def call(self, _: int) -> Tree:
        if not self.plot.calls:
            return "Nobody calls."
        self.world.chance = True
        made = self.world.call(self.dice.one_of(self.plot.calls), 2)
        self.world.chance = False
        into = [each.name for each in self.world.values if each.changes]
        return {"call": made, **({"into": self.dice.one_of(into)} if into and self.dice.once_in(6) else {})}

    def deal(self, depth: int) -> Tree:
        if not self.plot.tags:
            return "Nothing is dealt."
        tag = self.dice.one_of(self.plot.tags)
        dealt: Tree = {"tag": tag, "by": self.dice.one_of(BY)} if self.dice.once_in(2) else tag
        return {"deal": dealt, **({"else": self.branch(depth)} if self.dice.once_in(2) else {})}

    def montage(self, _: int) -> Tree:
        beats: list[Tree] = [prose(self.world)]
        beats += [
            {"left": prose(self.world), "right": words(self.dice), "if": self.world.value(YES_NO, 1)}
            if self.dice.below(3)
            else {"text": prose(self.world)}
            for _ in self.dice.some(0, 3)
        ]
        return {
            "montage": {
                "tempo": self.world.value(NUMBER, 1),
                "left": words(self.dice),
                "right": prose(self.world),
                "beats": beats,
            }
        }

    def show(self, _: int) -> Tree:
        if self.world.stats and self.dice.once_in(3):
            return {"show": {"chart": list(self.world.stats)}}
        if self.dice.once_in(4):
            return {"show": {"art": "moon.txt", "alt": words(self.dice)}}
        return {"show": self.dice.one_of(("stats", "journal"))}

    def small(self, _: int) -> Tree:
        """A step that only tells something."""
        word = self.dice.one_of(("journal", "pause", "checkpoint", "music", "note", "text", "steps"))
        if word == "music" and self.dice.once_in(2):
            return {"music": {"tune": words(self.dice), "tempo": self.world.value(NUMBER, 1)}}
        if word == "pause":
            return {"pause": True if self.dice.once_in(2) else prose(self.world)}
        return {word: words(self.dice) if word in {"note", "music"} else prose(self.world)}

    def achieve(self, _: int) -> Tree:
        return (
            {"achieve": self.dice.one_of(self.plot.achievements)} if self.plot.achievements else "Nothing is achieved."
        )

    def together(self, depth: int) -> Section:
        """Several steps in one mapping."""
        made: Section = {}
        for make in (self.do, self.small, self.check, self.choices):
            each = make(depth) if self.dice.once_in(2) else ""
            made |= each if isinstance(each, Mapping) else {}
        return made | {"then": self.branch(depth)}

    def move(self) -> Tree:
        """A step that leads elsewhere."""
        dice, plot = self.dice, self.plot
        sort = dice.below(6)
        gotos = plot.gotos if self.picked or dice.once_in(8) else self.ahead
        if (
            sort == 1
            and self.labels
            and (self.picked or dice.once_in(4))
            and (not self.loops or not set(self.labels) & set(self.unplaced))
        ):
            return {"goto": dice.one_of(self.labels)}
        if sort == 2 and gotos:
            return {"leave": dice.one_of(gotos)}
        if sort == 4 and self.plot.calls and dice.once_in(2) and (self.picked or dice.once_in(8)):
            return {dice.one_of(("goto", "leave")): self.world.call(dice.one_of(self.plot.calls), 2)}
        labelled = [f"{address}.{label}" for address in gotos for label in plot.labels.get(address, ())]
        if sort == 5 and labelled and dice.once_in(2):
            return {"goto": dice.one_of(labelled)}
        if sort == 3:
            ending = dice.one_of(plot.endings)
            return {"end": True if ending == "true" else ending}
        if sort == 4 and dice.once_in(3):
            return {"return": True if dice.below(3) else self.world.value(dice.one_of((NUMBER, YES_NO)), 1)}
        if sort == 5 and self.world.wrong and dice.once_in(3):
            return {"goto": dice.one_of(("nowhere", *self.world.taken))}
        return {"goto": dice.one_of(gotos)} if gotos else {"end": True}

    # --- choices ------------------------------------------------------------------------------------------------------

    def choices(self, depth: int) -> Section:
        """A list of choices or topics."""
        dice = self.dice
        outer, self.is_hub = self.is_hub, dice.once_in(4)
        hub = self.is_hub
        items: list[Tree] = [self.choice(depth) for _ in dice.some(1, 2)]
        if dice.once_in(4) and self.plot.tags:
            tag = dice.one_of(self.plot.tags)
            dealt: Tree = {"tag": tag, "show": dice.below(4), "by": dice.one_of(BY)} if dice.below(4) else tag
            items.append({**self.asides(), "deal": dealt})
        if dice.once_in(5):
            items.append({"if": self.world.value(YES_NO, 1), **self.asides(), "choices": [self.choice(depth - 1)]})
        if dice.once_in(4) and self.menus:
            items.append({**self.asides(), "use": self.menus.pop()})
        if dice.once_in(5):
            items.append({"fallback": True, "id": self.id(), "then": self.branch(depth)})
        self.is_hub = outer
        if hub:
            return {"topics": [*items, {"text": "Enough", "id": self.id(), "done": True}]}
        return {"choices": items}

    def asides(self) -> Section:
        """What may stand beside several choices."""
        dice = self.dice
        return {
            **({"if": self.world.value(YES_NO, 1)} if dice.once_in(3) else {}),
            **({"note": words(dice)} if dice.once_in(4) else {}),
        }

    def id(self) -> str:
        """An id for a choice, which no other of this passage has unless things go wrong."""
        pool = [each for each in IDS if each not in self.ids or self.world.is_wrong()]
        made = self.dice.one_of(pool) if pool and self.dice.once_in(2) else f"c{len(self.ids)}"
        self.ids.append(made)
        return made

    def choice(self, depth: int) -> Tree:
        dice, world = self.dice, self.world
        known = list(world.locals)
        made: Section = {"text": self.offered()}
        free = [kind for kind in world.kinds if not world.is_local(kind) and not set(world.kinds[kind]) & set(self.ids)]
        if free and dice.once_in(6):
            kind = dice.one_of(free)
            self.ids += world.kinds[kind]
            world.locals.append(Value(kind, f"member {kind}", changes=False))
            made |= {"for": kind, "text": self.offered()}

        else:
            made["id"] = self.id()
        made |= self.conditions() | self.behaviour()
        self.picked += 1
        if dice.once_in(4):
            made |= {"check": self.odds(), **self.outcomes(depth)}
        made |= {"say": prose(world)} if dice.once_in(4) else {}
        if dice.once_in(8):
            made |= {"say": True, "text": f"{words(dice)} [{self.offered()}] {words(dice)}"}
        change = self.do(depth) if dice.once_in(2) else ""
        made |= change if isinstance(change, Mapping) else {}
        made |= {"then": self.branch(depth)} if dice.once_in(2) else {}
        made |= self.choices(depth - 1) if dice.once_in(12) and self.size > 0 else {}
        made |= self.inlined(depth, *made, "if", "for", "else") if dice.once_in(3) and depth > 0 else {}
        move = self.move() if dice.below(3) else ""
        made |= move if isinstance(move, Mapping) else {}
        world.locals = known
        self.picked -= 1
        return made

    def offered(self) -> str:
        """Words of a choice."""
        found = prose(self.world, 1)
        return found if any(sign.isalnum() for sign in found) else f"x {found}"

    def conditions(self) -> Section:
        dice, world = self.dice, self.world
        made: Section = {"if": world.value(YES_NO, 2)} if dice.once_in(4) else {}
        if dice.once_in(5):
            made |= {"needs": world.value(YES_NO, 2), **({"locked": self.offered()} if dice.once_in(2) else {})}
        return made

    def behaviour(self) -> Section:
        """The keys of a choice that say what becomes of it, and those for tests and typing."""
        dice = self.dice
        ways = ("once", "reusable", "again", "done") if self.is_hub or self.world.is_wrong() else ("once", "again")
        made: Section = {word: True for word in ways if dice.once_in(8)}
        made |= {"hint": self.offered()} if dice.once_in(8) else {}
        made |= {"words": ["north", words(dice)]} if dice.once_in(8) else {}
        return made | ({"tags": ["kind", "bold"]} if dice.once_in(8) else {})


_STEPS: tuple[Callable[[Passage, int], Tree], ...] = (
    Passage.do, Passage.let, Passage.if_, Passage.when, Passage.match, Passage.random, Passage.alternate, Passage.check, Passage.loop,
    Passage.ask, Passage.call, Passage.deal, Passage.montage, Passage.show, Passage.small, Passage.achieve, Passage.together,
    Passage.choices, Passage.choices, Passage.do,
)  # fmt: skip
