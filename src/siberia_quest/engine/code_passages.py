"""Passages as code: each run of steps between two inputs becomes a function, a segment.

The parts of a passage (segments, waiting points, what is on offer) are numbered as they are met, and made when they are asked for: a first
visit pays for what it enters, and not for the branches that it leaves aside.
"""

# long: one coder of one noun; each step of the language has a method here, and they call each other.

from collections.abc import Iterator, Sequence
from typing import assert_never

from siberia_quest.engine.code import (
    Assign,
    Body,
    Code,
    Compare,
    Given,
    Invoke,
    Load,
    Operate,
    Pack,
    Part,
    Perform,
    Repeat,
    Result,
    Statement,
    Store,
    Tell,
    When,
    Whole,
)  # fmt: skip
from siberia_quest.engine.code_choices import (
    code_of_changing_offers,
    code_of_fixed_offers,
    is_fixed,
    make_fixed_option,
    only_if,
)
from siberia_quest.engine.code_effects import code_of_change, code_of_effect
from siberia_quest.engine.code_parts import NONE, Make, PartsCoder, Unmade
from siberia_quest.engine.code_texts import TextCoder
from siberia_quest.engine.code_values import Numbering
from siberia_quest.engine.flow import Picked, Point
from siberia_quest.engine.offers import FixedOffers
from siberia_quest.model.expression import Expression
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import Site, choice_site, label_site, last_visit_site
from siberia_quest.model.state import Frame
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
    Deal,
    DealtChoices,
    Do,
    End,
    ForEach,
    Goto,
    Journal,
    Label,
    Let,
    Match,
    MontageStep,
    Music,
    Pause,
    Question,
    Random,
    Receiver,
    Return,
    Show,
    Step,
    Steps,
    Text,
    inner,
)  # fmt: skip
from siberia_quest.model.story import Passage, Story


class _Here(NamedTuple):
    """Where coding stands: what ends the block (None: it falls through), the members of loops around, and the last place in the story."""

    after: Code | None
    members: tuple[str, ...]
    at: At


