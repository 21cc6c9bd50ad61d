"""The map of a story in DOT, the language of Graphviz: all of it, its scenes, or one scene among the others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from siberia_quest.tools.mapping.links import Node, StoryMap, scene_links

#: What a node can be coloured by.
OVERLAYS = ("none", "words", "reach")
#: Links from a scene that an overview can show, on average; beyond, it shows so many strongest ones from each.
MOST_TO_A_SCENE, STRONGEST = 4, 2
#: Scenes beside an unfolded one that have a box of their own.
MOST_BESIDE = 12
_FEW = 12
#: From so many links on, a picture is laid out quickly rather than beautifully: it is a tangle, and would take minutes.
_MANY_EDGES = 250
_QUICK = "splines=line; mclimit=0.1; nslimit=1; nslimit1=1;"
_FONT = "Helvetica,Arial,sans-serif"
_HEAD = f"""  graph [fontname="{_FONT}", fontsize=13, nodesep=0.25, ranksep=0.45, bgcolor="transparent", pad=0.3];
  node [fontname="{_FONT}", fontsize=11, shape=box, style="rounded,filled", fillcolor="#ffffff", color="#66707a", margin="0.12,0.06"];
  edge [fontname="{_FONT}", color="#8a929a", arrowsize=0.6];
"""
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
_SHADES = ("#ffffff", "#e3eef7", "#c2dbee", "#97c1e0", "#68a3cd", "#4183b5")
_UNREACHED = "#f6c9bd"
_WORD_STEPS = (0, 50, 100, 200, 400, 800)


def everything(drawn: StoryMap, overlay: str = "none") -> str:
    """Return the whole map, each scene in a frame."""
    lines = [line for scene in drawn.scenes for line in _framed(drawn, scene, overlay)]
    lines += [_node(each, overlay) for each in drawn.nodes.values() if not each.scene]
    edges = Counter((each.source, each.target, each.sort) for each in drawn.links)
    return _graph(
        "LR" if len(drawn.nodes) < _FEW else "TB", lines, [_edge(*each, number) for each, number in edges.items()]
    )


def overview(drawn: StoryMap) -> str:
    """Return the map of the scenes alone; a link's width tells how many links it stands for.

    Where the scenes are linked too closely to be read, only the strongest links from each are drawn.
    """
    links = scene_links(drawn)
    if len(links) > MOST_TO_A_SCENE * len(drawn.scenes):
        strong: dict[str, list[tuple[str, str]]] = {}
        for pair, _ in links.most_common():
            strong.setdefault(pair[0], []).append(pair)
        links = Counter({pair: links[pair] for pairs in strong.values() for pair in pairs[:STRONGEST]})
    edges = [
        f'  "scene:{source}" -> "scene:{target}" [penwidth={min(4, 1 + number**0.5 / 3):.1f}'
        + (f', label="{number}", fontsize=9];' if number > 1 else "];")
        for (source, target), number in links.items()
    ]
    return _graph("TB", [_scene(drawn, scene) for scene in drawn.scenes], edges)


def unfolded(drawn: StoryMap, scene: str, overlay: str = "none") -> str:
    """Return the map of one scene; scenes that it leads to, or that lead to it, are single boxes, the weakest in one together."""
    links = [each for each in drawn.links if scene in {drawn.nodes[each.source].scene, drawn.nodes[each.target].scene}]
    beside = Counter(
        other for link in links for each in link[:2] if (other := drawn.nodes[each].scene) and other != scene
    )
    named = {other for other, _ in beside.most_common(MOST_BESIDE)}
    edges: Counter[tuple[str, str, str]] = Counter()
    for link in links:
        source, target = (_folded(drawn.nodes[each], scene, named) for each in link[:2])
        edges[source, target, link.sort] += 1
    lines = [*_framed(drawn, scene, overlay), *[_scene(drawn, each) for each in drawn.scenes if each in named]]
    if len(beside) > len(named):
        lines.append(
            f'  "scenes" [id="scenes", label="{len(beside) - len(named)} other scenes", class="others", shape=folder, style="filled"];'
        )
    ends = dict.fromkeys(each.target for each in links if each.sort == "end")
    lines += [_node(drawn.nodes[each], overlay) for each in ends]
    return _graph("TB", lines, [_edge(*each, number) for each, number in edges.items()])


def _graph(direction: str, lines: list[str], edges: list[str]) -> str:
    rules = f"  {_QUICK}\n" if len(edges) > _MANY_EDGES else ""
    return "\n".join([f"digraph map {{\n  rankdir={direction};\n{_HEAD}{rules}", *lines, *edges, "}", ""])


def _framed(drawn: StoryMap, scene: str, overlay: str) -> Iterator[str]:
    title = drawn.scenes[scene] or scene
    yield f'  subgraph "cluster_{scene}" {{ label={_quoted(title)}; style="rounded"; color="#b9c0c7"; fontcolor="#4a545e";'
    yield from (f"  {_node(each, overlay)}" for each in drawn.members[scene])
    yield "  }"


def _folded(node: Node, scene: str, named: set[str]) -> str:
    if node.scene in {scene, ""}:
        return node.id
    return f"scene:{node.scene}" if node.scene in named else "scenes"


def _scene(drawn: StoryMap, scene: str) -> str:
    members = drawn.members[scene]
    passages = "1 passage" if len(members) == 1 else f"{len(members)} passages"
    label = f"{drawn.scenes[scene] or scene}\n{passages}, {sum(each.words for each in members):,} words"
    name = _quoted(f"scene:{scene}")
    return f'  {name} [id={name}, class="scene", label={_quoted(label)}, shape=folder, style="filled", margin="0.25,0.12"];'


def _node(node: Node, overlay: str) -> str:
    label = node.name
    if overlay == "words" and node.sort != "ending":
        label += f"\n{node.words:,} words"
    if overlay == "reach" and node.reach is not None:
        label += f"\n{node.reach:.0f}%" if node.reach >= 1 or not node.reach else "\nunder 1%"
    colour = colour_of(node, overlay)
    shape = f", {_SHAPES[node.sort]}" if _SHAPES[node.sort] else ""
    return f'  {_quoted(node.id)} [id={_quoted(node.id)}, class="{node.sort}", label={_quoted(label)}, fillcolor="{colour}"{shape}];'


def colour_of(node: Node, overlay: str) -> str:
    """Return the colour of a node under an overlay: stronger for more, a warm one for what no game reached."""
    if overlay == "words":
        return _SHADES[sum(node.words > step for step in _WORD_STEPS[1:])]
    if overlay == "reach" and node.reach is not None:
        return _UNREACHED if node.reach == 0 else _SHADES[min(5, int(node.reach / 20) + 1)]
    return _SHADES[0]


def _edge(source: str, target: str, sort: str, number: int) -> str:
    style = [each for each in (_LINES[sort], "penwidth=1.8" if number > 1 else "") if each]
    return f"  {_quoted(source)} -> {_quoted(target)}" + (f" [{', '.join(style)}];" if style else ";")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
