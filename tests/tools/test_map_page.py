"""The page of a map, in a real browser."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from siberia_quest.tools.mapping.links import map_of
from siberia_quest.tools.mapping.map_page import as_html
from siberia_quest.tools.mapping.reach import reach_of
from tools.maps import STORYLETS, STOVE, TITLE, WARM, hut, story_of, town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both stories' pages."""
    folder = tmp_path_factory.mktemp("pages")
    path = hut(folder / "hut")
    (folder / "hut.html").write_text(as_html(map_of(story_of(path), reach_of(path, 40))), "utf-8")
    (folder / "town.html").write_text(as_html(map_of(story_of(town(folder / "town", 36, 9)))), "utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with sync_api.sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A window that may ask nothing of a network, and whose scripts may not fail."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith("file://") else None)
    yield page
    page.close()
    assert wrong == []


def drawn(page: "Page", sort: str) -> set[str]:
    return set(page.eval_on_selector_all(f"#map .{sort}", "all => all.map(each => each.id)"))


def waits_for(page: "Page", selector: str, text: str) -> bool:
    """Whether some text stands there sooner or later: the browser itself says when its way back has led back."""
    page.wait_for_function(
        "([where, text]) => document.querySelector(where)?.textContent.trim() === text", arg=[selector, text]
    )
    return True


def beside(page: "Page") -> list[str]:
    return [text.strip() for text in page.locator("#about li").all_inner_texts()]


def fill_of(page: "Page", id_: str) -> str:
    script = "each => getComputedStyle(each.querySelector('path, polygon')).fill"
    return str(page.locator(f'#map [id="{id_}"]').evaluate(script))


def test_it_opens_with_a_box_for_each_scene_and_titles_are_only_text(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri())
    assert page.title() == f"{TITLE}: a map"
    assert page.locator("h1").inner_text() == TITLE
    assert drawn(page, "scene") == {"scene:hut", "scene:печь"}
    assert page.locator('#map [id="scene:печь"] text').first.inner_html() == 'The "stove" \\l &lt;b&gt;'
    assert page.locator("script").count() == 2


def test_a_click_unfolds_a_scene_and_esc_and_the_button_fold_it(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri())
    page.locator('#map [id="scene:печь"]').click()
    assert page.locator("#where").inner_text() == STOVE
    assert drawn(page, "passage") == {"печь.room", "печь.look", "печь.bed", "печь.attic"}
    page.keyboard.press("Escape")
    page.wait_for_selector('#map [id="scene:hut"].node', state="attached")
    assert drawn(page, "passage") == set()
    page.locator("#about li button", has_text="stove").click()
    assert len(drawn(page, "storylet")) == 7
    page.locator("#fold").click()
    assert drawn(page, "scene") == {"scene:hut", "scene:печь"}


def test_the_browsers_way_back_leads_back(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri())
    page.locator('#map [id="scene:печь"]').click()
    page.locator('#map [id="печь.room"]').click()
    assert page.locator("#about h2").first.inner_text() == "room"
    page.go_back()
    assert waits_for(page, "#about h2", STOVE)
    page.go_back()
    assert waits_for(page, "#where", "")
    assert drawn(page, "scene") == {"scene:hut", "scene:печь"}


def test_everything_is_on_one_map_with_storylets_dashed(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri())
    page.locator("#all").click()
    assert drawn(page, "storylet") == {f"печь.{name}" for name in STORYLETS}
    dashes = "all => all.map(each => getComputedStyle(each.querySelector('path')).strokeDasharray)"
    assert set(page.eval_on_selector_all("#map .storylet", dashes)) != {"none"}
    assert set(page.eval_on_selector_all("#map .passage", dashes)) == {"none"}
    assert drawn(page, "ending") == {"ending:cold", "ending:late"}


def test_a_passage_tells_where_it_leads_and_marks_its_links(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri() + "#hut.yard")
    assert page.locator("#where").inner_text() == TITLE
    assert drawn(page, "chosen") == {"hut.yard"}
    assert drawn(page, "near") == {
        "hut.yard|scene:печь|goto",
        "hut.yard|ending:cold|end",
        "hut.yard|ending:late|end",
    }
    assert beside(page) == ['room Go "in" </script><script>document.title = "gone"</script>', "Cold Stay", "Late Wait"]
    page.locator("#about li button", has_text="room").click()
    assert drawn(page, "chosen") == {"печь.room"}
    assert page.evaluate("document.activeElement.textContent") == "room"  # what was pressed is gone: go on from the top


