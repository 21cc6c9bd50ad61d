"""The parts of a passage's code by number: each is made when it is asked for, so that a first visit pays for what it enters alone."""

from collections.abc import Callable
from typing import TypeAlias, Union

from siberia_quest.engine.code import Body, Function, FunctionSort
from siberia_quest.engine.flow import Flow, Point
from siberia_quest.engine.offers import FixedOffers

#: The number of a part that is not there.
NONE = -1

#: A part of a passage as its code finds it: to its printed functions they are `p`.
PassagePart: TypeAlias = Union[Callable[[Flow], object], Point, FixedOffers]
#: What makes a function run.
Make: TypeAlias = Callable[[Function], Callable[[Flow], object]]


class Unmade:
    """A function that is not made yet: called for the first time, it is made, put in this one's place, and called."""

    __slots__ = ("body", "coded", "coder", "number", "sort")

    def __init__(self, coder: "PartsCoder", number: int, sort: FunctionSort, body: Callable[[], Body] | None) -> None:
        self.coder = coder
        self.number = number
        self.sort = sort
        self.body = body
        self.coded: Function | None = None

    def __call__(self, w: Flow) -> object:
        """Do what the function does."""
        return self.coder.make(self.number)(w)

    def code(self) -> Function:
        """Return it as code. Raises KeyError for a label that is nowhere."""
        if self.coded is None:
            if self.body is None:
                self.coder.code_until(lambda: self.body is not None)
            if self.body is None:
                raise KeyError(self.number)
            self.coded = Function(self.sort, self.number, 0, None, self.body())
        return self.coded


class PartsCoder:
    """Numbers the parts of a passage as they are met; `points` are the waiting points that were, by address."""

    def __init__(self, make: Make) -> None:
        self.parts: list[PassagePart] = []
        self.points: dict[str, Point] = {}
        self._make = make

    def make(self, number: int) -> Callable[[Flow], object]:
        """Return a function, made at its first time."""
        part = self.parts[number]
        assert not isinstance(part, Point | FixedOffers)
        if isinstance(part, Unmade):
            part = self.parts[number] = self._make(part.code())
        return part

    def find_point(self, address: str) -> Point:
        """Return the waiting point at an address, coding parts until it is met. Raises KeyError where there is none."""
        self.code_until(lambda: address in self.points)
        return self.points[address]

    def code_until(self, is_found: Callable[[], bool]) -> None:
        """Code the parts there are, and those that are met on the way: points and labels are met as what leads to them is coded."""
        for part in self.parts:  # more of them are met meanwhile
            if is_found():
                return
            if isinstance(part, Unmade) and part.body is not None:
                part.code()

    def add(self, part: PassagePart) -> int:
        """Give a part its number."""
        self.parts.append(part)
        return len(self.parts) - 1

    def function(self, sort: FunctionSort, body: Callable[[], Body] | None) -> int:
        """Return the number of a function whose body is coded when it is asked for."""
        number = len(self.parts)
        self.parts.append(Unmade(self, number, sort, body))
        return number

    def point(self, point: Point) -> Point:
        """Keep a waiting point by its address."""
        self.points[point.frame.address] = point
        return point
