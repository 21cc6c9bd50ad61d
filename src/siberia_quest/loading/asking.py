"""What a scene asks of the rest of its story while it is read: with the same answers, it need not be read again."""

from collections.abc import Callable, Iterable, Mapping, ValuesView
from hashlib import blake2b
from typing import Generic, TypeVar

from siberia_quest.lang.names import Names
from siberia_quest.model.kinds import Kind
from siberia_quest.model.sites import Site
from siberia_quest.model.story import Passage

T = TypeVar("T")
D = TypeVar("D")
#: Stands for all values of a mapping.
_ALL = "*"


def digest(text: str) -> str:
    """Return a hash of a text, the same on every machine."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


class Asked(dict[str, T], Generic[T]):
    """A mapping that keeps which of its names were asked for: `met` whether they are there, `read` what they stand for."""

    def __init__(self, given: Mapping[str, T], said: Callable[[T], object] = repr) -> None:
        """Keep the names; `said` gives of a value what its askers may see, in a form that is the same on every run."""
        super().__init__(given)
        self.said = said
        self.met: set[str] = set()
        self.read: set[str] = set()
        self.known: dict[str, str] = {}

    def __contains__(self, name: object) -> bool:
        """Tell whether a name is there, and keep that it was asked."""
        self.met.add(str(name))
        return super().__contains__(name)

    def __getitem__(self, name: str) -> T:
        """Return what a name stands for, and keep that it was asked. Raises KeyError when it is not there."""
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: D = None) -> T | D:  # type: ignore[assignment]  # a name that is missing is None
        """Return what a name stands for, and keep that it was asked."""
        self.read.add(name)
        return super().get(name, default)

    def values(self) -> ValuesView[T]:  # type: ignore[override]  # a view, as everywhere
        """Return what all names stand for, and keep that it was asked."""
        self.read.add(_ALL)
        return super().values()

    def told_met(self, names: Iterable[str]) -> str:
        """Return which of some names are there."""
        return "".join(["+" if dict.__contains__(self, name) else "-" for name in names])

    def told_read(self, names: Iterable[str]) -> str:
        """Return what some names stand for."""
        return "\n".join([self.known.get(name) or self._told(name) for name in names])

    def _told(self, name: str) -> str:
        if name == _ALL:
            told = repr(sorted({str(self.said(value)) for value in dict.values(self)}))
        else:
            told = f"+{self.said(dict.__getitem__(self, name))}" if dict.__contains__(self, name) else "-"
        self.known[name] = told
        return told


class Asking:
    """All that one scene may ask another for: places and first passages (`names`), kinds of parameters, tags of storylets.

    `ground` is a hash of everything else that a scene hangs on.
    """

    def __init__(self, ground: str, names: Names, kinds: Asked[tuple[Kind, ...]], tags: Asked[tuple[str, ...]]) -> None:
        """Begin."""
        self.ground = ground
        self.kinds = kinds
        self.tags = tags
        given = (names.passages, names.first_of_scene, kinds, tags)
        self.mappings = [each for each in given if isinstance(each, Asked)]

    def begin(self) -> None:
        """Begin with a scene."""
        for each in self.mappings:
            each.met.clear()
            each.read.clear()

    def asked(self) -> tuple[tuple[str, ...], ...]:
        """Return the names that were asked for since it began, for each mapping those met and those read."""
        return tuple(tuple(sorted(names)) for each in self.mappings for names in (each.met, each.read))

    def answers(self, asked: tuple[tuple[str, ...], ...]) -> str:
        """Return a hash of what the story says to these names."""
        told = [self.ground]
        for each, met, read in zip(self.mappings, asked[::2], asked[1::2], strict=True):
            told += [each.told_met(met), each.told_read(read)]
        return digest("\n\n".join(told))


class Read(dict[str, Passage]):
    """The passages of a scene that were read just now, in the form of those that were read before."""

    def sites_of(self, id_: str) -> tuple[Site, ...]:
        """Return what is counted in a passage."""
        return self[id_].sites
