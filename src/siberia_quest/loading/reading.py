"""From a story's files to a story, or to everything that is wrong with it."""

import gc
import hashlib
import re
from collections.abc import Mapping

from siberia_quest.loading.files import ART, Loaded, StoryFiles
from siberia_quest.loading.reading_context import SceneFile
from siberia_quest.loading.same_mistakes import gather
from siberia_quest.loading.scene_cache import SceneCache, make_titled_tree
from siberia_quest.loading.story_reader import StoryReader
from siberia_quest.loading.tree import Mapping as Tree
from siberia_quest.loading.yaml_reader import read_yaml
from siberia_quest.loading.yaml_text import lines_of
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.letters import NAME_SIGN, compose, is_id
from siberia_quest.model.outline import KeptScene
from siberia_quest.model.story import Story

_NOT_ID = re.compile(rf"(?:(?!{NAME_SIGN}).)+")


def read_story(found: StoryFiles) -> Loaded:
    """Read a story from its files' bytes. Never raises for what an author wrote."""
    return read_scenes(found, {})[0]


def read_scenes(found: StoryFiles, known: Mapping[str, KeptScene]) -> tuple[Loaded, dict[str, KeptScene]]:
    """Read a story; return it with what is worth keeping of its scenes, by file. Never raises for what an author wrote.

    `known` is what was kept of files that have the same bytes still: only those are read again that hang on something that changed.
    """
    was_on = gc.isenabled()
    gc.disable()  # all that is made here stays until the end, so looking for garbage only takes time
    try:
        return _read(found, known)
    finally:
        if was_on:
            gc.enable()


def _read(found: StoryFiles, known: Mapping[str, KeptScene]) -> tuple[Loaded, dict[str, KeptScene]]:
    problems: list[Diagnostic] = []
    lines: dict[str, list[str]] = {}
    roots = {
        name: make_titled_tree(name, known[name]) if name in known else _root(name, data, problems, lines)
        for name, data in found.files.items()
        if name.endswith(".yaml") or name == found.main
    }
    trees = {name: root for name, root in roots.items() if root is not None}

    def parse(name: str) -> Tree:
        return _root(name, found.files[name], problems, lines) or trees[name]  # it had a tree before

    story: Story | None = None
    cache = SceneCache(known, parse)
    if len(trees) == len(roots):
        story_id = _story_id(trees[found.main], found.folder)
        scenes = [SceneFile(_scene_id(name, found, story_id), name, tree) for name, tree in trees.items()]
        problems += _doubles(scenes)
        art = {compose(name): _decode(data) for name, data in found.files.items() if name.endswith(ART)}
        reader = StoryReader(trees[found.main], scenes, story_id, art, _hash_files(found), cache)
        story, wrong = reader.read()
        spoilt = {each.span[:2] for each in problems if each.severity == "error"}
        problems += [each for each in wrong if each.span[:2] not in spoilt and not (spoilt and each.code == "SQ504")]
    if any(each.severity == "error" for each in problems):
        story = None
    place = {name: place for place, name in enumerate(found.files)}
    unique = gather(dict.fromkeys(sorted(problems, key=lambda each: (place.get(each.span.file, -1), each.span[1:3]))))
    told = {each.span.file for each in unique} | {span.file for each in unique for span in each.related}
    for name in told.intersection(known):
        lines[name] = lines_of(found.files[name], name)
    pictures = tuple(name for name in found.files if name.endswith(ART))
    clean = {name: scene for name, scene in cache.kept.items() if name not in told}
    return Loaded(story, tuple(unique), lines, pictures), clean


def _root(name: str, data: bytes, problems: list[Diagnostic], lines: dict[str, list[str]]) -> Tree | None:
    """Return the tree of a file, None where there is none; add what is wrong with it, and its lines."""
    root, wrong, lines[name] = read_yaml(data, name)
    problems += wrong
    if isinstance(root, Tree):
        return root
    if not any(each.severity == "error" for each in wrong):
        message = "this file is empty" if root is None else "this file is no story"
        fix = "begin it with `story: A title` or `scene: A title`"
        problems.append(Diagnostic("SQ215", message, Span(name, 1, 1, 1, 2), fix=fix))
    return None


def _hash_files(found: StoryFiles) -> str:
    """Return a hash of every byte of a story's files."""
    digest = hashlib.sha256()
    for name, data in found.files.items():
        digest.update(f"{name} {len(data)} ".encode() + data)
    return digest.hexdigest()[:16]


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _story_id(root: Tree, folder: str) -> str:
    given = root.get("id")
    name = str(getattr(given, "text", "") or folder).lower()
    name = _NOT_ID.sub("_", compose(name)).strip("_")
    return name if is_id(name) else f"story_{name}".strip("_")


def _scene_id(name: str, found: StoryFiles, story_id: str) -> str:
    return story_id if name == found.main else compose(name.rsplit("/", 1)[-1].removesuffix(".yaml"))


def _doubles(scenes: list[SceneFile]) -> list[Diagnostic]:
    """Report scenes whose files would have the same or an impossible id."""
    found, problems = set[str](), []
    for scene in scenes:
        place = Span(scene.file, 1, 1, 1, 2)
        if scene.id in found:
            problems.append(
                Diagnostic("SQ208", f"two scenes are named `{scene.id}`", place, fix="rename one of the files")
            )
        if not is_id(scene.id):
            problems.append(
                Diagnostic(
                    "SQ207",
                    f"`{scene.id}` cannot be the name of a scene",
                    place,
                    fix="name the file in lower-case letters, digits and `_`",
                )
            )
        found.add(scene.id)
    return problems
