"""Numbers and lists in the words of a language. Its rules are lines of its catalogue, as CONTRIBUTING.md says."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from siberia_quest.engine.numbers import LIMIT, whole
from siberia_quest.model.language import Language, NumberRule

#: Below this a rest is small: English joins it with an `and`.
_SMALL = 100
_CHOICE = re.compile(r"\[([^\]]*)\]")
_PLACE = re.compile(r"\{(\w+)(?: (\w+)>(\w+))?\}")


def in_words(language: Language, x: float) -> str:
    """Return a whole number in words; one that is too large for them in digits."""
    number = whole(x)
    if number < 0:
        return language.say("minus", number=in_words(language, -number))
    return _spell(language, language.numbers, number) if number < LIMIT else str(number)


def ordinal(language: Language, x: float) -> str:
    """Return which one a whole number is, in words: `third`."""
    number = whole(x)
    return _spell(language, language.ordinals, number) if 0 <= number < LIMIT else str(number)


def _spell(language: Language, rules: Sequence[NumberRule], number: int) -> str:
    """Say a number by its rule: how often its ten, hundred, thousand, and what is left. A rule that leads nowhere says nothing."""
    if not rules or number < rules[0].least:
        return str(number)
    least, words = rules[bisect_right(rules, number, key=lambda rule: rule.least) - 1]
    count, rest = divmod(number, 10 ** (len(str(least)) - 1))

    def choose(found: "re.Match[str]") -> str:
        with_rest, *others = found[1].split("|")
        small, none = (others[0], others[-1]) if len(others) > 1 else (with_rest, "".join(others))
        return none if not rest else small if rest < _SMALL else with_rest

    def fill(found: "re.Match[str]") -> str:
        place, ending, other = found.groups()
        told = ""
        if place == "count" and count < number:
            told = in_words(language, count)
        elif place == "rest" and rest < number:
            told = _spell(language, rules, rest)
        elif place == "cardinal" and rules is not language.numbers:
            told = in_words(language, number)
        return told.removesuffix(ending) + other if ending and told.endswith(ending) else told

    return _PLACE.sub(fill, _CHOICE.sub(choose, words))


def plural(language: Language, n: float, one: str, many: str) -> str:
    """Return the word for one or for many."""
    return one if any(n == int(each) for each in language.words_of("plural_one")) else many


def listing(language: Language, members: Sequence[str], labels: Mapping[str, str]) -> str:
    """Return members in words: `cut, ribs and shoulder`."""
    return list_words(language, [labels[member] for member in members]) or language.say("list_nothing")


def list_words(language: Language, words: Sequence[str], how: str = "list_and") -> str:
    """Return some words as a list; `how` is the sentence that joins the last one: `list_or`."""
    if len(words) < 2:
        return "".join(words)
    comma = language.say("list_comma", one="", other="")
    return language.say(how, others=comma.join(words[:-1]), last=words[-1])


def decimal(language: Language, x: float, decimals: int) -> str:
    """Return a number with so many decimals, rounded half away from zero."""
    number = whole(round(x * 10**decimals, 6))
    if not decimals:
        return str(number)
    digits = f"{abs(number):0{decimals + 1}d}"
    return f"{'-' if number < 0 else ''}{digits[:-decimals]}{language.say('decimal_sign')}{digits[-decimals:]}"
