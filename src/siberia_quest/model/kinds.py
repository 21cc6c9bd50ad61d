"""The kinds a value can have, and the values themselves."""

from typing import Literal, TypeAlias, assert_never

from siberia_quest.model.named_tuple import NamedTuple

#: What a stat, a variable or an expression can hold. A member of a kind is its id, a set or a list is a tuple of ids.
Value = int | float | bool | str | tuple[str, ...] | tuple[int | float, ...]

#: What a kind is built on. `per` is a number for each member; `unknown`, which was reported, fits everywhere: one mistake, one message.
Base: TypeAlias = Literal["number", "yes_no", "text", "member", "set", "list", "per", "unknown"]


class ValueKind(NamedTuple):
    """What sort of value something is; `of` names the kind whose members are meant, for `member`, `set`, `list` and `per`."""

    base: Base
    of: str = ""

    def in_words(self) -> str:
        """Name this kind as an author would."""
        match self.base:
            case "number":
                return "a number"
            case "yes_no":
                return "yes or no"
            case "text":
                return "a text"
            case "member":
                return f"one of `{self.of}`"
            case "set" | "list":
                return f"a {self.base} of `{self.of}`"
            case "per":
                return f"a number for each `{self.of}`"
            case "unknown":
                return "anything"
        assert_never(self.base)


NUMBER = ValueKind("number")
YES_NO = ValueKind("yes_no")
TEXT = ValueKind("text")
UNKNOWN = ValueKind("unknown")


class Kind(NamedTuple):
    """A kind an author declared: its members in order, with their labels."""

    name: str
    labels: tuple[tuple[str, str], ...]
    are_stats: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The members' ids, in the order they were written."""
        return tuple(id_ for id_, _ in self.labels)
