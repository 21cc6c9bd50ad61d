"""Choices as they are written."""

import re
from collections.abc import Iterator
from typing import Literal, Protocol, TypeAlias

from siberia_quest.lang.scope import Scope, nearest
from siberia_quest.loading.checks import Odds, read_odds
from siberia_quest.loading.companions import never_read
from siberia_quest.loading.loop_reader import MemberLoop, find_kind
from siberia_quest.loading.own_words import find_offered, read_told, report_brackets, tells_itself
from siberia_quest.loading.reading_context import ReadingContext, start_of
from siberia_quest.loading.taken_words import report_commands
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.model.expression import Expression, Operation
from siberia_quest.model.language_keys import NAMES, SHAPES, Shape
from siberia_quest.model.letters import NAME
from siberia_quest.model.sites import Site, choice_site, label_site
from siberia_quest.model.steps import Check, Choice, Choices, DealOrder, DealtChoices, Do, Let, Step, Steps, Text

_LINK = re.compile(r"[*+\[\s]*(?P<words>[^\[\]>|]+?)\]*\s*(?:->|\|)\s*(?P<to>\w[\w.]*)\]*\s*")
_NOT_WORDS = re.compile(r"[\W_]+")
_LONGEST_ID = 40
_NAMED = rf"(?P<to>{NAME}(?:\.{NAME})?|\d+)"
#: Where a choice leads, in its words: `(2)`, `[cellar]`, `turn to 12`.
_WAY = re.compile(rf"\s*[(\[](?:->|→|see|go to|goto|turn to|to)?\s*{_NAMED}[)\]]\.?\s*\Z", re.IGNORECASE)
_ONLY_OFFERED = frozenset({"text", "id", "if", "needs", "locked", "once", "hint", "note"})
#: What a choice reads itself; the rest are steps of its branch.
_OWN = frozenset(key.name for key in SHAPES["choice"] if key.read == "alone" or key.name == "check")
#: Storylets drawn one at a time, or offered as choices.
DealShape: TypeAlias = Literal["deal", "dealt choices"]

#: What may stand in a list of choices beside choices, by the word that tells it.
_NO_CHOICES: tuple[tuple[str, Shape], ...] = (("use", "used menu"), ("choices", "group"), ("deal", "dealt"))


class BlockReader(Protocol):
    """The reader of steps, as far as choices need it."""

    context: ReadingContext
    scope: Scope

    def address(self, path: str, own: str) -> str:
        """Return a step's address."""

    def block(self, node: Node | None, path: str) -> Steps:
        """Read steps."""

    def read_known_steps(self, node: Mapping, path: str, *, skip: frozenset[str] = frozenset()) -> Iterator[Step]:
        """Read the step keys of a mapping."""

    def members(self, node: Node) -> MemberLoop:
        """Read what a `for` goes through."""

    def read_deal(self, under: Node, shape: DealShape) -> tuple[str, DealOrder, int]:
        """Read what is dealt."""

    def read_branches(self, node: Mapping, odds: Odds, inside: str, under: Node) -> Check:
        """Read the branches of a check."""


def derive_id(text: str) -> str:
    """Return the id of a choice that has none: its words, joined by `_`."""
    words = _NOT_WORDS.sub("_", re.sub(r"\{[^{}]*\}", " ", text).lower()).strip("_")[:_LONGEST_ID].strip("_")
    return words if words[:1].isalpha() else f"choice_{words}".strip("_")


def flatten_choices(
    context: ReadingContext, node: Node, condition: tuple[Node, ...] = ()
) -> Iterator[tuple[Mapping, tuple[Node, ...]]]:
    """Yield the choices of a list with the conditions of the groups around them; menus are put in where they are used."""
    for item in node.items if isinstance(node, Sequence) else ():
        if not isinstance(item, Mapping) or is_short(item):
            continue
        menu, group, test = item.get("use"), item.get("choices"), item.get("if")
        inner = (*condition, test) if test is not None else condition
        if isinstance(menu, Scalar):
            if menu.text in context.menus:
                yield from flatten_choices(context, context.menus[menu.text][1], inner)
        elif group is not None and not is_choice(item):
            yield from flatten_choices(context, group, inner)
        else:
            yield item, condition


def is_choice(item: Mapping) -> bool:
    """Tell whether something in a list of choices is one itself, and no menu, group or deal."""
    has_words = item.get("text") is not None
    is_group = item.get("choices") is not None and item.get("for") is None
    return item.get("use") is None and (has_words or not (is_group or item.get("deal") is not None))


