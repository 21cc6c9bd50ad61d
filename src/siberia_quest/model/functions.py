"""The functions of the language, each declared once: reading, checking, the manual and the printers take them from here."""

from collections.abc import Callable, Mapping
from math import ceil, floor, inf, isfinite
from types import MappingProxyType
from typing import Literal, TypeAlias

from siberia_quest.model.kinds import NUMBER, TEXT, YES_NO, ValueKind
from siberia_quest.model.named_tuple import NamedTuple

#: How a function is read: `plain` ones take what their parameters say, the others have rules of their own in `lang`.
#: `bare` stands without parentheses, `text` only in the braces of a text; a `sign` stands between what it is given.
Reading: TypeAlias = Literal[
    "plain",
    "bare",
    "text",
    "place",
    "percent",
    "band",
    "label",
    "value",
    "start",
    "count",
    "one of",
    "pick",
    "by value",
    "sign",
]
#: What a parameter takes. `decimals` are 0 to 6, written out; `shown` is any value a text can show, `words` also a phrase or
#: another function of texts; `own` is what the function's own rule says.
Takes: TypeAlias = Literal["number", "decimals", "shown", "words", "own"]


class Range(NamedTuple):
    """The least and the greatest a number can be."""

    low: float
    high: float


ANY = Range(-inf, inf)


class Parameter(NamedTuple):
    """What stands at one place in a function's parentheses; `name` is what the manual calls it."""

    name: str
    takes: Takes


class Form(NamedTuple):
    """One way to use a function.

    `builtin` is its name in the model (`Builtin.name`, `Visits.how`, `TextCall.name`). `python` and `javascript` are templates of the
    expression that does it: `{0}`, `{1}`… are what it is given, `{all}` all of that and `{rest}` all but the first, with commas.
    What is needed for a name is made ready by `engine.code_values`: the value and bounds of a stat, the slot of the stat that a member
    names, the labels of a kind and a member, the starts of its stats and a place, members and a number for each, a count of visits.
    """

    builtin: str
    parameters: tuple[Parameter, ...]
    python: str
    javascript: str


class LanguageFunction(NamedTuple):
    """A function of the language. There are no defaults, so that nothing can be left out.

    `fewest` and `most` count what may stand in its parentheses; the last parameter stands for all beyond it. `result` is None where it
    follows what is given. `takes_chance` says that dice are thrown. `range` gives the bounds of the result from those of what is given.
    `meaning` is its sentence in the manual.
    """

    name: str
    reading: Reading
    forms: tuple[Form, ...]
    fewest: int
    most: int
    result: ValueKind | None
    takes_chance: bool
    range: Callable[[list[Range]], Range]
    meaning: str


def _any(_: list[Range]) -> Range:
    return ANY


def _share(given: list[Range]) -> Range:
    return ANY if given else Range(0, 100)  # of two numbers, or of a stat


def _count(_: list[Range]) -> Range:
    return Range(0, inf)


def _least(given: list[Range]) -> Range:
    return Range(min(each.low for each in given), min(each.high for each in given))


def _greatest(given: list[Range]) -> Range:
    return Range(max(each.low for each in given), max(each.high for each in given))


def _clamp(given: list[Range]) -> Range:
    x, low, high = given
    above = Range(
        min(high.low, max(x.low, low.low)), min(high.high, x.high)
    )  # where x is not below `low`, which may be above `high`
    return Range(min(low.low, above.low), max(low.high, above.high)) if x.low < low.high else above


def _without_sign(given: list[Range]) -> Range:
    low, high = given[0]
    return Range(max(0, low, -high), max(-low, high))


def _whole(given: list[Range]) -> Range:
    low, high = given[0]
    return Range(floor(low) if isfinite(low) else low, ceil(high) if isfinite(high) else high)


_X, _NUMBER = Parameter("x", "number"), Parameter("n", "number")
_A, _B = Parameter("a", "number"), Parameter("b", "number")
_LOW, _HIGH = Parameter("low", "number"), Parameter("high", "number")
_PLACE, _STAT, _NAME = Parameter("place", "own"), Parameter("stat", "own"), Parameter("f", "own")
_THING, _ONE, _ANOTHER = Parameter("x", "own"), Parameter("a", "own"), Parameter("b", "own")

