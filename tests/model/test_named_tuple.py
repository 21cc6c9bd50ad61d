"""Our named tuples are those of `typing`: each of these holds for both."""

import copy
import pickle
from collections.abc import Callable
from typing import NamedTuple as TypedTuple
from typing import get_type_hints

import pytest

from siberia_quest.model.named_tuple import NamedTuple


class Typed(TypedTuple):
    """As `typing` makes them."""

    name: str
    size: "int" = 1
    other: tuple[str, ...] = ()

    def doubled(self) -> int:
        """Return twice the size."""
        return self.size * 2


class Ours(NamedTuple):
    """As we make them."""

    name: str
    size: "int" = 1
    other: tuple[str, ...] = ()

    def doubled(self) -> int:
        """Return twice the size."""
        return self.size * 2


class Nine(NamedTuple):
    """More fields than there are functions for."""

    a: int
    b: int
    c: int
    d: int
    e: int
    f: int
    g: int
    h: int
    i: int = 9


class Nothing(NamedTuple):
    """No field at all."""


BOTH = pytest.mark.parametrize("sort", [Typed, Ours])


@BOTH
def test_fields_come_by_name_by_place_and_by_default(sort: type[Ours]) -> None:
    made = sort("a", other=("b",))
    assert (made.name, made.size, made.other, made[1], made.doubled()) == ("a", 1, ("b",), 1, 2)
    assert made == ("a", 1, ("b",))
    assert hash(made) == hash(("a", 1, ("b",)))
    assert not hasattr(made, "__dict__")


@BOTH
def test_what_the_class_says_of_its_fields(sort: type[Ours]) -> None:
    assert sort._fields == sort.__match_args__ == ("name", "size", "other")
    assert sort._field_defaults == {"size": 1, "other": ()}
    assert get_type_hints(sort) == {"name": str, "size": int, "other": tuple[str, ...]}
    assert type(sort) is type


@BOTH
def test_a_changed_one_a_copied_one_and_one_that_travels(sort: type[Ours]) -> None:
    made = sort("a")
    assert made._replace(size=4) == sort._make(["a", 4, ()]) == sort("a", 4)
    assert made._asdict() == {"name": "a", "size": 1, "other": ()}
    travelled = pickle.loads(pickle.dumps(made))  # noqa: S301  # our own
    assert [type(each) for each in (copy.copy(made), travelled)] == [sort, sort]
    assert repr(made) == f"{sort.__name__}(name='a', size=1, other=())"


@BOTH
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda sort: sort(), r"__new__\(\) missing 1 required positional argument: 'name'"),
        (lambda sort: sort("a", 1, (), 2), r"__new__\(\) takes from 2 to 4 positional arguments but 5 were given"),
        (lambda sort: sort("a", colour=1), r"__new__\(\) got an unexpected keyword argument 'colour'"),
        (lambda sort: sort("a")._replace(colour=1), r"unexpected field names: \['colour'\]"),
        (lambda sort: sort._make([1]), "Expected 3 arguments, got 1"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    sort: type[Ours], wrong: Callable[[type[Ours]], object], words: str
) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        wrong(sort)


def test_a_match_takes_it_apart() -> None:
    things: list[object] = [Ours("a", 3), Typed("b", 4)]
    for thing in things:
        match thing:
            case Ours(name, size, _):
                assert (name, size) == ("a", 3)
            case Typed(name, size, _):
                assert (name, size) == ("b", 4)
            case _:
                pytest.fail("was not taken apart")


def test_many_fields_and_none() -> None:
    assert Nine(1, 2, 3, 4, 5, 6, 7, h=8).i == 9
    assert Nine(1, 2, 3, 4, 5, 6, 7, 8)._replace(a=0)[:2] == (0, 2)
    assert Nothing() == ()
