"""A story's files, and what came of reading them."""

from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.story import Story

ART = (".txt", ".art")


class Loaded(NamedTuple):
    """A story, or None when it has errors; what is wrong or worth a hint, in file order; the lines of its files; its pictures' names.

    `lines` are by file, as far as the files were read; a story from the cache has those alone that its diagnostics speak of.

    >>> from siberia_quest import load_story
    >>> loaded = load_story("tests/problems/SQ203/broken.yaml")
    >>> loaded.story is None, [each.code for each in loaded.diagnostics], list(loaded.lines)
    (True, ['SQ203'], ['broken.yaml'])
    """

    story: Story | None
    diagnostics: tuple[Diagnostic, ...]
    lines: dict[str, list[str]] = {}  # noqa: RUF012  # a default that nobody fills
    pictures: tuple[str, ...] = ()


class StoryFiles(NamedTuple):
    """The bytes of a story's files by name: its own file first, then scenes, then pictures. `folder` names the story by default."""

    folder: str
    main: str
    files: dict[str, bytes]

    @property
    def for_cache(self) -> dict[str, bytes]:
        """The files, and the folder's name, which a story without an id takes."""
        return {**self.files, "": self.folder.encode("utf-8", "replace")}

    def with_story(self, story: Story, diagnostics: tuple[Diagnostic, ...]) -> Loaded:
        """Return a story that was read before from these files, with the lines that its diagnostics speak of."""
        lines: dict[str, list[str]] = {}
        if diagnostics:
            from siberia_quest.loading.yaml_text import lines_of  # noqa: PLC0415  # only a story with warnings pays for it

            named = {
                each.span.file for each in diagnostics
            } & self.files.keys()  # they come from a file that may be forged
            lines = {each: lines_of(self.files[each], each) for each in named}
        return Loaded(story, diagnostics, lines, tuple(name for name in self.files if name.endswith(ART)))