_ALL = (
    LanguageFunction(
        name="min", reading="plain", fewest=2, most=20, result=NUMBER, takes_chance=False, range=_least,
        forms=(Form("min", (_A, _B), "min({all})", "least({all})"),),
        meaning="the smallest",
    ),
    LanguageFunction(
        name="max", reading="plain", fewest=2, most=20, result=NUMBER, takes_chance=False, range=_greatest,
        forms=(Form("max", (_A, _B), "max({all})", "greatest({all})"),),
        meaning="the largest",
    ),
    LanguageFunction(
        name="abs", reading="plain", fewest=1, most=1, result=NUMBER, takes_chance=False, range=_without_sign,
        forms=(Form("abs", (_X,), "abs({0})", "unsigned({0})"),),
        meaning="x without its sign",
    ),
    LanguageFunction(
        name="round", reading="plain", fewest=1, most=2, result=NUMBER, takes_chance=False, range=_whole,
        forms=(
            Form("round", (_X,), "whole({0})", "whole({0})"),
            Form("round_to", (_X, Parameter("decimals", "decimals")), "rounded({0}, {1})", "rounded({0}, {1})"),
        ),
        meaning="the nearest whole number, half away from zero; or so many decimals",
    ),
    LanguageFunction(
        name="floor", reading="plain", fewest=1, most=1, result=NUMBER, takes_chance=False, range=_whole,
        forms=(Form("floor", (_X,), "floor({0})", "floor({0})"),),
        meaning="the whole number below",
    ),
    LanguageFunction(
        name="ceil", reading="plain", fewest=1, most=1, result=NUMBER, takes_chance=False, range=_whole,
        forms=(Form("ceil", (_X,), "ceil({0})", "ceil({0})"),),
        meaning="the whole number above",
    ),
    LanguageFunction(
        name="clamp", reading="plain", fewest=3, most=3, result=NUMBER, takes_chance=False, range=_clamp,
        forms=(Form("clamp", (_X, _LOW, _HIGH), "clamp({0}, {1}, {2})", "clamp({0}, {1}, {2})"),),
        meaning="x, or the bound it has passed",
    ),
    LanguageFunction(
        name="percent", reading="percent", fewest=1, most=2, result=NUMBER, takes_chance=False, range=_share,
        forms=(
            Form("percent", (_STAT,), "percent({0}, {1}, {2})", "percent({0}, {1}, {2})"),
            Form(
                "percent_of", (Parameter("part", "number"), Parameter("whole", "number")), "percent_of({0}, {1})",
                "percentOf({0}, {1})",
            ),
        ),
        meaning="how far a stat is along its range; a part of a whole",
    ),
    LanguageFunction(
        name="band", reading="band", fewest=1, most=1, result=TEXT, takes_chance=False, range=_any,
        forms=(
            Form("band", (_STAT,), "band(w, {0})", "band(w, {0})"),
            Form("band_of", (_THING,), "band(w, {0})", "band(w, {0})"),
        ),
        meaning="the name of the band that a stat is in, or the stat that x names",
    ),
    LanguageFunction(
        name="label", reading="label", fewest=1, most=1, result=TEXT, takes_chance=False, range=_any,
        forms=(Form("label", (_THING,), "{0}[{1}]", "{0}.get({1})"),),
        meaning="the label of a stat or of a thing",
    ),
    LanguageFunction(
        name="start", reading="start", fewest=1, most=1, result=None, takes_chance=False, range=_any,
        forms=(Form("start", (_THING,), "{0}[{1}]", "{0}[{1}]"),),
        meaning="what a stat or variable was at the start",
    ),
    LanguageFunction(
        name="value", reading="value", fewest=1, most=1, result=NUMBER, takes_chance=False, range=_any,
        forms=(Form("value", (_THING,), "{0}[{1}]", "{0}[{1}]"),),
        meaning="the stat that a thing names (chapter 11)",
    ),
    LanguageFunction(
        name="count", reading="count", fewest=1, most=2, result=NUMBER, takes_chance=False, range=_count,
        forms=(
            Form("count", (Parameter("set", "own"),), "len({0})", "{0}.length"),
            Form("count_of", (Parameter("list", "own"), Parameter("thing", "own")), "{0}.count({1})", "counted({0}, {1})"),
        ),
        meaning="how many there are; how many times this one",
    ),
    LanguageFunction(
        name="one_of", reading="one of", fewest=2, most=40, result=YES_NO, takes_chance=False, range=_any,
        forms=(Form("one_of", (_THING, _ONE, _ANOTHER), "({0} in ({rest},))", "holds([{rest}], {0})"),),
        meaning="whether x is one of these",
    ),
    LanguageFunction(
        name="seen", reading="place", fewest=1, most=1, result=YES_NO, takes_chance=False, range=_any,
        forms=(Form("seen", (_PLACE,), "({0} > 0)", "({0} > 0)"),),
        meaning="whether a passage, label or choice was visited",
    ),
    LanguageFunction(
        name="visits", reading="place", fewest=1, most=1, result=NUMBER, takes_chance=False, range=_count,
        forms=(Form("visits", (_PLACE,), "{0}", "{0}"),),
        meaning="how often it was",
    ),
    LanguageFunction(
        name="turns_since", reading="place", fewest=1, most=1, result=NUMBER, takes_chance=False, range=_count,
        forms=(Form("turns_since", (_PLACE,), "w.since({0}, {1})", "w.since({0}, {1})"),),
        meaning="how many turns ago it was (1,000,000,000 if never)",
    ),
    LanguageFunction(
        name="turns", reading="bare", fewest=0, most=0, result=NUMBER, takes_chance=False, range=_count,
        forms=(Form("turns", (), "w.turn", "w.turn"),),
        meaning="how many turns so far",
    ),
    LanguageFunction(
        name="highest", reading="by value", fewest=1, most=40, result=None, takes_chance=False, range=_any,
        forms=(
            Form("highest", (_NAME,), "highest({0}, {1})", "highest({0}, {1})"),
        ),
        meaning="the thing for which a table, a formula or the stats give most (chapter 11)",
    ),
    LanguageFunction(
        name="lowest", reading="by value", fewest=1, most=40, result=None, takes_chance=False, range=_any,
        forms=(
            Form("lowest", (_NAME,), "lowest({0}, {1})", "lowest({0}, {1})"),
        ),
        meaning="the thing for which they give least",
    ),
    LanguageFunction(
        name="chance", reading="plain", fewest=1, most=1, result=YES_NO, takes_chance=True, range=_any,
        forms=(Form("chance", (Parameter("percent", "number"),), "w.happens({0})", "w.happens({0})"),),
        meaning="yes so many times in a hundred",
    ),
    LanguageFunction(
        name="roll", reading="plain", fewest=2, most=2, result=NUMBER, takes_chance=True, range=_any,
        forms=(Form("roll", (_LOW, _HIGH), "w.roll({0}, {1})", "w.roll({0}, {1})"),),
        meaning="a whole number, both ends included",
    ),
    LanguageFunction(
        name="between", reading="plain", fewest=2, most=2, result=NUMBER, takes_chance=True, range=_any,
        forms=(Form("between", (_LOW, _HIGH), "w.between({0}, {1})", "w.between({0}, {1})"),),
        meaning="any number, with decimals",
    ),
    LanguageFunction(
        name="pick", reading="pick", fewest=1, most=40, result=None, takes_chance=True, range=_any,
        forms=(
            Form("pick", (_ONE, _ANOTHER), "w.pick(({all},))", "w.pick([{all}])"),
            Form("pick_from", (Parameter("set", "own"),), "w.pick({0})", "w.pick({0})"),
        ),
        meaning="one of these; one that is in a set or a list, or of a kind",
    ),
    LanguageFunction(
        name="draw", reading="by value", fewest=1, most=40, result=None, takes_chance=True, range=_any,
        forms=(
            Form(
                "draw", (_NAME,), "w.draw({0}, {1})", "w.draw({0}, {1})",
            ),
        ),
        meaning="a thing by the weights that a table, a formula or the stats give (chapter 11)",
    ),
    LanguageFunction(
        name="+", reading="sign", fewest=2, most=40, result=None, takes_chance=False, range=_any,
        forms=(Form("all_of", (_ONE, _ANOTHER), "union({all})", "union({all})"),),
        meaning="all that is in one of these sets",
    ),
    LanguageFunction(
        name="-", reading="sign", fewest=2, most=40, result=None, takes_chance=False, range=_any,
        forms=(Form("all_but", (_ONE, _ANOTHER), "difference({all})", "difference({all})"),),
        meaning="all of the first set that is in none of the others",
    ),
    LanguageFunction(
        name="plural", reading="text", fewest=3, most=3, result=TEXT, takes_chance=False, range=_any,
        forms=(
            Form(
                "plural", (_NUMBER, Parameter("'bear'", "shown"), Parameter("'bears'", "shown")),
                "plural(w.program.language, {0}, {1}, {2})",
                "plural(w.story.language, {0}, {1}, {2})",
            ),
        ),
        meaning="the right word for one or for many",
    ),
    LanguageFunction(
        name="words", reading="text", fewest=1, most=1, result=TEXT, takes_chance=False, range=_any,
        forms=(Form("words", (_NUMBER,), "in_words(w.program.language, {0})", "inWords(w.story.language, {0})"),),
        meaning="a number in words",
    ),
    LanguageFunction(
        name="ordinal", reading="text", fewest=1, most=1, result=TEXT, takes_chance=False, range=_any,
        forms=(Form("ordinal", (_NUMBER,), "ordinal(w.program.language, {0})", "ordinal(w.story.language, {0})"),),
        meaning="which one it is, in words: third",
    ),
    LanguageFunction(
        name="cap", reading="text", fewest=1, most=1, result=TEXT, takes_chance=False, range=_any,
        forms=(Form("cap", (Parameter("x", "words"),), "capital({0})", "capital({0})"),),
        meaning="x with a capital",
    ),
    LanguageFunction(
        name="lower", reading="text", fewest=1, most=1, result=TEXT, takes_chance=False, range=_any,
        forms=(Form("lower", (Parameter("x", "words"),), "{0}.lower()", "{0}.toLowerCase()"),),
        meaning="x without capitals",
    ),
)  # fmt: skip  # a record reads as a row


