"""Builds the manual from the chapters in docs/language/ and the examples in tests/language/.

`make docs` runs it. Without arguments it writes the pages; a test builds them again and compares.

The manual is a page for each level, one for reference, one of further examples, and docs/language.md, which leads to them and has
the index of words. In the chapters a line `# Level one` (or another title of `_FILES`) begins a page, and a line of its own may hold:

    {{example NAME}}      an example and its transcript; {{example NAME 2}} takes the second transcript
    {{story NAME}}        a story of story/
    {{more 4 5}}          links to all examples of these sections that no chapter shows, in their order
    {{page FILE WORDS}}   a link to another page of docs/
    {{keys SHAPE}}        the words that may stand in such a mapping; {{only SHAPE}} leaves out what is the same in steps
    {{functions SORT}}    the functions that give values, chance or text
    {{index A, B}}        nothing to be seen: these words lead here from the index
"""  # noqa: INP001  # a program beside the pages, no package

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from siberia_quest.loading.sentences import ENGLISH, read_sentences
from siberia_quest.model.expression import HOWS
from siberia_quest.model.functions import FUNCTIONS, LanguageFunction
from siberia_quest.model.language_keys import SHAPES, Key

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests" / "language"
CHAPTERS = ROOT / "docs" / "language"
PAGES = ROOT / "docs"
_FILES = {
    "The story language": "language.md",
    "Level one": "level_one.md",
    "Level two": "level_two.md",
    "Level three": "level_three.md",
    "Pronouns": "pronouns.md",
    "For reference": "reference.md",
    "More examples": "examples.md",
}
TO_READ = ("level_one.md", "level_two.md", "level_three.md")
#: Words a minute, with those of examples and tables: somebody who reads a manual with care.
_READING_SPEED = 200
_PLACE = re.compile(r"^\{\{(?P<what>\w+) (?P<rest>[^{}]*)\}\}$", re.MULTILINE)
_HEAD = re.compile(r"# (?P<sentence>[^\n]+)\n# section: (?P<section>\d+)\n# order: (?P<order>\d+)\n")
#: A message counts lines from the top of the file, where the page leaves the head away.
_LINE = re.compile(r"\(line (?P<number>\d+)\)")
_HEAD_LINES = 3
#: The examples that a reader who checks them is told something of: their mistakes, or a hint at what they show.
_CHECK_SAYS_SOMETHING = ("errors_", "passages_order")
_NOTE = "<!-- Made by docs/build_language.py from docs/language/ and tests/language/. Change those. -->\n\n"
_TITLE = re.compile(r"^# (.+)\n", re.MULTILINE)
_HEADING = re.compile(r"^##+ (.+)\n", re.MULTILINE)
_TITLES = {
    "stat": "a stat", "variable": "a variable", "setting": "a setting", "check": "a check", "check kind": "a kind of check",
    "deal": "a deal", "ask": "a question", "montage": "a montage", "beat": "a beat of a montage", "show": "`show`",
    "music": "`music`", "ending": "an ending", "achievement": "an achievement", "panel": "a panel",
    "entry": "an entry of a panel or the status", "growth": "`growth`",
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


class Heading(NamedTuple):
    """A heading of the manual: the page it is on, its words and what stands under it as it was written."""

    page: str
    title: str
    written: str

    @property
    def link(self) -> str:
        """Where it is, from docs/."""
        return f"{self.page}#{re.sub(r'[^a-z0-9_ -]', '', self.title.lower()).replace(' ', '-')}"


def chapters() -> dict[str, str]:
    """What is written for each page, by the name of its file."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(CHAPTERS.glob("*.md"))).replace("](../", "](")
    _, *parts = _TITLE.split(text)
    return {_FILES[title]: f"# {title}\n{body}" for title, body in zip(parts[::2], parts[1::2], strict=True)}


def build() -> dict[str, str]:
    """Return the pages, by the names of their files."""
    known, written = examples(), chapters()
    shown = {
        place["rest"].split()[0]
        for text in written.values()
        for place in _PLACE.finditer(text)
        if place["what"] == "example"
    }
    written["examples.md"] += "\n".join(_others([each for each in known.values() if each.name not in shown]))
    pages = {
        name: re.sub(r"\n{3,}", "\n\n", _PLACE.sub(lambda place: _filled(place, known, shown), text))
        for name, text in written.items()
    }
    headings = [each for name, text in written.items() if name != "examples.md" for each in _headings(name, text)]
    pages["language.md"] += "\n".join([*_contents(headings, pages), *_index(headings, known)]) + "\n"
    pages["sentences.md"] = "\n".join(_sentences())
    return {name: _NOTE + text for name, text in pages.items()}


def _sentences() -> Iterator[str]:
    """Yield the page of the sentences that a story may say otherwise."""
    yield "# The sentences of the interface"
    yield ""
    yield "A story may say each of them in words of its own, under `sentences:` in `story.yaml`. What stands in braces is put in;"
    yield "a place may be left out, and none may be added. The [reference](reference.md#the-language-of-the-interface) has an example."
    yield ""
    yield "```text"
    yield from (f"{key}: {words}" for key, words in read_sentences(ENGLISH).items() if not re.search(r"_\d+$", key))
    yield "```"
    yield ""


def _headings(page: str, text: str) -> Iterator[Heading]:
    _, *parts = _HEADING.split(text)
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        yield Heading(page, title, body)


def _contents(headings: list[Heading], pages: dict[str, str]) -> Iterator[str]:
    for title, name in list(_FILES.items())[1:]:
        minutes = f" ({minutes_to_read(pages[name])} minutes)" if name in TO_READ else ""
        yield f"* **[{title}]({name})**{minutes}"
        for each in headings:
            if each.page == name and each.title[0].isdigit():
                yield f"    * [{each.title}]({each.link})"
    yield ""


def minutes_to_read(page: str) -> int:
    """Return how long a page takes to be read once, in whole minutes."""
    return math.ceil(sum(any(map(str.isalnum, word)) for word in page.split()) / _READING_SPEED)


def _index(headings: list[Heading], known: dict[str, Example]) -> Iterator[str]:
    """Yield the index: each word of the language, and of the chapters' own, with the sections that tell of it.

    A section that speaks of a word goes before one whose example uses it, and that before a table.
    """
    yield "## All words, and where they are told"
    yield ""
    places: dict[str, list[Heading]] = {}
    for words_of in (_words_spoken_of, lambda written: _words_used(written, known), _words_in_tables):
        found: dict[str, list[Heading]] = {}
        for each in headings:
            for word in dict.fromkeys(words_of(each.written)):
                found.setdefault(word, []).append(each)
        places = found | places
    for word, sections in sorted(places.items(), key=lambda entry: entry[0].strip("`").lower()):
        yield f"* {word}: {', '.join(f'[{each.title}]({each.link})' for each in sections[:3])}"


def _words_spoken_of(written: str) -> Iterator[str]:
    """Yield the words of the language that a section's prose quotes, its functions, and what it names for the index."""
    prose = re.sub(r"^```.*?^```", "", written, flags=re.DOTALL | re.MULTILINE)
    codes = [code for code in re.findall(r"`([^`\n]+)`", prose) if not code.startswith("siberia-quest")]
    quoted = {word for code in codes for word in re.findall(r"[a-z_]+", code)}
    yield from (f"`{word}`" for word in sorted(quoted & _words_of_the_language()))
    for place in _PLACE.finditer(written):
        if place["what"] == "functions":
            yield from (f"`{each.name}`" for each in FUNCTIONS.values() if _sort_of(each) == place["rest"])
        elif place["what"] == "index":
            yield from (word.strip() for word in place["rest"].split(","))


def _words_used(written: str, known: dict[str, Example]) -> Iterator[str]:
    """Yield the words that stand as keys in the examples of a section."""
    for place in _PLACE.finditer(written):
        if place["what"] == "example":
            text = known[place["rest"].split()[0]].files[0].read_text("utf-8")
            yield from (f"`{word}`" for word in sorted(set(re.findall(r"([a-z_]+):", text)) & _words_of_the_language()))


def _words_in_tables(written: str) -> Iterator[str]:
    for place in _PLACE.finditer(written):
        if place["what"] in {"keys", "only"}:
            yield from (f"`{key.name}`" for key in _keys_of(place["rest"]))


def _words_of_the_language() -> set[str]:
    return {key.name for keys in SHAPES.values() for key in keys} | set(FUNCTIONS) | set(HOWS)


def _others(found: list[Example]) -> Iterator[str]:
    """Yield the examples that no level shows, each with its transcript."""
    for each in found:
        yield ""
        yield f"## {each.name}"
        yield ""
        yield from _example(each, "")


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
    if what == "index":
        return ""
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
    is_whole = len(example.files) == 1 and not example.name.startswith(_CHECK_SAYS_SOMETHING)
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
        links = ", ".join(f"[{each.name.replace('_', ' ')}](examples.md#{each.name})" for each in found)
        yield f"More examples: {links}."


def _keys(shape: str, *, only: bool) -> Iterator[str]:
    if shape in _TITLES:
        yield f"In {_TITLES[shape]}:"
        yield ""
    yield "| word | under it stands | what it is for |"
    yield "| --- | --- | --- |"
    for key in _keys_of(shape):
        if not (only and key in (*SHAPES["step"], *SHAPES["phrase"])):
            yield f"| `{key.name}` | {key.holds} | {key.meaning} |"


def _functions(sort: str) -> Iterator[str]:
    yield "| function | gives |"
    yield "| --- | --- |"
    for each in FUNCTIONS.values():
        if sort == _sort_of(each):
            yield f"| {' '.join(_usages(each))} | {each.meaning} |"


def _keys_of(shape: str) -> tuple[Key, ...]:
    return {str(each): keys for each, keys in SHAPES.items()}[shape]


def _sort_of(function: LanguageFunction) -> str:
    if function.reading == "sign":
        return "sign"
    return "text" if function.reading == "text" else "chance" if function.takes_chance else "values"


def _usages(function: LanguageFunction) -> Iterator[str]:
    """Yield how a function is written, in each of its forms; the last of several parameters may stand for more."""
    for form in function.forms:
        names = ", ".join(parameter.name for parameter in form.parameters)
        more = "…" if 1 < len(form.parameters) < function.most else ""
        yield f"`{function.name}({names}{more})`" if names else f"`{function.name}`"


if __name__ == "__main__":
    for file_name, page in build().items():
        (PAGES / file_name).write_text(page, "utf-8")
