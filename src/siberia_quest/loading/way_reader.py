"""Where a story goes on, as it is written: `goto`, `leave` and `call`, with labels, and with what a passage takes."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Protocol, get_args

from siberia_quest.lang.resolve import read_assignable
from siberia_quest.lang.scope import Scope, nearest
from siberia_quest.lang.syntax import Name, ParsedCall, Syntax, SyntaxFault, read_expression
from siberia_quest.loading.reading_context import ReadingContext, start_of
from siberia_quest.loading.scene_cache import Outside
from siberia_quest.loading.tree import Mapping, Node, Scalar
from siberia_quest.model.expression import Assignable, Constant, Expression
from siberia_quest.model.kinds import TEXT, YES_NO, ValueKind
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import choice_site, label_site, name_of_site, sort_of_site
from siberia_quest.model.steps import Call, Goto, Receiver, Return


class PassageReader(Protocol):
    """The reader of steps, as far as ways need it."""

    context: ReadingContext
    scope: Scope
    outside: Outside

    def address(self, path: str, own: str) -> str:
        """Return a step's address."""

    def is_name(self, word: str) -> bool:
        """Tell whether a word is a name of the story."""


class _Target(NamedTuple):
    """A passage by its id, a label in it ("" is its beginning), and what it is given."""

    passage: str
    label: str
    arguments: tuple[Expression, ...]


def read_goto(reader: PassageReader, under: Node, *, leaves: bool) -> Iterator[Goto]:
    """Read where a `goto` or `leave` leads: to a label of this passage, to a passage, or to a label of another."""
    word = "leave" if leaves else "goto"
    name = reader.context.text(under, f"`{word}`")
    if not isinstance(under, Scalar):
        return
    if label_site(name) in reader.scope.sites and not leaves:
        yield Goto("", name, leaves, (), start_of(under))
        return
    target = _read_target(reader, under, word)
    if target is None:
        return
    passage, label, arguments = target
    if reader.outside.is_storylet(passage) and passage != reader.scope.passage:
        message = f"the passage `{name}` is a storylet and can only be dealt or called"
        reader.context.report("SQ305", message, under.span, f"write `deal:`, or `call: {name}`")
    stays = passage == reader.scope.passage and bool(label) and not leaves
    yield Goto("" if stays else passage, label, leaves, arguments, start_of(under))


def read_call(reader: PassageReader, node: Mapping, under: Node, path: str) -> Iterator[Call]:
    """Read `call: haggle(12)`, and `into: price` beside it."""
    into = node.get("into")
    receiver = _read_receiver(reader, into) if into is not None else None
    target = _read_target(reader, under, "call")
    if target is None:
        return
    if target.label:
        fix = "make a passage of what stands behind the label, and call that"
        reader.context.report("SQ203", "`call:` does a whole passage, and this is a label", under.span, fix)
        return
    key = reader.address(path, f"call({target.passage})")
    yield Call(target.passage, target.arguments, receiver, key, start_of(under))


def _read_receiver(reader: PassageReader, into: Node) -> Receiver | None:
    """Read what a call puts the value into that comes back, None where that is reported."""
    if not isinstance(into, Scalar):
        reader.context.report("SQ206", "`into` needs a name", into.span, "write `into: price`, with a variable")
        return None
    found = read_assignable(into.text, reader.scope)
    reader.context.faults(reader.scope, into)
    if found is None or not isinstance(found.expression, get_args(Assignable)):
        return None
    return Receiver(found.expression, found.kind)


def read_return(reader: PassageReader, under: Node) -> Iterator[Return]:
    """Read `return: true`, or a value that the call gets."""
    if not isinstance(under, Scalar) or under.value is None or under.text in {"true", "yes"}:
        yield Return(None, YES_NO, start_of(under))
        return
    scope, word = reader.scope, under.text
    names = scope.names
    owners = [each for each in names.kinds if word in names.members[each]]
    is_value = word in scope.locals or word in names.formulas or names.kind_of(word) is not None
    if under.style == "quoted" and not is_value and not owners and _is_words(word):
        yield Return(Constant(clean(word)), TEXT, start_of(under))
        return
    expected = ValueKind("member", owners[0]) if owners and not is_value else None
    value, kind = reader.context.expression(under, scope, expected, "what is returned", chance=True)
    yield Return(value, kind, start_of(under))


