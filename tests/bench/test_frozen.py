"""What the engine is measured against does not move, and plays the same games."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"

_COMPARE = """
import sys, tempfile
from pathlib import Path
import bare_player, data_player, speeds, synthetic
from siberia_quest import load_story

passages = synthetic.make(100)
folder = Path(tempfile.mkdtemp(dir=sys.argv[1]))
synthetic.write(passages, folder)
scene = folder / "s0.yaml"
scene.write_text(scene.read_text().replace(sys.argv[2], sys.argv[3]))
loaded = load_story(folder)
assert loaded.diagnostics == (), loaded.diagnostics
same = [speeds.play(loaded.story, seed) == bare_player.play(passages, seed) for seed in range(3)]
print("same" if all(same) else "other")
"""

_BARE = """
import bare_player, data_player, synthetic

passages = synthetic.make(100)
data = data_player.story_of(passages)
first = [bare_player.play(passages, seed) for seed in range(3)]
for shift in (0, 1):
    print("same" if [data_player.play(data, seed + shift) for seed in range(3)] == first else "other")
"""


def compared(folder: Path, old: str, new: str) -> str:
    """Play three games in both players, in the engine's with one text of the story replaced by another."""
    given = [sys.executable, "-c", _COMPARE, str(folder), old, new]
    return subprocess.run(given, cwd=BENCH, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("name", ["bare_player.py", "data_player.py"])
def test_the_bare_players_are_those_that_were_frozen(name: str) -> None:
    frozen = dict(line.split()[::-1] for line in (BENCH / "frozen.txt").read_text("utf-8").splitlines())
    assert hashlib.sha256((BENCH / name).read_bytes()).hexdigest() == frozen[name]


def test_both_bare_players_play_the_same_games() -> None:
    said = subprocess.run([sys.executable, "-c", _BARE], cwd=BENCH, check=True, capture_output=True, text=True).stdout
    assert said.split() == ["same", "other"]


def test_the_engine_plays_the_same_games_as_bare_python(tmp_path: Path) -> None:
    assert compared(tmp_path, "+= 1,", "+= 1,") == "same"


def test_a_story_with_another_effect_plays_another_game(tmp_path: Path) -> None:
    assert compared(tmp_path, "+= 1,", "+= 2,") == "other"
