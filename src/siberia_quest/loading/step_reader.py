"""Steps as they are written: from mappings to the nouns of `model.steps`."""

# long: one short method for each step of the language, and a table of them.

import re
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Known
from difflib import get_close_matches
from types import MappingProxyType

from siberia_quest.lang.scope import Scope, nearest
from siberia_quest.lang.syntax import find_word
from siberia_quest.loading.checks import Odds, read_odds
from siberia_quest.loading.choice_reader import DealShape, read_choices
from siberia_quest.loading.companions import report_orphans, report_weight
from siberia_quest.loading.foreign import bare_step_in
from siberia_quest.loading.foreign_keys import cure_of_key
from siberia_quest.loading.loop_reader import MemberLoop, read_loop
from siberia_quest.loading.reading_context import ReadingContext, start_of
from siberia_quest.loading.scene_cache import Outside
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.loading.way_reader import read_call, read_goto, read_return
from siberia_quest.loading.yaml_traps import (
    is_empty,
    is_nothing,
    list_as_prose,
    prose_as_mapping,
    shorten,
    split_by_comma,
)
from siberia_quest.model import steps
from siberia_quest.model.expression import Constant, Expression, Parts, things_in
from siberia_quest.model.kinds import NUMBER, TEXT, ValueKind
from siberia_quest.model.language_keys import NAMES, read_in_turn
from siberia_quest.model.letters import NAME
from siberia_quest.model.sites import alternatives_site, label_site
from siberia_quest.model.steps import Step, Steps
from siberia_quest.model.story import STAT_SHOWS

_LET = re.compile(rf"\s*(?P<name>{NAME})\s*=(?!=)\s*(?P<value>.*)\Z", re.DOTALL)
_SOUND_FILE = re.compile(r"(?:.*[/\\])?([^/\\]+)\.(?:mp3|ogg|wav|flac|m4a|aac|mid|midi|opus)", re.IGNORECASE)
_THEN = re.compile(r"(.+?)\s+then\s+(\S.*)")
#: A step of Ren'Py that reads like prose.
_STAGED = re.compile(r"(?:show|hide|scene|with|queue|stop|play)(?: [a-z]\w*){1,3}")
#: What can be shown by its name alone.
_PANELS: tuple[steps.Exhibit, ...] = ("stats", "journal")


