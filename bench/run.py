"""Measures everything in one run and prints it: `make bench`, or `python bench/run.py [GAMES] [FOLDER OF inkjs]`.

`python bench/run.py --against DIR` measures first visits alone, in this checkout and in another one.
All players play the same games, taking turns; a game whose picks, final numbers or text differ from the oracle's is a failure.
A peer that is not installed is left out, with a word.
"""

import compileall
import sys
import tempfile
from pathlib import Path

import cold
import exploring
import loads
import prompts
import speeds
import starts
import visits
from peers import Peers

SOURCE = Path(__file__).parents[1] / "src"
SIZES = (100, 1000, 10_000)
VISITS = "| first visits | ours | the yardstick | ratio |\n| --- | --- | --- | --- |"


def main() -> None:
    """Print the tables."""
    if sys.argv[1:2] == ["--against"]:
        print("\n".join([VISITS, *visits.against(Path(sys.argv[2]))]))
        return
    compileall.compile_dir(SOURCE, quiet=1)  # as where it was installed
    games = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        peers = Peers(Path(sys.argv[2]) if len(sys.argv) > 2 else None, Path(folder))
        for word in peers.report_missing:
            print(f"left out: {word}")
        print(f"\nChoices a second, text produced in full (medians of {speeds.ROUNDS} rounds of {games} games):\n")
        print("| passages | ours | bare Python | ratio | its floor | ratio | inkjs | times | bink | times |")
        print("|---" * 10 + "|")
        for size in SIZES:
            print(speeds.row(size, games, peers), flush=True)
        print(f"\nFirst visits (medians of {visits.ROUNDS} rounds):\n\n{VISITS}\n{visits.row()}", flush=True)
        print(f"\n{SIZES[1]:,} passages, games in a new process (medians of {cold.ROUNDS} rounds):\n")
        print("| games | ours | inkjs | share | bink | share |\n|---" + "|---" * 5 + "|")
        for line in cold.rows(SIZES[1], peers):
            print(line, flush=True)
        print(f"\n{SIZES[-1]:,} passages, and what is kept:\n")
        print("| what | ours | inkjs | bink |\n| --- | --- | --- | --- |")
        for line in loads.rows(SIZES[0], SIZES[-1], peers):
            print(line, flush=True)
        print("\nCold processes:\n\n| what | time | beside |\n| --- | --- | --- |")
        for line in starts.rows(peers):
            print(line, flush=True)
        print("\nIn a terminal, time of the processor:\n\n| what | time | beside |\n| --- | --- | --- |")
        for line in prompts.rows(Path(folder)):
            print(line, flush=True)
    print(f"\nSiberia Quest, choices a second of a core (medians of {exploring.ROUNDS} rounds of {games} games):\n")
    print("| what | choices a second | ratio |\n| --- | --- | --- |")
    for line in exploring.rows(games):
        print(line, flush=True)


if __name__ == "__main__":
    main()
