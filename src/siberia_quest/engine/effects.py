"""Effects as lines of Python source."""

from siberia_quest.engine.numbers import LIMIT
from siberia_quest.engine.writer import Writer
from siberia_quest.model.expression import Constant, Effect, Local, PerMember, ValueOf, Variable
from siberia_quest.model.kinds import NUMBER
from siberia_quest.model.story import Stat
from siberia_quest.model.story import Variable as Declared


def effect_lines(writer: Writer, effect: Effect) -> list[str]:
    """Return the lines that carry out an effect; `v` are the flow's values and `L` its locals."""
    value = writer.expression(effect.value)
    match effect.target:
        case Variable(name):
            slot = writer.slots[name]
            if name in writer.story.stats:
                return _stat(writer, writer.story.stats[name], slot, effect.operator, value)
            return _variable(writer, writer.story.variables[name], slot, effect.operator, value)
        case Local(slot):
            sign = effect.operator[:-1]
            return [f"L[{slot}] = stored({f'L[{slot}] {sign} {value}' if sign else value})"]
        case PerMember(name, member):
            slot, place = writer.slots[name], writer.expression(member)
            if isinstance(member, Constant):
                place = str(writer.story.layout.members[name][str(member.value)])
            else:
                place = f"order_{list(writer.story.kinds).index(writer.story.variables[name].kind.of)}[{place}]"
            sign = effect.operator[:-1]
            return [
                f"at = {place}",
                f"v[{slot}] = replaced(v[{slot}], at, stored({f'v[{slot}][at] {sign} {value}' if sign else value}))",
            ]
        case ValueOf(kind, member):
            lines = [f"w.move({writer.stat_slot(kind, member)}, {effect.operator!r}, {value})"]
            return [*lines, *_settle(writer)]


def _settle(writer: Writer) -> list[str]:
    moving = any(
        not (isinstance(stat.low, Constant) and isinstance(stat.high, Constant)) for stat in writer.story.stats.values()
    )
    return ["w.settle()"] if moving else []


def _stat(writer: Writer, stat: Stat, slot: int, operator: str, value: str) -> list[str]:
    sign = operator[:-1]
    if stat.toward is not None and operator in {"+=", "-="}:
        return [f"w.gain({slot}, {value if operator == '+=' else f'-{value}'})", *_settle(writer)]
    source = f"x = v[{slot}] {sign} {value}" if sign else f"x = {value}"
    if not (isinstance(stat.low, Constant) and isinstance(stat.high, Constant)):
        return [source, f"w.keep({slot}, x)", "w.settle()"]
    low, high = stat.low.value, stat.high.value
    kept = f"v[{slot}] = x if {low!r} <= x <= {high!r} else {low!r} if x < {low!r} else {high!r}"
    return [source, "if x.__class__ is not int: x = tidy(x)", kept, *_settle(writer)]


def _variable(writer: Writer, variable: Declared, slot: int, operator: str, value: str) -> list[str]:
    kind = variable.kind
    if operator == "=":
        if kind.base == "text":
            return [f"v[{slot}] = ({value})[:{variable.longest}]"]
        if kind == NUMBER:
            return [f"v[{slot}] = stored({value})", *_settle(writer)]
        return [f"v[{slot}] = {value}"]
    if kind == NUMBER:
        bounded = f"v[{slot}] = x if x.__class__ is int and {-LIMIT} <= x <= {LIMIT} else stored(x)"  # most are small and whole
        return [f"x = v[{slot}] {operator[:-1]} {value}", bounded, *_settle(writer)]
    if operator == "-=":
        return [f"v[{slot}] = without_member(v[{slot}], {value})"]
    if kind.base == "list":
        return [f"v[{slot}] = (*v[{slot}], {value})[-{variable.last}:]"]
    return [f"v[{slot}] = with_member(v[{slot}], {value}, order_{list(writer.story.kinds).index(kind.of)})"]
