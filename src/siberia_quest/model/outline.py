"""What the rest of a story must know of a passage, and a scene as it was read before."""

from siberia_quest.model.kinds import ValueKind
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import Site
from siberia_quest.model.steps import At
from siberia_quest.model.story import PackedPassages


class Outline(NamedTuple):
    """A passage from outside.

    `parameters` are names with kinds, `tags` those of a storylet (None for what is none), `places` its choices and labels.
    """

    id: str
    at: At
    parameters: tuple[tuple[str, ValueKind], ...]
    tags: tuple[str, ...] | None
    places: tuple[Site, ...]


class PassageFacts(NamedTuple):
    """Where a passage leads, and what is kept of it in a game.

    `falls` tells whether it can end without saying what comes next, `gotos` are the passages it goes to without leaving its calls.
    `receivers` are calls that want a value, with its kind, `brings` the kinds of what it returns. `jumps` lead to labels of other passages;
    `unset` are its own labels behind which a local name is read that has no value there.
    """

    sites: tuple[Site, ...]
    locals: tuple[str, ...]
    falls: bool
    gotos: tuple[str, ...]
    calls: tuple[tuple[str, At], ...]
    endings: tuple[tuple[str, At], ...]
    achievements: tuple[tuple[str, At], ...]
    jumps: tuple[tuple[str, str, At], ...]
    unset: tuple[tuple[str, str], ...]
    receivers: tuple[tuple[str, ValueKind, At], ...]
    brings: tuple[tuple[ValueKind, At], ...]


class SceneFacts(NamedTuple):
    """What was read of a file of passages alone, but for the passages.

    `ground` is a hash of the kinds and menus its outlines hang on. `asked` are the names it asked for, `answers` a hash of what the
    story said to them. `since` are the places (passage, site) whose last visit it asks for; `notes` the author's (file, place, text).
    """

    title: str
    ground: str
    asked: tuple[tuple[str, ...], ...]
    answers: str
    outlines: tuple[Outline, ...]
    ways: tuple[PassageFacts, ...]
    since: tuple[tuple[str, Site], ...]
    notes: tuple[tuple[str, At, str], ...]


class KeptScene(NamedTuple):
    """A scene as it was read before: worth as much as reading it again while its bytes and all it asked are the same."""

    facts: SceneFacts
    passages: PackedPassages
