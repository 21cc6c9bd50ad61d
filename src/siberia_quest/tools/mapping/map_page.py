"""The map as one HTML page that works offline: the scenes first, and each scene when it is asked for."""

import json
from importlib.resources import files

from siberia_quest.tools.mapping.dot import overview, write_scene_map, write_whole_map
from siberia_quest.tools.mapping.links import StoryMap
from siberia_quest.tools.mapping.svg_files import draw_svgs
from siberia_quest.tools.mapping.text_maps import as_values

#: Up to so many passages and endings, the page also has a map of everything: beyond, nobody can read it.
MOST_AT_ONCE = 300


def as_html(drawn: StoryMap, scene: str = "", overlay: str = "none", jobs: int = 0) -> str:
    """Return the page, opened at a scene and coloured by an overlay. Raises NoPicture. `jobs` processes draw, 0 for one a core."""
    graphs = {"": overview(drawn), **{each: write_scene_map(drawn, each) for each in drawn.scenes}}
    if len(drawn.boxes) <= MOST_AT_ONCE:
        graphs["*"] = write_whole_map(drawn)
    views = dict(zip(graphs, draw_svgs(list(graphs.values()), jobs), strict=True))
    given = {**as_values(drawn), "views": views, "scene": scene, "overlay": overlay}
    data = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    page = files("siberia_quest.tools.pages").joinpath("graph.html").read_text("utf-8")
    return page.replace("/*DATA*/", data.replace("<", "\\u003c"), 1)  # a story's words must not end the script
