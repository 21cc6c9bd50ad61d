"""Effects as code."""

from typing import assert_never

from siberia_quest.engine.code import Assign, Code, Given, Invoke, Item, Load, Operate, Perform, Statement, Store
from siberia_quest.engine.code_values import ValueCoder, find_fixed_bounds
from siberia_quest.model.expression import (
    Assignable,
    Effect,
    EffectSign,
    Local,
    Operator,
    PerMember,
    Reference,
    ValueOf,
)
from siberia_quest.model.kinds import NUMBER
from siberia_quest.model.steps import At
from siberia_quest.model.story import Stat
from siberia_quest.model.story import Variable as Declared


def code_of_effect(coder: ValueCoder, effect: Effect, at: At) -> list[Statement]:
    """Return the statements that carry out an effect."""
    return code_of_change(coder, effect.target, effect.operator, coder.code(effect.value), at)


def code_of_change(coder: ValueCoder, target: Assignable, sign: EffectSign, value: Code, at: At) -> list[Statement]:
    """Return the statements that change something by a value."""
    match target:
        case Reference(name):
            stat = coder.story.stats.get(name)
            slot = coder.slots[name]
            changed = (
                _stat(stat, slot, sign, value, at)
                if stat
                else _variable(coder, coder.story.variables[name], sign, value, at)
            )
            return [changed, *_code_of_settling(coder, at)]
        case Local(slot):
            return [Store("locals", slot, Invoke("stored", (_code_of_change(Load("locals", slot), sign, value),)), at)]
        case PerMember(name, member):
            held, place = coder.value_of(name), coder.temporary()
            number = Invoke("stored", (_code_of_change(Item(held, place), sign, value),))
            replaced = Store("values", held.slot, Invoke("replaced", (held, place, number)), at)
            return [Assign(place, coder.place_of(name, member), at), replaced, *_code_of_settling(coder, at)]
        case ValueOf(kind, member):
            moved = Perform(Invoke("move", (coder.stat_slot(kind, member), Given(sign), value)), at)
            return [moved, *_code_of_settling(coder, at)]
        case _:
            assert_never(target)


def _code_of_settling(coder: ValueCoder, at: At) -> list[Statement]:
    """Return what brings stats whose bounds can move back into their range, where there are any."""
    return [Perform(Invoke("settle"), at)] if coder.numbering.bounds_move else []


def _operator(sign: EffectSign) -> Operator | None:
    match sign:
        case "=":
            return None
        case "+=":
            return "+"
        case "-=":
            return "-"
        case "*=":
            return "*"
        case _:
            assert_never(sign)


def _code_of_change(now: Code, sign: EffectSign, value: Code) -> Code:
    operator = _operator(sign)
    return value if operator is None else Operate(operator, (now, value))


def _stat(stat: Stat, slot: int, sign: EffectSign, value: Code, at: At) -> Statement:
    if stat.toward is not None and sign in {"+=", "-="}:
        change = value if sign == "+=" else Operate("-", (value,))
        return Perform(Invoke("gain", (Given(slot), change)), at)
    new = _code_of_change(Load("values", slot), sign, value)
    bounds = find_fixed_bounds(stat)
    if bounds is None:
        return Perform(Invoke("keep", (Given(slot), new)), at)
    return Store("values", slot, Invoke("within", (new, Given(bounds[0]), Given(bounds[1]))), at)


def _variable(coder: ValueCoder, variable: Declared, sign: EffectSign, value: Code, at: At) -> Statement:
    held = coder.value_of(variable.name)
    kind = variable.kind
    new: Code
    if kind == NUMBER:
        new = Invoke("stored_number", (_code_of_change(held, sign, value),))
    elif sign == "=":
        new = Invoke("cut", (value, Given(variable.longest))) if kind.base == "text" else value
    elif sign == "-=":
        new = Invoke("without_member", (held, value))
    elif kind.base == "list":
        new = Invoke("newest", (held, value, Given(variable.last)))
    else:
        new = Invoke("with_member", (held, value, coder.of_kind("order", kind.of)))
    return Store("values", held.slot, new, at)
