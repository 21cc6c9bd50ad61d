"""Begin a game and advance it, one turn at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from siberia_quest.engine.beginning import initial_values
from siberia_quest.engine.chance import mix
from siberia_quest.engine.deals import enter_storylet
from siberia_quest.engine.flow import Flow, Point, Program, Segment
from siberia_quest.engine.offers import NOTHING, Offer
from siberia_quest.engine.play_faults import PlayFault, describe_error
from siberia_quest.engine.program import program_of
from siberia_quest.engine.stat_changes import keep, settle
from siberia_quest.engine.views import place_in_words
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Ask, EndingBlock, Page
from siberia_quest.model.state import Counts, State
from siberia_quest.model.story import Story

MakeFlow: TypeAlias = Callable[[Program, State], Flow]
#: The most text of one turn, in characters.
MOST_TEXT = 256 * 1024
LONGEST_ANSWER = 200


class NotOnOffer(Exception):  # noqa: N818  # the public name, documented
    """The pick is no option of the page, or no answer to its question; `reason` says why in words for the player.

    >>> from siberia_quest import begin, load_story
    >>> story = load_story("story/first_fire").story
    >>> advance(story, begin(story).state, "dance")
    Traceback (most recent call last):
    siberia_quest.engine.turns.NotOnOffer: There is no choice `dance` here.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Turn(NamedTuple):
    """The state a turn led to, and the page it shows.

    >>> from siberia_quest import load_story
    >>> state, page = begin(load_story("story/first_fire").story, seed=7)
    >>> state.turn, page.turn, len(page.options)
    (0, 0, 2)
    """

    state: State
    page: Page


def begin(
    story: Story,
    seed: int = 0,
    settings: Mapping[str, Value] | None = None,
    kept: Mapping[str, Value] | None = None,
    flow: MakeFlow = Flow,
) -> Turn:
    """Begin a game: return its first state and page.

    `seed`, any whole number, decides all chance. `settings` are the player's choices by name, `kept` the values of `keep:` variables from
    earlier games; what does not fit is the default. `flow` makes the turn in progress: a tool gives another one to watch it, or to say
    itself how the dice fall. Raises nothing: where the story has a mistake that only play can find, the page has a `problem`.

    >>> from siberia_quest import load_story
    >>> story = load_story("story/first_fire").story
    >>> turn = begin(story, seed=7)
    >>> turn.page.turn, len(turn.page.options)
    (0, 2)
    >>> turn == begin(story, seed=7)
    True
    """
    nothing = (0,) * len(story.layout.slots)
    state = State(mix(seed), seed, 0, nothing, Counts.none(), (), (), (), (), 0, None, story.layout)
    try:
        state = state._replace(values=initial_values(story, settings, kept))
        return _run(story, flow(program_of(story), state), state, lambda flow: flow.goto(story.header.start))
    except (PlayFault, ArithmeticError) as error:
        problem = _problem(program_of(story), error)._replace(span=Span(story.files[0], 1, 1, 1, 2))
        return Turn(state, Page((), problem=problem))
    except Exception as error:  # noqa: BLE001  # raised again, but for what does not fit a story that was kept
        return _unfit(story, state, error)


def advance(story: Story, state: State, pick: str, flow: MakeFlow = Flow) -> Turn:
    """Go on with the id of an option, or the answer to the page's question; return the next state and its page.

    `state` stays as it is, so that undo is having kept it. `flow` makes the turn in progress, as in `begin`. Raises NotOnOffer when
    the pick is neither. Where the story has a mistake that only play can find, the page has a `problem`, and the state returned is that
    of before.

    >>> from siberia_quest import begin, load_story
    >>> story = load_story("story/first_fire").story
    >>> first = begin(story, seed=7)
    >>> second = advance(story, first.state, first.page.options[0].id)
    >>> second.state.turn, first.state.turn
    (1, 0)
    """
    try:
        under_way = flow(program_of(story), state)
        if not under_way.frames:
            raise NotOnOffer(story.language.say("has_ended"))  # noqa: TRY301  # it goes on to whoever asked
        point = under_way.resume(under_way.frames.pop())
        if point.question >= 0:
            return _run(story, under_way, state, _put_away(point, pick))
        if pick not in under_way.frozen:
            raise NotOnOffer(_why_not(story.language, reopen(story, state).page, pick))  # noqa: TRY301
        under_way.frozen = ()
        under_way.turn += 1
        picked = point.branches.get(pick)
        if picked is None:
            dealt = _find_dealt(story, under_way, point, pick)
            return _run(story, under_way, state, _after_each_turn(under_way, dealt))
        segment, counter, last_visit, local, member = picked
        under_way.counters[counter] += 1
        if last_visit >= 0:
            under_way.counters[last_visit] = under_way.turn + 1
        if local >= 0:
            under_way.locals[local] = member
        branch = under_way.code.segments[segment]
        if under_way.program.each_turn:
            branch = _after_each_turn(under_way, branch)
        return _run(story, under_way, state, branch)
    except NotOnOffer:
        raise
    except Exception as error:  # noqa: BLE001  # raised again, but for what does not fit a story that was kept
        return _unfit(story, state, error)


