"""What a player is shown: a page of typed blocks, without colour or width."""

from typing import Literal, TypeAlias, Union

from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.markup import ParagraphKind, RunStyle, even_paragraphs, paragraphs_of
from siberia_quest.model.named_tuple import NamedTuple

#: How a stat is shown.
StatLook: TypeAlias = Literal["bar", "number", "band"]
#: How likely something is, in a word.
Likelihood: TypeAlias = Literal[
    "certain", "nearly_certain", "very_likely", "likely", "even", "unlikely", "very_unlikely", "hopeless", "impossible"
]
#: Odds as a player may know them: in percent, or as a word where the number would tell that of a stat shown by band.
SeenOdds: TypeAlias = Union[int, float, Likelihood]


class Run(NamedTuple):
    """A piece of a paragraph: `text` as it is read, in one `style`, "" for plain text.

    >>> Run("out", "em").style
    'em'
    """

    text: str
    style: RunStyle = ""


class Paragraph(NamedTuple):
    """A paragraph: its `runs` in order, and its `kind`; a `break`, between scenes, has none. A run may hold line breaks.

    >>> Paragraph((Run("The fire is "), Run("out", "em"))).text
    'The fire is out'
    """

    runs: tuple[Run, ...]
    kind: ParagraphKind = "prose"

    @property
    def text(self) -> str:
        """The words alone, without their styles."""
        return "".join(run.text for run in self.runs)


class Title(NamedTuple):
    """The title of a passage that was entered.

    >>> Title("The stove").text
    'The stove'
    """

    text: str


class CheckResult(NamedTuple):
    """A check that was made: how likely it was, and how it went. `label` says what was tested, "" where the story does not.

    >>> CheckResult("strength", 62.5, passed=True).odds
    62.5
    """

    label: str
    odds: SeenOdds
    passed: bool


class StatChange(NamedTuple):
    """What a turn changed in a visible stat, net: `before` and `after` are its numbers, `name` is its id, `label` what the player reads.

    Bands are "" where the stat has none; one that is shown by band has no numbers.

    >>> change = StatChange("grief", "Grief", 40, 35, "heavy", "heavy")
    >>> change.after - change.before
    -5
    """

    name: str
    label: str
    before: int | float | None
    after: int | float | None
    band_before: str = ""
    band_after: str = ""


class Beat(NamedTuple):
    """A beat of a montage; in one column `right` is empty, and a beat may fill both.

    >>> Beat("The saw.", "The fiddle.").right
    'The fiddle.'
    """

    left: str
    right: str


class Montage(NamedTuple):
    """Beats shown one after the other at a `tempo`, in beats a minute. `left` and `right` head two columns; of one they are "".

    >>> Montage(90, "", "", (Beat("Rain.", ""), Beat("A door.", ""))).beats[1].left
    'A door.'
    """

    tempo: float
    left: str
    right: str
    beats: tuple[Beat, ...]


class Art(NamedTuple):
    """A picture made of characters, with its line breaks; `alt` says in words what it shows, for who does not see it.

    >>> Art("[_]", "A box.").alt
    'A box.'
    """

    text: str
    alt: str


class Series(NamedTuple):
    """One line of a chart: a stat's value at each line of the journal.

    Of a stat shown by band `bands` are the words that were met, lowest first, and a point is a place among them, from 0.

    >>> hope = Series("hope", "Hope", (0, 0, 1), ("faint", "bright"))
    >>> hope.bands[hope.points[2]]
    'bright'
    """

    name: str
    label: str
    points: tuple[int | float, ...]
    bands: tuple[str, ...] = ()


class Chart(NamedTuple):
    """What `show: {chart: …}` asks for: how stats went, a `Series` for each, with a point for each line of the journal.

    >>> Chart((Series("wood", "Wood", (6, 4, 1)),)).series[0].points
    (6, 4, 1)
    """

    series: tuple[Series, ...]


class StatRow(NamedTuple):
    """A stat as the player may see it: its `value` between `low` and `high`, and the word of its `band`, "" where it has none.

    One that is shown by band has no numbers (None). `opposed` names both ends of an opposed pair.

    >>> StatRow("grief", "Grief", None, None, None, "heavy", "band").band
    'heavy'
    """

    name: str
    label: str
    value: int | float | None
    low: int | float | None
    high: int | float | None
    band: str
    show: StatLook
    opposed: tuple[str, ...] = ()


class Panel(NamedTuple):
    """Rows of stats under a title, as `show: stats` asks for.

    >>> Panel("", (StatRow("wood", "Wood", 6, 0, 20, "", "bar"),)).rows[0].value
    6
    """

    title: str
    rows: tuple[StatRow, ...]


class Figure(NamedTuple):
    """One thing that the status or a panel shows: its `label` ("" for words alone), its `text`, and the stat behind it where it is one.

    `items` are those of a list, or lines of the journal. A `row` may be no stat but anything that the story shows as a bar.

    >>> Figure("day", "Day", "3").row is None
    True
    """

    name: str
    label: str
    text: str
    row: StatRow | None = None
    items: tuple[str, ...] = ()