def ids_of(context: ReadingContext, item: Mapping) -> tuple[str, ...]:
    """Return the ids of a choice's options: its own, or the members of its kind."""
    loop = item.get("for")
    if isinstance(loop, Scalar):
        kind = find_kind(context.names, loop.text)
        return kind.ids if kind else ()
    given = item.get("id")
    if isinstance(given, Scalar):
        return (given.text,)
    if item.span in context.derived:
        return (context.derived[item.span],)
    text = item.get("text")
    if isinstance(text, Scalar):
        return (derive_id(text.text),)
    return ("fallback",) if item.get("fallback") is not None else ()


def derive_ids(context: ReadingContext, node: Node) -> None:
    """Give each choice of a passage that would derive an id somebody has already another one, `wait_2`; keep them in the context."""
    context.derived = {}
    items = {item.span: item for item in choices_in(context, node)}
    own = {span: ids_of(context, item) for span, item in items.items()}
    taken = {id_ for span, ids in own.items() for id_ in ids if _is_named(items[span])}
    last: dict[str, int] = {}
    for span, ids in own.items():
        if _is_named(items[span]) or not ids:
            continue
        id_, times = ids[0], last.get(ids[0], 1)
        while id_ in taken:
            times += 1
            id_ = f"{ids[0]}_{times}"
        taken.add(id_)
        last[ids[0]] = times
        if times > 1:
            context.derived[span] = id_


def choices_in(context: ReadingContext, node: Node) -> Iterator[Mapping]:
    """Yield the choices of a passage, those of a menu at each place where it is used."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from choices_in(context, item)
    elif isinstance(node, Mapping):
        for key, under in node.pairs:
            if key.text in {"choices", "topics"}:
                for item, _ in flatten_choices(context, under):
                    yield item
                    yield from choices_in(context, item)
            else:
                yield from choices_in(context, under)


def _is_named(item: Mapping) -> bool:
    """Tell whether a choice's ids are the author's own."""
    return item.get("for") is not None or isinstance(item.get("id"), Scalar)


def read_choices(reader: BlockReader, under: Node, path: str, *, hub: bool) -> Choices:
    """Read a list of choices."""
    context = reader.context
    context.sequence(under, "`topics`" if hub else "`choices`")
    report_unread(context, under)
    found = list(flatten_choices(context, under))
    report_twins(context, found)
    sort = "topics" if hub else "choices"
    ids = [id_ for item, _ in found for id_ in (item_name(context, item),) if id_]
    key = reader.address(path, f"{sort}({','.join(ids)})")
    items = [read for item, conditions in found for read in read_choice(reader, item, conditions, key, hub=hub)]
    return Choices(tuple(items), hub, key, start_of(under))


def report_twins(context: ReadingContext, items: list[tuple[Mapping, tuple[Node, ...]]]) -> None:
    """Report choices of one list that have the same id."""
    seen: set[str] = set()
    for item, _ in items:
        for id_ in ids_of(context, item) if item.get("deal") is None else ():
            if id_ in seen:
                where = item.get("id") or item.get("for") or item.get("text") or item
                fix = "give one of them another `id:`, or use a menu once in a list"
                context.report("SQ208", f"the choice `{id_}` stands twice in this list", where.span, fix)
            seen.add(id_)


def item_name(context: ReadingContext, item: Mapping) -> str:
    """Return what a choice is called in its list's address."""
    for word in ("for", "deal"):
        node = item.get(word)
        if isinstance(node, Scalar):
            return f"{word}:{node.text}"
        if isinstance(node, Mapping):
            return f"{word}:{context.text(node.get('tag'), '`tag`')}"
    return "".join(ids_of(context, item)[:1])


def report_unread(context: ReadingContext, node: Node) -> None:
    """Report what stands in a list of choices and is none."""
    for item in node.items if isinstance(node, Sequence) else ():
        if not isinstance(item, Mapping):
            context.report("SQ214", "a choice needs at least `text:`", item.span, _cure_of_words(item))
            continue
        if is_short(item):
            key = item.pairs[0][0]
            said, to = "a choice needs at least `text:`", item.pairs[0][1]
            more = (
                f", and `goto: {to.text}` below it"
                if isinstance(to, Scalar) and to.text.isidentifier()
                else ", and what follows below it"
            )
            context.report("SQ214", said, key.span, f"write `- text: {key.text}`{more}")
            continue
        if not is_choice(item):
            word, shape = next(each for each in _NO_CHOICES if item.get(each[0]) is not None)
            context.keys(item, shape, NAMES["choice"])
            for key, _ in item.pairs:
                if key.text in NAMES["choice"] and key.text not in NAMES[shape]:
                    context.say(never_read(key, word))
        report_unused(context, item)


