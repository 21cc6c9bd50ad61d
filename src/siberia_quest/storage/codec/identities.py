"""Who a step that waits is, wherever in its passage it stands: what a save remembers of it, beside its address.

A step has the ids of its options, or its sort with its words or its target; and the steps before and behind it. Names count as they were
called first, before all `renames:`, so that a renamed thing is the same one.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from typing import TypeAlias, assert_never

from siberia_quest.model import steps
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import Step, Steps
from siberia_quest.model.story import Passage, Story

#: What a noun holds that says where it stands or is kept, how far something goes, or what it brings along, and not what it is.
_APART = frozenset({
    "at", "key", "slot", "site", "members", "number", "default", "longest", "low", "high", "shown", "given", "into", "answer", "brings",
    "optional", "left",
})  # fmt: skip
#: Beyond so many lists in one passage they are not compared, each with all others.
_MANY_LISTS = 300
_Spell: TypeAlias = Callable[[str], str]


class Identity(NamedTuple):
    """A waiting step: itself, its neighbours, its passage and the shape of that (short hashes), and whether another there is like it.

    `alone` is "itself" where no other step of the passage is like it, "nearly" where another list has most of its options, "between" where
    none is like it and stands between the like, else "".
    """

    itself: str
    before: str
    behind: str
    passage: str
    shape: str
    alone: str

    @property
    def is_spoken(self) -> bool:
        """Whether it has words of its own."""
        return self.itself.endswith("!")


def identities_of(story: Story, passage: str) -> Mapping[str, Identity]:
    """Return the identities of a passage's waiting steps by the address of each, without members of loops."""
    place = f"identities {passage}"
    known = story.memo.get(place)
    if not isinstance(known, _Identities):
        known = story.memo[place] = _Identities(story.passages[passage], first_names(story.renames))
    return known


class _Identities(dict[str, Identity]):
    """The identities of one passage."""

    def __init__(self, passage: Passage, spell: _Spell) -> None:
        every = [*steps.walk(passage.steps)]
        blocks = [(type(step).__name__, [*map(len, steps.inner(step))]) for step in every]
        whole, shape = _hash([[_head(step, spell) for step in every], blocks]), _hash(blocks)
        found = {
            key: (itself, before, behind) for key, itself, before, behind in _between(passage.steps, "passage", spell)
        }
        themselves, between = Counter(itself for itself, _, _ in found.values()), Counter(found.values())
        lists = {step.key: _ids(step) for step in every if isinstance(step, steps.Choices)}
        for key, three in found.items():
            ids = lists.get(key, set())
            alone = "between" if between[three] == 1 else ""
            if themselves[three[0]] == 1:
                is_near = len(lists) > _MANY_LISTS or sum(len(each & ids) * 2 > len(ids) for each in lists.values()) > 1
                alone = "nearly" if is_near and ids else "itself"
            self[key] = Identity(*three, whole, shape, alone)


def first_names(renames: Mapping[str, str]) -> _Spell:
    """Return what gives a name, with or without what it is a part of, as it was before it was renamed."""
    before = {new: old for old, new in renames.items() if ("." in new) == ("." in old)}
    before |= {new.split(".")[-1]: old.split(".")[-1] for old, new in renames.items()}

    def spelt(name: str) -> str:
        met = set[str]()
        while name in before and name not in met:
            met.add(name)
            name = before[name]
        scene, dot, own = name.rpartition(".")
        return f"{spelt(scene)}.{spelt(own)}" if dot and scene.isidentifier() else name

    return spelt if renames else lambda name: name


def _between(block: Steps, edge: str, spell: _Spell) -> Iterator[tuple[str, str, str, str]]:
    """Yield each waiting step: its address, itself, and what it stands between; at an end of its block that is the `edge`."""
    heads = [edge, *(_hash(_head(step, spell)) for step in block), edge]
    for number, step in enumerate(block):
        if isinstance(step, steps.Choices | steps.Question | steps.Pause | steps.Call | steps.Deal):
            spoken = "!" if _is_spoken(step) else ""
            yield step.key, heads[number + 1] + spoken, heads[number], heads[number + 2]
        for place, inside in enumerate(steps.inner(step)):
            around = "choice" if isinstance(step, steps.Choices) else _head(step, spell)
            yield from _between(inside, _hash([around, _name_of_block(step, place, spell)]), spell)


def _name_of_block(step: Step, place: int, spell: _Spell) -> object:
    """Return what tells a block of steps from the others in its step."""
    if isinstance(step, steps.Choices):
        return spell([item for item in step.items if isinstance(item, steps.Choice)][place].id)
    if isinstance(step, steps.Branch | steps.Match) and place < len(step.arms):
        return _essence(step.arms[place][0], spell)
    return place


def _is_spoken(step: steps.Choices | steps.Question | steps.Pause | steps.Call | steps.Deal) -> bool:
    match step:
        case steps.Choices():
            return True
        case steps.Question():
            return bool(step.prompt)
        case steps.Pause():
            return step.text not in {(), ("Go on",)}  # as earlier readings had it
        case steps.Call() | steps.Deal():
            return False
    assert_never(step)


def _head(step: Step, spell: _Spell) -> object:
    """Return what a step is, without the blocks of steps in it; a list of choices is their ids."""
    if isinstance(step, steps.Choices):
        return sorted(spell(each) for each in _ids(step))
    return _essence(step, spell, frozenset(map(id, steps.inner(step))))


def _ids(step: steps.Choices) -> set[str]:
    return {item.id if isinstance(item, steps.Choice) else item.tag for item in step.items}


def _essence(thing: object, spell: _Spell, blocks: frozenset[int] = frozenset()) -> object:
    """Return what a noun says, without where it stands, and without some blocks of steps."""
    if isinstance(thing, str):
        return spell(thing)
    if not isinstance(thing, tuple):
        return thing
    if id(thing) in blocks or not thing:
        return []
    fields: tuple[str, ...] = getattr(thing, "_fields", ("",) * len(thing))
    parts = [_essence(part, spell, blocks) for name, part in zip(fields, thing, strict=True) if name not in _APART]
    return [type(thing).__name__, *parts]


def _hash(thing: object) -> str:
    return blake2b(repr(thing).encode(errors="surrogatepass"), digest_size=5).hexdigest()