def test_search_finds_a_passage_an_ending_and_a_scene_and_enter_goes_there(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri())
    page.locator("#find").focus()
    page.keyboard.type("roo")
    assert beside(page) == [f"room {STOVE}"]
    page.keyboard.press("Enter")
    page.wait_for_selector('#map [id="печь.room"].chosen', state="attached")
    page.locator("#find").fill("dry")
    assert beside(page) == [f"{WARM} an ending"]
    page.keyboard.press("Enter")
    page.wait_for_selector('#map [id="печь.bed"].chosen', state="attached")  # the ending is drawn in its passage
    assert page.locator("#about h2").first.inner_text() == WARM
    page.locator("#find").fill("stove")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#about h2').textContent.includes('stove')")
    page.locator("#find").fill("nowhere")
    assert page.locator("#about h2").inner_text() == "0 found"
    page.locator("#map").focus()
    page.keyboard.press("Escape")
    page.wait_for_selector('#map [id="scene:hut"].start', state="attached")


def test_overlays_paint_the_boxes_and_what_no_game_reached_is_named(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri())
    assert beside(page)[0] == f"attic {STOVE}"
    page.goto((pages / "hut.html").as_uri() + "#scene:печь")
    plain = fill_of(page, "печь.attic")
    assert fill_of(page, "печь.room") == plain
    page.locator("#overlay").select_option("reach")
    assert fill_of(page, "печь.attic") == "rgb(246, 201, 189)"
    assert fill_of(page, "печь.room") not in {plain, "rgb(246, 201, 189)"}
    assert page.locator("#shades").inner_text().split() == ["more", "games", "no", "game"]
    page.locator("#overlay").select_option("none")
    assert fill_of(page, "печь.attic") == plain
    assert page.locator("#shades").is_hidden()


def test_keys_and_the_wheel_move_the_map(page: "Page", pages: Path) -> None:
    page.goto((pages / "hut.html").as_uri() + "#*")

    def seen() -> tuple[float, ...]:
        return tuple(map(float, page.locator("#map svg").evaluate("e => e.getAttribute('viewBox')").split()))

    whole = seen()
    page.locator("#map").focus()
    page.keyboard.press("+")
    assert seen()[2] < whole[2]
    page.keyboard.press("-")
    page.keyboard.press("ArrowRight")
    assert seen()[0] > whole[0]
    before = seen()
    page.mouse.move(400, 400)
    page.mouse.wheel(0, -100)
    page.wait_for_function(f"document.querySelector('#map svg').viewBox.baseVal.width < {before[2]}")


def test_a_page_without_games_offers_no_shares_and_opens_where_it_was_told(
    page: "Page", pages: Path, tmp_path: Path
) -> None:
    drawn_map = map_of(story_of(pages / "hut"))
    (tmp_path / "map.html").write_text(as_html(drawn_map, "печь", "words"), "utf-8")
    page.goto((tmp_path / "map.html").as_uri())
    assert page.locator("#where").inner_text() == STOVE
    assert page.locator("#overlay").input_value() == "words"
    assert page.locator("#overlay option").all_inner_texts() == ["nothing", "words"]


def test_a_large_story_opens_with_its_scenes_and_finds_one_passage_among_many(page: "Page", pages: Path) -> None:
    page.goto((pages / "town.html").as_uri())
    assert len(drawn(page, "scene")) == 36
    assert page.locator("#all").is_hidden()
    page.locator("#find").fill("s33.p7")
    assert beside(page) == ["p7 Street 33"]
    page.keyboard.press("Enter")
    page.wait_for_selector('#map [id="s33.p7"].chosen', state="attached")
    assert page.locator("#map .node.passage").count() == 9
    frame = page.locator("#map").bounding_box()
    box = page.locator('#map [id="s33.p7"]').bounding_box()
    assert frame
    assert box
    assert abs(box["x"] + box["width"] / 2 - frame["x"] - frame["width"] / 2) < 5
    others = page.locator("#map .others text").text_content()
    assert re.fullmatch(r"\d+ other scenes", str(others))
    page.locator("#map .others").dispatch_event("click")
    page.wait_for_selector('#map [id="scene:s35"]', state="attached")
