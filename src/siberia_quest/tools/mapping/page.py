"""The map as one HTML page that works offline: the scenes first, and each scene when it is asked for."""

import json
from importlib.resources import files

from siberia_quest.tools.mapping.dot import everything, overview, unfolded
from siberia_quest.tools.mapping.drawing import drawn_svgs
from siberia_quest.tools.mapping.links import StoryMap
from siberia_quest.tools.mapping.texts import as_values

#: Up to so many passages and endings, the page also has a map of everything: beyond, nobody can read it.
MOST_AT_ONCE = 300


def as_html(drawn: StoryMap) -> str:
    """Return the page. Raises NoPicture."""
    graphs = {"": overview(drawn), **{scene: unfolded(drawn, scene) for scene in drawn.scenes}}
    if len(drawn.nodes) <= MOST_AT_ONCE:
        graphs["*"] = everything(drawn)
    views = dict(zip(graphs, drawn_svgs(list(graphs.values())), strict=True))
    data = json.dumps({**as_values(drawn), "views": views}, ensure_ascii=False, separators=(",", ":"))
    page = files("siberia_quest.tools.pages").joinpath("graph.html").read_text("utf-8")
    return page.replace("/*DATA*/", data.replace("<", "\\u003c"), 1)  # a story's words must not end the script
