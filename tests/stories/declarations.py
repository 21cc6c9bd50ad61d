"""The head of a random story: everything that is declared before its passages."""

from collections.abc import Callable, Mapping

from stories.prose import words
from stories.telling import HOWS, inner, prose
from stories.world import NUMBER, TEXT, YES_NO, Call, Value, World
from stories.yaml_text import Tree

Section = dict[str, Tree]


def declare(world: World) -> Section:
    """Everything at the top of a story, in an order in which each thing may use what was declared before."""
    head: Section = {"story": words(world.dice) or "Untold"}
    for name, make in _SECTIONS.items():
        if world.dice.below(2):
            made: Tree = make(world)
            if made:
                head[name] = made
    return head


def kinds(world: World) -> Section:
    found: Section = {}
    for _ in world.dice.some(1, 2):
        name = world.name()
        members = tuple(dict.fromkeys(world.name() for _ in world.dice.some(1, 3)))
        if world.dice.once_in(5) and world.kinds:
            members = next(iter(world.kinds.values()))
        labels: Section = {member: words(world.dice) for member in members}
        found[name] = labels if world.dice.once_in(2) else list(members)
        world.kinds[name] = members
    return found


def pronouns(world: World) -> Section:
    """Sets of pronouns, whose forms are tables of the one kind there is of them."""
    forms = [world.name() for _ in world.dice.some(1, 3)]
    sets = tuple(dict.fromkeys(world.name() for _ in world.dice.some(1, 3)))
    world.kinds["pronouns"] = sets
    world.calls += [Call(form, ("member pronouns",), TEXT) for form in forms]
    label: Section = {"label": words(world.dice)} if world.dice.once_in(2) else {}
    return {name: {**label, **{form: words(world.dice) for form in forms}} for name in sets}


def settings(world: World) -> Section:
    found: Section = {}
    for _ in world.dice.some(1, 2):
        name = world.name()
        given: Section = {"ask": words(world.dice)}
        sort = world.dice.below(3)
        if sort == 0 and world.kinds:
            of = world.dice.one_of(list(world.kinds))
            given["one_of"] = of
            given |= {"start": world.dice.one_of(world.kinds[of])} if world.dice.once_in(2) else {}
            world.values.append(Value(name, f"member {of}", changes=False))
        elif sort == 1:
            given |= text_within(world)
            world.values.append(Value(name, TEXT, changes=False))
        else:
            given["number"] = world.dice.below(100)
            world.values.append(Value(name, NUMBER, changes=False))
        found[name] = given
    return found


def variables(world: World) -> Section:
    found: Section = {}
    for _ in world.dice.some(1, 4):
        name = world.name()
        kind, found[name] = variable(world)
        if kind.startswith("per "):
            world.pers.append(Call(name, (f"member {kind[4:]}",), NUMBER))
        else:
            world.values.append(Value(name, kind, changes=True))
    return found


def variable(world: World) -> tuple[str, Tree]:
    """A variable's kind, and how it is declared."""
    dice = world.dice
    sort = dice.below(5)
    keep: Section = {"keep": True} if dice.once_in(5) else {}
    if sort == 0:
        number: tuple[Tree, ...] = (0, 1, 3, 40, 0.5, {"start": 2, **keep}, -7)
        return NUMBER, dice.one_of(number)
    if sort == 1:
        answer: tuple[Tree, ...] = (False, True, {"start": True, **keep})
        return YES_NO, dice.one_of(answer)
    if sort == 2 or not world.kinds:
        return TEXT, {**text_within(world), **keep}
    of = dice.one_of(list(world.kinds))
    members = world.kinds[of]
    if sort == 3:
        return f"member {of}", of if dice.once_in(2) else {"one_of": of, "start": dice.one_of(members), **keep}
    if dice.once_in(3):
        return f"per {of}", {"per": of, "start": dice.below(4), **keep}
    start: Section = {"start": list(members[: dice.below(3)])} if dice.once_in(2) else {}
    last: Section = {"last": 1 + dice.below(3)} if dice.once_in(2) else {}
    word = dice.one_of(("set", "list"))
    return f"{word} {of}", {f"{word}_of": of, **start, **(last if word == "list" else {}), **keep}


def text_within(world: World) -> Section:
    """A text, and the most characters it may have, which it fits unless things go wrong."""
    text = words(world.dice)
    return {"text": text, "max": world.dice.below(4) + (1 if world.is_wrong() else 1 + len(text))}


def stats(world: World) -> Section:
    found: Section = {name: stat(world, name) for name in [world.name() for _ in world.dice.some(1, 3)]}
    world.values += [Value(name, NUMBER, changes=True) for name in found]
    world.stats += found
    return found


