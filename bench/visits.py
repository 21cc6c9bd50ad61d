"""What a first visit costs: 1,000 passages of a loaded story, each entered once and one choice picked in it, the engine alone.

It is given as a ratio to a yardstick that does not move with our code: what Python takes to compile the frozen `bare_player.py`, which
is about as long as the code made of a passage. One is timed after the other at each passage, in this process's own time.
`python visits.py` measures in this process, with whatever checkout is on PYTHONPATH.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import synthetic

import siberia_quest
from siberia_quest import Story, advance, begin, load_story

ROUNDS = 7
SIZE = 1000
BENCH = Path(__file__).parent


def visit_all(story: Story) -> dict[str, float]:
    """Return the microseconds of a first visit and of the yardstick, and how much was told."""
    yardstick = (BENCH / "bare_player.py").read_text("utf-8")
    ours = theirs = 0.0
    told = 0
    turn = begin(story)
    for _ in range(SIZE - 1):
        start = time.process_time()
        turn = advance(story, turn.state, "c0")
        told += sum(len(paragraph) for paragraph in turn.page.paragraphs)
        middle = time.process_time()
        compile(yardstick, "yardstick", "exec")
        theirs += time.process_time() - middle
        ours += middle - start
    return {"visit": ours / (SIZE - 1) * 1e6, "yardstick": theirs / (SIZE - 1) * 1e6, "told": told}


def chained(passages: list[synthetic.Passage]) -> list[synthetic.Passage]:
    """Return a story in which every choice leads to the next passage."""
    return [
        each._replace(choices=tuple(choice._replace(to=(number + 1) % len(passages)) for choice in each.choices))
        for number, each in enumerate(passages)
    ]


def measure(checkouts: list[Path]) -> list[list[dict[str, float]]]:
    """Return what was measured by checkout and round, each in a process of its own, taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        synthetic.write(chained(synthetic.make(SIZE)), Path(folder))
        rounds = [[_measured(checkout, folder) for checkout in checkouts] for _ in range(ROUNDS)]
    return [list(each) for each in zip(*rounds, strict=True)]


def _measured(checkout: Path, story: str) -> dict[str, float]:
    source = checkout.resolve() / "src"
    command = [sys.executable, __file__, story, str(source)]
    given = {**os.environ, "PYTHONPATH": str(source)}
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=given).stdout)
    return found


def row() -> str:
    """Return the line of the table: microseconds, and the ratio."""
    (ours,) = measure([BENCH.parent])
    return _line(f"{SIZE:,} first visits", ours)


def against(checkout: Path) -> list[str]:
    """Return the lines of a table: this checkout, another one, and the ratio between them. Leaves where their texts differ."""
    ours, theirs = measure([BENCH.parent, checkout])
    if {each["told"] for each in ours} != {each["told"] for each in theirs}:
        sys.exit(f"{checkout}: it tells another text")
    ratios = [_ratio(one) / _ratio(other) for one, other in zip(ours, theirs, strict=True)]
    return [_line("ours", ours), _line("theirs", theirs), f"| ours / theirs | | | {_spread(ratios)} |"]


def _line(label: str, found: list[dict[str, float]]) -> str:
    cells = [f"{statistics.median(each[name] for each in found):.0f} µs" for name in ("visit", "yardstick")]
    return "| " + " | ".join([label, *cells, _spread([_ratio(each) for each in found])]) + " |"


def _ratio(found: dict[str, float]) -> float:
    return found["visit"] / found["yardstick"]


def _spread(each: list[float]) -> str:
    return f"{statistics.median(each):.2f} ({min(each):.2f}–{max(each):.2f})"


def main() -> None:
    """Measure the checkout that is imported here, and print it as JSON."""
    folder, source = sys.argv[1:]
    if not Path(siberia_quest.__file__).is_relative_to(source):
        sys.exit(f"another siberia_quest is imported than that of {source}")
    loaded = load_story(folder)
    if loaded.story is None:
        sys.exit(f"the synthetic story does not load: {loaded.diagnostics[:3]}")
    print(json.dumps(visit_all(loaded.story)))


if __name__ == "__main__":
    main()
