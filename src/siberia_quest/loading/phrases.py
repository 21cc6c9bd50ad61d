"""Phrases: reusable prose, with matches and alternatives."""

from collections.abc import Mapping as Known
from typing import Literal, TypeAlias

from siberia_quest.lang.scope import Scope, nearest
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.model import expression as nodes
from siberia_quest.model.expression import Parts
from siberia_quest.model.kinds import NUMBER, ValueKind
from siberia_quest.model.language_keys import NAMES
from siberia_quest.model.sites import alternatives_site
from siberia_quest.model.story import Phrase

PhraseShape: TypeAlias = Literal["phrase", "phrase case", "phrase arm", "phrase turn"]


def read_phrase(
    context: ReadingContext, node: Node, scope: Scope, path: str = "", shape: PhraseShape = "phrase"
) -> Parts:
    """Read a phrase: a text, a match, or alternatives."""
    if not isinstance(node, Mapping):
        return context.prose(node, scope, "a phrase")
    if _is_shaped(node) and not context.keys(node, shape):
        return ()
    if path and (given := node.get("params")) is not None:
        fix = "write `params:` at the head of the phrase, beside its name"
        context.report("SQ222", "`params:` is read for a whole phrase only", given.span, fix)
    if node.get("match") is not None:
        return _read_match(context, node, scope, path)
    for how in nodes.HOWS:
        under = node.get(how)
        if under is not None:
            return _alternatives(context, under, how, scope, f"{path}/{how}")
    if node.get("text") is not None:
        return context.prose(node.get("text"), scope, "a phrase")
    if len(node.pairs) == 1:
        return context.prose(node, scope, "a phrase")
    context.report(
        "SQ206",
        "a phrase is a text, a `match:` or alternatives",
        node.span,
        f"write it under `|`, or begin with match or one of {', '.join(nodes.HOWS)}",
    )
    return ()


def find_varying(phrases: Known[str, Phrase]) -> frozenset[str]:
    """Return the phrases with alternatives in them, or in one that they use: they are others each time they are told."""
    found = {name for name, each in phrases.items() if each.sites}
    users = {
        name: {part.name for part in nodes.things_in(each.parts) if isinstance(part, nodes.PhraseCall)}
        for name, each in phrases.items()
    }
    while more := {name for name, used in users.items() if name not in found and not used.isdisjoint(found)}:
        found |= more
    return frozenset(found)


def _is_shaped(node: Mapping) -> bool:
    """Tell whether a mapping is meant as a phrase with keys, misspelt ones perhaps, and is no line of prose with a colon."""
    known = NAMES["phrase arm"]
    return any(key.text in known or (len(node.pairs) > 1 and nearest(key.text, list(known))) for key, _ in node.pairs)


def _alternatives(context: ReadingContext, node: Node, how: nodes.AlternativesOrder, scope: Scope, path: str) -> Parts:
    site = scope.add_site(alternatives_site(path))
    arms: list[Parts] = []
    weights: list[int | float] = []
    for number, item in enumerate(context.sequence(node, f"`{how}`")):
        weight = item.get("weight") if isinstance(item, Mapping) and how == "random" else None
        weights.append(context.number(weight, "`weight`", 1))
        shape: PhraseShape = "phrase arm" if how == "random" else "phrase turn"
        arms.append(_arm(context, item, scope, f"{path}:{number}", shape))
    return (nodes.Alternatives(how, site, tuple(arms), tuple(weights) if how == "random" else ()),) if arms else ()


def _arm(context: ReadingContext, item: Node, scope: Scope, path: str, shape: PhraseShape) -> Parts:
    """Read one of several phrases: what stands under its `then`, or the phrase itself."""
    then = item.get("then") if isinstance(item, Mapping) else None
    if then is None or not isinstance(item, Mapping):
        return read_phrase(context, item, scope, path, shape)
    return read_phrase(context, then, scope, path) if context.keys(item, shape) else ()


def _read_match(context: ReadingContext, node: Mapping, scope: Scope, path: str) -> Parts:
    match = node.get("match") or node
    subjects = match.items if isinstance(match, Sequence) else (match,)
    found = [context.subject(subject, scope) for subject in subjects]
    if not found:
        context.report("SQ211", "`match` has nothing to look at", match.span, "name a value behind it")
        return ()
    bands = node.get("bands")
    arms: list[tuple[nodes.Expression | None, Parts]] = []
    last = read_phrase(context, node.get("else") or node, scope, f"{path}:else") if node.get("else") is not None else ()
    cases = bands if bands is not None else node.get("cases")
    if isinstance(cases, Sequence):
        for number, item in enumerate(cases.items):
            case = context.mapping(item, "a case")
            test = _all(context, scope, found, case)
            arms.append((test, _arm(context, case, scope, f"{path}:{number}", "phrase case")))
    else:
        for key, under in context.mapping(cases, "`cases`").pairs:
            words = read_phrase(context, under, scope, f"{path}:{key.text}")
            kind = NUMBER if bands is not None else found[0][1]
            if context.is_else(key, kind):
                last = words
                continue
            value = context.case(key, scope, kind, quoted=False)
            arms.append((nodes.Comparison(found[0][0], ((">=" if bands is not None else "==", value),)), words))
    if not arms:
        context.report("SQ211", "`match` has nothing to compare with", match.span, "add `cases:` or `bands:`")
    context.report_order(bands)
    if bands is not None:
        arms.reverse()
        if arms and not last:
            arms[-1] = (None, arms[-1][1])
    if last and (not arms or arms[-1][0] is not None):
        arms.append((None, last))
    return (nodes.ConditionalText(tuple(arms)),)


def _all(
    context: ReadingContext, scope: Scope, found: list[tuple[nodes.Expression, ValueKind]], case: Mapping
) -> nodes.Expression | None:
    on = case.get("on")
    items = on.items if isinstance(on, Sequence) else (on,) if on else ()
    if len(items) != len(found):
        context.report(
            "SQ211", f"`on` needs {len(found)} values", (on or case).span, "one for each thing that is matched"
        )
        return None
    tests: list[nodes.Expression] = []
    for (subject, kind), item in zip(found, items, strict=True):
        if not (isinstance(item, Scalar) and item.text == "_"):
            tests.append(nodes.Comparison(subject, (("==", context.case(item, scope, kind)),)))
    return tests[0] if len(tests) == 1 else nodes.Operation("and", tuple(tests)) if tests else None
