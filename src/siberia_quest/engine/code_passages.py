"""Passages as code: each run of steps between two inputs becomes a function, a segment.

The parts of a passage (segments, waiting points, what is on offer) are numbered as they are met, and made when they are asked for: a first
visit pays for what it enters, and not for the branches that it leaves aside.
"""

# long: one coder of one noun; each step of the language has a method here, and they call each other.

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, assert_never

from siberia_quest.engine.code import (
    Assign,
    Body,
    Code,
    Compare,
    Function,
    FunctionSort,
    Given,
    Invoke,
    Item,
    Load,
    Operate,
    Pack,
    Part,
    Perform,
    Repeat,
    Result,
    Select,
    Statement,
    Store,
    Tell,
    Temporary,
    When,
    Whole,
)  # fmt: skip
from siberia_quest.engine.code_effects import code_of_effect
from siberia_quest.engine.code_texts import TextCoder, fixed_text
from siberia_quest.engine.code_values import Numbering
from siberia_quest.engine.flow import Picked, PointSort
from siberia_quest.engine.offers import FixedOffers
from siberia_quest.model.expression import Alternatives, things_in
from siberia_quest.model.page import Option
from siberia_quest.model.sites import Site, choice_site, label_site, last_visit_site
from siberia_quest.model.steps import (
    Achieve,
    Alternate,
    At,
    Branch,
    Call,
    Check,
    Checkpoint,
    Choice,
    Choices,
    Cuts,
    Deal,
    DealtChoices,
    Do,
    End,
    Goto,
    Journal,
    Label,
    Let,
    Loop,
    Match,
    Music,
    Pause,
    Question,
    Random,
    Return,
    Show,
    Step,
    Steps,
    Text,
    inner,
)  # fmt: skip
from siberia_quest.model.story import Passage, Story

#: The number of a part that is not there.
NONE = -1


class BranchPlan(NamedTuple):
    """An option, and what picking it leads to."""

    option: str
    picked: Picked


class PointPlan(NamedTuple):
    """A waiting point: its address, and the numbers of the parts that follow it, say what is on offer, or ask."""

    sort: PointSort
    address: str
    after: int = NONE
    exhausted: int = NONE
    offers: int = NONE
    question: int = NONE
    branches: tuple[BranchPlan, ...] = ()
    dealt: tuple[str, ...] = ()


#: A part of a passage once it is coded.
Coded: TypeAlias = Function | PointPlan | FixedOffers


class _Here(NamedTuple):
    """Where coding stands: what ends the block (None: it falls through), the members of loops around, and the last place in the story."""

    after: Code | None
    members: tuple[str, ...]
    at: At


