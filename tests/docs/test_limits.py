"""The page of limits is what the code says."""

from pathlib import Path

from docs.limits import LIMITS, table_of_limits
from siberia_quest.model.problems import FILE_PROBLEMS, FINDINGS, SAVE_PROBLEMS, STORY_PROBLEMS, YAML_PROBLEMS

PAGE = Path(__file__).parents[2] / "docs" / "limits.md"


def test_the_page_of_limits_has_the_table_of_the_code() -> None:
    assert table_of_limits() in PAGE.read_text("utf-8")


def test_each_limit_has_a_diagnostic_that_is_there() -> None:
    known = {each.code for each in (*STORY_PROBLEMS, *FILE_PROBLEMS, *FINDINGS, *SAVE_PROBLEMS, *YAML_PROBLEMS)}
    assert {each.code for each in LIMITS} - {""} <= known


def test_each_limit_names_tests_that_are_there() -> None:
    tests = Path(__file__).parents[1]
    assert not [each.held_by for each in LIMITS if not (tests / each.held_by).is_file()]
