"""Changes: from effects as they are written to what is changed and how, with every mistake in them."""

from siberia_quest.lang import syntax
from siberia_quest.lang.cures import cure_of_held
from siberia_quest.lang.scope import Finder, nearest
from siberia_quest.model import expression as nodes
from siberia_quest.model.expression import Effect, Expression
from siberia_quest.model.kinds import NUMBER, TEXT, UNKNOWN, ValueKind

_ERROR = nodes.Constant(0)


def read_change(finder: Finder, written: syntax.ParsedEffect) -> Effect | None:
    """Return an effect's meaning, or None when it has none."""
    target = find_target(finder, written.target)
    if target is None or not isinstance(target[0], nodes.Reference | nodes.Local | nodes.PerMember | nodes.ValueOf):
        return None
    if isinstance(target[0], nodes.Local) and target[1].base in {"set", "list"} and written.operator != "=":
        fix = "change a variable, and let the name be what it holds then"
        finder.fault("SQ308", "a set or list that `let` has named cannot be added to", written, fix)
        return None
    if written.operator in {"+=", "-="} and target[1].base == "set" and _is_set(finder, written.value, target[1]):
        function = "all_of" if written.operator == "+=" else "all_but"
        several = finder.want(written.value, target[1], "what is put in or taken out")
        value: Expression = nodes.Builtin(function, (target[0], several), (target[1].of,))
        return None if finder.faults else Effect(target[0], "=", value, (0, 0))
    value = _resolve_change(finder, written, target[1])
    return None if finder.faults else Effect(target[0], written.operator, value, (0, 0))


def _is_set(finder: Finder, node: syntax.Syntax, kind: ValueKind) -> bool:
    """Tell whether a node is several members, and not one."""
    return isinstance(node, syntax.Several) or finder.kind_of_set(node) == kind


def _resolve_change(finder: Finder, written: syntax.ParsedEffect, kind: ValueKind) -> Expression:
    members = finder.names.kinds[kind.of].ids if kind.base in {"set", "list"} else ()
    if written.operator == "=" and isinstance(written.value, syntax.Name) and written.value.name in members:
        held, one = getattr(written.target, "name", "…"), written.value.name
        finder.fault(
            "SQ303",
            f"`{held}` can hold several",
            written,
            f"write `{held} += {one}`, or `{held} = {{}}` to empty it",
        )
        return _ERROR
    if kind == UNKNOWN:
        return _ERROR  # what is wrong with it is told where it is declared
    if written.operator == "=":
        return finder.want(written.value, kind, "the new value")
    if kind.base in {"set", "list"} and written.operator in {"+=", "-="}:
        return finder.want(written.value, ValueKind("member", kind.of), "what is put in or taken out")
    held = getattr(written.target, "name", "…")
    if kind == TEXT and isinstance(written.value, syntax.Name) and finder.names.kind_of(written.value.name) is None:
        return finder.fault(
            "SQ303", f"`{held}` is a text, and holds nothing else", written, cure_of_held(held, written.value.name)
        ).expression
    if kind == TEXT and isinstance(written.value, syntax.Quoted | syntax.ParsedOperation):
        fix = f"put texts together where they are told, as in `{{{held}}} the Bold`, or set it to the whole"
        finder.fault("SQ303", f"`{written.operator}` does not join texts", written, fix)
        return _ERROR
    if kind != NUMBER:
        held, one = getattr(written.target, "name", "…"), getattr(written.value, "name", "…")
        fix = f"write `{held} = {one}`" if one != "…" else f"set it with `{held} = …`"
        said = f"`{written.operator}` works on numbers, and this is {kind.in_words()}"
        finder.fault("SQ303", said, written, fix)
        return _ERROR
    return finder.want(written.value, NUMBER, "the change")


def find_target(finder: Finder, node: syntax.Syntax) -> tuple[Expression, ValueKind] | None:
    """Return what a node names that can be changed, with its kind; None where it cannot be, which is reported."""
    name = node.name if isinstance(node, syntax.Name | syntax.ParsedCall) else ""
    if not name:
        finder.fault(
            "SQ308", "only a stat or a variable can be changed", node, "write its name first, as in `strength += 3`"
        )
        return None
    if name in finder.names.settings:
        finder.fault(
            "SQ308", f"`{name}` is a setting and stays as it was chosen", node, "use a variable for what changes"
        )
        return None
    if isinstance(node, syntax.Name) and name in finder.scope.locals and name not in finder.scope.assignable:
        finder.fault("SQ308", f"`{name}` cannot be changed here", node, "use a variable for what changes")
        return None
    if isinstance(node, syntax.ParsedCall) and name != "value" and (finder.names.kind_of(name) or NUMBER).base != "per":
        finder.fault(
            "SQ308", f"`{name}(…)` cannot be changed", node, "only `value(…)` and numbers kept for each member can"
        )
        return None
    if isinstance(node, syntax.Name) and (name in finder.names.formulas or name in finder.names.tables):
        finder.fault(
            "SQ308", f"`{name}` is worked out and cannot be changed", node, "change what it is worked out from"
        )
        return None
    if isinstance(node, syntax.Name) and name not in finder.scope.locals and finder.names.kind_of(name) is None:
        if name in {"goto", "call", "leave", "end"}:
            finder.fault("SQ308", f"`{name}` changes nothing", node, f"write `{name}:` as a key of its own")
            return None
        fix = (
            nearest(name, [*finder.names.stats, *finder.names.variables]) or "declare it under `stats:` or `variables:`"
        )
        finder.fault("SQ201", f"no stat or variable is named `{name}`", node, fix)
        return None
    meaning = finder.find(node)
    return meaning.expression, meaning.kind
