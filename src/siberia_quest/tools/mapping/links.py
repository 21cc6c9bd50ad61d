"""What leads where in a story: passages, endings, and the links between them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, assert_never

from siberia_quest.model import steps
from siberia_quest.model.expression import Parts
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import Steps
from siberia_quest.model.story import Passage, Story
from siberia_quest.tools.exploring.places import words_of
from siberia_quest.tools.word_count import prose_words

LinkSort: TypeAlias = Literal["goto", "call", "deal", "end"]
BoxSort: TypeAlias = Literal["start", "storylet", "passage", "ending"]


class Link(NamedTuple):
    """A way on; `tag` is that of the storylets it deals.

    `words` are those of the choice that leads there, "" without one.
    """

    source: str
    target: str
    sort: LinkSort
    words: str
    tag: str = ""


class Box(NamedTuple):
    """What stands on a map: a passage (`start`, `storylet` or `passage`) or an `ending`, which is of no scene.

    `name` is what a passage is called in its scene, and an ending's title. `reach` is the share of games that come there, in
    percent, None where no game was played. `within` is the passage that an ending is drawn in: where that passage ends in
    nothing else, and the ending is of no other.
    """

    id: str
    scene: str
    name: str
    sort: BoxSort
    tags: tuple[str, ...]
    words: int
    file: str
    at: steps.At
    reach: float | None = None
    within: str = ""


class StoryMap(NamedTuple):
    """A story's boxes by id and its links; its scenes' titles by id, in the order a game goes through them.

    `members` are the passages of each scene as they were written, `touching` the links that leave, enter or stay in it. `ends`
    has the endings that are drawn in their passage, by its id.
    """

    title: str
    boxes: Mapping[str, Box]
    links: tuple[Link, ...]
    scenes: Mapping[str, str]
    members: Mapping[str, Sequence[Box]]
    touching: Mapping[str, Sequence[Link]]
    ends: Mapping[str, Box]


#: Before the name of an ending, in a box's id.
ENDING = "ending:"


def map_of(story: Story, reach: Mapping[str, float] | None = None, named: Callable[[str], str] = str) -> StoryMap:
    """Return the map of a story; `reach` has the share of games for each passage's id, and for endings with `ENDING` before it.

    `named` gives each file its name from where one stands.
    """
    found: dict[Link, None] = {}
    boxes: dict[str, Box] = {}
    members: dict[str, list[Box]] = {}
    for passage in story.passages.values():
        boxes[passage.id] = _box(story, passage, reach)._replace(file=named(passage.file))
        members.setdefault(passage.scene, []).append(boxes[passage.id])
        found |= dict.fromkeys(links_of(story, passage))
    ends = {f"{ENDING}{name}": clean(ending.title) or name for name, ending in story.endings.items()}
    links = tuple(each for each in found if each.target in boxes or each.target in ends)
    sole = _sole_endings(links)
    for id_, title in ends.items():
        share = None if reach is None else reach.get(id_, 0.0)
        boxes[id_] = Box(id_, "", title, "ending", (), 0, "", (1, 1), share, sole.get(id_, ""))
    titles = {**story.scenes, story.id: story.scenes.get(story.id) or story.title}
    scenes = {scene: clean(titles[scene]) or scene for scene in _in_order(boxes, links, story.header.start)}
    touching = defaultdict[str, list[Link]](list)
    for link in links:
        for scene in dict.fromkeys((boxes[link.source].scene, boxes[link.target].scene)):
            touching[scene].append(link)
    within = {source: boxes[id_] for id_, source in sole.items()}
    return StoryMap(
        clean(story.title), boxes, links, scenes, members, {each: touching[each] for each in scenes}, within
    )


def _box(story: Story, passage: Passage, reach: Mapping[str, float] | None) -> Box:
    sort: BoxSort = "start" if passage.id == story.header.start else "storylet" if passage.storylet else "passage"
    name = passage.id.removeprefix(f"{passage.scene}.")
    tags = passage.storylet.tags if passage.storylet else ()
    share = None if reach is None else reach.get(passage.id, 0.0)
    words = prose_words(passage, story.phrases)
    return Box(passage.id, passage.scene, name, sort, tags, words, passage.file, passage.at, share)


def _sole_endings(links: Sequence[Link]) -> dict[str, str]:
    """Return the passage of each ending that is its only one, where the passage has no other."""
    pairs = {(each.source, each.target) for each in links if each.sort == "end"}
    out, into = Counter(source for source, _ in pairs), Counter(target for _, target in pairs)
    return {target: source for source, target in pairs if out[source] == into[target] == 1}


def _in_order(boxes: Mapping[str, Box], links: Sequence[Link], start: str) -> list[str]:
    """Return the scenes as a story goes through them: from the start, always by the strongest link to a scene that is new."""
    onward = defaultdict[str, list[str]](list)
    for (source, target), _ in _between(boxes, links).most_common():
        onward[source].append(target)
    found: dict[str, None] = {}
    waiting = [*reversed(dict.fromkeys(each.scene for each in boxes.values() if each.scene)), boxes[start].scene]
    while waiting:
        scene = waiting.pop()
        if scene not in found:
            found[scene] = None
            waiting.extend(reversed(onward[scene]))
    return list(found)


def links_of(story: Story, passage: Passage) -> Iterator[Link]:
    """Yield the ways on from a passage, as they are written."""
    for target, sort, words, tag in _ways(story, passage.steps, ""):
        yield Link(passage.id, target, sort, words, tag)


def scene_links(drawn: StoryMap) -> Counter[tuple[str, str]]:
    """Return how many links lead from one scene to another; storylets of a tag that are dealt count as one."""
    return _between(drawn.boxes, drawn.links)


def _between(boxes: Mapping[str, Box], links: Sequence[Link]) -> Counter[tuple[str, str]]:
    ways = dict.fromkeys((link.source, boxes[link.target].scene, link.tag or link.target) for link in links)
    pairs = ((boxes[source].scene, scene) for source, scene, _ in ways if scene)
    return Counter(pair for pair in pairs if pair[0] != pair[1])


def say_share(reach: float) -> str:
    """Return a share of games in words: `0%`, `under 1%`, `45%`."""
    return "under 1%" if 0 < reach < 1 else f"{reach:.0f}%"


def _ways(story: Story, block: Steps, words: str) -> Iterator[tuple[str, LinkSort, str, str]]:
    for step in block:
        if isinstance(step, steps.Choices):
            for item in step.items:
                if isinstance(item, steps.DealtChoices):
                    yield from _dealt(story, item.tag, words)
                elif isinstance(item, steps.Choice):
                    yield from _ways(story, item.steps, _plain(item.text) or words)
            continue
        if way := steps.way_of(step):
            yield from _own(story, way, words)
        for inside in steps.inner(step):
            yield from _ways(story, inside, words)


def _own(story: Story, way: steps.Way, words: str) -> Iterator[tuple[str, LinkSort, str, str]]:
    match way:
        case steps.Goto(target):
            if target:  # else it only goes to a label of the same passage
                yield target, "goto", words, ""
        case steps.Call(target):
            yield target, "call", words, ""
        case steps.Deal(tag):
            yield from _dealt(story, tag, words)
        case steps.End(ending):
            if ending:
                yield f"{ENDING}{ending}", "end", words, ""
        case _:
            assert_never(way)


def _dealt(story: Story, tag: str, words: str) -> Iterator[tuple[str, LinkSort, str, str]]:
    yield from ((target, "deal", words, tag) for target in story.storylets.get(tag, ()))


def _plain(parts: Parts) -> str:
    return clean(words_of("".join(part if isinstance(part, str) else "…" for part in parts)))
