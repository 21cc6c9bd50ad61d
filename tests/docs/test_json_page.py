"""docs/json.md tells every key that a command's JSON has, and none that it has not."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias, get_args

import pytest

from cli.shell import STORIES, YARD, siberia_quest
from house.tree import ROOT
from play.pages import EVERYTHING
from play.sittings import Sitting
from siberia_quest.cli.arguments import make_parser
from siberia_quest.model.page import Block, JournalLine, JournalPanel, Page
from siberia_quest.play.reports import REPORTS
from siberia_quest.play.requests import PROGRAM_COMMANDS, RefusalCode
from siberia_quest.terminal.json_lines import Json, page_as_json

#: What a table says: each key, as `[].place.NAME`, with its kinds.
Keys: TypeAlias = dict[str, set[str]]
Run: TypeAlias = tuple[str, ...]

PAGE = (ROOT / "docs" / "json.md").read_text("utf-8")
#: A command that runs until one leaves it has its own tests, and no `--json`.
ENDLESS = {"watch"}

FILES = {
    "yard/story.yaml": """story: A yard
settings: {winter: {ask: How hard?, one_of: {mild: Mild, hard: Hard}, start: mild}}
kinds: {knock: {soft: Soft, hard: Hard}}
stats: {wood: {start: 0, range: [0, 9], label: Wood}, mood: {start: 3, bands: {0: low}, show: band}, sky: {start: 3, opposed: [Fair, Foul]}}
variables: {nails: 2, knocks: {list_of: knock, last: 3, start: [soft, hard]}}
panels: {shed: {title: Shed, left: [wood, mood, sky, knocks, nails]}}
endings: {warm: {title: Warm}, cold: {title: Cold}, lost: {title: Lost}}
passages:
  yard:
    steps:
      - note: More snow
      - checkpoint: Snow
    choices:
      - {text: Split, check: {odds: 50, label: Axe}, success: {do: wood += 3}, failure: It sticks., goto: yard}
      - {text: Mend, do: wood = 1 / (nails - nails), goto: yard}
      - {text: Fly, if: wood > 9, end: warm}
      - {text: Rest, tags: rest, end: cold}
      - {text: Sit, then: You sit., end: cold}
      - {text: Lie, then: You lie., end: cold}
      - {text: Stand, then: You stand., end: warm}
  cellar: {title: The cellar, text: Nobody comes here., end: warm}
""",
    "yard/tests/tests.yaml": "styles:\n  mender: {first: [mend]}\n",
    "lodger.yaml": """story: A lodger
settings: {coins: {ask: How many?, number: 3}, who: {ask: Who?, text: Anna}}
stats:
  calm: {start: 3, range: [0, 9], label: Calm, show: band, bands: {0: low, 5: high}}
  mood: {start: 5, range: [0, 9], opposed: [Calm, Fury]}
status: [calm, mood]
passages:
  a:
    steps: [In., journal: In.]
    choices: [{text: Sit, do: calm += 4, goto: a}]
