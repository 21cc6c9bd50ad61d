"""What leads where in a story: passages, endings, and the links between them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from siberia_quest.model.expression import Parts
from siberia_quest.model.steps import At, Call, Choice, Choices, Deal, DealtChoices, End, Goto, Step, Steps, inner
from siberia_quest.model.story import Passage, Story
from siberia_quest.tools.exploring.places import words_of
from siberia_quest.tools.words import prose_words


class Link(NamedTuple):
    """A way on: `goto`, `call`, `deal` or `end`. `words` are those of the choice that leads there, "" without one."""

    source: str
    target: str
    sort: str
    words: str


class Node(NamedTuple):
    """A passage (`start`, `storylet` or `passage`) or an `ending`, which is of no scene.

    `reach` is the share of games that come there, in percent, None where no game was played.
    """

    id: str
    scene: str
    name: str
    sort: str
    words: int
    file: str
    at: At
    reach: float | None = None


class StoryMap(NamedTuple):
    """A story's nodes by id in the order they were written, its links, its scenes' titles by id, and their passages."""

    title: str
    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    scenes: Mapping[str, str]
    members: Mapping[str, Sequence[Node]]


#: Before the name of an ending, in a node's id.
ENDING = "ending:"


def map_of(story: Story, reach: Mapping[str, float] | None = None) -> StoryMap:
    """Return the map of a story; `reach` has the share of games for each passage's id, and for endings with `ENDING` before it."""
    nodes: dict[str, Node] = {}
    for id_, passage in story.passages.items():
        sort = "start" if id_ == story.header.start else "storylet" if passage.storylet else "passage"
        name = id_.removeprefix(f"{passage.scene}.")
        share = None if reach is None else reach.get(id_, 0.0)
        nodes[id_] = Node(
            id_, passage.scene, name, sort, prose_words(passage, story.phrases), passage.file, passage.at, share
        )
    for ending in story.endings:
        id_ = f"{ENDING}{ending}"
        nodes[id_] = Node(id_, "", ending, "ending", 0, "", (1, 1), None if reach is None else reach.get(id_, 0.0))
    links = dict.fromkeys(link for passage in story.passages.values() for link in links_of(story, passage))
    titles = {**story.scenes, story.id: story.scenes.get(story.id) or story.title}
    members: dict[str, list[Node]] = {}
    for node in nodes.values():
        if node.scene:
            members.setdefault(node.scene, []).append(node)
    kept = tuple(each for each in links if each.target in nodes)
    return StoryMap(story.title, nodes, kept, {scene: titles[scene] for scene in members}, members)


def links_of(story: Story, passage: Passage) -> Iterator[Link]:
    """Yield the ways on from a passage, as they are written."""
    for target, sort, words in _ways(story, passage.steps, ""):
        yield Link(passage.id, target, sort, words)


def scene_links(drawn: StoryMap) -> Counter[tuple[str, str]]:
    """Return how many links lead from one scene to another."""
    found: Counter[tuple[str, str]] = Counter()
    for link in drawn.links:
        pair = drawn.nodes[link.source].scene, drawn.nodes[link.target].scene
        if pair[0] != pair[1] and pair[1]:
            found[pair] += 1
    return found


def _ways(story: Story, steps: Steps, words: str) -> Iterator[tuple[str, str, str]]:
    for step in steps:
        if isinstance(step, Choices):
            for item in step.items:
                if isinstance(item, DealtChoices):
                    yield from ((target, "deal", words) for target in story.storylets.get(item.tag, ()))
                elif isinstance(item, Choice):
                    yield from _ways(story, item.steps, _plain(item.text) or words)
            continue
        yield from _own(story, step, words)
        for block in inner(step):
            yield from _ways(story, block, words)


def _own(story: Story, step: Step, words: str) -> Iterator[tuple[str, str, str]]:
    match step:
        case Goto(target) if target:  # else it only goes to a label of the same passage
            yield target, "goto", words
        case Call(target):
            yield target, "call", words
        case Deal(tag):
            yield from ((target, "deal", words) for target in story.storylets.get(tag, ()))
        case End(ending) if ending:
            yield f"{ENDING}{ending}", "end", words


def _plain(parts: Parts) -> str:
    return words_of("".join(part if isinstance(part, str) else "…" for part in parts))