class PassageCoder(PartsCoder):
    """Codes the parts of one passage, each when it is asked for. The first is its entry; `title` is the number of its title's."""

    def __init__(self, story: Story, numbering: Numbering, passage: Passage, make: Make) -> None:
        super().__init__(make)
        self.passage = passage
        self.coder = TextCoder(story, numbering, passage.id, passage.sites, steps=passage.steps)
        self.labels: dict[tuple[str, tuple[str, ...]], int] = {}
        self.depths: dict[str, int] = {}
        self.goings: dict[Code, int] = {}
        begin = (Perform(Invoke("entitle"), passage.at),) if passage.title else ()
        end = None if passage.is_each_turn else Invoke("finish")
        self.segment(passage.steps, _Here(end, (), passage.at), begin)
        self.title = NONE
        if passage.title:
            text = self.coder.plain_text(passage.title)
            self.title = self.function("title", lambda: (Result(text, passage.at),))

    def segment(self, steps: Steps, here: _Here, begin: Body = (), first: int = 0) -> int:
        """Return the number of a segment, which does `begin` and then the steps, from the `first` of them."""
        return self.function("segment", lambda: (*begin, *self.block(steps, here, first)))

    def go_on(self, here: _Here) -> int:
        """Return the number of the segment that does nothing but go on; there is one for each way to go on."""
        after = here.after or Invoke("finish")
        if after not in self.goings:
            self.goings[after] = self.segment((), here)
        return self.goings[after]

    # --- blocks of steps ----------------------------------------------------------------------------------------------

    def block(self, steps: Steps, here: _Here, first: int = 0) -> Body:
        """Return the code of steps from the `first` on, and of what comes after them."""
        done: list[Statement] = []
        for following in range(first + 1, len(steps) + 1):
            step = steps[following - 1]
            here = _Here(here.after, here.members, step.at)
            if isinstance(step, _MOVES):
                if _has_labels(steps[following:]):
                    self.segment(steps, here, (), following)  # only a goto to one of its labels leads there
                return (*done, *self.move(step, here))
            if _waits(step):
                if following < len(steps):
                    here = here._replace(after=Part(self.segment(steps, here, (), following)))
                return (*done, *self.waiting_step(step, here))
            done += self.plain_step(step, here)
        if here.after is not None:
            done.append(Result(here.after, here.at))
        return tuple(done)

    def move(self, step: Goto | Return | End, here: _Here) -> Body:
        """Return the code of a goto, leave, return or end."""
        match step:
            case Goto("", label):
                return (Result(Part(self.label(label, here.members)), step.at),)
            case Goto(passage, label, leaves, arguments):
                way: Code = Invoke(
                    "leave" if leaves else "depart" if self.passage.storylet else "goto", (Given(passage),)
                )
                if label:
                    return Perform(way, step.at), Result(Invoke("at_label", (Given(label),)), step.at)
                given = self.arguments(arguments)
                return (Result(Invoke("give", (given, way)) if arguments else way, step.at),)
            case Return(answer, kind):
                value: Code = Given(value=True) if answer is None else Invoke("stored", (self.coder.code(answer),))
                return (Result(Invoke("bring_back", (Given((kind.base, kind.of)), value)), step.at),)
            case End(ending):
                return (Result(Invoke("end", (Given(ending),)), step.at),)
            case _:
                assert_never(step)

    def receive(self, into: Receiver, here: _Here) -> int:
        """Return the number of the segment that puts away what a call brought back, and goes on."""
        answer = code_of_change(self.coder, into.target, "=", Invoke("answer"), here.at)
        return self.segment(
            (),
            here,
            (When(((Invoke("is_answered", (Given((into.kind.base, into.kind.of)),)), tuple(answer)),), (), here.at),),
        )

    def arguments(self, given: tuple[Expression, ...]) -> Code:
        """Return the code of what a passage is given."""
        return Pack(tuple(Invoke("stored", (each,)) for each in self.coder.codes(given)))

    # --- steps that wait ----------------------------------------------------------------------------------------------

    def waiting_step(self, step: Step, here: _Here) -> Body:
        """Return the code of a step that waits for the player, calls, is a label, or has such a step in it."""
        match step:
            case Choices():
                return self.choices(step, here)
            case Question():
                return self.question(step, here)
            case Pause():
                words = step.text or (self.coder.story.language.say("turn_page"),)
                option = (Given("go_on"), self.coder.plain_text(words), *_PLAIN_OPTION)
                offer = Invoke("offer_of", (Pack((Invoke("option", option),)),))
                offers = self.function("offers", lambda: (Result(offer, step.at),))
                point = self.point(Point("pause", self.frame(step.key, here), self.go_on(here), offers=offers))
                return (Result(Invoke("wait", (Part(self.add(point)),)), step.at),)
            case Call(passage, arguments, into):
                frame = self.frame(step.key, here)
                after = self.receive(into, here) if into else self.go_on(here)
                self.point(Point("call", frame, after))
                given = self.arguments(arguments)
                return (Result(Invoke("call", (Given(passage), given, Given(frame.address))), step.at),)
            case Deal(tag, by, otherwise):
                frame = self.frame(step.key, here)
                self.point(Point("deal", frame, self.go_on(here)))
                other = Part(self.segment(otherwise, here))
                return (Result(Invoke("deal", (Given(tag), Given(by), Given(frame.address), other)), step.at),)
            case Label(name):
                return self.label_step(name, here)
            case ForEach():
                return self.unroll(step, here)
            case Branch() | Match() | Random() | Alternate() | Check():
                return self.branches(step, here)
            case (
                Text() | Do() | Let() | MontageStep() | Show() | Journal() | Achieve() | Checkpoint() | Music() | Goto() | Return() | End()
            ):  # fmt: skip
                raise TypeError(step)  # it does not wait
            case _:
                assert_never(step)

    def label(self, name: str, members: tuple[str, ...]) -> int:
        """Return the number of a label's segment; within a loop, that for the members of the loops around the label."""
        if not self.depths:
            self.depths.update(_label_depths(self.passage.steps, 0))
        known = name, members[: self.depths[name]]
        if known not in self.labels:
            self.labels[known] = self.function("segment", None)
        return self.labels[known]

    def label_step(self, name: str, here: _Here) -> Body:
        """Return the code of a label: a segment of its own, so that a goto can enter it."""
        site = label_site(name)
        counter = self.coder.sites[site]
        visited = Store("counters", counter, Operate("+", (Load("counters", counter), Given(1))), here.at)
        body = (Perform(Invoke("spend"), here.at), visited, *self.remember_visit(site, here.at), *self.block((), here))
        number = self.label(name, here.members)
        part = self.parts[number]
        assert isinstance(part, Unmade)  # as it is named once
        part.body = lambda: body
        return (Result(Part(number), here.at),)

    def remember_visit(self, site: Site, at: At) -> Body:
        """Return what writes down the turn in which a site was visited, where the story asks for it."""
        place = self.coder.sites.get(last_visit_site(site))
        return () if place is None else (Store("counters", place, Invoke("this_turn"), at),)

    def unroll(self, step: ForEach, here: _Here) -> Body:
        """Return the code of a loop that waits inside: its steps once for each member, each followed by the next."""
        after = here.after
        for member in reversed(step.members):
            begin = (Perform(Invoke("spend"), step.at), Store("locals", step.slot, Given(member), step.at))
            inside = _Here(after, (*here.members, member), step.at)
            after = Part(self.segment(step.steps, inside, begin))
        return (Result(after, step.at),) if after is not None else ()

    def question(self, step: Question, here: _Here) -> Body:
        """Return the code of a question: its prompt, and where the answer goes."""
        limits = (step.number, step.default, step.longest, step.low, step.high, step.optional)
        slot = Given(self.coder.slots[step.into])

        def body() -> Body:
            asked = Invoke("question", (self.coder.plain_text(step.prompt), *map(Given, limits)))
            return (Result(Pack((asked, slot)), step.at),)

        left = self.segment(step.left, here) if step.optional else NONE
        asked = self.function("question", body)
        point = self.point(Point("ask", self.frame(step.key, here), self.go_on(here), left, question=asked))
        return (Result(Invoke("wait", (Part(self.add(point)),)), step.at),)

    def frame(self, key: str, here: _Here) -> Frame:
        """Return where a step waits, by its address; members of loops around it are part of it."""
        return Frame(self.passage.id, key + "".join(f"@{member}" for member in here.members))

    # --- choices ------------------------------------------------------------------------------------------------------

    def choices(self, step: Choices, here: _Here) -> Body:
        """Return the code of a list of choices: its point, what is on offer, and a segment for each branch."""
        number = self.add(_UNKNOWN)
        again = here._replace(after=Invoke("offer", (Part(number),)))
        branches: dict[str, Picked] = {}
        exhausted = NONE
        for item in step.items:
            if isinstance(item, DealtChoices):
                continue
            comes_back = (item.again or (step.hub and not item.done)) and not item.fallback
            segment = self.segment(item.steps, again if comes_back else here)
            if item.fallback and exhausted == NONE:
                exhausted = segment
            for member in item.members or ("",):
                self.branch(branches, item, segment, member)
        self.parts[number] = self.point(
            Point(
                "choices",
                self.frame(step.key, here),
                self.go_on(again if step.hub else here),
                self.go_on(here) if exhausted == NONE else exhausted,
                self.offers_of(step),
                branches=branches,
                dealt=tuple(item.tag for item in step.items if isinstance(item, DealtChoices)),
            )
        )
        return (Result(Invoke("offer", (Part(number),)), step.at),)

    def branch(self, branches: dict[str, Picked], choice: Choice, segment: int, member: str) -> None:
        """Put down what a pick of a choice (for one member of its kind) leads to."""
        site = choice_site(member or choice.id)
        last_visit = self.coder.sites.get(last_visit_site(site), NONE)
        branches[site] = Picked(segment, self.coder.sites[site], last_visit, choice.slot if member else NONE, member)

    def offers_of(self, step: Choices) -> int:
        """Return the number of the function that says what is on offer."""
        fixed = [item for item in step.items if isinstance(item, Choice) and is_fixed(item)]
        known = self.add(FixedOffers(*map(make_fixed_option, fixed)))
        if len(fixed) == len(step.items):
            return self.function("offers", lambda: code_of_fixed_offers(self.coder, step, fixed, Part(known)))
        return self.function("offers", lambda: code_of_changing_offers(self.coder, step, fixed, Part(known)))

    # --- branches, with and without waiting inside --------------------------------------------------------------------

    def branches(self, step: Branch | Match | Random | Alternate | Check, here: _Here) -> Body:
        """Return the code of a step that chooses between blocks."""
        match step:
            case Branch(arms):
                tested = [(None if test is None else self.coder.code(test), steps) for test, steps in arms]
                return self.conditional(tested, here)
            case Match():
                return self.match(step, here)
            case Random(arms):
                weights = Pack(self.coder.codes(tuple(weight for weight, _ in arms)))
                return self.choose_by_number(Invoke("weigh", (weights,)), tuple(steps for _, steps in arms), here)
            case Alternate(how, site, arms):
                return self.choose_by_number(self.coder.arm(how, site, len(arms)), arms, here)
            case Check():
                odds, label = Invoke("tidy", (self.coder.code(step.odds),)), self.coder.plain_text(step.label)
                passed = self.coder.temporary()
                sight = self.coder.sight(step.odds) if step.shown else "hidden"
                check = Assign(passed, Invoke("check", (Given(step.at), odds, label, Given(sight))), step.at)
                return (check, *self.conditional([(passed, step.success), (None, step.failure)], here))
            case _:
                assert_never(step)

    def choose_by_number(self, number: Code, arms: tuple[Steps, ...], here: _Here) -> Body:
        """Return the code that does one of several blocks, by its number."""
        arm = self.coder.temporary()
        tested = [(_is(arm, Given(index)), steps) for index, steps in enumerate(arms)]
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

    def match(self, step: Match, here: _Here) -> Body:
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

    def plain_step(self, step: Step, here: _Here) -> Body:  # noqa: C901, PLR0911, PLR0912  # one case for each step of the language
        """Return the code of a step that neither waits nor goes elsewhere."""
        text, at = self.coder.plain_text, step.at
        match step:
            case Text(parts):
                counted = self.coder.count(parts, at)
                return (*counted, Tell(self.coder.text(parts), at))
            case Do():
                return _effects(self.coder, step)
            case Let(slot, value):
                return (Store("locals", slot, Invoke("stored", (self.coder.code(value),)), at),)
            case ForEach():
                body = self.block(step.steps, here._replace(after=None))
                return (Repeat(step.slot, step.members, (Perform(Invoke("spend"), at), *body), at),)
            case MontageStep():
                return _montage(self.coder, step)
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
            case Branch() | Match() | Random() | Alternate() | Check():
                return self.branches(step, here._replace(after=None))
            case Choices() | Question() | Pause() | Call() | Deal() | Label() | Goto() | Return() | End():
                raise TypeError(step)  # it waits, or goes elsewhere
            case _:
                assert_never(step)


