"""What a game begins with: settings as chosen, what was kept of earlier games, and starts; all of it as its kind and range ask."""

from collections.abc import Mapping
from typing import assert_never

from siberia_quest.engine.flow import Flow
from siberia_quest.engine.numbers import stored, tidy
from siberia_quest.engine.play_faults import PlayFault, TooLarge, describe_error
from siberia_quest.engine.program import StoryProgram, program_of
from siberia_quest.engine.stat_changes import keep
from siberia_quest.model.expression import Constant, Expression
from siberia_quest.model.kinds import Value
from siberia_quest.model.markup import clean
from siberia_quest.model.state import Counts, State
from siberia_quest.model.story import Setting, Story, Variable


def initial_values(
    story: Story, settings: Mapping[str, Value] | None = None, kept: Mapping[str, Value] | None = None
) -> tuple[Value, ...]:
    """Return the values a game begins with, by slot: settings as chosen, kept variables as they were, the rest as declared."""
    values: list[Value] = [0] * len(story.layout.slots)
    for name, setting in story.settings.items():
        values[story.layout.slots[name]] = _choose_setting(setting, (settings or {}).get(name))
    program = program_of(story)
    flow = Flow(program, State(0, 0, 0, tuple(values), Counts.none(), (), (), (), (), 0, None, story.layout))
    for name, variable in story.variables.items():
        _begin_with(program, flow, name, variable.start)
        known = (kept or {}).get(name)
        if variable.keep and known is not None and (fitting := fit_value(story, variable, known)) is not None:
            flow.values[story.layout.slots[name]] = fitting
    for name, stat in story.stats.items():
        _begin_with(program, flow, name, stat.start)
    for name in story.stats:  # now that all is there from which their bounds may be worked out
        _begin_with(program, flow, name, None)
    return tuple(flow.values)


def _begin_with(program: StoryProgram, flow: Flow, name: str, start: Expression | None) -> None:
    """Give something its start, or bring a stat that has it into its range. Raises PlayFault where that cannot be worked out."""
    slot = program.slots[name]
    value = flow.values[slot]
    try:
        if start is not None:
            found = start.value if isinstance(start, Constant) else program.compile_value(start)(flow)
            flow.values[slot] = stored(found)
        elif isinstance(value, int | float):
            keep(flow, slot, value)
    except ArithmeticError as error:
        code, message, fix = describe_error(error)
        raise PlayFault(code, f"{message} where `{name}` begins", fix) from error


def _choose_setting(setting: Setting, value: Value | None) -> Value:
    """Return a setting's value, its start where nothing (or nothing fitting) was chosen."""
    if isinstance(value, str) and setting.kind.base == "text":
        return clean(value).replace("\n", " ").strip()[: setting.longest] or setting.start
    if isinstance(value, str) and any(value == id_ for id_, _ in setting.options):
        return value
    if setting.kind.base == "number":
        number = None if value is None else fit_number(value)
        return setting.start if number is None else number
    return value if setting.kind.base == "yes_no" and isinstance(value, bool) else setting.start


def fit_value(story: Story, variable: Variable, value: Value) -> Value | None:
    """Return a value from outside as a variable may hold it, None where it is none of its kind."""
    kind = variable.kind
    members = story.kinds[kind.of].ids if kind.of in story.kinds else ()
    match kind.base:
        case "number":
            return fit_number(value)
        case "yes_no":
            return value if isinstance(value, bool) else None
        case "text":
            return clean(value)[: variable.longest] if isinstance(value, str) else None
        case "member":
            return value if value in members else None
        case "set":
            return tuple(each for each in members if each in value) if isinstance(value, tuple) else None
        case "list":
            there = tuple(each for each in value if each in members) if isinstance(value, tuple) else None
            return there and there[-variable.last :]
        case "per":
            numbers = [fit_number(each) for each in value] if isinstance(value, tuple) else []
            whole = tuple(each for each in numbers if each is not None)
            return whole if len(whole) == len(numbers) == len(members) else None
        case "unknown":
            return None
    assert_never(kind.base)


def fit_number(value: Value) -> int | float | None:
    """Return a number as it is stored, None where it is none."""
    try:
        return tidy(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    except (TooLarge, ValueError, OverflowError):
        return None
