"""Reading an expression: what binds to what, and where a mistake stands."""

import pytest

from siberia_quest.lang.syntax import ParsedComparison, ParsedOperation, Syntax, SyntaxFault, read_expression


def shape(node: Syntax) -> object:
    """Return a tree without its places: an operator with its operands."""
    if isinstance(node, ParsedOperation):
        return (node.operator, *map(shape, node.operands))
    if isinstance(node, ParsedComparison):
        return (shape(node.first), *((sign, shape(each)) for sign, each in node.rest))
    return node[0]


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("1 + 2 * 3", ("+", 1, ("*", 2, 3))),
        ("(1 + 2) * 3", ("*", ("+", 1, 2), 3)),
        ("not a and b or c", ("or", ("and", ("not", "a"), "b"), "c")),
        ("1 < a <= 3", (1, ("<", "a"), ("<=", 3))),
        ("not a == b", ("not", ("a", ("==", "b")))),
    ],
)
def test_what_binds_stronger_stands_deeper(source: str, tree: object) -> None:
    assert shape(read_expression(source)) == tree


@pytest.mark.parametrize(("source", "place"), [("a &&", (2, 4)), ("a = b", (2, 3)), ("(a", (2, 3)), ("a b", (2, 3))])
def test_a_mistake_is_told_where_it_stands(source: str, place: tuple[int, int]) -> None:
    with pytest.raises(SyntaxFault) as caught:
        read_expression(source)
    assert (caught.value.fault.start, caught.value.fault.end) == place
