"""The map of a story in DOT, the language of Graphviz: all of it, its scenes, or one scene among the others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from siberia_quest.tools.mapping.links import Link, Node, StoryMap, scene_links

#: What a node can be coloured by.
OVERLAYS = ("none", "words", "reach")
_FONT = "Helvetica,Arial,sans-serif"
_HEAD = f"""  graph [fontname="{_FONT}", fontsize=13, nodesep=0.25, ranksep=0.45, bgcolor="transparent", pad=0.3];
  node [fontname="{_FONT}", fontsize=11, shape=box, style="rounded,filled", fillcolor="#ffffff", color="#66707a", margin="0.12,0.06"];
  edge [color="#8a929a", arrowsize=0.6];
"""
_SHAPES: Mapping[str, str] = MappingProxyType({
    "start": 'penwidth=2.5, color="#1d2630"',
    "storylet": 'style="rounded,filled,dashed"',
    "ending": 'shape=box, style="filled", peripheries=2',
    "passage": "",
})  # fmt: skip
_LINES: Mapping[str, str] = MappingProxyType({"goto": "", "call": "arrowhead=vee, style=dotted", "deal": "style=dashed", "end": ""})
#: From pale to strong, for shares of games and for words; and what no game reached.
_SHADES = ("#ffffff", "#e3eef7", "#c2dbee", "#97c1e0", "#68a3cd", "#4183b5")
_UNREACHED = "#f6c9bd"
_WORD_STEPS = (0, 50, 100, 200, 400, 800)


def everything(drawn: StoryMap, overlay: str = "none") -> str:
    """Return the whole map, each scene in a frame."""
    lines = [_opened("map", "LR" if len(drawn.nodes) < 12 else "TB")]
    for scene in drawn.scenes:
        lines += _framed(drawn, scene, drawn.members(scene), overlay)
    lines += [_node(each, overlay) for each in drawn.nodes.values() if not each.scene]
    lines += _edges(drawn.links)
    return "\n".join([*lines, "}", ""])


def overview(drawn: StoryMap) -> str:
    """Return the map of the scenes alone; a link's width tells how many links it stands for."""
    lines = [_opened("scenes", "TB"), *[_scene(drawn, scene) for scene in drawn.scenes]]
    for (source, target), number in scene_links(drawn).items():
        label = f', label="{number}", fontsize=9' if number > 1 else ""
        lines.append(f'  "scene:{source}" -> "scene:{target}" [penwidth={min(4, 1 + number**0.5 / 3):.1f}{label}];')
    return "\n".join([*lines, "}", ""])


def unfolded(drawn: StoryMap, scene: str, overlay: str = "none") -> str:
    """Return the map of one scene; scenes that it leads to, or that lead to it, are single boxes."""
    members = drawn.members(scene)
    inside = {each.id for each in members}
    links = [each for each in drawn.links if each.source in inside or each.target in inside]
    lines = [_opened("scene", "TB"), *_framed(drawn, scene, members, overlay)]
    ends = dict.fromkeys(each.target for each in links if each.sort == "end")
    lines += [_node(drawn.nodes[each], overlay) for each in ends]
    beside = Counter[tuple[str, str, str]]()
    for link in links:
        source, target = (_folded(drawn.nodes[each], scene) for each in link[:2])
        beside[source, target, link.sort] += 1
    lines += [
        _scene(drawn, each)
        for each in dict.fromkeys(
            name.removeprefix("scene:") for pair in beside for name in pair[:2] if name.startswith("scene:")
        )
    ]
    lines += [_edge(Link(source, target, sort, ""), number) for (source, target, sort), number in beside.items()]
    return "\n".join([*lines, "}", ""])


def _opened(name: str, direction: str) -> str:
    return f"digraph {name} {{\n  rankdir={direction};\n{_HEAD}"


def _framed(drawn: StoryMap, scene: str, members: list[Node], overlay: str) -> Iterator[str]:
    title = drawn.scenes[scene] or scene
    yield f'  subgraph "cluster_{scene}" {{ label={_quoted(title)}; style="rounded"; color="#b9c0c7"; fontcolor="#4a545e";'
    yield from (f"  {_node(each, overlay)}" for each in members)
    yield "  }"


def _folded(node: Node, scene: str) -> str:
    return node.id if node.scene in {scene, ""} else f"scene:{node.scene}"


def _scene(drawn: StoryMap, scene: str) -> str:
    members = drawn.members(scene)
    label = f"{drawn.scenes[scene] or scene}\n{len(members)} passages, {sum(each.words for each in members):,} words"
    return f'  "scene:{scene}" [id={_quoted(f"scene:{scene}")}, class="scene", label={_quoted(label)}, shape=folder, style="filled"];'


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


def _edges(links: tuple[Link, ...]) -> list[str]:
    found = Counter((each.source, each.target, each.sort) for each in links)
    return [_edge(Link(*each, ""), number) for each, number in found.items()]


def _edge(link: Link, number: int) -> str:
    style = [each for each in (_LINES[link.sort], "penwidth=1.8" if number > 1 else "") if each]
    return f"  {_quoted(link.source)} -> {_quoted(link.target)}" + (f" [{', '.join(style)}];" if style else ";")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
