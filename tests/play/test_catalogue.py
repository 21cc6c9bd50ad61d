"""Every sentence stands once, in the catalogue, and is used."""

import ast
import re
from pathlib import Path
from string import Formatter

import siberia_quest
from siberia_quest.play.catalogue import SENTENCES
from siberia_quest.play.commands import COMMANDS
from siberia_quest.play.console import Preferences

ROOMS = [Path(siberia_quest.__file__).parent / room for room in ("play", "terminal", "cli")]
SOURCES = [ast.parse(path.read_text()) for room in ROOMS for path in room.glob("*.py") if path.name != "catalogue.py"]
#: Begins of keys that are put together where they are said.
FAMILIES = ("odds_", "usage_", "help_", "setting_", "end_", "about_", "stat", "nothing_to_")


def calls() -> list[ast.Call]:
    nodes = [node for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [node for node in nodes if isinstance(node.func, ast.Name) and node.func.id == "say"]


def test_what_is_said_with_a_plain_key_stands_in_the_catalogue_with_just_these_parts() -> None:
    found = [call for call in calls() if isinstance(call.args[0], ast.Constant)]
    assert len(found) > 80
    for call in found:
        key = call.args[0]
        assert isinstance(key, ast.Constant)
        parts = {field for _, field, _, _ in Formatter().parse(SENTENCES[str(key.value)]) if field}
        assert parts <= {keyword.arg for keyword in call.keywords}, key.value


def test_every_sentence_is_said_somewhere() -> None:
    said = {node.value for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert [key for key in SENTENCES if key not in said and not key.startswith(FAMILIES)] == []


def test_every_command_has_its_help_and_usage() -> None:
    for name in COMMANDS:
        assert SENTENCES[f"help_{name}"]
        assert SENTENCES[f"usage_{name}"].startswith(f"/{name}")


def test_every_preference_is_explained() -> None:
    assert all(SENTENCES[f"setting_{name}"] for name in Preferences._fields)


def test_no_sentence_is_written_outside_the_catalogue() -> None:
    """A constant with three words and an end looks like a sentence; docstrings and errors for programmers do not count."""
    sentence = re.compile(r"[A-Z“][^\n]*\s\S+\s\S+[.?!:]")
    for tree in SOURCES:
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert [text for text in texts if sentence.fullmatch(text) and text not in docstrings] == []
