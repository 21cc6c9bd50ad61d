"""What stands beside an author's editor: new, words, why, pack, saves checked against an edited story, completion."""

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cli.shell import STORIES, siberia_quest
from siberia_quest.cli.find_story import path_of
from siberia_quest.loading.other_systems import system_of
from siberia_quest.play.play_request import WrongRequest

FIRE = STORIES / "first_fire"


# --- new ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["night_watch", "12", "no", "a: b # c", 'the "end"'])
def test_a_new_story_passes_check_and_test_at_once_whatever_its_name(name: str, tmp_path: Path) -> None:
    assert siberia_quest("new", name, here=tmp_path).status == 0
    assert siberia_quest("check", name, "--strict", here=tmp_path).status == 0
    tested = siberia_quest("test", name, here=tmp_path)
    assert (tested.status, tested.out.count("ok  ")) == (0, 4)


def test_a_new_storys_title_comes_of_its_folder_and_explore_finds_nothing_lost(tmp_path: Path) -> None:
    siberia_quest("new", "night_watch", here=tmp_path)
    found = json.loads(siberia_quest("explore", "night_watch", "--json", here=tmp_path).out)
    assert (found["story"], found["exact"]) == ("Night watch", True)
    lost = [found[each] for each in ("unentered", "unoffered", "unpicked", "unmet", "untold", "problems", "endless")]
    assert lost == [[]] * 7


def test_new_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "hut").mkdir()
    (tmp_path / "hut" / "story.yaml").write_text("mine", "utf-8")
    refused = siberia_quest("new", "hut", here=tmp_path)
    assert (refused.status, [each.name for each in (tmp_path / "hut").iterdir()]) == (2, ["story.yaml"])
    assert "hut is there already" in refused.err
    (tmp_path / "file").write_text("mine", "utf-8")
    assert siberia_quest("new", "file", here=tmp_path).status == 2
    assert siberia_quest("new", "file/below", here=tmp_path).status == 2
    assert (tmp_path / "file").read_text("utf-8") == "mine"


# --- words --------------------------------------------------------------------------------------------------------


def test_words_are_counted_by_hand_in_a_small_story(tmp_path: Path) -> None:
    (tmp_path / "bell.yaml").write_text(
        "story: A bell\n"
        "variables: {rung: 0}\n"
        "passages:\n"
        "  tower:\n"
        "    text: One two three {rung} five.\n"
        "    choices:\n"
        "      - {text: Ring it twice, do: rung += 2, goto: street}\n"
        "      - {text: Go, goto: street}\n"
        "  street:\n"
        '    text: "{if rung > 0 then Somebody looks up | Nobody looks up at all}."\n'
        "    end: true\n",
        "utf-8",
    )
    counted = json.loads(siberia_quest("words", "bell.yaml", "--json", here=tmp_path).out)
    scene = counted["scenes"][0]
    assert (scene["passages"], scene["choices"], scene["choice_words"], scene["checks"]) == (2, 2, 4, 0)
    assert scene["words"] == 5 + 3 + 5 + 1  # the last is the full stop behind the alternatives
    assert [counted["read"][each]["picks"] for each in ("shortest", "typical", "longest")] == [1, 1, 1]
    assert counted["read"]["shortest"]["words"] == 5 + 4 + 3
    assert counted["read"]["longest"]["words"] == 5 + 4 + 5


def test_words_of_a_story_fit_a_terminal_and_tell_checks() -> None:
    told = siberia_quest("words", FIRE, "--games", "40").out
    assert max(map(len, told.splitlines())) <= 80
    assert "The match" in told
    assert "endings: 4" in told
    assert siberia_quest("words", FIRE, "--games", "0").out.splitlines()[-1] == "endings: 4"


# --- why ----------------------------------------------------------------------------------------------------------


def test_why_says_each_condition_with_its_value(tmp_path: Path) -> None:
    asked = siberia_quest("why", FIRE, "shavings", "--from", "hut.room", "--set", "matches=0", here=tmp_path).out
    assert "no   the game is in `hut.room`, not in `hearth.strike`" in asked
    assert "no   matches > 0   (matches is 0)" in asked
    assert "yes  warmth >= 10   (warmth is 55)" in asked
    assert asked.endswith("so it is not on offer now\n")


