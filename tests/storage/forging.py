"""Caches with something else put in, and every hash repaired: what a stranger could leave where stories are kept."""

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias, cast

import msgspec

from siberia_quest.engine.status import chart_of, place_of, stats_of, status_of
from siberia_quest.engine.turns import NotOnOffer, advance, begin, reopen
from siberia_quest.model.story import Story

Data: TypeAlias = "bool | int | float | str | bytes | list[Data] | dict[str, Data] | None"
#: A place within data: what to put another thing into, and at which key.
Place: TypeAlias = "tuple[list[Data], int] | tuple[dict[str, Data], str]"

MAIN = """story: The ferry
id: ferry
start: ferry.landing
settings:
  pace: {ask: How fast?, one_of: {slow: Slowly, fast: Fast}}
stats:
  nerve: {start: 40, range: [0, 100], bands: {0: shaken, 50: steady}}
  purse:
    start: 5
    range:
      - 0
      - max(50, nerve)
    show: number
variables:
  guest: {text: Nobody, max: 20}
  rope: {set_of: knot}
  log: {list_of: knot, last: 3}
  tied: {per: knot, start: 0}
  held: knot
  calm: true
  fares: {start: 0, keep: true}
kinds:
  knot: {bowline: a bowline, hitch: a hitch}
  worry: [nerve, purse]
formulas:
  toll(n): n * 2 + 1 if calm else n
tables:
  tide: {0: low, 3: middling, 6: high}
phrases:
  hail(n): "{if n > 2 then Ahoy | Hello}, {guest}. {cycle | Gulls. | Fog.}"
menus:
  rest:
    - text: Sit
      goto: bank.mud
endings:
  far: {title: The far side, text: You are over.}
achievements:
  first: {title: First, text: The first crossing.}
status: [purse, calm]
passages:
  landing:
    title: The landing
    checkpoint: At the landing
    steps:
      - let: fare = roll(1, 6)
      - "{hail(fare)} The tide is {tide(fare)}. {shuffle | A heron | A crow} stands by. {purse:1} {cap(label(held))}"
      - do: [purse += 2, rope += bowline, tied(hitch) += 1, log += hitch, fares += toll(fare)]
      - if: calm and purse > 3 and (nerve - 1) // 2 < 400
        then: "{plural(fare, 'coin', 'coins')} to pay."
      - for: knot
        then: "You try {knot}: {tied(knot)}."
      - match: held
        cases:
          bowline: It holds.
          else: It slips.
      - random:
          - weight: 2
            then: Rain.
          - Wind.
      - cycle:
          - First bell.
          - Second bell.
      - check: {odds: 50, label: Nerve}
        success: You jump.
        failure: You slip.
      - do: value(nerve) -= 1
      - journal: "Fare {fare}."
      - montage: {tempo: 90, beats: [Oars., Water.]}
      - show: stats
      - achieve: first
      - music: {tune: reed, tempo: 80}
      - choices:
          - text: Ask "{guest}"
            id: query
            if: visits(landing) < 9
            then:
              - ask: {into: guest, prompt: Who?, default: Ann}
              - call: bank.count(fare)
            goto: landing
          - text: Row
            id: row
            needs: purse > 1
            locked: You are broke.
            once: true
            goto: bank
          - for: knot
            text: Tie {knot}
            do: held = knot
            goto: landing
          - deal: {tag: walk, show: 2, by: first}
          - use: rest
    goto: landing
"""
BANK = """scene: The bank
passages:
  mud:
    steps:
      - pause: Wade
      - deal: walk
        else: Nobody is about.
      - topics:
          - text: Look
            then: Reeds. {turns_since(ferry.landing)}
          - text: Go on
            done: true
      - goto: far
  far:
    - if: nerve > 200
      then: "{highest(worry)}"
    - end: far
  count:
    params: {how_many: number}
    steps:
      - do: nerve -= how_many
      - return: true
  otter:
    storylet: {tag: walk, cooldown: 1, weight: 2}
    text: An otter.
  frog:
    storylet: {tag: walk, if: calm}
    text: A frog.
"""


def write_story(folder: Path) -> None:
    """Put the files of a story with most words of the language into a folder."""
    folder.mkdir(parents=True)
    (folder / "story.yaml").write_text(MAIN, "utf-8")
    (folder / "bank.yaml").write_text(BANK, "utf-8")