def _by_name() -> Mapping[str, LanguageFunction]:
    """Return the functions by name. Raises ValueError where a record contradicts itself."""
    named = {each.name: each for each in _ALL}
    for each in _ALL:
        longest = max(len(form.parameters) for form in each.forms)
        known = {"plain": {"number", "decimals"}, "text": {"number", "shown", "words"}}.get(each.reading)
        takes = {parameter.takes for form in each.forms for parameter in form.parameters}
        if named[each.name] is not each or not each.fewest <= longest <= each.most:
            message = f"the function `{each.name}` is declared twice, or takes fewer or more than its parameters"
            raise ValueError(message)
        if known is not None and (not takes <= known or each.result is None):
            message = f"`{each.name}` is read as its parameters say, and something of it is left to a rule of its own"
            raise ValueError(message)
    return MappingProxyType(named)


FUNCTIONS = _by_name()
#: Function and form by the model's name.
FORMS: Mapping[str, tuple[LanguageFunction, Form]] = MappingProxyType(
    {form.builtin: (each, form) for each in _ALL for form in each.forms}
)
#: Those of expressions that are written with parentheses.
APPLIED = tuple(each.name for each in _ALL if each.reading not in {"bare", "text", "sign"})
#: Those of texts.
WORDED = tuple(each.name for each in _ALL if each.reading == "text")


def range_of(builtin: str, given: list[Range]) -> Range:
    """Return what a function of the model can give, by the ranges of what it is given."""
    function, _ = FORMS[builtin]
    return function.range(given)
