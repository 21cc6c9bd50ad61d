"""The map of a story in DOT, the language of Graphviz: all of it, its scenes, or one scene among the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, sqrt
from types import MappingProxyType
from typing import TypeAlias

from siberia_quest.tools.mapping.links import Box, Link, StoryMap, say_share, scene_links

Edges: TypeAlias = Counter[tuple[str, str, str]]

#: Scenes beside an unfolded one that have a box of their own.
MOST_BESIDE = 12
#: From so many links on, or so many for each box among many boxes, layers are a tangle, and take minutes: then there is a grid.
_MANY_EDGES, _MANY_BOXES, _DENSE = 250, 60, 2
#: Links from a scene that an overview as a grid shows, on average; beyond, it shows so many strongest ones from each.
_MOST_TO_A_SCENE, _STRONGEST = 4, 2
_FEW = 12
#: So many boxes that hang on one alone stand side by side; more stand in rows.
_ABREAST = 6
_FONT = "Helvetica"
# The margins leave room for wider letters, where a machine has no Helvetica.
_HEAD = f"""  graph [fontname="{_FONT}", fontsize=13, nodesep=0.25, ranksep=0.45, bgcolor="transparent", pad=0.3, outputorder=edgesfirst];
  node [fontname="{_FONT}", fontsize=11, shape=box, style="rounded,filled", fillcolor="#ffffff", color="#66707a", margin="0.17,0.06"];
  edge [fontname="{_FONT}", color="#8a929a", arrowsize=0.6];
"""
# All named, since the program keeps to what the graph before it said.
_LAYERS = "  layout=dot; rankdir=TB; splines=true;\n"
_GRID = """  layout=osage; splines=line;
  graph [pack=14, packmode="array_u"];
  edge [class="pale", color="#8a929a66", penwidth=0.7, arrowsize=0.5];
