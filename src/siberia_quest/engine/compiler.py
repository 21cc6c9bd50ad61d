"""Passages as Python functions: each run of steps between two inputs becomes one function, a segment."""

# long: one writer of one kind of source; its parts call each other at every turn.

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from siberia_quest.engine.effects import effect_lines
from siberia_quest.engine.writer import Writer
from siberia_quest.model.expression import Alternatives, Expression, Parts
from siberia_quest.model.markup import plain_paragraphs
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


class OptionPlan(NamedTuple):
    """What a pick at a waiting place leads to: an option's id, the name of its segment, its counters, and a `for` member's slot."""

    id: str
    segment: str
    site: int
    since: int
    slot: int
    member: str


class PointPlan(NamedTuple):
    """A waiting place in generated code; the names are those of generated functions, "" for none."""

    name: str
    sort: str
    address: str
    exhausted: str
    after: str
    options: str
    branches: tuple[OptionPlan, ...]
    store: str
    dealt: tuple[str, ...]


class Source(NamedTuple):
    """The source of a passage, the place in the story of each of its lines, and its waiting places."""

    text: str
    places: tuple[At, ...]
    points: tuple[PointPlan, ...]


#: Stands for the line at the beginning of a function that takes what it works on from the flow.
_OPENING = "…"
_PARTS = tuple((re.compile(rf"\b{name}\b"), f"{name} = w.{name}") for name in ("v", "L", "c", "out"))


def _opened(lines: list[str]) -> Iterator[str]:
    """Yield a passage's lines; each function takes only those parts of the flow that it uses."""
    for number, line in enumerate(lines):
        if line.endswith(_OPENING):
            end = next((at for at in range(number + 1, len(lines)) if lines[at][0] != " "), len(lines))
            body = "\n".join(lines[number + 1 : end])
            parts = [take for name, take in _PARTS if name.search(body)]
            yield f"    {'; '.join(parts) or 'pass'}"
        else:
            yield line


