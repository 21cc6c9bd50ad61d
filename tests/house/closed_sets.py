"""Rules that let mypy hold the model: sets that are closed have a type, and whoever tells their members apart tells them all apart."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from house.tree import Module, functions, modules

#: Where the names of counted places and of their records are spelt.
SPELLER = "model/sites.py"
#: Where addresses of steps are spelt, with the members of loops around them behind an `@`.
SPELL_ADDRESSES = frozenset({"engine/code_passages.py"})
SIGNS = frozenset({"#", "~", "@"})
PREFIXES = ("deal:", "phrase:", "@deal:")
#: Names of fields that hold a word of a closed set.
CLOSED = frozenset({"base", "by", "how", "kind", "operator", "severity", "show", "sort", "style", "takes", "what"})
#: Fields of such a name that hold a word of the author's or of the world's, and what that is.
OPEN: Mapping[str, str] = {
    "Header.by": "who wrote a story",
    "ValueOf.kind": "the name of a kind the author declared",
    "Target.style": "the name of a style the author declared",
    "Options.style": "the same, on the command line",
    "_Address.sort": "what a save says, perhaps one of an older program",
}


def signs_spelt_elsewhere(package: Path) -> list[str]:
    """Texts that put a sign before the name of a counted place, or a word before that of a record."""
    return [
        f"{module.place(node)}: ask `{SPELLER}` how a site is spelt"
        for module in modules(package)
        if module.label not in {SPELLER, *SPELL_ADDRESSES}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and _spells(node)
    ]


def _spells(node: ast.Constant | ast.JoinedStr) -> bool:
    if isinstance(node, ast.JoinedStr):
        first = node.values[0] if node.values else None
        return isinstance(first, ast.Constant) and first.value in SIGNS
    return isinstance(node.value, str) and node.value.startswith(PREFIXES) and " " not in node.value


def open_matches(package: Path) -> list[str]:
    """Matches over a union that do not end in `assert_never`, so that mypy says nothing when the union grows."""
    found = [*modules(package)]
    members = {name for module in found for name in _members_of_unions(module)}
    return [
        f"{module.place(match)}: end it in `assert_never`, or ask with `isinstance`"
        for module in found
        for match in _unclosed(module.tree)
        if _tells_apart(match, members) and not _is_over_objects(module, match)
    ]


def _members_of_unions(module: Module) -> Iterator[str]:
    """Yield the classes in each `Name: TypeAlias = Union[…]` of the rooms that hold nouns."""
    for node in module.tree.body:
        is_union = isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Subscript)
        if module.room in {"model", "lang"} and is_union and "Union[" in ast.unparse(node):
            yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _unclosed(tree: ast.Module) -> Iterator[ast.Match]:
    """Yield matches behind which there is no `assert_never`, in a last case or right after it."""
    for node in ast.walk(tree):
        for block in (getattr(node, field, None) for field in ("body", "orelse", "finalbody")):
            steps: list[ast.stmt] = block if isinstance(block, list) else []
            for step, behind in zip(steps, [*steps[1:], ast.Pass()], strict=False):
                if isinstance(step, ast.Match) and not _is_never(behind) and not _is_never(step.cases[-1].body[0]):
                    yield step


def _is_never(node: ast.stmt) -> bool:
    return ast.unparse(node).startswith("assert_never(")


def _tells_apart(match: ast.Match, members: set[str]) -> bool:
    """Tell whether a match asks for classes of a union, and not for a shape within a shape."""
    patterns = [case.pattern for case in match.cases]
    flat = [
        each for pattern in patterns for each in (pattern.patterns if isinstance(pattern, ast.MatchOr) else [pattern])
    ]
    classes = [each for each in flat if isinstance(each, ast.MatchClass)]
    inside = [
        deep for each in classes for deep in ast.walk(each) if isinstance(deep, ast.MatchClass) and deep is not each
    ]
    return any(ast.unparse(each.cls) in members for each in classes) and not inside


def _is_over_objects(module: Module, match: ast.Match) -> bool:
    """Tell whether anything at all may stand there: a parameter of type `object`, or a part that `things_in` yields."""
    name = ast.unparse(match.subject)
    for function in functions(module.tree):
        if match in ast.walk(function):
            given = {
                each.arg for each in function.args.args if each.annotation and ast.unparse(each.annotation) == "object"
            }
            loops = [each for each in ast.walk(function) if isinstance(each, ast.For)]
            given |= {ast.unparse(each.target) for each in loops if ast.unparse(each.iter).startswith("things_in(")}
            if name in given:
                return True
    return False


def bare_words(package: Path) -> list[str]:
    """Fields that hold a word of a closed set, and are `str` to mypy."""
    return [
        f"{module.place(field)}: give `{noun.name}.{field.target.id}` a `Literal` type"
        for module in modules(package)
        for noun in ast.walk(module.tree)
        if isinstance(noun, ast.ClassDef)
        for field in noun.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and field.target.id in CLOSED
        if ast.unparse(field.annotation) == "str" and f"{noun.name}.{field.target.id}" not in OPEN
    ]
