"""Keys that say more about another key, and keys of which only one is read: whatever nothing would read is told."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Known
from types import MappingProxyType

from siberia_quest.loading.same_mistakes import Teller
from siberia_quest.loading.tree import Mapping, Node, Scalar
from siberia_quest.model.expression import HOWS
from siberia_quest.model.language_keys import BESIDE, Shape
from siberia_quest.model.named_tuple import NamedTuple


class Lonely(NamedTuple):
    """A key that nothing reads where it stands, what is said of it, why, and its cure."""

    key: Scalar
    code: str
    message: str
    why: str
    fix: str


_STEPS = frozenset({"passage", "step", "branch", "case", "weighted", "choice"})
_LOCKED = "say with `needs:` what is missing; an `if:` hides it, and nothing is greyed"
#: How to mend a key that stands without those it goes with (`model.language_keys`), by key, or by shape and key.
_CURES: Known[str, str] = MappingProxyType({
    "else": "put it under the step it belongs to, without a dash of its own",
    "success": "write `check:` beside it, or `then:` for what always follows",
    "failure": "write `check:` beside it, or take it out",
    "happens": "write `check: {odds: …}` beside it, or `then:` for what always follows",
    "cases": "write `match:` beside it, with what is compared",
    "bands": "write `match:` beside it, with what is compared",
    "into": "for a question write it within the braces: `ask: {into: …, prompt: …}`; else write `call:` beside it",
    "or": "write it beside the `ask:` that can be left; for two conditions write one `if: a or b`",
    "quiet": "write it beside the `do:` whose changes it hides",
    "choice else": "a choice is offered or not; for two branches write `then:` with `- if: …`, `then:` and `else:`",
    "locked": _LOCKED,
    "variable max": "write `text:` with what it starts with",
    "last": "write `list_of:`",
    "setting max": "write `text:` with what is there at first",
    "entry show": "write `value:` with the stat",
    "entry range": "write `value:` with what is shown as a bar",
    "alt": "write `art:` with the picture's file",
})  # fmt: skip
_KINDS = ("text", "one_of", "set_of", "list_of", "per")
_PHRASES = ("then", "match", *HOWS, "text")
#: Keys of which the first that stands there is read, and the others are not.
_ONE_OF = MappingProxyType({
    "variable": (_KINDS, ("text", "start")),
    "setting": (("text", "number", "one_of"), ("text", "start"), ("number", "start")),
    "check": (("odds", "stat"), ("odds", "against"), ("odds", "kind")),
    "show": (("art", "chart"),),
    "beat": (("left", "text"),),
    "choice": (("for", "id"),),
    "entry": (("journal", "value"), ("journal", "text")),
    "phrase": (_PHRASES, ("bands", "cases")),
    "phrase turn": (_PHRASES, ("bands", "cases")),
    "phrase arm": (_PHRASES, ("bands", "cases")),
    "phrase case": (_PHRASES, ("bands", "cases")),
})  # fmt: skip
_ONE_OF_STEPS = (("success", "happens"), ("bands", "cases"))
_WHOLE_PASSAGE = frozenset({"if", "then", "else", "note", "title", "params", "storylet", "tags"})


def lonely_keys(node: Mapping, shape: Shape) -> Iterator[Lonely]:
    """Yield the keys of a mapping that nothing would read there."""
    given = {key.text: key for key, _ in node.pairs}
    asked = next((under for key, under in node.pairs if key.text == "ask"), None)
    if "into" in given and asked is not None and not (isinstance(asked, Mapping) and asked.get("into")):
        del given["into"]  # the question says how to write it
    yield from _without_partner(given, shape)
    for names in (*_ONE_OF.get(shape, ()), *(_ONE_OF_STEPS if shape in _STEPS else ())):
        there = [name for name in names if name in given]
        for name in there[1:]:
            yield never_read(given[name], there[0])
    if shape == "branch" and "else" in given and given.keys() - {"else", "note"}:
        fix = "write `- else:` as an item of its own, the last of `when:`"
        yield never_read(given["else"], next(name for name in given if name not in {"else", "note"}))._replace(fix=fix)
    if shape == "passage" and "if" in given and given.keys() - _WHOLE_PASSAGE:
        said = "this `if:` would hold for the whole passage"
        why = "where it fails the passage would have nothing to tell, and nowhere to go on"
        fix = "make a step of it: `steps:`, and under it `- if: …` with `then:` and `else:`"
        yield Lonely(given["if"], "SQ223", said, why, fix)


def _without_partner(given: dict[str, Scalar], shape: Shape) -> Iterator[Lonely]:
    missing: set[tuple[str, ...]] = set()
    for name, partners in BESIDE[shape].items():
        if name in given and partners not in missing and not any(partner in given for partner in partners):
            missing.add(partners)  # whatever else belongs to it is told with it
            said = f"`{name}:` stands here without `{partners[0]}:`"
            if shape == "choice" and name == "else":
                said = "in a choice `else:` belongs to a `check:`, and here is none"
            asked = name == "else" and "ask" in given
            fix = (
                "write `or:` for a question that is left"
                if asked
                else (
                    _CURES.get(f"{shape} {name}")
                    or _CURES.get(name)
                    or f"write `{partners[0]}:` beside it, or take it out"
                )
            )
            yield Lonely(given[name], "SQ221", said, "so nothing would ever come of it", fix)


def never_read(key: Scalar, other: str) -> Lonely:
    """Say that a key is not read where another one stands."""
    said, why = f"`{key.text}:` is never read beside `{other}:`", "so nothing would ever come of it"
    return Lonely(key, "SQ222", said, why, "keep one of the two")


def report_orphans(teller: Teller, items: tuple[Node, ...]) -> list[Node]:
    """Report each `else:` that is an item of its own below something that has no branches; return those items."""
    found: list[Node] = []
    for above, item in zip((None, *items), items, strict=False):
        key = item.pairs[0][0] if isinstance(item, Mapping) and len(item.pairs) == 1 else None
        if key is None or key.text != "else" or isinstance(above, Mapping):
            continue
        fix = "write `- if: …` above it with the condition, `then:` with what follows, and `else:` without a dash; or take `else:` out"
        teller.report("SQ221", "`else:` stands here without `if:`", key.span, fix, "nothing above it is a question")
        found.append(item)
    return found


_SHARE = re.compile(r"\s*\((?P<share>\d+)[ ]?%?\)\s*\Z")


def report_weight(teller: Teller, item: Node) -> None:
    """Report words of `random:` that end with their weight in parentheses: it would be told."""
    found = _SHARE.search(item.text) if isinstance(item, Scalar) else None
    if found and isinstance(item, Scalar):
        fix = f"write `- weight: {found['share']}`, and `then:` with the words below it"
        why = "so it is told, and all of these are drawn as often"
        teller.report(
            "SQ315", f"`{found[0].strip()}` is told as it stands", item.part(*found.span()), fix, why, "warning"
        )