def is_short(item: Mapping) -> bool:
    """Tell whether a choice is nothing but its words with a value: one whose key reads as what a player picks."""
    key = item.pairs[0][0].text if len(item.pairs) == 1 else ""
    return (
        bool(key)
        and key not in NAMES["choice"]
        and (" " in key or key[:1].isupper())
        and key.lower() not in NAMES["choice"]
    )


def _cure_of_wordless(item: Mapping) -> str:
    """Say how to write what has no words: a choice, or what belongs to the one above."""
    is_below = item.pairs[:1] and item.pairs[0][0].text in {"then", "goto", "do", "say", "end", "success", "failure"}
    return f"add `text:`{'; or take the dash away, if it belongs to the choice above' if is_below else ''}"


def _cure_of_words(item: Node) -> str:
    """Say how to write a choice of which there are only words, perhaps with a link of another system in them."""
    while isinstance(item, Sequence) and len(item.items) == 1:  # `[[…]]`
        item = item.items[0]
    if not isinstance(item, Scalar):
        return "write `- text: Go on`, and what follows on the next lines"
    if item.text.startswith("->"):
        to = item.text[2:].strip()
        return f"write `- text: …` with what the player reads, and `goto: {to}` below it; or `- fallback: true` where nothing is to be read"
    link = _LINK.fullmatch(item.text)
    if link:
        return f"write `- text: {link['words'].strip()}`, and `goto: {link['to']}` below it"
    return f"write `- text: {item.text}`, and what follows below it"


def report_unused(context: ReadingContext, item: Mapping) -> None:
    """Keep the note of what stands in a list of choices and is none itself; report a menu that is not there, and look into a group."""
    menu, group, note = item.get("use"), item.get("choices"), item.get("note")
    if note is not None and not is_choice(item):
        context.notes.append((note.span.file, start_of(note), context.text(note, "`note`")))
    if isinstance(menu, Scalar) and menu.text not in context.menus:
        fix = nearest(menu.text, list(context.menus)) or "write it under `menus:`"
        context.report("SQ204", f"no menu is named `{menu.text}`", menu.span, fix)
    if group is not None and not is_choice(item):
        report_unread(context, group)


# long: one line for each field of a choice.
def read_choice(
    reader: BlockReader, item: Mapping, conditions: tuple[Node, ...], key: str, *, hub: bool
) -> Iterator[Choice | DealtChoices]:
    """Read one choice, with the conditions of the groups it is in."""
    context, scope = reader.context, reader.scope
    given = item.by_key()
    is_known = not is_choice(item) or context.keys(item, "choice")
    if isinstance(asked := given.get("when"), Scalar):
        context.report(
            "SQ206",
            "`when:` holds branches",
            asked.span,
            f"for a choice that is not always there write `if: {asked.text}`",
        )
        item = item._replace(pairs=tuple(pair for pair in item.pairs if pair[1] is not asked))
    dealt, loop = given.get("deal"), given.get("for")
    slot, members, is_held = reader.members(loop) if loop is not None else MemberLoop(-1, (), None)
    tests = [is_held] if is_held else []
    tests += [test for node in (*conditions, given.get("if")) if (test := context.condition(node, scope))]
    if dealt is not None and given.get("text") is None:
        tag, by, show = reader.read_deal(dealt, "dealt choices")
        if tag:
            yield DealtChoices(tag, show, by, join_conditions(tests), start_of(item))
        return
    fallback = context.flag(given.get("fallback"), "`fallback`")
    ids = ids_of(context, item)
    words = given.get("text")
    report_way_in_words(context, scope, item)
    if isinstance(words, Scalar) and tells_itself(given.get("say")):
        words = find_offered(words)
    else:
        report_brackets(context, words)
    is_empty = isinstance(words, Scalar) and not words.text.strip(" \n\0")
    if is_empty or (words is None and not fallback):
        if is_known:  # else the words may well stand under the misspelt name
            said, fix = (
                ("these words are empty", "write what the player reads")
                if words
                else (
                    "this choice has no words",
                    _cure_of_wordless(item),
                )
            )
            context.report("SQ214", said, (words or item).span, fix)
        return
    if not ids:
        return
    id_ = ids[0] if loop is None else context.text(loop, "`for`")
    if context.is_released and loop is None and given.get("id") is None and not fallback:
        why = "its id comes of its words, so that changing them makes another choice of it in saves and tests"
        context.report("SQ217", "this choice has no id", item.span, f"add `id: {id_}`", why, "warning")
    if isinstance(named := given.get("id"), Scalar):
        context.id(named, "a choice")
    report_commands(context, given, words, members)
    needs = context.condition(given.get("needs"), scope)
    locked = context.prose(given.get("locked"), scope, "`locked`")
    odds = read_odds(context, scope, given.get("check") or item) if given.get("check") is not None else None
    once = context.flag(given.get("once"), "`once`") if isinstance(given.get("once"), Scalar) else False
    done = context.flag(given.get("done"), "`done`")
    report_hub_words(context, item, hub=hub)
    yield Choice(
        id=id_,
        text=context.prose(words, scope, "`text`"),
        condition=join_conditions(tests),
        needs=needs,
        locked=locked,
        once=once or (hub and not (done or fallback or context.flag(given.get("reusable"), "`reusable`"))),
        again=context.flag(given.get("again"), "`again`"),
        done=done,
        fallback=fallback,
        odds=odds.odds if odds and odds.shown else None,
        words=context.words(given.get("words"), "`words`"),
        hint=context.prose(given.get("hint"), scope, "`hint`"),
        tags=context.words(given.get("tags"), "`tags`"),
        steps=branch(reader, item, odds, f"{key}>{id_}", ids[0]),
        slot=slot,
        members=members,
        at=start_of(item),
    )


