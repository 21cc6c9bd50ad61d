"""What became of an altered story: whether the slip was told, changed nothing, or changed what an author may well mean."""

import re
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

from altered.altering import Altered
from siberia_quest.loading.files import ART, Loaded, StoryFiles
from siberia_quest.loading.reading import read_story
from siberia_quest.model.story import Story
from siberia_quest.tools.checking import find_problems

#: What became of a slip. `another name` and `another place` are told of in docs/findings.md as what nobody can know.
Verdict: TypeAlias = Literal["told", "the same", "another name", "another place", "silent"]
_PLACE = re.compile(r"\b(?:at|span|key)=(?:\(\d+, \d+\)|'[^']*')")
_LEAF = re.compile(r"\w+")
_SECTIONS = (
    "settings", "stats", "variables", "formulas", "tables", "phrases", "kinds", "endings", "achievements", "renames", "scenes", "storylets",
    "passages",
)  # fmt: skip


def meaning_of(story: Story) -> str:
    """Return all that a story means, as text: without the places of things in its files."""
    sections = [repr(sorted(getattr(story, each).items())) for each in _SECTIONS]
    said = [*sections, repr(story.status), repr(story.panels), repr(story.header._replace(structure="", wording=""))]
    return _PLACE.sub("", "\n".join(said))


class Original:
    """A shipped story, and what is said of it."""

    def __init__(self, folder: Path) -> None:
        names = [
            path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.suffix in {".yaml", *ART}
        ]
        self.name = folder.name
        self.files = {
            name: (folder / name).read_bytes()
            for name in sorted(names, key=lambda name: name != "story.yaml")
            if not name.startswith("tests/")
        }
        self.scenes = [name for name in self.files if name.endswith(".yaml")]

    def read(self, files: dict[str, bytes]) -> Loaded:
        return read_story(StoryFiles(self.name, "story.yaml", files))

    @cached_property
    def loaded(self) -> Loaded:
        return self.read(self.files)

    @cached_property
    def meaning(self) -> str:
        assert self.loaded.story, self.loaded.diagnostics
        return meaning_of(self.loaded.story)

    @cached_property
    def leaves(self) -> Counter[str]:
        return Counter(_LEAF.findall(self.meaning))

    def lost_in(self, meaning: str, scene: str, altered: Altered) -> Counter[str]:
        """Return the words of the lines that were altered that the story means less often than before."""
        before = self.files[scene].decode().split("\n")
        lines = [line for line, now in zip(before, altered.lines, strict=False) if line != now]
        words = {*_LEAF.findall("\n".join(lines))} - {"true", "false"}
        return Counter(
            {word: count for word, count in (self.leaves - Counter(_LEAF.findall(meaning))).items() if word in words}
        )

    def judge(self, scene: str, altered: Altered) -> Verdict:
        """Tell what became of a slip in one of the files."""
        loaded = self.read({**self.files, scene: "\n".join(altered.lines).encode()})
        if loaded.story is None or {*find_problems(loaded)} - {*find_problems(self.loaded)}:
            return "told"
        meaning = meaning_of(loaded.story)
        if meaning == self.meaning:
            return "the same"
        if altered.word and _as_one(meaning, altered) == _as_one(self.meaning, altered):
            return "another name"
        if altered.how != "misspelt" and self.lost_in(meaning, scene, altered) <= Counter():
            return "another place"
        return "silent"


def _as_one(meaning: str, altered: Altered) -> Counter[str]:
    return Counter(_LEAF.findall(meaning.replace(altered.became, altered.word)))
