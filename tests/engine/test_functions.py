"""The functions of the language do what their records say, with nothing but what printed code has."""

import ast
import re
from itertools import product
from string import Formatter

import pytest

from siberia_quest.engine.runtime import ENGINE, RUNTIME
from siberia_quest.model.expression import PLACE_FUNCTIONS, TEXT_FUNCTIONS
from siberia_quest.model.functions import FORMS, FUNCTIONS, Form, Range

#: What a printer puts in for the fields of a template that are no numbers.
MADE = {"all": "a0", "rest": "a0"}
#: How many values `engine.code_values` makes ready for functions of a name.
READY = {"percent": 3, "label": 2, "start": 2, "value": 2, "turns_since": 2, "highest": 2, "lowest": 2, "draw": 2}
NUMBERS = (-3, -0.5, 0, 1, 2.25, 7)
COUNTED = [
    (form, size)
    for function, form in FORMS.values()
    for size in {len(form.parameters), function.most if form is function.forms[-1] else 0}
    if function.reading == "plain" and not function.takes_chance and 0 < size <= 3
    if all(parameter.takes == "number" for parameter in form.parameters)
]


def printed(form: Form, *given: str) -> str:
    """The Python of a form with arguments put in."""
    return form.python.format(*given, **{**MADE, "all": ", ".join(given) or "a0"})


def size_of(form: Form) -> int:
    return READY.get(form.builtin, len(form.parameters))


@pytest.mark.parametrize("builtin", FORMS)
def test_its_python_needs_only_what_printed_code_has(builtin: str) -> None:
    _, form = FORMS[builtin]
    given = [f"a{number}" for number in range(size_of(form))]
    loaded = {node.id for node in ast.walk(ast.parse(printed(form, *given), mode="eval")) if isinstance(node, ast.Name)}
    assert loaded <= {*RUNTIME, "w", *given}


@pytest.mark.parametrize("name", ENGINE)
def test_what_the_engine_itself_calls_is_there_under_a_name_of_its_own(name: str) -> None:
    assert set(re.findall(r"(?<![.\w])[A-Za-z_]\w*(?=\()", ENGINE[name])) <= {*RUNTIME}
    assert name not in FORMS


@pytest.mark.parametrize("builtin", FORMS)
def test_its_templates_name_no_field_that_no_printer_fills(builtin: str) -> None:
    function, form = FORMS[builtin]
    for template in (form.python, form.javascript):
        fields = {field for _, field, _, _ in Formatter().parse(template) if field is not None}
        given = {str(number) for number in range(size_of(form))}
        assert fields <= given | set(MADE)
        assert fields or function.reading == "bare", "it does nothing with what it is given"


@pytest.mark.parametrize(("form", "size"), COUNTED)
def test_it_gives_what_is_within_its_range(form: Form, size: int) -> None:
    function, _ = FORMS[form.builtin]
    source = f"lambda {', '.join('abc'[:size])}: {printed(form, *'abc'[:size])}"
    done = eval(source, dict(RUNTIME))  # noqa: S307  # our own template
    for values in product(NUMBERS, repeat=size):
        low, high = function.range([Range(value, value) for value in values])
        assert low <= done(*values) <= high
        wide = function.range([Range(value - 1, value + 2) for value in values])
        assert wide.low <= done(*values) <= wide.high


def test_each_says_what_it_is_for() -> None:
    assert [each.name for each in FUNCTIONS.values() if len(each.meaning) < 5] == []


def test_what_nodes_of_the_model_name_is_declared() -> None:
    read = {"place": PLACE_FUNCTIONS, "text": TEXT_FUNCTIONS}
    for reading, names in read.items():
        assert {each.name for each in FUNCTIONS.values() if each.reading == reading} == set(names)
