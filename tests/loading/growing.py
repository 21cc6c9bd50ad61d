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
