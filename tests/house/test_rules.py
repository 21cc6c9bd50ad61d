"""Every rule of the house holds on our own tree, and finds what breaks it on a small bad one."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from house import rules
from house.tree import PACKAGE

Rule: TypeAlias = Callable[[Path], list[str]]
Files: TypeAlias = dict[str, str]

# For each rule: trees that break it, each with as many complaints as it deserves, and a tree that looks alike and is fine.
LONG_BODY = "    x = 1\n" * 60
BAD: list[tuple[Rule, Files, int]] = [
    (rules.upward_imports, {"model/page.py": "from house_of_cards.engine import game"}, 1),
    (rules.upward_imports, {"lang/a.py": "import house_of_cards.cli.main"}, 1),
    (rules.upward_imports, {"storage/a.py": "from house_of_cards import loading"}, 1),
    (rules.upward_imports, {"storage/a.py": "def f():\n    from ..loading import book"}, 1),
    (rules.upward_imports, {"engine/a.py": "from house_of_cards import load_story"}, 1),
    (
        rules.upward_imports,
        {"engine/a.py": "from house_of_cards.lang import names", "lang/b.py": "from ..engine import game"},
        2,
    ),
    (
        rules.upward_imports,
        {"play/a.py": "from house_of_cards.tools import why", "tools/b.py": "from ..play import game"},
        2,
    ),
    (rules.unknown_rooms, {"cellar/a.py": ""}, 1),
    (rules.import_cycles, {"lang/a.py": "from . import b", "lang/b.py": "import house_of_cards.lang.a"}, 2),
    (
        rules.import_cycles,
        {
            "lang/a.py": "from house_of_cards.lang.b import x",
            "lang/b.py": "from house_of_cards.lang.c import y",
            "lang/c.py": "def f():\n    from house_of_cards.lang.a import z",
        },
        3,
    ),
    (rules.impurities, {"engine/a.py": "import random\nfrom datetime import date\nimport yaml"}, 3),
    (rules.impurities, {"model/a.py": "def f():\n    import os.path"}, 1),
    (rules.impurities, {"lang/a.py": "x = open('f')\nprint(x)"}, 2),
    (rules.impurities, {"lang/program.py": "exec('')"}, 1),
    (rules.strangers, {"cli/a.py": "import yaml", "tools/b.py": "from rich.table import Table"}, 2),
    (rules.strangers, {"cli/a.py": "import requests"}, 1),
    (
        rules.barred_imports,
        {"cli/a.py": "import urllib.request\nfrom pickle import loads", "storage/b.py": "import socket"},
        3,
    ),
    (rules.module_state, {"cli/a.py": "A = []\nB: dict[str, int] = {}\nC = set()\nD = {n for n in 'abc'}"}, 4),
    (rules.module_state, {"cli/a.py": "def f():\n    global x\n    x = 1"}, 1),
    (rules.module_state, {"cli/a.py": "from functools import cache\n@cache\ndef f(): ..."}, 1),
    (rules.module_state, {"cli/a.py": "A = defaultdict(int)\nB = [1] * 3"}, 2),
    (rules.uses_of_any, {"cli/a.py": "from typing import Any", "cli/b.py": "import typing\nx: typing.Any"}, 2),
    (rules.vague_names, {"cli/utils.py": "", "tools/common/__init__.py": "", "lang/save_manager.py": ""}, 3),
    (rules.odd_file_names, {"cli/doStuff.py": "", "cli/a__b.py": "", "cli/go_.py": ""}, 3),
    (rules.oversized, {"cli/a.py": "x = 1\n" * 501}, 1),
    (rules.oversized, {"cli/a.py": f"def f():\n{LONG_BODY}"}, 1),
    (rules.participles, {"cli/a.py": "def kept(): ...\nclass C:\n    def _merged(self): ..."}, 2),
    (rules.shared_names, {"cli/a.py": "", "lang/a.py": "class C: ...", "lang/b.py": "C: TypeAlias = int"}, 2),
    (rules.bad_module_docstrings, {"cli/a.py": "", "cli/b.py": '"""No full stop"""', "cli/c.py": '"""A.\nB."""'}, 3),
    (rules.undocumented, {"cli/a.py": "def f(): ...\nclass C:\n    def g(self): ..."}, 3),
]
GOOD: list[tuple[Rule, Files]] = [
    (
        rules.upward_imports,
        {"cli/a.py": "from house_of_cards import load_story\nfrom house_of_cards.model import page"},
    ),
    (rules.upward_imports, {"terminal/a.py": "from . import b\nimport os\nfrom house_of_cards.storage.slots import f"}),
    (rules.upward_imports, {"storage/a.py": "from house_of_cards import __version__"}),
    (rules.unknown_rooms, {"cli/a.py": "", "__init__.py": ""}),
    (rules.import_cycles, {"lang/a.py": "from . import b, c", "lang/b.py": "from . import c", "lang/c.py": ""}),
    (
        rules.import_cycles,
        {
            "__init__.py": "def f():\n    import house_of_cards.lang.a",
            "lang/a.py": "from house_of_cards import __version__",
        },
    ),
    (rules.impurities, {"engine/a.py": "import re\nre.compile('x')", "cli/b.py": "import os\nopen('f')"}),
    (rules.impurities, {"engine/program.py": "exec(compile('', '', 'exec'))"}),
    (rules.strangers, {"loading/a.py": "import yaml", "terminal/b.py": "from rich.table import Table\nimport os"}),
    (rules.barred_imports, {"cli/a.py": "import os", "storage/b.py": "import json"}),
    (rules.module_state, {"cli/a.py": "A = (1,)\nB: Mapping[str, int] = {}\nC: Final[Mapping[str, int]] = {}"}),
    (rules.module_state, {"cli/a.py": "A = MappingProxyType({})\nB = frozenset({1})\n__all__ = ['A']"}),
    (rules.uses_of_any, {"cli/a.py": "from typing import NamedTuple\nany([])"}),
    (rules.vague_names, {"cli/database.py": "", "cli/score.py": ""}),
    (rules.odd_file_names, {"cli/__main__.py": "", "cli/a_b2.py": "", "cli/continue_.py": ""}),
    (rules.oversized, {"cli/a.py": f"# long: a table of words\ndef f():\n{LONG_BODY}"}),
    (rules.participles, {"cli/a.py": "def keep(): ...\ndef need(): ...\ndef stored(): ...\ndef __enter__(): ..."}),
    (rules.shared_names, {"cli/__init__.py": "class C: ...", "lang/__init__.py": "class D: ...\nc = 1"}),
    (rules.bad_module_docstrings, {"cli/a.py": '"""One."""', "cli/b.py": '"""One.\n\nMore\nof it."""'}),
    (rules.undocumented, {"cli/a.py": "def _f(): ...\nclass _C:\n    def g(self): ..."}),
]
ALL = list(dict.fromkeys(rule for rule, _, _ in BAD))


def _tree(folder: Path, files: Files) -> Path:
    package = folder / "house_of_cards"
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return package


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.__name__)
def test_our_own_tree_keeps_the_rule(rule: Rule) -> None:
    complaints = rule(PACKAGE)
    assert not complaints, "\n".join(["", *complaints])


@pytest.mark.parametrize(("rule", "files", "number"), BAD, ids=lambda each: getattr(each, "__name__", ""))
def test_a_bad_tree_is_found(rule: Rule, files: Files, number: int, tmp_path: Path) -> None:
    complaints = rule(_tree(tmp_path, files))
    assert len(complaints) == number, complaints


@pytest.mark.parametrize(("rule", "files"), GOOD, ids=lambda each: getattr(each, "__name__", ""))
def test_a_tree_that_only_looks_bad_is_left_alone(rule: Rule, files: Files, tmp_path: Path) -> None:
    assert rule(_tree(tmp_path, files)) == []


def test_every_rule_has_a_tree_that_breaks_it_and_one_that_does_not() -> None:
    written = {
        value
        for name, value in vars(rules).items()
        if callable(value) and not name.startswith("_") and getattr(value, "__module__", "") == rules.__name__
    }
    assert written == set(ALL) == {rule for rule, _ in GOOD}
