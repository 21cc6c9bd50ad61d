"""Stories in which one thing is repeated as often as is asked: for limits, and to measure how reading them grows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

_HEAD = "story: Much\nstart: p0\nkinds: {k: [a, b]}\nvariables: {x: 1, y: true, z: k}\n"


def _rows(number: int, row: str) -> str:
    """Return a row as often as asked; `@` stands for its number, `%` for the next one."""
    return "".join(row.replace("@", str(each)).replace("%", str(each + 1)) for each in range(number))


def _steps(steps: str) -> str:
    return f"passages:\n  p0:\n    steps:\n{steps}    end: true\n"


def _repeated(row: str) -> Callable[[int], str]:
    return lambda number: _HEAD + _steps(_rows(number, f"      {row}\n"))


def _arms(opening: str, row: str) -> Callable[[int], str]:
    return lambda number: _HEAD + _steps(f"      - {opening}\n" + _rows(number, row))


def _within(begin: str, row: str, end: str) -> Callable[[int], str]:
    """Return a maker of one line with the row repeated in it."""
    return lambda number: _HEAD + _steps(f"      - {begin}{_rows(number, row)}{end}\n")


def _passages(row: str) -> Callable[[int], str]:
    """Return a maker of a chain of passages."""
    return lambda number: _HEAD + "passages:\n" + _rows(number, row) + f"  p{number}:\n    end: true\n"


def _declared(section: str, row: str, used: str) -> Callable[[int], str]:
    return lambda number: f"story: Much\n{section}:\n" + _rows(number, row) + _steps(_rows(number, f"      - {used}\n"))


def _members(number: int) -> str:
    return f"story: Much\nkinds:\n  much: [{', '.join(f'm{each}' for each in range(number))}]\nvariables: {{z: much}}\n"


def _cases_of_a_phrase(number: int) -> str:
    return (
        _members(number) + "phrases:\n  p(much):\n    match: much\n    cases:\n"
        + _rows(number, "      m@: w@\n") + _steps('      - "{p(z)}"\n')
    )  # fmt: skip


def _cases(number: int) -> str:
    return _members(number) + _steps("      - match: z\n        cases:\n" + _rows(number, "          m@: W@.\n"))


def _cells(number: int) -> str:
    columns = min(number, 100)
    kinds = f"kinds: {{r: [{_rows(number // columns, 'r@, ')}], c: [{_rows(columns, 'c@, ')}]}}\n"
    rows = _rows(number // columns, f"    r@: [{'1, ' * columns}]\n")
    return f"story: Much\n{kinds}tables:\n  t:\n    rows: r\n    columns: c\n{rows}" + _steps('      - "{t(r0, c0)}"\n')


def _of_menus(number: int) -> str:
    menus = "menus:\n  m0: [{text: A, end: true}]\n" + _rows(number, "  m%: [use: m@]\n")
    return f"{_HEAD}{menus}passages:\n  p0:\n    choices: [use: m{number}, {{text: B, end: true}}]\n"


def _choices(row: str) -> Callable[[int], str]:
    return lambda number: _HEAD + "passages:\n  p0:\n    choices:\n" + _rows(number, row)


def _chain(section: str, row: str, last: str) -> Callable[[int], str]:
    begin = f"story: Much\n{section}:\n"
    return lambda number: begin + _rows(number, row) + f"  f{number}: {last}\n" + _steps('      - "{f0}"\n')


#: What can be repeated in a story.
GROWING: Mapping[str, Callable[[int], str]] = MappingProxyType({
    "texts": _repeated("- Words @ of the night."),
    "texts with alternatives": _repeated('- "{cycle | a @ | b}"'),
    "texts with the same alternatives": _repeated('- "{cycle | a | b}"'),
    "texts without a condition": _repeated('- "{a @ | b}"'),
    "conditions": _repeated("- {if: x == @, then: W@.}"),
    "effects": _repeated("- do: x += @"),
    "pauses": _repeated("- pause: P@"),
    "questions": _repeated("- ask: {into: x, prompt: Q@}"),
    "journal lines": _repeated("- journal: L@"),
    "lists of choices": _repeated("- choices: [text: A@, text: B@]"),
    "local names": _repeated("- let: l@ = x"),
    "labels": _repeated("- label: l@"),
    "labels and names": _repeated("- let: n@ = x\n      - label: l@\n      - '{n@}'"),
    "ways back to labels": _repeated("- label: l@\n      - let: n = x\n      - '{n}'\n      - {if: y, goto: l@}"),
    "ways from label to label": lambda number: _HEAD
    + _steps("      - label: l0\n" + _rows(number, "      - let: n = x\n      - label: l%\n      - {if: y, goto: l@}\n")),
    "choices": _choices("      - text: C@\n        end: true\n"),
    "choices that read alike": _choices("      - text: C\n        end: true\n"),
    "passages in a chain": _passages("  p@:\n    text: Text @.\n    goto: p%\n"),
    "passages with choices": _passages("  p@:\n    choices:\n      - text: Go\n        goto: p%\n"),
    "storylets": _passages("  p@:\n    storylet: {tag: t}\n    text: S@.\n"),
    "variables": _declared("variables", "  v@: @\n", '"{v@}"'),
    "variables that nobody reads": lambda number: "story: Much\nvariables:\n" + _rows(number, "  v@: @\n") + _steps("      - A.\n"),
    "formulas": _declared("formulas", "  f@: @ + 1\n", '"{f@}"'),
    "phrases": _declared("phrases", "  f@: Words @.\n", '"{f@}"'),
    "arms of when": _arms("when:", "          - if: x == @\n            then: W@.\n"),
    "arms of random": _arms("random:", "          - W@.\n"),
    "arms of cycle": _arms("cycle:", "          - W@.\n"),
    "arms in a text": _within('"{if x == 0 then w', " | if x == @ then w@", '}"'),
    "alternatives in a text": _within('"{cycle ', "| w@ ", '}"'),
    "bands": lambda number: _HEAD + _steps("      - match: x\n        bands:\n" + _rows(number, "          @: W@.\n")),
    "cases": _cases,
    "cases of a phrase": _cases_of_a_phrase,
    "numbers in a sum": _within('"{x', " + x", '}"'),
    "conditions with and": _within("{if: x > 0", " and x > 0", ", then: Yes.}"),
    "comparisons in a row": _within("{if: x", " <= x", ", then: Yes.}"),
    "lines of a text": lambda number: _HEAD + _steps("      - |\n" + _rows(number, "        You have {x}.\n")),
    "empty lines": lambda number: _HEAD + "\n" * number + _steps("      - A.\n"),
    "unknown keys": _repeated("- {foo@: x, bar: y}"),
    "unknown keys of a passage": lambda number: _HEAD + "passages:\n  p0:\n" + _rows(number, "    foo@: x\n"),
    "unknown names": _repeated('- "{foo@}"'),
    "unknown passages": _passages("  p@:\n    goto: q@\n"),
    "texts told once": _repeated('- "{once|a @}"'),
    "effects of one step": lambda number: _HEAD + _steps("      - do:\n" + _rows(number, "          - x += @\n")),
    "effects in a line": _within("do: y = true", ", x += 1", ""),
    "choices once": _choices("      - text: C@\n        once: true\n        goto: p0\n"),
    "choices that come back": _choices("      - text: C@\n        then: W@.\n        again: true\n"),
    "topics": _arms("topics:", "          - {text: C@, then: W@.}\n"),
    "groups of choices": _choices("      - if: x == @\n        choices: [{text: A@, end: true}]\n      - {text: B@, end: true}\n"),
    "passages with choices once": _passages("  p@:\n    choices:\n      - {text: Go, once: true, goto: p%}\n"),
    "passages told once": _passages('  p@:\n    text: "{once|Text @.}"\n    goto: p%\n'),
    "passages that call": _passages("  p@:\n    - call: p%\n    - end: true\n"),
    "passages that call and go": _passages("  p@:\n    - if: y\n      then: {call: p%}\n    - goto: p0\n"),
    "passages that may go back": _passages("  p@:\n    - {if: y, then: {goto: p0}}\n    - goto: p%\n"),
    "storylets of many tags": _passages("  p@:\n    storylet: {tag: t@, cooldown: 2}\n    text: S@.\n"),
    "stats": _declared("stats", "  v@: @\n", '"{v@}"'),
    "settings": lambda number: "story: Much\nsettings:\n" + _rows(number, "  s@: {text: a}\n") + _steps("      - A.\n"),
    "endings": _declared("endings", "  e@: Ending @\n", "{if: visits(p0) == @, then: [{end: e@}]}"),
    "achievements": _declared("achievements", "  e@: {title: A @}\n", "achieve: e@"),
    "menus": lambda number: _HEAD + "menus:\n" + _rows(number, "  m@: [text: A]\n") + _steps("      - A.\n"),
    "menus in a row": _of_menus,
    "kinds": lambda number: "story: Much\nkinds:\n" + _rows(number, "  k@: [a@, b@]\n") + _steps("      - A.\n"),
    "members of a loop": lambda number: _members(number) + _steps('      - {for: much, then: "{much}"}\n'),
    "members of choices": lambda number: _members(number) + "passages:\n  p0:\n    choices: [{for: much, text: A, end: true}]\n",
    "members in a list": lambda number: _members(number).replace("{z: much}", f"{{l: {{list_of: much, start: [{_rows(number, 'm@, ')}]}}}}")
    + _steps('      - "{l}"\n'),
    "rows of a table": lambda number: "story: Much\ntables:\n  t:\n" + _rows(number, "    @: %\n") + _steps('      - "{t(1)}"\n'),
    "cells of a table": _cells,
    "tables": _declared("tables", "  t@: {0: 1, 1: 2}\n", '"{t@(1)}"'),
    "formulas that nobody uses": lambda number: "story: Much\nformulas:\n" + _rows(number, "  f@: @ + 1\n") + _steps("      - A.\n"),
    "renames": lambda number: _HEAD + "renames:\n" + _rows(number, "  q@: p0\n") + _steps("      - A.\n"),
    "beats of a montage": lambda number: _HEAD + _steps("      - montage:\n          beats:\n" + _rows(number, "            - Beat @.\n")),
    "arguments": _within('"{min(x', ", x", ')}"'),
    "numbers in a mixed sum": _within('"{x', " + x - x", '}"'),
    "numbers in a product": _within('"{x', " * 1", '}"'),
    "words not": _within("{if: ", "not ", "y, then: Yes.}"),
    "braces in a text": _within('"', "{x} ", '"'),
    "marks in a text": _within('"', "*a* _b ", '"'),
    "words of a text": _within('"', "word ", '"'),
    "lines told with a sign": lambda number: _HEAD + _steps("      - |\n" + _rows(number, "        > Line @.\n\n")),
    "comments": lambda number: _HEAD + _rows(number, "# A comment.\n") + _steps("      - A.\n"),
    "passages told twice": lambda number: _HEAD + "passages:\n" + _rows(number, "  p0:\n    end: true\n"),
    "unknown keys of the story": lambda number: _HEAD + _rows(number, "foo@: x\n") + _steps("      - A.\n"),
    "unknown functions": _repeated('- "{foo@(x)}"'),
    "unknown tags": _repeated("- deal: foo@"),
    "phrases in circles": lambda number: "story: Much\nphrases:\n" + _rows(number, '  f@: "a {f%} {f0}"\n') + f"  f{number}: b\n"
    + _steps('      - "{f0}"\n'),
    "lines that are no YAML": lambda number: _HEAD + _rows(number, "a: b: c @\n") + _steps("      - A.\n"),
    "quotes that never close": lambda number: _HEAD + _steps(_rows(number, '      - "a @\n')),
    "tabs": lambda number: _HEAD + _steps(_rows(number, "\t- a @\n")),
    "aliases": lambda number: _HEAD + _steps(_rows(number, "      - *a@\n")),
})  # fmt: skip

#: What can be repeated in a story that is a folder: its files by name.
FOLDERS: Mapping[str, Callable[[int], dict[str, str]]] = MappingProxyType({
    "scenes": lambda number: {"story.yaml": _HEAD + _steps("      - A.\n")}
    | {f"s{each}.yaml": f"scene: S{each}\npassages:\n  p:\n    end: true\n" for each in range(number)},
    "pictures": lambda number: {"story.yaml": _HEAD + _steps("      - A.\n")} | {f"a{each}.txt": "O\n" for each in range(number)},
    "walkthroughs": lambda number: {
        "story.yaml": _HEAD + _steps("      - A.\n"),
        "tests/much.yaml": "walkthroughs:\n" + _rows(number, "  - {walkthrough: W@, seed: 1, play: []}\n"),
    },
    "files of tests": lambda number: {"story.yaml": _HEAD + _steps("      - A.\n")}
    | {f"tests/t{each}.yaml": "walkthroughs: [{walkthrough: W, seed: 1, play: []}]\n" for each in range(number)},
    "picks of a walkthrough": lambda number: {
        "story.yaml": _HEAD + "passages:\n  p0:\n    choices: [{text: Go, goto: p0}, {text: Out, end: true}]\n",
        "tests/much.yaml": "walkthroughs:\n  - {walkthrough: W, seed: 1, play: [" + "go, " * number + "out]}\n",
    },
})  # fmt: skip

#: What can be put into each other, as deep as is asked.
NESTED: Mapping[str, Callable[[int], str]] = MappingProxyType({
    "formulas in a chain": _chain("formulas", "  f@: f% + 1\n", "1"),
    "phrases in a chain": _chain("phrases", "  f@: a {f%}\n", "a"),
    "loops": lambda number: _HEAD + _steps("      - " + "{for: k, then: [" * number + "A." + "]}" * number + "\n"),
    "conditions": lambda number: _HEAD + _steps("      - " + "{if: y, then: [" * number + "A." + "]}" * number + "\n"),
    "braces": lambda number: _HEAD + _steps('      - "' + "{if y then a" * number + "}" * number + '"\n'),
    "parentheses": lambda number: _HEAD + _steps('      - "{' + "(" * number + "x" + ")" * number + '}"\n'),
    "not": lambda number: _HEAD + _steps("      - {if: " + "not " * number + "y, then: A.}\n"),
    "arms of one expression": lambda number: _HEAD + _steps('      - "{' + _rows(number, "@ if x == @ else ") + '0}"\n'),
    "digits": lambda number: _HEAD + _steps('      - "{x + 1' + "0" * number + '}"\n'),
    "digits of a fraction": lambda number: _HEAD + _steps('      - "{x + 1' + "0" * number + '.5}"\n'),
    "menus that use two": lambda number: _HEAD + "menus:\n" + _rows(number, "  m@: [{use: m%}, {use: m%}]\n") + f"  m{number}: [text: A]\n"
    + "passages:\n  p0:\n    choices: [use: m0, text: B]\n    end: true\n",
})  # fmt: skip