""",
    "roof.yaml": "story: A roof\npassages:\n  a: {text: Up., choices: [{text: Up, goto: b}]}\n  b:\n    choices:\n"
    + "".join(
        f"      - {{text: Jump {way}, then: You jump {way}., end: true}}\n" for way in ("left", "right", "far", "high")
    ),
    "road.yaml": "story: A road\npassages:\n  a: {text: On., choices: [{text: On, goto: a}]}\n",
    "lane.yaml": "story: A lane\npassages:\n  a: {text: On., choices: [{text: On, goto: b}, {text: Home, end: true}]}\n"
    "  b: {text: On., choices: [{text: On, goto: b}]}\n",
    "stove.yaml": "story: A stove\nvariables: {heat: 3}\neach_turn: {do: heat -= 1}\npassages:\n"
    "  a: {text: On., choices: [{text: Rest, id: rest, if: heat > 0, end: true}, {text: Go, end: true}]}\n",
    "broken.yaml": "story: A road\npassages:\n  a: {text: On., goto: b}\n",
    "hut/story.yaml": "story: A hut\nendings: {out: {title: Out}}\npassages:\n  a: {text: In., choices: [{text: Go, end: out}]}\n",
    "hut/tests/tests.yaml": "walkthroughs:\n  - {walkthrough: Stays, play: []}\n  - {walkthrough: Goes, play: [go, go]}\n"
    "targets:\n  - {games: 2, endings: {out: 0%}}\n",
}
TYPED = "nope\nsplit\n1\nBob\ndivide\nnod\ninside\n"
#: What shows all keys of a section, together.
RUNS: dict[str, tuple[Run, ...]] = {
    "check": (("check", "yard", "--notes"), ("check", "broken.yaml")),
    "test": (("test", "hut"),),
    "test --style": (
        ("test", "yard", "--style", "random", "--seed", "1", "--set", "winter=hard"),
        ("test", "yard", "--style", "mender"),
    ),
    "explore": (
        ("explore", "yard", "--games", "20"),
        ("explore", "yard", "--games", "5", "--states", "1"),
        ("explore", "roof.yaml", "--games", "1", "--states", "1"),
        ("explore", "road.yaml", "--games", "1", "--states", "1"),
        ("explore", "lane.yaml", "--games", "1"),
    ),
    "graph": (("graph", "yard"), ("graph", "yard", "--games", "5"), ("graph", "siberia_quest")),
    "words": (("words", "yard", "--games", "5"),),
    "why": (("why", "yard", "fly"), ("why", "stove.yaml", "rest"), ("why", str(STORIES / "first_fire"), "shavings")),
    "new": (("new", "fresh"),),
    "pack and export": (("pack", "yard"), ("export", "web", "yard")),
    "explain": (("explain", "SQ203"),),
    "stories": (("stories",),),
    "endings": (("endings", str(YARD)),),
    "saves": (("saves",), ("saves", "show", "autosave", "--story", str(YARD))),
}
#: Games that a program plays by bare picks.
GAMES: tuple[Run, ...] = (
    ("play", str(YARD)),
    ("play", "yard"),
    ("play", "lodger.yaml"),
    ("play", "siberia_quest", "--seed", "1"),
    ("continue", str(YARD)),
)


def section(title: str) -> str:
    """Return what stands on the page under a heading."""
    plain = PAGE.replace("`", "")
    assert f"\n## {title}\n" in plain, f"docs/json.md needs a section `{title}`"
    return plain.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def keys_of(text: str) -> Keys:
    """Return the keys of the tables in a section."""
    found: Keys = {}
    for row in re.findall(r"^\| (.+?) \| (.+?) \|", text.split("\n### ", 1)[0], re.MULTILINE):
        if row[1] in {"kind", "---"} or row[0].startswith("-"):
            continue
        for key, kinds in zip_longest(row[0].split(), row[1].split(", ")):
            assert key, f"more kinds than keys: {row}"
            assert kinds, f"more keys than kinds: {row}"
            assert key not in found, f"{key} stands twice"
            found[key] = set(kinds.split(" or "))
    return found


def told(value: Json, documented: Iterable[str], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each key of a value with its kind; names that differ from story to story as the page has them."""
    if isinstance(value, dict):
        inside = path + "." if path else ""
        for key, part in value.items():
            names = {
                each.removeprefix(inside).split(".")[0].removesuffix("[]")
                for each in documented
                if each.startswith(inside)
            }
            general = [name for name in names if name.isupper()]
            yield from told(part, documented, f"{inside}{general[0] if general else key}")
    elif isinstance(value, list):
        for part in value:
            yield from told(part, documented, f"{path}[]")
    else:
        kinds = {bool: "yes/no", int: "number", float: "number", str: "text", type(None): "null"}
        yield path, kinds[type(value)]


def differences(documented: Keys, values: Iterable[Json]) -> list[str]:
    """Return what the page has and no value, and what a value has and not the page."""
    seen: Keys = {}
    for value in values:
        for key, kind in told(value, documented):
            seen.setdefault(key, set()).add(kind)
    return [
        *(f"not on the page: {key} ({', '.join(kinds)})" for key, kinds in seen.items() if not kinds <= documented.get(key, set())),
        *(f"not in the output: {key}" for key in documented if key not in seen),
    ]  # fmt: skip