#: Steps that go elsewhere, and those that wait: as tuples, since each passage's first visit asks, and `|` makes a new type each time.
_MOVES = (Goto, Return, End)
_WAITING = (Choices, Question, Pause, Call, Deal, Label)
#: Of an option that is always open: enabled, reason, odds, words, hint and tags.
_PLAIN_OPTION = (Given(value=True), Given(""), Given(None), Given(()), Given(""), Given(()))
#: Loops within each other in one function, of which Python takes 20; with more inside, a loop is done member by member, as one that waits.
_MOST_LOOPS = 16
#: Holds the number of a list of choices until it is known.
_UNKNOWN = Point("choices", Frame("", ""), NONE)


def _effects(coder: TextCoder, step: Do) -> Body:
    """Return the code of effects, one after the other."""
    done = [each for effect in step.effects for each in code_of_effect(coder, effect, effect.at)]
    if not step.quiet:
        return tuple(done)
    before = coder.temporary()
    hidden = Perform(Invoke("hide", (before,)), step.at)
    return (Assign(before, Invoke("copied", (Whole("values"),)), step.at), *done, hidden)


def _montage(coder: TextCoder, step: MontageStep) -> Body:
    """Return the code of a montage's beats."""
    text, beats = coder.plain_text, coder.temporary()
    found: list[Statement] = [Assign(beats, Invoke("none"), step.at)]
    for condition, left, right in step.beats:
        beat = Perform(Invoke("append", (beats, Invoke("beat", (text(left), text(right))))), step.at)
        found.append(only_if(coder.code(condition) if condition else None, (beat,), step.at))
    tempo = Invoke("tidy", (coder.code(step.tempo),))
    return (*found, Tell(Invoke("montage", (tempo, text(step.left), text(step.right), beats)), step.at))


def _is(value: Code, other: Code) -> Code:
    return Compare(value, (("==", other),))


def _waits(step: Step) -> bool:
    if isinstance(step, _WAITING):
        return True
    if isinstance(step, ForEach) and _loops((step,)) > _MOST_LOOPS:
        return True
    return any(_waits(each) for steps in inner(step) for each in steps)


def _loops(steps: Steps) -> int:
    """Return how deep loops nest in steps."""
    return max((isinstance(step, ForEach) + _loops(block) for step in steps for block in inner(step)), default=0)


def _has_labels(steps: Steps) -> bool:
    return any(_label_depths(steps, 0))


def _label_depths(steps: Steps, depth: int) -> Iterator[tuple[str, int]]:
    """Yield each label with the number of loops around it."""
    for step in steps:
        if isinstance(step, Label):
            yield step.name, depth
        for block in inner(step):
            yield from _label_depths(block, depth + isinstance(step, ForEach))
