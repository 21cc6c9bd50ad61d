"""The shipped stories and problem pages are found in a checkout and in an installed wheel."""

from pathlib import Path

import pytest

from house.tree import ROOT
from siberia_quest.cli import places


def test_a_checkout_is_read_where_it_lies() -> None:
    assert places.checkout_root() == ROOT
    assert places.stories_folder() == ROOT / "story"
    assert places.problems_folder() == ROOT / "docs" / "problems"


def test_an_installed_package_reads_what_was_packed_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "siberia_quest"
    monkeypatch.setattr(places, "_PACKAGE", package)
    assert places.checkout_root() is None
    assert places.stories_folder() == package / "_data" / "story"
    assert places.problems_folder() == package / "_data" / "problems"


def test_the_checkout_around_a_folder_is_found_from_below() -> None:
    assert places.checkout_around(ROOT / "tests" / "packaging") == ROOT
    assert places.checkout_around(ROOT) == ROOT


def test_a_folder_elsewhere_lies_in_no_checkout(tmp_path: Path) -> None:
    assert places.checkout_around(tmp_path) is None
