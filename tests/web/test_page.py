"""A story's page in a real browser: played by mouse, by keyboard, opened again; and closed to whatever a story may hold."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from house.tree import ROOT
from siberia_quest import Story, load_story
from siberia_quest.web.page_file import make_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
FERRY = Path(__file__).with_name("ferry")
#: What finds barriers in a page, where it is there.
AXE = ROOT / ".venv" / "peers" / "node_modules" / "axe-core" / "axe.min.js"
#: Stands in every field of a story: markup, a script, an address that runs one, and ends of whatever it may stand in.
HOSTILE = "<img src=x onerror='hit=1'><script>hit=1</script></script></title></style>\"'`javascript:hit=1"


def story_at(path: Path) -> Story:
    story = load_story(path).story
    assert story
    return story


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with sync_api.sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def window(browser: "Browser") -> Iterator["BrowserContext"]:
    """A fresh browser, without motion; it may ask nothing of a network, and its scripts may not fail."""
    window = browser.new_context(viewport={"width": 900, "height": 700}, reduced_motion="reduce", locale="en-GB")
    window.set_default_timeout(5000)
    wrong: list[str] = []
    window.on("weberror", lambda found: wrong.append(str(found.error)))
    window.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    window.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith("file://") else None)
    yield window
    window.close()
    assert wrong == []


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("pages") / "ferry.html"
    path.write_text(make_page(story_at(FERRY)), "utf-8")
    return path.as_uri()


def opened(window: "BrowserContext", address: str) -> "Page":
    page = window.new_page()
    page.goto(address)
    page.wait_for_selector(".opening, .choices")
    return page


def told(page: "Page") -> str:
    """What was told last, in plain words."""
    return page.locator(".turn.last").inner_text()


def begin(page: "Page") -> None:
    page.locator(".begin button").click()
    page.wait_for_selector(".turn.last")


def choose(page: "Page", words: str) -> None:
    page.locator(".choice", has_text=words).click()


def is_soon(page: "Page", words: str) -> bool:
    """Whether something is told sooner or later."""
    page.wait_for_function("words => document.querySelector('.turn.last')?.textContent.includes(words)", arg=words)
    return True


def notice(page: "Page") -> str:
    """What the page tells beside the story."""
    return page.locator(".notice p").inner_text()


# --- a game -----------------------------------------------------------------------------------------------------------


def test_a_whole_game_is_played_by_mouse(window: "BrowserContext", ferry: str) -> None:
    page = opened(window, ferry)
    assert page.title() == page.locator(".opening h1").inner_text() == "The Ferry"
    assert "Cold water." in page.locator(".notes").inner_text()
    page.get_by_label("Who steers?").fill("Grace")
    page.get_by_text("high", exact=True).click()
    begin(page)
    assert "Grace spits into it." in told(page)
    assert page.get_by_role("img", name="A rope over water.").is_visible()
    assert page.locator(".side-panel").inner_text().startswith("The rope, 2 coins")
    locked = page.locator(".choice[aria-disabled]")
    assert "locked: needs Nerve 90 or more" in locked.inner_text()
    locked.dispatch_event("click")
    assert page.locator(".turn").count() == 1
    choose(page, "Tie the rope")
    assert is_soon(page, "Unlocked: A good knot")
    page.get_by_label("What do you cut into the post?").fill("a cross")
    page.get_by_role("button", name="Answer").click()
    assert is_soon(page, "It says a cross now.")
    assert page.locator(".turn.last .beat").count() == 3
    choose(page, "Go aboard")
    choose(page, "Jump")
    assert is_soon(page, "The other bank")
    page.get_by_role("button", name="See the endings found so far").click()
    assert page.locator(".card.found").all_inner_texts()[0].startswith("The other bank")
    assert "Endings found: 1 of 2" in page.locator(".part").inner_text()


def test_a_whole_game_is_played_by_keys_alone(window: "BrowserContext", ferry: str) -> None:
    page = opened(window, ferry)
    press = page.keyboard.press
    press("Tab")
    for _ in range(2):
        press("Tab")
    press("Enter")
    page.wait_for_selector(".turn.last")
    press("2")
    assert "The water is brown" in told(page)
    press("1")
    assert is_soon(page, "Tie the rope")
    press("u")
    assert notice(page) == "Taken back: one turn."
    assert "The water is brown" in told(page)
    press("r")
    assert is_soon(page, "Tie the rope")
    press("Tab")
    page.keyboard.type("u1s")
    press("Enter")
    assert is_soon(page, "It says u1s now.")
    press("j")
    assert page.locator(".part .journal li").all_inner_texts() == [
        "1\nThe rope is tied.",
        "2\nSomething is cut into the post.",
    ]
    assert page.locator(".part .series svg").count() == 3
    press("Escape")
    press("Tab")
    press("Tab")
    press("Enter")
    assert is_soon(page, "It is cold.")


def test_a_game_goes_on_where_it_stood_after_the_page_is_opened_again(window: "BrowserContext", ferry: str) -> None:
    page = opened(window, ferry)
    begin(page)
    choose(page, "Throw a coin")
    check = page.locator(".turn.last .check").inner_text()
    assert re.fullmatch(r"Luck: likely 60%, (passed|failed)\.", check)
    page.close()
    again = opened(window, ferry)
    assert again.locator(".turn.last .check").inner_text() == check
    assert again.locator(".turn").count() == 2
    again.get_by_label("What do you cut into the post?").fill("x")
    again.keyboard.press("Enter")
    assert is_soon(again, "It says x now.")


def test_a_page_goes_back_to_any_turn_but_where_the_story_lets_nobody(window: "BrowserContext", ferry: str) -> None:
    page = opened(window, ferry)
    begin(page)
    choose(page, "Tie the rope")
    page.get_by_label("What do you cut into the post?").fill("x")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Back to turn 0").click()
    assert page.locator(".turn").count() == 1
    page.keyboard.press("r")
    page.keyboard.press("r")
    choose(page, "Go aboard")
    assert is_soon(page, "nearer than it should")
    assert page.get_by_role("button", name="Undo").is_disabled()
    page.keyboard.press("u")
    assert notice(page) == "This story lets nothing be taken back here."


def test_a_game_is_saved_under_a_name_and_loaded(window: "BrowserContext", ferry: str) -> None:
    page = opened(window, ferry)
    begin(page)
    page.keyboard.press("g")
    page.get_by_label("Save under a name").fill("At the bank")
    page.keyboard.press("Enter")
    page.wait_for_selector(".slots .slot")
    page.keyboard.press("Escape")
    choose(page, "Tie the rope")
    page.keyboard.press("g")
    page.locator(".slot", has_text="At the bank").click()
    page.get_by_text("Loaded At the bank.").wait_for()
    assert page.locator(".turn").count() == 1


# --- what is told to whom ---------------------------------------------------------------------------------------------


def test_what_is_new_is_announced_and_the_choices_are_where_the_keyboard_is(
    window: "BrowserContext", ferry: str
) -> None:
    page = opened(window, ferry)
    begin(page)
    choose(page, "Tie the rope")
    log = page.get_by_role("log")
    assert log.get_attribute("aria-live") == "polite"
    assert log.locator(".turn.last .echo").inner_text() == "You chose:\nTie the rope"
    assert page.evaluate("document.activeElement.className") == "choices"
    assert page.evaluate("document.querySelector('.log').contains(document.activeElement)") is False


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here; make ready-for-pages brings it")
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_stands_in_the_way_of_who_listens_or_sees_badly(colours: str, browser: "Browser", ferry: str) -> None:
    window = browser.new_context(bypass_csp=True, reduced_motion="reduce", color_scheme=colours)  # type: ignore[arg-type]  # one of two
    page = opened(window, ferry)
    page.evaluate(AXE.read_text("utf-8"))
    look = "async where => (await axe.run()).violations.map(each => `${where}: ${each.id} ${each.nodes[0].html}`)"
    found = page.evaluate(look, "title")
    begin(page)
    found += page.evaluate(look, "choices")
    page.keyboard.press("1")
    found += page.evaluate(look, "question")
    for key in "sjegm?":
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        found += page.evaluate(look, key)
        page.keyboard.press("Escape")
    page.locator("#answer").fill("x")
    page.keyboard.press("Enter")
    assert is_soon(page, "It says x now.")
    found += page.evaluate(look, "montage")
    page.keyboard.press("2")
    assert is_soon(page, "It is cold.")
    found += page.evaluate(look, "ending")
    window.close()
    assert found == []


def test_a_paper_has_the_story_alone(window: "BrowserContext", ferry: str) -> None:
    page = opened(window, ferry)
    begin(page)
    choose(page, "Tie the rope")
    page.emulate_media(media="print")
    assert [page.locator(each).is_visible() for each in ("header", ".now", ".turn >> nth=0", ".turn.last .echo")] == [
        False, False, True, True,
    ]  # fmt: skip


# --- what a story may hold --------------------------------------------------------------------------------------------


def hostile_story(folder: Path) -> Story:
    """The ferry, with something hostile in the place of every text that is told."""
    text = (FERRY / "story.yaml").read_text("utf-8").replace("ferry_page", "hostile").replace("max: ", "max: 10")
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    text = re.sub(r"(?<=: )(?:'[^']*'|[A-Z][\w ,.?]*[\w.?])(?=[,}\n])", quoted, text)
    text = text.replace("- The other bank comes nearer than it should.", f"- {quoted}").replace(
        "- 'It says", f"- {quoted}\n      - 'It says"
    )
    (folder / "story.yaml").write_text(text, "utf-8")
    shutil.copy(FERRY / "rope.txt", folder)
    return story_at(folder)


def test_hostile_words_in_every_field_stay_words(window: "BrowserContext", tmp_path: Path) -> None:
    story = hostile_story(tmp_path)
    assert story.title == story.header.by == HOSTILE
    (tmp_path / "page.html").write_text(make_page(story), "utf-8")
    page = opened(window, (tmp_path / "page.html").as_uri())
    assert page.title() == page.locator(".opening h1").inner_text() == HOSTILE
    page.locator(".begin input[type=text]").fill(HOSTILE[:20])
    begin(page)
    for key in ("s", "e", "g", "m"):
        page.keyboard.press(key)
        page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.locator("#answer").fill(HOSTILE[:12])
    page.keyboard.press("Enter")
    page.wait_for_selector(".montage")
    for key in ("s", "j"):
        page.keyboard.press(key)
        page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.wait_for_selector(".ending")
    page.keyboard.press("e")
    assert HOSTILE in page.locator(".card.found").first.inner_text()
    assert page.evaluate("typeof hit") == "undefined"
    assert page.locator("body img, body iframe, body a, .reader script").count() == 0


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.hit = 1'}))",
        "document.body.innerHTML = '<img src=x onerror=\"window.hit = 1\">'",
        "document.body.setAttribute('onclick', 'window.hit = 1'), document.body.click()",
        "window.setTimeout('window.hit = 1', 0)",
        "setTimeout(() => (0, eval)('window.hit = 1'))",
        "location.href = 'javascript:window.hit = 1'",
        "fetch('https://example.org/').then(() => window.hit = 1)",
        "document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png', onload: () => window.hit = 1}))",
        "document.body.append(Object.assign(document.createElement('iframe'), {srcdoc: '<script>parent.hit = 1</script>'}))",
    ],
)
def test_the_policy_of_a_page_lets_no_other_script_run_and_nothing_be_fetched(
    attempt: str, browser: "Browser", ferry: str
) -> None:
    page = browser.new_page()
    page.goto(ferry)
    page.evaluate(
        "() => { window.refused = 0; addEventListener('securitypolicyviolation', () => window.refused++); "
        f"try {{ {attempt} }} catch {{ window.refused++ }} }}"
    )
    page.wait_for_function("() => window.refused > 0")
    assert page.evaluate("window.hit") is None
    page.close()


# --- looks ------------------------------------------------------------------------------------------------------------

#: Words, and what they are set on.
PAIRS = (
    ("ink", "paper"), ("soft", "paper"), ("accent", "paper"), ("ink", "wash"), ("soft", "wash"), ("accent", "wash"), ("ink", "card"),
    ("soft", "card"), ("paper", "ink"), ("paper", "accent"),
)  # fmt: skip


def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme, by name."""
    style = (ROOT / "src" / "siberia_quest" / "web" / "page" / "page.css").read_text("utf-8")
    found = re.findall(
        r":root(?:\[data-theme=\"(\w+)\"\])? \{ color-scheme: \w+; ([^}]*)", style.partition("@media print")[0]
    )
    return {name or "light": dict(re.findall(r"--(\w+): (#[0-9a-f]+);", colours)) for name, colours in found}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_words_can_be_told_from_what_they_are_set_on_in_every_theme() -> None:
    assert contrast("#fff", "#000") == pytest.approx(21)
    found = themes()
    assert set(found) == {"light", "system", "dark", "contrast"}
    assert found["system"] == found["dark"]
    pale = {
        f"{name}: {one} on {other}"
        for name, theme in found.items()
        for one, other in PAIRS
        if contrast(theme[one], theme[other]) < 4.5
    }
    assert pale == set()
    assert contrast(found["contrast"]["ink"], found["contrast"]["paper"]) > 15