class Kept:
    """What lies in a cache's folder, taken apart: the index, and the scenes by file name."""

    def __init__(self, folder: Path) -> None:
        """Take it apart."""
        self.folder = folder
        self.index = _apart((folder / "index").read_bytes()[64:])
        self.scenes = {each.stem: _apart(each.read_bytes()) for each in folder.glob("*.scene")}

    def write(self) -> None:
        """Put it together again, with all hashes as they have to be."""
        named = {}
        for name, scene in self.scenes.items():
            data = _together(scene)
            named[name] = hashlib.sha256(data).hexdigest()
            (self.folder / f"{named[name]}.scene").write_bytes(data)
        rows = self.index["rows"]
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, list) and len(row) == 4 and isinstance(row[3], str):
                row[3] = named.get(row[3], row[3])
        body = _together(self.index)
        (self.folder / "index").write_bytes(hashlib.sha256(body).hexdigest().encode() + body)

    def places(self) -> list[tuple[str, Place]]:
        """Return every place where something stands, with the noun and number of its field."""
        found = [
            each
            for key, part in self.index.items()
            if key not in {"made", "key"}
            for each in _places(key, part, (self.index, key))
        ]
        for scene in self.scenes.values():
            found += [each for key, part in scene.items() for each in _places(key, part, (scene, key))]
        return found


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts that lie one behind the other in a file, or in one of its parts."""
    sizes, _, body = data.partition(b"\n")
    parts, at = {}, 0
    for name, size in json.loads(sizes).items():
        parts[name] = body[at : at + size]
        at += size
    return parts


def _apart(data: bytes) -> dict[str, Data]:
    parts = _parts(data)
    passages = _parts(parts.pop("passages"))
    read = cast("Data", msgspec.msgpack.decode(parts.pop("read")))
    whole: dict[str, Data] = {name: json.loads(part) for name, part in parts.items()}
    return {**whole, "read": read, "passages": {id_: json.loads(each) for id_, each in passages.items()}}


def _joined(parts: dict[str, bytes]) -> bytes:
    return b"".join([json.dumps({name: len(part) for name, part in parts.items()}).encode(), b"\n", *parts.values()])


def _together(whole: dict[str, Data]) -> bytes:
    parts = {name: json.dumps(each).encode() for name, each in whole.items()}
    passages = whole["passages"]
    if isinstance(passages, dict):
        parts["passages"] = _joined({id_: json.dumps(each).encode() for id_, each in passages.items()})
    return _joined({**parts, "read": msgspec.msgpack.encode(whole["read"])})


def _places(name: str, data: Data, place: Place) -> Iterator[tuple[str, Place]]:
    yield name, place
    if isinstance(data, list):
        head = data[0] if data and isinstance(data[0], str) else ""
        for number, each in enumerate(data):
            yield from _places(f"{head or name} {number if head else ''}", each, (data, number))
    elif isinstance(data, dict):
        for key, each in data.items():
            yield from _places(name, each, (data, key))


def put(place: Place, thing: Data) -> None:
    """Put a thing at a place."""
    inside, key = place
    inside[key] = thing  # type: ignore[index]  # a list's is a number, a mapping's a name


def hostile(dice: random.Random, command: str, places: list[tuple[str, Place]]) -> Data:
    """Return something that should not be there: text that does something as Python, things of other kinds, or of another place."""
    deep: Data = []
    for _ in range(dice.choice((3, 400))):
        deep = ["", deep]
    _, (inside, key) = dice.choice(places)
    strange: list[Data] = [
        command, f"0) or {command} or (0", f"+ {command} +", f"\n    {command}\n", f"'+{command}+'", f"{{{command}}}",
        "__builtins__", "w", None, True, 0, -1, 7, 2**62, -(2**62), 1e308, float("nan"), float("inf"), "", "x",
        [], {}, [""], ["{"], ["", 1, 2], deep, "x" * 100_000,
        ["Operation", command, ["", ["Constant", 1], ["Constant", 2]]], ["Builtin", command, [""], [""]],
        ["Local", command], ["Local", 10**6], ["Constant", "text"], ["Constant", 3], inside[key],  # type: ignore[index]  # as above
    ]  # fmt: skip
    return dice.choice(strange)


def play(story: Story, seed: int) -> bool:
    """Play a story for some turns, and look at all that is shown; return whether a problem stopped it."""
    dice = random.Random(seed)
    turn = begin(story, seed)
    for _ in range(12):
        page, state = turn.page, turn.state
        if page.problem is not None and page.problem.code == "SQ804":
            return True
        _ = stats_of(story, state), status_of(story, state), chart_of(story, state), place_of(story, state)
        reopen(story, state)
        picks = [each.id for each in page.options if each.enabled] or (["Bo"] if page.ask else [])
        if not picks:
            break
        try:
            turn = advance(story, state, dice.choice(picks))
        except NotOnOffer:
            break
    return False
