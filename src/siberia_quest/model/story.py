"""A story: what was declared, and its passages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, Protocol, TypeAlias, get_args

from siberia_quest.model.expression import Expression, Parts, ShownValue
from siberia_quest.model.kinds import Kind, Value, ValueKind
from siberia_quest.model.language import Language
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import Site
from siberia_quest.model.state import Layout
from siberia_quest.model.steps import At, Steps
from siberia_quest.model.themes import ThemeName

#: How a stat is shown, if at all.
StatShow: TypeAlias = Literal["bar", "number", "band", "hidden"]
STAT_SHOWS: tuple[StatShow, ...] = get_args(StatShow)
#: What a player may know of a stat: its number, nothing but the word of its band, or not even that there is one.
Sight: TypeAlias = Literal["open", "band", "hidden"]


class Stat(NamedTuple):
    """A number with a range, bands by lower bound, and a way to be shown.

    `toward` scales gains (`growth`): a gain g adds g x (toward - now) / toward. `opposed` names both ends, low first.
    """

    name: str
    label: str
    start: Expression
    low: Expression
    high: Expression
    bands: tuple[tuple[int | float, str], ...]
    show: StatShow
    toward: int | float | None
    opposed: tuple[str, ...]

    @property
    def sight(self) -> Sight:
        """What a player may know of it. One that is shown by band and has none is hidden."""
        if self.show == "hidden" or (self.show == "band" and not self.bands):
            return "hidden"
        return "band" if self.show == "band" else "open"


class Variable(NamedTuple):
    """A variable that is no stat. `longest` limits a text in characters, `last` a list in members; `keep` outlives the game."""

    name: str
    kind: ValueKind
    start: Expression
    longest: int
    last: int
    keep: bool


class Setting(NamedTuple):
    """Asked when a new game begins, constant afterwards. `options` are (id, label); none for a text or number."""

    name: str
    prompt: str
    kind: ValueKind
    options: tuple[tuple[str, str], ...]
    start: Value
    longest: int


class Formula(NamedTuple):
    """An expression with a name. `parameters` gives each one's kind; `at` its place in `file`."""

    name: str
    parameters: tuple[ValueKind, ...]
    body: Expression
    kind: ValueKind
    file: str
    at: At


class Table(NamedTuple):
    """Values by lower bound (`kinds` empty), by row, or by row and column; keys are bounds, members or pairs `row column`."""

    name: str
    kinds: tuple[str, ...]
    keys: tuple[str | int | float, ...]
    values: tuple[Value, ...]
    kind: ValueKind


class Phrase(NamedTuple):
    """Reusable prose with parameters; `sites` are its alternatives, which are counted."""

    name: str
    parameters: tuple[ValueKind, ...]
    parts: Parts
    sites: tuple[Site, ...]
    file: str
    at: At


class Ending(NamedTuple):
    """An ending: `hint` is for the gallery while it is unseen; a smaller rank is shown first."""

    id: str
    title: str
    rank: int
    text: str
    hint: str


class Achievement(NamedTuple):
    """An achievement and the card it unlocks."""

    id: str
    title: str
    text: str
    hint: str


class Storylet(NamedTuple):
    """When a passage can be dealt. `cooldown` counts deals of its tag."""

    tags: tuple[str, ...]
    condition: Expression | None
    weight: Expression
    priority: int | float
    once: bool
    cooldown: int
    needs: Expression | None
    locked: Parts


#: The name of the passage that holds the steps of each turn: none that an author can write.
EACH_TURN = "each turn"


class Passage(NamedTuple):
    """What `goto` leads to. `id` is `scene.name`; `parameters` come first in `locals`.

    `sites` names what is counted here.
    """

    id: str
    scene: str
    title: Parts
    parameters: tuple[ValueKind, ...]
    locals: tuple[str, ...]
    steps: Steps
    storylet: Storylet | None
    tags: tuple[str, ...]
    sites: tuple[Site, ...]
    file: str
    at: At

    @property
    def is_each_turn(self) -> bool:
        """Whether these are the steps of each turn, which no other passage leads to."""
        return self.id.endswith(f".{EACH_TURN}")


class PackedPassages(Protocol):
    """Passages by id that were read before, each made when it is asked for."""

    def __getitem__(self, id_: str) -> Passage:
        """Return a passage."""

    def sites_of(self, id_: str) -> tuple[Site, ...]:
        """Return what is counted in a passage, without making it."""


class Passages(Mapping[str, Passage]):
    """A story's passages in the order they were written; one that was read before is made when it is first asked for."""

    def __init__(
        self,
        given: Mapping[str, Passage | PackedPassages],
        sites: Mapping[str, tuple[Site, ...]],
        forget: Callable[[], None] | None = None,
    ) -> None:
        """Keep passages, or where each comes from, by id; `sites` are those of passages in which more is counted than was read.

        `forget` takes away what was kept of a story that was read before, should it turn out not to fit it.
        """
        self._given = dict(given)
        self.counted = sites
        self.forget = forget

    def __getitem__(self, id_: str) -> Passage:
        given = self._given[id_]
        if isinstance(given, Passage):
            return given
        passage = given[id_]
        if id_ in self.counted:
            passage = passage._replace(sites=self.counted[id_])
        self._given[id_] = passage
        return passage

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def __contains__(self, id_: object) -> bool:
        """Tell whether there is such a passage, without making it."""
        return id_ in self._given

    def sites_of(self, id_: str) -> tuple[Site, ...]:
        """Return what is counted in a passage, without making it. Raises KeyError when there is none."""
        given = self._given[id_]
        return given.sites if isinstance(given, Passage) else self.counted.get(id_) or given.sites_of(id_)


