"""The map of a story as text: an outline to read, Mermaid for pages that draw it themselves, JSON for programs."""

import json
from collections import defaultdict
from collections.abc import Iterator
from types import MappingProxyType

from siberia_quest.tools.mapping.links import Box, Link, StoryMap, say_share

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
            lines += [f"{id_}: {title}" if title != id_ else id_]
            for box in drawn.members[id_]:
                lines += _tell_ways(drawn, box, ways[box.id])
            lines.append("")
    lines.append("→ goes to   ↷ calls   ⇢ deals   ■ ends   * start   ~ storylet")
    return "\n".join(lines) + "\n"


def _tell_ways(drawn: StoryMap, box: Box, ways: list[Link]) -> Iterator[str]:
    sign = {"start": "*", "storylet": "~"}.get(box.sort, " ")
    reach = "" if box.reach is None else f", {say_share(box.reach)} of games" if box.reach else ", never reached"
    tags = f", {', '.join(box.tags)}" if box.tags else ""
    yield f" {sign} {box.name} ({box.words:,} words{tags}{reach})"
    targets = dict.fromkeys(f"{_SIGNS[link.sort]} {_name_link(drawn, box, link)}" for link in ways)
    line = "      "
    for each in targets:
        if len(line) + len(each) + 2 > 78 and line.strip():
            yield line.rstrip()
            line = "      "
        line += f"{each}  "
    if line.strip():
        yield line.rstrip()


def _name_link(drawn: StoryMap, box: Box, link: Link) -> str:
    if link.tag:
        return link.tag
    other = drawn.boxes[link.target]
    return other.name if other.scene in {box.scene, ""} else other.id


def as_mermaid(drawn: StoryMap, scene: str = "") -> str:
    """Return the map, or one scene of it, in Mermaid."""
    shown = {id_: box for id_, box in drawn.boxes.items() if scene in {"", box.scene}}
    links = [each for each in drawn.links if each.source in shown and not drawn.boxes[each.target].within]
    shown |= {each.target: drawn.boxes[each.target] for each in links}
    numbers = {id_: f"n{index}" for index, (id_, box) in enumerate(shown.items()) if not box.within}
    lines = ["flowchart TD"]
    for index, (id_, title) in enumerate(drawn.scenes.items()):
        members = [each for each in drawn.members[id_] if each.id in shown]
        if members:
            lines += [f"  subgraph s{index}[{_quote(title)}]"]
            lines += [f"    {_shape(numbers[each.id], each, drawn)}" for each in members]
            lines.append("  end")
    lines += [
        f"  {_shape(numbers[each.id], each, drawn)}" for each in shown.values() if not each.scene and not each.within
    ]
    pairs = dict.fromkeys((each.source, each.target, each.sort) for each in links)
    lines += [f"  {numbers[source]} {_ARROWS[sort]} {numbers[target]}" for source, target, sort in pairs]
    dashed = [numbers[each.id] for each in shown.values() if each.sort == "storylet"]
    if dashed:
        lines += ["  classDef storylet stroke-dasharray: 4", f"  class {','.join(dashed)} storylet"]
    return "\n".join(lines) + "\n"


def _shape(number: str, box: Box, drawn: StoryMap) -> str:
    ending = drawn.ends.get(box.id)
    sort = "ending" if ending else box.sort
    left, right = {"ending": ("[[", "]]"), "start": ("([", "])")}.get(sort, ("(", ")"))
    return f"{number}{left}{_quote(box.name, *([f'■ {ending.name}'] if ending else []))}{right}"


def _quote(*lines: str) -> str:
    escaped = (
        each.replace("#", "#35;")
        .replace("&", "#amp;")
        .replace('"', "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;")
        .replace("\\n", " ")
        for each in lines
    )
    return f'"{"<br/>".join(escaped)}"'


def as_json(drawn: StoryMap, scene: str = "") -> str:
    """Return the map, or one scene with the links that touch it, as JSON."""
    return json.dumps(as_values(drawn, scene), ensure_ascii=False, indent=1) + "\n"


def as_values(drawn: StoryMap, scene: str = "") -> dict[str, object]:
    """Return the map as values that JSON can hold."""
    return {
        "story": drawn.title,
        "scenes": [{"id": id_, "title": title} for id_, title in drawn.scenes.items() if scene in {"", id_}],
        "passages": [
            {"id": each.id, "scene": each.scene, "name": each.name, "sort": each.sort, "tags": each.tags, "words": each.words,
             "file": each.file, "line": each.at[0], "reach": each.reach}
            for id_, members in drawn.members.items() if scene in {"", id_} for each in members
        ],
        "endings": [
            {"id": each.id, "title": each.name, "reach": each.reach, "within": each.within}
            for each in drawn.boxes.values() if each.sort == "ending"
        ],
        "links": [link._asdict() for link in (drawn.touching[scene] if scene else drawn.links)],
    }  # fmt: skip
