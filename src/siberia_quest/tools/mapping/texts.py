"""The map of a story as text: an outline to read, Mermaid for pages that draw it themselves, JSON for programs."""

import json
from collections import defaultdict
from collections.abc import Iterator
from types import MappingProxyType

from siberia_quest.tools.mapping.links import Link, Node, StoryMap

_SIGNS = MappingProxyType({"goto": "→", "call": "↷", "deal": "⇢", "end": "■"})
_ARROWS = MappingProxyType({"goto": "-->", "call": "-.->", "deal": "-.->", "end": "-->"})


def as_outline(drawn: StoryMap, scene: str = "") -> str:
    """Return each scene's passages with what they lead to, at most 80 columns wide where names are not longer."""
    ways = defaultdict[str, list[Link]](list)
    for link in drawn.links:
        ways[link.source].append(link)
    lines: list[str] = []
    for id_, title in drawn.scenes.items():
        if scene in {"", id_}:
            lines += [f"{id_}: {title}" if title else id_]
            for node in drawn.members[id_]:
                lines += _told(drawn, node, ways[node.id])
            lines.append("")
    lines.append("→ goes to   ↷ calls   ⇢ deals   ■ ends   * start   ~ storylet")
    return "\n".join(lines) + "\n"


def _told(drawn: StoryMap, node: Node, ways: list[Link]) -> Iterator[str]:
    sign = {"start": "*", "storylet": "~"}.get(node.sort, " ")
    reach = "" if node.reach is None else f", {node.reach:.0f}% of games" if node.reach else ", never reached"
    yield f" {sign} {node.name} ({node.words:,} words{reach})"
    targets = dict.fromkeys(f"{_SIGNS[link.sort]} {_named(drawn, node, link.target)}" for link in ways)
    line = "      "
    for each in targets:
        if len(line) + len(each) + 2 > 78 and line.strip():
            yield line.rstrip()
            line = "      "
        line += f"{each}  "
    if line.strip():
        yield line.rstrip()


def _named(drawn: StoryMap, node: Node, target: str) -> str:
    other = drawn.nodes[target]
    return other.name if other.scene in {node.scene, ""} else other.id


def as_mermaid(drawn: StoryMap, scene: str = "") -> str:
    """Return the map, or one scene of it, in Mermaid."""
    shown = {id_: node for id_, node in drawn.nodes.items() if scene in {"", node.scene}}
    links = [each for each in drawn.links if each.source in shown]
    shown |= {each.target: drawn.nodes[each.target] for each in links}
    numbers = {id_: f"n{at}" for at, id_ in enumerate(shown)}
    lines = ["flowchart TD"]
    for id_, title in drawn.scenes.items():
        members = [each for each in shown.values() if each.scene == id_]
        if members:
            lines += [f"  subgraph s{len(lines)}[{_quoted(title or id_)}]"]
            lines += [f"    {_shape(numbers[each.id], each)}" for each in members]
            lines.append("  end")
    lines += [f"  {_shape(numbers[each.id], each)}" for each in shown.values() if not each.scene]
    pairs = dict.fromkeys((each.source, each.target, each.sort) for each in links)
    lines += [f"  {numbers[source]} {_ARROWS[sort]} {numbers[target]}" for source, target, sort in pairs]
    dashed = [numbers[each.id] for each in shown.values() if each.sort == "storylet"]
    if dashed:
        lines += ["  classDef storylet stroke-dasharray: 4", f"  class {','.join(dashed)} storylet"]
    return "\n".join(lines) + "\n"


def _shape(number: str, node: Node) -> str:
    left, right = {"ending": ("[[", "]]"), "start": ("([", "])")}.get(node.sort, ("(", ")"))
    return f"{number}{left}{_quoted(node.name)}{right}"


def _quoted(text: str) -> str:
    escaped = text.replace("#", "#35;").replace('"', "#quot;")
    return f'"{escaped}"'


def as_json(drawn: StoryMap) -> str:
    """Return the map as JSON."""
    return json.dumps(as_values(drawn), ensure_ascii=False, indent=1) + "\n"


def as_values(drawn: StoryMap) -> dict[str, object]:
    """Return the map as values that JSON can hold."""
    return {
        "story": drawn.title,
        "scenes": [{"id": id_, "title": title} for id_, title in drawn.scenes.items()],
        "nodes": [
            {"id": each.id, "scene": each.scene, "name": each.name, "sort": each.sort, "words": each.words, "file": each.file,
             "line": each.at[0], "reach": each.reach} for each in drawn.nodes.values()
        ],
        "links": [link._asdict() for link in drawn.links],
    }  # fmt: skip