def _is_words(written: str) -> bool:
    """Tell whether what stood in quotes is a text, and no expression."""
    try:
        return isinstance(read_expression(written), Name)
    except SyntaxFault:
        return True


def _read_target(reader: PassageReader, under: Node, word: str) -> _Target | None:
    """Read a passage with what it is given, or one of its labels; None where that is reported."""
    given: tuple[Syntax, ...] = ()
    if isinstance(under, Scalar) and "(" not in under.text:
        name = " ".join(under.text.split())
    else:
        node = _parse(reader, under, word)
        if node is None:
            return None
        name, given = node.name, node.arguments if isinstance(node, ParsedCall) else ()
    passage, label = _find_place(reader, name, under, word)
    if not passage:
        return None
    if label:
        if given:
            fix = f"write `{word}: {name}`, or give it to the passage, at its beginning"
            said = f"`{name}` is a label, and takes nothing in parentheses"
            reader.context.report("SQ305", said, under.span, fix)
        return _Target(passage, label, ())
    wanted = reader.outside.kinds_of(passage)
    if len(given) != len(wanted):
        said = f"`{name}` takes {len(wanted)} in its parentheses, and here are {len(given)}"
        fix = f"give it what its `params:` name: `{word}: {name}(…)`" if wanted else f"write `{word}: {name}`"
        reader.context.report("SQ305", said, under.span, fix)
        return None
    assert isinstance(under, Scalar) or not given  # else nothing was parsed
    what = f"what `{name}` takes"
    arguments = [
        reader.context.expression(_cut(under, each), reader.scope, kind, what, chance=True)[0]
        for each, kind in zip(given, wanted, strict=True)
    ]
    return _Target(passage, "", tuple(arguments))


def _cut(under: Node, piece: Syntax) -> Node:
    """Return a piece of what was parsed, as a text that still knows its place."""
    if not isinstance(under, Scalar):
        return under
    source = under.text[piece.start : piece.end]
    return under._replace(text=source, span=under.part(piece.start, piece.end), style="plain")


def _parse(reader: PassageReader, under: Node, word: str) -> Name | ParsedCall | None:
    """Return a name with what stands in its parentheses, None where that is reported."""
    context = reader.context
    if not isinstance(under, Scalar):
        fix = f"write `{word}: hurt(12)`, on a line of its own if it holds a comma"
        first = under.pairs[0] if isinstance(under, Mapping) and under.pairs else None
        if first and isinstance(first[1], Scalar) and reader.is_name(first[0].text):
            fix = f"write `{word}: {first[0].text}({first[1].text})`"
        given = (
            {key.text: each.text for key, each in under.pairs if isinstance(each, Scalar)}
            if isinstance(under, Mapping)
            else {}
        )
        if name := next((given[key] for key in ("passage", "to", "name", "target") if key in given), ""):
            fix = f"write `{word}: {name}`" + (f", and `into: {given['into']}` beside it" if "into" in given else "")
        context.report("SQ301", f"`{word}` names a passage", under.span, fix)
        return None
    try:
        node = read_expression(under.text)
    except SyntaxFault as problem:
        context.fault(problem.fault, under)
        return None
    if not isinstance(node, Name | ParsedCall):
        fix = f"write `{word}: hurt` or `{word}: hurt(12)`"
        context.report("SQ301", f"`{word}` names a passage", under.span, fix)
        return None
    return node