def without_blocks(value: Json) -> Json:
    """Return a page without what its blocks hold, which hangs on their types and has a table of its own."""
    blocks = value.get("blocks") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(blocks, list):
        return {**value, "blocks": [{"type": each["type"]} for each in blocks if isinstance(each, dict)]}
    return value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the stories."""
    here = tmp_path_factory.mktemp("stories")
    for name, text in FILES.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text, "utf-8")
    return here


@pytest.mark.parametrize("title", RUNS)
def test_a_command_prints_exactly_the_keys_of_its_table(title: str, folder: Path) -> None:
    if title == "saves":
        siberia_quest("play", YARD, typed=TYPED, here=folder)
    values: list[Json] = []
    for run in RUNS[title]:
        left = siberia_quest(*run, "--json", here=folder, typed=TYPED)
        assert left.status in {0, 1}, left.err
        values.append(json.loads(left.out))
    assert differences(keys_of(section(title)), values) == []


#: Requests of one game, so that there is a page, a refusal and each report with all their keys.
REQUESTS: tuple[Json, ...] = (
    {"pick": "nope", "id": 1}, {"do": "fly", "id": "a"}, {"pick": "split", "id": "b"}, {"do": "look", "id": 2}, {"pick": 1},
    {"answer": "Bob"}, {"pick": "divide"}, {"do": "stats"}, {"do": "journal"}, {"do": "history"}, {"do": "checkpoints"},
    {"do": "endings"}, {"do": "settings"}, {"do": "save", "name": "mine"}, {"do": "saves"}, {"do": "quick"},
    {"do": "delete", "name": "mine", "sure": True}, {"do": "note", "text": "cold"}, {"do": "transcript"},
    {"do": "undo", "turns": 2}, {"do": "changes"}, {"do": "back", "turn": 0}, {"pick": "nod"}, {"do": "checks"}, {"do": "panels"},
    {"do": "load", "name": "quick"}, {"pick": "inside"}, {"do": "quit"},
)  # fmt: skip


@pytest.fixture(scope="module")
def told_to_programs(folder: Path) -> list[dict[str, Json]]:
    """All lines of some games, by bare picks and by requests."""
    typed = "".join(json.dumps(each) + "\n" for each in REQUESTS)
    runs = [siberia_quest("play", YARD, "--json", "--seed", "5", here=folder, typed=typed)]
    runs += [siberia_quest("play", "lodger.yaml", "--json", here=folder, typed='{"pick": 1}\n{"do": "journal"}\n')]
    runs += [siberia_quest(*run, "--json", here=folder, typed=TYPED) for run in GAMES]
    return [json.loads(line) for left in runs for line in left.out.splitlines()]


@pytest.mark.parametrize(("heading", "sort"), [("The hello", "hello"), ("A page", "page"), ("A refusal", "refusal")])
def test_a_line_to_a_program_has_exactly_the_keys_of_its_table(
    heading: str, sort: str, told_to_programs: list[dict[str, Json]]
) -> None:
    lines = [without_blocks(each) for each in told_to_programs if each["type"] == sort]
    assert differences(keys_of(part(heading).replace("`", "").split("\n| code | when")[0]), lines) == []


def test_every_report_has_the_keys_of_its_row(told_to_programs: list[dict[str, Json]]) -> None:
    rows = rows_of(part("Reports"))
    assert set(rows) == {*REPORTS, "save", "quick", "delete", "note", "transcript", "quit"}
    for name, keys in rows.items():
        shown: list[Json] = [
            {key: value for key, value in each.items() if key not in {"type", "report", "id"}}
            for each in told_to_programs
            if each.get("report") == name
        ]
        assert shown, name
        assert differences(keys, shown) == [], name


def test_every_code_of_a_refusal_and_every_command_stands_on_the_page() -> None:
    codes = set(re.findall(r"`(\w+)`", part("A refusal").split("| when |")[1]))
    assert codes >= set(get_args(RefusalCode))
    commands = re.findall(r"^\| ((?:`\w+` ?)+)\|", part("Requests").split("\n| command |")[1], re.MULTILINE)
    assert {name for row in commands for name in re.findall(r"`(\w+)`", row)} == set(PROGRAM_COMMANDS)


def part(heading: str) -> str:
    """Return what stands under a heading within the conversation, with its signs."""
    return PAGE.split(f"\n### {heading}\n")[1].split("\n### ")[0].split("\n## ")[0]


def rows_of(text: str) -> dict[str, Keys]:
    """Return the keys that each row of a table names, by the word it begins with; of any kind."""
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE)
    every = {"text", "number", "yes/no", "null"}
    return {
        name: dict.fromkeys(re.findall(r"`([\w.[\]]+)`", re.sub(r"\([^)]*\)|`saves --json`", "", words)), every)
        for name, words in rows
    }


def test_every_block_of_a_page_has_the_keys_of_its_row(tmp_path: Path) -> None:
    lines = (JournalLine("Sawed.", 1, (1, 2)),)
    page = Page((*EVERYTHING.pieces, JournalPanel(lines), *lines), EVERYTHING.changes, ending=EVERYTHING.ending)
    blocks = page_as_json(Sitting(tmp_path).game, page)["blocks"]
    assert isinstance(blocks, list)
    rows = rows_of(part("Blocks"))
    assert len(rows) == len(get_args(Block))
    for sort, keys in rows.items():
        shown = [each for each in blocks if isinstance(each, dict) and each["type"] == sort]
        assert shown, sort
        assert differences({"type": {"text"}, **keys}, shown) == []


def test_every_command_has_its_json_told_or_is_named_as_one_without() -> None:
    (commands,) = [each.choices for each in make_parser()._actions if isinstance(each.choices, dict)]
    without = section("Commands that have no --json")
    for name, command in commands.items():
        has_json = any("--json" in each.option_strings for each in command._actions)
        if name in ENDLESS:
            continue
        assert has_json == any(name in title.split() for title in (*RUNS, "play continue")), name
        assert has_json or re.search(rf"\b{name}\b", without), name


def test_a_key_too_many_or_too_few_is_found() -> None:
    documented = keys_of("| name | kind | |\n|---|---|---|\n| a[].b c.NAME | text or null, number | x |\n")
    assert differences(documented, [{"a": [{"b": None}], "c": {"x.y": 1}}]) == []
    assert differences(documented, [{"a": [{"b": "x"}], "c": {}}]) == ["not in the output: c.NAME"]
    assert differences(documented, [{"a": [{"b": 1}], "c": {"x": 1}, "d": True}]) == [
        "not on the page: a[].b (number)",
        "not on the page: d (yes/no)",
    ]
