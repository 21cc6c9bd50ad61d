"""An exploration as one HTML file with charts, drawn by Chart.js, which lies beside the template."""

import json
from importlib.resources import files

from siberia_quest.tools.exploring.exploration import Exploration
from siberia_quest.tools.exploring.exploration_report import as_values


def as_html(found: Exploration) -> str:
    """Return a page that needs nothing else: data, charts and style in one file."""
    pages = files("siberia_quest.tools.pages")
    data = json.dumps(as_values(found), ensure_ascii=False).replace(
        "<", "\\u003c"
    )  # a story's words must not end the script
    page = pages.joinpath("explore.html").read_text("utf-8")
    library = pages.joinpath("chart.min.js").read_text("utf-8")
    return page.replace("/*CHART*/", library, 1).replace("/*DATA*/", data, 1)
