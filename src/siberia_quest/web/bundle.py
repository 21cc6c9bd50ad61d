"""The scripts of a page as one: each module a function of those it imports from, so that no two names meet."""

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

#: The modules of the page and its engine, each after those it imports from, but for types.
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]*)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function\*?) (\w+))", re.MULTILINE)
_EXPORTED = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_COMMENT = re.compile(r"/\*\*[\s\S]*?\*/\s*|^\s*//.*\n", re.MULTILINE)
_BLANK = re.compile(r"^\s+", re.MULTILINE)


def read_script(path: str) -> str:
    """Return a module of the page by its path under `web`."""
    return _under_web(path).read_text("utf-8")


def list_scripts(first: str) -> tuple[str, ...]:
    """Return the modules that one needs, by path, each after those it imports from; itself last."""
    return tuple(_find_needed(first, {}))


def bundle(first: str) -> str:
    """Return a module and all it needs as one script, in which each is a value named after it: `runtime_numbers.tidy`."""
    return "".join(f"const {name_of(path)} = (() => {{\n{_body(path)}}})();\n" for path in list_scripts(first))


def name_of(path: str) -> str:
    """Return what a module is called in the script."""
    return path.removesuffix(".js").replace("/", "_")


def names_of(path: str) -> tuple[str, ...]:
    """Return what a module gives to others."""
    text = read_script(path)
    beside = (name.strip() for row in _EXPORTED.findall(text) for name in row.split(","))
    return (*_EXPORT.findall(text), *beside)


def _find_needed(path: str, met: dict[str, bool]) -> Iterator[str]:
    if path in met:
        return
    met[path] = True
    for _, other in _IMPORT.findall(read_script(path)):
        yield from _find_needed(_resolve(path, other), met)
    yield path


def _body(path: str) -> str:
    """Return a module as the body of a function that returns what it exports."""
    names = names_of(path)
    text = _IMPORT.sub(
        lambda found: f"const {{{found[1]}}} = {name_of(_resolve(path, found[2]))};\n", read_script(path)
    )
    plain = _BLANK.sub("", _COMMENT.sub("", _EXPORTED.sub("", _EXPORT.sub("", text))))
    return f"{plain}return {{{', '.join(names)}}};\n"


def _resolve(path: str, other: str) -> str:
    folder = path.split("/")[:-1]
    for part in other.split("/"):
        if part == "..":
            folder.pop()
        elif part != ".":
            folder.append(part)
    return "/".join(folder)


def _under_web(path: str) -> Traversable:
    return files("siberia_quest.web").joinpath(*path.split("/"))