def test_why_says_what_changes_once_a_turn_and_where(tmp_path: Path) -> None:
    (tmp_path / "fire.yaml").write_text(
        "story: A fire\n"
        "variables: {heat: 9, wet: false, coal: 2}\n"
        "formulas: {is_cold: heat < 5}\n"
        "each_turn:\n"
        "  - do: coal -= 1\n"
        "  - if: not wet\n"
        "    then: {do: [heat -= 1, heat -= 1]}\n"
        "passages:\n"
        "  hut:\n"
        "    choices:\n"
        "      - {text: Shiver, id: shiver, if: is_cold, goto: hut}\n"
        "      - {text: Dry off, id: dry, if: wet, do: wet = false, goto: hut}\n"
        "      - {text: Leave, id: leave, end: true}\n",
        "utf-8",
    )
    told = siberia_quest("why", "fire.yaml", "shiver", here=tmp_path).out
    assert told.count("each_turn") == 1
    assert "  `heat` also changes once a turn, by `each_turn:` (fire.yaml:7)\n" in told
    assert "each_turn" not in siberia_quest("why", "fire.yaml", "dry", here=tmp_path).out


def test_why_looks_through_formulas_and_knows_what_was_picked_before(tmp_path: Path) -> None:
    (tmp_path / "door.yaml").write_text(
        "story: A door\n"
        "variables: {strength: 3, friends: 1}\n"
        "formulas: {push: strength + friends * 2}\n"
        "passages:\n"
        "  door:\n"
        "    choices:\n"
        "      - {text: Push, id: push, if: push >= 6 or turns > 9, goto: door}\n"
        "      - {text: Call, id: call, once: true, do: friends += 1, goto: door}\n"
        "      - {text: Leave, id: leave, end: true}\n",
        "utf-8",
    )
    (tmp_path / "picks").write_text("call\n", "utf-8")
    before = siberia_quest("why", "door.yaml", "push", here=tmp_path).out
    assert "no   (push >= 6) or (turns > 9)   (push is 5, strength is 3, friends is 1, turns is 0)" in before
    after = json.loads(siberia_quest("why", "door.yaml", "push", "--script", "picks", "--json", here=tmp_path).out)
    assert after["offered"] is True
    assert after["shown"][1]["values"]["push"] == "7"
    called = siberia_quest("why", "door.yaml", "door.call", "--script", "picks", here=tmp_path).out
    assert "no   it was picked before, and comes once" in called


def test_why_tells_storylets_and_saves_and_refuses_nonsense(tmp_path: Path) -> None:
    story = siberia_quest("why", "siberia_quest", "black_car", here=tmp_path).out
    assert "no   day >= 3   (day is 0)" in story
    typed = "1\n\n1\n/save evening\n/quit\n"
    siberia_quest("play", FIRE, "--plain", "--saves", tmp_path, typed=typed)
    saved = siberia_quest("why", FIRE, "pull_it_out", "--save", "evening", "--saves", tmp_path)
    assert saved.out.endswith("so it is on offer now\n")
    unknown = siberia_quest("why", FIRE, "shavigns")
    assert (unknown.status, "Did you mean `shavings`?" in unknown.err) == (2, True)
    passage = siberia_quest("why", FIRE, "strike")
    assert (passage.status, "is a passage. Ask about one of its choices: hearth.strike." in passage.err) == (
        2,
        True,
    )
    assert siberia_quest("why", FIRE, "shavings", "--save", "none", "--saves", tmp_path).status == 2


BAG = """story: The bag
kinds: {tool: [saw, axe], wound: [cut, ribs]}
stats: {nerve: {start: 5, range: [0, 10], label: Nerve}}
variables: {wounds: {set_of: wound}, trained: {per: tool, start: 2}}
endings: {out: {title: Out of the woods}}
passages:
  camp:
    title: The camp by the lake
    text: You wait.
    choices:
      - {text: Walk, id: walk, if: ribs in wounds and trained(saw) + trained(axe) >= 5, end: out}
      - {text: Slip, id: slip, do: nerve = 10 / (nerve - 5), end: out}
      - {text: Sit, id: sit, do: "wounds += ribs, wounds += cut, trained(saw) += 1, trained(axe) += 1", goto: ring}
  ring:
    title: The ring road
    text: Round.
    choices: [{text: On, id: again, do: nerve += 1, goto: ring}]
"""