"""
_KEY = (
    "thick frame: the start; double frame: an ending; dashed frame: a storylet",
    "dashed arrow: deals storylets; dotted arrow: calls, and comes back; thick arrow: several ways",
)
_COLOURS: Mapping[str, str] = MappingProxyType({
    "none": "", "words": "the darker, the more words",
    "reach": "the darker, the more games come there; red: no game did",
})  # fmt: skip
_SHAPES: Mapping[str, str] = MappingProxyType({
    "start": 'penwidth=2.5, color="#1d2630"',
    "storylet": 'style="rounded,filled,dashed"',
    "ending": 'shape=box, style="filled", peripheries=2',
    "passage": "",
})  # fmt: skip
_LINES: Mapping[str, str] = MappingProxyType(
    {"goto": "", "call": "arrowhead=vee, style=dotted", "deal": "style=dashed", "end": ""}
)
#: From pale to strong, for shares of games and for words; and what no game reached.
_SHADES = ("#ffffff", "#e8f1f8", "#cfe2f1", "#b0d0e8", "#8cbadd", "#6aa3d0")
_UNREACHED = "#f6c9bd"
_WORD_STEPS = (0, 50, 100, 200, 400, 800)


def write_whole_map(drawn: StoryMap, overlay: str = "none") -> str:
    """Return the whole map, each scene in a frame."""
    lines = [line for scene in drawn.scenes for line in _frame_scene(drawn, scene, overlay)]
    lines += [_box(drawn, each, overlay) for each in drawn.boxes.values() if _is_ending(each)]
    names = {id_: id_ for id_ in drawn.boxes}
    return _graph(drawn, lines, _edges(drawn, drawn.links, names), len(drawn.boxes))


def overview(drawn: StoryMap) -> str:
    """Return the map of the scenes alone; a link's width tells how many links it stands for.

    Where the scenes are linked too closely to be read, they stand in rows with the strongest links from each.
    """
    links = scene_links(drawn)
    is_tangle = _is_tangle(len(links), len(drawn.scenes))
    if len(links) > _MOST_TO_A_SCENE * len(drawn.scenes):
        strong = defaultdict[str, list[tuple[str, str]]](list)
        for pair, _ in links.most_common():
            strong[pair[0]].append(pair)
        links = Counter({pair: links[pair] for pairs in strong.values() for pair in pairs[:_STRONGEST]})
    edges = [_scene_edge(source, target, number) for (source, target), number in links.items()]
    wide = ceil(0.7 * sqrt(len(drawn.scenes)))  # the boxes of scenes are wide: so many abreast fill a screen
    grid = _GRID.replace("array_u", f"array_u{wide}")
    return _join_edges([_scene(drawn, each) for each in drawn.scenes], edges, grid if is_tangle else _LAYERS)


def write_scene_map(drawn: StoryMap, scene: str, overlay: str = "none") -> str:
    """Return the map of one scene; scenes that it leads to, or that lead to it, are single boxes, the weakest in one together."""
    links = drawn.touching[scene]
    beside = Counter(
        other for link in links for each in link[:2] if (other := drawn.boxes[each].scene) and other != scene
    )
    named = {other for other, _ in beside.most_common(MOST_BESIDE)}
    lines = [*_frame_scene(drawn, scene, overlay), *[_scene(drawn, each) for each in drawn.scenes if each in named]]
    if len(beside) > len(named):
        label = f"{len(beside) - len(named)} other scenes"
        lines.append(f'  "scenes" [id="scenes", label="{label}", class="others", shape=folder, style="filled"];')
    ends = dict.fromkeys(each.target for each in links if each.sort == "end")
    lines += [_box(drawn, drawn.boxes[each], overlay) for each in ends if _is_ending(drawn.boxes[each])]
    names = {each: _fold_scene(drawn.boxes[each], scene, named) for link in links for each in link[:2]}
    return _graph(drawn, lines, _edges(drawn, links, names), len(lines))


def with_key(graph: str, overlay: str = "none") -> str:
    """Return a map with a key to its lines and colours below, for a picture that stands alone."""
    key = "".join(f"{line}\\l" for line in (*_KEY, _COLOURS[overlay]) if line)
    return f'{graph.removesuffix("}" + chr(10))}  label="{key}"; labelloc=b; labeljust=l; fontsize=10; fontcolor="#66707a";\n}}\n'


def colour_of(box: Box, overlay: str) -> str:
    """Return the colour of a box under an overlay: stronger for more, a warm one for what no game reached."""
    if overlay == "words":
        return _SHADES[sum(box.words > step for step in _WORD_STEPS[1:])]
    if overlay == "reach" and box.reach is not None:
        return _UNREACHED if box.reach == 0 else _SHADES[min(5, int(box.reach / 20) + 1)]
    return _SHADES[0]


def _is_tangle(edges: int, boxes: int) -> bool:
    return edges > _MANY_EDGES or (boxes > _MANY_BOXES and edges > _DENSE * boxes)


def _is_ending(box: Box) -> bool:
    return box.sort == "ending" and not box.within


def _graph(drawn: StoryMap, lines: Sequence[str], edges: Edges, boxes: int) -> str:
    ways = [_edge(*each, number) for each, number in edges.items()]
    if _is_tangle(len(edges), boxes):
        return _join_edges(lines, ways, _GRID)
    return _join_edges(lines, [*ways, *_fans(drawn, edges)], _LAYERS.replace("TB", "LR") if boxes < _FEW else _LAYERS)


def _join_edges(lines: Iterable[str], edges: Iterable[str], layout: str) -> str:
    return "\n".join([f"digraph map {{\n{_HEAD}{layout}", *lines, *edges, "}", ""])


def _edges(drawn: StoryMap, links: Iterable[Link], names: Mapping[str, str]) -> Edges:
    """Return what leads from which box to which, how, and how often; `names` says which box stands for a passage or ending."""
    edges: Edges = Counter()
    for link in links:
        target = drawn.boxes[link.target]
        source, to = names[link.source], names[link.target]
        if target.within:
            continue
        if link.sort == "deal" and to == target.id:
            to = _deck(target.scene, link.tag)
            if link.tag != target.tags[0]:
                edges[to, target.id, "deal"] = 1
            edges[source, to, "deal"] = 1
        else:
            edges[source, to, link.sort] += 1
    return edges


def _fans(drawn: StoryMap, edges: Edges) -> Iterator[str]:
    """Yield what makes rows of the boxes of one scene that hang on one box alone: else they would be one long row."""
    pairs = dict.fromkeys((source, target) for source, target, _ in edges if source != target)
    into = Counter(target for _, target in pairs)
    fans = defaultdict[tuple[str, str], list[str]](list)
    for source, target in pairs:
        if into[target] == 1:
            fans[source, drawn.boxes[target].scene if target in drawn.boxes else ""].append(target)
    for fan in fans.values():
        if len(fan) > _ABREAST:
            yield from _rows(fan)


def _frame_scene(drawn: StoryMap, scene: str, overlay: str) -> Iterator[str]:
    decks = defaultdict[str, list[Box]](list)
    title = _label(drawn.scenes[scene])
    yield f'  subgraph {_quote(f"cluster_{scene}")} {{ label={title}; style="rounded"; color="#b9c0c7"; fontcolor="#4a545e";'
    for index, each in enumerate(drawn.members[scene], 1):
        for tag in each.tags:
            decks[tag] += [each] if tag == each.tags[0] else []
        if not each.tags:
            yield f"  {_box(drawn, each, overlay, index)}"
    for tag, storylets in decks.items():
        yield f'    subgraph {_quote(f"cluster_{scene}/{tag}")} {{ label=""; style="rounded,dashed";'
        yield f"    {_deck_box(scene, tag, len(storylets))}"
        yield from (f"    {_box(drawn, each, overlay)}" for each in storylets)
        yield from _rows([each.id for each in storylets], _deck(scene, tag))
        yield "    }"
    yield "  }"


def _rows(ids: Sequence[str], head: str = "") -> Iterator[str]:
    """Yield what makes boxes stand in rows, below another box where there is one."""
    wide = max(4, ceil(sqrt(len(ids))))
    for index, each in enumerate(ids):
        above = ids[index - wide] if index >= wide else head
        if above:
            yield f"    {_quote(above)} -> {_quote(each)} [style=invis];"


def _fold_scene(box: Box, scene: str, named: set[str]) -> str:
    if box.scene in {scene, ""}:
        return box.id
    return f"scene:{box.scene}" if box.scene in named else "scenes"


def _deck(scene: str, tag: str) -> str:
    return f"tag:{scene}/{tag}"


def _deck_box(scene: str, tag: str, storylets: int) -> str:
    name = _quote(_deck(scene, tag))
    label = _label(f"storylets: {tag}" if storylets else f"also {tag}")
    return f'  {name} [id={name}, class="tag", label={label}, shape=plaintext, style="", margin="0.05,0.02"];'


def _scene(drawn: StoryMap, scene: str) -> str:
    members = drawn.members[scene]
    passages = "1 passage" if len(members) == 1 else f"{len(members)} passages"
    label = f"{drawn.scenes[scene]}\n{passages}, {sum(each.words for each in members):,} words"
    name = _quote(f"scene:{scene}")
    start = ', penwidth=2.5, color="#1d2630"' if any(each.sort == "start" for each in members) else ""
    return (
        f'  {name} [id={name}, class="scene{" start" if start else ""}", label={_label(label)}, shape=folder, style="filled", '
        f'margin="0.3,0.12"{start}, sortv={list(drawn.scenes).index(scene) + 1}];'
    )


def _box(drawn: StoryMap, box: Box, overlay: str, at: int = 0) -> str:
    label = box.name
    ending = drawn.ends.get(box.id)
    if ending:
        label += f"\n■ {ending.name}"
    if overlay == "words" and box.sort != "ending":
        label += f"\n{box.words:,} words"
    if overlay == "reach" and box.reach is not None:
        label += f"\n{say_share(box.reach)}"
    shape = f", {_SHAPES[box.sort]}" if _SHAPES[box.sort] else ""
    if ending:
        shape += ", peripheries=2"
    name, order = _quote(box.id), f", sortv={at}" if at else ""
    return f'  {name} [id={name}, class="{box.sort}", label={_label(label)}, fillcolor="{colour_of(box, overlay)}"{shape}{order}];'


def _edge(source: str, target: str, sort: str, number: int) -> str:
    style = [f"id={_quote(f'{source}|{target}|{sort}')}", _LINES[sort], "penwidth=1.8" if number > 1 else ""]
    return f"  {_quote(source)} -> {_quote(target)} [{', '.join(each for each in style if each)}];"


def _scene_edge(source: str, target: str, number: int) -> str:
    source, target = f"scene:{source}", f"scene:{target}"
    name = _quote(f"{source}|{target}|goto")
    return f"  {_quote(source)} -> {_quote(target)} [id={name}, penwidth={min(4, 1 + number**0.5 / 3):.1f}];"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _label(text: str) -> str:
    return _quote(text.replace("&", "&amp;"))  # else "&lt;" would be shown as "<"
