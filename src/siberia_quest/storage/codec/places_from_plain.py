"""Where a game stands, from plain data: each place is found in the story as it is now, or it is said that it is gone."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias, assert_never

from siberia_quest.engine.flow import PointSort
from siberia_quest.engine.program import points_of
from siberia_quest.model import expression as nodes
from siberia_quest.model.expression import Expression
from siberia_quest.model.functions import FORMS
from siberia_quest.model.kinds import NUMBER, UNKNOWN, YES_NO, Value, ValueKind
from siberia_quest.model.letters import NAME, NAME_SIGN
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.state import Frame
from siberia_quest.model.steps import Choice, Choices, ForEach, Label, Let, Steps, inner, walk
from siberia_quest.model.story import Passage
from siberia_quest.storage.codec.addresses import CALLING, WAITING, find_address, key_of, place_of, read
from siberia_quest.storage.codec.checked import LONGEST, Gone, expect_mapping, text_of, value_of
from siberia_quest.storage.codec.identities import first_names, identities_of
from siberia_quest.storage.codec.state_to_plain import Plain, local_names
from siberia_quest.storage.codec.values_from_plain import ValueReader

#: What of a story was edited: nothing, no more than what it says (and steps that count nothing), or also what saves depend on.
Edited: TypeAlias = Literal["nothing", "words", "other"]


class WrittenFrame(NamedTuple):
    """A frame as a save has it: the passage, the address, who stands there, the locals, and the passage's title as it was told."""

    passage: str
    address: str
    step: str
    locals: dict[str, Plain]
    title: str


def frame_from_plain(data: Plain) -> WrittenFrame:
    """Read a frame as it is written. Raises Fault."""
    given = expect_mapping(data, "place")
    passage, at = text_of(given.get("passage"), "place", LONGEST), text_of(given.get("at"), "place", LONGEST)
    title = " ".join(clean(text_of(given.get("title", ""), "place", LONGEST)).split())
    step = text_of(given.get("step", ""), "place", 100)
    return WrittenFrame(passage, at, step, expect_mapping(given.get("locals"), "place"), title)


