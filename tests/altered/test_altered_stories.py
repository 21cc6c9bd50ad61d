"""Shipped stories with a slip in them: each slip is told, or changes nothing, or makes what an author may well mean.

`make altered-stories` makes 2,000 slips. What nobody can know is named in docs/findings.md: another name where the author gives names,
and a line in another place where it may stand as well.
"""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from altered.altering import ALTERATIONS, Altered, alter, misspell_key
from altered.judging import Original
from altered.run import FOLDER

STORIES = {name: Original(FOLDER / name) for name in ("night_train", "first_fire")}


@settings(max_examples=120, derandomize=True, deadline=None)
@given(st.sampled_from(sorted(STORIES)), st.data())
def test_a_slip_is_told_or_changes_nothing_or_may_well_be_meant(name: str, data: st.DataObject) -> None:
    original = STORIES[name]
    scene = data.draw(st.sampled_from(original.scenes))
    altered = alter(original.files[scene].decode(), lambda most: data.draw(st.integers(0, most - 1)))
    if altered:
        assert original.judge(scene, altered) != "silent", "\n".join(altered.lines)


def judge(*lines: tuple[str, str], how: str = "misspelt", word: str = "", became: str = "") -> str:
    """Return what became of the small story when some of its lines are others."""
    original = STORIES["night_train"]
    text = original.files["story.yaml"].decode()
    for right, wrong in lines:
        assert right in text
        text = text.replace(right, wrong, 1)
    return original.judge("story.yaml", Altered(text.split("\n"), how, word, became))


def test_the_judge_knows_what_is_told_what_is_the_same_and_what_may_be_meant() -> None:
    assert judge(("goto: tunnel", "gto: tunnel"), word="goto", became="gto") == "told"
    assert (
        judge(
            ("      - text: Ask for the seat\n        goto: seat", "      - goto: seat\n        text: Ask for the seat")
        )
        == "the same"
    )
    assert (
        judge(("together:", "togethr:"), ("end: together", "end: togethr"), word="together", became="togethr")
        == "another name"
    )
    assert judge(("corridor\n        goto: window", "corridor\n        goto: tunnel")) == "silent"


def test_a_slip_that_nobody_tells_is_found() -> None:
    with patch("siberia_quest.loading.reading_context.ReadingContext.keys", return_value=True):
        assert judge(("about:", "aboutq:"), word="about", became="aboutq") == "silent"


def test_every_alteration_can_be_made() -> None:
    text = STORIES["first_fire"].files["hut.yaml"].decode().split("\n")
    for alteration in ALTERATIONS:
        made = [alteration(text, number, lambda most: most // 2) for number in range(len(text)) if text[number].strip()]
        assert any(made)
    assert misspell_key(["    goto: seat"], 0, lambda _: 0) == Altered(["    ogto: seat"], "misspelt", "goto", "ogto")