def report_way_in_words(context: ReadingContext, scope: Scope, item: Mapping) -> None:
    """Report a choice that only says in its words where it leads, as a printed game book does: `Go left (2)`."""
    words = item.get("text")
    found = _WAY.search(words.text) if isinstance(words, Scalar) else None
    if not found or not isinstance(words, Scalar) or any(key.text not in _ONLY_OFFERED for key, _ in item.pairs):
        return
    is_place = any(context.names.passages.has(id_) for id_ in (f"{scope.scene}.{found['to']}", found["to"]))
    if not is_place and not found["to"].isdigit():
        return
    fix = f"write `goto: {found['to'] if is_place else '…'}` below it, with the passage's name, and take this out of the words"
    said, why = f"`{found[0].strip()}` is told as it stands", "it leads nowhere"
    context.report("SQ315", said, words.part(*found.span()), fix, why, "warning")


def report_hub_words(context: ReadingContext, item: Mapping, *, hub: bool) -> None:
    """Report words that only mean something in `topics:`."""
    for key, _ in item.pairs:
        if key.text in {"done", "reusable"} and not hub:
            fix = "write `topics:` instead of `choices:` for a list that comes back, or take it out"
            said, why = f"`{key.text}:` stands here without `topics:`", "so nothing would ever come of it"
            context.report("SQ221", said, key.span, fix, why, "warning")  # a menu may be used in both


def branch(reader: BlockReader, item: Mapping, odds: Odds | None, inside: str, id_: str) -> Steps:
    """Read what follows a choice: its `say`, its effects, its check, then everything else."""
    before: list[Step] = []
    said, words = item.get("say"), item.get("text")
    if tells_itself(said) and isinstance(said, Scalar):
        before.append(Text(read_told(reader.context, said, words, reader.scope, id_), start_of(said)))
    elif said is not None:
        before.append(Text(reader.context.prose(said, reader.scope, "`say`"), start_of(said)))
    rest = list(
        reader.read_known_steps(
            item,
            inside,
            skip=_OWN - ({"once"} if isinstance(item.get("once"), Sequence) else set()),
        )
    )
    if odds is None:
        return (*before, *rest)
    effects = [step for step in rest if isinstance(step, Do | Let)]
    others = [step for step in rest if step not in effects]
    check = reader.read_branches(item, odds, f"{inside}/check", item.get("check") or item)
    return (*before, *effects, check, *others)


def join_conditions(tests: list[Expression]) -> Expression | None:
    """Return conditions that must all hold as one."""
    if len(tests) < 2:
        return tests[0] if tests else None
    return Operation("and", tuple(tests))


def places_in(context: ReadingContext, node: Node) -> Iterator[tuple[Site, Node]]:
    """Yield the choices and labels of a passage as sites, before its steps are read."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from places_in(context, item)
    if not isinstance(node, Mapping):
        return
    for key, under in node.pairs:
        if key.text == "label" and isinstance(under, Scalar):
            yield label_site(under.text), under
        if key.text in {"choices", "topics"}:
            for item, _ in flatten_choices(context, under):
                for id_ in ids_of(context, item):
                    yield choice_site(id_), item.get("id") or item.get("text") or item
                yield from places_in(context, item)
        else:
            yield from places_in(context, under)