class PlaceReader(ValueReader):
    """Finds places again. `edited` is what of the story was edited since they were written down."""

    edited: Edited = "other"
    lets: Mapping[int, list[Let]] = MappingProxyType({})  # by slot, of the passage whose locals are read

    def passage_id(self, old: str) -> str:
        """Return what a passage is called now; its scene and its own name may each have been renamed."""
        passages, renames = self.story.passages, self.story.renames
        found = self.renamed(old, passages)
        scene, _, name = found.partition(".")
        for scene_now in (scene, renames.get(scene, scene)):
            for name_now in (name, renames.get(name, name)):
                for tried in (f"{scene_now}.{name_now}", self.renamed(f"{scene_now}.{name_now}", passages), name_now):
                    if tried in passages:
                        return tried
        return found

    def find_places(self, frames: Iterable[WrittenFrame]) -> tuple[Frame, ...]:
        """Find the frames' places in the story. Raises Gone at the first that is not there."""
        waiting = tuple(frames)
        made = []
        for number, written in enumerate(waiting):
            passage = self.passage_id(written.passage)
            if passage not in self.story.passages:
                raise Gone("gone_place", passage=clean(written.passage))
            address = self.address(written, passage, WAITING if number == len(waiting) - 1 else CALLING)
            if address is None:
                raise Gone("gone_question", passage=passage)
            values = self.locals(self.story.passages[passage], key_of(address), written.locals)
            made.append(Frame(passage, address, values, written.title))
        return tuple(made)

    def address(self, written: WrittenFrame, passage: str, sorts: Collection[PointSort]) -> str | None:
        """Return where a frame stands now in its passage, None where that is not sure."""
        points = points_of(self.story, passage)
        trusted = self.edited == "nothing" or (
            self.edited == "words" and not written.step
        )  # earlier saves have the address alone
        if trusted and written.address in points:
            return written.address if points[written.address].sort in sorts else None
        spell, steps = first_names(self.story.renames), identities_of(self.story, passage)
        was = place_of(written.address, read(written.step), spell)
        now = {each: place_of(each, steps.get(key_of(each)), spell) for each in points}
        return was and find_address(written.address, was, {each: place for each, place in now.items() if place}, sorts)

    def site_now(self, old: str, known: Collection[str], within: str) -> str:
        """Return what a choice, label or other counted place of a passage is called now; itself where nothing tells."""
        found = self.renamed(old, known, within)
        if found in known or not self.story.renames:
            return found
        spell = first_names(self.story.renames)
        alike = [each for each in known if _spelt(each, spell) == _spelt(old, spell)]
        return alike[0] if len(alike) == 1 else old

    # --- locals -------------------------------------------------------------------------------------------------------

    def locals(self, passage: Passage, key: str, kept: dict[str, Plain]) -> tuple[Value, ...]:
        """Read a passage's locals. Raises Gone when one of them is missing or is not of its kind."""
        made: list[Value] = []
        given = {*range(len(passage.parameters)), *(_members_around(passage.steps, key) or ())}
        needed = {*_set_before(passage.steps, key), *given}
        self.lets = _lets(passage)
        self.asked: set[int] = set()
        for slot, name in enumerate(local_names(passage.locals)):
            old = self.old_name(name, kept)
            if old not in kept and slot in needed:
                raise Gone("gone_unset", name=name, passage=passage.id)
            plain, kind = kept.get(old, 0), self.kind_of_local(passage, slot)
            if plain == 0 and type(plain) is int and (slot not in given or kind in {None, NUMBER}):
                made.append(0)  # nothing yet: the flow has not come to where it is set
                continue
            value = self.of_kind(kind, plain) if kind else self.of_any_kind(plain, slot)
            if value is None:
                raise Gone("gone_kind", name=name, passage=passage.id)
            made.append(value)
        return tuple(made)

    def old_name(self, name: str, kept: Mapping[str, Plain]) -> str:
        """Return what a local was called when the data was written."""
        own, sign, number = name.partition("#")
        olds = [f"{old}{sign}{number}" for old, new in self.story.renames.items() if new == own]
        return next((each for each in (name, *olds) if each in kept), name)

    def of_any_kind(self, plain: Plain, slot: int) -> Value | None:
        """Read a value whose kind cannot be told: a word in it must be a member of some kind, or stand in the story as it is."""
        words = plain if isinstance(plain, list) else [plain]
        members = {id_ for kind in self.story.kinds.values() for id_ in kind.ids}
        written = {
            each.value for each in nodes.things_in(tuple(self.lets.get(slot, ()))) if isinstance(each, nodes.Constant)
        }
        now = [each if not isinstance(each, str) or each in written else self.renamed(each, members) for each in words]
        if any(isinstance(each, str) and each not in written and each not in members for each in now):
            return None
        return value_of(now if isinstance(plain, list) else now[0])

    def kind_of_local(self, passage: Passage, slot: int) -> ValueKind | None:
        """Return the kind of a local as far as that can be told: a parameter's, a member's, or that of what a `let` says."""
        if slot < len(passage.parameters):
            return passage.parameters[slot]
        name = passage.locals[slot]
        if name in self.story.kinds:
            return ValueKind("member", name)
        if slot in self.asked:  # `let: z=z` says nothing of itself
            return None
        self.asked.add(slot)
        kinds = {self.kind_of(let.value, passage) for let in self.lets.get(slot, ())}
        self.asked.discard(slot)
        kind = kinds.pop() if len(kinds) == 1 else None
        return None if kind == UNKNOWN else kind

    def kind_of(self, expression: Expression, passage: Passage) -> ValueKind | None:  # noqa: C901, PLR0911  # one case for each expression
        """Return the kind of an expression, None where its own words do not tell."""
        story = self.story
        match expression:
            case nodes.Constant(value):
                return None if isinstance(value, str | tuple) else YES_NO if isinstance(value, bool) else NUMBER
            case nodes.Reference(name):
                known = story.variables.get(name) or story.settings.get(name)
                return known.kind if known else NUMBER
            case nodes.Local(slot):
                return self.kind_of_local(passage, slot)
            case nodes.Apply(what, name, _):
                return story.formulas[name].kind if what == "formula" else story.tables[name].kind
            case nodes.Builtin(name):
                function = FORMS[name][0]
                if function.reading == "sign":
                    return ValueKind("set", expression.names[0])
                return ValueKind("member", expression.names[1]) if function.reading == "by value" else function.result
            case nodes.Conditional(_, then, _):
                return self.kind_of(then, passage)
            case nodes.Comparison():
                return YES_NO
            case nodes.PerMember() | nodes.ValueOf() | nodes.Visits():
                return NUMBER if not isinstance(expression, nodes.Visits) or expression.how != "seen" else YES_NO
            case nodes.Operation(operator, _):
                return YES_NO if operator in {"and", "or", "not"} else NUMBER
        assert_never(expression)


def _lets(passage: Passage) -> Mapping[int, list[Let]]:
    """Return the steps that give a passage's locals their values, by slot."""
    found: dict[int, list[Let]] = {}
    for step in walk(passage.steps):
        if isinstance(step, Let):
            found.setdefault(step.slot, []).append(step)
    return found


def _set_before(steps: Steps, key: str) -> Iterator[int]:
    """Yield the slots of the `let` steps that stand above the step with a key."""
    for step in walk(steps):
        if getattr(step, "key", None) == key:
            return
        if isinstance(step, Let):
            yield step.slot


def _members_around(steps: Steps, key: str) -> tuple[int, ...] | None:
    """Return the slots that hold members at the step with a key, for the loops and choices around it; None where it is not there."""
    for step in steps:
        if getattr(step, "key", None) == key:
            return ()
        blocks = [((step.slot,) if isinstance(step, ForEach) else (), block) for block in inner(step)]
        if isinstance(step, Choices):
            picked = [each for each in step.items if isinstance(each, Choice)]
            blocks = [
                ((each.slot,) if each.members and not _has_label(each.steps) else (), each.steps) for each in picked
            ]
        for own, block in blocks:
            found = _members_around(block, key)
            if found is not None:
                return own + found
    return None


def _has_label(steps: Steps) -> bool:
    """Tell whether a goto from elsewhere may lead into steps."""
    return any(isinstance(step, Label) for step in walk(steps))


def _spelt(site: str, spell: Callable[[str], str]) -> str:
    """Return a counted place, or an address, with every name in it as it was first."""
    return re.sub(rf"{NAME}(?:\.{NAME_SIGN}+)?", lambda found: spell(found.group()), site)
