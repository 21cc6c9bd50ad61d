"""Pictures of maps: graphviz-pure, an extra, lays them out and draws them."""

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from siberia_quest.tools.playing.workers import cores

_PROGRAM = "graphviz-pure"
#: Seconds after which a picture is given up.
PATIENCE = 120
_END = "</svg>"
# A page says once, in its style, what each letter and line of a picture looks like.
_NEEDLESS = re.compile(
    r'<title>.*?</title>\n?|<!--.*?-->\n?| (?:xml:space|text-anchor|font-family|font-size|(?:fill|stroke)(?:-opacity)?)="[^"]*"',
    re.DOTALL,
)


class NoPicture(Exception):  # noqa: N818  # it says what it is
    """No picture could be drawn; `is_missing` where the program for it is not installed."""

    def __init__(self, message: str, *, is_missing: bool = False) -> None:
        super().__init__(message)
        self.is_missing = is_missing


def draw_svgs(graphs: Sequence[str], jobs: int = 0) -> list[str]:
    """Return a picture of each graph, in DOT, as SVG without a head or colours, for a page. Raises NoPicture.

    `jobs` processes draw, 0 for one a core.
    """
    shares = min(jobs or cores(), len(graphs))
    with ThreadPoolExecutor(shares) as pool:  # each thread waits for a process of its own
        drawn = list(pool.map(_svgs, [graphs[first::shares] for first in range(shares)]))
    return [drawn[index % shares][index // shares] for index in range(len(graphs))]


def _svgs(graphs: Sequence[str]) -> list[str]:
    found = _run("svg", "\n".join(graphs).encode()).decode("utf-8")
    pictures = [each[each.index("<svg") :] + _END for each in found.split(_END)[:-1]]
    if len(pictures) != len(graphs):
        message = f"{len(graphs)} graphs gave {len(pictures)} pictures"
        raise NoPicture(message)
    return [_NEEDLESS.sub("", each) for each in pictures]


def draw_file(graph: str, sort: str) -> bytes:
    """Return a picture of a graph, in DOT, as a file of the sort `svg` or `png`. Raises NoPicture."""
    return _run(sort, graph.replace('bgcolor="transparent"', 'bgcolor="#ffffff"').encode())


def _run(sort: str, graphs: bytes) -> bytes:
    program = _find_program()
    try:
        done = subprocess.run([program, f"-T{sort}"], input=graphs, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        message = f"the map is too tangled to be drawn within {PATIENCE} s"
        raise NoPicture(message) from None
    except OSError as error:
        raise NoPicture(error.strerror or str(error)) from None
    if done.returncode or not done.stdout:
        raise NoPicture(done.stderr.decode("utf-8", "replace").strip()[:200] or f"{_PROGRAM} failed")
    return done.stdout


def _find_program() -> str:
    beside = Path(sysconfig.get_path("scripts")) / _PROGRAM
    program = shutil.which(_PROGRAM) or shutil.which(str(beside))
    if program is None:
        raise NoPicture(_PROGRAM, is_missing=True)
    return program
