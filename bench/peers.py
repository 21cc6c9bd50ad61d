"""The peers that are installed here: inkjs, from a folder that npm filled, and bink, in this environment."""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import synthetic

BENCH = Path(__file__).parent


class Peers:
    """The peers, and the stories they read: written and compiled when first asked for."""

    def __init__(self, folder: Path | None, scratch: Path) -> None:
        """Look which are there."""
        self.node = shutil.which("node")
        self.folder = folder
        self.scratch = scratch
        self.has_inkjs = bool(self.node and folder and (folder / "node_modules" / "inkjs").is_dir())
        # bink plays what inkjs compiled
        self.has_bink = self.has_inkjs and importlib.util.find_spec("bink") is not None
        self.report_missing = [
            f"{name} is not installed"
            for name, there in (("inkjs (or node)", self.has_inkjs), ("bink (or inkjs)", self.has_bink))
            if not there
        ]

    def command(self, *given: str | Path) -> list[str]:
        """Return the command that runs bench/inkjs_player.mjs."""
        player = str(BENCH / "inkjs_player.mjs")
        return [str(self.node), "--max-old-space-size=12000", player, str(self.folder), *map(str, given)]

    def inkjs(self, *given: str | Path) -> dict[str, Any]:
        """Run bench/inkjs_player.mjs and return what it says. Raises CalledProcessError where it fails."""
        said = subprocess.run(self.command(*given), check=True, stdout=subprocess.PIPE, text=True).stdout
        found: dict[str, Any] = json.loads(said)
        return found

    def compiled(self, passages: list[synthetic.Passage]) -> tuple[Path, dict[str, Any]]:
        """Compile a story with inkjs; return the file, and the milliseconds and the megabytes it took."""
        source, target = self.scratch / f"{len(passages)}.ink", self.scratch / f"{len(passages)}.json"
        synthetic.write_ink(passages, source)
        return target, self.inkjs("compile", source, target)
