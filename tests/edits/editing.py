"""Edits as authors make them: choices, steps, passages and members are taken out, put in, moved, renamed, closed."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from edits.trees import Tree, nodes_in, put, read, under
from siberia_quest.loading.choice_reader import derive_id
from stories.dice import Dice

_LISTS = frozenset({"choices", "topics"})
_STEPS = frozenset({"steps", "then", "success", "failure", "happens", "else", "sequence", "cycle"})
#: Steps of every sort, to be put in; `PLACE` is a passage, `NAME` a variable that holds text, both of the story, where it has them.
NEW_STEPS = (
    "pause: true", "pause: Further {0}", "text: Something new {0}.", "ask: {{into: NAME, prompt: Who {0}?, default: Bo}}", "call: CALLED",
    "choices: [{{text: Look again {0}}}, {{text: Never mind {0}, then: Nothing.}}]", "label: mark_{0}", "journal: A line {0}.",
    "topics: [{{text: About {0}}}, {{text: Enough {0}, done: true}}]", "let: extra_{0} = 3", "checkpoint: Here {0}",
    "if: 1 < 2\nthen: [Once {0}., pause: On {0}]", "random: [One {0}., Two {0}.]", "cycle: [One {0}., Two {0}.]",
    "check: {{odds: 50}}\nsuccess: Lucky {0}.\nfailure: [Not {0}., pause: true]", "match: 1\ncases: {{1: [So {0}., pause: true]}}",
    "when: [{{if: 2 < 1, then: Never {0}.}}, {{else: Always {0}.}}]", "then: [pause: true, Then {0}.]", "music: none",
)  # fmt: skip


class Names(NamedTuple):
    """What a story has to name in a new step: a variable that holds text, and a passage that is called."""

    text: str = ""
    called: str = ""


class Draft:
    """A story that is edited: its files by name, each copied when it is first touched; `places` are the numbers of nodes to stay near."""

    def __init__(
        self, trees: Mapping[str, Tree], main: str, dice: Dice, names: Names, near: Mapping[str, tuple[int, ...]]
    ) -> None:
        self._given = trees
        self.main = main
        self.dice = dice
        self.names = names
        self.near = near
        self.touched: dict[str, Tree] = {}
        self.fresh = 0

    def tree(self, name: str) -> Tree:
        if name not in self.touched:
            self.touched[name] = self._given[name].copy()
        return self.touched[name]

    def all(self) -> Iterator[Tree]:
        return (self.tree(name) for name in self._given)

    def file(self) -> str:
        """A file in which games stand."""
        return self.dice.one_of(sorted(self.near))

    def nearby(self, tree: Tree, name: str, found: list[Node]) -> Node | None:
        """One of some nodes: mostly the nearest to a place where a game stands."""
        if not found:
            return None
        if not self.dice.below(4):
            return self.dice.one_of(found)
        place = self.dice.one_of(self.near[name])
        above = [node for node in found if 0 < tree.number_of(node) <= place]
        ordered = sorted(above or found, key=lambda node: abs(tree.number_of(node) - place))
        return ordered[min(self.dice.below(2), len(ordered) - 1)]

    def index(self, block: SequenceNode) -> int:
        """The number of a step of a block: mostly of the one in which a game stands, or of its neighbour."""
        name = next((name for name, tree in self.touched.items() if tree.number_of(block)), "")
        starts = [self.touched[name].number_of(step) for step in block.value] if name else []
        inside = [place for place in self.near.get(name, ()) if starts and place >= starts[0]]
        if not inside or not self.dice.below(3):
            return self.dice.below(len(block.value))
        place = max(inside[-3:]) if self.dice.below(2) else self.dice.one_of(inside)
        at = sum(start <= place for start in starts) - 1
        return min(max(at + self.dice.below(3) - 1, 0), len(block.value) - 1)

    def number(self) -> int:
        self.fresh += 1
        return self.fresh

    def rename(self, old: str, new: str) -> None:
        """Tell the story that something has another name."""
        root = self.tree(self.main).root
        assert isinstance(root, MappingNode)
        known = under(root, "renames")
        if isinstance(known, MappingNode):
            put(known, old, new)
        else:
            root.value.append((read("renames"), read(f"{{{old}: {new}}}")))


def _lists(tree: Tree) -> list[Node]:
    return [
        value
        for node, _ in nodes_in(tree.root)
        if isinstance(node, MappingNode)
        for key, value in node.value
        if key.value in _LISTS and isinstance(value, SequenceNode) and value.value
    ]


def _blocks(tree: Tree) -> list[Node]:
    """Lists of steps."""
    passages = under(tree.root, "passages")
    found = [value for _, value in passages.value if isinstance(value, SequenceNode)] if passages else []
    found += [
        value
        for node, _ in nodes_in(tree.root)
        if isinstance(node, MappingNode)
        for key, value in node.value
        if key.value in _STEPS and isinstance(value, SequenceNode)
    ]
    return [each for each in found if each.value]


def _some_list(draft: Draft) -> SequenceNode | None:
    name = draft.file()
    tree = draft.tree(name)
    found = draft.nearby(tree, name, _lists(tree))
    return found if isinstance(found, SequenceNode) else None


def _some_block(draft: Draft) -> SequenceNode | None:
    name = draft.file()
    tree = draft.tree(name)
    found = draft.nearby(tree, name, _blocks(tree))
    return found if isinstance(found, SequenceNode) else None


def _some_choice(draft: Draft) -> tuple[SequenceNode, MappingNode] | None:
    found = _some_list(draft)
    items = [item for item in found.value if isinstance(item, MappingNode) and under(item, "text")] if found else []
    return (found, draft.dice.one_of(items)) if found and items else None


def _id_of(item: Node) -> str:
    given, words = under(item, "id"), under(item, "text")
    return str(given.value) if given else derive_id(str(words.value)) if isinstance(words, ScalarNode) else ""


def remove_choice(draft: Draft) -> None:
    if found := _some_choice(draft):
        found[0].value.remove(found[1])


def rename_choice(draft: Draft) -> str:
    if not (found := _some_choice(draft)):
        return ""
    old = _id_of(found[1])
    put(found[1], "id", f"renamed_{draft.number()}")
    return old


def rename_choice_and_say_so(draft: Draft) -> None:
    if old := rename_choice(draft):
        draft.rename(old, f"renamed_{draft.fresh}")


def reword_choice(draft: Draft) -> None:
    if found := _some_choice(draft):
        put(found[1], "text", f"Other words {draft.number()}")


def add_choice(draft: Draft) -> None:
    if found := _some_list(draft):
        number = draft.number()
        found.value.insert(
            draft.dice.below(len(found.value) + 1), read(f"{{text: New {number}, id: new_{number}, then: It is new.}}")
        )


def move_choice(draft: Draft) -> None:
    if found := _some_choice(draft):
        found[0].value.remove(found[1])
        found[0].value.insert(draft.dice.below(len(found[0].value) + 1), found[1])


def move_choice_into_another_list(draft: Draft) -> None:
    found, other = _some_choice(draft), _some_list(draft)
    if found and other and found[0] is not other:
        found[0].value.remove(found[1])
        other.value.append(found[1])


def close_choice(draft: Draft) -> None:
    if found := _some_choice(draft):
        put(found[1], "if", draft.dice.one_of(("1 > 2", "2 > 1")))


def lock_choice(draft: Draft) -> None:
    if found := _some_choice(draft):
        put(found[1], "needs", "1 > 2")


def swap_ids(draft: Draft) -> None:
    found = _some_list(draft)
    items = [item for item in found.value if isinstance(item, MappingNode) and _id_of(item)] if found else []
    if len(items) > 1:
        one, two = items[0], items[-1]
        first, second = _id_of(one), _id_of(two)
        put(one, "id", second)
        put(two, "id", first)


def remove_list(draft: Draft) -> None:
    block = _some_block(draft)
    found = [step for step in block.value if any(under(step, word) for word in _LISTS)] if block else []
    if block and found:
        block.value.remove(draft.dice.one_of(found))


def put_step_in(draft: Draft) -> None:
    if block := _some_block(draft):
        text = draft.dice.one_of(NEW_STEPS).format(draft.number())
        text = text.replace("NAME", draft.names.text or "nothing").replace("CALLED", draft.names.called or "nowhere")
        block.value.insert(draft.index(block) + draft.dice.below(2), read(text))


def remove_step(draft: Draft) -> None:
    if block := _some_block(draft):
        del block.value[draft.index(block)]


def move_step(draft: Draft) -> None:
    if block := _some_block(draft):
        step = block.value.pop(draft.index(block))
        block.value.insert(draft.dice.below(len(block.value) + 1), step)


def wrap_step(draft: Draft) -> None:
    """A step is put under a condition."""
    if block := _some_block(draft):
        at = draft.index(block)
        inner = SequenceNode("tag:yaml.org,2002:seq", [block.value[at]], flow_style=False)
        outer = read("{if: 1 < 2}")
        assert isinstance(outer, MappingNode)
        outer.flow_style = False
        outer.value.append((read("then"), inner))
        block.value[at] = outer


def repeat_step(draft: Draft) -> None:
    if block := _some_block(draft):
        at = draft.index(block)
        tree = next(tree for tree in draft.touched.values() if any(node is block for node, _ in nodes_in(tree.root)))
        block.value.insert(at + draft.dice.below(2), tree.doubled(block.value[at]))


def reword_step(draft: Draft) -> None:
    block = _some_block(draft)
    steps = (
        [step for step in block.value if isinstance(step, ScalarNode) or under(step, "pause") or under(step, "ask")]
        if block
        else []
    )
    if not steps:
        return
    step = draft.dice.one_of(steps)
    asked, number = under(step, "ask"), draft.number()
    if isinstance(step, ScalarNode):
        step.value = f"Other words {number}."
    elif isinstance(asked, MappingNode):
        put(asked, "prompt", f"Other words {number}?")
    elif isinstance(paused := under(step, "pause"), ScalarNode):
        paused.tag, paused.value = "tag:yaml.org,2002:str", f"Other words {number}"


def _some_passage(draft: Draft) -> tuple[str, MappingNode, int] | None:
    name = draft.file()
    passages = under(draft.tree(name).root, "passages")
    return (name, passages, draft.dice.below(len(passages.value))) if isinstance(passages, MappingNode) else None


def _led_elsewhere(draft: Draft, old: str, new: str) -> None:
    for tree in draft.all():
        for node, _ in nodes_in(tree.root):
            if isinstance(node, ScalarNode) and re.fullmatch(rf"(?:\w+\.)?{re.escape(old)}(?:\(.*\))?", node.value):
                node.value = node.value.replace(old, new)


def remove_passage(draft: Draft) -> None:
    if found := _some_passage(draft):
        _, passages, at = found
        gone = passages.value.pop(at)[0].value
        if passages.value:
            _led_elsewhere(draft, gone, passages.value[at - 1][0].value)


def rename_passage(draft: Draft) -> str:
    if not (found := _some_passage(draft)):
        return ""
    _, passages, at = found
    old = str(passages.value[at][0].value)
    _led_elsewhere(draft, old, f"renamed_{draft.number()}")
    return old


def rename_passage_and_say_so(draft: Draft) -> None:
    if old := rename_passage(draft):
        draft.rename(old, f"renamed_{draft.fresh}")


def rename_member(draft: Draft) -> tuple[str, str]:
    kinds = under(draft.tree(draft.main).root, "kinds")
    found = [
        (str(kind.value), str((each[0] if isinstance(each, tuple) else each).value))
        for kind, members in (kinds.value if kinds else [])
        for each in members.value
    ]
    if not found:
        return "", ""
    kind, old = draft.dice.one_of(found)
    _called_otherwise(draft, old)
    return kind, old


def _called_otherwise(draft: Draft, old: str) -> None:
    new = f"renamed_{draft.number()}"
    for tree in draft.all():
        for node, _ in nodes_in(tree.root):
            if isinstance(node, ScalarNode):
                node.value = re.sub(rf"\b{re.escape(old)}\b", new, node.value)


def rename_value_and_say_so(draft: Draft) -> None:
    """A variable, a stat or a setting gets another name."""
    sections = [under(draft.tree(draft.main).root, name) for name in ("variables", "stats", "settings")]
    names = [str(key.value) for section in sections if section for key, _ in section.value]
    if names:
        old = draft.dice.one_of(names)
        _called_otherwise(draft, old)
        draft.rename(old, f"renamed_{draft.fresh}")


def rename_member_and_say_so(draft: Draft) -> None:
    kind, old = rename_member(draft)
    if kind:
        draft.rename(draft.dice.one_of((old, f"{kind}.{old}")), f"renamed_{draft.fresh}")


def remove_member(draft: Draft) -> None:
    kinds = under(draft.tree(draft.main).root, "kinds")
    found = [members for _, members in (kinds.value if kinds else []) if len(members.value) > 1]
    if found:
        members = draft.dice.one_of(found)
        del members.value[draft.dice.below(len(members.value))]


#: Every edit by its name.
EDITS: Mapping[str, Callable[[Draft], object]] = MappingProxyType({
    each.__name__: each
    for each in (
        remove_choice, rename_choice, rename_choice_and_say_so, reword_choice, add_choice, move_choice, move_choice_into_another_list,
        close_choice, lock_choice, swap_ids, remove_list, put_step_in, remove_step, move_step, wrap_step, repeat_step, reword_step,
        remove_passage, rename_passage, rename_passage_and_say_so, rename_member, rename_member_and_say_so, remove_member,
        rename_value_and_say_so,
    )
})  # fmt: skip
#: Those that move a game if places are guessed.
OF_STEPS = ("put_step_in", "remove_step", "move_step", "wrap_step", "repeat_step", "remove_list")