def _find_place(reader: PassageReader, name: str, under: Node, word: str) -> tuple[str, str]:
    """Return a passage's id by its name, with the label of it that is meant ("" for its beginning); "" twice when that is reported."""
    passage = _find_passage(reader, name)
    if passage:
        return passage, ""
    owner, _, label = name.rpartition(".")
    passage = _find_passage(reader, owner) if owner else ""
    if not passage or label in {"", "yaml", "yml"}:
        _report_lost(reader, name, under, word)
        return "", ""
    known = reader.outside.find(passage)
    sites = known.sites if known else frozenset()
    if label_site(label) in sites:
        return passage, label
    labels = [name_of_site(site) for site in sorted(sites) if sort_of_site(site) == "label"]
    fix = nearest(label, labels) or f"write `- label: {label}` there, before the step where the story shall go on"
    if choice_site(label) in sites:
        fix = f"`{label}` is a choice; write `- label: …` before its list of choices, and go there"
    reader.context.report("SQ203", f"the passage `{owner}` has no label `{label}`", under.span, fix)
    return "", ""


def _find_passage(reader: PassageReader, name: str) -> str:
    """Return a passage's id by its name in this scene, its address, or its scene's name; "" when there is none."""
    outside = reader.outside
    found = (each for each in (f"{reader.scope.scene}.{name}", name, outside.first_of(name)) if outside.has(each))
    return next(found, "")


def _report_lost(reader: PassageReader, name: str, under: Node, word: str) -> None:
    """Report a name that is no passage's."""
    outside, scene = reader.outside, reader.scope.scene
    here = [id_.split(".", 1)[1] for id_ in outside.all if id_.startswith(f"{scene}.")]
    fix = nearest(name, [*here, *outside.all, *outside.firsts])
    elsewhere = [id_ for id_ in outside.all if id_.endswith(f".{name.rpartition('.')[2]}")]
    if elsewhere:
        fix = f"did you mean {' or '.join(f'`{id_}`' for id_ in elsewhere[:3])}, in another scene?"
    if not fix and name in outside.tags():
        fix = f"`{name}` is a tag of storylets: write `deal: {name}` as a step"
    fix = _cure_of_other(reader, name, word) or fix or "write the passage, or the scene before a dot: `scene.passage`"
    why = f"scene `{scene}` has no `{name}`"
    reader.context.report("SQ203", f"no passage named `{name}`", under.span, fix, why)


#: Words that say where to go from here; `{}` is the passage in which they stand.
_BACK = "name the passage to go back to; one that was called comes back with `return: true`"
_ANEW = "name the passage; to begin anew is the player's to choose, with `/restart`"
_RELATIVE = MappingProxyType({
    **dict.fromkeys(("next", "continue", "forward"), "name the passage that follows: the order in the file says nothing"),
    **dict.fromkeys(("back", "return", "previous", "goback", "go back"), _BACK),
    **dict.fromkeys(("self", "this", "here", "again", "same", "repeat"), "write `goto: {}`, this passage"),
    **dict.fromkeys(("start", "restart", "beginning", "begin", "top"), _ANEW),
})  # fmt: skip


def _cure_of_other(reader: PassageReader, name: str, word: str) -> str:
    """Say what to write where something else than a passage stands behind `goto:` or `call:`, "" where it may be one."""
    first, *more = name.replace(",", " ").replace("|", " ").split() or [""]
    if {"or", "oder", "ou"} & {*more} or ("," in name and word != "call" and all(map(reader.is_name, more))):
        return "name one passage; `random:` goes one way of several, `choices:` asks which"
    scene, _, ending = name.rpartition(".")
    if "/" in name or "#" in name:
        return f"write `{word}: {'.'.join(re.split('[/#]', name))}`"
    if name in {"end", "END", "DONE", "finish", "The End", "the end", "exit", "quit", "game over"}:
        return "write `end: true`"
    if fix := _RELATIVE.get(name.lower(), ""):
        return fix.format(reader.scope.passage.rpartition(".")[2])
    if name in reader.context.endings:
        return f"write `end: {name}`"
    if ending in {"yaml", "yml"} and reader.outside.first_of(scene):
        return f"write `{word}: {scene}`, for its first passage"
    if more and reader.is_name(first):
        given = ", ".join(more)
        is_given = word == "call" and all(each.isalnum() for each in more)
        return (
            f"write `call: {first}({given})`"
            if is_given
            else f"write `{word}: {first}` alone; what else belongs here stands on a line of its own"
        )
    return "name a passage, and put the prose under `then:` or `text:`" if more and name[-1] in ".!?…" else ""
