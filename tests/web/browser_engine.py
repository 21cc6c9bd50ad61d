"""The engine of the page, run by node, beside our own: both are asked for the same turns, and what they answer is compared whole."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Self, TypeAlias, cast

from house.tree import ROOT
from siberia_quest import NotOnOffer, Page, State, Story, Turn, advance, begin
from siberia_quest.engine.status import panels_of, status_of
from siberia_quest.web.story_script import print_story

RUNTIME = ROOT / "src" / "siberia_quest" / "web" / "runtime"
HAS_NODE = shutil.which("node") is not None
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
#: What is answered where a question asks for a text or a number.
_ANSWERS = ("Anna", "3", "7", "12", "1,000", "2.5", "x" * 300, "")


class BrowserEngine:
    """A process of node with the runtime of the page."""

    def __init__(self, runtime: Path = RUNTIME) -> None:
        program = Path(__file__).with_name("play.mjs")
        self._node = subprocess.Popen(
            ["node", program, runtime], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._node.communicate()

    def ask(self, request: Mapping[str, object]) -> dict[str, Json]:
        """Return the answer to a request. Raises RuntimeError with what node says where it failed."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(request) + "\n")
        self._node.stdin.flush()
        answer = cast("dict[str, Json]", json.loads(self._node.stdout.readline() or '{"error": "node is gone"}'))
        if "error" in answer:
            raise RuntimeError(str(answer["error"]))
        return answer

    def take(self, story: Story) -> None:
        """Take a story, for the games that follow."""
        self.ask({"story": print_story(story)})

    def turns(self, seed: int, picks: Sequence[str]) -> list[Json]:
        """Return the turns of a game."""
        found = self.ask({"seed": str(seed), "picks": picks})["turns"]
        return cast("list[Json]", found)

    def turn_after(self, state: Json, pick: str) -> Json:
        """Return the turn that a pick leads to from a state that another engine was in."""
        return self.ask({"state": state, "pick": pick})["turn"]


def written(value: object) -> Json:
    """Return a value of the model as the page's engine writes it: a record by its fields, with its name as `type`."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {"type": type(value).__name__, **{field: written(getattr(value, field)) for field in value._fields}}
    if isinstance(value, tuple | list):
        return [written(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return cast("Json", value)


def written_page(page: Page) -> Json:
    whole = cast("dict[str, Json]", written(page))
    if page.problem:
        code, message, span, why, fix = (
            page.problem.code,
            page.problem.message,
            page.problem.span,
            page.problem.why,
            page.problem.fix,
        )
        whole["problem"] = {
            "type": "Problem", "code": code, "message": message, "why": why, "fix": fix, "file": span.file, "line": span.line,
            "column": span.column,
        }  # fmt: skip
    return whole


def written_state(state: State) -> Json:
    whole = cast("dict[str, Json]", written(state._replace(counts=None, layout=None)))  # type: ignore[arg-type]  # written below
    del whole["layout"]
    frames = [{key: value for key, value in written_record(frame).items() if key != "type"} for frame in state.frames]
    counts: list[Json] = [[index, list(record)] for index, record in state.counts.items()]
    return {**whole, "chance": str(state.chance), "seed": str(state.seed), "counts": counts, "frames": frames}  # type: ignore[dict-item]


def written_record(record: object) -> dict[str, Json]:
    return cast("dict[str, Json]", written(record))


def written_turn(story: Story, turn: Turn) -> Json:
    """Return a turn with what the status and the panels show after it."""
    return {
        "state": written_state(turn.state), "page": written_page(turn.page),
        "status": written(status_of(story, turn.state)), "panels": written(panels_of(story, turn.state)),
    }  # fmt: skip


def played(story: Story, seed: int, most: int) -> tuple[list[str], list[Json]]:
    """Play a game with picks that hang on the seed: return them, and the turns as the page's engine writes them."""
    dice = Random(seed)
    turn = begin(story, seed)
    picks: list[str] = []
    turns: list[Json] = [written_turn(story, turn)]
    while len(picks) < most and turn.page.ending is None and not turn.page.problem:
        open_ = [option.id for option in turn.page.options if option.enabled]
        if not open_ and not turn.page.ask:
            break
        picks.append(dice.choice(open_ or _ANSWERS))
        try:
            turn = advance(story, turn.state, picks[-1])
            turns.append(written_turn(story, turn))
        except NotOnOffer as error:
            turns.append(
                {"state": written_state(turn.state), "page": {"refused": error.reason}, "status": [], "panels": []}
            )
    return picks, turns


def differences(engine: BrowserEngine, story: Story, seeds: Sequence[int], most: int) -> Iterator[str]:
    """Yield what differs first in each game, if anything: from turn to turn, and where each turn begins from our own state."""
    for seed in seeds:
        picks, ours = played(story, seed, most)
        theirs = engine.turns(seed, picks)
        yield from _first_difference(f"seed {seed}", ours, theirs)
        for number, pick in enumerate(picks):
            before = cast("dict[str, Json]", ours[number])
            after = engine.turn_after(before["state"], pick)
            yield from _first_difference(
                f"seed {seed}, from our state {number}", ours[number + 1 : number + 2], [after]
            )


def _first_difference(where: str, ours: Sequence[Json], theirs: Sequence[Json]) -> Iterator[str]:
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one != other:
            parts = [
                f"{part}.{key}: ours {value!r:.500}, theirs {cast('dict[str, Json]', two).get(key)!r:.500}"
                for part in ("state", "page")
                for two in [cast("dict[str, Json]", other)[part]]
                for key, value in cast("dict[str, dict[str, Json]]", one)[part].items()
                if cast("dict[str, Json]", two).get(key) != value
            ]
            both = cast("list[dict[str, Json]]", [one, other])
            parts += [
                f"{part}: ours {both[0][part]!r:.500}, theirs {both[1][part]!r:.500}"
                for part in ("status", "panels")
                if both[0][part] != both[1][part]
            ]
            yield f"{where}, turn {number}: {'; '.join(parts) or 'theirs has more'}"
            return


@contextmanager
def changed_runtime(folder: Path, file: str, old: str, new: str) -> Iterator[BrowserEngine]:
    """Give the page's engine with one thing of its runtime changed: what must be noticed."""
    changed = folder / "runtime"
    shutil.copytree(RUNTIME, changed)
    text = (changed / file).read_text("utf-8")
    assert old in text
    (changed / file).write_text(text.replace(old, new), "utf-8")
    with BrowserEngine(changed) as engine:
        yield engine
