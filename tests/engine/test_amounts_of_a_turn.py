"""What a turn makes is counted while it is made: no story fills the memory."""

import linecache
import tracemalloc
from pathlib import Path

import pytest

from siberia_quest import advance, begin, load_story
from siberia_quest.engine.code_texts import MOST_UNCOUNTED
from siberia_quest.engine.flow import MOST_OF_A_JOURNAL
from siberia_quest.engine.program import program_of
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.reading import read_story
from siberia_quest.model.page import JournalPanel

LONG = "word " * 20_000
KIND = f"kinds: {{k: [{', '.join(f'm{each}' for each in range(900))}]}}\n"
MUCH = {
    "a loop over a long text": KIND
    + 'passages:\n  a:\n    steps:\n      - {for: k, then: "{k} LONG"}\n    end: true\n',
    "a loop over a text of the length that is not counted": KIND
    + 'passages:\n  a:\n    steps:\n      - {for: k, then: "{cycle | HALF | HALF}"}\n    end: true\n',
    "phrases within phrases": 'phrases:\n  p: LONG\n  q: "PP"\n  r: "QQ"\npassages:\n  a:\n    - "{r}"\n    - end: true\n'.replace(
        "PP", "{p}" * 40
    ).replace("QQ", "{q}" * 40),
    "a long value that is shown again and again": "variables: {t: LONG}\npassages:\n  a:\n    - 'SHOWN'\n    - end: true\n".replace(
        "SHOWN", "{t} " * 5000
    ),
    "a long value in branches of one text": "variables: {t: LONG, n: 1}\npassages:\n  a:\n    - 'SHOWN'\n    - end: true\n".replace(
        "SHOWN", "{if n == 1 then {t} and} " * 500
    ),
    "a long label that is shown again and again": "kinds: {k: {m: LONG}}\nvariables: {t: k}\n"
    + "passages:\n  a:\n    - 'SHOWN'\n    - end: true\n".replace("SHOWN", "{cap(t)} " * 500),
    "a short phrase that is told again and again": "phrases: {p: SHORT}\npassages:\n  a:\n    - 'SHOWN'\n    - end: true\n".replace(
        "SHOWN", "{p} " * 5000
    ).replace("SHORT", "word " * 800),
    "words of choices": KIND + "passages:\n  a:\n    choices:\n      - {for: k, text: LONG, end: true}\n",
    "words of choices that change": KIND
    + 'passages:\n  a:\n    choices:\n      - {for: k, text: "{k} LONG", end: true}\n',
    "lines of the journal": KIND
    + "passages:\n  a:\n    steps:\n      - {for: k, then: [{journal: LONG}]}\n    end: true\n",
}


def test_what_one_passage_makes_uncounted_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "texts.yaml"
    text = f"      - '{{n}} {'x' * 400}'\n"
    path.write_text(
        f"story: Texts\nvariables: {{n: 1}}\npassages:\n  a:\n    steps:\n{text * 30}    end: true\n", "utf-8"
    )
    story = load_story(path).story
    assert story
    assert len(begin(story).page.paragraphs) == 30
    shown = "".join("".join(linecache.getlines(label)) for label in program_of(story).sources)
    told = [line for line in shown.splitlines() if "append" in line]
    counted = [line for line in told if "count_text" in line]
    assert len(told) == 30
    assert told[-len(counted) :] == counted
    assert 430 * (30 - len(counted)) <= MOST_UNCOUNTED < 430 * (31 - len(counted))


@pytest.mark.parametrize("what", MUCH)
def test_a_turn_that_makes_too_much_stops_before_it_is_made(what: str, tmp_path: Path) -> None:
    path = tmp_path / "much.yaml"
    path.write_text(
        "story: Much\n" + MUCH[what].replace("LONG", LONG).replace("HALF", "x" * (MOST_UNCOUNTED // 2)), "utf-8"
    )
    story = load_story(path).story
    assert story, load_story(path).diagnostics[:1]
    tracemalloc.start()
    page = begin(story).page
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert page.problem
    assert page.problem.code == "SQ505"
    assert most < 32 * 1024**2


def test_a_journal_keeps_its_last_lines_and_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "diary.yaml"
    told = "{for: k, then: [{journal: '{x} LONG'}]}".replace("LONG", LONG)
    path.write_text(
        f"story: Diary\nkinds: {{k: [a, b, c]}}\nvariables: {{x: 0}}\npassages:\n  night:\n    do: x += 1\n    steps:\n      - {told}\n"
        "      - Hm.\n    choices: [{text: Go on, goto: night}, {text: Out, end: true}]\n",
        "utf-8",
    )
    story = load_story(path).story
    assert story
    turn = begin(story)
    for _ in range(9):
        turn = advance(story, turn.state, "go_on")
    assert not turn.page.problem
    assert [each.turn for each in turn.state.journal] == [9, 9]
    assert sum(len(each.text) for each in turn.state.journal) <= MOST_OF_A_JOURNAL


SHOWN = """story: Much
stats: {calm: 1}
variables: {n: 0}
passages:
  a:
    steps:
      - label: again
      - {journal: x, do: n += 1}
      - LINE
      - {if: n < 900, goto: again}
    end: true
"""


@pytest.mark.parametrize(
    "line", ["show: journal", "show: {chart: [calm]}", "show: stats", "show: {art: much.txt, alt: Much}"]
)
def test_what_is_shown_whole_over_and_over_is_counted_and_once_is_shown_however_long(line: str) -> None:
    files = {"much.yaml": SHOWN.replace("LINE", line).encode(), "much.txt": b"o" * 80_000}
    story = read_story(StoryFiles("much", "much.yaml", files)).story
    assert story
    page = begin(story).page
    lines = sum(len(piece.lines) for piece in page.pieces if isinstance(piece, JournalPanel))
    assert lines < 60_000
    if line.startswith(("show: journal", "show: {art")):
        assert page.problem
        assert page.problem.code == "SQ505"
    once = SHOWN.replace("LINE", "Nothing.").replace("    end:", f"      - {line}\n    end:").encode()
    story = read_story(
        StoryFiles("much", "much.yaml", {**files, "much.yaml": once, "much.txt": b"o" * 6_000_000})
    ).story
    assert story
    assert begin(story).page.problem is None
