"""Loading never raises: any bytes give a story or words about what is wrong, each with a place in the file."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siberia_quest import begin
from siberia_quest.loading.files import Loaded, StoryFiles
from siberia_quest.loading.reading import read_story

LANGUAGE = Path(__file__).parents[1] / "language"


def loaded(data: bytes) -> Loaded:
    found = read_story(StoryFiles("a", "a.yaml", {"a.yaml": data}))
    assert (found.story is None) == any(each.severity == "error" for each in found.diagnostics)
    for each in found.diagnostics:
        assert each.code.startswith("SQ")
        assert each.span.line >= 1
        assert each.span.column >= 1
        for word in ("nonetype", "mapping", "keyerror", "scalar", "traceback", "object"):
            assert word not in (each.message + each.why + each.fix).lower(), each
    return found


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_give_diagnostics(data: bytes) -> None:
    found = loaded(data)
    assert found.story is not None or found.diagnostics


@given(st.text(alphabet="story: passages\n  -|>{}[]\"'#*&!%@`,?if then do text choices goto end 1", max_size=160))
@settings(max_examples=300)
def test_any_text_that_looks_like_yaml_gives_diagnostics(text: str) -> None:
    found = loaded(("story: x\npassages:\n  a:\n    " + text).encode())
    assert found.story is not None or found.diagnostics


@pytest.mark.parametrize("seed", range(4))
def test_examples_with_slips_give_diagnostics_or_play(seed: int) -> None:
    chance = random.Random(seed)
    for path in sorted(LANGUAGE.glob("*.yaml"))[seed::4]:
        text = path.read_text("utf-8")
        for _ in range(6):
            at = chance.randrange(len(text))
            slip = chance.choice(["", text[at] * 2, chance.choice(":-|{}[]'\"#\t\n ,=()*")])
            story = loaded((text[:at] + slip + text[at + 1 :]).encode()).story
            if story is not None:
                assert begin(story, 1).state.seed == 1


def test_a_hundred_thousand_brackets_do_not_kill_the_process() -> None:
    code = (
        "from siberia_quest.loading.files import StoryFiles; from siberia_quest.loading.reading import read_story\n"
        "for sign in (b'[', b'{a: ', b'- '):\n"
        "    found = read_story(StoryFiles('a', 'a.yaml', {'a.yaml': b'story: x\\npassages: ' + sign * 100_000}))\n"
        "    assert found.story is None and found.diagnostics\n"
        "print('alive')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "alive\n", done.stderr[-500:]


def test_all_problems_are_told_in_one_run_in_the_order_of_the_file() -> None:
    text = b"story: x\npassages:\n  a:\n    do: gold += 1\n    goto: b\n  c:\n    txt: Hello\n    end: nowhere\n"
    assert [(each.span.line, each.code) for each in loaded(text).diagnostics] == [
        (4, "SQ201"), (5, "SQ203"), (7, "SQ205"), (8, "SQ216"),
    ]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["(", ")", "1", "n", "+", "-", "*", "/", "and", "not", "if", "else", "==", "<", "in", "'a'", ","]
        ),
        max_size=14,
    )
)
def test_any_expression_is_read_or_reported(words: list[str]) -> None:
    text = (
        "story: x\nvariables:\n  n: 1\npassages:\n  a:\n    steps:\n      - if: |\n          "
        + " ".join(words)
        + "\n        then: Yes.\n    end: true\n"
    )
    story = loaded(text.encode()).story
    if story is not None:
        assert begin(story).page.ending or begin(story).page.problem


@pytest.mark.parametrize("cases", ["[]", "{}", ""])
def test_a_phrase_that_matches_with_nothing_is_told_so(cases: str) -> None:
    lines = ["story: x", "stats: {wind: 3}", "phrases:", "  how:", "    match: wind", f"    cases: {cases}"]
    found = loaded("\n".join([*lines, "passages:", "  a: ['You are {how}.', end: true]"]).encode())
    assert [each.message for each in found.diagnostics] == ["`match` has nothing to compare with"]
