"""Commands, their help, their streams and their exit statuses."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import siberia_quest as package
from cli.shell import STORIES, YARD, siberia_quest

BROKEN = "story: Broken\npassages:\n  hall:\n    text: Hello.\n    choices:\n      - text: Go\n        goto: nowhere\n"
LEFT = "The game is saved. siberia-quest continue goes on from here.\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    return path


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_told(option: str) -> None:
    assert siberia_quest(option) == (0, f"siberia-quest {package.__version__}\n", "")


@pytest.mark.parametrize("command", ["", "play", "continue", "saves", "endings", "stories", "check", "explain"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    left = siberia_quest(*command.split(), "--help")
    assert left.status == 0
    assert f"example:\n  siberia-quest {command}".rstrip() in left.out
    assert left.err == ""


@pytest.mark.parametrize(
    "line",
    [
        "--nonsense", "nonsense", "play --seed x", "play --seed -1", "play --set strength", "play nowhere.yaml", "play nowhere",
        "explain", "explain SQ999", "explain rubbish", "explain ../README", "saves delete", "saves export one", "saves frobnicate",
        "saves list one", f"play {YARD} --script nowhere.txt", "check nowhere", f"play {YARD} --set strenght=1",
    ],
)  # fmt: skip
def test_wrong_usage_leaves_with_2_and_says_why_on_stderr(line: str) -> None:
    left = siberia_quest(*line.split())
    assert left.status == 2
    assert left.out == ""
    assert "siberia-quest" in left.err
    assert "Traceback" not in left.err


class TestPlaying:
    """Pipes, scripts and records."""

    def test_a_pipe_loses_no_line_though_the_last_has_no_end(self) -> None:
        left = siberia_quest("play", YARD, typed="\n1\n\nBob\n2\n1")
        assert left.status == 0
        assert "Well done, Bob." in left.out
        assert left.out.count("The log\n") == 2
        assert left.out.endswith(LEFT)
        assert left.err.count("\n") == 0

    def test_no_input_at_all_shows_the_first_page_and_leaves_with_0(self) -> None:
        left = siberia_quest("play", YARD)
        assert left.status == 0
        assert "5. Go inside\n" in left.out

    def test_plain_text_has_no_escape_return_backspace_or_bell(self) -> None:
        left = siberia_quest("play", YARD, typed="\n1\n\nBob\nstats\nhelp\njournal\n3\n1\n1\n")
        assert not set(left.out) & set("\x1b\r\x08\x07")
        assert "The end: Warm at last" in left.out

    def test_without_a_command_the_story_of_this_folder_is_played(self, tmp_path: Path) -> None:
        (tmp_path / "story.yaml").write_bytes(YARD.read_bytes())
        assert siberia_quest("--plain", here=tmp_path).out.startswith("The yard\n")

    def test_without_a_story_here_the_shipped_one_is_played(self, tmp_path: Path) -> None:
        left = siberia_quest(here=tmp_path)
        assert left.status == 0
        assert left.out.startswith("Siberia Quest\n")

    def test_a_shipped_story_is_played_by_its_name(self, tmp_path: Path) -> None:
        assert siberia_quest("play", "siberia_quest", here=tmp_path).out.startswith("Siberia Quest\n")

    def test_the_same_seed_tells_the_same_story(self) -> None:
        typed = "\n4\n\nBob\n1\n\nBob\n3\n"
        first, second = (siberia_quest("play", YARD, "--seed", "11", typed=typed) for _ in range(2))
        assert first.out == second.out

    def test_a_broken_story_leaves_with_1_and_tells_its_author(self, broken: Path) -> None:
        left = siberia_quest("play", broken)
        assert left.status == 1
        assert left.out == ""
        assert "broken.yaml:7:15: error SQ2" in left.err

    def test_json_is_a_hello_and_one_page_a_line(self) -> None:
        left = siberia_quest("play", YARD, "--json", "--seed", "3", typed="split\nnope\n1")
        assert left.status == 0
        lines = [json.loads(line) for line in left.out.splitlines()]
        assert [line.get("turn") for line in lines] == [None, 0, 1, None, 2]
        assert [line["type"] for line in lines] == ["hello", "page", "page", "refusal", "page"]
        assert left.err == ""

    @pytest.mark.parametrize("option", ["--json", "--plain"])
    def test_a_script_is_played_and_left_with_0(self, tmp_path: Path, option: str) -> None:
        script = tmp_path / "picks"
        script.write_text("split\n1\nBob\n", encoding="utf-8")
        left = siberia_quest("play", YARD, option, "--script", script)
        assert left.status == 0
        assert "Well done, Bob." in left.out

    @pytest.mark.parametrize("option", ["--json", "--plain"])
    @pytest.mark.parametrize("pick", ["nope", "anvil", "spl"])
    def test_a_script_whose_pick_is_refused_leaves_with_3(self, tmp_path: Path, option: str, pick: str) -> None:
        script = tmp_path / "picks"
        script.write_text(f"split\n1\nBob\nagain\n1\nBob\n{pick}\n", encoding="utf-8")
        assert siberia_quest("play", YARD, option, "--script", script).status == 3

    def test_a_recorded_game_plays_again(self, tmp_path: Path) -> None:
        record = tmp_path / "walk.yaml"
        first = siberia_quest("play", YARD, "--json", "--seed", "5", "--record", record, typed="nod\n1\nBob\n3\n")
        assert "ending: warm\n" in record.read_text(encoding="utf-8")
        again = siberia_quest("play", YARD, "--json", "--seed", "5", "--script", record)
        assert (again.status, again.out) == (0, first.out)

    def test_a_record_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        left = siberia_quest("play", YARD, "--record", tmp_path)
        assert (left.status, left.out) == (2, "")
        assert left.err == f"siberia-quest: {tmp_path}: no regular file, and left as it is\n"

    def test_a_record_of_a_game_that_began_elsewhere_says_so(self, tmp_path: Path) -> None:
        record = tmp_path / "walk.yaml"
        for given, told in (
            (("--from", "stove"), True),
            (("--set", "luck=4"), True),
            (("--set", "winter=mild"), False),
        ):
            left = siberia_quest("play", YARD, "--record", record, "--force", *given, typed="\n")
            assert (left.status, "This game began with --from or --set" in left.err) == (0, told)
            assert record.read_text(encoding="utf-8").startswith("# This game began" if told else "walkthrough: ")

    def test_a_game_can_begin_elsewhere_and_touches_no_save(self) -> None:
        siberia_quest("play", YARD, typed="\n2\n")
        left = siberia_quest("play", YARD, "--from", "log", "--set", "strength=70", "--json", typed="1\nBob\n")
        last = json.loads(left.out.splitlines()[-1])
        assert last["options"][0]["id"] == "again"
        saves = json.loads(siberia_quest("saves", "--story", YARD, "--json").out)
        assert [(each["name"], each["turn"]) for each in saves] == [("autosave", 1)]

    def test_a_setting_can_be_given_and_is_not_asked(self) -> None:
        left = siberia_quest("play", YARD, "--set", "winter=mild", typed="settings\n")
        assert "How cold is it? A kind winter" in left.out
        assert "1. A kind winter" not in left.out

    def test_a_reader_that_goes_away_is_no_bug(self) -> None:
        command = f"{sys.executable} -m siberia_quest play {YARD} < /dev/zero | head -c 10; exit ${{PIPESTATUS[0]}}"
        left = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
        assert left.returncode == 128 + signal.SIGPIPE
        assert left.stderr == b""

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
    def test_a_signal_to_a_pipe_leaves_with_128_and_its_number(self, number: signal.Signals) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "siberia_quest", "play", str(YARD), "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child:
            assert child.stdout
            assert child.stderr
            child.stdout.readline()
            child.send_signal(number)
            assert child.wait(20) == 128 + number
            assert child.stderr.read() == b""

    def test_what_is_no_utf_8_is_read_all_the_same(self) -> None:
        left = subprocess.run(
            [sys.executable, "-m", "siberia_quest", "play", str(YARD)],
            input=b"\n1\n\n\xff\xfe\n\n3\n",
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            timeout=60,
            check=False,
        )
        assert left.returncode == 0
        assert b"Traceback" not in left.stderr

    def test_an_interrupt_ends_a_game_that_nobody_sits_at(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "siberia_quest", "play", str(YARD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child:
            assert child.stdout
            while child.stdout.readline() != b"Choose 1 to 2 [A hard winter]:\n":
                pass
            child.send_signal(signal.SIGINT)
            assert child.wait(20) == 130

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_a_closed_stream_is_no_bug(self, closed: str) -> None:
        command = f"{sys.executable} -m siberia_quest play {YARD} {closed}"
        left = subprocess.run(
            ["bash", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
        assert left.returncode == 0
        assert left.stderr == b""

    @pytest.mark.parametrize("command", ["endings siberia_quest", "stories", "check nowhere", "saves", "--help"])
    def test_an_ascii_output_crashes_no_command(self, command: str) -> None:
        left = siberia_quest(*command.split(), env={"PYTHONIOENCODING": "ascii"})
        assert left.status in {0, 2}
        assert (left.out + left.err).isascii()

    def test_an_ascii_pipe_gets_straight_quotes(self, tmp_path: Path) -> None:
        path = tmp_path / "quotes.yaml"
        path.write_text("story: Q\npassages:\n  a:\n    text: “Late…” — says Łucja.\n    end: true\n", encoding="utf-8")
        left = siberia_quest("play", path, env={"PYTHONIOENCODING": "ascii"})
        assert '"Late..." -- says Lucja.' in left.out
        assert left.status == 0


class TestContinuing:
    """`continue` and `saves`."""

    def test_continue_goes_on_where_one_left(self) -> None:
        siberia_quest("play", YARD, typed="\n2\n\nBob\n")
        left = siberia_quest("continue", YARD, typed="3\n")
        assert left.status == 0
        assert "Well done, Bob." in left.out
        assert "The end: Warm at last" in left.out

    def test_continue_takes_a_save_by_its_name(self) -> None:
        siberia_quest("play", YARD, typed="\nsave start\n2\n")
        assert "5. Go inside" in siberia_quest("continue", YARD, "--save", "start").out

    def test_there_may_be_nothing_to_go_on_with(self) -> None:
        left = siberia_quest("continue", YARD)
        assert (left.status, left.out) == (1, "")
        assert left.err == "There is no saved game of The yard. siberia-quest play begins one.\n"

    def test_a_new_game_from_a_pipe_keeps_the_earlier_one(self) -> None:
        siberia_quest("play", YARD, typed="\n2\n\nBob\n")
        siberia_quest("play", YARD, typed="\n2\n")
        saves = json.loads(siberia_quest("saves", "--story", YARD, "--json").out)
        assert {each["name"]: each["turn"] for each in saves} == {"autosave": 1, "earlier~1": 3}

    def test_saves_are_listed_shown_exported_imported_and_deleted(self, tmp_path: Path) -> None:
        siberia_quest("play", YARD, typed="\n2\nsave one\n")
        path = tmp_path / "one.save"
        told = siberia_quest("saves", "--story", YARD)
        assert told.out.startswith("one: ")
        assert "The saves are in " in told.out
        assert "turn: 1\n" in siberia_quest("saves", "show", "one", "--story", YARD).out
        assert siberia_quest("saves", "export", "one", str(path), "--story", YARD).status == 0
        assert siberia_quest("saves", "delete", "one", "--story", YARD).err == "one is deleted.\n"
        assert siberia_quest("saves", "show", "one", "--story", YARD).status == 1
        assert siberia_quest("saves", "import", str(path), "--story", YARD).err == "Saved as one.\n"
        assert "1. Go on" in siberia_quest("continue", YARD, "--save", "one").out

    def test_saves_without_a_story_lists_those_of_all(self) -> None:
        assert "Nothing is saved yet." in siberia_quest("saves").out
        siberia_quest("play", YARD)
        left = siberia_quest("saves")
        assert left.out.startswith("yard:\n  autosave: ")
        assert json.loads(siberia_quest("saves", "--json").out)[0]["name"] == "autosave"

    def test_the_folder_of_the_saves_can_be_named(self, tmp_path: Path) -> None:
        siberia_quest("play", YARD, "--saves", tmp_path / "mine")
        assert list((tmp_path / "mine").rglob("autosave*"))
        assert f"The saves are in {tmp_path / 'mine'}" in siberia_quest("saves", "--saves", tmp_path / "mine").out

    def test_a_file_that_is_no_save_is_not_imported(self) -> None:
        left = siberia_quest("saves", "import", YARD, "mine", "--story", YARD)
        assert left.status == 1
        assert left.err.count("\n") == 1


class TestAuthors:
    """`check`, `explain`, `endings` and `stories`."""

    def test_a_sound_story_passes_with_0_and_says_nothing_on_stdout(self) -> None:
        assert siberia_quest("check", STORIES / "first_fire") == (0, "", "nothing wrong\n")

    def test_a_broken_story_leaves_with_1_and_tells_where_and_why(self, broken: Path) -> None:
        left = siberia_quest("check", broken)
        assert left.status == 1
        assert "broken.yaml:7:15: error SQ2" in left.out
        assert "1 error" in left.out

    def test_problems_come_as_json_and_for_github_too(self, broken: Path) -> None:
        (problem,) = json.loads(siberia_quest("check", broken, "--format", "json").out)
        assert (problem["line"], problem["column"]) == (7, 15)
        assert siberia_quest("check", broken, "--json").out == siberia_quest("check", broken, "--format", "json").out
        assert siberia_quest("check", broken, "--format", "github").out.startswith("::error file=")

    def test_notes_are_listed_where_they_are_wished_for(self, tmp_path: Path) -> None:
        path = tmp_path / "noted.yaml"
        path.write_text(
            "story: N\npassages:\n  a:\n    steps:\n      - note: Say more here\n      - end: true\n", encoding="utf-8"
        )
        assert "Say more here" not in siberia_quest("check", path).out
        assert "noted.yaml:5:" in siberia_quest("check", path, "--notes").out

    @pytest.mark.parametrize("code", ["SQ201", "sq201"])
    def test_a_code_is_explained(self, code: str) -> None:
        left = siberia_quest("explain", code)
        assert left.status == 0
        assert left.out.startswith("# SQ201")

    def test_endings_are_told_by_title_once_they_were_found(self) -> None:
        assert siberia_quest("endings", YARD).out.splitlines() == [
            "Endings found: 0 of 2",
            "",
            "Hints to the others:",
            "Find wood.",
            "",
            "One more is not found yet, and nothing is said of it.",
        ]
        siberia_quest("play", YARD, typed="\n5\n")
        assert "Warm at last: found" in siberia_quest("endings", YARD).out
        records = json.loads(siberia_quest("endings", YARD, "--json").out)
        assert [(each["id"], each["found"]) for each in records] == [("warm", True), ("", False)]

    def test_stories_lists_what_is_shipped_and_what_lies_here(self, tmp_path: Path) -> None:
        assert "\nfirst_fire: First fire." in siberia_quest("stories", here=tmp_path).out
        (tmp_path / "story.yaml").write_bytes(YARD.read_bytes())
        assert siberia_quest("stories", here=tmp_path).out.startswith(".: The yard.")
