"""Printed code can be read where Python code is: in a traceback, in a debugger, with `inspect`, each line with its place in the story."""

import gc
import inspect
import linecache
import traceback
from io import StringIO
from pathlib import Path
from pdb import Pdb

import pytest

from siberia_quest import begin, load_story
from siberia_quest.engine.flow import Flow
from siberia_quest.engine.program import StoryProgram, program_of
from siberia_quest.model.story import Story

STORY = """\
story: The scales
variables:
  stones: 0
passages:
  scales:
    steps:
      - The pans swing.
      - do: stones += 4
      - "On each pan: {12 / (stones - 4)}"
    end: true
"""
FILE = "scales.yaml"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    (tmp_path / FILE).write_text(STORY, "utf-8")
    loaded = load_story(tmp_path / FILE)
    assert loaded.story, loaded.diagnostics
    return loaded.story


def flow_into(story: Story, into: type[Flow] = Flow) -> Flow:
    """A turn in progress that stands before the first passage."""
    return into(program_of(story), begin(story).state)


def test_a_traceback_of_a_storys_own_mistake_shows_the_line_of_the_story_that_made_it(story: Story) -> None:
    flow = flow_into(story)
    with pytest.raises(ZeroDivisionError) as mistake:
        flow.goto(story.header.start)(flow)
    last = traceback.format_exception(mistake.value)[-2]
    assert "<scales scales.scales segment_0>" in last
    assert f"# {FILE}:9" in last
    assert "12 / " in last


def test_the_player_is_told_the_same_place_without_a_traceback(story: Story) -> None:
    problem = begin(story).page.problem
    assert problem
    assert (problem.span.file, problem.span.line, problem.code) == (FILE, 9, "SQ405")


def test_inspect_shows_the_source_of_a_printed_function(story: Story) -> None:
    entry = program_of(story).make_ready(story.header.start).entry
    lines = inspect.getsource(entry).splitlines()
    assert lines[0] == f"def segment_0(w, p):  # {FILE}:5"
    assert [line.rsplit(":", 1)[1] for line in lines if "append" in line] == ["7", "9"]


def test_a_debugger_steps_through_printed_lines(story: Story) -> None:
    flow, said = flow_into(story), StringIO()
    entry = flow.goto(story.header.start)
    debugger = Pdb(stdin=StringIO("step\nstep\nstep\nstep\nlist\nquit\n"), stdout=said, nosigint=True, readrc=False)
    debugger.use_rawinput = False
    debugger.runcall(entry, flow)
    assert f"out.append('The pans swing.')  # {FILE}:7" in said.getvalue()
    assert f"# {FILE}:8" in said.getvalue()


def test_printed_lines_go_with_their_program(story: Story) -> None:
    begin(story)
    program = story.memo.pop("program")
    assert isinstance(program, StoryProgram)
    labels = list(program.sources)
    assert labels
    assert all(label in linecache.cache for label in labels)
    del program
    gc.collect()
    assert not any(label in linecache.cache for label in labels)
