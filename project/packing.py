"""Packs the stories and the pages about problems inside the wheel."""

from pathlib import Path
from typing import TypeAlias

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BuildData: TypeAlias = dict[str, dict[str, str]]
PACKED = {"story": "siberia_quest/_data/story", "docs/problems": "siberia_quest/_data/problems"}


class Packing(BuildHookInterface[BuilderConfig]):
    """An editable install reads both folders where they lie; a wheel carries them along."""

    def initialize(self, version: str, build_data: BuildData) -> None:
        """Name the folders to pack; `version` is hatchling's word for the sort of build."""
        if version == "editable":
            return
        for folder, inside in PACKED.items():
            if (Path(self.root) / folder).is_dir():
                build_data["force_include"][folder] = inside
