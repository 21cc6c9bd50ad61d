"""Playing a walkthrough, and saying where it went another way."""

import re

from siberia_quest.engine.status import question_of
from siberia_quest.engine.turns import NotOnOffer, Turn, advance, begin
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.letters import NAME
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Art, JournalLine, Montage, Page, Title
from siberia_quest.model.playtest import Expect, Pick, Walkthrough
from siberia_quest.model.story import Story

_WORD = re.compile(NAME)


class Failure(NamedTuple):
    """What went another way than a test says: where it says so, what happened, and what mends it or shows it again."""

    message: str
    span: Span
    fix: str = ""
    stopped: Span | None = None


class Walked(NamedTuple):
    """How a walkthrough went: the picks that were made, how it ended (None while it goes on), and the first failure."""

    walkthrough: Walkthrough
    picks: tuple[str, ...]
    ending: str | None
    failure: Failure | None


def walk_through(story: Story, walkthrough: Walkthrough) -> Walked:
    """Play a walkthrough until its end or the first thing that is not as it says."""
    turn = begin(story, walkthrough.seed, walkthrough.settings)
    picks: list[str] = []
    failure = _find_stop(turn, walkthrough.span)
    for step in walkthrough.play:
        if failure:
            break
        if isinstance(step, Expect):
            failure = _find_miss(story, step, turn)
            continue
        holds = question_of(story, step.until) if step.until is not None else None
        for _ in range(step.times):
            if holds and holds(turn.state):
                break
            turn, failure = _pick(story, turn, step)
            if failure:
                break
            picks.append(step.id)
        if not failure and holds and not holds(turn.state):
            said = f"`{step.id}` was picked {step.times} times, and `{step.said}` does not hold"
            failure = Failure(said, step.span, _values(step.said, turn))
    ending = turn.state.ending
    wanted = walkthrough.ending
    if failure is None and wanted is not None and ending != wanted:
        failure = Failure(
            f"it ends {_how(ending)}, not {_how(wanted)}", walkthrough.span, "change the picks, or `ending:`"
        )
    return Walked(walkthrough, tuple(picks), ending, failure)


def _pick(story: Story, turn: Turn, step: Pick) -> tuple[Turn, Failure | None]:
    try:
        after = advance(story, turn.state, step.id)
    except NotOnOffer as refused:
        is_over = turn.state.ending is not None
        return turn, Failure(
            f"`{step.id}` cannot be picked: {refused.reason}", step.span, "" if is_over else _open(turn.page)
        )
    return after, _find_stop(after, step.span)


def _find_stop(turn: Turn, span: Span) -> Failure | None:
    problem = turn.page.problem
    if problem is None:
        return None
    return Failure(problem.message, span, problem.fix, problem.span)


def _open(page: Page) -> str:
    if page.ask:
        return f"the story asks: {page.ask.prompt}"
    return f"open here: {', '.join(each.id for each in page.options if each.enabled)}"


def _how(ending: str | None) -> str:
    return "in nothing yet" if ending is None else f"in `{ending}`" if ending else "without an ending's name"


def _find_miss(story: Story, expect: Expect, turn: Turn) -> Failure | None:
    state, page = turn
    at = state.frames[-1].passage if state.frames else ""
    enabled = [each.id for each in page.options if each.enabled]
    if expect.text and expect.text.casefold() not in words_on(page).casefold():
        return Failure(f"the page does not say “{expect.text}”", expect.span, f"it says: {words_on(page)[:160]}")
    if expect.at and at != expect.at:
        return Failure(f"the game is at `{at or 'its end'}`, not at `{expect.at}`", expect.span)
    if expect.offers and expect.offers not in enabled:
        return Failure(f"`{expect.offers}` is not open", expect.span, _open(page))
    if expect.lacks and expect.lacks in enabled:
        return Failure(f"`{expect.lacks}` is open", expect.span, _open(page))
    if expect.where is not None and not question_of(story, expect.where)(state):
        return Failure(f"`{expect.said}` does not hold", expect.span, _values(expect.said, turn))
    return None


def _values(condition: str, turn: Turn) -> str:
    """Say what the names of a condition are worth now."""
    known = turn.state.layout.slots
    names = [each for each in dict.fromkeys(_WORD.findall(condition)) if each in known]
    return ", ".join(f"{name} is {turn.state.value(name)}" for name in names)


def words_on(page: Page) -> str:
    """Return all that stands on a page: titles, prose, the words of its options, of a picture, a montage and the journal."""
    told = [*page.paragraphs]
    for piece in page.pieces:
        if isinstance(piece, Title | JournalLine):
            told.append(piece.text)
        elif isinstance(piece, Art):
            told.append(piece.alt)
        elif isinstance(piece, Montage):
            told += [side for beat in piece.beats for side in beat if side]
    told += [each.text for each in page.options]
    return " ".join(" ".join(told).split())
