"""What a random story has declared so far, and expressions of any kind made of it."""

from typing import NamedTuple

from stories.dice import Dice
from stories.prose import NO_NAMES, STRANGE_NAMES, TAME_NAMES, any_name, quoted

#: Kinds of values as words: `number`, `yes_no`, `text`, and `member K`, `set K`, `list K` of a kind K.
NUMBER, YES_NO, TEXT = "number", "yes_no", "text"
NUMBERS = ("0", "1", "2", "3", "7", "40", "100", "0.5", "2.25", "0.000001", "999999999999999", "1000000000000000")


class Value(NamedTuple):
    """A name that stands for a value, its kind, and whether `do` may change it."""

    name: str
    kind: str
    changes: bool


class Call(NamedTuple):
    """A formula, table, phrase or passage: what it takes and the kind of what it gives."""

    name: str
    takes: tuple[str, ...]
    kind: str = TEXT


class World:
    """Names and expressions. Where `wrong` is set, now and then something is of another kind, or not there at all."""

    def __init__(self, dice: Dice, *, wrong: bool) -> None:
        self.dice = dice
        self.wrong = wrong
        self.taken: list[str] = []
        self.kinds: dict[str, tuple[str, ...]] = {}
        self.stat_kinds: list[str] = []
        self.values: list[Value] = []
        self.stats: list[str] = []
        self.banded: list[str] = []
        self.pers: list[Call] = []
        self.calls: list[Call] = []
        self.phrases: list[Call] = []
        self.places: list[str] = []
        self.locals: list[Value] = []
        self.chance = False

    def name(self) -> str:
        """A name for something new; where things go wrong, perhaps none, or one that is taken."""
        dice = self.dice
        if self.is_wrong():
            return dice.one_of((*NO_NAMES, *self.taken))
        sort = dice.below(8)
        name = any_name(dice) if sort == 7 else dice.one_of(STRANGE_NAMES if sort > 5 else TAME_NAMES)
        while name in self.taken:
            name = f"{name}_{len(self.taken)}"
        self.taken.append(name)
        return name

    def is_wrong(self) -> bool:
        return self.wrong and self.dice.once_in(40)

    # --- expressions --------------------------------------------------------------------------------------------------

    def value(self, kind: str, depth: int = 2) -> str:
        """An expression of a kind."""
        dice = self.dice
        if self.is_wrong():
            kind = dice.one_of((NUMBER, YES_NO, TEXT, *(f"member {name}" for name in self.kinds)))
            if dice.once_in(2):
                return dice.one_of(
                    ("nobody", "1 +", "(", "{}", "'a", "not", "1 < 'a'", "f(1)", "x = 1", "pick()", "seen(1)", "²", "٣")
                )
        named = [each.name for each in (*self.values, *self.locals) if each.kind == kind]
        if named and (depth <= 0 or dice.once_in(3)):
            return dice.one_of(named)
        if depth > 0:
            ways = [way for way in (self.applied, self.chosen, self.drawn) if dice.once_in(3)]
            for way in ways:
                found = way(kind, depth - 1)
                if found:
                    return found
        base = kind.partition(" ")[0]
        if base == NUMBER:
            return self.number(depth)
        if base == YES_NO:
            return self.yes_no(depth)
        if base == TEXT:
            return quoted(dice)
        return self.several(kind)

    def several(self, kind: str) -> str:
        """A member by its name; or a set or a list, written out, perhaps together with one that has a name."""
        dice, (base, _, of) = self.dice, kind.partition(" ")
        if base == "member" and of in self.kinds:
            return dice.one_of(self.kinds[of])
        written = f"{{{', '.join(dice.one_of(self.kinds[of]) for _ in dice.some(0, 2))}}}" if of in self.kinds else "{}"
        held = [each.name for each in self.values if each.kind == kind]
        if base == "set" and held and dice.once_in(2):
            return f"{dice.one_of(held)} {dice.one_of('+-')} {written}"
        return written

    def applied(self, kind: str, depth: int) -> str:
        """A formula or table of the story, applied; "" where there is none."""
        fitting = [each for each in self.calls if each.kind == kind]
        if not fitting:
            return ""
        return self.call(self.dice.one_of(fitting), depth)

    def call(self, call: Call, depth: int) -> str:
        given = ", ".join(self.value(kind, depth) for kind in call.takes)
        return f"{call.name}({given})" if given else call.name

    def chosen(self, kind: str, depth: int) -> str:
        return f"({self.value(kind, depth)} if {self.value(YES_NO, depth)} else {self.value(kind, depth)})"

    def drawn(self, kind: str, depth: int) -> str:
        """A member by value, or something by chance; "" where that is not possible here."""
        dice = self.dice
        base, _, of = kind.partition(" ")
        if base == "member":
            by = [each for each in (*self.calls, *self.pers) if each.kind == NUMBER and each.takes[-1:] == (kind,)]
            by += [Call(of, (kind,))] if of in self.stat_kinds else []
            word = dice.one_of(("highest", "lowest", "draw") if self.chance else ("highest", "lowest"))
            if by and dice.below(3):
                call = dice.one_of(by)
                return f"{word}({', '.join([call.name, *(self.value(each, depth) for each in call.takes[:-1])])})"
        if not self.chance:
            return ""
        if base == "member" and not any(each.name == of for each in self.locals):
            held = [each.name for each in self.values if each.kind in {f"set {of}", f"list {of}"}]
            return f"pick({dice.one_of([of, *held])})"
        if base == YES_NO:
            return f"chance({self.value(NUMBER, depth)})"
        if base == NUMBER:
            low = self.value(NUMBER, 0)
            return f"{dice.one_of(('roll', 'between', 'pick'))}({low}, {low} + {self.value(NUMBER, 0)})"
        return f"pick({self.value(kind, depth)}, {self.value(kind, depth)})" if base == TEXT else ""

    def number(self, depth: int) -> str:
        dice = self.dice
        if depth <= 0 or dice.below(2):
            return dice.one_of(NUMBERS[:8]) if dice.below(12) else dice.one_of(NUMBERS)
        one, other = self.value(NUMBER, depth - 1), self.value(NUMBER, depth - 1)
        ways = [
            f"({one} {dice.one_of('+-*/%')} {other})", f"{one} // max(1, {other})", f"-({one})", f"min({one}, {other})",
            f"max({one}, {other}, 3)", f"abs({one})", f"round({one})", f"round({one}, {dice.below(7)})",
            f"floor({one})", f"ceil({one})", f"clamp({one}, 0, {other})",
            f"percent({one}, {other})", "turns",
        ]  # fmt: skip
        ways += [f"{dice.one_of(('visits', 'turns_since'))}({dice.one_of(self.places)})"] if self.places else []
        ways += [f"{dice.one_of(('percent', 'start', 'value'))}({dice.one_of(self.stats)})"] if self.stats else []
        ways += [f"{each.name}({self.value(each.takes[0], 0)})" for each in self.pers]
        rare = [f"count({each.name})" for each in self.values if each.kind[:4] in {"set ", "list"}]
        rare += [
            f"count({each.name}, {self.value(f'member {each.kind[5:]}', 0)})"
            for each in self.values
            if each.kind[:4] == "list"
        ]
        rare += [f"{dice.one_of(('value', 'start'))}({self.stat_of(kind)})" for kind in self.stat_kinds]
        rare += [f"start({each.name})" for each in self.values if each.kind == NUMBER and each.changes]
        return dice.one_of(rare if rare and dice.once_in(4) else ways)

    def stat_of(self, kind: str) -> str:
        """A member of a kind of stats, whose kind is told by itself."""
        held = [each.name for each in (*self.values, *self.locals) if each.kind == f"member {kind}"]
        return self.dice.one_of([*held, *(each for each in self.kinds[kind] if not self.is_local(each))])

    def is_local(self, name: str) -> bool:
        return any(each.name == name for each in self.locals)

    def yes_no(self, depth: int) -> str:
        dice = self.dice
        if depth <= 0 or dice.once_in(4):
            return dice.one_of(("true", "false", "yes", "no"))
        one = self.value(NUMBER, depth - 1)
        ways = [
            f"{one} {dice.one_of(('<', '<=', '>', '>=', '==', '!='))} {self.value(NUMBER, depth - 1)}", f"0 <= {one} < 50",
            f"not {self.value(YES_NO, 0)}", f"({self.value(YES_NO, depth - 1)} {dice.one_of(('and', 'or'))} {self.value(YES_NO, 0)})",
            f"one_of({one}, 1, 2, {self.value(NUMBER, 0)})",
        ]  # fmt: skip
        ways += [f"seen({dice.one_of(self.places)})"] if self.places else []
        for each in (*self.values, *self.locals):
            base, _, of = each.kind.partition(" ")
            if base in {"set", "list"}:
                ways.append(f"{self.value(f'member {of}', 0)} {dice.one_of(('in', 'not in'))} {each.name}")
            elif base in {"member", TEXT}:
                ways.append(f"{each.name} {dice.one_of(('==', '!='))} {self.value(each.kind, 0)}")
        return dice.one_of(ways)

    # --- effects ------------------------------------------------------------------------------------------------------

    def effect(self) -> str:
        """A change of a variable, stat or local."""
        dice = self.dice
        self.chance = True
        targets = [each for each in (*self.values, *self.locals) if each.changes]
        if self.pers and (dice.once_in(4) or not targets):
            per = dice.one_of(self.pers)
            made = f"{per.name}({self.value(per.takes[0], 1)}) {self.sign()} {self.value(NUMBER, 1)}"
        elif self.stat_kinds and dice.once_in(4):
            made = f"value({self.stat_of(self.stat_kinds[0])}) {self.sign()} {self.value(NUMBER, 1)}"
        elif targets:
            made = self.change(dice.one_of(targets))
        else:
            made = "nothing += 1" if self.is_wrong() else ""
        self.chance = False
        return made

    def sign(self) -> str:
        return "*=" if self.is_wrong() else self.dice.one_of(("+=", "-=", "=", "*="))

    def change(self, target: Value) -> str:
        base, _, of = target.kind.partition(" ")
        if base in {"set", "list"}:
            if self.dice.once_in(4):
                return f"{target.name} = {{}}"
            return f"{target.name} {self.dice.one_of(('+=', '-='))} {self.value(f'member {of}', 1)}"
        return f"{target.name} {self.sign() if base == NUMBER else '='} {self.value(target.kind, 2)}"
