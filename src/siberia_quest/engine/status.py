"""Where a game stands, for a status line or a panel: pure views of a state."""

from collections.abc import Callable, Sequence

from siberia_quest.engine.flow import Flow
from siberia_quest.engine.play_faults import PlayFault
from siberia_quest.engine.program import MakeFigure, program_of
from siberia_quest.engine.views import place_in_words, show_chart, show_journal, stat_rows
from siberia_quest.model.expression import Expression
from siberia_quest.model.kinds import Value
from siberia_quest.model.page import Board, Chart, Figure, JournalPanel, StatRow
from siberia_quest.model.state import State
from siberia_quest.model.story import ShownItem, Story

#: Stands in the status line for what cannot be worked out now.
UNKNOWN = "?"


def stats_of(story: Story, state: State) -> tuple[StatRow, ...]:
    """Return the visible stats of a state."""
    return stat_rows(Flow(program_of(story), state))


def status_of(story: Story, state: State) -> tuple[Figure, ...]:
    """Return what the story's `status:` names, as it is now; a stat that is hidden is left out."""
    program = program_of(story)
    return _figures(Flow(program, state), story.status, program.status)


def panels_of(story: Story, state: State) -> tuple[Board, ...]:
    """Return the panels whose condition holds, as they are now; none once the game has ended."""
    if not story.panels or state.ending is not None:
        return ()
    flow, found = Flow(program_of(story), state), []
    for panel, made in zip(story.panels, program_of(story).panels, strict=True):
        if made.condition is None or _try(flow, made.condition):
            title = _try(flow, made.title) if panel.title else ""
            items = (panel.beside, panel.left, panel.right, panel.below)
            sides = [_figures(flow, *each) for each in zip(items, made.sides, strict=True)]
            found.append(Board(panel.id, UNKNOWN if title is None else str(title), *sides))
    return tuple(found)


def chapter_of(story: Story, state: State) -> str:
    """Return the part of the story's `map:` that a state is in, in words: `Day 3`; "" where the story has no map."""
    if not story.header.map:
        return ""
    program = program_of(story)
    for figure in _figures(Flow(program, state), story.header.map, program.map):
        return " ".join(f"{figure.label} {figure.text or ' '.join(figure.items)}".split())
    return ""


def _figures(flow: Flow, items: Sequence[ShownItem], made: Sequence[MakeFigure]) -> tuple[Figure, ...]:
    found = []
    for item, make in zip(items, made, strict=True):
        try:
            figure = make(flow)
        except (
            ArithmeticError,
            PlayFault,
        ):  # it is shown at every turn, and there is no page on which to tell a problem
            figure = Figure(item.name, item.plain_label, UNKNOWN)
        if figure:
            found.append(figure)
    return tuple(found)


def _try(flow: Flow, make: Callable[[Flow], Value]) -> Value | None:
    try:
        return make(flow)
    except (ArithmeticError, PlayFault):
        return None


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
