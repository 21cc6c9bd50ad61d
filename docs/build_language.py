"""Builds docs/language.md from the chapters in docs/language/ and the examples in tests/language/.

`make docs` runs it. Without arguments it writes the page; a test builds it again and compares.

In a chapter, a line of its own may hold:

    {{example NAME}}      an example and its transcript; {{example NAME 2}} takes the second transcript
    {{story NAME}}        a story of story/
    {{more 4 5}}          links to all examples of these sections that no chapter shows, in their order
    {{page FILE WORDS}}   a link to another page of docs/
    {{keys SHAPE}}        the words that may stand in such a mapping; {{only SHAPE}} leaves out what is the same in steps
"""  # noqa: INP001  # a program beside the pages, no package

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from siberia_quest.model.functions import FUNCTIONS, LanguageFunction
from siberia_quest.model.language_keys import SHAPES

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests" / "language"
CHAPTERS = ROOT / "docs" / "language"
PAGE = ROOT / "docs" / "language.md"
_PLACE = re.compile(r"^\{\{(?P<what>\w+) (?P<rest>[^{}]*)\}\}$", re.MULTILINE)
_HEAD = re.compile(r"# (?P<sentence>[^\n]+)\n# section: (?P<section>\d+)\n# order: (?P<order>\d+)\n")
#: A message counts lines from the top of the file, where the page leaves the head away.
_LINE = re.compile(r"\(line (?P<number>\d+)\)")
_HEAD_LINES = 3
_NOTE = "<!-- Made by docs/build_language.py from docs/language/ and tests/language/. Change those. -->\n\n"
_TITLES = {
    "stat": "a stat", "variable": "a variable", "setting": "a setting", "check": "a check", "check kind": "a kind of check",
    "deal": "a deal", "ask": "a question", "montage": "a montage", "beat": "a beat of a montage", "show": "`show`",
    "music": "`music`", "ending": "an ending", "achievement": "an achievement", "panel": "a panel of the full screen", "growth": "`growth`",
    "table": "a table by members", "group": "a group in a list of choices", "used menu": "a menu in a list of choices",
    "dealt": "storylets in a list of choices", "dealt choices": "the `deal` of a list of choices", "phrase": "a phrase",
    "phrase arm": "an entry of a phrase's `random`", "phrase case": "one of a phrase's `cases`, where they are a list",
    "branch": "a branch of `when`, beside the steps",
    "case": "one of `cases`, where they are a list, beside the steps", "weighted": "an entry of `random`, beside the steps",
}  # fmt: skip


class Example(NamedTuple):
    """A story that shows one thing: its name, the sentence that says what, its place in the manual, and its files."""

    name: str
    sentence: str
    section: int
    order: int
    files: tuple[Path, ...]

    @property
    def path(self) -> str:
        """Where it lies, from docs/."""
        home = self.files[0].parent if len(self.files) > 1 else self.files[0]
        return f"../{home.relative_to(ROOT).as_posix()}"


def examples() -> dict[str, Example]:
    """Every example, in the order of the manual."""
    found = []
    for path in [*EXAMPLES.glob("*.yaml"), *EXAMPLES.glob("*/story.yaml")]:
        head = _HEAD.match(path.read_text("utf-8"))
        if head is None:
            message = f"{path} does not begin with a sentence, its section and its order"
            raise ValueError(message)
        in_folder = path.name == "story.yaml"
        others = (
            [each for each in sorted(path.parent.iterdir()) if each.is_file() and each != path] if in_folder else []
        )
        name = path.parent.name if in_folder else path.stem
        found.append(Example(name, head["sentence"], int(head["section"]), int(head["order"]), (path, *others)))
    return {each.name: each for each in sorted(found, key=lambda each: (each.section, each.order))}


def chapters() -> list[str]:
    """The chapters as they are written, in order."""
    return [path.read_text("utf-8") for path in sorted(CHAPTERS.glob("*.md"))]


