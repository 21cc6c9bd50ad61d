"""mypy holds the model: the rules, tried on our own tree and on trees that break them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from house import closed_sets
from house.tree import PACKAGE

Rule: TypeAlias = Callable[[Path], list[str]]
RULES: tuple[Rule, ...] = (closed_sets.signs_spelt_elsewhere, closed_sets.open_matches, closed_sets.bare_words)
UNION = "Step: TypeAlias = Union[Go, Stay]\n"
BAD: list[tuple[Rule, Mapping[str, str], int]] = [
    (closed_sets.signs_spelt_elsewhere, {"lang/a.py": "x = f'#{label}'\ny = f'@{site}'\nz = 'phrase:' + name"}, 3),
    (closed_sets.open_matches, {"model/a.py": UNION, "tools/b.py": "match step:\n    case Go():\n        pass"}, 1),
    (
        closed_sets.open_matches,
        {
            "model/a.py": UNION,
            "tools/b.py": "match step:\n    case Go() | Stay():\n        f()\n    case _:\n        g()",
        },
        1,
    ),
    (closed_sets.bare_words, {"model/a.py": "class Apply(NamedTuple):\n    what: str\n    how: str = ''"}, 2),
]
GOOD: list[tuple[Rule, Mapping[str, str]]] = [
    (closed_sets.signs_spelt_elsewhere, {"model/sites.py": "x = f'#{label}'", "cli/b.py": "x = f'# {title}'"}),
    (
        closed_sets.open_matches,
        {"model/a.py": UNION, "tools/b.py": "match step:\n    case Go():\n        pass\nassert_never(step)"},
    ),
    (
        closed_sets.open_matches,
        {"model/a.py": UNION, "tools/b.py": "def f(x: object):\n    match x:\n        case Go():\n            pass"},
    ),
    (closed_sets.bare_words, {"model/a.py": "class Apply(NamedTuple):\n    what: Applicable\n    name: str"}),
]


def _tree(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "house_of_cards" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "house_of_cards"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_own_model_is_held_by_mypy(rule: Rule) -> None:
    complaints = rule(PACKAGE)
    assert not complaints, "\n".join(["", *complaints])


@pytest.mark.parametrize(("rule", "files", "number"), BAD)
def test_what_mypy_could_not_see_is_found(rule: Rule, files: Mapping[str, str], number: int, tmp_path: Path) -> None:
    complaints = rule(_tree(tmp_path, files))
    assert len(complaints) == number, complaints


@pytest.mark.parametrize(("rule", "files"), GOOD)
def test_what_mypy_sees_is_left_alone(rule: Rule, files: Mapping[str, str], tmp_path: Path) -> None:
    assert rule(_tree(tmp_path, files)) == []
