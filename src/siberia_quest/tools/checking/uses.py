"""Which names a story reads and writes, and those it declares and does not need."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from siberia_quest.lang.scope import PRONOUNS
from siberia_quest.model import expression as nodes
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.letters import NAME_SIGN
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import Achieve, Deal, DealtChoices, End, Question, Receiver, Show
from siberia_quest.model.story import Story

Lines = Mapping[str, list[str]]
_SECTIONS = frozenset({"stats", "variables", "formulas", "tables", "phrases", "endings", "achievements"})
_SECTION = re.compile(r"([a-z_]+):")
_DECLARED = re.compile(rf"(?<![\w.]){NAME_SIGN}+(?=\s*(?:\([^()]*\))?\s*:)")
#: Ids that say nothing: folders that are called so hold a story on many machines.
_NO_NAMES = frozenset(
    "adventure book demo draft example game index main my_game my_story new quest story test untitled".split()
)


class Uses(NamedTuple):
    """Names that are read and written, `what name` of what is applied and of endings and achievements met, and tags dealt."""

    read: set[str]
    written: set[str]
    applied: set[str]
    ends: set[str]
    dealt: set[str]


class Declared:
    """Where names are declared, by section."""

    def __init__(self, lines: Lines) -> None:
        self._first = Span(next(iter(lines), ""), 1, 1, 1, 2)
        self._sections: dict[str, Span] = {}
        self._names: dict[tuple[str, str], Span] = {}
        for file, texts in lines.items():
            here = ""
            for number, line in enumerate(texts, 1):
                opened = _SECTION.match(line)
                if opened:
                    here = opened.group(1)
                    self._sections[here] = Span(file, number, 1, number, len(here) + 1)
                for match in _DECLARED.finditer(line, opened.end() if opened else 0) if here in _SECTIONS else ():
                    span = Span(file, number, match.start() + 1, number, match.end() + 1)
                    self._names.setdefault((here, match.group()), span)

    def place(self, section: str, name: str) -> Span:
        """Return where a name is declared, the section's own line where that cannot be told."""
        return self._names.get((section, name)) or self._sections.get(section, self._first)


def uses_of(story: Story) -> Uses:
    """Return what a story uses."""
    uses = Uses(set(), set(), set(), set(), set())
    waiting: list[object] = [
        *story.passages.values(), *story.formulas.values(), *story.phrases.values(), *story.stats.values(),
        *(each.start for each in story.variables.values()), story.status, story.panels,
        story.header.undo, story.header.map,
    ]  # fmt: skip
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, nodes.Effect | Receiver):  # what it changes is written, and not read
            uses.written.update(_write_target(story, thing.target))
            waiting += [thing.value] if isinstance(thing, nodes.Effect) else []
            if isinstance(thing.target, nodes.PerMember | nodes.ValueOf):
                waiting.append(thing.target.member)
        elif isinstance(thing, tuple):
            _note(story, uses, thing)
            waiting += thing
    return uses


def _write_target(story: Story, target: nodes.Assignable) -> tuple[str, ...]:
    match target:
        case nodes.Reference(name) | nodes.PerMember(name):
            return (name,)
        case nodes.ValueOf(kind):
            return story.kinds[kind].ids
        case nodes.Local():
            return ()
    assert_never(target)


def _note(story: Story, uses: Uses, thing: object) -> None:
    match thing:
        case nodes.Reference(name) | nodes.PerMember(name):
            uses.read.add(name)
        case nodes.ValueOf(kind):
            uses.read.update(story.kinds[kind].ids)
        case nodes.Builtin() | Show():
            uses.read.update(thing.names)
            uses.applied.update(f"{what} {name}" for name in thing.names for what in ("formula", "table"))
        case Question():
            uses.written.add(thing.into)
        case Deal() | DealtChoices():
            uses.dealt.add(thing.tag)
        case nodes.Apply(what, name):
            uses.applied.add(f"{what} {name}")
        case nodes.PhraseCall(name):
            uses.applied.add(f"phrase {name}")
        case End(name) | Achieve(name):
            uses.ends.add(f"{'ending' if isinstance(thing, End) else 'achievement'} {name}")


def find_unused_names(story: Story, uses: Uses, lines: Lines) -> Iterator[Diagnostic]:
    """Yield what is declared and not used, or written and not read."""
    declared = Declared(lines)
    yield from _values(story, uses, declared)
    for what, section, given in (
        ("formula", "formulas", tuple(story.formulas)),
        ("table", "tables", tuple(name for name, each in story.tables.items() if each.kinds != (PRONOUNS,))),
        ("phrase", "phrases", tuple(story.phrases)),
    ):
        for name in given:
            if f"{what} {name}" not in uses.applied:
                yield _report_unused(f"the {what} `{name}` is never used", declared.place(section, name))
    for what, step, met in (
        ("ending", "end", tuple(story.endings)),
        ("achievement", "achieve", tuple(story.achievements)),
    ):
        for name in met:
            if f"{what} {name}" not in uses.ends:
                span = declared.place(f"{what}s", name)
                why = "the gallery would count it, and no player could find it"
                fix = f"write `{step}: {name}` where it belongs, or take it out"
                yield Diagnostic("SQ603", f"no step leads to the {what} `{name}`", span, "warning", why, fix)
    for tag, passages in story.storylets.items():
        if tag not in uses.dealt:
            passage = story.passages[passages[0]]
            length = len(passage.id.rsplit(".", 1)[-1])
            span = Span(passage.file, *passage.at, passage.at[0], passage.at[1] + length)
            fix = f"write `deal: {tag}` where they may come"
            yield Diagnostic("SQ605", f"nothing deals storylets with the tag `{tag}`", span, "warning", "", fix)


def _values(story: Story, uses: Uses, declared: Declared) -> Iterator[Diagnostic]:
    shown = {name for name, stat in story.stats.items() if stat.sight != "hidden"}
    for section, given in (("stats", tuple(story.stats)), ("variables", tuple(story.variables))):
        for name in given:
            if name in uses.read or name in shown:
                continue
            span = declared.place(section, name)
            if name in uses.written:
                why, fix = "whatever it becomes, the story goes on alike", "let something depend on it, or take it out"
                yield Diagnostic("SQ604", f"`{name}` is changed and never read", span, "warning", why, fix)
            else:
                yield _report_unused(f"`{name}` is declared and never used", span)


def _report_unused(message: str, span: Span) -> Diagnostic:
    return Diagnostic("SQ602", message, span, "warning", "", "use it, or take it out")


def report_shared_id(story: Story, lines: Lines) -> Iterator[Diagnostic]:
    """Yield where a story's id is one that many stories have, so that a player's saves of two of them would lie in one folder."""
    if story.id in _NO_NAMES:
        file, text = next(iter(lines.items()))
        at = next((number for number, line in enumerate(text, 1) if line.startswith("id:")), 1)
        why = "saves and lists of endings are kept by a story's id; without one of its own it takes its folder's name"
        fix = "write `id:` with a name that no other story has, before anybody has saves of it"
        yield Diagnostic("SQ620", f"many stories have the id `{story.id}`", Span(file, at, 1, at, 2), "hint", why, fix)


def find_unused_pictures(pictures: Iterable[str], lines: Lines) -> Iterator[Diagnostic]:
    """Yield pictures beside the story that no line of it names."""
    for name in pictures:
        if not any(name in line for texts in lines.values() for line in texts):
            fix = f"show it with `show: {{art: {name}, alt: …}}`, or take the file away"
            yield Diagnostic("SQ612", f"no step shows the picture `{name}`", Span(name, 1, 1, 1, 2), "warning", "", fix)
