"""Reads a package's source files, so that rules about them can be checked on any tree."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "siberia_quest"


class Module(NamedTuple):
    """One source file: its path, its dotted name, its text and its syntax tree."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder of the package it lies in; "" at the top."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 2 or (len(parts) == 2 and self.path.name == "__init__.py") else ""

    def place(self, node: ast.stmt | ast.expr) -> str:
        """`room/file.py:12`."""
        return f"{self.label}:{node.lineno}"

    @property
    def label(self) -> str:
        """`room/file.py`."""
        return f"{self.room}/{self.path.name}" if self.room else self.path.name


class Import(NamedTuple):
    """One imported module, by its full dotted name, and where that is said."""

    module: Module
    target: str
    names: tuple[str, ...]
    node: ast.stmt


def modules(package: Path) -> list[Module]:
    """Every source file under a package's folder, in order of path."""
    return [_read(package, path) for path in sorted(package.rglob("*.py"))]


def _read(package: Path, path: Path) -> Module:
    parts = path.relative_to(package.parent).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    text = path.read_text("utf-8")
    return Module(path, name, text, ast.parse(text, str(path)))


def imports(module: Module) -> Iterator[Import]:
    """Every import of a module, also those inside functions."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, (), node)
        elif isinstance(node, ast.ImportFrom):
            yield Import(module, _absolute(module, node), tuple(alias.name for alias in node.names), node)


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    inside = module.name.split(".") if module.path.name == "__init__.py" else module.name.split(".")[:-1]
    base = inside[: len(inside) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, also nested ones."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
