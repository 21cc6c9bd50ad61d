"""The kinds a value can have, and the values themselves."""

from typing import NamedTuple

#: What a stat, a variable or an expression can hold. A member of a kind is its id, a set or a list is a tuple of ids.
Value = int | float | bool | str | tuple[str, ...] | tuple[int | float, ...]


class Kind(NamedTuple):
    """What sort of value something is.

    `base` is one of `number`, `yes_no`, `text`, `member`, `set`, `list` or `per` (a number for each member);
    `of` names the kind whose members are meant, for the last four.
    """

    base: str
    of: str = ""

    def in_words(self) -> str:
        """Name this kind as an author would."""
        words = {
            "number": "a number",
            "yes_no": "yes or no",
            "text": "a text",
            "member": f"one of `{self.of}`",
            "set": f"a set of `{self.of}`",
            "list": f"a list of `{self.of}`",
            "per": f"a number for each `{self.of}`",
        }
        return words[self.base]


NUMBER = Kind("number")
YES_NO = Kind("yes_no")
TEXT = Kind("text")


class Members(NamedTuple):
    """A kind an author declared: its members in order, with their labels."""

    name: str
    labels: tuple[tuple[str, str], ...]
    are_stats: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The members' ids, in the order they were written."""
        return tuple(id_ for id_, _ in self.labels)
