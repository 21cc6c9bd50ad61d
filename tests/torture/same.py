"""Plays, saves, explores and checks under many hash seeds, locales, zones and Pythons: `python -m torture.same 8`.

All that comes out, and every save's bytes but for ids and dates, must be the same. The Pythons are those that the machine has, 3.11 and
later; each gets an environment of its own where it lacks what the program needs. The number says how many hash seeds each gets.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "story"
LOCALES = ("C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "de_DE.UTF-8", "")
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati")
#: What is no part of a game: its id, when it was saved and how long it was played, and the seal over all that.
_OWN = re.compile(rb'"(game|date|sha256)":"[^"]*"|"seconds":[0-9.]+')
_TYPED = "\n".join(
    ["1", "2", "1", "", "3", "/save one", "1", "1", "2", "/undo", "1", "", "1", "/quick", "/history", "/journal", "1"]
    * 3
)
LINES: Mapping[str, tuple[str, str]] = {
    "a game": ("play siberia_quest --seed 11 --plain --set hero=M --set winter=prime_time", _TYPED),
    "a game for programs": ("play night_train --seed 5 --json", "1\n" * 40),
    "a short game": ("play first_fire --seed 3 --plain", _TYPED),
    "explore": ("explore first_fire --games 60", ""),
    "explore as a table": ("explore first_fire --games 40 --csv out.csv", ""),
    "explore as a page": ("explore night_train --games 20 --html out.html", ""),
    "check": ("check siberia_quest first_fire night_train --notes", ""),
    "check, broken": ("check broken.yaml --format github", ""),
    "words": ("words first_fire", ""),
    "endings": ("endings night_train", ""),
    "a map": ("graph first_fire --format text", ""),
    "the schema": ("schema", ""),
}
_BROKEN = """\
story: Broken
variables: {a: 1, bb: 2}
passages:
  here:
    text: "{aa} {b}"
    choices: [{text: Go, goto: cellar, if: c > 1}]
"""


class Way(NamedTuple):
    """How a process runs: its Python, hash seed, locale and zone."""

    python: str
    seed: str
    locale: str
    zone: str

    def environ(self, home: Path) -> dict[str, str]:
        """Return what its processes find in their environment."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "LANG", "PYTHON", "SIBERIA", "TZ"))
        }
        given = {"LC_ALL": self.locale, "LANG": self.locale} if self.locale else {}
        return {
            **kept, **given, "TZ": self.zone, "PYTHONHASHSEED": self.seed, "HOME": str(home), "COLUMNS": "100",
            "SIBERIA_QUEST_SAVES": str(home / "saves"), "SIBERIA_QUEST_CACHE": str(home / "cache"), "PYTHONPATH": str(ROOT / "src"),
        }  # fmt: skip


def outcome(way: Way, names: tuple[str, ...]) -> dict[str, str]:
    """Run every command; return the hash of what each told and wrote, by its name, and of each file that is left."""
    found = {}
    with TemporaryDirectory() as name:
        home = Path(name)
        (home / "broken.yaml").write_text(_BROKEN, "utf-8")
        for what in names:
            line, typed = LINES[what]
            left = subprocess.run(
                [way.python, "-m", "siberia_quest", *line.split()], input=typed.encode(), capture_output=True, cwd=home,
                env=way.environ(home), check=False, timeout=600,
            )  # fmt: skip
            told = re.sub(rb"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}|[0-9.]+ s(?:econds)?\b", b"", left.stdout)
            told = told.replace(str(home).encode(), b"HOME")
            found[what] = f"{left.returncode} {hashlib.sha256(told).hexdigest()[:16]}"
        for each in sorted(home.rglob("*")):
            if each.is_file() and "cache" not in each.parts and each.suffix in {".save", ".previous", ".csv", ".html"}:
                found[each.name + " of " + each.parent.name * (each.suffix in {".save", ".previous"})] = hashlib.sha256(
                    _OWN.sub(b"", each.read_bytes())
                ).hexdigest()[:16]
    return found


def ways(pythons: list[str], seeds: int) -> Iterator[Way]:
    """Return the ways to run: each Python with each hash seed, and locales and zones in turn."""
    for at, python in enumerate(pythons):
        for number in range(seeds):
            turn = at + number
            yield Way(python, str(number * 7919 % 4294967295), LOCALES[turn % len(LOCALES)], ZONES[turn % len(ZONES)])


def pythons(folder: Path) -> list[str]:
    """Return the Pythons of this machine that the program runs on, this one first; another than this gets what it needs."""
    found = [sys.executable]
    versions = {sys.version_info[:3]}
    places = [
        *(Path(each) for each in os.environ.get("PATH", "").split(os.pathsep)),
        *Path.home().glob(".pyenv/versions/*/bin"),
    ]
    for each in (place / f"python3.{minor}" for place in places for minor in range(11, 20)):
        if not each.exists():
            continue
        asked = subprocess.run(
            [str(each), "-c", "import sys,json;print(json.dumps(sys.version_info[:3]))"],
            capture_output=True,
            check=False,
        )
        version = tuple(json.loads(asked.stdout)) if asked.returncode == 0 else None
        if version is None or version in versions:
            continue
        versions.add(version)
        if made := _environment(each, folder / f"python{version[0]}.{version[1]}"):
            found.append(made)
    return found


def _environment(python: Path, folder: Path) -> str | None:
    """Make an environment with what the program needs; return its Python, None where that cannot be."""
    made = folder / "bin" / "python"
    commands = (
        [str(python), "-m", "venv", str(folder)],
        [str(made), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--constraint", str(ROOT / "constraints.txt"),
         "msgspec", "platformdirs", "prompt_toolkit", "PyYAML", "rich", "shtab"],
    )  # fmt: skip
    for command in commands:
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            sys.stdout.write(f"{python}: passed over, since no environment can be made for it\n")
            shutil.rmtree(folder, ignore_errors=True)
            return None
    return str(made)


def differences(found: Mapping[Way, Mapping[str, str]]) -> list[str]:
    """Return what is not the same everywhere."""
    first, *others = found.items()
    return [
        f"{name}: {first[0]} and {way} differ"
        for way, each in others
        for name in sorted({*first[1], *each})
        if first[1].get(name) != each.get(name)
    ]


def unlike(home: Path) -> bytes:
    """Return what a game tells whose seed nobody chose."""
    line, typed = LINES["a short game"]
    command = [sys.executable, "-m", "siberia_quest", *line.replace("--seed 3 ", "").split()]
    environ = Way(sys.executable, "0", "C", "UTC").environ(home)
    return subprocess.run(command, input=typed.encode(), capture_output=True, env=environ, cwd=home, check=False).stdout


def main(seeds: int) -> int:
    """Run all; then the control: a game whose seed is chosen anew each time must differ."""
    with TemporaryDirectory() as name:
        there = pythons(Path(name))
        found = {way: outcome(way, (*LINES,)) for way in ways(there, seeds)}
        told = differences(found)
        outs = {unlike(Path(name)) for _ in range(4)}
    for each in told[:20]:
        sys.stdout.write(f"{each}\n")
    outputs = sum(map(len, found.values()))
    sys.stdout.write(
        f"the same everywhere: {len(found)} ways on {len(there)} Pythons, {outputs} outputs and files, {len(told)} differ\n"
    )
    sys.stdout.write(f"control, a seed that nobody chose: {len(outs)} of 4 games differ\n")
    return int(bool(told) or len(outs) < 2)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4))
