"""The parts of a passage's code by number: each is coded when it is asked for, so that a first visit pays for what it enters alone."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from siberia_quest.engine.code import Body, Code, Function, FunctionSort
from siberia_quest.engine.flow import Picked, PointSort
from siberia_quest.engine.offers import FixedOffers

#: The number of a part that is not there.
NONE = -1


class BranchPlan(NamedTuple):
    """An option, and what picking it leads to."""

    option: str
    picked: Picked


class PointPlan(NamedTuple):
    """A waiting point: its address, and the numbers of the parts that follow it, say what is on offer, or ask."""

    sort: PointSort
    address: str
    after: int = NONE
    exhausted: int = NONE
    offers: int = NONE
    question: int = NONE
    branches: tuple[BranchPlan, ...] = ()
    dealt: tuple[str, ...] = ()


#: A part of a passage once it is coded.
Coded: TypeAlias = Function | PointPlan | FixedOffers


class PartsCoder:
    """Numbers the parts of a passage as they are met, and codes each when it is asked for."""

    def __init__(self) -> None:
        """Begin with none. A part that was taken is None; `points` are the numbers of the waiting points by address."""
        self.parts: list[Coded | Callable[[int], Coded] | None] = []
        self.points: dict[str, int] = {}

    def take(self, number: int) -> Coded:
        """Return a part, coded, and forget it. Raises KeyError where it was taken before."""
        coded = self._code(number)
        self.parts[number] = None
        return coded

    def point_at(self, address: str) -> int:
        """Return the number of the waiting point at an address, NONE where there is none."""
        self._code_until(lambda: address in self.points)
        return self.points.get(address, NONE)

    def all_points(self) -> Mapping[str, PointPlan]:
        """Return every waiting point by its address."""
        self._code_until(lambda: False)
        return {
            address: plan
            for address, number in self.points.items()
            if isinstance(plan := self.parts[number], PointPlan)
        }

    def _code(self, number: int) -> Coded:
        part = self.parts[number]
        if part is None:
            raise KeyError(number)
        if not callable(part):
            return part
        coded = self.parts[number] = part(number)
        return coded

    def _code_until(self, is_found: Callable[[], bool]) -> None:
        """Code the parts there are, and those that are met on the way: points and labels are met as what leads to them is coded."""
        number = 0
        while number < len(self.parts) and not is_found():
            part = self.parts[number]
            if part is not None and part != self.code_awaited:
                self._code(number)
            number += 1

    def add(self, part: Coded | Callable[[int], Coded]) -> int:
        """Give a part its number."""
        self.parts.append(part)
        return len(self.parts) - 1

    def function(self, sort: FunctionSort, body: Callable[[], Body], counters: Code | None = None) -> int:
        """Return the number of a function whose body is coded when it is asked for."""
        return self.add(lambda number: Function(sort, number, 0, counters, body()))

    def code_awaited(self, number: int) -> Coded:
        """Code parts until one that was named before it was met is there, as the segment of a label further down."""
        self._code_until(lambda: self.parts[number] != self.code_awaited)
        return self._code(number)
