"""Stories of every declared word, nested, looped, called, dealt and misused: none of them makes the program fail.

`make random-stories` plays 20,000 of them; see `stories/run.py`.
"""

import ast
import builtins
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from siberia_quest.engine.print_python import _Printer
from siberia_quest.model.functions import FUNCTIONS
from siberia_quest.model.language_keys import SHAPES
from stories.dice import Dice
from stories.making import MAIN, draft
from stories.playing import play
from stories.run import files_of, shown, tallied
from stories.watching import Seen, Watch

_MANY, _SOME = range(250), range(300, 400)
_OF_TESTS = frozenset({"tests", "walkthrough", "play", "again", "expect", "style", "preference", "target"})


@given(some.data())
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
def test_a_story_of_any_words_loads_and_plays_or_says_what_is_wrong(data: some.DataObject) -> None:
    thrown = Dice(lambda size: data.draw(some.integers(0, size - 1)) if size > 1 else 0)
    files = draft(thrown)
    assert play(files, thrown).turns >= 0


def test_hundreds_of_stories_play_alike_straight_restored_and_undone() -> None:
    found = tallied(_MANY)
    assert not found.failures, shown(found.failures[0])
    assert found.loaded > len(_MANY) / 2
    assert found.turns > len(_MANY)


def test_random_stories_are_made_of_every_word_of_the_language() -> None:
    text = "\n".join("\n".join(files_of(seed).values()) for seed in range(800))
    keys = {key.name for name, shape in SHAPES.items() if name not in _OF_TESTS for key in shape}
    assert sorted(key for key in keys if f"{key}:" not in text) == []
    words = [name for name, each in FUNCTIONS.items() if each.reading not in {"bare", "sign"}]
    assert sorted(name for name in words if f"{name}(" not in text) == []


def test_words_of_the_language_are_read_and_come_to_in_play() -> None:
    watch = Watch()
    with watch.at_work():
        found = tallied(_SOME)
    assert not found.failures
    steps = {key.name for key in SHAPES["step"]}
    assert len(steps & watch.seen.played) > len(steps) * 0.6
    assert len(watch.seen.loaded) > 250


def test_words_that_nothing_came_to_are_named() -> None:
    assert "`goto` in choice" in Seen().lacking()
    assert "`shuffle` in play" in Seen().lacking()
    assert "`goto` in choice" not in Seen(frozenset({("choice", "goto")})).lacking()


def search_for_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring two old faults back: an author's words stand in source, and what is about to be compiled is searched for names."""
    compiled, held = builtins.compile, _Printer.constant

    def searching(source: str | ast.AST, *rest: object, **more: object) -> object:
        if isinstance(source, str) and not more and rest[1:2] == ("exec",) and len(rest) == 2:
            nodes = [*ast.walk(ast.parse(source))]
            real = {node.id for node in nodes if isinstance(node, ast.Name)}
            real |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
            if set(re.findall(r"\b([fpt]\d+)[(\[]", source)) - real:
                raise IndexError("list index out of range")
        return compiled(source, *rest, **more)  # type: ignore[call-overload]  # given on as it came

    def printed(printer: _Printer, value: object) -> str:
        return repr(value) if isinstance(value, str) else held(printer, value)

    monkeypatch.setattr(builtins, "compile", searching)
    monkeypatch.setattr(_Printer, "constant", printed)


def test_the_old_search_for_names_in_source_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    search_for_names(monkeypatch)
    kinds = Counter(each.kind.split(" in ")[0] for each in tallied(range(100)).failures)
    assert kinds["IndexError"] > 1


def test_a_failing_story_is_made_small_and_still_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    search_for_names(monkeypatch)
    failures = tallied(range(60)).failures
    smallest = shown(min(failures, key=lambda each: len(files_of(each.seed)[MAIN])))
    assert len(smallest.splitlines()) < 20
    assert re.search(r"[fpt]\d+[(\[]", smallest)
