"""Stories as trees of YAML whose nodes remember where they came from, so that after an edit it is known which step is which."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

#: Where a node begins in its file: line and column, from 1.
Place: TypeAlias = tuple[int, int]
_WIDE = 1_000_000


class Written(NamedTuple):
    """A file's text, and for each place in it the number of the node that stands there (0: it is new)."""

    text: str
    origins: Mapping[Place, int]


class Tree:
    """One file. `numbers` gives each node by its identity the number it had before any edit."""

    def __init__(self, root: Node, numbers: dict[int, int]) -> None:
        self.root = root
        self.numbers = numbers
        self._alive = [
            node for node, _ in nodes_in(root)
        ]  # so that no other node gets the identity of one that is taken out

    @classmethod
    def read(cls, text: str) -> "Tree":
        root = read(text)
        return cls(root, {id(node): number for number, (node, _) in enumerate(nodes_in(root), 1)})

    def copy(self) -> "Tree":
        numbers: dict[int, int] = {}
        return Tree(self._copied(self.root, numbers), numbers)

    def _copied(self, node: Node, numbers: dict[int, int]) -> Node:
        made = _with(node, lambda each: self._copied(each, numbers))
        numbers[id(made)] = self.numbers.get(id(node), 0)
        return made

    def doubled(self, node: Node) -> Node:
        """A copy of a node, to stand beside it; its numbers are those of what it was made of, below 0."""
        made = _with(node, self.doubled)
        self.numbers[id(made)] = -abs(self.number_of(node))
        self._alive.append(made)
        return made

    def number_of(self, node: Node) -> int:
        return self.numbers.get(id(node), 0)

    def written(self) -> Written:
        text = yaml.serialize(self.root, Dumper=yaml.SafeDumper, width=_WIDE, allow_unicode=True)
        pairs = zip(nodes_in(self.root), nodes_in(read(text)), strict=True)
        origins = {
            (node.start_mark.line + 1, node.start_mark.column + 1): self.number_of(before)
            for (before, is_key), (node, _) in pairs
            if not is_key
        }
        return Written(text, origins)


def read(text: str) -> Node:
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None
    return node


def _with(node: Node, put: Callable[[Node], Node]) -> Node:
    match node:
        case MappingNode():
            pairs = [(put(key), put(under)) for key, under in node.value]
            return MappingNode(node.tag, pairs, flow_style=node.flow_style)
        case SequenceNode():
            return SequenceNode(node.tag, [put(each) for each in node.value], flow_style=node.flow_style)
        case ScalarNode():
            return ScalarNode(node.tag, node.value, style=node.style)
    raise TypeError(node)


def nodes_in(node: Node, *, is_key: bool = False) -> Iterator[tuple[Node, bool]]:
    """Every node in the order in which it is written, and whether it is the key of a mapping."""
    yield node, is_key
    if isinstance(node, MappingNode):
        for key, under in node.value:
            yield from nodes_in(key, is_key=True)
            yield from nodes_in(under)
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from nodes_in(each)


def under(node: Node, name: str) -> Node | None:
    """What stands under a key."""
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def put(node: MappingNode, name: str, text: str) -> None:
    """Write something under a key, at the end where it is not there yet."""
    node.value = [pair for pair in node.value if pair[0].value != name]
    node.value.append((read(name), read(text)))