class StepReader:
    """Reads the steps of one passage. `paths` counts what has an address, so that each is unique."""

    def __init__(self, context: ReadingContext, scope: Scope, outside: Outside) -> None:
        """Begin. `outside` answers for the rest of the story."""
        self.context = context
        self.scope = scope
        self.outside = outside
        self.paths: dict[str, int] = {}
        self.is_if_alone = False  # an `if:` with nothing beside it stands right above
        self.loops = 0  # how many `for:` are around

    def address(self, path: str, own: str) -> str:
        """Return the address of a step within a block, unique in its passage."""
        address = f"{path}/{own}"
        times = self.paths[address] = self.paths.get(address, 0) + 1
        return address if times == 1 else f"{address}#{times}"

    def block(self, node: Node | None, path: str) -> Steps:
        """Read what may stand in `steps:` or `then:`: prose, a step, or a list of them."""
        if node is None:
            return ()
        if isinstance(node, Sequence):
            for item in node.items:
                if is_nothing(item):
                    self.context.report(
                        "SQ211",
                        "nothing stands behind this dash",
                        item.span,
                        "write what is told or done, or take the dash out",
                    )
            nested = [item for item in node.items if isinstance(item, Sequence)]
            self.context.problems += [list_as_prose(item) for item in nested]
            unread = [*nested, *report_orphans(self.context, node.items)]
            return tuple(step for item in node.items if item not in unread for step in self.block(item, path))
        if isinstance(node, Scalar):
            if node.value is None or not node.text.strip():
                return ()
            self.report_bare(node)
            return (steps.Text(self.context.prose(node, self.scope, "this"), start_of(node)),)
        return tuple(self.steps_of(node, path))

    def report_bare(self, node: Scalar) -> None:
        """Report a step without its colon, or effects without their key: both read like prose."""
        if _STAGED.fullmatch(node.text) and not (node.text.startswith("with ") and len(node.text.split()) > 2):
            said, fix = (
                f"`{node.text}` is told as it stands",
                "take it out, or write `show: {art: …, alt: …}` for a picture",
            )
            why = "it is a sign of another system"
            self.context.report("SQ315", said, node.part(0, len(node.text)), fix, why, "warning")
            return
        bare = bare_step_in(node.text, NAMES["step"], self.is_name)
        if bare:
            key, fix = bare
            said = f"a colon is missing behind `{key}`" if key else "`do:` is missing before it"
            place = node.part(0, len(node.text))
            self.context.report("SQ137", said, place, f"write `{fix}`, without quotes", "it would be told as prose")

    def is_name(self, word: str) -> bool:
        """Tell whether a word is a name of the story: a passage, a label, a kind, or something that holds a value."""
        scope, outside = self.scope, self.outside
        is_place = (
            any(map(outside.has, (f"{scope.scene}.{word}", word, outside.first_of(word))))
            or label_site(word) in scope.sites
        )
        return is_place or word in self.context.endings or word in self.context.names.values()

    def steps_of(self, node: Mapping, path: str) -> Iterator[Step]:
        """Read a mapping with one or more step keys."""
        if node.pairs and not any(key.text in NAMES["step"] for key, _ in node.pairs):
            trap = None if _is_misspelt(node) else prose_as_mapping(node)
            if trap:
                self.context.problems.append(trap)
                return
        if self.is_if_alone and {key.text for key, _ in node.pairs} == {"else"}:
            return  # it belongs to that `if:`, which is told
        if (match := node.get("match")) is not None and node.get("cases") is node.get("bands") is None:
            values = [key.text for key, _ in node.pairs if key.text not in NAMES["step"]]
            fix = "write `cases:` below it, and under that, indented, each value with what follows"
            self.context.report(
                "SQ211",
                "`match` has nothing to compare with",
                match.span,
                fix if values else "add `cases:` or `bands:`",
            )
            return
        self.context.keys(node, "step")
        if split_by_comma(node):
            return
        if {key.text for key, _ in node.pairs} == {"then"} and not self.is_if_alone:
            fix = "put it under its `if:`, without a dash of its own; what always follows needs no `then:`"
            self.context.report(
                "SQ221", "`then:` stands here without `if:`", node.span, fix, "so it would always be done"
            )
        self.is_if_alone = self.is_if_alone and {key.text for key, _ in node.pairs} == {"then"}
        yield from self.read_known_steps(node, path)

    def read_known_steps(self, node: Mapping, path: str, *, skip: frozenset[str] = frozenset()) -> Iterator[Step]:
        """Read the step keys of a mapping in the order in which they are done."""
        given = {key.text: under for key, under in node.pairs if key.text not in skip}
        for key in [key for key, under in given.items() if key in _FILLED and is_empty(under)]:
            fix = "write what belongs there, on the same line or indented below it, or take the key out"
            where = next(each.span for each, _ in node.pairs if each.text == key)
            self.context.report("SQ211", f"nothing stands under `{key}:`", where, fix)
            del given[key]
        if "note" in given:
            self.note(given["note"])
            skip |= {"note"}
        if "for" in given:
            yield self.loop(node, given["for"], path, skip)
            return
        if "if" in given:
            yield self.conditional(node, path, skip)
            return
        read: dict[str, Steps] = {}
        for key in _PASSAGE_ORDER if "title" in skip else _IN_TURN:
            if key in given:
                read[key] = tuple(_READERS[key](self, node, given[key], path))
                yield from read[key]
        if "do" in read and next(iter(given)) != "do":
            self.report_order(tuple(given), read, given["do"])

    def report_order(self, written: tuple[str, ...], read: Known[str, Steps], under: Node) -> None:
        """Report effects below prose that tells what they change: they are done first, wherever they stand."""
        changed = {effect.target for step in read["do"] if isinstance(step, steps.Do) for effect in step.effects}
        for key in written[: written.index("do")]:
            if key in _TELLING and not changed.isdisjoint(things_in(read.get(key, ()))):
                why = f"`{key}:` stands above it, but within one step `do:` always comes first, so its change is told already"
                fix = f"make two steps of it, the second with `do:`; or move `do:` above `{key}:` if it is meant so"
                self.context.report("SQ224", "this is done before what stands above it", under.span, fix, why, "hint")
                return

    def note(self, under: Node) -> None:
        """Keep the author's reminder."""
        self.context.notes.append((under.span.file, start_of(under), self.context.text(under, "`note`")))

    def conditional(self, node: Mapping, path: str, skip: frozenset[str]) -> Step:
        """Read `if`, `then`, `else`, and whatever else stands beside them."""
        if {key.text for key, _ in node.pairs} <= {"if", "note"} and not _find_then(node.get("if")):
            fix = "write `then:` below it, in its column and without a dash"
            self.context.report("SQ211", "nothing hangs on this `if:`", node.span, fix)
            self.is_if_alone = True
        condition = (
            None
            if self.report_then(node.get("if"))
            else self.context.condition(node.get("if"), self.scope, chance=True)
        )
        inside = self.address(path, "if")
        skip |= {"if"} if node.get("deal") or node.get("match") else {"if", "else"}
        then = tuple(self.read_known_steps(node, f"{inside}:0", skip=skip))
        otherwise = self.block(node.get("else"), f"{inside}:1") if "else" in skip else ()
        arms = [(condition, then)]
        if otherwise:
            arms.append((None, otherwise))
        return steps.Branch(tuple(arms), start_of(node))

    def report_then(self, asked: Node | None) -> bool:
        """Report a condition behind which, in one line, stands what follows; tell whether it was that."""
        found = _find_then(asked)
        if found and asked:
            fix = f"write `if: {found[1]}`, and `then: {shorten(found[2])}` on the next line"
            self.context.report("SQ301", "`then` does not belong to the condition", asked.span, fix)
        return found is not None

    def when(self, _: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `when`."""
        inside = self.address(path, "when")
        arms: list[tuple[Expression | None, Steps]] = []
        if isinstance(under, Scalar):
            fix = f"write `if: {under.text}`, with `then:` below it" if under.text else "begin each with `- if: …`"
            self.context.report("SQ206", "`when:` holds a list of branches", under.span, fix)
            return
        for number, item in enumerate(self.context.sequence(under, "`when`")):
            if arms and arms[-1][0] is None:
                self.context.report("SQ211", "nothing can come behind `else:`", item.span, "move `else:` to the end")
                break
            if isinstance(item, Scalar) and item.text:
                fix = f"write `- else: {shorten(item.text)}`, or `- if: …` with `then:` below it"
                self.context.report("SQ206", "this branch does not say when it is taken", item.span, fix)
                continue
            arm = self.context.mapping(item, "a branch of `when`")
            is_known = self.context.keys(arm, "branch")
            here = f"{inside}:{number}"
            if arm.get("else") is not None:
                arms.append((None, self.block(arm.get("else"), here)))
                continue
            if arm.get("if") is None:
                fix = "begin it with `if:`, or with `else:` if it is the last"
                if is_known:
                    self.context.report("SQ211", "this branch does not say when it is taken", item.span, fix)
                continue
            condition = self.context.condition(arm.get("if"), self.scope, chance=True)
            arms.append((condition, tuple(self.read_known_steps(arm, here, skip=frozenset({"if", "else"})))))
        yield steps.Branch(tuple(arms), start_of(under))

    def match(self, node: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `match` with `cases` or `bands`."""
        inside = self.address(path, "match")
        subjects = under.items if isinstance(under, Sequence) else (under,)
        found = [self.context.subject(subject, self.scope) for subject in subjects]
        if not found:
            self.context.report("SQ211", "`match` has nothing to look at", under.span, "name a value behind it")
            return
        bands = node.get("bands")
        arms: list[tuple[tuple[Expression | None, ...], Steps]] = []
        otherwise = self.block(node.get("else"), f"{inside}:else")
        cases = node.get("cases")
        if isinstance(cases, Sequence):
            for number, item in enumerate(cases.items):
                if isinstance(item, Mapping) and len(item.pairs) == 1 and item.pairs[0][0].text not in NAMES["case"]:
                    key = item.pairs[0][0]
                    fix = f"take the dashes out: `{key.text}:` in a line of its own under `cases:`"
                    self.context.report("SQ206", "a case in a list says with `on:` when it is taken", key.span, fix)
                    return
                case = self.context.read_shape(item, "case")
                words = self.tests(case.get("on"), [kind for _, kind in found], case)
                arms.append((words, tuple(self.read_known_steps(case, f"{inside}:{number}"))))
        else:
            for key, then in self.context.mapping(bands if bands is not None else cases, "`match`").pairs:
                block = self.block(then, f"{inside}:{key.text}")
                kind = NUMBER if bands is not None else found[0][1]
                if self.context.is_else(key, kind):
                    otherwise = block
                    continue
                arms.append(((self.context.case(key, self.scope, kind, quoted=False),), block))
        self.context.report_order(bands)
        if not arms and not is_empty(bands if cases is None and bands is not None else cases or under):
            self.context.report("SQ211", "`match` has nothing to compare with", under.span, "add `cases:` or `bands:`")
        yield steps.Match(
            tuple(expression for expression, _ in found), tuple(arms), otherwise, bands is not None, start_of(under)
        )

    def tests(self, node: Node | None, kinds: list[ValueKind], case: Mapping) -> tuple[Expression | None, ...]:
        """Read `on: [coil, slip]`; `_` matches anything."""
        items = node.items if isinstance(node, Sequence) else (node,) if node else ()
        if len(items) != len(kinds):
            self.context.report(
                "SQ211", f"`on` needs {len(kinds)} values", (node or case).span, "one for each thing that is matched"
            )
            return tuple(Constant(0) for _ in kinds)
        return tuple(
            None if isinstance(item, Scalar) and item.text == "_" else self.context.case(item, self.scope, kind)
            for item, kind in zip(items, kinds, strict=True)
        )

    def loop(self, node: Mapping, under: Node, path: str, skip: frozenset[str]) -> Step:
        """Read `for`."""
        loop = self.members(under)
        if {key.text for key, _ in node.pairs} <= {"for", "note", "if"}:
            fix = "write `then:` below it, in its column and without a dash"
            self.context.report("SQ211", "nothing hangs on this `for:`", node.span, fix)
        inside = self.address(path, f"for({self.context.text(under, '`for`')})")
        self.loops += 1
        found = tuple(self.read_known_steps(node, inside, skip=skip | {"for"}))
        self.loops -= 1
        held = (steps.Branch(((loop.condition, found),), start_of(under)),) if loop.condition else found
        return steps.ForEach(loop.slot, loop.members, held, start_of(under))

    def members(self, node: Node) -> MemberLoop:
        """Read what a `for` goes through: a kind, or a set as in `tool in bag`."""
        return read_loop(self.context, self.scope, node)

    # --- small steps --------------------------------------------------------------------------------------------------

    def do(self, node: Mapping, under: Node, _: str) -> Iterator[Step]:
        """Read `do`."""
        yield steps.Do(
            self.context.effects(under, self.scope), self.context.flag(node.get("quiet"), "`quiet`"), start_of(under)
        )

    def let(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `let`."""
        for line in under.items if isinstance(under, Sequence) else (under,):
            match = _LET.match(line.text) if isinstance(line, Scalar) else None
            if match is None or not isinstance(line, Scalar):
                fix = "write `let: damage = 3 + 4`"
                if isinstance(line, Mapping) and line.pairs and isinstance(line.pairs[0][1], Scalar):
                    fix = f"write `let: {line.pairs[0][0].text} = {line.pairs[0][1].text}`"
                self.context.report("SQ301", "`let` gives a name to a value", line.span, fix)
                continue
            name = match.group("name")
            value = line.tail(match.start("value"))
            expression, kind = self.context.expression(value, self.scope, None, "", chance=True)
            if name in self.context.names.values() or name in self.context.names.phrases:
                self.context.report(
                    "SQ208",
                    f"the name `{name}` is taken",
                    line.part(match.start("name"), match.end("name")),
                    "choose another name",
                )
                continue
            self.scope.assignable.add(name)
            yield steps.Let(self.scope.add_local(name, kind), expression, start_of(line))

    def text(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `text`."""
        yield steps.Text(self.context.prose(under, self.scope, "`text`"), start_of(under))

    def label(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `label`."""
        if self.loops:
            why = "the steps there are done once for each member, so the label would stand in as many places"
            fix = "put it before the `for:`, or write a passage and `call:` it for each member"
            self.context.report("SQ508", "a label cannot stand inside `for:`", under.span, fix, why)
        elif isinstance(under, Scalar):
            yield steps.Label(self.context.id(under, "a label"), start_of(under))
        else:
            self.context.report("SQ206", "`label` needs a name", under.span, "write `label: again`")

    def checkpoint(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `checkpoint`."""
        if isinstance(under, Scalar) and isinstance(under.value, bool):
            fix = "write `checkpoint: The gate`, as the player reads it"
            self.context.report("SQ206", "`checkpoint` needs words", under.span, fix)
        yield steps.Checkpoint(self.context.prose(under, self.scope, "`checkpoint`"), start_of(under))

    def journal(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `journal`."""
        yield steps.Journal(self.context.prose(under, self.scope, "`journal`"), start_of(under))

    def achieve(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `achieve`."""
        yield steps.Achieve(self.context.text(under, "`achieve`"), start_of(under))

    def music(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `music`."""
        tune_node = under.get("tune") if isinstance(under, Mapping) else under
        if isinstance(tune_node, Scalar) and (file := _SOUND_FILE.fullmatch(tune_node.text)):
            why = "a tune is told by its name, with its tempo; no file is played"
            fix = f"write `{file[1].replace('-', '_')}`, as it shall be read"
            self.context.report("SQ206", f"`{tune_node.text}` is a file", tune_node.span, fix, why)
        if isinstance(under, Scalar):
            tune = self.context.text(under, "`music`")
            yield steps.Music("" if tune in {"none", "null"} else tune, Constant(100), start_of(under))
            return
        given = self.context.read_shape(under, "music")
        tempo = self.context.quantity(given.get("tempo"), self.scope, "`tempo`", 100)
        yield steps.Music(self.context.text(given.get("tune"), "`tune`"), tempo, start_of(under))

    def show(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `show`."""
        if isinstance(under, Scalar):
            exhibit = find_word(under.text, _PANELS)
            if exhibit is None:
                fix = "write stats, journal, `{chart: […]}` or `{art: …}`"
                fix = (
                    f"write `show: {{art: {under.text}, alt: …}}`"
                    if "." in under.text
                    else nearest(under.text, [*_PANELS]) or fix
                )
                if under.text in {*STAT_SHOWS, "true", "false", "yes", "no", "never", "always"}:
                    fix = "take it out: a stat has it, under `stats:`; what is not always there says `if:` with a condition"
                self.context.report("SQ211", f"`show: {under.text}` shows nothing", under.span, fix)
            yield steps.Show(exhibit or "stats", (), "", "", start_of(under))
            return
        given = self.context.read_shape(under, "show")
        chart, art = given.get("chart"), given.get("art")
        names = self.context.words(chart, "`chart`")
        for name in names:
            if name not in self.context.names.stats:
                self.context.report(
                    "SQ201", f"no stat is named `{name}`", under.span, nearest(name, list(self.context.names.stats))
                )
                return
            self.context.report_hidden(name, under.span, "it is left out of the chart", "take it out of the list")
        picture = self.context.text(art, "`art`")
        if art is not None and picture not in self.context.art:
            said, fix = f"there is no file `{picture}` beside the story", "put the picture into the story's folder"
            if not picture.endswith((".txt", ".art")):
                said = f"`{picture}` is not made of characters, and a terminal shows nothing else"
                fix = "draw it with letters and signs in a file that ends in .txt or .art"
            self.context.report("SQ212", said, art.span, fix)
        alt = self.context.text(given.get("alt"), "`alt`")
        if art is not None and not alt:
            self.context.report("SQ212", "a picture needs words for those who cannot see it", under.span, "add `alt:`")
        yield steps.Show(
            "art" if art is not None else "chart", names, self.context.art.get(picture, ""), alt, start_of(under)
        )

    def montage(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `montage`."""
        given = self.context.read_shape(under, "montage")
        beats: list[tuple[Expression | None, Parts, Parts]] = []
        for item in self.context.sequence(given.get("beats"), "`beats`"):
            if isinstance(item, Scalar):
                beats.append((None, self.context.prose(item, self.scope, "a beat"), ()))
                continue
            beat = self.context.read_shape(item, "beat")
            first = beat.get("left") if beat.get("left") is not None else beat.get("text")
            condition = self.context.condition(beat.get("if"), self.scope)
            beats.append(
                (
                    condition,
                    self.context.prose(first, self.scope, "`left`"),
                    self.context.prose(beat.get("right"), self.scope, "`right`"),
                )
            )
        tempo = self.context.quantity(given.get("tempo"), self.scope, "`tempo`", 100)
        left, right = (self.context.prose(given.get(side), self.scope, f"`{side}`") for side in ("left", "right"))
        yield steps.MontageStep(tempo, left, right, tuple(beats), start_of(under))

    # --- steps that wait or draw --------------------------------------------------------------------------------------

    def report_unkept(self, under: Scalar | Mapping, beside: Node | None) -> None:
        """Report a question that does not say which variable keeps the answer; `beside` is an `into:` beside it."""
        known = NAMES["ask"]
        pairs = under.pairs if isinstance(under, Mapping) else ()
        if isinstance(under, Mapping) and any(
            key.text not in known and cure_of_key(key.text, known, "ask") for key, _ in pairs
        ):
            self.context.keys(under, "ask")
            return
        words = under.text if isinstance(under, Scalar) else "…"
        fix = f'declare `name: ""` under `variables:`, and write `ask: {{into: name, prompt: {words}}}`'
        if pairs and self.context.names.kind_of(pairs[0][0].text):
            words = self.context.text(pairs[0][1], "`prompt`")
            fix = f"write `ask: {{into: {pairs[0][0].text}, prompt: {words}}}`"
        if isinstance(beside, Scalar):
            given = "" if isinstance(under, Scalar) else self.context.text(under.get("prompt"), "`prompt`")
            fix = f"write `ask: {{into: {beside.text}, prompt: {given or words}}}`, in braces together"
        self.context.report("SQ211", "this question does not say which variable keeps the answer", under.span, fix)

    def ask(self, node: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `ask`."""
        if isinstance(under, Scalar) or (isinstance(under, Mapping) and under.get("into") is None):
            self.report_unkept(under, node.get("into"))
            return
        given = self.context.read_shape(under, "ask")
        into = self.context.text(given.get("into"), "`into`")
        kind = self.context.names.kind_of(into)
        if kind is None or kind.base not in {"number", "text"} or into in self.context.names.settings:
            near = nearest(into, [*self.context.names.variables]) if kind is None else ""
            fix = near or "name a variable that holds a text or a number"
            self.context.report("SQ201", f"`{into}` cannot keep the answer", (given.get("into") or given).span, fix)
            return
        for word, of in (("range", "text"), ("max", "number")):
            if kind.base == of and (extra := given.get(word)) is not None:
                said, fix = f"`{word}:` does nothing for an answer that is a {of}", "take it out"
                self.context.report("SQ222", said, extra.span, fix)
        low, high = self.context.pair(given.get("range"), "`range`") or (None, None)
        if low is not None and high is not None and low > high:
            fix = "write the smaller number first"
            self.context.report(
                "SQ402", "the lower bound is above the upper one", (given.get("range") or given).span, fix
            )
        most = self.context.longest.get(into, 0)
        longest = min(int(self.context.number(given.get("max"), "`max`", most)), most)
        if longest < 1 and kind == TEXT:
            self.context.report(
                "SQ402", "no answer is short enough here", (given.get("max") or given).span, "write `max: 1` or more"
            )
        prompt = self.context.prose(given.get("prompt"), self.scope, "`prompt`")
        default = self.context.text(given.get("default"), "`default`")
        if kind == TEXT and 0 < longest < len(default):
            span = (given.get("default") or given).span
            fix = f"write a shorter one, or `max: {len(default)}`"
            self.context.report(
                "SQ402", f"the `default` is longer than an answer may be, which is {longest}", span, fix
            )
        if kind == NUMBER and default:
            self.context.number(given.get("default"), "the `default` of a question for a number")
        key = self.address(path, f"ask({into})")
        left = node.get("or")
        if left is not None and default:
            why = "an answer of nothing is the `default:`, so nobody could leave the question"
            fix = "take `default:` out"
            self.context.report("SQ222", "`or:` is never done beside `default:`", left.span, fix, why)
        otherwise = self.block(left, f"{key}:or")
        limits = (longest, low, high, left is not None)
        yield steps.Question(into, prompt, kind == NUMBER, default, *limits, otherwise, key, start_of(under))

    def pause(self, _: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `pause`."""
        plain = isinstance(under, Scalar) and under.value is True
        if isinstance(under, Scalar) and isinstance(under.value, int | float) and not plain:
            said, fix = "`pause` waits for the player, not for a time", "write `pause: true`, or the words to be picked"
            self.context.report("SQ206", said, under.span, fix)
        text = () if plain else self.context.prose(under, self.scope, "`pause`")
        yield steps.Pause(text, self.address(path, "pause"), start_of(under))

    def check(self, node: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read a check with its branches."""
        odds = read_odds(self.context, self.scope, under)
        yield self.read_branches(node, odds, self.address(path, "check"), under)

    def read_branches(self, node: Mapping, odds: Odds, inside: str, under: Node) -> steps.Check:
        """Read the branches of a check whose odds are known."""
        lucky = node.get("success") if node.get("success") is not None else node.get("happens")
        unlucky = node.get("failure") if node.get("failure") is not None else node.get("else")
        if lucky is None and unlucky is None:
            self.context.report(
                "SQ211", "nothing hangs on this check", under.span, "add `success:` and `failure:`, or `happens:`"
            )
        success = self.block(lucky, f"{inside}:success")
        return steps.Check(
            odds.odds,
            odds.label,
            odds.shown and node.get("happens") is None,
            success,
            self.block(unlucky, f"{inside}:failure"),
            start_of(under),
        )

    def random(self, _: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `random`."""
        inside = self.address(path, "random")
        arms: list[tuple[Expression, Steps]] = []
        for number, item in enumerate(self.context.sequence(under, "`random`")):
            here = f"{inside}:{number}"
            if isinstance(item, Mapping):
                self.context.keys(item, "weighted")
                weight = self.context.quantity(item.get("weight"), self.scope, "`weight`", 1)
                if isinstance(weight, Constant) and isinstance(weight.value, int | float) and weight.value < 0:
                    why = f"its weight is {weight.value}, so it is never drawn"
                    where = (item.get("weight") or item).span
                    self.context.report(
                        "SQ606",
                        "this is never reached",
                        where,
                        "give it a weight above 0, or take it out",
                        why,
                        "warning",
                    )
                arms.append((weight, tuple(self.read_known_steps(item, here))))
            else:
                report_weight(self.context, item)
                arms.append((Constant(1), self.block(item, here)))
        yield steps.Random(tuple(arms), start_of(under))

    def alternate(self, node: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `sequence`, `cycle`, `shuffle` or `once`."""
        how = next(word for word in steps.BLOCK_HOWS if node.get(word) is under)
        if isinstance(under, Scalar) and isinstance(under.value, bool):
            fix = (
                "write `- ` and the words under it; for a choice or a storylet, `once: true` stands beside its own keys"
            )
            why = "here it holds what is told, one each time one comes by"
            self.context.report("SQ206", f"`{how}:` is a list in a passage or a step", under.span, fix, why)
            return
        inside = self.address(path, how)
        site = self.scope.add_site(alternatives_site(inside))
        items = self.context.sequence(under, f"`{how}`")
        arms = tuple(self.block(item, f"{inside}:{number}") for number, item in enumerate(items))
        if arms:
            yield steps.Alternate(how, site, arms, start_of(under))

    def deal(self, node: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `deal`."""
        tag, by, _ = self.read_deal(under, "deal")
        if not tag:
            return
        inside = self.address(path, f"deal({tag})")
        yield steps.Deal(tag, by, self.block(node.get("else"), f"{inside}:else"), inside, start_of(under))

    def read_deal(self, under: Node, shape: DealShape) -> tuple[str, steps.DealOrder, int]:
        """Read what is dealt: its tag ("" if there is none), how it is drawn, and how many are shown."""
        if isinstance(under, Scalar):
            under = Mapping(((under._replace(text="tag"), under),), under.span)
        given = self.context.read_shape(under, shape)
        if isinstance(under, Sequence):
            return "", "weight", 3
        tag, word = self.context.text(given.get("tag"), "`tag`"), self.context.text(given.get("by"), "`by`")
        by = find_word(word, steps.DEAL_ORDERS)
        tags = self.outside.tags()
        if tag not in tags:
            self.context.report(
                "SQ213",
                f"no storylet has the tag `{tag}`",
                (given.get("tag") or under).span,
                self.cure_of_tag(tag, shape, tags),
            )
            tag = ""
        if word and by is None:
            fix = (
                "take `by:` out: they are drawn by chance then"
                if word in _BY_CHANCE
                else "write weight, first or least_seen"
            )
            self.context.report("SQ211", f"storylets are not drawn by `{word}`", (given.get("by") or under).span, fix)
        shows = given.get("show") if shape == "dealt choices" else None
        return tag, by or "weight", int(self.context.number(shows, "`show`", 3))

    def cure_of_tag(self, tag: str, shape: DealShape, tags: Collection[str]) -> str:
        """Say what to write for a tag that no storylet has: that of a passage that is named, or one with the order behind it."""
        word = "deal"
        first, *more = tag.replace(",", " ").split() or [""]
        if more and first in tags and more[-1] in steps.DEAL_ORDERS:
            return f"write `{word}: {{tag: {first}, by: {more[-1]}}}`"
        passage = next((id_ for id_ in (f"{self.scope.scene}.{tag}", tag) if self.outside.has(id_)), "")
        if passage:
            said = f"`{tag}` is a passage, and no tag"
            if self.outside.is_storylet(passage):
                return f"{said}: write the `tag:` of its `storylet:`" + (
                    f", or `call: {tag}`" if shape == "deal" else ""
                )
            return f"{said}: write `call: {tag}`, or give it `storylet: {{tag: …}}`"
        return nearest(tag, sorted(tags)) or "give a passage `storylet: {tag: …}`"

    # --- going elsewhere ----------------------------------------------------------------------------------------------

    def goto(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `goto`."""
        yield from read_goto(self, under, leaves=False)

    def leave(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `leave`."""
        yield from read_goto(self, under, leaves=True)

    def call(self, node: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `call`, with `into`."""
        yield from read_call(self, node, under, path)

    def end(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `end`; whether the ending exists is checked with the rest of the story."""
        name = self.context.text(under, "`end`")
        yield steps.End("" if name in {"true", "yes"} else name, start_of(under))

    def come_back(self, _: Mapping, under: Node, __: str) -> Iterator[Step]:
        """Read `return`."""
        yield from read_return(self, under)

    def then(self, _: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read `then` or `steps`."""
        yield from self.block(under, path)

    def choices(self, node: Mapping, under: Node, path: str) -> Iterator[Step]:
        """Read a list of choices."""
        yield read_choices(self, under, path, hub=node.get("topics") is under)


def _find_then(asked: Node | None) -> re.Match[str] | None:
    """Return a condition with what follows it in one line, None where there is none."""
    return _THEN.fullmatch(asked.text) if isinstance(asked, Scalar) else None


def _is_misspelt(node: Mapping) -> bool:
    """Tell whether the first key reads like a misspelt or foreign word for a step, and not like prose."""
    key, under = node.pairs[0]
    known = NAMES["step"]
    if cure_of_key(key.text, known, "step"):
        return key.text.islower() or not isinstance(under, Scalar) or len(under.text.split()) < 3
    is_word = key.text.isidentifier() and key.text[:1].islower()
    return is_word and (not isinstance(under, Scalar) or bool(get_close_matches(key.text, known, 1, 0.75)))


_READERS = MappingProxyType({
    "label": StepReader.label, "checkpoint": StepReader.checkpoint, "music": StepReader.music, "do": StepReader.do,
    "let": StepReader.let, "text": StepReader.text, "show": StepReader.show, "montage": StepReader.montage,
    "journal": StepReader.journal, "achieve": StepReader.achieve, "ask": StepReader.ask, "call": StepReader.call,
    "deal": StepReader.deal, "check": StepReader.check, "when": StepReader.when, "match": StepReader.match,
    "random": StepReader.random,
    **dict.fromkeys(steps.BLOCK_HOWS, StepReader.alternate),
    "choices": StepReader.choices, "topics": StepReader.choices,
    "steps": StepReader.then, "then": StepReader.then, "pause": StepReader.pause, "goto": StepReader.goto,
    "leave": StepReader.leave, "end": StepReader.end, "return": StepReader.come_back,
})  # fmt: skip
#: Keys that mean nothing with nothing under them.
_FILLED = frozenset(key for key in _READERS if key not in {"end", "return", "pause"})
_BY_CHANCE = frozenset({"random", "chance", "shuffle", "luck", "any"})
#: Where prose may tell what a `do:` below it changes.
_TELLING = frozenset({"text", "then", "steps", "journal"})
_IN_TURN = read_in_turn("step")
if set(_IN_TURN) != set(_READERS):
    raise LookupError(f"a step is declared and not read, or read and not declared: {set(_IN_TURN) ^ set(_READERS)}")
#: In a passage `steps:` come before its choices; in a step they come behind them.
_PASSAGE_ORDER = tuple(
    each for key in _IN_TURN if key != "steps" for each in (("steps", key) if key == "choices" else (key,))
)
#: What a passage has beside its steps.
OF_PASSAGES = frozenset(NAMES["passage"]) - frozenset(NAMES["step"])
