"""The shipped stories and problem pages are found in a checkout and in an installed wheel."""

from pathlib import Path

import pytest

from house.tree import ROOT
from siberia_quest.cli import shipped_files


def test_a_checkout_is_read_where_it_lies() -> None:
    assert shipped_files.checkout_root() == ROOT
    assert shipped_files.stories_folder() == ROOT / "story"
    assert shipped_files.problems_folder() == ROOT / "docs" / "problems"


def test_an_installed_package_reads_what_was_packed_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "siberia_quest"
    monkeypatch.setattr(shipped_files, "_PACKAGE", package)
    assert shipped_files.checkout_root() is None
    assert shipped_files.stories_folder() == package / "_data" / "story"
    assert shipped_files.problems_folder() == package / "_data" / "problems"
