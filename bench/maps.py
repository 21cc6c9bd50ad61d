"""How long the map of a large story takes: `make bench-maps`, or `python bench/maps.py`.

10,000 passages in 100 scenes, linked in two ways: at random, and as writers link, mostly a little further on in the same scene.
The page is made by the command and opened in Chromium; each figure holds until the picture has been painted.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import synthetic

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZE = 10_000
ROUNDS = 3
#: Seconds that the issue of the author's tools allows.
MADE, OPENS, FOLDS = 10, 3, 1


def main() -> None:
    """Print the table; of what is waited for in the browser, the worst of some rounds."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ImportError:
        sys.exit("left out: playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("left out: Chromium is not installed")
    passages = synthetic.make(SIZE)
    print(f"{SIZE:,} passages, seconds (limits: made {MADE}, opens {OPENS}, unfolds and folds {FOLDS})\n")
    print("| links | read and made | made again | megabytes | opens | search | unfolds | folds |")
    print("|---" * 8 + "|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, story in (("at random", passages), ("as written", synthetic.gathered(passages))):
            path = Path(folder) / name.split()[-1]
            synthetic.write(story, path)
            page = path.with_suffix(".html")
            made = [_made(path, page), _made(path, page)]
            opened = [_opened(browser, page) for _ in range(ROUNDS)]
            worst = [max(each) for each in zip(*opened, strict=True)]
            cells = [
                *(f"{each:.1f}" for each in (*made, page.stat().st_size / 1e6)),
                *(f"{each:.2f}" for each in worst),
            ]
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
        browser.close()


def _made(story: Path, page: Path) -> float:
    command = [sys.executable, "-m", "siberia_quest", "graph", str(story), "--out", str(page), "--force"]
    start = time.perf_counter()
    given = {**os.environ, "SIBERIA_QUEST_CACHE": str(story.parent / "cache")}
    subprocess.run(command, check=True, env=given, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def _opened(browser: "Browser", file: Path) -> tuple[float, float, float, float]:
    """Return how long a page took to open, to find a passage and go there, to unfold a scene, and to fold it."""
    page = browser.new_page(viewport={"width": 1400, "height": 850})
    start = time.perf_counter()
    page.goto(file.as_uri())
    _painted(page, '[id="scene:s99"]')
    opened = time.perf_counter()
    page.locator("#find").fill("p7712")
    page.keyboard.press("Enter")
    _painted(page, '[id="s77.p7712"].chosen')
    found = time.perf_counter()
    page.locator("#fold").click()
    _painted(page, '[id="scene:s99"]')
    before = time.perf_counter()
    page.locator('#map [id="scene:s42"]').click()
    _painted(page, '[id="s42.p4200"]')
    unfolded = time.perf_counter()
    page.keyboard.press("Escape")
    _painted(page, '[id="scene:s99"]')
    folded = time.perf_counter()
    page.close()
    return opened - start, found - opened, unfolded - before, folded - unfolded


def _painted(page: "Page", what: str) -> None:
    """Wait until something stands in the picture, and two frames more: then it was painted."""
    page.wait_for_selector(f"#map {what}", state="attached")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


if __name__ == "__main__":
    main()