@pytest.mark.parametrize("given", ["trained.saw=3", "trained(saw)=3", "trained=saw:3,axe:2"])
def test_why_can_be_given_sets_and_one_number_of_many(given: str, tmp_path: Path) -> None:
    (tmp_path / "bag.yaml").write_text(BAG, "utf-8")
    told = siberia_quest("why", "bag.yaml", "walk", "--set", "wounds=cut,ribs", "--set", given, here=tmp_path).out
    assert "yes  ribs in wounds   (wounds is {cut, ribs})" in told
    assert "yes  (trained(saw) + trained(axe)) >= 5   (trained(saw) is 3, trained(axe) is 2)" in told
    assert told.endswith("so it is on offer now\n")


def test_why_refuses_members_and_numbers_that_are_none_and_only_settings_go_to_explore_and_test(tmp_path: Path) -> None:
    (tmp_path / "bag.yaml").write_text(BAG, "utf-8")
    for given, words in (
        ("trained.spade=1", "`trained` knows saw or axe, and no `spade`."),
        ("trained.saw=much", "`trained(saw)` is a number; `much` is not."),
        ("nerve.saw=1", "no stat, variable or setting `nerve.saw`"),
    ):
        left = siberia_quest("why", "bag.yaml", "walk", "--set", given, here=tmp_path)
        assert (left.status, words in left.err) == (2, True)
    for command in (("explore",), ("test", "--style", "random")):
        left = siberia_quest(command[0], "bag.yaml", *command[1:], "--set", "nerve=3", here=tmp_path)
        assert (left.status, "the story has no setting `nerve`" in left.err) == (2, True)


# --- files are named from where one stands ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "name", "before"),
    [
        ("", "bag", "bag/"),
        ("other", "../bag", "../bag/"),
        ("bag", "", ""),
        ("bag", ".", ""),
        ("bag/tests", "..", "../"),
    ],
)
def test_every_command_names_a_file_so_that_an_editor_can_jump_to_it(
    here: str, name: str, before: str, tmp_path: Path
) -> None:
    (tmp_path / "bag" / "tests").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "bag" / "story.yaml").write_text(BAG, "utf-8")
    (tmp_path / "bag" / "tests" / "a.yaml").write_text("walkthrough: A slip\nplay: [slip]\nending: out\n", "utf-8")
    named = [name] if name else []
    place = tmp_path / here

    def told(command: str, *more: str) -> str:
        left = siberia_quest(command, *named, *more, here=place)
        return left.out + left.err

    assert f"\n      {before}tests/a.yaml:2:8: the game stops at {before}story.yaml:12:" in told("test")
    assert f"a game stops: {before}story.yaml:12:" in told("explore", "--games", "5", "--jobs", "1")
    assert f"({before}story.yaml:11)" in told("why", "walk")
    assert f'"file": "{before}story.yaml"' in told("graph", "--json")
    assert f'"file": "{before}story.yaml"' in told("check", "--json", "--strict") + told("why", "walk", "--json")


def test_explore_calls_things_by_title_and_tells_stopped_from_cut_off_and_the_way_round(tmp_path: Path) -> None:
    (tmp_path / "bag.yaml").write_text(BAG, "utf-8")
    given = ("explore", "bag.yaml", "--games", "6", "--states", "1", "--jobs", "1")
    told = siberia_quest(*given, here=tmp_path).out
    assert "Out of the woods" in told
    assert "(stopped)" in told
    assert "(cut off)" in told
    assert "the way round: The ring road [bag.ring] → The ring road [bag.ring]" in told
    assert "bag.yaml:11 The camp by the lake [bag.camp.walk]" in told.split("options never open")[1]
    found = json.loads(siberia_quest(*given, "--json", here=tmp_path).out)
    random = found["styles"]["random"]
    assert random["options"]["bag.camp.sit"]["offered"] == 6
    assert random["options"]["bag.camp.sit"]["percent"] == pytest.approx(random["cut_off"])
    assert random["cut_off"] + random["stopped"] + random["endings"]["out"]["percent"] == pytest.approx(100)
    assert found["endless"][0]["around"] == ["bag.ring", "bag.ring"]
    assert found["places"]["options"]["bag.camp.walk"] == "bag.yaml:11"


# --- pack ---------------------------------------------------------------------------------------------------------


