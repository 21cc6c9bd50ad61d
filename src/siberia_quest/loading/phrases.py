"""Phrases: reusable prose, with matches and alternatives."""

from typing import Literal, TypeAlias

from siberia_quest.lang.scope import Scope, nearest
from siberia_quest.loading.book import Book
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.model.expression import (
    HOWS,
    Alternatives,
    AlternativesOrder,
    Comparison,
    ConditionalText,
    Expression,
    Operation,
    Parts,
)
from siberia_quest.model.kinds import NUMBER, Kind
from siberia_quest.model.language_keys import NAMES
from siberia_quest.model.sites import alternatives_site

PhraseShape: TypeAlias = Literal["phrase", "phrase case", "phrase arm", "phrase turn"]


def read_phrase(book: Book, node: Node, scope: Scope, path: str = "", shape: PhraseShape = "phrase") -> Parts:
    """Read a phrase: a text, a match, or alternatives."""
    if not isinstance(node, Mapping):
        return book.prose(node, scope, "a phrase")
    if _is_shaped(node) and not book.keys(node, shape):
        return ()
    if node.get("match") is not None:
        return _read_match(book, node, scope, path)
    for how in HOWS:
        under = node.get(how)
        if under is not None:
            return _alternatives(book, under, how, scope, f"{path}/{how}")
    if node.get("text") is not None:
        return book.prose(node.get("text"), scope, "a phrase")
    if len(node.pairs) == 1:
        return book.prose(node, scope, "a phrase")
    book.report(
        "SQ206",
        "a phrase is a text, a `match:` or alternatives",
        node.span,
        f"write it under `|`, or begin with match or one of {', '.join(HOWS)}",
    )
    return ()


def _is_shaped(node: Mapping) -> bool:
    """Tell whether a mapping is meant as a phrase with keys, misspelt ones perhaps, and is no line of prose with a colon."""
    known = NAMES["phrase arm"]
    return any(key.text in known or (len(node.pairs) > 1 and nearest(key.text, list(known))) for key, _ in node.pairs)


def _alternatives(book: Book, node: Node, how: AlternativesOrder, scope: Scope, path: str) -> Parts:
    site = scope.add_site(alternatives_site(path))
    arms: list[Parts] = []
    weights: list[int | float] = []
    for number, item in enumerate(book.sequence(node, f"`{how}`")):
        weight = item.get("weight") if isinstance(item, Mapping) and how == "random" else None
        weights.append(book.number(weight, "`weight`", 1))
        shape: PhraseShape = "phrase arm" if how == "random" else "phrase turn"
        arms.append(_arm(book, item, scope, f"{path}:{number}", shape))
    return (Alternatives(how, site, tuple(arms), tuple(weights) if how == "random" else ()),) if arms else ()


def _arm(book: Book, item: Node, scope: Scope, path: str, shape: PhraseShape) -> Parts:
    """Read one of several phrases: what stands under its `then`, or the phrase itself."""
    then = item.get("then") if isinstance(item, Mapping) else None
    if then is None or not isinstance(item, Mapping):
        return read_phrase(book, item, scope, path, shape)
    return read_phrase(book, then, scope, path) if book.keys(item, shape) else ()


def _read_match(book: Book, node: Mapping, scope: Scope, path: str) -> Parts:
    match = node.get("match") or node
    subjects = match.items if isinstance(match, Sequence) else (match,)
    found = [book.expression(subject, scope, None, "") for subject in subjects]
    if not found:
        book.report("SQ211", "`match` has nothing to look at", match.span, "name a value behind it")
        return ()
    bands = node.get("bands")
    arms: list[tuple[Expression | None, Parts]] = []
    last = read_phrase(book, node.get("else") or node, scope, f"{path}:else") if node.get("else") is not None else ()
    cases = bands if bands is not None else node.get("cases")
    if isinstance(cases, Sequence):
        for number, item in enumerate(cases.items):
            case = book.mapping(item, "a case")
            test = _all(book, scope, found, case)
            arms.append((test, _arm(book, case, scope, f"{path}:{number}", "phrase case")))
    else:
        for key, under in book.mapping(cases, "`cases`").pairs:
            words = read_phrase(book, under, scope, f"{path}:{key.text}")
            kind = NUMBER if bands is not None else found[0][1]
            if book.is_else(key, kind):
                last = words
                continue
            test = Comparison(
                found[0][0], ((">=" if bands is not None else "==", book.expression(key, scope, kind, "a case")[0]),)
            )
            arms.append((test, words))
    if not arms:
        book.report("SQ211", "`match` has nothing to compare with", match.span, "add `cases:` or `bands:`")
    if bands is not None:
        arms.reverse()
        if arms and not last:
            arms[-1] = (None, arms[-1][1])
    if last and (not arms or arms[-1][0] is not None):
        arms.append((None, last))
    return (ConditionalText(tuple(arms)),)


def _all(book: Book, scope: Scope, found: list[tuple[Expression, Kind]], case: Mapping) -> Expression | None:
    on = case.get("on")
    items = on.items if isinstance(on, Sequence) else (on,) if on else ()
    if len(items) != len(found):
        book.report("SQ211", f"`on` needs {len(found)} values", (on or case).span, "one for each thing that is matched")
        return None
    tests: list[Expression] = []
    for (subject, kind), item in zip(found, items, strict=True):
        if not (isinstance(item, Scalar) and item.text == "_"):
            tests.append(Comparison(subject, (("==", book.expression(item, scope, kind, "a case")[0]),)))
    return tests[0] if len(tests) == 1 else Operation("and", tuple(tests)) if tests else None