def _find_dealt(story: Story, flow: Flow, point: Point, pick: str) -> Segment:
    """Return what enters the storylet that was picked, or goes on after a page turn. Raises NotOnOffer where the story knows neither."""
    for tag in point.dealt:
        for passage in story.storylets[tag]:
            if passage.split(".")[-1] == pick:
                return lambda w, id_=passage, tag=tag: enter_storylet(w, id_, tag, point.frame.address)  # type: ignore[misc]
    if point.sort != "pause":
        raise NotOnOffer(_why_not(story.language, Page(()), pick))
    return flow.code.segments[point.after]


def _why_not(language: Language, page: Page, pick: str) -> str:
    for option in page.options:
        if option.id == pick:
            return option.reason or language.say("not_open")
    return language.say("not_on_offer", typed=clean(pick)[:60])


def _put_away(point: Point, answer: str) -> Segment:
    """Return what puts an answer away. It stands apart so that `advance`, which few answers pass through, keeps nothing for it."""
    return lambda w: _after_each_turn(w, _answer(w, point, answer))


def _after_each_turn(flow: Flow, segment: Segment) -> Segment:
    """Return what does the steps of each turn, where the story has some, and goes on with a segment."""
    each_turn = flow.program.each_turn

    def begin(flow: Flow) -> Segment:
        flow.do_aside(each_turn)
        return segment

    return begin if each_turn else segment


def _answer(flow: Flow, point: Point, answer: str) -> Segment:
    """Put an answer away and return what follows it. Raises NotOnOffer when it is none."""
    ask, slot = flow.code.questions[point.question](flow)
    flow.frozen = ()
    flow.turn += 1
    answer = " ".join(clean(answer).split()) or ask.default
    if ask.optional and not answer:
        return flow.code.segments[point.exhausted]
    if not ask.number:
        if not answer:
            raise NotOnOffer(flow.program.language.say("write_something"))
        if len(answer) > ask.longest:
            raise NotOnOffer(flow.program.language.say("too_long", most=ask.longest))
        flow.values[slot] = answer
        return flow.code.segments[point.after]
    number = _number(flow.program.language, answer, ask)
    if slot in flow.program.rules:
        keep(flow, slot, number)
    else:
        flow.values[slot] = number
    settle(flow)
    return flow.code.segments[point.after]


def _number(language: Language, answer: str, ask: Ask) -> int | float:
    from siberia_quest.engine.typed_numbers import number_in  # noqa: PLC0415  # few games ask for a number

    number = number_in(answer) if len(answer) <= LONGEST_ANSWER else None
    if number is None:
        raise NotOnOffer(
            language.say("write_number" if ask.low is None else "write_number_from", low=ask.low, high=ask.high)
        )
    if (ask.low is not None and number < ask.low) or (ask.high is not None and number > ask.high):
        raise NotOnOffer(language.say("number_from", low=ask.low, high=ask.high))
    return number


def reopen(story: Story, state: State) -> Turn:
    """Return the options or question of a state that was restored, without any text."""
    try:
        return _reopen(story, state)
    except Exception as error:  # noqa: BLE001  # raised again, but for what does not fit a story that was kept
        return _unfit(story, state, error)


def _reopen(story: Story, state: State) -> Turn:
    if state.ending is not None or not state.frames:
        return Turn(state, Page((), ending=_find_ending(story, state.ending), turn=state.turn))
    program = program_of(story)
    try:
        flow, offer, ask = _ask_again(program, state, {})
    except (PlayFault, ArithmeticError) as error:  # the story was edited since, and cannot say what is on offer here
        return Turn(state, Page((), problem=_problem(program, error)))
    state = state if offer.ids == state.offer else state._replace(offer=offer.ids)
    place = place_in_words(flow.code.scene, flow.here)
    return Turn(state, Page((), options=offer.options, ask=ask, place=place, turn=state.turn))