def test_a_packed_story_plays_as_its_folder_does_and_its_bytes_never_change(tmp_path: Path) -> None:
    for name in ("a.story", "b.story"):
        assert siberia_quest("pack", FIRE, "--out", name, here=tmp_path).status == 0
    assert (tmp_path / "a.story").read_bytes() == (tmp_path / "b.story").read_bytes()
    typed = "1\n\n1\n/quit\n"
    folder = siberia_quest("play", FIRE, "--plain", "--seed", "1", "--saves", tmp_path / "1", typed=typed)
    one_file = siberia_quest("play", "a.story", "--plain", "--seed", "1", "--saves", "2", typed=typed, here=tmp_path)
    assert (one_file.status, one_file.out) == (0, folder.out)
    with ZipFile(tmp_path / "a.story") as archive:
        assert archive.namelist()[0] == "first_fire/story.yaml"
        assert not [name for name in archive.namelist() if "tests/" in name]


def test_pack_refuses_a_story_with_errors_and_writes_over_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("story: A\npassages:\n  a: {goto: b}\n", "utf-8")
    refused = siberia_quest("pack", "bad.yaml", here=tmp_path)
    assert (refused.status, "SQ203" in refused.err, (tmp_path / "bad.story").exists()) == (1, True, False)
    (tmp_path / "notes").write_text("mine", "utf-8")
    assert siberia_quest("pack", FIRE, "--out", "notes", here=tmp_path).status == 2
    assert (tmp_path / "notes").read_text("utf-8") == "mine"


def archive(files: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return written.getvalue()


STORY = b"story: A\npassages:\n  a: {text: Hello., end: true}\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive({"a/story.yaml": STORY, "../evil.yaml": STORY}), "does not lie in the story's folder"),
        (archive({"/etc/evil.yaml": STORY}), "does not lie in the story's folder"),
        (archive({"a/story.yaml": STORY, "b/story.yaml": STORY}), "there is no story in this file"),
        (archive({"a/readme.md": b"no story"}), "there is no story in this file"),
        (archive({"a/story.yaml": STORY + b"#" * (65 * 1024 * 1024)}), "the packed story is too large"),
        (archive({f"a/{number}.txt": b"" for number in range(10_001)}), "the packed story is too large"),
        (archive({"a/story.yaml": STORY})[:-30], "the packed story is damaged"),
        (archive({"a/story.yaml": STORY}).replace(STORY[:5], b"", 1)[:60], "the packed story is damaged"),
    ],
    ids=["up", "root", "two", "none", "bomb", "crowd", "cut", "head"],
)
def test_a_damaged_or_hostile_file_is_refused_in_words(data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "x.story").write_bytes(data)
    refused = siberia_quest("check", "x.story", here=tmp_path)
    assert refused.status == 1
    assert "SQ803" in refused.out
    assert words in refused.out
    assert [each.name for each in tmp_path.iterdir()] == ["x.story"]
    control = archive({"a/story.yaml": STORY, "a/readme.md": b"", "a/picture.txt": b":-)"})
    (tmp_path / "x.story").write_bytes(control)
    assert "SQ803" not in siberia_quest("check", "x.story", here=tmp_path).out


# --- check --saves ------------------------------------------------------------------------------------------------


def test_saves_are_opened_with_the_edited_story_and_stay_as_they_are(tmp_path: Path) -> None:
    story = tmp_path / "first_fire"
    shutil.copytree(FIRE, story)
    saves = tmp_path / "saves"
    siberia_quest("play", story, "--plain", "--saves", saves, typed="1\n\n1\n/save here\n/quit\n")
    fine = siberia_quest("check", story, "--saves", saves, "--strict")
    assert (fine.status, "Saves opened: 2." in fine.err) == (0, True)
    before = {each: each.read_bytes() for each in (saves / "first_fire").iterdir()}
    hut = story / "hut.yaml"
    hut.write_text(
        hut.read_text("utf-8").replace("\n  pipe:", "\n  flue:").replace("goto: pipe", "goto: flue"), "utf-8"
    )
    wrong = siberia_quest("check", story, "--saves", saves, "--strict")
    assert (wrong.status, wrong.out.count("SQ714: this save cannot go on")) == (1, 2)
    (saves / "first_fire" / "here.save").write_text("nonsense", "utf-8")
    assert "SQ708" in siberia_quest("check", story, "--saves", saves / "first_fire" / "here.save").out
    (saves / "first_fire" / "here.save").write_bytes(before[saves / "first_fire" / "here.save"])
    assert {each: each.read_bytes() for each in (saves / "first_fire").iterdir()} == before


