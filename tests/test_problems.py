"""Every problem has one code, one page, one broken story with its exact message, and a mended one; enumerated from the catalogue."""

import re
from pathlib import Path

import pytest

from siberia_quest import advance, begin, load_story
from siberia_quest.loading.report import as_github, as_json, render_all
from siberia_quest.model import problems
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.tools.checking import find_problems

FINDINGS = {each.code for each in problems.FINDINGS}
FOLDER = Path(__file__).parent / "problems"
ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "problems"
IN_STORIES = [
    each
    for name, group in sorted(vars(problems).items())
    if name in {"FINDINGS", "STORY_PROBLEMS", "YAML_PROBLEMS"}
    for each in group
]
ALL = [*IN_STORIES, *problems.SAVE_PROBLEMS, *problems.FILE_PROBLEMS]

#: What stands in a page before its mended story.
_TOLD = re.compile(r"(?:It is told so:\n\n```text\n.*?\n```\n\n)?^Mended:\n", re.DOTALL | re.MULTILINE)
#: A reference needs two places, and both are mistakes.
TWO_MISTAKES = frozenset({"SQ112"})


def found(path: Path, code: str = "") -> tuple[list[Diagnostic], str]:
    """Load a story and play its first choices; return what is wrong with it, and the words for it. A finding is looked for."""
    loaded = load_story(path)
    if code in FINDINGS:
        wrong = list(find_problems(loaded))
        return wrong, render_all(wrong, loaded.lines)
    wrong = list(loaded.diagnostics)
    if loaded.story is not None:
        turn = begin(loaded.story, seed=1)
        for _ in range(5):
            if turn.page.problem is not None:
                wrong.append(turn.page.problem)
                break
            if not turn.page.options:
                break
            turn = advance(loaded.story, turn.state, next(option.id for option in turn.page.options if option.enabled))
    return wrong, render_all(wrong, loaded.lines)


@pytest.mark.parametrize("code", [each.code for each in IN_STORIES])
def test_a_broken_story_has_one_problem_and_exactly_these_words(code: str, request: pytest.FixtureRequest) -> None:
    wrong, words = found(FOLDER / code / "broken.yaml", code)
    if request.config.getoption("--bless"):
        (FOLDER / code / "expected.txt").write_text(words, "utf-8")
    assert [each.code for each in wrong] == [code] * (2 if code in TWO_MISTAKES else 1)
    assert words == (FOLDER / code / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("code", [each.code for each in IN_STORIES])
def test_a_mended_story_has_no_problem(code: str) -> None:
    assert found(FOLDER / code / "mended.yaml", code)[0] == []


@pytest.mark.parametrize("code", [each.code for each in IN_STORIES])
def test_a_page_shows_a_broken_story_what_is_told_of_it_and_a_mended_one(
    code: str, request: pytest.FixtureRequest
) -> None:
    path = PAGES / f"{code}.md"
    page = path.read_text("utf-8")
    told = f"It is told so:\n\n```text\n{(FOLDER / code / 'expected.txt').read_text('utf-8')}```\n\n"
    if request.config.getoption("--bless"):
        page = _TOLD.sub(lambda _: f"{told}Mended:\n", page, count=1)
        path.write_text(page, "utf-8")
    begin, broken, shown, mended = (
        page.find(each) for each in ("This story has the problem:", "```text\n", told, "\nMended:\n")
    )
    assert 0 < begin < broken < shown < mended


@pytest.mark.parametrize("problem", ALL, ids=lambda each: each.code)
def test_a_problem_has_a_page_with_its_title(problem: problems.ProblemCode) -> None:
    page = (PAGES / f"{problem.code}.md").read_text("utf-8")
    assert page.startswith(f"# {problem.code}: {problem.title}\n")


def test_the_codes_in_the_program_are_those_of_the_catalogue() -> None:
    used: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        if path.name != "problems.py":
            used |= set(re.findall(r"\bSQ[0-9]{3}\b", path.read_text("utf-8")))
    codes = [each.code for each in ALL]
    assert len(codes) == len(set(codes))
    assert used == set(codes)


def test_there_is_no_page_and_no_example_without_a_code() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {each.code for each in ALL}
    assert {path.name for path in FOLDER.iterdir()} == {each.code for each in IN_STORIES}


def test_a_caret_stands_under_wide_signs_and_within_long_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("story: x\npassages:\n  a:\n    text: 日本語 {gold}\n    end: true\n", "utf-8")
    words = render_all(load_story(path).diagnostics, load_story(path).lines)
    assert "    4 |     text: 日本語 {gold}\n      | " + " " * 18 + "^^^^\n" in words
    path.write_text(
        "story: x\npassages:\n  a:\n    text: " + "a" * 300 + " {gold} " + "b" * 300 + "\n    end: true\n", "utf-8"
    )
    line, caret = render_all(load_story(path).diagnostics, load_story(path).lines).splitlines()[1:3]
    assert len(line) < 130
    assert line[caret.index("^") : caret.rindex("^") + 1] == "gold"


def test_problems_are_told_to_programs_too() -> None:
    wrong, _ = found(FOLDER / "SQ203" / "broken.yaml")
    assert '"code": "SQ203"' in as_json(wrong)
    assert as_github(wrong).startswith("::error file=broken.yaml,line=5,col=11,title=SQ203::no passage named")
