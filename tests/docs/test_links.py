"""Whatever a page points to is there, and whatever a page of the top level says of the checkout is so."""

import re
from pathlib import Path

import pytest

from house.tree import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), ROOT / "saves" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)#\s]+)[^)]*\)")
_PATH = re.compile(r"[`*](?P<path>(?:src|story|saves|docs|tests|bench|project)/[\w./-]*)[`*]")


def dead_links(page: Path, root: Path) -> list[str]:
    """Links to files that are not there, and paths of the checkout, in `...` or *...*, that are not either."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    links = [match["target"] for match in _LINK.finditer(text)]
    inside = [page.parent / link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    named = [root / match["path"] for match in _PATH.finditer(text)]
    return sorted({str(path.relative_to(root)) for path in (*inside, *named) if not path.exists()})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_points_only_to_what_is_there(page: Path) -> None:
    assert dead_links(page, ROOT) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    (tmp_path / "here.md").touch()
    page.write_text(
        "[a](here.md) [b](gone.md#part) ![c](gone.svg) [d](https://example.org/x) `docs/gone/` *tests/gone*", "utf-8"
    )
    assert dead_links(page, tmp_path) == ["docs/gone", "gone.md", "gone.svg", "tests/gone"]
