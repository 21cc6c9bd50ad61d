"""The tests keep their own rules: each has a sentence for a name, and each can fail."""

import ast
from pathlib import Path

import pytest

from house.tree import ROOT

_CHECKING = ("assert_", "check_", "expect_")


def bad_tests(folder: Path) -> list[str]:
    """Tests whose names are no sentences, of four words or more, and tests that claim nothing."""
    found = []
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                place = f"{path.relative_to(folder)}:{node.lineno}: {node.name}"
                if len([word for word in node.name.split("_") if word]) < 5:
                    found.append(f"{place}: a sentence says more")
                if not any(_claims(each) for each in ast.walk(node)):
                    found.append(f"{place}: cannot fail")
    return found


def _claims(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in {"raises", "fail", "warns"} or name.startswith(_CHECKING)
    return isinstance(node, ast.Assert)


def test_every_test_is_named_by_a_sentence_and_can_fail() -> None:
    found = bad_tests(ROOT / "tests")
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def test_undo():\n    assert 1", "a sentence says more"),
        ("class TestUndo:\n    def test_it(self):\n        assert 1", "a sentence says more"),
        ("def test_undo_goes_back_a_turn():\n    undo()", "cannot fail"),
    ],
)
def test_a_bad_test_is_found(source: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "test_undo.py").write_text(source, "utf-8")
    (line,) = bad_tests(tmp_path)
    assert line.endswith(complaint)


def test_a_good_test_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "test_undo.py").write_text("def test_undo_goes_back_a_turn():\n    assert undo() == 1\n", "utf-8")
    assert bad_tests(tmp_path) == []
