"""Where the shipped stories and the pages about problems lie: in a checkout, or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def checkout_root() -> Path | None:
    """The top folder of the checkout this program runs from; None when it runs from an installed wheel."""
    root = _PACKAGE.parents[1]
    return root if _is_checkout(root) else None


def stories_folder() -> Path:
    """The folder of the shipped stories, each a folder of its own named by the story's id."""
    root = checkout_root()
    return _PACKAGE / "_data" / "story" if root is None else root / "story"


def problems_folder() -> Path:
    """The folder of the pages about diagnostics, each named by its code: `SQ201.md`."""
    root = checkout_root()
    return _PACKAGE / "_data" / "problems" if root is None else root / "docs" / "problems"


def _is_checkout(folder: Path) -> bool:
    """Whether this project's source lies here. A wheel has neither `src/` nor a `pyproject.toml` above it."""
    return (folder / "src" / "siberia_quest").is_dir() and (folder / "pyproject.toml").is_file()
