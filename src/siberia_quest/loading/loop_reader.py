"""What a `for:` goes through: the members of a kind, or what is in a set."""

import re

from siberia_quest.lang.scope import Names, Scope, nearest
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Node
from siberia_quest.loading.yaml_traps import is_empty
from siberia_quest.model.expression import Comparison, Expression, Local, Reference
from siberia_quest.model.kinds import Kind, ValueKind
from siberia_quest.model.letters import NAME
from siberia_quest.model.named_tuple import NamedTuple

_IN = re.compile(rf"(?P<name>{NAME})\s+in\s+(?P<held>{NAME})")


class MemberLoop(NamedTuple):
    """The slot of the name for the current member, the members of the kind, and for a set whether one is in it."""

    slot: int
    members: tuple[str, ...]
    condition: Expression | None


def find_kind(names: Names, written: str) -> Kind | None:
    """Return the kind whose members a `for` can come to, None where it names none."""
    found = _IN.fullmatch(written)
    held = names.kind_of(found["held"]) if found else None
    return names.kinds.get(held.of if held and held.base == "set" else written)


def read_loop(context: ReadingContext, scope: Scope, node: Node) -> MemberLoop:
    """Read what a `for` goes through; without members where that is reported."""
    if is_empty(node):
        context.report("SQ211", "nothing stands under `for:`", node.span, "name a kind of `kinds:`")
        return MemberLoop(0, (), None)
    written = context.text(node, "`for`")
    kind, names = find_kind(context.names, written), context.names
    found = _IN.fullmatch(written)
    if kind is None:
        if written:
            _report(context, node, written, found["held"] if found else "")
        return MemberLoop(0, (), None)
    if not found:
        return MemberLoop(scope.add_local(written, ValueKind("member", kind.name)), kind.ids, None)
    name = found["name"]
    if name != kind.name and (name in names.values() or name in names.phrases):
        context.report("SQ208", f"the name `{name}` is taken", node.span, "choose another name for what is in the set")
    slot = scope.add_local(name, ValueKind("member", kind.name))
    return MemberLoop(slot, kind.ids, Comparison(Local(slot), (("in", Reference(found["held"])),)))


def _report(context: ReadingContext, node: Node, written: str, held: str) -> None:
    """Report a `for` that goes through nothing."""
    names = context.names
    kind = names.kind_of(held) if held else names.kind_of(written)
    if held and kind is None:
        sets = [name for name, each in names.variables.items() if each.kind.base == "set"]
        fix = nearest(held, sets) or "declare it under `variables:` as `{set_of: KIND}`"
        context.report("SQ201", f"no set is named `{held}`", node.span, fix)
    elif held and kind:
        said = f"`{held}` is {kind.in_words()}, and `for:` goes through a set or a kind"
        fix = f"write `for: {kind.of}`" if kind.of else "name a variable that is declared with `set_of:`"
        context.report("SQ204", said, node.span, fix)
    else:
        fix = nearest(written, list(names.kinds)) or "declare it under `kinds:`"
        first, _, rest = written.partition(" ")
        if first in {"each", "every", "all", "any", "the"} and find_kind(names, rest):
            fix = f"write `for: {rest}`"
        if kind and kind.base == "set":
            fix = f"give what is in it a name: `for: {kind.of} in {written}`"
        context.report("SQ204", f"no kind is named `{written}`", node.span, fix)