def build() -> str:
    """Return the page."""
    known, written = examples(), chapters()
    shown = {
        place["rest"].split()[0] for text in written for place in _PLACE.finditer(text) if place["what"] == "example"
    }
    text = "\n".join(_PLACE.sub(lambda place: _filled(place, known, shown), chapter) for chapter in written)
    contents = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    head, mark, rest = text.partition("\n## ")
    return f"{_NOTE}{head}\n{''.join(_entry(title) for title in contents)}{mark}{rest}"


def _entry(title: str) -> str:
    anchor = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
    return f"* [{title}](#{anchor})\n"


def _filled(place: re.Match[str], known: dict[str, Example], shown: set[str]) -> str:
    what, words = place["what"], place["rest"].split()
    if what == "example":
        return "\n".join(_example(known[words[0]], words[1] if len(words) > 1 else ""))
    if what == "story":
        return _fenced("yaml", (ROOT / "story" / words[0] / "story.yaml").read_text("utf-8"))
    if what == "more":
        return "\n".join(
            _more([each for each in known.values() if str(each.section) in words and each.name not in shown])
        )
    if what == "page":
        return f"* [{' '.join(words[1:])}]({words[0]})"
    if what in {"keys", "only"}:
        return "\n".join(_keys(place["rest"], only=what == "only"))
    if what == "functions":
        return "\n".join(_functions(words[0]))
    message = f"no chapter can hold {place.group()}"
    raise ValueError(message)


def _example(example: Example, number: str) -> Iterator[str]:
    yield f"**Example.** {example.sentence}"
    yield ""
    is_whole = len(example.files) == 1 and not example.name.startswith("errors_")
    for path in example.files:
        text = _HEAD.sub("", path.read_text("utf-8"))
        if len(example.files) > 1:
            text = f"# {path.name}\n{text}" if path.suffix == ".yaml" else text
        language = "yaml" if is_whole else "yml" if path.suffix == ".yaml" else "text"
        yield _fenced(language, text)
        yield ""
    transcript = EXAMPLES / f"{example.name}{f'.{number}' if number else ''}.transcript"
    head, _, body = transcript.read_text("utf-8").partition("\n\n")
    body = _LINE.sub(lambda line: f"(line {int(line['number']) - _HEAD_LINES})", body)
    settings = [line for line in head.splitlines() if line.startswith(("settings ", "kept "))]
    yield _fenced("text", "\n".join([*settings, body]))


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def _more(found: list[Example]) -> Iterator[str]:
    if found:
        yield "More examples:"
        yield ""
    for each in found:
        yield f"* [{each.name}]({each.path}): {each.sentence}"


def _keys(shape: str, *, only: bool) -> Iterator[str]:
    if shape in _TITLES:
        yield f"In {_TITLES[shape]}:"
        yield ""
    yield "| word | under it stands | what it is for |"
    yield "| --- | --- | --- |"
    for key in {str(each): keys for each, keys in SHAPES.items()}[shape]:
        if not (only and key in (*SHAPES["step"], *SHAPES["phrase"])):
            yield f"| `{key.name}` | {key.holds} | {key.meaning} |"


def _functions(sort: str) -> Iterator[str]:
    yield "| function | gives |"
    yield "| --- | --- |"
    for each in FUNCTIONS.values():
        if sort == ("text" if each.reading == "text" else "chance" if each.takes_chance else "values"):
            yield f"| {' '.join(_usages(each))} | {each.meaning} |"


def _usages(function: LanguageFunction) -> Iterator[str]:
    """Yield how a function is written, in each of its forms; the last of several parameters may stand for more."""
    for form in function.forms:
        names = ", ".join(parameter.name for parameter in form.parameters)
        more = "…" if 1 < len(form.parameters) < function.most else ""
        yield f"`{function.name}({names}{more})`" if names else f"`{function.name}`"


if __name__ == "__main__":
    PAGE.write_text(build(), "utf-8")