#: How the status or a panel shows something: "" as it is shown everywhere.
ItemShow: TypeAlias = Literal["bar", "number", "band", ""]
ITEM_SHOWS: tuple[ItemShow, ...] = ("bar", "number", "band")


class ShownItem(NamedTuple):
    """One thing that the status or a panel shows while its `condition` holds: a `value` with its `label`, or a `text` of its own.

    `ends` are those of a bar of what is no stat; `journal` says how many of the journal's last lines are shown. In the status a stat has
    its number alone, in a panel (`banded`) the word of its band, too.
    """

    name: str
    condition: Expression | None
    label: Parts
    value: ShownValue | None
    text: Parts
    show: ItemShow
    ends: tuple[Expression, Expression] | None
    journal: Expression | None
    banded: bool

    @property
    def plain_label(self) -> str:
        """The label's fixed words, for when nothing can be worked out."""
        return "".join(part for part in self.label if isinstance(part, str))


class SidePanel(NamedTuple):
    """What to show beside the prose while `condition` holds: things `beside` the title, on two sides, and `below` them."""

    id: str
    condition: Expression | None
    title: Parts
    beside: tuple[ShownItem, ...]
    left: tuple[ShownItem, ...]
    right: tuple[ShownItem, ...]
    below: tuple[ShownItem, ...]


#: What a story may give its page a colour for.
COLOURS = ("paper", "ink", "accent")


class Header(NamedTuple):
    """What the story says of itself. "" is for what it does not.

    `ifid` is a UUID in capitals, `cover` a path in its folder, `language_of_text` a tag like `pt-BR`; `colours` are those of `COLOURS`.

    `structure` and `wording` are hashes of what it does and of what it says.

    `undo` is a condition: while it fails nothing can be taken back. `map` is what the way so far is divided by, at most one thing; by
    none it is divided by places. `theme` is how it looks in a terminal unless the player chooses.
    """

    id: str
    title: str
    by: str
    version: str
    about: str
    start: str
    content_notes: str
    ifid: str
    cover: str
    licence: str
    language_of_text: str
    colours: tuple[str, ...]
    structure: str
    wording: str
    undo: Expression | None
    map: tuple[ShownItem, ...]
    theme: ThemeName = "terminal"


class Story:
    """A story that loaded: declarations by name, passages by id, in the order they were written.

    Nothing in it changes once it is made, but for `memo`: the engine keeps there what it compiled, so that each passage is
    compiled once. It cannot be seen from outside and is never saved.

    >>> from siberia_quest import load_story
    >>> story = load_story("story/first_fire").story
    >>> len(story.stats), len(story.passages), story.passages[story.header.start].id == story.header.start
    (2, 22, True)
    """

    __slots__ = (
        "achievements", "endings", "files", "formulas", "header", "kinds", "language", "layout", "memo", "notes", "panels", "passages",
        "phrases", "renames", "scenes", "settings", "stats", "status", "storylets", "tables", "variables",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913  # the parts of a story
        self,
        *,
        header: Header,
        language: Language,
        settings: Mapping[str, Setting],
        stats: Mapping[str, Stat],
        variables: Mapping[str, Variable],
        formulas: Mapping[str, Formula],
        tables: Mapping[str, Table],
        phrases: Mapping[str, Phrase],
        kinds: Mapping[str, Kind],
        endings: Mapping[str, Ending],
        achievements: Mapping[str, Achievement],
        renames: Mapping[str, str],
        status: tuple[ShownItem, ...],
        panels: tuple[SidePanel, ...],
        scenes: Mapping[str, str],
        passages: Passages,
        storylets: Mapping[str, tuple[str, ...]],
        notes: tuple[tuple[str, At, str], ...],
        layout: Layout,
        files: tuple[str, ...],
    ) -> None:
        """Keep the parts. `scenes` maps ids to titles, `storylets` tags to passage ids, `notes` are (file, place, text)."""
        self.header = header
        self.language = language
        self.settings = settings
        self.stats = stats
        self.variables = variables
        self.formulas = formulas
        self.tables = tables
        self.phrases = phrases
        self.kinds = kinds
        self.endings = endings
        self.achievements = achievements
        self.renames = renames
        self.status = status
        self.panels = panels
        self.scenes = scenes
        self.passages = passages
        self.storylets = storylets
        self.notes = notes
        self.layout = layout
        self.files = files
        self.memo: dict[str, object] = {}

    @property
    def id(self) -> str:
        """The id that names the story's saves."""
        return self.header.id

    @property
    def each_turn(self) -> str:
        """The id of the passage with the steps of each turn, "" where there are none."""
        id_ = f"{next(iter(self.scenes), '')}.{EACH_TURN}"
        return id_ if id_ in self.passages else ""

    @property
    def title(self) -> str:
        """The title, as its author wrote it."""
        return self.header.title
