"""Maps of stories: as text, as pictures, and the command that draws them."""

import json
import re
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cli.shell import STORIES, siberia_quest
from siberia_quest.cli import main
from siberia_quest.tools.mapping.dot import overview, with_key, write_scene_map, write_whole_map
from siberia_quest.tools.mapping.links import StoryMap, map_of, scene_links
from siberia_quest.tools.mapping.reach import RARE, reach_of
from siberia_quest.tools.mapping.svg_files import draw_file, draw_svgs
from siberia_quest.tools.mapping.text_maps import as_mermaid, as_outline, as_values
from tools.maps import HARM, STORYLETS, STOVE, TITLE, WARM, hut, story_of, town

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hut(tmp_path_factory.mktemp("maps") / "hut")


@pytest.fixture(scope="module")
def drawn(folder: Path) -> StoryMap:
    return map_of(story_of(folder))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> StoryMap:
    return map_of(story_of(town(tmp_path_factory.mktemp("maps") / "town", 40, 10)))


def words_in(svg: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314  # ours


def classes_in(svg: bytes, name: str) -> set[str]:
    root = ET.fromstring(svg)  # noqa: S314  # ours
    return {str(each.get("id")) for each in root.iter(f"{SVG}g") if name in str(each.get("class")).split()}


# --- what leads where ---------------------------------------------------------------------------------------------


def test_every_way_on_is_a_link(drawn: StoryMap) -> None:
    found = {(link.source, link.target, link.sort) for link in drawn.links}
    assert found == {
        ("hut.yard", "печь.room", "goto"),
        ("hut.yard", "ending:cold", "end"),
        ("hut.yard", "ending:late", "end"),
        ("печь.room", "печь.look", "call"),
        ("печь.room", "печь.bed", "goto"),
        ("печь.bed", "ending:warm", "end"),
        ("печь.attic", "печь.bed", "goto"),
        *(("печь.room", f"печь.{name}", "deal") for name in STORYLETS),
    }


def test_an_ending_is_drawn_in_its_passage_where_each_has_no_other(drawn: StoryMap) -> None:
    within = {each.id: each.within for each in drawn.boxes.values() if each.sort == "ending"}
    assert within == {"ending:warm": "печь.bed", "ending:cold": "", "ending:late": ""}


def test_scenes_stand_in_the_order_of_a_game_and_not_of_their_files() -> None:
    scenes = list(map_of(story_of(STORIES / "siberia_quest")).scenes)
    assert scenes[:2] == ["arrival", "day"]
    assert scenes.index("weighin") < scenes.index("fight") < scenes.index("endings") < scenes.index("epilogues")


def test_dealing_storylets_of_a_tag_counts_as_one_link_between_scenes() -> None:
    drawn = map_of(story_of(STORIES / "siberia_quest"))
    deals = {link.tag for link in drawn.links if link.tag and link.source.startswith("day.")}
    calls = {link.target for link in drawn.links if link.sort == "call" and link.target.startswith("storylets.")}
    assert len([each for each in drawn.boxes.values() if each.sort == "storylet"]) > 15
    assert scene_links(drawn)["day", "storylets"] == len(deals) + len(calls)


def test_what_no_game_reaches_has_no_share_and_the_start_has_all(folder: Path) -> None:
    reach = reach_of(folder, 60)
    drawn = map_of(story_of(folder), reach)
    assert drawn.boxes["hut.yard"].reach == 100
    assert drawn.boxes["печь.attic"].reach == 0
    assert 15 < (drawn.boxes["ending:cold"].reach or 0) < 55
    assert drawn.boxes["ending:warm"].reach == drawn.boxes["печь.bed"].reach


def test_what_only_a_game_that_looks_for_it_reaches_is_rare_and_not_unreached(tmp_path: Path) -> None:
    doors = "".join(f"      - {{text: Door {number}, end: true}}\n" for number in range(40))
    path = tmp_path / "doors.yaml"
    path.write_text(
        f"story: D\npassages:\n  hall:\n    text: Doors.\n    choices:\n{doors}      - {{text: Hatch, goto: loft}}\n"
        "  loft: {text: Dust., end: true}\n",
        "utf-8",
    )
    reach = [reach_of(path, 45, seed)["doors.loft"] for seed in range(0, 1200, 100)]
    assert {each for each in reach if each < 1} == {RARE}
    assert 0 < RARE < 1


# --- as text ------------------------------------------------------------------------------------------------------


def test_the_outline_of_siberia_quest_names_every_passage_and_keeps_to_80_columns() -> None:
    story = story_of(STORIES / "siberia_quest")
    lines = as_outline(map_of(story)).splitlines()
    assert max(map(len, lines)) <= 80
    told = {match.group(1) for line in lines if (match := re.match(r" [ *~] (\w+) \(", line))}
    assert told == {id_.split(".")[1] for id_ in story.passages}


def test_the_outline_tells_how_each_passage_goes_on(folder: Path) -> None:
    told = as_outline(map_of(story_of(folder), {"печь.room": 0.01, "hut.yard": 100}), "печь")
    assert told.splitlines()[:4] == [
        f"печь: {STOVE}",
        "   room (3 words, under 1% of games)",
        "      ↷ look  ⇢ night  → bed",
        "   look (2 words, never reached)",
    ]
    assert " ~ owl (2 words, night, never reached)" in told
    assert "yard" not in told


def test_the_json_has_passages_endings_and_links(drawn: StoryMap) -> None:
    values = json.loads(json.dumps(as_values(drawn)))
    assert set(values) == {"story", "scenes", "passages", "endings", "links"}
    assert values["story"] == TITLE
    assert values["scenes"] == [{"id": "hut", "title": TITLE}, {"id": "печь", "title": STOVE}]
    assert values["passages"][0] == {
        "id": "hut.yard", "scene": "hut", "name": "yard", "sort": "start", "tags": [], "words": 4, "file": "story.yaml",
        "line": 8, "reach": None,
    }  # fmt: skip
    assert values["endings"][0] == {"id": "ending:warm", "title": WARM, "reach": None, "within": "печь.bed"}
    assert values["links"][0] == {
        "source": "hut.yard", "target": "печь.room", "sort": "goto", "words": f'Go "in" {HARM}', "tag": "",
    }  # fmt: skip


def test_the_json_of_a_scene_has_its_passages_and_the_links_that_touch_it(drawn: StoryMap) -> None:
    values = json.loads(json.dumps(as_values(drawn, "hut")))
    assert [each["id"] for each in values["passages"]] == ["hut.yard"]
    assert [each["target"] for each in values["links"]] == ["печь.room", "ending:cold", "ending:late"]


def test_the_mermaid_text_draws_each_box_once_and_lets_no_title_out_of_its_quotes(drawn: StoryMap) -> None:
    lines = as_mermaid(drawn).splitlines()
    assert lines[0] == "flowchart TD"
    shape = re.compile(r' +n\d+(\(\["[^"<>]*"\]\)|\("[^"<>]*"\)|\[\["[^"<>]*(<br/>[^"<>]*)?"\]\])')
    frame = re.compile(r'  subgraph s\d+\["[^"<>]*"\]|  end')
    arrow = re.compile(r"  n\d+ (-->|-\.->) n\d+")
    style = re.compile(r"  class(Def)? [\w,-]+ [\w: -]+")
    assert [line for line in lines[1:] if not any(each.fullmatch(line) for each in (shape, frame, arrow, style))] == []
    assert sum(bool(shape.fullmatch(line)) for line in lines) == len(drawn.boxes) - 1  # one ending is in its passage
    assert f"  class {','.join(f'n{index}' for index in range(5, 12))} storylet" in lines


# --- as pictures --------------------------------------------------------------------------------------------------


def test_a_picture_shows_each_title_as_it_was_written(drawn: StoryMap) -> None:
    svg = draw_file(write_whole_map(drawn), "svg")
    assert {TITLE, STOVE, "yard", "bed", f"■ {WARM}", "Cold", "Late", *STORYLETS} <= set(words_in(svg))
    assert b"<script" not in svg


def test_storylets_are_dashed_and_stand_in_rows_below_their_tag(drawn: StoryMap) -> None:
    svg = draw_file(write_whole_map(drawn), "svg")
    assert classes_in(svg, "storylet") == {f"печь.{name}" for name in STORYLETS}
    root = ET.fromstring(svg)  # noqa: S314  # ours
    by_id = {str(each.get("id")): each for each in root.iter(f"{SVG}g")}
    paths = {name: by_id[f"печь.{name}"].find(f"{SVG}path") for name in (*STORYLETS, "bed")}
    assert {name for name, path in paths.items() if path is not None and path.get("stroke-dasharray")} == set(STORYLETS)
    heights = {each.get("y") for name in STORYLETS for each in by_id[f"печь.{name}"].iter(f"{SVG}text")}
    assert len(heights) == 2
    assert classes_in(svg, "edge") >= {"печь.room|tag:печь/night|deal"}


def test_a_png_is_a_whole_picture_with_something_in_it(drawn: StoryMap) -> None:
    png = draw_file(write_whole_map(drawn), "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", png[16:24])
    assert (300 < wide < 4000, 300 < high < 4000) == (True, True)
    chunks, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        chunks += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    assert len(set(zlib.decompress(chunks))) > 20


@pytest.mark.parametrize("overlay", ["words", "reach"])
def test_an_overlay_colours_the_boxes_and_is_told_in_the_key(overlay: str, folder: Path) -> None:
    drawn = map_of(story_of(folder), {"hut.yard": 100, "печь.room": 30})
    plain = draw_file(with_key(write_scene_map(drawn, "печь")), "svg")
    painted = draw_file(with_key(write_scene_map(drawn, "печь", overlay), overlay), "svg")
    assert not any("darker" in each for each in words_in(plain))
    assert any("darker" in each for each in words_in(painted))
    assert ("#f6c9bd" in painted.decode(), "0%" in words_in(painted)) == ((overlay == "reach"),) * 2
    assert ("3 words" in words_in(painted)) == (overlay == "words")


def test_scenes_with_few_links_are_drawn_in_layers_with_all_of_them() -> None:
    drawn = map_of(story_of(STORIES / "siberia_quest"))
    graph = overview(drawn)
    assert "layout=dot" in graph
    svg = draw_svgs([graph])[0].encode()
    assert classes_in(svg, "scene") == {f"scene:{scene}" for scene in drawn.scenes}
    assert classes_in(svg, "start") == {"scene:arrival"}
    assert len(classes_in(svg, "edge")) == len(scene_links(drawn))


def test_scenes_that_are_a_tangle_are_drawn_in_rows_with_the_strongest_links(large: StoryMap) -> None:
    assert len(scene_links(large)) > 4 * 40
    graph = overview(large)
    assert "layout=osage" in graph
    svg = draw_svgs([graph])[0].encode()
    assert classes_in(svg, "scene") == {f"scene:s{number}" for number in range(40)}
    assert len(classes_in(svg, "pale")) == 2 * 40


def test_a_picture_in_a_batch_is_the_one_that_is_drawn_alone(large: StoryMap) -> None:
    graphs = [overview(large), *(write_scene_map(large, scene) for scene in ("s0", "s1", "s2"))]
    assert ["layout=osage" in graph for graph in graphs] == [True, False, False, False]
    alone = [draw_svgs([graph])[0] for graph in graphs]
    assert draw_svgs(graphs, 1) == alone
    assert draw_svgs(graphs, 2) == alone


def test_a_story_of_one_passage_has_a_map(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("story: One\npassages:\n  only: {text: Hello., end: true}\n", "utf-8")
    drawn = map_of(story_of(path))
    for graph in (write_whole_map(drawn), overview(drawn), write_scene_map(drawn, "one")):
        assert draw_file(graph, "svg").count(b'class="node') == 1
    assert as_outline(drawn).splitlines()[:2] == ["one: One", " * only (1 words)"]


# --- the command --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.dot", b"digraph"), ("a.mmd", b"flowchart"), ("a.json", b"{"), ("a.txt", b"hut: A")],
)  # fmt: skip
def test_the_file_it_writes_is_what_its_name_ends_with(
    name: str, start: bytes, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", str(folder), "--out", str(tmp_path / name)]) == 0
    assert capsys.readouterr() == ("", f"{tmp_path / name} is written.\n")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_dot_on_the_command_line_is_what_a_picture_is_made_of(folder: Path) -> None:
    left = siberia_quest("graph", folder, "--format", "dot", "--scene", "печь", "--overlay", "reach", "--games", "30")
    assert left.status == 0
    words = words_in(draw_file(left.out, "svg"))
    assert {"0%", "attic", "the darker, the more games come there; red: no game did"} <= set(words)
    assert "yard" not in words


def test_games_are_played_for_a_page_and_for_shares_and_else_where_they_are_asked_for(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def shares(*given: str) -> set[float | None]:
        assert main(["graph", str(folder), "--json", "--jobs", "1", *given]) == 0
        return {each["reach"] for each in json.loads(capsys.readouterr().out)["passages"]}

    assert shares() == {None}
    assert {0, 100} <= shares("--overlay", "reach") <= {number / 2 for number in range(201)} | {RARE}
    assert {0, 100} <= shares("--games", "10") <= {number * 10 for number in range(11)} | {RARE}
    assert main(["graph", str(folder), "--jobs", "1", "--out", str(tmp_path / "map.html")]) == 0
    assert '"reach":100.0' in (tmp_path / "map.html").read_text("utf-8")


def test_what_cannot_be_drawn_for_want_of_a_library_says_what_to_install(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert main(["graph", str(folder), "--out", str(tmp_path / "a.svg")]) == 2
    assert "pip install 'siberia-quest[graph]'" in capsys.readouterr().err
    assert not (tmp_path / "a.svg").exists()
    assert main(["graph", str(folder), "--format", "dot"]) == 0


def test_a_map_that_could_not_be_drawn_says_why(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("siberia_quest.tools.mapping.svg_files._PROGRAM", "false")
    assert main(["graph", str(folder), "--out", str(tmp_path / "a.svg")]) == 2
    assert "The map could not be drawn: false failed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--scene", "attic"), "There is no scene attic. There is: hut, печь."),
        (("--format", "png"), "--out map.png"),
        (("--format", "html"), "--out map.html"),
    ],
)
def test_wrong_usage_is_told_in_words(
    given: tuple[str, ...], words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["graph", str(folder), *given]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err


def test_a_story_with_errors_has_no_map_but_its_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text("story: A\npassages:\n  a: {goto: b}\n", "utf-8")
    assert main(["graph", str(tmp_path / "bad.yaml"), "--out", str(tmp_path / "map.html")]) == 1
    told = capsys.readouterr()
    assert (told.out, "SQ203" in told.err) == ("", True)
    assert not (tmp_path / "map.html").exists()
