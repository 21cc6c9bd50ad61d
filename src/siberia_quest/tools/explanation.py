"""Why a choice or a storylet is on offer in a game, or is not: each clause of its conditions, with the values it hangs on."""

import json
from collections.abc import Callable, Iterator

from siberia_quest.engine.deals import find_qualified
from siberia_quest.engine.flow import Flow
from siberia_quest.engine.program import program_of
from siberia_quest.engine.status import question_of
from siberia_quest.model import expression as nodes
from siberia_quest.model.expression import Expression
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import choice_site, deal_slot, last_deal_site, passage_record
from siberia_quest.model.state import State
from siberia_quest.model.steps import Choice, Choices, Do, walk
from siberia_quest.model.story import Passage, Story, Storylet
from siberia_quest.tools.exploring.places import Place
from siberia_quest.tools.wording import clauses, write_expression, write_value


class Thing(NamedTuple):
    """A choice of a passage (`member` where it is made for each member of a kind), or a storylet, where `choice` is None."""

    address: str
    passage: Passage
    choice: Choice | None
    member: str = ""

    @property
    def place(self) -> Place:
        """Where it stands in the story's files."""
        return Place(self.passage.file, *(self.choice or self.passage).at)


class Clause(NamedTuple):
    """A part of a condition: whether it holds (None where a value decides that only the passage has), and its values."""

    holds: bool | None
    text: str
    values: tuple[tuple[str, str], ...] = ()


class Turned(NamedTuple):
    """A value that the steps of each turn change, and where they do."""

    name: str
    place: Place


class Answer(NamedTuple):
    """Whether a thing is on offer, and why: the clauses that show it, those of `needs`, which let it be picked, and what turns change."""

    thing: Thing
    is_offered: bool
    shown: tuple[Clause, ...]
    needed: tuple[Clause, ...]
    turned: tuple[Turned, ...] = ()


def things_named(story: Story, name: str) -> list[Thing]:
    """Return the choices and storylets that a name means: an address, or the end of one; a whole address is the only one."""
    found = [each for each in _things(story) if each.address == name or each.address.endswith(f".{name}")]
    return [each for each in found if each.address == name] or found


def addresses(story: Story) -> list[str]:
    """Return the addresses of all choices and storylets."""
    return [each.address for each in _things(story)]


def why(story: Story, thing: Thing, state: State) -> Answer:
    """Say why a thing is on offer in a state, or is not."""
    choice = thing.choice
    answer = _why_choice(story, thing, choice, state) if choice else _why_storylet(story, thing.passage, state)
    return answer._replace(turned=tuple(_find_turned(story, answer)))


def _find_turned(story: Story, answer: Answer) -> Iterator[Turned]:
    """Yield the values an answer hangs on that change by the steps of each turn, whatever is picked: each with its first change."""
    names = {name for each in (*answer.shown, *answer.needed) for name in (each.text, *dict(each.values))}
    passage = story.passages[story.each_turn] if story.each_turn else None
    for step in walk(passage.steps) if passage else ():
        for effect in step.effects if isinstance(step, Do) else ():
            name = write_expression(effect.target)
            if passage and name in names:
                names.discard(name)
                yield Turned(name, Place(passage.file, *effect.at))


def as_text(answer: Answer, named: Callable[[str], str] = str) -> str:
    """Return an answer as lines to read; `named` gives each file its name from where one stands."""
    thing, place = answer.thing, answer.thing.place
    what = "choice" if thing.choice else "storylet"
    lines = [f"the {what} `{thing.address}` ({named(place.file)}:{place.line})"]
    lines += [_line(each) for each in answer.shown]
    if answer.needed:
        lines += ["  to be picked, it needs:", *[_line(each) for each in answer.needed]]
    for name, at in answer.turned:
        lines.append(f"  `{name}` also changes once a turn, by `each_turn:` ({named(at.file)}:{at.line})")
    lines.append("so it is on offer now" if answer.is_offered else "so it is not on offer now")
    return "\n".join(lines) + "\n"


def as_json(answer: Answer, named: Callable[[str], str] = str) -> str:
    """Return an answer as JSON; `named` as in `as_text`."""

    def plain(clause: Clause) -> dict[str, object]:
        return {"holds": clause.holds, "text": clause.text, "values": dict(clause.values)}

    return json.dumps({
        "address": answer.thing.address, "file": named(answer.thing.place.file), "line": answer.thing.place.line,
        "offered": answer.is_offered, "shown": [plain(each) for each in answer.shown], "needs": [plain(each) for each in answer.needed],
        "each_turn": [{"name": name, "file": named(at.file), "line": at.line} for name, at in answer.turned],
    }, ensure_ascii=False, indent=1) + "\n"  # fmt: skip


_SIGNS = ("no ", "yes", "?  ")


def _line(clause: Clause) -> str:
    sign = _SIGNS[2 if clause.holds is None else int(clause.holds)]
    told = ", ".join(f"{name} is {value}" for name, value in clause.values)
    return f"  {sign}  {clause.text}" + (f"   ({told})" if told else "")


