"""What a turn makes is counted while it is made: no story fills the memory."""

import tracemalloc
from pathlib import Path

import pytest

from siberia_quest import begin, load_story

LONG = "word " * 20_000
KIND = f"kinds: {{k: [{', '.join(f'm{each}' for each in range(900))}]}}\n"
MUCH = {
    "a loop over a long text": KIND
    + 'passages:\n  a:\n    steps:\n      - {for: k, then: "{k} LONG"}\n    end: true\n',
    "phrases within phrases": 'phrases:\n  p: LONG\n  q: "PP"\n  r: "QQ"\npassages:\n  a:\n    - "{r}"\n    - end: true\n'.replace(
        "PP", "{p}" * 40
    ).replace("QQ", "{q}" * 40),
    "words of choices": KIND + "passages:\n  a:\n    choices:\n      - {for: k, text: LONG, end: true}\n",
    "words of choices that change": KIND
    + 'passages:\n  a:\n    choices:\n      - {for: k, text: "{k} LONG", end: true}\n',
    "lines of the journal": KIND
    + "passages:\n  a:\n    steps:\n      - {for: k, then: [{journal: LONG}]}\n    end: true\n",
}


@pytest.mark.parametrize("what", MUCH)
def test_a_turn_that_makes_too_much_stops_before_it_is_made(what: str, tmp_path: Path) -> None:
    path = tmp_path / "much.yaml"
    path.write_text("story: Much\n" + MUCH[what].replace("LONG", LONG), "utf-8")
    story = load_story(path).story
    assert story, load_story(path).diagnostics[:1]
    tracemalloc.start()
    page = begin(story).page
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert page.problem
    assert page.problem.code == "SQ505"
    assert most < 32 * 1024**2