# --- record -------------------------------------------------------------------------------------------------------


def test_a_recorded_game_is_a_test_of_the_story(tmp_path: Path) -> None:
    siberia_quest("new", "hut", here=tmp_path)
    record = tmp_path / "hut" / "tests" / "mine.yaml"
    played = siberia_quest("play", "hut", "--plain", "--seed", "3", "--record", record, typed="3\n1\n", here=tmp_path)
    assert played.status == 0
    tested = siberia_quest("test", "hut", "--only", "A game of Hut", here=tmp_path)
    assert (tested.status, "ok    A game of Hut: 2 picks, ends in rescue" in tested.out) == (0, True)


# --- completion ---------------------------------------------------------------------------------------------------


def completion(shell: str, folder: Path) -> Path:
    path = folder / f"completion.{shell}"
    path.write_text(siberia_quest("completion", shell).out, "utf-8")
    return path


def run(shell: str, script: str, folder: Path) -> str:
    left = subprocess.run([shell, "-c", script], capture_output=True, text=True, timeout=60, check=True, cwd=folder)
    assert left.stderr == ""
    return left.stdout


def test_bash_completes_commands_options_and_their_values(tmp_path: Path) -> None:
    script = f"""
        source {completion("bash", tmp_path)}
        try() {{
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
            _shtab_siberia_quest "$1" "${{@: -1}}" "${{@: -2:1}}"; echo "${{COMPREPLY[@]}}"
        }}
        try siberia-quest expl
        try siberia-quest check --form
        try siberia-quest check --format git
    """
    assert run("bash", script, tmp_path).split("\n")[:3] == ["explore explain", "--format", "github"]


@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish")
def test_fish_completes_commands_options_and_their_values(tmp_path: Path) -> None:
    script = f"""
        source {completion("fish", tmp_path)}
        complete -C "siberia-quest expl"
        complete -C "siberia-quest check --form"
        complete -C "siberia-quest check --format g"
    """
    words = [line.split("\t")[0] for line in run("fish", script, tmp_path).splitlines()]
    assert words == ["explain", "explore", "--format", "github"]


@pytest.mark.skipif(not shutil.which("zsh"), reason="needs zsh")
def test_zsh_takes_the_completion_and_knows_the_command(tmp_path: Path) -> None:
    script = f"""
        autoload -U compinit; compinit -D -u
        eval "$(cat {completion("zsh", tmp_path)})"
        print $_comps[siberia-quest]
        functions _shtab_siberia_quest_commands
    """
    told = run("zsh", script, tmp_path)
    assert told.startswith("_shtab_siberia_quest\n")
    assert "explore:'Play a story in every way" in told


# --- which story is checked ---------------------------------------------------------------------------------------


@pytest.fixture
def pier(tmp_path: Path) -> Path:
    """A folder that holds a story with a mistake in one of its scenes."""
    (tmp_path / "pier" / "acts").mkdir(parents=True)
    (tmp_path / "pier" / "tests").mkdir()
    (tmp_path / "pier" / "story.yaml").write_text(
        "story: The pier\npassages:\n  pier: {text: Fog., goto: boat.deck}\n", "utf-8"
    )
    (tmp_path / "pier" / "acts" / "boat.yaml").write_text(
        "scene: Boat\npassages:\n  deck: {txt: Off., end: true}\n", "utf-8"
    )
    (tmp_path / "pier" / "tests" / "a.yaml").write_text("walkthroughs: []\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "inside"),
    [
        ("pier", ""),
        ("pier/", ""),
        ("./pier/story.yaml", ""),
        (".", "pier"),
        ("..", "pier/acts"),
        ("pier/acts/boat.yaml", ""),
        ("pier/tests/a.yaml", ""),
    ],
)
def test_files_are_named_from_where_one_stands(given: str, inside: str, pier: Path) -> None:
    here = pier / inside
    left = siberia_quest("check", given, "--format", "github", here=here)
    file = left.out.partition("file=")[2].partition(",")[0]
    assert (left.status, (here / file).resolve()) == (1, pier / "pier" / "acts" / "boat.yaml")
    assert not Path(file).is_absolute()
    assert siberia_quest("check", given, here=here).out.startswith(f"{file}:3:10: error")


