"""Where a game stands, for a status line or a panel: pure views of a state."""

from collections.abc import Callable
from typing import NamedTuple

from siberia_quest.engine.flow import Flow
from siberia_quest.engine.program import StoryProgram, program_of
from siberia_quest.engine.views import place_in_words, series, stat_rows
from siberia_quest.model.expression import Expression, Reference, ShownValue
from siberia_quest.model.kinds import Value
from siberia_quest.model.markup import plain_line
from siberia_quest.model.page import Chart, StatRow
from siberia_quest.model.state import State
from siberia_quest.model.story import Story

#: Stands in the status line for what cannot be worked out now.
UNKNOWN = "?"


class StatusEntry(NamedTuple):
    """One thing of the status line: its words, and the stat behind it where it is one."""

    name: str
    label: str
    text: str
    row: StatRow | None


def stats_of(story: Story, state: State) -> tuple[StatRow, ...]:
    """Return the visible stats of a state."""
    return stat_rows(Flow(program_of(story), state))


def status_of(story: Story, state: State) -> tuple[StatusEntry, ...]:
    """Return what the story's `status:` names, as it is now."""
    program = program_of(story)
    flow = Flow(program, state)
    rows = {row.name: row for row in stat_rows(flow)}
    return tuple(
        StatusEntry(item.name, item.label, _text(program, flow, ShownValue(item.value, item.kind)), rows.get(item.name))
        for item in story.status
    )


def _text(program: StoryProgram, flow: Flow, value: ShownValue) -> str:
    stat = program.story.stats.get(value.value.name) if isinstance(value.value, Reference) else None
    if stat and stat.show == "band" and stat.bands:
        slot = program.slots[stat.name]
        return program.rules[slot].band(flow.values[slot])  # type: ignore[arg-type]  # a stat is a number
    try:
        return plain_line(str(program.compile_shown(value)(flow)))
    except ArithmeticError:  # the line is shown at every turn, and there is no page on which to tell a problem
        return UNKNOWN


def chart_of(story: Story, state: State, names: tuple[str, ...] = ()) -> Chart:
    """Return stats over the journal's lines; without names, all that are visible."""
    rows = {row.name: row.label for row in stats_of(story, state)}
    order = list(story.stats)
    return Chart(tuple(series(name, rows.get(name, name), order, state.journal) for name in names or rows))


def place_of(story: Story, state: State) -> str:
    """Return where the player is, in words, as it was told: no code of the story runs."""
    if not state.frames:
        return ""
    frame = state.frames[-1]
    return place_in_words(story.scenes.get(frame.passage.partition(".")[0], ""), frame.title)


def question_of(story: Story, expression: Expression) -> Callable[[State], Value]:
    """Return what answers an expression of the story's names from a state: for tests and tools, which ask it often."""
    program = program_of(story)
    given = program.compile_value(expression)
    return lambda state: given(Flow(program, state))
