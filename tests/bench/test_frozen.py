"""What the engine is measured against does not move, and plays the same games."""

import hashlib
import sys
from pathlib import Path

import pytest

from siberia_quest import load_story

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])


def test_the_bare_player_is_the_one_that_was_frozen():
    frozen = (BENCH / "frozen.txt").read_text("utf-8").strip()
    assert hashlib.sha256((BENCH / "bare_player.py").read_bytes()).hexdigest() == frozen


def test_the_engine_plays_the_same_games_as_bare_python(bench, tmp_path):
    import bare_player
    import run
    import synthetic

    passages = synthetic.make(100)
    synthetic.write(passages, tmp_path)
    loaded = load_story(tmp_path)
    assert loaded.diagnostics == ()
    for seed in range(3):
        assert run.play(loaded.story, seed) == bare_player.play(passages, seed)


def test_a_story_with_another_effect_plays_another_game(bench, tmp_path):
    import bare_player
    import run
    import synthetic

    passages = synthetic.make(100)
    synthetic.write(passages, tmp_path)
    scene = tmp_path / "s0.yaml"
    scene.write_text(scene.read_text().replace("+= 1", "+= 2"))
    assert run.play(load_story(tmp_path).story, 1) != bare_player.play(passages, 1)
