"""What breaks off a question that waits for a line."""

import os
from collections.abc import Iterator
from pathlib import Path
from select import select
from threading import Thread
from typing import NamedTuple, TextIO

import pytest

from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.console import BrokenOff, EndOfInput, InputRequest
from siberia_quest.play.newest_edition import WakeUp
from siberia_quest.terminal.plain import PlainConsole
from siberia_quest.terminal.steady_lines import SteadyLines

LONGEST = 1000


class Pipe(NamedTuple):
    """Lines with both ends of what they come through, and a bell."""

    lines: SteadyLines
    writer: int
    bell: WakeUp

    def write(self, text: str) -> None:
        """Put text in at the other end."""
        os.write(self.writer, text.encode())


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reader, writer = os.pipe()
    bell = WakeUp()
    with os.fdopen(reader, encoding="utf-8") as source:
        yield Pipe(SteadyLines(source), writer, bell)
    os.close(writer)
    bell.close()


def is_readable(bell: WakeUp) -> bool:
    return bool(select([bell.fileno()], [], [], 0)[0])


def test_a_bell_is_readable_while_it_is_rung() -> None:
    bell = WakeUp()
    assert not is_readable(bell)
    bell.ring()
    bell.ring()
    assert is_readable(bell)
    bell.quieten()
    bell.quieten()
    assert not is_readable(bell)
    assert not bell.is_rung
    bell.close()


def test_whoever_listens_is_called_and_nobody_else_is() -> None:
    bell, heard = WakeUp(), list[str]()
    bell.ring()
    with bell.listen(lambda: heard.append("ding")):
        bell.ring()
    bell.ring()
    assert heard == ["ding"]
    bell.close()


def test_one_waits_until_it_is_rung() -> None:
    bell = WakeUp()
    Thread(target=bell.ring).start()
    bell.wait()
    assert bell.is_rung
    bell.quieten()
    bell.close()


def test_lines_come_one_by_one_and_the_last_without_a_newline_too(pipe: Pipe) -> None:
    pipe.write("one\ntwo\r\nthré")
    assert pipe.lines.readline() == "one\n"
    assert pipe.lines.readline(2) == "tw"
    assert pipe.lines.readline() == "o\r\n"
    os.dup2(os.open(os.devnull, os.O_WRONLY), pipe.writer)
    assert pipe.lines.readline() == "thré"
    assert pipe.lines.readline() == ""


def test_a_bell_breaks_off_waiting_and_no_letter_is_lost(pipe: Pipe) -> None:
    pipe.write("spl")
    pipe.bell.ring()
    with pytest.raises(BrokenOff):
        pipe.lines.wait(pipe.bell, LONGEST)
    pipe.bell.quieten()
    pipe.write("it\n")
    pipe.lines.wait(pipe.bell, LONGEST)
    assert pipe.lines.readline() == "split\n"


def test_a_bell_in_another_thread_breaks_off_waiting(pipe: Pipe) -> None:
    Thread(target=pipe.bell.ring).start()
    with pytest.raises(BrokenOff):
        pipe.lines.wait(pipe.bell, LONGEST)


def test_a_line_that_is_here_is_not_broken_off(pipe: Pipe) -> None:
    pipe.write("one\ntwo\n")
    assert pipe.lines.readline() == "one\n"
    pipe.bell.ring()
    pipe.lines.wait(pipe.bell, LONGEST)
    assert pipe.lines.readline() == "two\n"


def test_plain_text_is_broken_off_only_where_the_question_has_a_bell(pipe: Pipe, tmp_path: Path) -> None:
    with (tmp_path / "shown").open("w+", encoding="utf-8") as target:
        console = PlainConsole(SPOKEN, pipe.lines, target)
        pipe.bell.ring()
        with pytest.raises(BrokenOff):
            console.ask(InputRequest("Choose:", bell=pipe.bell))
        pipe.write("yes\n")
        assert console.ask(InputRequest("Sure?")) == "yes"
        assert shown(target) == "Choose:\nSure?\n"
        pipe.bell.quieten()
        os.dup2(os.open(os.devnull, os.O_WRONLY), pipe.writer)
        with pytest.raises(EndOfInput):
            console.ask(InputRequest("Choose:", bell=pipe.bell))


def shown(target: TextIO) -> str:
    target.seek(0)
    return target.read()