class Board(NamedTuple):
    """One of the story's panels as it stands now: figures `beside` its `title`, on its two sides, and `below` them.

    >>> Board("stove", "", left=(Figure("wood", "Wood", "6"),)).left[0].text
    '6'
    """

    id: str
    title: str
    beside: tuple[Figure, ...] = ()
    left: tuple[Figure, ...] = ()
    right: tuple[Figure, ...] = ()
    below: tuple[Figure, ...] = ()

    @property
    def rows(self) -> tuple[tuple[Figure, ...], ...]:
        """What stands beside the title, on the left, on the right and below."""
        return self.beside, self.left, self.right, self.below

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in the order in which they are read."""
        return tuple(figure for row in self.rows for figure in row)


#: A journal's lines are kept with every turn, so that it must not grow for ever.
MOST_JOURNAL = 1000


class JournalLine(NamedTuple):
    """A line of the journal with the turn it was written in and the visible stats as they were: numbers, or the words of bands.

    >>> JournalLine("It rains.", 3, (6, "heavy")).turn
    3
    """

    text: str
    turn: int
    stats: tuple[int | float | str, ...]


class JournalPanel(NamedTuple):
    """The journal so far, as `show: journal` asks for.

    >>> JournalPanel((JournalLine("It rains.", 3, ()),)).lines[0].text
    'It rains.'
    """

    lines: tuple[JournalLine, ...]


class Unlocked(NamedTuple):
    """An achievement that was unlocked this turn: its `id`, the `title` it is listed under, and the words told once, or "".

    >>> Unlocked("dry", "Dry matches", "Not one was wasted.").title
    'Dry matches'
    """

    id: str
    title: str
    text: str


class Tune(NamedTuple):
    """Music begins: the `tune` by its name, "" for silence, at a `tempo` in beats a minute.

    >>> Tune("shanty", 90).tempo
    90
    """

    tune: str
    tempo: float


class EndingBlock(NamedTuple):
    """The end of the game; `id` and `title` are "" where the story just ends. `rank` is its place in the gallery, smaller ones first.

    >>> EndingBlock("home", "Home", rank=1).text
    ''
    """

    id: str
    title: str
    text: str = ""
    rank: int = 0


Block: TypeAlias = Union[
    Title, Paragraph, CheckResult, Montage, Art, Chart, Panel, JournalPanel, JournalLine, Unlocked, Tune, StatChange,
    EndingBlock,
]  # fmt: skip


class Option(NamedTuple):
    """What a player is offered: `id` picks it, `text` is read.

    `reason` says why it is not `enabled`; `odds` are None without a check. `words` are what else a player may type,
    `hint` and `tags` the author's.

    >>> from siberia_quest import begin, load_story
    >>> option = begin(load_story("story/first_fire").story, seed=7).page.options[0]
    >>> option.id in option.text.lower().replace(" ", "_"), option.enabled, option.odds
    (True, True, None)
    """

    id: str
    text: str
    enabled: bool = True
    reason: str = ""
    odds: SeenOdds | None = None
    words: tuple[str, ...] = ()
    hint: str = ""
    tags: tuple[str, ...] = ()


class Ask(NamedTuple):
    """An open question. A number lies between `low` and `high`; a text has at most `longest` characters.

    One that is `optional` may be left with an empty answer.

    >>> Ask("How many?", number=True, low=0, high=6).default
    ''
    """

    prompt: str
    number: bool = False
    default: str = ""
    longest: int = 0
    low: int | float | None = None
    high: int | float | None = None
    optional: bool = False


class Page(NamedTuple):
    """What one turn shows.

    `pieces` are the blocks in order, with prose still as marked text, evenly spaced; `blocks` and `paragraphs` are
    made from them when asked for.
    `problem` is set where the story could not go on (a division by zero, a loop): the state is then the one before.
    `checkpoint` is the label of a checkpoint that was passed, or None.
    `place` says where the player is, as it was told: the scene, and the passage where it has a title; `turn` which turn this is.
    `panels` are the story's as they stand: a game puts them in when the page is shown, so that no turn and no save pays for them.

    >>> from siberia_quest import begin, load_story
    >>> page = begin(load_story("story/first_fire").story, seed=7).page
    >>> type(page.blocks[0]).__name__, len(page.options), page.ask, page.problem
    ('Paragraph', 2, None, None)
    """

    pieces: tuple[Block | str, ...]
    changes: tuple[StatChange, ...] = ()
    options: tuple[Option, ...] = ()
    ask: Ask | None = None
    ending: EndingBlock | None = None
    title: str = ""
    problem: Diagnostic | None = None
    checkpoint: str | None = None
    place: str = ""
    turn: int = 0
    panels: tuple[Board, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All that is shown, in order: what was told, what changed, how it ended.

        What changed stands beside what made it: before the heading of the next passage, where something was told before that.
        """
        shown: list[Block] = []
        prose: list[str] = []
        changes = self.changes
        for piece in self.pieces:
            if isinstance(piece, str):
                prose.append(piece)
                continue
            shown += _paragraphs(prose)
            prose.clear()
            if shown and isinstance(piece, Title):
                shown += changes
                changes = ()
            shown.append(piece)
        shown += _paragraphs(prose)
        shown += changes
        if self.ending:
            shown.append(self.ending)
        return tuple(shown)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The plain text of the paragraphs, in order; scene breaks are left out."""
        try:
            return tuple(even_paragraphs(self.pieces))  # type: ignore[arg-type]  # as most often, nothing but prose
        except TypeError:
            return tuple(block.text for block in self.blocks if isinstance(block, Paragraph) and block.kind != "break")


def _paragraphs(prose: list[str]) -> list[Paragraph]:
    return [Paragraph(tuple(Run(text, style) for text, style in runs), kind) for runs, kind in paragraphs_of(prose)]
