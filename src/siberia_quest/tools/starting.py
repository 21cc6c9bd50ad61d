"""The files of a new story: a small one that is whole, with its tests and what an editor needs to know."""

import json
import os
import re
from importlib.resources import files

from siberia_quest.tools.ifid import make_ifid
from siberia_quest.tools.json_schema import as_json

_PLAIN = re.compile(r"\w[\w ]*")
#: What Visual Studio Code asks of its settings; other editors read the first line of each file.
_EDITOR = '{\n  "yaml.schemas": {"./story.schema.json": ["*.yaml"]}\n}\n'


def title_of(name: str) -> str:
    """Return a title made of a folder's name: `my_story` is “My story”."""
    words = name.replace("_", " ").replace("-", " ").strip() or name
    return words[:1].upper() + words[1:]


def id_of(title: str) -> str:
    """Return an id for a new story that no other has: its title, as an id, with four signs by chance."""
    words = re.sub(r"\W+", "_", title.casefold()).strip("_")[:30]
    return f"{words if words[:1].isalpha() else f'story_{words}'}_{os.urandom(2).hex()}"


def new_story(title: str) -> dict[str, str]:
    """Return the text of each file of a new story, by its path inside the folder."""
    starter = files("siberia_quest.tools.starter")
    written = title if _PLAIN.fullmatch(title) else json.dumps(title, ensure_ascii=False)
    return {
        "story.yaml": starter.joinpath("story.yaml")
        .read_text("utf-8")
        .replace("TITLE", written, 1)
        .replace("id: ID", f"id: {id_of(title)}", 1)
        .replace("NUMBER", make_ifid(), 1),
        "tests/tests.yaml": starter.joinpath("tests.yaml").read_text("utf-8"),
        "story.schema.json": as_json(),
        ".vscode/settings.json": _EDITOR,
    }