def _ask_again(
    program: Program, state: State, moved: Mapping[int, Sequence[int]], tries: int = 6
) -> tuple[Flow, Offer, Ask | None]:
    """Return what a state waits with in the words it had, though alternatives in what is on offer have moved on since.

    How far counters move is seen from asking; then it is asked again from where they were, until they have `moved` as far as that.
    Alternatives within others may need more than two `tries`.
    """
    flow = Flow(program, state)
    flow.changed |= {index: _less(state.counts.get(index) or [0] * len(by), by) for index, by in moved.items()}
    before = {index: [*record] for index, record in flow.changed.items()}
    point = flow.resume(flow.frames.pop())
    offer = NOTHING if point.offers < 0 else flow.code.offers[point.offers](flow)
    steps = {
        index: _less(record, before.get(index) or state.counts.get(index) or [0] * len(record))
        for index, record in flow.changed.items()
    }
    found = {index: by for index, by in steps.items() if any(by)}
    if found == moved or not tries:
        return flow, offer, None if point.question < 0 else flow.code.questions[point.question](flow)[0]
    return _ask_again(program, state, found, tries - 1)


def _less(record: Sequence[int], other: Sequence[int]) -> list[int]:
    """Return how much larger the counters of a record are than others."""
    return [max(0, one - two) for one, two in zip(record, other, strict=True)]


def _run(story: Story, flow: Flow, before: State, segment: Segment | None) -> Turn:
    """Run segments until the story waits or ends."""
    try:
        while segment is not None:
            segment = segment(flow)
        if sum(map(len, flow.blocks)) > MOST_TEXT:  # a block counts as its few fields
            raise PlayFault(  # noqa: TRY301
                "SQ505", "this turn tells a short novel (over 256 KiB)", "ask the player something in between"
            )
        state = flow.state()
        waiting = flow.waiting
        ask = None
        if waiting is not None and waiting.question >= 0:
            ask = flow.code.questions[waiting.question](flow)[0]
    except (PlayFault, ArithmeticError) as error:
        return _stop(story, flow, before, error)
    ending = None if flow.ending is None else _find_ending(story, flow.ending)
    changes = flow.changes(before.values) if flow.program.stats else ()
    place = place_in_words(flow.code.scene, flow.here) if flow.here else flow.code.scene
    shown = (
        tuple(flow.blocks), changes, flow.offered.options, ask, ending, flow.title, None, flow.checkpoint, place, flow.turn, (),
    )  # fmt: skip
    return tuple.__new__(Turn, (state, tuple.__new__(Page, shown)))  # what Turn(…, Page(…)) does, in half the time


def _find_ending(story: Story, ending: str | None) -> EndingBlock | None:
    if ending is None:
        return None
    known = story.endings.get(ending)
    return EndingBlock(known.id, known.title, known.text, known.rank) if known else EndingBlock(ending, "")


def _stop(story: Story, flow: Flow, before: State, error: Exception) -> Turn:
    """Say what went wrong, at its place in the story; the game stays where it was."""
    page = reopen(story, before).page if before.frames else Page(())
    problem, passage = _problem(flow.program, error), story.passages[flow.code.id]
    if not problem.span.file:  # no line of it, but all that was told
        line, column = passage.at
        problem = problem._replace(span=Span(passage.file, line, column, line, column + 1))
    return Turn(before, page._replace(pieces=tuple(flow.blocks), problem=problem))


def _unfit(story: Story, state: State, error: Exception) -> Turn:
    """Say that what was kept of a story since it was read does not fit it, and forget it. Raises the error where nothing was kept."""
    if story.passages.forget is None:
        raise error
    story.passages.forget()
    message = "what was kept of this story when it was last read does not fit it, and was taken away"
    problem = Diagnostic(
        "SQ804",
        message,
        Span("", 1, 1, 1, 2),
        why="the game stays where it was before this pick",
        fix="leave and start again: the story is then read from its own files",
    )
    return Turn(state, Page((), problem=problem))


def _problem(program: Program, error: Exception) -> Diagnostic:
    code, message, fix = describe_error(error)
    return Diagnostic(
        code, message, place_of_error(program, error), why="the game stays where it was before this pick", fix=fix
    )


def place_of_error(program: Program, error: Exception) -> Span:
    """Return the place in the story of the innermost printed code that was running."""
    place = Span("", 1, 1, 1, 2)
    trace = error.__traceback__
    while trace is not None:
        source = program.sources.get(trace.tb_frame.f_code.co_filename)
        if source and source.file:
            line, column = source.places[min(trace.tb_lineno, len(source.places)) - 1]
            place = Span(source.file, line, column, line, column + 1)
        trace = trace.tb_next
    return place
