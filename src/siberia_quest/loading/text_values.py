"""Values that an author wrote as texts, or as people write numbers: what they were meant for, and why they are texts."""

import re
from types import MappingProxyType

from siberia_quest.lang.scope import Names
from siberia_quest.model.expression import Constant
from siberia_quest.model.kinds import TEXT
from siberia_quest.model.letters import NAME

_DIGITS = re.compile(r"(0+(?=\d))?(\d+(?:\.\d+)?)")
_NAME = re.compile(NAME)
#: Names of kinds, as other systems declare a variable by them, and what one of that kind may start with.
_KINDS = MappingProxyType({
    **dict.fromkeys(("number", "int", "integer", "float", "numeric"), "0"),
    **dict.fromkeys(("bool", "boolean", "flag", "yes_no", "yes/no", "true/false"), "false"),
})  # fmt: skip
#: Two bounds in one word, and a number as people write one.
PAIR = re.compile(r"\s*(-?\d+)\s*(?:-|–|\.\.+|to|,|:|/)\s*(-?\d+)\s*\Z")
_NUMERAL = re.compile(r"[+]?(?P<whole>-?\d{1,3}(?:[,_ ]\d{3})+|-?\d+)(?:[.,](?P<part>\d+))?\s*%?")


def explain_text(names: Names, source: str, *, is_number: bool) -> tuple[str, str] | None:
    """Return why kinds do not fit, and the cure, where an expression has a variable that became a text unmeant.

    `is_number` tells that a number is needed there.
    """
    for name in _NAME.findall(source):
        known = names.variables.get(name)
        if known is None or known.kind != TEXT or not isinstance(known.start, Constant):
            continue
        value = known.start.value
        if starts := _KINDS.get(str(value).lower(), ""):
            return (
                f"`{name}: {value}` declares a text",
                f"declare it with what it starts with, as in `{name}: {starts}`",
            )
        if str(value).lower() in {"yes", "no", "on", "off", "true", "false", "none", "null", "nil"}:
            right = "true" if str(value).lower() in {"yes", "on", "true"} else "false"
            return f"`{name}: {value}` declares a text", f"for yes or no, declare it as `{name}: {right}`"
        if isinstance(value, str) and value.isdecimal() and not value.isascii():
            digits = "".join(str(int(each)) for each in value)
            return (
                f"`{value}` is read as a text: numbers are written in the digits 0 to 9",
                f"declare it as `{name}: {digits}`",
            )
        if isinstance(value, str) and (number := _DIGITS.fullmatch(value)):
            why = "the zero in front" if number[1] else "the quotes around it"
            fix = f"for a number, declare it as `{name}: {number[2]}`"
            keep = "; to keep the zeros, ask for a text and compare it with a text" if number[1] else ""
            return (
                f"`{name}` is declared as a text, because of {why if number[1] or value.isdigit() else 'how it is written'}",
                fix + keep,
            )
        if is_number and value:
            digits = plain_number(str(value))
            fix = (
                f"declare it as `{name}: {digits}`"
                if digits
                else f"declare it with a number in digits, as in `{name}: 3`"
            )
            return f"`{name}: {value}` declares a text", f"for a number, {fix}"
    return None


def plain_number(text: str) -> str:
    """Return a number as it is written here, of one with commas, a percent sign or zeros in front; "" where it is none.

    >>> plain_number("1,000"), plain_number("3,5"), plain_number("30%"), plain_number("007"), plain_number("three")
    ('1000', '3.5', '30', '7', '')
    """
    found = _NUMERAL.fullmatch(text)
    if found is None:
        return ""
    whole = int(found["whole"].replace(",", "").replace("_", "").replace(" ", ""))
    return f"{whole}.{found['part']}" if found["part"] else str(whole)