class PassageCoder:
    """Codes the parts of one passage, each when it is asked for. The first is its entry; `title` is the number of its title's."""

    def __init__(self, story: Story, numbering: Numbering, passage: Passage) -> None:
        """Begin."""
        self.passage = passage
        self.coder = TextCoder(story, numbering, passage.id, passage.sites)
        self.parts: list[Coded | Callable[[int], Coded] | None] = []
        self.points: dict[str, int] = {}
        self.labels: dict[tuple[str, tuple[str, ...]], int] = {}
        self.depths: dict[str, int] = {}
        self.goings: dict[Code, int] = {}
        begin = (Perform(Invoke("entitle"), passage.at),) if passage.title else ()
        self.segment(passage.steps, _Here(Invoke("finish"), (), passage.at), begin)
        self.title = NONE
        if passage.title:
            text = self.coder.text(passage.title)
            self.title = self.function("title", lambda: (Result(text, passage.at),))

    # --- parts --------------------------------------------------------------------------------------------------------

    def take(self, number: int) -> Coded:
        """Return a part, coded, and forget it. Raises KeyError where it was taken before."""
        coded = self._coded(number)
        self.parts[number] = None
        return coded

    def point_at(self, address: str) -> int:
        """Return the number of the waiting point at an address, NONE where there is none."""
        self._code_until(lambda: address in self.points)
        return self.points.get(address, NONE)

    def all_points(self) -> Mapping[str, PointPlan]:
        """Return every waiting point by its address."""
        self._code_until(lambda: False)
        return {
            address: plan
            for address, number in self.points.items()
            if isinstance(plan := self.parts[number], PointPlan)
        }

    def _coded(self, number: int) -> Coded:
        part = self.parts[number]
        if part is None:
            raise KeyError(number)
        if not callable(part):
            return part
        coded = self.parts[number] = part(number)
        return coded

    def _code_until(self, is_found: Callable[[], bool]) -> None:
        """Code the parts there are, and those that are met on the way: points and labels are met as what leads to them is coded."""
        number = 0
        while number < len(self.parts) and not is_found():
            part = self.parts[number]
            if part is not None and part != self._missing:
                self._coded(number)
            number += 1

    def add(self, part: Coded | Callable[[int], Coded]) -> int:
        """Give a part its number."""
        self.parts.append(part)
        return len(self.parts) - 1

    def function(self, sort: FunctionSort, body: Callable[[], Body], counters: Code | None = None) -> int:
        """Return the number of a function whose body is coded when it is asked for."""
        return self.add(lambda number: Function(sort, number, 0, counters, body()))

    def segment(self, steps: Steps, here: _Here, begin: Body = ()) -> int:
        """Return the number of a segment, which does `begin` and then the steps."""
        return self.function("segment", lambda: (*begin, *self.block(steps, here)))

    def go_on(self, here: _Here) -> int:
        """Return the number of the segment that does nothing but go on; there is one for each way to go on."""
        after = here.after or Invoke("finish")
        if after not in self.goings:
            self.goings[after] = self.segment((), here)
        return self.goings[after]

    def point(self, plan: PointPlan) -> int:
        """Return the number of a waiting point."""
        self.points[plan.address] = number = self.add(plan)
        return number

    # --- blocks of steps ----------------------------------------------------------------------------------------------

    def block(self, steps: Steps, here: _Here) -> Body:
        """Return the code of steps, and of what comes after them."""
        done: list[Statement] = []
        for number, step in enumerate(steps):
            here, rest = here._replace(at=step.at), steps[number + 1 :]
            if isinstance(step, Goto | Return | End):
                if rest and _has_labels(rest):
                    self.segment(rest, here)  # only a goto to one of its labels leads there
                return (*done, self.move(step, here))
            if _waits(step):
                if rest:
                    here = here._replace(after=Part(self.segment(rest, here)))
                return (*done, *self.waiting_step(step, here))
            done += self.plain_step(step, here)
        if here.after is not None:
            done.append(Result(here.after, here.at))
        return tuple(done)

    def move(self, step: Goto | Return | End, here: _Here) -> Statement:
        """Return the code of a goto, leave, return or end."""
        match step:
            case Goto(passage, label, leaves):
                if label:
                    return Result(Part(self.label(label, here.members)), step.at)
                return Result(Invoke("leave" if leaves else "goto", (Given(passage),)), step.at)
            case Return():
                return Result(Invoke("back"), step.at)
            case End(ending):
                return Result(Invoke("end", (Given(ending),)), step.at)
            case _:
                assert_never(step)

    # --- steps that wait ----------------------------------------------------------------------------------------------

    def waiting_step(self, step: Step, here: _Here) -> Body:
        """Return the code of a step that waits for the player, calls, is a label, or has such a step in it."""
        match step:
            case Choices():
                return self.choices(step, here)
            case Question():
                return self.question(step, here)
            case Pause():
                option = (Given("go_on"), self.coder.plain_text(step.text), *_PLAIN_OPTION)
                offer = Invoke("offer_of", (Pack((Invoke("option", option),)),))
                offers = self.function("offers", lambda: (Result(offer, step.at),))
                plan = PointPlan("pause", _address(step.key, here), self.go_on(here), offers=offers)
                return (Result(Invoke("wait", (Part(self.point(plan)),)), step.at),)
            case Call(passage, arguments):
                address = _address(step.key, here)
                self.point(PointPlan("call", address, self.go_on(here)))
                given = Pack(self.coder.codes(arguments))
                return (Result(Invoke("call", (Given(passage), given, Given(address))), step.at),)
            case Deal(tag, by, otherwise):
                address = _address(step.key, here)
                self.point(PointPlan("deal", address, self.go_on(here)))
                other = Part(self.segment(otherwise, here))
                return (Result(Invoke("deal", (Given(tag), Given(by), Given(address), other)), step.at),)
            case Label(name):
                return self.label_step(name, here)
            case Loop():
                return self.unrolled(step, here)
            case _:
                return self.branches(step, here)

    def label(self, name: str, members: tuple[str, ...]) -> int:
        """Return the number of a label's segment; within a loop, that for the members of the loops around the label."""
        if not self.depths:
            self.depths.update(_label_depths(self.passage.steps, 0))
        known = name, members[: self.depths[name]]
        if known not in self.labels:
            self.labels[known] = self.add(self._missing)
        return self.labels[known]

    def _missing(self, number: int) -> Coded:
        """Code parts until that which a label begins is met."""
        self._code_until(lambda: self.parts[number] != self._missing)
        return self._coded(number)

    def label_step(self, name: str, here: _Here) -> Body:
        """Return the code of a label: a segment of its own, so that a goto can enter it."""
        site = label_site(name)
        counter = self.coder.sites[site]
        visited = Store("counters", counter, Operate("+", (Load("counters", counter), Given(1))), here.at)
        body = (Perform(Invoke("spend"), here.at), visited, *self.remembered(site, here.at), *self.block((), here))
        number = self.label(name, here.members)
        self.parts[number] = Function("segment", number, 0, None, body)
        return (Result(Part(number), here.at),)

    def remembered(self, site: Site, at: At) -> Body:
        """Return what writes down the turn in which a site was visited, where the story asks for it."""
        place = self.coder.sites.get(last_visit_site(site))
        return () if place is None else (Store("counters", place, Invoke("this_turn"), at),)

    def unrolled(self, step: Loop, here: _Here) -> Body:
        """Return the code of a loop that waits inside: its steps once for each member, each followed by the next."""
        after = here.after
        for member in reversed(step.members):
            begin = (Perform(Invoke("spend"), step.at), Store("locals", step.slot, Given(member), step.at))
            inside = _Here(after, (*here.members, member), step.at)
            after = Part(self.segment(step.steps, inside, begin))
        return (Result(after, step.at),) if after is not None else ()

    def question(self, step: Question, here: _Here) -> Body:
        """Return the code of a question: its prompt, and where the answer goes."""
        limits = (step.number, step.default, step.longest, step.low, step.high)
        slot = Given(self.coder.slots[step.into])

        def body() -> Body:
            asked = Invoke("question", (self.coder.plain_text(step.prompt), *map(Given, limits)))
            return (Result(Pack((asked, slot)), step.at),)

        plan = PointPlan("ask", _address(step.key, here), self.go_on(here), question=self.function("question", body))
        return (Result(Invoke("wait", (Part(self.point(plan)),)), step.at),)

    # --- choices ------------------------------------------------------------------------------------------------------

    def choices(self, step: Choices, here: _Here) -> Body:
        """Return the code of a list of choices: its point, what is on offer, and a segment for each branch."""
        number = self.add(_UNKNOWN)
        again = here._replace(after=Invoke("offer", (Part(number),)))
        branches: list[BranchPlan] = []
        exhausted = NONE
        for item in step.items:
            if isinstance(item, DealtChoices):
                continue
            comes_back = (item.again or (step.hub and not item.done)) and not item.fallback
            segment = self.segment(item.steps, again if comes_back else here)
            if item.fallback and exhausted == NONE:
                exhausted = segment
            branches += [self.branch(item, segment, member) for member in item.members or ("",)]
        plan = PointPlan(
            "choices",
            _address(step.key, here),
            self.go_on(again if step.hub else here),
            self.go_on(here) if exhausted == NONE else exhausted,
            self.offers_of(step),
            branches=tuple(branches),
            dealt=tuple(item.tag for item in step.items if isinstance(item, DealtChoices)),
        )
        self.parts[number] = plan
        self.points[plan.address] = number
        return (Result(Invoke("offer", (Part(number),)), step.at),)

    def branch(self, choice: Choice, segment: int, member: str) -> BranchPlan:
        """Return what a pick of a choice (for one member of its kind) leads to."""
        site = choice_site(member or choice.id)
        last_visit = self.coder.sites.get(last_visit_site(site), NONE)
        picked = Picked(segment, self.coder.sites[site], last_visit, choice.slot if member else NONE, member)
        return BranchPlan(site, picked)

    def offers_of(self, step: Choices) -> int:
        """Return the number of the function that says what is on offer."""
        fixed = [item for item in step.items if isinstance(item, Choice) and _is_fixed(item)]
        known = self.add(FixedOffers(*map(_fixed_option, fixed)))
        if len(fixed) == len(step.items):
            return self.function("offers", lambda: self.fixed_offers(step, fixed, Part(known)))
        sites = tuple(self.coder.sites[site] for site in _alternatives_in(step))
        counters = Invoke("behind", (Given(sites),)) if sites else None
        return self.function("offers", lambda: self.changing_offers(step, fixed, Part(known)), counters)

    def fixed_offers(self, step: Choices, fixed: list[Choice], known: Part) -> Body:
        """Return what says what is on offer where only conditions decide which of the options are shown: each has a bit."""
        bits = self.coder.temporary()
        always, found = 0, list[Statement]()
        for number, choice in enumerate(fixed):
            bit = 1 << number
            condition = self.shown_when(choice)
            if condition is None:
                always += bit
                continue
            found.append(_only_if(condition, (Assign(bits, Operate("+", (bits, Given(bit))), choice.at),), choice.at))
        if not found:
            return (Result(Item(known, Given(always)), step.at),)
        return (Assign(bits, Given(always), step.at), *found, Result(Item(known, bits), step.at))

    def changing_offers(self, step: Choices, fixed: list[Choice], known: Part) -> Body:
        """Return what says what is on offer where options change with the game."""
        row = self.coder.temporary()
        found: list[Statement] = [Assign(row, Invoke("none"), step.at)]
        for item in step.items:
            if isinstance(item, DealtChoices):
                dealt = Invoke("deal_options", (row, Given(item.tag), Given(item.show), Given(item.by)))
                condition = self.coder.code(item.condition) if item.condition else None
                found.append(_only_if(condition, (Perform(dealt, item.at),), item.at))
            elif item in fixed:
                option = Invoke("fixed_option", (known, Given(fixed.index(item))))
                appended = Perform(Invoke("append", (row, option)), item.at)
                found.append(_only_if(self.shown_when(item), (appended,), item.at))
            elif not item.fallback:
                found.append(self.option(item, row))
        return (*found, Result(Invoke("offer_of", (row,)), step.at))

    def shown_when(self, choice: Choice) -> Code | None:
        """Return the condition under which a choice is shown, None where it always is."""
        tests: list[Code] = []
        if choice.once:
            tests.append(Compare(self.picks_of(choice), (("==", Given(0)),)))
        if choice.condition:
            tests.append(self.coder.code(choice.condition))
        return tests[0] if len(tests) == 1 else Operate("and", tuple(tests)) if tests else None

    def picks_of(self, choice: Choice) -> Code:
        """Return how often a choice was picked, for each member of its kind if it has one."""
        if not choice.members:
            return Load("counters", self.coder.sites[choice_site(choice.id)])
        counters = Given(tuple(self.coder.sites[choice_site(member)] for member in choice.members))
        return Invoke("count_of_member", (counters, Given(choice.members), Load("locals", choice.slot)))

    def option(self, choice: Choice, row: Temporary) -> Statement:
        """Return what puts a choice into the row of options, once for each member of its kind if it has one."""
        id_ = Load("locals", choice.slot) if choice.members else Given(choice.id)
        is_open: Code = Given(value=True)
        reason: Code = Given("")
        before: Body = ()
        text = self.coder.plain_text(choice.text)
        odds = Invoke("tidy", (self.coder.code(choice.odds),)) if choice.odds else Given(None)
        if choice.needs is not None:
            is_open = self.coder.temporary()
            before = (Assign(is_open, self.coder.code(choice.needs), choice.at),)
            reason = Select(((is_open, Given("")),), self.coder.plain_text(choice.locked))
        hint = self.coder.plain_text(choice.hint)
        option = Invoke("option", (id_, text, is_open, reason, odds, Given(choice.words), hint, Given(choice.tags)))
        body = (*before, Perform(Invoke("append", (row, option)), choice.at))
        shown = _only_if(self.shown_when(choice), body, choice.at)
        return Repeat(choice.slot, choice.members, (shown,), choice.at) if choice.members else shown

    # --- branches, with and without waiting inside --------------------------------------------------------------------

    def branches(self, step: Step, here: _Here) -> Body:
        """Return the code of a step that chooses between blocks."""
        match step:
            case Branch(arms):
                tested = [(None if test is None else self.coder.code(test), steps) for test, steps in arms]
                return self.conditional(tested, here)
            case Match():
                return self.matched(step, here)
            case Random(arms):
                weights = Pack(self.coder.codes(tuple(weight for weight, _ in arms)))
                return self.numbered(Invoke("weigh", (weights,)), tuple(steps for _, steps in arms), here)
            case Alternate(how, site, arms):
                return self.numbered(self.coder.arm(how, site, len(arms)), arms, here)
            case Check():
                odds, label = Invoke("tidy", (self.coder.code(step.odds),)), self.coder.text(step.label)
                passed = self.coder.temporary()
                check = Assign(passed, Invoke("check", (Given(step.at), odds, label, Given(step.shown))), step.at)
                return (check, *self.conditional([(passed, step.success), (None, step.failure)], here))
            case _:
                raise TypeError(step)

    def numbered(self, number: Code, arms: tuple[Steps, ...], here: _Here) -> Body:
        """Return the code that does one of several blocks, by its number."""
        arm = self.coder.temporary()
        tested = [(_is(arm, Given(at)), steps) for at, steps in enumerate(arms)]
        return (Assign(arm, number, here.at), *self.conditional(tested, here))

    def conditional(self, arms: Sequence[tuple[Code | None, Steps]], here: _Here) -> Body:
        """Return the code of the first block whose test holds; one without a test always does, and ends the list."""
        tested: list[tuple[Code, Body]] = []
        for test, steps in arms:
            if test is None:
                otherwise = self.block(steps, here)
                return (When(tuple(tested), otherwise, here.at),) if tested else otherwise
            tested.append((test, self.block(steps, here)))
        chosen = (When(tuple(tested), (), here.at),) if tested else ()
        return (*chosen, *self.block((), here))

    def matched(self, step: Match, here: _Here) -> Body:
        """Return the code of a match by value or by lower bound."""
        subjects = [self.coder.temporary() for _ in step.subjects]
        known = [
            Assign(each, self.coder.code(subject), step.at)
            for each, subject in zip(subjects, step.subjects, strict=True)
        ]
        arms: list[tuple[Code | None, Steps]] = []
        for tests, steps in reversed(step.arms) if step.bands else step.arms:
            signs = [
                Compare(subject, ((">=" if step.bands else "==", self.coder.code(test)),))
                for subject, test in zip(subjects, tests, strict=True)
                if test is not None
            ]
            arms.append((Operate("and", tuple(signs)) if len(signs) > 1 else signs[0] if signs else None, steps))
        if step.bands and arms and not step.otherwise:
            arms[-1] = (None, arms[-1][1])
        else:
            arms.append((None, step.otherwise))
        return (*known, *self.conditional(arms, here))

    # --- steps that do something and go on ----------------------------------------------------------------------------

    def plain_step(self, step: Step, here: _Here) -> Body:  # noqa: C901, PLR0911  # one case for each step of the language
        """Return the code of a step that neither waits nor goes elsewhere."""
        text, at = self.coder.plain_text, step.at
        match step:
            case Text(parts):
                counted = self.coder.count(parts, at)
                return (*counted, Tell(self.coder.text(parts), at))
            case Do():
                return self.effects(step)
            case Let(slot, value):
                return (Store("locals", slot, Invoke("stored", (self.coder.code(value),)), at),)
            case Loop():
                body = self.block(step.steps, here._replace(after=None))
                return (Repeat(step.slot, step.members, (Perform(Invoke("spend"), at), *body), at),)
            case Cuts():
                return self.montage(step)
            case Show(what, names, art, alt):
                given: tuple[Code, ...] = {"chart": (Given(names),), "art": (Given(art), Given(alt))}.get(what, ())
                return (Tell(Invoke(f"show_{what}", given), at),)
            case Journal(parts):
                return (Perform(Invoke("note", (text(parts),)), at),)
            case Achieve(name):
                return (Perform(Invoke("achieve", (Given(name),)), at),)
            case Checkpoint(parts):
                return (Perform(Invoke("mark", (text(parts),)), at),)
            case Music(tune, tempo):
                tempo_now = Invoke("tidy", (self.coder.code(tempo),))
                return (Tell(Invoke("tune", (Given(tune), tempo_now)), at),)
            case _:
                return self.branches(step, here._replace(after=None))

    def effects(self, step: Do) -> Body:
        """Return the code of effects, one after the other."""
        done = [each for effect in step.effects for each in code_of_effect(self.coder, effect, effect.at)]
        if not step.quiet:
            return tuple(done)
        before = self.coder.temporary()
        hidden = Perform(Invoke("hide", (before,)), step.at)
        return (Assign(before, Invoke("copied", (Whole("values"),)), step.at), *done, hidden)

    def montage(self, step: Cuts) -> Body:
        """Return the code of a montage's beats."""
        text, beats = self.coder.plain_text, self.coder.temporary()
        found: list[Statement] = [Assign(beats, Invoke("none"), step.at)]
        for condition, left, right in step.beats:
            beat = Perform(Invoke("append", (beats, Invoke("beat", (text(left), text(right))))), step.at)
            found.append(_only_if(self.coder.code(condition) if condition else None, (beat,), step.at))
        tempo = Invoke("tidy", (self.coder.code(step.tempo),))
        return (*found, Tell(Invoke("montage", (tempo, text(step.left), text(step.right), beats)), step.at))


