"""Keys that say more about another key, and keys of which only one is read: whatever nothing would read is told."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from siberia_quest.loading.tree import Mapping, Scalar


class Lonely(NamedTuple):
    """A key that nothing reads where it stands, what is said of it, why, and its cure."""

    key: Scalar
    code: str
    message: str
    why: str
    fix: str


_STEPS = frozenset({"passage", "step", "branch", "case", "weighted", "choice"})
_BESIDE_DASH = "put it under the step it belongs to, without a dash of its own"
#: Keys that need one of others beside them in any step, and how to mend it.
_OF_STEPS = MappingProxyType({
    "else": (("if", "match", "deal", "check"), _BESIDE_DASH),
    "success": (("check",), "write `check:` beside it, or `then:` for what always follows"),
    "failure": (("check",), "write `check:` beside it, or take it out"),
    "happens": (("check",), "write `check: {odds: …}` beside it, or `then:` for what always follows"),
    "cases": (("match",), "write `match:` beside it, with what is compared"),
    "bands": (("match",), "write `match:` beside it, with what is compared"),
    "quiet": (("do",), "write it beside the `do:` whose changes it hides"),
})  # fmt: skip
_LOCKED = ("needs",), "say with `needs:` what is missing; an `if:` hides it, and nothing is greyed"
#: The same for other shapes.
_OF_SHAPES = MappingProxyType({
    "choice": {
        "else": (("check",), "a choice is offered or not; for two branches write `then:` with `- if: …`, `then:` and `else:`"),
        "locked": _LOCKED,
    },
    "storylet": {"locked": _LOCKED},
    "branch": {"else": (("else",), "")},
    "variable": {"max": (("text",), "write `text:` with what it starts with"), "last": (("list_of",), "write `list_of:`")},
    "setting": {"max": (("text",), "write `text:` with what is there at first")},
    "show": {"alt": (("art",), "write `art:` with the picture's file")},
})  # fmt: skip
_KINDS = ("text", "one_of", "set_of", "list_of", "per")
#: Keys of which the first that stands there is read, and the others are not.
_ONE_OF = MappingProxyType({
    "variable": (_KINDS, ("text", "start")),
    "setting": (("text", "number", "one_of"), ("text", "start"), ("number", "start")),
    "check": (("odds", "stat"), ("odds", "against"), ("odds", "kind")),
    "show": (("art", "chart"),),
    "beat": (("left", "text"),),
    "choice": (("for", "id"),),
})  # fmt: skip
_ONE_OF_STEPS = (("success", "happens"), ("bands", "cases"))
_WHOLE_PASSAGE = frozenset({"if", "then", "else", "note", "title", "params", "storylet", "tags"})


def lonely_keys(node: Mapping, shape: str) -> Iterator[Lonely]:
    """Yield the keys of a mapping that nothing would read there."""
    given = {key.text: key for key, _ in node.pairs}
    yield from _without_partner(given, shape)
    for names in (*_ONE_OF.get(shape, ()), *(_ONE_OF_STEPS if shape in _STEPS else ())):
        there = [name for name in names if name in given]
        for name in there[1:]:
            yield _unread(given[name], there[0])
    if shape == "choice":
        yield from _beside_list(given)
    if shape == "branch" and "else" in given and given.keys() - {"else", "note"}:
        fix = "write `- else:` as an item of its own, the last of `when:`"
        yield _unread(given["else"], next(name for name in given if name not in {"else", "note"}))._replace(fix=fix)
    if shape == "passage" and "if" in given and given.keys() - _WHOLE_PASSAGE:
        said = "this `if:` would hold for the whole passage"
        why = "where it fails the passage would have nothing to tell, and nowhere to go on"
        fix = "make a step of it: `steps:`, and under it `- if: …` with `then:` and `else:`"
        yield Lonely(given["if"], "SQ223", said, why, fix)


def _without_partner(given: dict[str, Scalar], shape: str) -> Iterator[Lonely]:
    rules = {**(_OF_STEPS if shape in _STEPS else {}), **_OF_SHAPES.get(shape, {})}
    for name in given.keys() & rules.keys():
        partners, fix = rules[name]
        if not any(partner in given for partner in partners):
            said = f"`{name}:` stands here without `{partners[0]}:`"
            if shape == "choice" and name == "else":
                said = "in a choice `else:` belongs to a `check:`, and here is none"
            yield Lonely(given[name], "SQ221", said, "so nothing would ever come of it", fix)


def _beside_list(given: dict[str, Scalar]) -> Iterator[Lonely]:
    """Yield what stands beside choices that come from elsewhere: only a condition can."""
    source = next((name for name in ("use", "deal", "choices") if name in given), "")
    if source and "text" not in given and "for" not in given:
        for name in given.keys() - {source, "if", "note"}:
            yield _unread(given[name], source)


def _unread(key: Scalar, other: str) -> Lonely:
    said, why = f"`{key.text}:` is never read beside `{other}:`", "so nothing would ever come of it"
    return Lonely(key, "SQ222", said, why, "keep one of the two")
