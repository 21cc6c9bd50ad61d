"""Alters shipped stories at length: `python -m altered.run 2000 [FIRST_SEED]`; exits with 1 where a slip changed something in silence."""

import sys
from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from random import Random

from altered.altering import alter
from altered.judging import Original, Verdict

FOLDER = Path(__file__).parents[2] / "story"
#: The stories that are altered, and how many of a hundred slips are made in each.
SHARES = (("night_train", 20), ("first_fire", 60), ("siberia_quest", 20))
_ORIGINALS = tuple(Original(FOLDER / name) for name, share in SHARES for _ in range(share // 20))


def slip(seed: int) -> tuple[Verdict, str] | None:
    """Make one slip; return what became of it, and the lines that were changed. None where it cannot be made."""
    dice = Random(seed)
    original = _ORIGINALS[dice.randrange(len(_ORIGINALS))]
    scene = original.scenes[dice.randrange(len(original.scenes))]
    before = original.files[scene].decode()
    altered = alter(before, dice.randrange)
    if altered is None:
        return None
    diff = [
        *unified_diff(before.split("\n"), altered.lines, f"{original.name}/{scene}", f"seed {seed}", n=1, lineterm="")
    ]
    return original.judge(scene, altered), "\n".join(diff)


def _told(seeds: range) -> Iterator[str]:
    tally = Counter[Verdict]()
    for seed in seeds:
        if found := slip(seed):
            tally[found[0]] += 1
            if found[0] == "silent":
                yield found[1]
    sys.stdout.write(", ".join(f"{verdict}: {count}" for verdict, count in tally.most_common()) + "\n")


def main(count: int, first: int) -> int:
    """Make slips with as many seeds; print those that changed something in silence."""
    silent = [*_told(range(first, first + count))]
    sys.stdout.write("\n\n".join(silent) + "\n")
    return int(bool(silent))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
