"""How reading and checking grow with the size of a story: 1, 10 and 100 thousand of each thing that can be repeated.

    PYTHONPATH=tests python bench/growth.py [the most, 100000 by default] [words of a row's name]

Each row is measured in a process of its own. Its exponent is that of the last step: 1 where ten times as much takes ten times as long.
"""

import subprocess
import sys
import time
from math import log10
from pathlib import Path
from tempfile import TemporaryDirectory

from loading.growing import FOLDERS, GROWING
from siberia_quest import load_story
from siberia_quest.tools.checking import find_problems

FEWEST = 1000
MOST_EXPONENT = 1.2
#: Below this many seconds it is the start of the program that is measured.
LEAST = 0.05


def seconds(what: str, number: int) -> float:
    """Return the processor's time for reading and checking a story with so many of a thing."""
    with TemporaryDirectory() as folder:
        files = FOLDERS[what](number) if what in FOLDERS else {"much.yaml": GROWING[what](number)}
        for name, text in files.items():
            (Path(folder) / name).parent.mkdir(exist_ok=True)
            (Path(folder) / name).write_text(text, "utf-8")
        path = Path(folder) if what in FOLDERS else Path(folder) / "much.yaml"
        begun = time.process_time()
        find_problems(load_story(path))
        return time.process_time() - begun


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
    for what in [each for each in (*GROWING, *FOLDERS) if words in each]:
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