def stat(world: World, name: str) -> Tree:
    """How a stat is declared; its bounds may move, its start may be worked out."""
    dice = world.dice
    if dice.once_in(4):
        return dice.below(101)
    given: Section = {"start": 20 if dice.below(4) else world.value(NUMBER, 1)}
    if dice.once_in(2):
        low, high = ("0", "100") if dice.below(3) else (world.value(NUMBER, 1), world.value(NUMBER, 1))
        given["range"] = [int(low) if low in {"0", "1"} else low, int(high) if high == "100" else high]
    if dice.once_in(3):
        given["bands"] = {"0": words(dice), "21": words(dice), "50.5": "oak"}
        world.banded.append(name)
    given |= {"growth": {"toward": dice.one_of((110, 100, 1, 0, -5))}} if dice.once_in(5) else {}
    given |= {"opposed": ["Calm", words(dice)]} if dice.once_in(5) else {}
    given |= {"label": words(dice)} if dice.once_in(4) else {}
    given |= (
        {"show": dice.one_of(("number", "bar", "hidden", *(["band"] if "bands" in given else [])))}
        if dice.once_in(3)
        else {}
    )
    return given


def stat_kinds(world: World) -> Section:
    """A kind whose members are stats."""
    if not world.stats:
        return {}
    name = world.name()
    world.kinds[name] = tuple(world.stats)
    world.stat_kinds.append(name)
    return {name: list(world.stats)}


def tables(world: World) -> Section:
    found: Section = {}
    for _ in world.dice.some(1, 2):
        name = world.name()
        found[name], call = table(world, name)
        world.calls.append(call)
    return found


def table(world: World, name: str) -> tuple[Section, Call]:
    dice = world.dice
    kind, cells = cells_of(world)
    if not world.kinds or dice.once_in(3):
        bounds = ("-5", "0", "2.5", "40", "1000")[dice.below(3) :]
        return {bound: cells() for bound in bounds}, Call(name, (NUMBER,), kind)
    rows = dice.one_of(list(world.kinds))
    if dice.once_in(2):
        return {"rows": rows, **{member: cells() for member in world.kinds[rows]}}, Call(
            name, (f"member {rows}",), kind
        )
    over = dice.one_of(list(world.kinds))
    lines: Section = {member: [cells() for _ in world.kinds[over]] for member in world.kinds[rows]}
    return {"rows": rows, "columns": over, **lines}, Call(name, (f"member {rows}", f"member {over}"), kind)


def cells_of(world: World) -> tuple[str, Callable[[], Tree]]:
    """What a table's cells are, and what makes one."""
    dice = world.dice
    sort = dice.below(3)
    if sort == 1 and world.kinds:
        of, members = next(iter(world.kinds.items()))
        return f"member {of}", lambda: dice.one_of(members)
    if sort == 2:
        return TEXT, lambda: f"x {words(dice)}"
    return NUMBER, lambda: dice.one_of((0, 1, 4, 9.5, -3))


def parameters(world: World) -> tuple[Value, ...]:
    """The parameters of a formula or phrase: a kind's name is one of that kind, any other a number."""
    names = ["x", "much", *world.kinds]
    return tuple(
        Value(name, f"member {name}" if name in world.kinds else NUMBER, changes=False)
        for name in dict.fromkeys(world.dice.one_of(names) for _ in world.dice.some(0, 2))
    )


def signature(name: str, given: tuple[Value, ...]) -> str:
    return f"{name}({', '.join(each.name for each in given)})" if given else name


def formulas(world: World) -> Section:
    found: Section = {}
    for _ in world.dice.some(1, 3):
        name, given = world.name(), parameters(world)
        kind = world.dice.one_of(
            (
                NUMBER,
                YES_NO,
                TEXT,
                *(f"member {each}" for each in world.kinds if not any(p.name == each for p in given)),
            )
        )
        world.locals = list(given)
        body = world.value(kind, 3)
        call = Call(name, tuple(each.kind for each in given), kind)
        if world.is_wrong():
            body = f"{body} if {world.call(call, 1)} else {body}"
        world.locals = []
        if not kind.startswith("member"):
            found[signature(name, given)] = body
            world.calls.append(call)
    return found


def phrases(world: World) -> Section:
    found: Section = {}
    for _ in world.dice.some(1, 3):
        name, given = world.name(), parameters(world)
        given = (*given, Value("who", TEXT, changes=False)) if world.dice.once_in(3) else given
        call = Call(name, tuple(each.kind for each in given))
        if world.is_wrong():
            world.phrases.append(call)
        world.locals = list(given)
        made = phrase(world, 2)
        if any(each.kind == TEXT for each in given):
            kinds: Section = {each.name: each.kind.removeprefix("member ") for each in given}
            found[name] = {"params": kinds, **(made if isinstance(made, dict) else {"text": made})}
        else:
            found[signature(name, given)] = made
        world.locals = []
        world.phrases.append(call)
    return found


def phrase(world: World, depth: int) -> Tree:
    """A text, a match or alternatives."""
    dice = world.dice
    if depth <= 0 or dice.below(2):
        return prose(world) if dice.below(4) else {"text": prose(world)}
    if dice.once_in(2):
        how = dice.one_of(HOWS)
        return {
            how: [
                arm_of_phrase(world, depth - 1, {"weight": dice.below(4)} if how == "random" else {})
                for _ in dice.some(1, 3)
            ]
        }
    return matched(world, lambda: phrase(world, depth - 1), lambda: arm_of_phrase(world, depth - 1, {}))


