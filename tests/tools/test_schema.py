"""The schema for editors: it takes every story there is, and turns away what the loader turns away."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest
import yaml

from cli.shell import STORIES, siberia_quest
from siberia_quest import load_story
from siberia_quest.tools.json_schema import as_json

NODE = shutil.which("node")
SERVER = Path(__file__).parents[2] / ".venv/peers/node_modules/yaml-language-server/bin/yaml-language-server"
EXAMPLES = Path(__file__).parents[1] / "language"

STORY = """story: The hut
stats:
  wood: {start: 1, range: [0, 12], label: Wood}
checks:
  steady: {odds: 60 + (stat - against) * 5, limits: [5, 95]}
endings:
  warm: {title: Warm}
passages:
  yard:
    choices:
      - text: Split a round
        check: {stat: wood, against: 3, kind: steady}
        success: {do: wood += 1}
        goto: yard
      - {text: Go in, end: warm}
"""


class Loader(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: `on` and `no` are words, and dates are text."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # as the base class has it
        first: [(tag, pattern) for tag, pattern in pairs if tag.rpartition(":")[2] in {"int", "float", "null", "bool"}]
        for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
        if first not in "yYnNoO"
    }


def complaints(schema: str, text: str) -> list[str]:
    """Return what a validator has against a file."""
    found = jsonschema.Draft7Validator(json.loads(schema)).iter_errors(yaml.load(text, Loader))  # noqa: S506  # a safe one
    return [jsonschema.exceptions.best_match([each]).message for each in found]


def story_of(folder: Path, text: str = STORY) -> str:
    """Return the schema with a story's names."""
    path = folder / "hut.yaml"
    path.write_text(text, "utf-8")
    loaded = load_story(path)
    assert loaded.story
    return as_json(loaded.story)


@pytest.mark.parametrize("folder", sorted(STORIES.iterdir()), ids=lambda each: each.name)
def test_every_file_of_the_shipped_stories_is_valid_with_and_without_names(folder: Path) -> None:
    schemas = (as_json(), as_json(load_story(folder).story))
    found = {
        file.name: wrong
        for file in folder.rglob("*.yaml")
        for schema in schemas
        if (wrong := complaints(schema, file.read_text("utf-8")))
    }
    assert not found


def test_every_example_of_the_language_that_loads_is_valid() -> None:
    files = [each for each in EXAMPLES.glob("*.yaml") if not each.name.startswith("errors_")]
    found = {each.name: wrong for each in files if (wrong := complaints(as_json(), each.read_text("utf-8")))}
    assert len(files) > 80
    assert not found


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("text: Split", "texxt: Split"), ("stats:", "stat:"), ("start: 1", "starts: 1"), ("against: 3", "agianst: 3")],
)
def test_a_misspelt_word_is_an_error_wherever_it_stands(right: str, wrong: str) -> None:
    assert not complaints(as_json(), STORY)
    assert complaints(as_json(), STORY.replace(right, wrong, 1))


def test_a_storys_own_names_are_offered_where_they_belong(tmp_path: Path) -> None:
    schema = json.loads(story_of(tmp_path))
    offered: Mapping[str, Mapping[str, Mapping[str, list[Mapping[str, object]]]]] = {
        shape: schema["definitions"][shape]["properties"] for shape in ("choice", "check")
    }
    assert offered["choice"]["goto"]["anyOf"][0] == {"enum": ["hut.yard", "yard"]}
    assert offered["choice"]["end"]["anyOf"][0] == {"enum": ["warm"]}
    assert offered["check"]["stat"]["anyOf"][0] == {"enum": ["wood"]}


def test_the_command_prints_the_schema_of_a_story_and_refuses_a_broken_one(tmp_path: Path) -> None:
    printed = siberia_quest("schema", here=tmp_path)
    assert (printed.status, printed.out, printed.err) == (0, as_json(), "")
    good = story_of(tmp_path)
    assert siberia_quest("schema", "hut.yaml", here=tmp_path).out == good
    (tmp_path / "hut.yaml").write_text(STORY.replace("goto: yard", "goto: yrad"), "utf-8")
    refused = siberia_quest("schema", "hut.yaml", here=tmp_path)
    assert (refused.status, refused.out) == (1, "")
    assert "SQ203" in refused.err


@pytest.mark.skipif(NODE is None, reason="needs node")
@pytest.mark.skipif(not SERVER.is_file(), reason="needs yaml-language-server, which .ci/run installs")
def test_an_editor_with_yaml_language_server_marks_a_misspelt_step_and_completes_names(tmp_path: Path) -> None:
    (tmp_path / "hut.schema.json").write_text(story_of(tmp_path), "utf-8")
    modeline = "# yaml-language-server: $schema=hut.schema.json\n"

    def ask(text: str, line: int, column: int) -> tuple[list[str], list[str]]:
        file = tmp_path / "edited.yaml"
        file.write_text(modeline + text, "utf-8")
        server = [str(NODE), str(Path(__file__).with_name("language_server.mjs")), str(SERVER), str(file)]
        asked = subprocess.run(
            [*server, str(line), str(column)], capture_output=True, text=True, timeout=60, check=True
        )
        answer = json.loads(asked.stdout)
        return [each["message"] for each in answer["diagnostics"]], answer["completions"]

    messages, words = ask(STORY.replace("- text:", "- texxt:"), 11, 8)
    assert "Property texxt is not allowed." in messages
    assert {"text", "hint", "failure"} <= {*words}
    messages, words = ask(STORY, 14, len("        goto: "))
    assert messages == []
    assert "hut.yard" in words