class PassageCompiler:
    """Writes the functions of one passage. `prefix` keeps their names apart from those of other passages."""

    def __init__(self, story: Story, passage: Passage, prefix: str) -> None:
        """Begin."""
        self.story = story
        self.passage = passage
        self.prefix = prefix
        self.writer = Writer(story, passage.id, passage.sites)
        self.lines: list[str] = []
        self.places: list[At] = []
        self.at: At = passage.at
        self.depth = 1
        self.points: list[PointPlan] = []
        self.waiting: list[Callable[[], None]] = []
        self.numbers = 0
        self.suffix = ""
        self.labels: dict[str, str] = {}
        self.goings: dict[str, str] = {}
        self.fixed: dict[Choice, str] = {}

    def compile(self) -> Source:
        """Write everything. Segments that are met on the way wait for their turn, so nothing here recurses but nested steps."""
        entry = self.name("s")
        for label in _labels(self.passage.steps):
            self.labels[label] = self.name("label")
        self.segment(entry, self.passage.steps, "return w.finish()", titled=True)
        while self.waiting:
            self.waiting.pop(0)()
        if self.passage.title:
            self.line(f"def {self.prefix}title(w):", 0)
            self.line(_OPENING)
            self.line(f"return {self.writer.text(self.passage.title)}")
        return Source("\n".join(_opened(self.lines)) + "\n", tuple(self.places), tuple(self.points))

    def name(self, sort: str) -> str:
        """Return a new name for a function of this passage."""
        self.numbers += 1
        return f"{self.prefix}{sort}{self.numbers}"

    def line(self, text: str, depth: int | None = None) -> None:
        """Write a line, and keep which place of the story it comes from."""
        self.lines.append("    " * (self.depth if depth is None else depth) + text)
        self.places.append(self.at)

    def segment(self, name: str, steps: Steps, after: str, *, titled: bool = False) -> None:
        """Write a segment; `after` is the statement that ends it."""
        self.depth = 1
        self.line(f"def {name}(w):", 0)
        self.line(_OPENING)
        if titled and self.passage.title:
            self.line("w.entitle()")
        self.block(steps, after)

    def later(self, name: str, steps: Steps, after: str) -> None:
        """Write a segment once the present one is done."""
        suffix, at = self.suffix, self.at

        def write() -> None:
            self.suffix, self.at = suffix, at
            self.segment(name, steps, after)

        self.waiting.append(write)

    def block(self, steps: Steps, after: str) -> None:
        """Write steps, then what comes `after` them: a statement that returns, or "" to fall through."""
        if not steps and not after:
            self.line("pass")
        for number, step in enumerate(steps):
            self.at = step.at
            if _moves(step):
                self.move(step)
                rest = steps[number + 1 :]
                if _labels(rest):
                    self.later(self.name("s"), rest, after)  # only a goto to one of its labels leads there
                return
            if _waits(step):
                rest = steps[number + 1 :]
                if rest:
                    name = self.name("s")
                    self.later(name, rest, after)
                    after = f"return {name}"
                self.waiting_step(step, after)
                return
            self.plain_step(step)
        if after:
            self.line(after)

    # --- steps that go elsewhere --------------------------------------------------------------------------------------

    def move(self, step: Step) -> None:
        """Write a goto, leave, return or end."""
        match step:
            case Goto(passage, label, leaves):
                if label:
                    self.line(f"return {self.labels[label]}")
                else:
                    self.line(f"return w.{'leave' if leaves else 'goto'}({passage!r})")
            case Return():
                self.line("return w.back()")
            case End(ending):
                self.line(f"return w.end({ending!r})")

    # --- steps that wait ----------------------------------------------------------------------------------------------

    def waiting_step(self, step: Step, after: str) -> None:
        """Write a step that waits for the player, calls, is a label, or has such a step in it."""
        match step:
            case Choices():
                self.choices(step, after)
            case Question():
                self.question(step, after)
            case Pause():
                point = self.point("pause", step.key, after, options=self.pause_options(step))
                self.line(f"return w.wait({point})")
            case Call(passage, arguments):
                point = self.point("call", step.key, after)
                given = "".join(f"{self.writer.expression(each)}, " for each in arguments)
                self.line(f"return w.call({passage!r}, ({given}), {self.address(step.key)!r})")
            case Deal(tag, by, otherwise):
                self.point("deal", step.key, after)
                other = self.name("s")
                self.later(other, otherwise, after)
                self.line(f"return w.deal({tag!r}, {by!r}, {self.address(step.key)!r}, {other})")
            case Label(name):
                self.label(name, after)
            case Loop():
                self.unrolled(step, after)
            case _:
                self.branches(step, after)

    def address(self, key: str) -> str:
        """Return the address of a waiting step; members of a `for` around it are part of it."""
        return key + self.suffix

    def point(self, sort: str, key: str, after: str, options: str = "", store: str = "") -> str:  # a place's parts
        """Keep a waiting place without branches and return its name."""
        plan = PointPlan(self.name("point"), sort, self.address(key), "", "", options, (), store, ())
        self.keep_point(plan, after)
        return plan.name

    def keep_point(self, plan: PointPlan, after: str) -> None:
        """Keep a waiting place, and write what follows it."""
        self.points.append(plan._replace(after=self.only(after)))

    def only(self, after: str) -> str:
        """Return the segment that does nothing but go on; there is one for each way to go on."""
        if after not in self.goings:
            self.goings[after] = self.name("s")
            self.later(self.goings[after], (), after)
        return self.goings[after]

    def label(self, name: str, after: str) -> None:
        """Write a label: a segment of its own, so that a goto can enter it."""
        segment = self.labels[name]
        self.line(f"return {segment}")
        suffix, at = self.suffix, self.at

        def write() -> None:
            self.suffix, self.at, self.depth = suffix, at, 1
            self.line(f"def {segment}(w):", 0)
            self.line(f"c = w.c; w.spend(); c[{self.writer.sites[label_site(name)]}] += 1")
            self.remember(label_site(name))
            self.line(after)

        self.waiting.append(write)

    def remember(self, site: Site) -> None:
        """Write down the turn in which a site was visited, where the story asks for it."""
        since = self.writer.sites.get(last_visit_site(site))
        if since is not None:
            self.line(f"c[{since}] = w.turn + 1")

    def unrolled(self, step: Loop, after: str) -> None:
        """Write a loop that waits inside: once for each member, each followed by the next."""
        names = [self.name("s") for _ in step.members]
        self.line(f"return {names[0]}" if names else after)
        before = self.suffix
        for number, member in enumerate(step.members):
            then = f"return {names[number + 1]}" if number + 1 < len(names) else after
            self.member_segment(names[number], step, member, then, before)

    def member_segment(self, name: str, step: Loop, member: str, then: str, suffix: str) -> None:
        """Write a waiting loop's steps for one member, once the present segment is done."""

        def write() -> None:
            self.suffix, self.at, self.depth = f"{suffix}@{member}", step.at, 1
            self.line(f"def {name}(w):", 0)
            self.line(_OPENING)
            self.line(f"w.spend(); L[{step.slot}] = {member!r}")
            self.block(step.steps, then)

        self.waiting.append(write)

    def pause_options(self, step: Pause) -> str:
        """Write the single option of a page turn."""
        name = self.name("o")
        suffix, at = self.suffix, self.at

        def write() -> None:
            self.suffix, self.at, self.depth = suffix, at, 1
            self.line(f"def {name}(w):", 0)
            self.line(_OPENING)
            self.line(f"return offer_of([Option('go_on', {self.writer.text(step.text)})])")

        self.waiting.append(write)
        return name

    def question(self, step: Question, after: str) -> None:
        """Write a question: its prompt, and where the answer goes."""
        number = len(self.points)
        point = self.point("ask", step.key, after, store=f"{self.prefix}ask{number}")
        self.line(f"return w.wait({point})")
        suffix, at = self.suffix, self.at

        def write() -> None:
            self.suffix, self.at, self.depth = suffix, at, 1
            self.line(f"def {self.prefix}ask{number}(w):", 0)
            self.line(_OPENING)
            limits = f"{step.number!r}, {step.default!r}, {step.longest!r}, {step.low!r}, {step.high!r}"
            self.line(f"return Ask({self.words(step.prompt)}, {limits}), {self.writer.slots[step.into]}")

        self.waiting.append(write)

    # --- choices ------------------------------------------------------------------------------------------------------

    def choices(self, step: Choices, after: str) -> None:
        """Write a list of choices: what is on offer, and a segment for each branch."""
        point, options = self.name("point"), self.name("o")
        again = f"return w.offer({point})"
        plans: list[OptionPlan] = []
        exhausted = ""
        for item in step.items:
            if isinstance(item, DealtChoices):
                continue
            segment = self.name("s")
            comes_back = (item.again or (step.hub and not item.done)) and not item.fallback
            self.later(segment, item.steps, again if comes_back else after)
            if item.fallback:
                exhausted = exhausted or segment
            plans += [self.plan(item, segment, member) for member in item.members or ("",)]
        exhausted = exhausted or self.only(after)
        dealt = tuple(item.tag for item in step.items if isinstance(item, DealtChoices))
        plan = PointPlan(point, "choices", self.address(step.key), exhausted, "", options, tuple(plans), "", dealt)
        self.keep_point(plan, again if step.hub else after)
        self.line(again)
        self.later_options(options, step)

    def plan(self, choice: Choice, segment: str, member: str) -> OptionPlan:
        """Return what a pick of a choice (for one member of its kind) leads to."""
        site = choice_site(member or choice.id)
        since = self.writer.sites.get(last_visit_site(site), -1)
        return OptionPlan(site, segment, self.writer.sites[site], since, choice.slot if member else -1, member)

    def later_options(self, name: str, step: Choices) -> None:
        """Write the function that says what is on offer."""
        suffix, at = self.suffix, self.at

        def write() -> None:
            self.suffix, self.at = suffix, at
            self.fixed = self.fixed_options(step)
            if len(self.fixed) == len(step.items):
                self.fixed_offer(name)
            else:
                self.changing_offer(name, step)

        self.waiting.append(write)

    def fixed_offer(self, name: str) -> None:
        """Write what is on offer where only conditions decide which of the options are shown: each has a bit of `k`."""
        self.depth = 1
        offers = self.name("offers")
        self.line(f"{offers} = fixed_offers({', '.join(self.fixed.values())})", 0)
        self.line(f"def {name}(w):", 0)
        self.line(_OPENING)
        self.line("k = 0")
        for number, choice in enumerate(self.fixed):
            self.at, self.depth = choice.at, 1
            self.shown_when(choice)
            self.line(f"k += {1 << number}")
        self.depth = 1
        self.line(f"return {offers}[k]")

    def changing_offer(self, name: str, step: Choices) -> None:
        """Write what is on offer where options change with the game."""
        self.depth = 1
        self.line(f"def {name}(w):", 0)
        self.line("v = w.v; L = w.L; r = []")
        sites = tuple(self.writer.sites[site] for site in alternatives_in(step))
        self.line(f"c = behind(w.c, {sites!r}) if w.frozen else w.c" if sites else "c = w.c")
        for item in step.items:
            self.at, self.depth = item.at, 1
            if isinstance(item, DealtChoices):
                self.condition([item.condition] if item.condition else [])
                self.line(f"w.deal_options(r, {item.tag!r}, {int(item.show)}, {item.by!r})")
            elif not item.fallback:
                self.option(item)
        self.depth = 1
        self.line("return offer_of(r)")

    def condition(self, conditions: list[Expression], more: tuple[str, ...] = ()) -> None:
        """Write an `if` for conditions that must all hold, and go one level in; nothing where there are none."""
        sources = [*more, *(self.writer.expression(each) for each in conditions)]
        if sources:
            self.line(f"if {' and '.join(sources)}:")
            self.depth += 1

    def shown_when(self, choice: Choice) -> None:
        """Write the `if` under which a choice is shown."""
        unused = (f"c[{self.counter(choice)}] == 0",) if choice.once else ()
        self.condition([choice.condition] if choice.condition else [], unused)

    def option(self, choice: Choice) -> None:
        """Write one choice's place in the list of options."""
        if choice.members:
            self.line(f"for L[{choice.slot}] in {choice.members!r}:")
            self.depth += 1
        self.shown_when(choice)
        id_ = f"L[{choice.slot}]" if choice.members else repr(choice.id)
        if choice in self.fixed:
            self.line(f"r.append({self.fixed[choice]})")
            self.depth = 1
            return
        text = self.words(choice.text)
        odds = f"tidy({self.writer.expression(choice.odds)})" if choice.odds else "None"
        hint = self.words(choice.hint)
        rest = f"{odds}, {choice.words!r}, {hint}, {choice.tags!r})"
        if choice.needs is None:
            self.line(f"r.append(Option({id_}, {text}, True, '', {rest})")
        else:
            self.line(f"open_ = {self.writer.expression(choice.needs)}")
            self.line(f"r.append(Option({id_}, {text}, open_, '' if open_ else {self.words(choice.locked)}, {rest})")
        self.depth = 1

    def fixed_options(self, step: Choices) -> dict[Choice, str]:
        """Write the options that are always the same once, outside of any function, and return their names."""
        found: dict[Choice, str] = {}
        for item in step.items:
            if not isinstance(item, Choice) or item.members or item.needs or item.odds or item.fallback:
                continue
            if all(isinstance(part, str) for part in (*item.text, *item.hint)):
                found[item] = self.name("fixed")
                text, hint = self.words(item.text), self.words(item.hint)
                self.line(
                    f"{found[item]} = Option({item.id!r}, {text}, True, '', None, {item.words!r}, {hint}, {item.tags!r})",
                    0,
                )
        return found

    def words(self, parts: Parts) -> str:
        """Return the source of a text that is shown outside the prose: one line, without marks."""
        if all(isinstance(part, str) for part in parts):
            return repr(" ".join(plain_paragraphs(["".join(str(part) for part in parts)])))
        return f"plain({self.writer.text(parts)})"

    def counter(self, choice: Choice) -> str:
        """Return the source of where a choice's picks are counted, for each member of its kind if it has one."""
        if not choice.members:
            return str(self.writer.sites[choice_site(choice.id)])
        return f"{ {member: self.writer.sites[choice_site(member)] for member in choice.members}!r}[L[{choice.slot}]]"

    # --- branches, with and without waiting inside --------------------------------------------------------------------

    def branches(self, step: Step, after: str) -> None:
        """Write a step that chooses between blocks; each ends with `after`, or falls through where that is ""."""
        match step:
            case Branch(arms):
                self.conditional(
                    [(condition and self.writer.expression(condition), steps) for condition, steps in arms], after
                )
            case Match():
                self.matched(step, after)
            case Random(arms):
                weights = ", ".join(self.writer.expression(weight) for weight, _ in arms)
                self.line(f"i = w.weigh([{weights}])")
                self.conditional([(f"i == {number}", steps) for number, (_, steps) in enumerate(arms)], after)
            case Alternate(how, site, arms):
                self.line(f"i = {self.writer.arm(how, site, len(arms))}")
                self.conditional([(f"i == {number}", steps) for number, steps in enumerate(arms)], after)
            case Check():
                odds, label = self.writer.expression(step.odds), self.writer.text(step.label)
                self.line(f"i = w.check(tidy({odds}), {label}, shown={step.shown!r})")
                self.conditional([("i", step.success), (None, step.failure)], after)

    def conditional(self, arms: "list[tuple[str | None, Steps]]", after: str) -> None:
        """Write `if`, `elif` and `else`."""
        depth, word = self.depth, "if"
        for condition, steps in arms:
            if condition is None and word == "if":
                self.block(steps, after)
                return
            self.depth = depth
            self.line("else:" if condition is None else f"{word} {condition}:")
            self.depth += 1
            self.block(steps, after)
            word = "elif"
            if condition is None:
                break
        self.depth = depth
        if after and (not arms or arms[-1][0] is not None):
            self.line(after)

    def matched(self, step: Match, after: str) -> None:
        """Write a match by value or by lower bound."""
        names = [f"x{number}" for number in range(len(step.subjects))]
        for name, subject in zip(names, step.subjects, strict=True):
            self.line(f"{name} = {self.writer.expression(subject)}")
        arms: list[tuple[str | None, Steps]] = []
        for tests, steps in reversed(step.arms) if step.bands else step.arms:
            sign = ">=" if step.bands else "=="
            sources = [
                f"{name} {sign} {self.writer.expression(test)}"
                for name, test in zip(names, tests, strict=True)
                if test is not None
            ]
            arms.append((" and ".join(sources) or "True", steps))
        if step.bands and arms and not step.otherwise:
            arms[-1] = (None, arms[-1][1])
        else:
            arms.append((None, step.otherwise))
        self.conditional(arms, after)

    # --- steps that do something and go on ----------------------------------------------------------------------------

    def plain_step(self, step: Step) -> None:  # noqa: C901  # one case for each step of the language
        """Write a step that neither waits nor goes elsewhere."""
        text = self.writer.text
        match step:
            case Text(parts):
                for line in self.writer.count(parts):
                    self.line(line)
                self.line(f"out.append({text(parts)})")
            case Do():
                self.effects(step)
            case Let(slot, value):
                source = self.writer.expression(value)
                self.line(f"L[{slot}] = stored({source})")
            case Loop():
                depth = self.depth
                self.line(f"for L[{step.slot}] in {step.members!r}:")
                self.depth += 1
                self.line("w.spend()")
                self.block(step.steps, "")
                self.depth = depth
            case Cuts():
                self.montage(step)
            case Show(what, names, art, alt):
                given = {"stats": "", "journal": "", "chart": repr(names), "art": f"{art!r}, {alt!r}"}[what]
                self.line(f"out.append(show_{what}({', '.join(['w', given] if given else ['w'])}))")
            case Journal(parts):
                self.line(f"w.note(plain({text(parts)}))")
            case Achieve(name):
                self.line(f"w.achieve({name!r})")
            case Checkpoint(parts):
                self.line(f"w.mark(plain({text(parts)}))")
            case Music(tune, tempo):
                self.line(f"out.append(Tune({tune!r}, tidy({self.writer.expression(tempo)})))")
            case _:
                self.branches(step, "")

    def effects(self, step: Do) -> None:
        """Write effects, one after the other."""
        if step.quiet:
            self.line("before = v[:]")
        for effect in step.effects:
            self.at = effect.at
            for line in effect_lines(self.writer, effect):
                self.line(line)
        if step.quiet:
            self.line("w.hide(before)")

    def montage(self, step: Cuts) -> None:
        """Write a montage's beats."""
        text = self.writer.text
        self.line("beats = []")
        depth = self.depth
        for condition, left, right in step.beats:
            self.condition([condition] if condition else [])
            self.line(f"beats.append(Beat(plain({text(left)}), plain({text(right)})))")
            self.depth = depth
        headings = f"plain({text(step.left)}), plain({text(step.right)})"
        self.line(f"out.append(Montage(tidy({self.writer.expression(step.tempo)}), {headings}, tuple(beats)))")


def alternatives_in(step: Choices) -> list[Site]:
    """Return the sites of alternatives in the words of choices: they move on when the choices are offered."""
    found: list[Site] = []
    for item in step.items:
        if isinstance(item, Choice):
            waiting: list[object] = [item.text, item.locked, item.hint]
            while waiting:
                part = waiting.pop()
                if isinstance(part, Alternatives):
                    found.append(part.site)
                if isinstance(part, tuple):
                    waiting += part
    return found


def _moves(step: Step) -> bool:
    return isinstance(step, Goto | Return | End)


def _waits(step: Step) -> bool:
    if isinstance(step, Choices | Question | Pause | Call | Deal | Label):
        return True
    return any(_waits(each) for steps in inner(step) for each in steps)


def _labels(steps: Steps) -> list[str]:
    found = []
    for step in steps:
        if isinstance(step, Label):
            found.append(step.name)
        for block in inner(step):
            found += _labels(block)
    return found
