"""Where a game stands, for a status line or a panel: pure views of a state."""

from collections.abc import Callable
from typing import NamedTuple

from siberia_quest.engine.flow import Flow
from siberia_quest.engine.program import StoryProgram, program_of
from siberia_quest.engine.views import place_in_words, show_chart, show_journal, stat_rows
from siberia_quest.model.expression import Expression, Reference, ShownValue
from siberia_quest.model.kinds import Value
from siberia_quest.model.markup import plain_line
from siberia_quest.model.page import Chart, JournalPanel, StatRow
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
    """Return what the story's `status:` names, as it is now; a stat that is hidden is left out."""
    program = program_of(story)
    flow = Flow(program, state)
    rows = {row.name: row for row in stat_rows(flow)}
    found = []
    for item in story.status:
        row = rows.get(item.name)
        if row or not (isinstance(item.value, Reference) and item.value.name in story.stats):
            is_banded = row is not None and row.value is None
            text = row.band if row and is_banded else _text(program, flow, ShownValue(item.value, item.kind))
            found.append(StatusEntry(item.name, item.label, text, row))
    return tuple(found)


def _text(program: StoryProgram, flow: Flow, value: ShownValue) -> str:
    try:
        return plain_line(str(program.compile_shown(value)(flow)))
    except ArithmeticError:  # the line is shown at every turn, and there is no page on which to tell a problem
        return UNKNOWN


def chart_of(story: Story, state: State, names: tuple[str, ...] = ()) -> Chart:
    """Return visible stats over the journal's lines; without names, all of them."""
    return show_chart(Flow(program_of(story), state), names)


def journal_of(story: Story, state: State) -> JournalPanel:
    """Return what a player may see of the journal."""
    return show_journal(Flow(program_of(story), state))


def place_of(story: Story, state: State) -> str:
    """Return where the player is, in words, as it was told: no code of the story runs."""
    if not state.frames:
        return ""
    frame = state.frames[-1]
    return place_in_words(story.scenes.get(frame.passage.partition(".")[0], ""), frame.title)


def can_be_undone(story: Story, state: State) -> bool:
    """Tell whether a story lets a player go back from a state; where that cannot be worked out it does."""
    if story.header.undo is None:
        return True
    try:
        return bool(question_of(story, story.header.undo)(state))
    except ArithmeticError:
        return True


def question_of(story: Story, expression: Expression) -> Callable[[State], Value]:
    """Return what answers an expression of the story's names from a state: for tests and tools, which ask it often."""
    program = program_of(story)
    given = program.compile_value(expression)
    return lambda state: given(Flow(program, state))
