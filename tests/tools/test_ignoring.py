"""A finding that is meant to be so is left out, where its line or the one above says so with a reason."""

from pathlib import Path

import pytest

from cli.shell import siberia_quest
from siberia_quest import load_story
from siberia_quest.tools.checking import find_problems


def codes(folder: Path, above: str, beside: str) -> list[str]:
    """Return what is found in a story with a variable that nothing uses."""
    path = folder / "debt.yaml"
    path.write_text(
        f"story: A debt\nvariables:\n  {above}\n  debt: 0  {beside}\npassages:\n  a: {{text: Late., end: true}}\n",
        "utf-8",
    )
    return [each.code for each in find_problems(load_story(path))]


@pytest.mark.parametrize(
    ("above", "beside", "found"),
    [
        ("", "", ["SQ602"]),
        ("", "# ignore SQ602: the second part reads it", []),
        ("# ignore SQ602: the second part reads it", "", []),
        ("", "# ignore SQ602", ["SQ602"]),
        ("", "# ignore SQ602:", ["SQ602"]),
        ("", "# ignore SQ604: the second part reads it", ["SQ602"]),
        ("", "# ignore SQ604: why not  # ignore SQ602: the second part reads it", []),
    ],
)
def test_only_the_code_that_is_named_with_a_reason_is_left_out(
    above: str, beside: str, found: list[str], tmp_path: Path
) -> None:
    assert codes(tmp_path, above, beside) == found


DOOR = """story: A door
variables: {key: true}
passages:
  hall:
    text: A hall.
    choices:  # ignore SQ506: there is always the key
      - {text: Unlock it, if: key, do: key = false, end: true}
"""


def test_a_warning_of_the_reader_is_left_out_as_well_and_strict_passes(tmp_path: Path) -> None:
    (tmp_path / "door.yaml").write_text(DOOR.replace("# ignore", "# leave"), "utf-8")
    assert siberia_quest("check", "door.yaml", "--strict", here=tmp_path).status == 1
    (tmp_path / "door.yaml").write_text(DOOR, "utf-8")
    assert siberia_quest("check", "door.yaml", "--strict", here=tmp_path) == (0, "", "nothing wrong\n")


def test_an_error_cannot_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "door.yaml").write_text(
        "story: A door\npassages:\n  hall:\n    # ignore SQ203: I know\n    goto: attic\n", "utf-8"
    )
    left = siberia_quest("check", "door.yaml", here=tmp_path)
    assert (left.status, "SQ203" in left.out) == (1, True)
