"""Fuzzing guided by coverage: `python -m fuzz.run SECONDS [TARGET…]`, of processor for each; exits with 1 where something was found.

Needs atheris (`make fuzz` gets it). What was found lies in `.venv/fuzz/TARGET/found`; what led to new code is made small and kept in
`corpus/`.
"""

import hashlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

ROOM = Path(__file__).resolve().parents[2] / ".venv" / "fuzz"
_MOST_MEGABYTES = 500
_MOST_KEPT = 120
_LONGEST_KEPT = 1500


def fuzz(name: str, seconds: float, *rest: str) -> None:
    """Fuzz a target in this process, which ends with it."""
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415

    apart = _modules_without(name)
    with atheris.instrument_imports(include=["siberia_quest"], exclude=apart):
        from fuzz import doors  # noqa: PLC0415
    from fuzz.dictionary import as_file  # noqa: PLC0415
    from stories.playing import place_of  # noqa: PLC0415

    target, home = doors.TARGETS[name], ROOM / name
    known = {path.name.rpartition(" ")[0] for path in (home / "found").iterdir()}
    (ROOM / "dictionary").write_text(as_file(), "ascii")

    def one(data: bytes) -> None:
        if seconds and time.process_time() > seconds:
            os._exit(0)
        try:
            doors.send_in(target, data)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            kind = place_of(error).replace("/", "_")
            if kind not in known:
                known.add(kind)
                (home / "found" / f"{kind} {hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data[: target.longest])
                sys.stderr.write(f"FOUND {name}: {kind}: {error!r}\n"[:2000])

    def change(data: bytes, most: int, seed: int) -> bytes:
        assert target.mutate
        if Random(seed).randrange(8):
            return target.mutate(data, most, seed)
        changed: bytes = atheris.Mutate(data, most)
        return changed

    more: dict[str, Callable[[bytes, int, int], bytes]] = {"custom_mutator": change} if target.mutate else {}
    options = [
        f"-dict={ROOM / 'dictionary'}",
        f"-max_len={target.longest}",
        f"-rss_limit_mb={_MOST_MEGABYTES}",
        "-timeout=1200",
        "-report_slow_units=600",  # both in seconds of a clock, which tell of the machine: doors.py counts those of the processor
        "-len_control=0",
        f"-artifact_prefix={home}/found/crash ",
    ]
    again = f"{sys.executable} -m fuzz.run --one {name} {seconds}"  # what libFuzzer starts to try what it keeps
    atheris.Setup([again, *rest, *options], one, **more)
    atheris.Fuzz()


def _modules_without(name: str) -> list[str]:
    """The modules of the package that do not guide a target; all are forgotten, so that the others are read once more as they are."""
    from fuzz.doors import TARGETS  # noqa: PLC0415

    guiding = tuple(f"siberia_quest.{room}" for room in TARGETS[name].rooms)
    loaded = [each for each in sys.modules if each.startswith(("siberia_quest", "fuzz", "stories", "storage"))]
    for each in loaded:
        del sys.modules[each]
    return [each for each in loaded if each.startswith("siberia_quest") and not each.startswith(guiding)]


def minimised(name: str) -> int:
    """Keep the smallest inputs of a target that together reach all that was reached; return how many."""
    from fuzz.corpus import gathered, keep, kept, spread  # noqa: PLC0415

    home, small = ROOM / name, ROOM / name / "small"
    spread(kept(name), home / "inputs")
    small.mkdir(exist_ok=True)
    for each in small.iterdir():
        each.unlink()
    _child(name, "0", "-merge=1", "-use_value_profile=0", str(small), str(home / "inputs"))
    chosen = [each for each in gathered(small) if len(each) <= _LONGEST_KEPT][:_MOST_KEPT]
    keep(name, chosen)
    return len(chosen)


def _child(*arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOM / 'atheris'}:{os.environ.get('PYTHONPATH', '')}"}
    log = (ROOM / arguments[0] / "log").open("ab")
    subprocess.run(
        [sys.executable, "-m", "fuzz.run", "--one", *arguments], env=environment, stdout=log, stderr=log, check=False
    )


def found_in(name: str) -> Iterator[Path]:
    """What was found of a target."""
    yield from sorted((ROOM / name / "found").iterdir())


def main(seconds: float, names: list[str]) -> int:
    from fuzz.corpus import kept, spread  # noqa: PLC0415
    from fuzz.doors import TARGETS  # noqa: PLC0415

    found = 0
    for name in names or TARGETS:
        home = ROOM / name
        (home / "found").mkdir(parents=True, exist_ok=True)
        spread([*TARGETS[name].seeds(), *kept(name)], home / "inputs")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        _child(name, str(seconds), str(home / "inputs"))
        took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        there = [*found_in(name)]
        found += len(there)
        sys.stdout.write(
            f"{name}: {took:.0f} s, {len([*(home / 'inputs').iterdir()])} inputs, {len(there)} found, {minimised(name)} kept\n"
        )
        sys.stdout.write("".join(f"  {path}\n" for path in there))
        sys.stdout.flush()
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        fuzz(sys.argv[2], float(sys.argv[3]), *sys.argv[4:])
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
