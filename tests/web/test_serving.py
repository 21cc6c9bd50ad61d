"""A page that is being written, served to this machine alone: who is answered, what is told, and that it ends with the command."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from siberia_quest.web.serving import Newest, serve

FERRY = Path(__file__).with_name("ferry")


def asked(address: str, path: str = "", host: str = "") -> tuple[int, str]:
    """Ask for something beside an address; return the status and what was answered."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
    connection.request(
        "GET", path if path.startswith("/") else parts.path + path, headers={"Host": host or parts.netloc}
    )
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_only_who_knows_the_token_and_asks_this_machine_by_its_name_is_answered() -> None:
    newest = Newest()
    newest.show("<p>page")
    with serve(newest) as address:
        parts = urlsplit(address)
        assert parts.hostname == "127.0.0.1"
        assert len(parts.path) > 30
        assert asked(address) == (200, "<p>page")
        assert asked(address, host=f"localhost:{parts.port}")[0] == 200
        assert asked(address, host="example.org") == (403, "")
        assert asked(address, host=f"example.org:{parts.port}") == (403, "")
        for path in ("/", "/news", "/wrong/", f"{parts.path[:-2]}/", parts.path[:-1].upper() + "/"):
            assert asked(address, path) == (403, ""), path
        assert asked(address, "../etc/passwd")[0] == 404
    with pytest.raises(OSError, match="refused"):
        asked(address)


def test_news_is_told_at_once_and_a_mistake_leaves_the_page() -> None:
    newest = Newest()
    newest.show("one")
    with serve(newest) as address:
        assert json.loads(asked(address, "news?after=0")[1]) == {"number": 1, "trouble": ""}
        newest.show("", "a mistake")
        assert json.loads(asked(address, "news?after=1")[1]) == {"number": 2, "trouble": "a mistake"}
        assert asked(address)[1] == "one"
    assert newest.after(2, patience=0).number == 2


def test_a_page_is_taken_anew_in_its_place_when_its_story_is_saved_and_the_command_ends_it(tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("watchfiles", reason="watchfiles is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium")
    shutil.copytree(FERRY, tmp_path / "ferry")
    path = tmp_path / "ferry" / "story.yaml"
    with subprocess.Popen(
        [sys.executable, "-m", "siberia_quest", "watch", "ferry", "--web"], cwd=tmp_path, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        text=True, env={**os.environ, "COLUMNS": "200"},
    ) as watching:  # fmt: skip
        assert watching.stderr
        address = next(found[0] for line in watching.stderr if (found := re.search(r"http://\S+/", line)))
        with sync_api.sync_playwright() as playing:
            browser = playing.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(address)
            page.locator(".begin button").click()
            page.locator(".choice", has_text="Throw a coin").click()
            check = page.locator(".turn.last .check").inner_text()
            assert "nerve" in page.locator(".values").text_content()
            path.write_text(path.read_text("utf-8").replace("What do you cut", "What do you carve"), "utf-8")
            page.get_by_label("What do you carve into the post?").wait_for()
            assert page.locator(".turn.last .check").inner_text() == check
            path.write_text(path.read_text("utf-8").replace("goto: rope", "goto: ropp"), "utf-8")
            page.locator(".notice", has_text="no passage named `ropp`").wait_for()
            watching.send_signal(signal.SIGINT)
            assert watching.wait(20) == 0
            browser.close()
