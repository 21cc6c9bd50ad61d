"""Scenes that were read before: when what was read is true still, and what is worth keeping of those that are read now.

A file of passages alone need not be read again while its bytes are the same, and while the rest of its story gives the same answers to
all that was asked when it was read. Whoever reads a passage asks through `Outside`, which keeps the questions; `SceneCache` compares
the answers.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Literal, TypeAlias, assert_never

from siberia_quest.lang.scope import KnownPassage, KnownPassages
from siberia_quest.loading.reading_context import SceneFile
from siberia_quest.loading.tree import Mapping as Tree
from siberia_quest.loading.tree import Scalar
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.kinds import ValueKind
from siberia_quest.model.outline import KeptScene, Outline
from siberia_quest.model.sites import Site
from siberia_quest.model.story import Passage

#: What can be asked of a passage or scene by its name; and for the tags of all storylets, with none.
OutsideQuestion: TypeAlias = Literal["has", "find", "first_of", "kinds_of", "is_storylet", "tags"]
_QUESTIONS: tuple[OutsideQuestion, ...] = ("has", "find", "first_of", "kinds_of", "is_storylet", "tags")


def digest(text: str) -> str:
    """Return a hash of a text, the same on every machine."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def make_titled_tree(file: str, known: KeptScene) -> Tree:
    """Return the tree of a scene that was read before, as far as it is known without its file: its title."""
    span = Span(file, 1, 1, 1, 2)
    return Tree(
        ((Scalar("scene", "scene", span, "plain"), Scalar(known.facts.title, known.facts.title, span, "plain")),), span
    )


class Outside(KnownPassages):
    """The passages of a story as their outlines show them. Each question is kept, so that its answer can be compared another time."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        super().__init__({id_: KnownPassage(id_, frozenset(each.places)) for id_, each in outlines.items()})
        self._outlines = outlines
        self._asked: dict[OutsideQuestion, set[str]] = {each: set() for each in _QUESTIONS}
        self._answers: dict[tuple[OutsideQuestion, str], str] = {}

    def has(self, id_: str) -> bool:
        """Tell whether a passage is there."""
        self._asked["has"].add(id_)
        return super().has(id_)

    def find(self, id_: str) -> KnownPassage | None:
        """Return a passage by its id, None when there is none."""
        self._asked["find"].add(id_)
        return super().find(id_)

    def first_of(self, scene: str) -> str:
        """Return the id of a scene's first passage, "" when there is none."""
        self._asked["first_of"].add(scene)
        return super().first_of(scene)

    def kinds_of(self, id_: str) -> tuple[ValueKind, ...]:
        """Return the kinds of a passage's parameters; none where there is no such passage."""
        self._asked["kinds_of"].add(id_)
        return tuple(kind for _, kind in self._outlines[id_].parameters) if id_ in self._outlines else ()

    def is_storylet(self, id_: str) -> bool:
        """Tell whether a passage can be dealt."""
        self._asked["is_storylet"].add(id_)
        return id_ in self._outlines and self._outlines[id_].tags is not None

    def tags(self) -> set[str]:
        """Return the tags of all storylets."""
        self._asked["tags"].add("")
        return {tag for each in self._outlines.values() for tag in each.tags or ()}

    def begin(self) -> None:
        """Forget what was asked: another scene is read."""
        for names in self._asked.values():
            names.clear()

    def list_asked(self) -> tuple[tuple[str, ...], ...]:
        """Return the names that were asked for since it began, for each question."""
        return tuple(tuple(sorted(names)) for names in self._asked.values())

    def answers(self, asked: tuple[tuple[str, ...], ...]) -> str:
        """Return what the story says to these questions, in a form that is the same on every run."""
        return "\n".join(
            self._answers.get((question, name)) or self._answer(question, name)
            for question, names in zip(_QUESTIONS, asked, strict=False)
            for name in names
        )

    def _answer(self, question: OutsideQuestion, name: str) -> str:
        match question:
            case "has":
                told = str(self.has(name))
            case "find":
                place = self.find(name)
                told = " ".join(["+", *sorted(place.sites)]) if place else "-"
            case "first_of":
                told = f"+{self.first_of(name)}"
            case "kinds_of":
                told = repr(self.kinds_of(name))
            case "is_storylet":
                told = str(self.is_storylet(name))
            case "tags":
                told = repr(sorted(self.tags()))
            case _:
                assert_never(question)
        self._answers[question, name] = told
        return told


class ReadPassages(dict[str, Passage]):
    """The passages of a scene that were read just now, in the form of those that were read before."""

    def sites_of(self, id_: str) -> tuple[Site, ...]:
        """Return what is counted in a passage."""
        return self[id_].sites


class SceneCache:
    """What was read before of a story's scenes, by file; and in `kept`, in the end, what is worth keeping.

    `parse` reads the tree of a file whose bytes are the same but which has to be read again after all.
    """

    def __init__(self, known: Mapping[str, KeptScene], parse: Callable[[str], Tree]) -> None:
        self.kept: dict[str, KeptScene] = {}
        self._known = dict(known)
        self._parse = parse
        self._ground = ""

    def settle(self, scenes: Iterable[SceneFile], ground: str) -> list[SceneFile]:
        """Return the scenes, those with their trees whose outlines hang on other `ground` (kinds, menus) than the story's now."""
        self._ground = ground
        return [
            self.reread(each) if (known := self._known.get(each.file)) and known.facts.ground != ground else each
            for each in scenes
        ]

    def reread(self, scene: SceneFile) -> SceneFile:
        """Return a scene with its whole tree; what was known of it counts no more."""
        known = self._known.pop(scene.file, None)
        return scene._replace(root=self._parse(scene.file)) if known else scene

    def outlines(self, scene: SceneFile) -> tuple[Outline, ...] | None:
        """Return what was known of a scene's passages from outside, None where it has to be read."""
        known = self._known.get(scene.file)
        return known.facts.outlines if known else None

    def recall(self, scene: SceneFile, outside: Outside, around: str) -> KeptScene | None:
        """Return a scene as it was read, where that is true still: with all of `around` the same, and the answers of `outside`."""
        known = self._known.get(scene.file)
        if known is None or known.facts.answers != digest(f"{around}\n{outside.answers(known.facts.asked)}"):
            return None
        self.kept[scene.file] = known
        return known

    def keep(self, scene: SceneFile, title: str, read: KeptScene, outside: Outside, around: str) -> None:
        """Keep a scene that was read just now, with what it asked."""
        asked = outside.list_asked()
        answers = digest(f"{around}\n{outside.answers(asked)}")
        facts = read.facts._replace(title=title, ground=self._ground, asked=asked, answers=answers)
        self.kept[scene.file] = KeptScene(facts, read.passages)
