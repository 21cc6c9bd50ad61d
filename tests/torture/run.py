"""Runs the parts of `make torture`, all or those that are named: `python -m torture.run kills power`.

`SHARE=3` in the environment tries one in three of the failing calls, chosen by chance: all of them take most of the hour.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping

_CHOSEN = ("--every", os.environ.get("SHARE", "1"), "--seed", "1")
#: What each part runs. The soak and the Pythons have targets of their own, `make soak` and `make same`.
PARTS: Mapping[str, tuple[str, ...]] = {
    "calls": ("torture.failing", *_CHOSEN),
    "calls-control": ("torture.failing", "--control", "--every", "20"),
    "calls-program": ("torture.failing", "--program", "--every", "10"),
    "calls-killed": ("torture.failing", "--kills"),
    "kills": ("torture.kills", "1000", "400"),
    "power": ("torture.power", "300"),
    "crowd": ("torture.crowd", "10", "500"),
    "disks": ("torture.disks",),
    "bits": ("torture.bits", "1"),
    "edits": ("edits.run", "1000", "60"),
    "forged": ("pytest", "--quiet", "tests/storage/test_forged_cache.py"),
}


def main(wanted: list[str]) -> int:
    """Run parts one after the other; tell which of them failed."""
    failed = []
    for name in wanted or PARTS:
        began = time.monotonic()
        sys.stdout.write(f"--- {name}\n")
        sys.stdout.flush()
        environ = {**os.environ, "FORGERIES": "3000"}
        if subprocess.run([sys.executable, "-m", *PARTS[name]], env=environ, check=False).returncode:
            failed.append(name)
        sys.stdout.write(f"--- {name}: {time.monotonic() - began:.0f} s\n")
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else "nothing was lost, and every control was\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