def arm_of_phrase(world: World, depth: int, head: Section) -> Tree:
    """One of the words of a phrase: with or without its head, under `then` or as it stands."""
    arm = phrase(world, depth)
    sort = world.dice.below(3)
    if isinstance(arm, Mapping) and sort:
        return {**head, **arm}
    return {**head, "then": arm} if sort == 1 else arm


def matched(world: World, arm: Callable[[], Tree], inlined: Callable[[], Tree]) -> Section:
    """A `match` by bands, by cases or by several values; `inlined` is what may stand beside `on`."""
    dice = world.dice
    last: Section = {"else": arm()} if dice.once_in(2) else {}
    if dice.once_in(2):
        return {
            "match": world.value(NUMBER, 1),
            "bands": {bound: arm() for bound in ("0", "2.5", "40")[dice.below(3) :]},
            **last,
        }
    members = [each for each in (*world.values, *world.locals) if each.kind.startswith("member ")]
    if not members and dice.once_in(2):
        return {"match": world.value(NUMBER, 1), "cases": {"1": arm(), "2": arm()}, **last}
    one, other = (dice.one_of(members).name, dice.one_of(members).name) if members else ("1", "turns")
    kinds = {each.name: world.kinds[each.kind[7:]] for each in members}
    ids, others = kinds.get(one, ("0", "1", "2")), kinds.get(other, ("0", "1"))
    if members and dice.once_in(3):
        return {"match": one, "cases": {id_: arm() for id_ in ids[: 1 + dice.below(3)]}, **last}
    on: list[Tree] = []
    for _ in dice.some(1, 2):
        branch = inlined() if dice.below(4) else {}
        rest = branch if isinstance(branch, Mapping) and branch and "on" not in branch else {"then": arm()}
        on.append({"on": [dice.one_of((*ids, "_")), dice.one_of((*others, "_"))], **rest})
    return {"match": [one, other], "cases": on, **last}


def checks(world: World) -> Section:
    """A kind of check of the story's own."""
    world.locals = [Value("stat", NUMBER, changes=False), Value("against", NUMBER, changes=False)]
    made: Section = {"steady": {"odds": world.value(NUMBER, 2), "limits": [5, 95]}}
    world.locals = []
    return made


def endings(world: World) -> Section:
    dice = world.dice
    return {
        "dawn": words(dice),
        "dusk": {"title": words(dice), "rank": dice.below(3), "text": words(dice), "hint": inner(world, 0)},
    }


def achievements(world: World) -> Section:
    return {
        "first": {"title": words(world.dice), "text": words(world.dice), "hint": "Go on."},
        "second": words(world.dice),
    }


def status(world: World) -> list[Tree]:
    """Some values, and formulas that take nothing; a formula may fail at any time."""
    return [*(each.name for each in world.values[:3]), *(each.name for each in world.calls if not each.takes)]


def panels(world: World) -> Section:
    names: list[Tree] = [each.name for each in world.values[:2]]
    made: Tree = {"value": world.value(NUMBER, 1), "label": words(world.dice), "if": world.value(YES_NO, 1)}
    return {
        "side": {
            "if": world.value(YES_NO, 1), "title": prose(world), "beside": [made, {"text": prose(world)}],
            "left": names, "right": names, "below": names,
        }
    }  # fmt: skip


def heading(world: World, first: str) -> Section:
    """What a story says of itself; `first` is a passage it may begin with."""
    dice = world.dice
    said: Section = {
        "by": words(dice), "about": words(dice), "content_notes": words(dice), "id": "tale",
        "language": dice.one_of((1, "en", "de")), "start": first,
        "version": dice.one_of(("0.1", "1.0")), "renames": {"old": "new", "new": dice.one_of(("old", "gold"))},
    }  # fmt: skip
    said["sentences"] = {
        "the_end_titled": f"{words(dice)} {{title}}".replace("f'{v}'", "").replace("{{ ", ""),
        "needs_at_least": "{value}",
    }
    said["undo"] = world.value(YES_NO, 1)
    said["map"] = {"text": prose(world)}
    said["theme"] = dice.one_of(("dark", "vhs", "terminal"))
    said["colours"] = {"paper": "#ffffff", "ink": "#101010", "accent": "#803010"}
    said |= {"ifid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12, "cover": "cover.png", "licence": words(dice)}
    said["language_of_text"] = dice.one_of(("en", "pt-BR"))
    return {key: under for key, under in said.items() if dice.once_in(6)}


_SECTIONS: Mapping[str, Callable[[World], Section | list[Tree]]] = {
    "kinds": kinds, "pronouns": pronouns,
    "settings": settings, "variables": variables, "stats": stats, "tables": tables, "formulas": formulas,
    "phrases": phrases,
    "checks": checks, "endings": endings,
    "achievements": achievements, "status": status, "panels": panels,
}  # fmt: skip