#: Of an option that is always open: enabled, reason, odds, words, hint and tags.
_PLAIN_OPTION = (Given(value=True), Given(""), Given(None), Given(()), Given(""), Given(()))
#: Holds the number of a list of choices until it is known.
_UNKNOWN = PointPlan("choices", "")


def _address(key: str, here: _Here) -> str:
    """Return the address of a waiting step; members of loops around it are part of it."""
    return key + "".join(f"@{member}" for member in here.members)


def _is(value: Code, other: Code) -> Code:
    return Compare(value, (("==", other),))


def _only_if(test: Code | None, body: Body, at: At) -> Statement:
    """Return what does a body where a test holds; a body of one statement without a test is itself."""
    return (
        body[0]
        if test is None and len(body) == 1
        else When(((Given(value=True) if test is None else test, body),), (), at)
    )


def _is_fixed(choice: Choice) -> bool:
    """Tell whether a choice's option is the same whenever it is shown."""
    if choice.members or choice.needs or choice.odds or choice.fallback:
        return False
    return all(isinstance(piece, str) for piece in (*choice.text, *choice.hint))


def _fixed_option(choice: Choice) -> Option:
    text, hint = fixed_text(choice.text) or "", fixed_text(choice.hint) or ""
    return Option(choice.id, text, words=choice.words, hint=hint, tags=choice.tags)


def _alternatives_in(step: Choices) -> list[Site]:
    """Return the sites of alternatives in the words of choices: they move on when the choices are offered."""
    texts = [(item.text, item.locked, item.hint) for item in step.items if isinstance(item, Choice)]
    return [each.site for each in things_in(tuple(texts)) if isinstance(each, Alternatives)]


def _waits(step: Step) -> bool:
    if isinstance(step, Choices | Question | Pause | Call | Deal | Label):
        return True
    return any(_waits(each) for steps in inner(step) for each in steps)


def _has_labels(steps: Steps) -> bool:
    return any(_label_depths(steps, 0))


def _label_depths(steps: Steps, depth: int) -> Iterator[tuple[str, int]]:
    """Yield each label with the number of loops around it."""
    for step in steps:
        if isinstance(step, Label):
            yield step.name, depth
        for block in inner(step):
            yield from _label_depths(block, depth + isinstance(step, Loop))