def _things(story: Story) -> Iterator[Thing]:
    for passage in story.passages.values():
        if passage.storylet:
            yield Thing(passage.id, passage, None)
        for step in walk(passage.steps):
            for item in step.items if isinstance(step, Choices) else ():
                if isinstance(item, Choice):
                    for id_ in item.members or (item.id,):
                        yield Thing(f"{passage.id}.{id_}", passage, item, id_ if item.members else "")


def _why_choice(story: Story, thing: Thing, choice: Choice, state: State) -> Answer:
    passage = thing.passage
    here = state.frames[-1] if state.frames else None
    is_here = here is not None and here.passage == passage.id
    known: dict[int, Expression] = {choice.slot: nodes.Constant(thing.member)} if thing.member else {}
    if here is not None and is_here:
        known = {**{slot: nodes.Constant(value) for slot, value in enumerate(here.locals)}, **known}
    where = f"the game is in `{here.passage}`" if here else "the game has ended"
    shown = [Clause(is_here, f"the game is in `{passage.id}`" if is_here else f"{where}, not in `{passage.id}`")]
    if choice.once:
        times = question_of(story, nodes.Visits("visits", passage.id, choice_site(thing.member or choice.id)))(state)
        shown.append(
            Clause(times == 0, "it was not picked before" if times == 0 else "it was picked before, and comes once")
        )
    if choice.fallback:
        shown.append(Clause(None, "it is a fallback: it comes where nothing else is open"))
    shown += _clauses(story, choice.condition, passage, known, state)
    needed = tuple(_clauses(story, choice.needs, passage, known, state))
    id_ = thing.member or choice.id
    return Answer(thing, is_here and id_ in state.offer, tuple(shown), needed)


def _why_storylet(story: Story, passage: Passage, state: State) -> Answer:
    storylet = passage.storylet
    assert storylet is not None
    shown = [*_explain_deal(story, passage, storylet, state), *_clauses(story, storylet.condition, passage, {}, state)]
    first = [each.passage for tag in storylet.tags for each in find_qualified(Flow(program_of(story), state), tag)]
    qualifies = all(each.holds is not False for each in shown)
    if qualifies and passage.id not in first:
        shown.append(Clause(holds=False, text=f"others of a higher priority come first: {', '.join(first)}"))
    needed = tuple(_clauses(story, storylet.needs, passage, {}, state))
    offered = passage.id in first and all(each.holds is not False for each in needed)
    return Answer(Thing(passage.id, passage, None), offered, tuple(shown), needed)


def _explain_deal(story: Story, passage: Passage, storylet: Storylet, state: State) -> Iterator[Clause]:
    record = state.counts.get(story.layout.records[passage_record(passage.id)]) or ()
    if storylet.once:
        came = bool(record and record[0])
        yield Clause(not came, "it came before, and comes once" if came else "it did not come before")
    if storylet.cooldown:
        for tag in storylet.tags:
            site = passage.sites.index(last_deal_site(tag))
            last = record[site] if site < len(record) else 0
            deals = state.value(deal_slot(tag))
            since = deals - last if isinstance(deals, int) and last else None
            told = f"a cooldown of {storylet.cooldown} deals of `{tag}`"
            yield Clause(
                since is None or since >= storylet.cooldown,
                told,
                () if since is None else (("since then", str(since)),),
            )


def _clauses(
    story: Story, condition: Expression | None, passage: Passage, known: dict[int, Expression], state: State
) -> Iterator[Clause]:
    for clause in clauses(condition) if condition is not None else ():
        asked = nodes.with_locals(clause, known)
        text = write_expression(asked, passage.locals)
        if _is_open(asked):
            yield Clause(None, text)
            continue
        leaves = {write_expression(each): each for each in _leaves(story, asked)}
        values = tuple((name, _value(story, each, state)) for name, each in leaves.items() if name != text)
        yield Clause(bool(question_of(story, asked)(state)), text, values)


def _value(story: Story, expression: Expression, state: State) -> str:
    return write_value(question_of(story, expression)(state))


def _is_open(expression: Expression) -> bool:
    """Tell whether an expression hangs on a value that only the passage has."""
    return isinstance(expression, nodes.Local) or any(_is_open(part) for part in nodes.operands_of(expression))


def _leaves(story: Story, expression: Expression) -> Iterator[Expression]:
    """Yield what an expression reads from the game, also through formulas."""
    if isinstance(expression, nodes.Reference | nodes.PerMember | nodes.ValueOf | nodes.Visits | nodes.Apply):
        yield expression
        if isinstance(expression, nodes.Apply) and expression.what == "formula":
            given = dict(enumerate(expression.arguments))
            yield from _leaves(story, nodes.with_locals(story.formulas[expression.name].body, given))
        return
    inside = nodes.operands_of(expression)
    if isinstance(expression, nodes.Builtin) and not inside:
        yield expression
    for part in inside:
        yield from _leaves(story, part)