def test_several_stories_are_checked_in_one_run(pier: Path) -> None:
    (pier / "good.yaml").write_text("story: A\npassages:\n  a: {text: In., end: true}\n", "utf-8")
    (pier / "bad.yaml").write_text("story: A\npassages:\n  a: {text: In., goto: b}\n", "utf-8")
    left = siberia_quest("check", "good.yaml", "pier", "bad.yaml", "pier", here=pier)
    assert (left.status, [line.partition(":")[0] for line in left.out.splitlines() if ": error" in line]) == (
        1,
        ["pier/acts/boat.yaml", "bad.yaml"],
    )
    assert left.out.endswith("2 errors\n")
    assert siberia_quest("check", "good.yaml", "good.yaml", here=pier) == (0, "", "nothing wrong\n")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("story: A\npassages:\n  a: {text: In., end: true}\n", 0),
        ("\ufeffstory: A\npassages:\n  a: {text: In., goto: b}\n", 1),
        ("", 1),
        ("\x00\x01", 1),
    ],
)
def test_standard_input_is_a_story(text: str, status: int) -> None:
    left = siberia_quest("check", "-", typed=text)
    assert left.status == status
    assert all(line.startswith("-:") for line in left.out.splitlines() if ": error" in line)


FOREIGN = {
    "cave.html": b"<!DOCTYPE html>\n<html><body><tw-storydata name='Cave'></tw-storydata></body></html>",
    "large.html": b"<html><script>" + b"//" * 200_000 + b"</script><body><tw-storydata></tw-storydata></body></html>",
    "cave.twee": b":: StoryTitle\nCave\n\n:: Start\nDark. [[Go->End]]\n",
    "cave.txt": b":: Start\nDark. [[Go]]\n",
    "cave.ink": b"-> cave\n=== cave\n* [Go] -> END\n",
    "cave.json": b'\xef\xbb\xbf{"inkVersion":21,"root":[[]]}',
    "startup.txt": b"*title Cave\n*author B\n\nDark.\n*choice\n  #Go\n    *finish\n",
    "script.rpy": b'label start:\n    e "Dark."\n    return\n',
    "cave.yarn": b"title: Cave\n---\nDark.\n===\n",
    "root.scene.dry": b"title: Cave\n\nDark.\n\n- @go: Go\n",
    "cave.z5": b"\x05" + bytes(17) + b"261124" + bytes(64),
    "cave.dat": b"\x03" + bytes(17) + b"840726" + bytes(64),
    "cave.pdf": b"%PDF-1.7\n%\xe2\xe3\n",
    "cave.yaml": b"%PDF-1.7\n",
    "cave.zip": b"PK\x03\x04" + bytes(26) + b"cave.txt",
    "cave.docx": b"PK\x03\x04" + bytes(26) + b"word/document.xml",
    "cave.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("command", ["check", "play", "graph"])
def test_a_file_of_another_system_is_told_for_what_it_is_in_one_line(command: str, tmp_path: Path) -> None:
    for name, data in FOREIGN.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(WrongRequest) as told:
            path_of(str(tmp_path / name))
        assert "siberia-quest new" in str(told.value), name
    left = siberia_quest(command, "cave.ink", here=tmp_path)
    assert (left.status, left.out) == (2, "")
    assert left.err.startswith(
        "siberia-quest: cave.ink is a story in ink, for Inky. Stories of siberia-quest are written in YAML;"
    )
    assert left.err.count("\n") == 1


def test_a_folder_with_a_story_of_another_system_is_told_for_what_it_holds(tmp_path: Path) -> None:
    cave = tmp_path / "cave"
    cave.mkdir()
    (cave / "cover.png").write_bytes(FOREIGN["cave.png"])
    assert path_of(str(cave)) == cave
    (cave / "cave.ink").write_bytes(FOREIGN["cave.ink"])
    with pytest.raises(WrongRequest, match="cave is a folder with a story in ink, for Inky"):
        path_of(str(cave))


def test_no_story_of_ours_is_taken_for_another_system() -> None:
    found = [*STORIES.rglob("*.yaml"), *Path(__file__).parents[1].rglob("*.yaml")]
    assert len(found) > 300
    assert [path for path in found if system_of(path)] == []
