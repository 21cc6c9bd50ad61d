"""How reading and checking, and an author's other commands, grow with a story: 1, 10 and 100 thousand of each thing that can be repeated.

    PYTHONPATH=tests python bench/growth.py [the most, 100000 by default] [words of a row's name]

Each row is measured in a process of its own. Its exponent is that of the last step: 1 where ten times as much takes ten times as long.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from math import log10
from pathlib import Path
from tempfile import TemporaryDirectory

from loading.growing import FOLDERS, GROWING
from siberia_quest import load_story
from siberia_quest.cli import main as siberia_quest
from siberia_quest.tools.checking import find_problems

FEWEST = 1000
MOST_EXPONENT = 1.2
#: Below this many seconds it is the start of the program that is measured.
LEAST = 0.05


#: What an author runs on a story that has grown, and what it has grown by.
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "explore": ("explore", "--games", "2"), "graph": ("graph",), "words": ("words", "--games", "2"), "test": ("test",),
}  # fmt: skip
RUN_ON = (
    "texts", "choices", "passages in a chain", "passages with choices", "storylets", "variables", "phrases",
    "arms of when", "lines of a text", "picks of a walkthrough", "walkthroughs", "scenes",
)  # fmt: skip


def seconds(what: str, number: int) -> float:
    """Return the processor's time for reading and checking a story with so many of a thing, or for a command: `words: choices`."""
    command, _, of = what.rpartition(": ")
    with TemporaryDirectory() as folder:
        files = FOLDERS[of](number) if of in FOLDERS else {"story.yaml": GROWING[of](number)}
        for name, text in files.items():
            (Path(folder) / name).parent.mkdir(exist_ok=True)
            (Path(folder) / name).write_text(text, "utf-8")
        os.environ["SIBERIA_QUEST_CACHE"] = f"{folder}/.cache"
        begun = processor()
        if command:
            with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
                siberia_quest([COMMANDS[command][0], folder, *COMMANDS[command][1:]])
        else:
            find_problems(load_story(Path(folder)))
        return processor() - begun


def processor() -> float:
    """Return the processor's time so far, of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> int:
    """Measure each row; return 1 where one grows too fast."""
    if sys.argv[1:2] == ["--one"]:
        print(seconds(sys.argv[2], int(sys.argv[3])))
        return 0
    most, words = int((sys.argv[1:] or ["100000"])[0]), " ".join(sys.argv[2:])
    numbers = [FEWEST]
    while numbers[-1] * 10 <= most:
        numbers.append(numbers[-1] * 10)
    steep = 0
    run_on = [f"{command}: {of}" for command in COMMANDS for of in RUN_ON]
    for what in [each for each in (*GROWING, *FOLDERS, *run_on) if words in each]:
        taken = []
        for number in numbers:
            command = [sys.executable, __file__, "--one", what, str(number)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            taken.append(float(done.stdout))
        exponent = log10(taken[-1] / taken[-2]) if len(taken) > 1 and taken[-2] >= LEAST else 0.0
        steep += exponent > MOST_EXPONENT
        times = "  ".join(f"{each:8.2f} s" for each in taken)
        print(f"{what:36} {times}  n^{exponent:.2f}{'  too steep' if exponent > MOST_EXPONENT else ''}", flush=True)
    return min(steep, 1)


if __name__ == "__main__":
    sys.exit(main())
