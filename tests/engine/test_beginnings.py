"""What a game begins with, where it has to be worked out, and what is asked where that goes wrong: a problem, never a crash."""

from pathlib import Path

import pytest

from siberia_quest import Story, advance, begin, load_story
from siberia_quest.engine.status import stats_of, status_of

BEGIN_HUT = "variables: {share: 0}\npassages:\n  hut:\n"
PASSAGES = "passages:\n  hut:\n    choices: [{text: Wait, goto: hut}]\n"
BROKEN = {
    "a start": ("settings: {share: {number: 0}}\nstats:\n  bread: {start: 12 / share}\n", "SQ405"),
    "a start that is too large": (
        "settings: {share: {number: 900000000000000}}\nstats:\n  bread: share * 9\n",
        "SQ406",
    ),
    "a bound": ("variables: {share: 0}\nstats:\n  bread: {start: 1, range: [0, 12 / share]}\n", "SQ405"),
}


def read(text: str, folder: Path) -> Story:
    (folder / "hut.yaml").write_text(f"story: The hut\n{text}", "utf-8")
    loaded = load_story(folder / "hut.yaml")
    assert loaded.story, loaded.diagnostics
    return loaded.story


@pytest.mark.parametrize(("text", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_a_beginning_that_cannot_be_worked_out_is_a_problem_with_its_name(text: str, code: str, tmp_path: Path) -> None:
    problem = begin(read(text + PASSAGES, tmp_path)).page.problem
    assert problem
    assert problem.code == code
    assert problem.span.file == "hut.yaml"
    assert "`bread`" in problem.message


@pytest.mark.parametrize(("number", "bread"), [(900, 100), (-3, 0), (7, 7), (0.1234567, 0.123457)])
def test_a_start_that_is_worked_out_lies_within_the_range(number: float, bread: float, tmp_path: Path) -> None:
    story = read(f"settings: {{share: {{number: 1}}}}\nstats:\n  bread: share\n{PASSAGES}", tmp_path)
    assert begin(story, 0, {"share": number}).state.value("bread") == bread


def test_a_status_that_cannot_be_worked_out_is_a_question_mark(tmp_path: Path) -> None:
    status = "status: [12 / share, share]\nvariables: {share: 0}\n"
    story = read(status + PASSAGES, tmp_path)
    assert [each.text for each in status_of(story, begin(story).state)] == ["?", "0"]


def test_stats_of_a_game_that_could_not_begin_can_be_shown(tmp_path: Path) -> None:
    story = read(BROKEN["a bound"][0] + PASSAGES, tmp_path)
    (row,) = stats_of(story, begin(story).state)
    assert (row.value, row.low, row.high) == (0, 0, 0)


def test_a_question_that_cannot_be_told_is_a_problem_at_its_place(tmp_path: Path) -> None:
    asked = BEGIN_HUT + "    - pause: true\n    - ask: {into: share, prompt: 'Of {1 / share}?'}\n    - end: true\n"
    story = read(asked, tmp_path)
    before = begin(story)
    turn = advance(story, before.state, "go_on")
    assert turn.page.problem
    assert (turn.page.problem.code, turn.page.problem.span.line) == ("SQ405", 6)
    assert turn.state == before.state


def test_an_answer_that_moves_a_bound_out_of_reach_is_a_problem(tmp_path: Path) -> None:
    asked = "passages:\n  hut:\n    - ask: {into: share, prompt: Of how many?}\n    - end: true\n"
    text = "variables: {share: 2}\nstats:\n  bread: {start: 1, range: [0, 12 / share]}\n"
    story = read(text + asked, tmp_path)
    turn = advance(story, begin(story).state, "0")
    assert turn.page.problem
    assert turn.page.problem.code == "SQ405"
    assert turn.page.ask


def test_bounds_in_parentheses_are_in_order_too(tmp_path: Path) -> None:
    (tmp_path / "hut.yaml").write_text(
        f"story: The hut\nstats:\n  bread: {{start: 2, range: [3, (1)]}}\n{PASSAGES}", "utf-8"
    )
    (found,) = load_story(tmp_path / "hut.yaml").diagnostics
    assert found.code == "SQ402"
